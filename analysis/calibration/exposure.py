"""Closings and time at risk, counted by category, age, team and day: all that the likelihood needs.

The hazard is a product of a category's rate at an age, a team's factor in a week and a factor of a request
that is due. Given the clock, the likelihood of such a product depends on the data only through the closings
and the time at risk (on the team's clock) in each cell. [1]_

References
----------
.. [1] Aalen, Borgan & Gjessing (2008), Survival and Event History Analysis, section 5.1 (piecewise constant
   hazards).
"""

from dataclasses import dataclass

import numpy as np

from analysis.calibration.clock import Floats, Ints, TeamClocks
from analysis.calibration.known import AT_ONCE_MINUTES, KnownRequests

#: Lower edges of the bins of age, in working days; the last bin is open. Steps of equal ratio, from three
#: minutes to the longest that a few months show.
AGE_EDGES = np.concatenate([[0.0], np.geomspace(0.002, 130.0, 24)])
#: A request is taken as due from this many working days before its due time on.
DUE_WITHIN_DAYS = 1.0


@dataclass(frozen=True, eq=False)
class Exposure:
    """Cells with time at risk; a cell is a category, bin of age, team, day and whether it is due.

    Attributes
    ----------
    category, age, team, day, due
        What each cell is; days from day 0.
    closings
        Closings in each cell, those at once left out.
    at_risk
        Working days at risk of the requests that were closed.
    open_request, open_cell, open_at_risk
        Time at risk of the requests still open: element by element, request (0 to `open_category.size`),
        cell and working days. Some of these requests will never be closed, so their time is kept apart.
    open_category, open_team, open_opened
        Category, team and time of opening of the requests still open.
    days
        Number of days from day 0.
    standing_category, standing_age, standing_team, standing_day, standing_request
        What was open when each day began, element by element; `standing_request` is the number of a request
        still open at the end, -1 of one that was closed.
    """

    category: Ints
    age: Ints
    team: Ints
    day: Ints
    due: np.ndarray
    closings: Floats
    at_risk: Floats
    open_request: Ints
    open_cell: Ints
    open_at_risk: Floats
    open_category: Ints
    open_team: Ints
    open_opened: Floats
    days: int
    standing_category: Ints
    standing_age: Ints
    standing_team: Ints
    standing_day: Ints
    standing_request: Ints

    @property
    def week(self) -> Ints:
        """Week of each cell."""
        return self.day // 7

    @property
    def weeks(self) -> int:
        """Number of weeks from day 0, the last perhaps not whole."""
        return -(-self.days // 7)


def count_exposure(known: KnownRequests, clocks: TeamClocks, edges: Floats = AGE_EDGES) -> Exposure:
    """Count closings and time at risk of the requests that were not closed at once."""
    risk = ~known.at_once
    team, category = known.team[risk], known.category[risk]
    start = known.opened[risk] + AT_ONCE_MINUTES / 1440.0
    left = np.maximum(known.left[risk], start)
    is_open = ~known.is_closed[risk]
    open_number = np.cumsum(is_open) - 1
    began = clocks.at(team, start)
    due_from = _due_from(clocks, team, known.due[risk])
    days = int(np.ceil(known.until))

    parts: list[tuple[Ints, Ints, Floats]] = []
    standing: list[tuple[Ints, Ints, Ints]] = []
    pair, pairs = _pairs(category, team)
    bins = len(edges)
    upper = np.append(edges[1:], np.inf)

    def cell(of_pair: Ints, day: int | Ints, age: Ints, due: int | Ints) -> Ints:
        return ((of_pair * days + day) * bins + age) * 2 + due

    for day in range(days):
        here = np.flatnonzero((start < day + 1.0) & (left > day))
        low, high = np.maximum(start[here], day), np.minimum(left[here], day + 1.0)
        there = here[start[here] < day]
        grown = clocks.at(team[there], np.full(len(there), float(day))) - began[there]
        standing.append((there, _bin_of(edges, grown), np.full(len(there), day)))
        for due in (0, 1):
            first = low if due == 0 else np.maximum(low, due_from[here])
            last = np.minimum(high, due_from[here]) if due == 0 else high
            some = np.flatnonzero(last > first)
            who = here[some]
            young = clocks.at(team[who], first[some]) - began[who]
            old = clocks.at(team[who], last[some]) - began[who]
            spent = np.minimum(old[:, None], upper) - np.maximum(young[:, None], edges)
            row, age = np.nonzero(spent > 0.0)
            parts.append((who[row], cell(pair[who[row]], day, age, due), spent[row, age]))
    request, at, spent = (np.concatenate(column) for column in zip(*parts, strict=True))
    ended = np.flatnonzero(~is_open)
    final_age = clocks.at(team[ended], left[ended]) - began[ended]
    final = cell(
        pair[ended],
        np.minimum(left[ended].astype(np.int64), days - 1),
        _bin_of(edges, final_age),
        (left[ended] >= due_from[ended]).astype(np.int64),
    )
    codes, index = np.unique(np.concatenate([at, final]), return_inverse=True)
    of_part, of_final = index[: len(at)], index[len(at) :]
    opened = is_open[request]
    whose, grown_to, since = (np.concatenate(column) for column in zip(*standing, strict=True))
    of_pair, rest = np.divmod(codes, days * bins * 2)
    day_of, rest = np.divmod(rest, bins * 2)
    return Exposure(
        category=pairs[of_pair, 0],
        age=rest // 2,
        team=pairs[of_pair, 1],
        day=day_of,
        due=(rest % 2).astype(bool),
        closings=np.bincount(of_final, minlength=len(codes)).astype(float),
        at_risk=np.bincount(of_part[~opened], spent[~opened], len(codes)),
        open_request=open_number[request[opened]],
        open_cell=of_part[opened],
        open_at_risk=spent[opened],
        open_category=category[is_open],
        open_team=team[is_open],
        open_opened=known.opened[risk][is_open],
        days=days,
        standing_category=category[whose],
        standing_age=grown_to,
        standing_team=team[whose],
        standing_day=since,
        standing_request=np.where(is_open[whose], open_number[whose], -1),
    )


def _bin_of(edges: Floats, age: Floats) -> Ints:
    return np.clip(np.searchsorted(edges, age, side="right") - 1, 0, len(edges) - 1)


def _due_from(clocks: TeamClocks, team: Ints, due: Floats) -> Floats:
    """Return from when on each request is taken as due; infinite for those with no due time."""
    found = np.full(len(due), np.inf)
    known = np.flatnonzero(~np.isnan(due) & (due > 0.0))
    reading = clocks.at(team[known], np.minimum(due[known], clocks.elapsed.shape[1] / 24.0)) - DUE_WITHIN_DAYS
    found[known] = clocks.when(team[known], np.maximum(reading, 0.0))
    return found


def _pairs(category: Ints, team: Ints) -> tuple[Ints, np.ndarray]:
    """Return the pair of category and team of each request as a code, and what the codes mean."""
    pairs, code = np.unique(np.stack([category, team], axis=1), axis=0, return_inverse=True)
    return code.reshape(-1), pairs
