"""The same stretch of requests met by a calibrated city and by the city changed, over the posterior.

Both meet the same requests with the same luck, request by request, under each draw of the posterior, so
that their difference is the change and what is not known. Where the file does not tell how closing answers
to a backlog, the two ends of what is possible are shown in place of a posterior that would be the prior.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.survival import kaplan_meier
from experiments.city.bounds import Anchor
from experiments.city.changes import Changes, changed
from experiments.city.demand import Demand, assigned
from experiments.city.words import basis_of
from sim.city.draw import CityDraw

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: What a table says of a group of requests, with its unit.
OUTCOMES = {
    "median_days": "days",
    "within_7_days": "share",
    "within_30_days": "share",
    "open_at_end": "requests",
}
#: Categories of a touched team that have rows of their own, and how many requests they need for one.
_SHOWN, _ENOUGH = 5, 20
#: The interval holds this share of the draws.
INTERVAL = 0.9


@dataclass(frozen=True)
class Group:
    """Requests that a table speaks of."""

    kind: str
    name: str
    members: Bools


@dataclass
class Seen:
    """Outcomes by arm, group and outcome: one number a draw."""

    base: dict[tuple[str, str, str], list[float]] = field(default_factory=dict)
    changed: dict[tuple[str, str, str], list[float]] = field(default_factory=dict)


def what_if(
    draws: Sequence[CityDraw],
    demand: Demand,
    changes: Changes,
    bounds: Mapping[str, float | None],
    anchor: Anchor,
    told: Callable[[], None] = lambda: None,
    language: str = "en",
) -> pd.DataFrame:
    """Run the city and the city changed, and compare them.

    Parameters
    ----------
    draws
        Of the posterior.
    bounds
        Names of the answers to a backlog, and the gamma of each; None for the draw's own.
    anchor
        The engine, and what ties the answers to the same city.
    told
        Called after each pair of runs.
    language
        Of the column `basis`.

    Returns
    -------
    DataFrame
        A row a bound, group and outcome: response, kind, name, requests, outcome, unit, observed (what the
        file shows of the stretch; NaN where it does not, or was not to be looked at), then for the city as
        it is (base), the city changed and their difference the middle draw and an interval; basis.
    """
    tables = []
    file = as_it_was(demand, draws[0], changes)
    for name, gamma in bounds.items():
        seen = Seen()
        sizes: dict[tuple[str, str], list[int]] = {}
        for number, draw in enumerate(draws):
            values = anchor.city(draw, gamma, number)
            base = assigned(values, demand, anchor.seed)
            other = replace(base, draw=changed(base.draw, changes))
            groups = list(_groups(base.team, demand, values, changes))
            for arm, known in ((base, seen.base), (other, seen.changed)):
                closed = anchor.run(arm.draw, arm.requests, demand.end, anchor.seed, number)
                for group in groups:
                    sizes.setdefault((group.kind, group.name), []).append(int(group.members.sum()))
                    for outcome, value in outcomes_of(closed, demand, group.members).items():
                        known.setdefault((group.kind, group.name, outcome), []).append(value)
            told()
        tables.append(_table(name, seen, sizes, file, basis_of(changes, gamma, language)))
    return pd.concat(tables, ignore_index=True)


def _groups(teams: Ints, demand: Demand, draw: CityDraw, changes: Changes) -> Iterator[Group]:
    """Yield the whole city, what the changes name, and the larger categories of the teams they name."""
    everything = np.ones(len(demand.opened), dtype=bool)
    yield Group("city", "all", everything)
    for team in changes.teams:
        yield Group("team", team, teams == draw.teams.index(team))
    for category in changes.categories:
        yield Group("category", category, demand.category == demand.categories.index(category))
    # By the file's requests, not by the draw: the same rows under every draw.
    counts = np.bincount(demand.category[demand.arrives], minlength=len(demand.categories))
    for team in changes.teams:
        k = draw.teams.index(team)
        shares = {name: draw.team_shares[row, k] for row, name in enumerate(draw.categories)}
        own = [code for code, name in enumerate(demand.categories) if shares.get(name, 0.0) > 0.5]
        own = [
            code
            for code in own
            if demand.categories[code] not in changes.categories and counts[code] >= _ENOUGH
        ]
        for code in sorted(own, key=lambda code: -counts[code])[:_SHOWN]:
            yield Group("category", demand.categories[code], demand.category == code)


def outcomes_of(closed: Floats, demand: Demand, members: Bools) -> dict[str, float]:
    """Return the outcomes of some requests: how long those opened in the stretch take, and who is open."""
    mine = members & demand.arrives
    seen = closed[mine] < demand.end
    until = np.where(seen, closed[mine], demand.end)
    curve = kaplan_meier(until - demand.opened[mine], seen, confidence=None)
    with np.errstate(invalid="ignore"):
        still_open = ~(closed[members] < demand.end)
    within = 1.0 - curve.at([7.0, 30.0]) if len(curve.times) else np.array([np.nan, np.nan])
    longest = demand.end - demand.start
    return {
        "median_days": curve.quantile(0.5) if len(curve.times) else float("nan"),
        "within_7_days": float(within[0]) if longest >= 7.0 else float("nan"),
        "within_30_days": float(within[1]) if longest >= 30.0 else float("nan"),
        "open_at_end": float(still_open.sum()),
    }


def as_it_was(demand: Demand, draw: CityDraw, changes: Changes) -> dict[tuple[str, str, str], float]:
    """Return the outcomes that the file shows, by group; nothing where the stretch was not all known.

    Teams are those of the file: of a team that the calibration put together of small ones it shows none.
    """
    if not len(demand.happened):
        return {}
    team = np.full(len(demand.opened), -1, dtype=np.int64)
    for code, name in enumerate(demand.file_teams):
        if name in draw.teams:
            team[demand.file_team == code] = draw.teams.index(name)
    return {
        (group.kind, group.name, outcome): value
        for group in _groups(team, demand, draw, changes)
        if group.members.any()
        for outcome, value in outcomes_of(demand.happened, demand, group.members).items()
    }


def _table(
    response: str,
    seen: Seen,
    sizes: Mapping[tuple[str, str], Sequence[int]],
    file: Mapping[tuple[str, str, str], float],
    basis: str,
) -> pd.DataFrame:
    rows = []
    for (kind, name, outcome), base in seen.base.items():
        before, after = np.array(base), np.array(seen.changed[kind, name, outcome])
        with np.errstate(invalid="ignore"):
            difference = after - before  # not a number where neither is ever reached
        row: dict[str, object] = {
            "response": response,
            "kind": kind,
            "name": name,
            "requests": round(float(np.mean(sizes[kind, name]))),
            "outcome": outcome,
            "unit": OUTCOMES[outcome],
            "observed": file.get((kind, name, outcome), float("nan")),
        }
        for label, values in (("base", before), ("changed", after), ("difference", difference)):
            row |= {f"{label}{end}": value for end, value in middle_and_interval(values).items()}
        rows.append({**row, "basis": basis})
    return pd.DataFrame(rows)


def middle_and_interval(values: Floats) -> dict[str, float]:
    """Return the middle of values and the interval that holds nine tenths of them; some may be infinite."""
    known = values[~np.isnan(values)]
    if not len(known):
        return {"": float("nan"), "_low": float("nan"), "_high": float("nan")}
    shares = {"": 0.5, "_low": 0.5 - 0.5 * INTERVAL, "_high": 0.5 + 0.5 * INTERVAL}
    # Of the values themselves: between an infinite one and a finite one there is nothing.
    return {end: float(np.quantile(known, share, method="nearest")) for end, share in shares.items()}
