"""How long a team takes to recover from a surge of demand, measured against its own twin.

A year is simulated twice with the same needs and luck, once with further needs on top for some days. The
excess is what is then open that is not open in the twin: cases reported and not ended. Cases that end on the
shelf are left out in both, since no time brings them back. The team has recovered on the first day after the
surge's end, and after the greatest excess, on which no more than a given share of that excess is left.

For a queue much longer than its fluctuations this is a flow [1]_: a surge of factor f over d days leaves an
excess of (fλ − cμ)·d, which goes at cμ − λ a day.

References
----------
.. [1] G. F. Newell (1982). Applications of Queueing Theory, 2nd ed. Chapman and Hall, chapter 2.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.engine.tables.cases import SHELVED
from sim.parameters.scenario import Scenario
from sim.scenario.loading import validate

TWINS = f"{__name__}:twins"


class Surge(NamedTuple):
    """What the teams are put to: needs as a multiple of the usual, on so many days, and what may be left."""

    factor: float
    days: int
    left: float


class Recovery(NamedTuple):
    """One year's recovery.

    `recovery_days` is infinite where the run ends before; `excess_left`: share of the greatest excess that is
    still open then.
    """

    recovery_days: float
    excess_cases: float
    excess_left: float


class Twins(NamedTuple):
    """Two runs on the same needs and luck."""

    plain: Any
    surged: Any


def surged(scenario: Scenario, surge: Surge) -> Scenario:
    """Return the scenario with the surge a quarter into the counting window, after its own surges if any."""
    tree = scenario.model_dump(mode="json")
    start = scenario.warmup_days + scenario.horizon_days // 4
    one = {"start_day": start, "days": surge.days, "factor": surge.factor}
    tree["shocks"]["surges"] = [*tree["shocks"]["surges"], one]
    return validate(tree)


def twins(scenario: Scenario, *, seed: int, replication: int) -> Twins:
    """Simulate a scenario without its last surge, and with it."""
    from sim.simulation import simulate

    tree = scenario.model_dump(mode="json")
    tree["shocks"]["surges"] = tree["shocks"]["surges"][:-1]
    runs = [simulate(each, seed=seed, replication=replication) for each in (validate(tree), scenario)]
    return Twins(*runs)


def reference(left: float) -> str:
    """Return the name of the measure, as the run store takes it."""
    return f"{__name__}:for_share({left!r})"


def for_share(left: str) -> Callable[[Twins], dict[str, float]]:
    """Return the measure that `reference` names."""
    share = float(left)
    return lambda pair: measured(pair, share)._asdict()


def measured(pair: Twins, left: float) -> Recovery:
    """Measure the recovery of twins of which the second has a last surge that the first has not."""
    surge = pair.surged.settings.shocks.surges[-1]
    excess = open_cases(pair.surged) - open_cases(pair.plain)
    after = surge.start_day + surge.days
    if after >= len(excess):
        return Recovery(np.inf, np.nan, np.nan)
    top = int(np.argmax(excess[surge.start_day :])) + surge.start_day
    first = max(after, top)
    recovered = np.flatnonzero(excess[first:] <= left * excess[top])
    days = float(first + recovered[0] - after) if len(recovered) else np.inf
    return Recovery(days, float(excess[top]), float(excess[-1]) / max(1.0, float(excess[top])))


def open_cases(records: Any) -> npt.NDArray[np.int64]:
    """Return the reported cases not ended at the start of each day, without those that end on the shelf."""
    case = records.built.state.case
    days = int(records.built.state.clock["day"][0])
    counted = ~np.isnan(case["reported_at"]) & (case["status"] != SHELVED)
    started, ended = case["reported_at"][counted], case["closed_at"][counted]

    def by_day(times: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
        there = np.ceil(times[~np.isnan(times)]).astype(np.int64)
        return np.cumsum(np.bincount(there[there <= days], minlength=days + 1))

    return by_day(started) - by_day(ended)
