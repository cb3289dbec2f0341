"""How long a team takes to recover from a surge of demand, measured against its own twin.

A year is simulated once more with the same needs and luck and further needs on top for some days. The
excess is what is then open that is not open without them: cases reported and not ended. Cases that end on the
shelf are left out in both, since no time brings them back. The team has recovered on the first day after the
surge's end, and after the greatest excess, on which no more than a given share of that excess is left.

For a queue much longer than its fluctuations this is a flow [1]_: a surge of factor f over d days leaves an
excess of (fλ − cμ)·d, which goes at cμ − λ a day.

References
----------
.. [1] G. F. Newell (1982). Applications of Queueing Theory, 2nd ed. Chapman and Hall, chapter 2.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.staffing.question import Surge as Surge
from sim.parameters.scenario import Scenario
from sim.scenario.loading import validate

Curve = npt.NDArray[np.float64]
"""Open cases at the start of each day."""


class Recovery(NamedTuple):
    """One year's recovery.

    `recovery_days` is infinite where the run ends before; `excess_left`: share of the greatest excess that is
    still open then.
    """

    recovery_days: float
    excess_cases: float
    excess_left: float


def surged(scenario: Scenario, surge: Surge) -> Scenario:
    """Return the scenario with the surge a quarter into the counting window, after its own surges if any."""
    tree = scenario.model_dump(mode="json")
    start = scenario.warmup_days + scenario.horizon_days // 4
    one = {"start_day": start, "days": surge.days, "factor": surge.factor}
    tree["shocks"]["surges"] = [*tree["shocks"]["surges"], one]
    return validate(tree)


def measured(plain: Curve, more: Curve, surge: Any, left: float) -> Recovery:
    """Measure the recovery of a year from its open cases by day, without and with a surge.

    Parameters
    ----------
    surge
        With `start_day` and `days`.
    left
        Share of the greatest excess at which the team has recovered.
    """
    excess = more - plain
    after = surge.start_day + surge.days
    if after >= len(excess):
        return Recovery(np.inf, np.nan, np.nan)
    top = int(np.argmax(excess[surge.start_day :])) + surge.start_day
    first = max(after, top)
    recovered = np.flatnonzero(excess[first:] <= left * excess[top])
    days = float(first + recovered[0] - after) if len(recovered) else np.inf
    return Recovery(days, float(excess[top]), float(excess[-1]) / max(1.0, float(excess[top])))
