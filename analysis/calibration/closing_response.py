"""How closing answers to load: what a window of a request file says of it, as a dozen numbers.

The model multiplies the hazard of every open request by what the day brings: the team's backlog against its
usual, the city's urgent requests, the nearness of the due time, the week's luck. Each day, team and lane
(urgent or other) yields closings, and closings to expect were none of that at work. A Poisson regression of
the one on the other, with a level of its own for each team and lane, gives the responses; what is left over
by week gives the noise.

The numbers are estimates in their own right, and biased ones: a backlog is itself made of closings, and the
pace was fitted on the same window. They are therefore used as summaries, computed in the same way on the
file and on simulated windows (`reference_table`), where the bias is the same.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.calibration.pace import Pace
from sim.rules.city_team import LEAST_LOAD

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: The responses, in the order of the regression's columns.
RESPONSES = ("gamma", "mobilisation", "put_off", "due_effect")
SUMMARIES = (
    *(f"response_{name}" for name in RESPONSES),
    "weekly_noise",
    "weekly_noise_memory",
    "backlog_spread",
    "backlog_memory",
    "backlog_growth",
    "closings_spread",
    "level",
    "level_urgent",
)
_WEEK = 7
_ITERATIONS = 25
#: Standard deviation of a weak normal prior of a response: holds one at 0 that the window does not know.
_LOOSE = 3.0
#: A team and lane with fewer closings is left out of the measures by week.
_FEW = 20
#: So long before its due time a request begins to be near it.
NEAR_DUE_DAYS = 1.0


@dataclass(frozen=True, eq=False)
class Window:
    """Requests that were open at some time between two days; times in days since time 0.

    Parameters
    ----------
    opened, closed
        Closed is infinite where it was not seen to be.
    due
        NaN where there is none.
    team, category
        Codes; `urgent` says which requests are.
    start, end
        The window: whole days.
    """

    opened: Floats
    closed: Floats
    due: Floats
    team: Ints
    category: Ints
    urgent: npt.NDArray[np.bool_]
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class DailyCells:
    """Closings, closings to expect and what the day brought, by team, lane, day and nearness of the due time.

    Parameters
    ----------
    closings, expected
        Of each cell with something to expect.
    group
        Team and lane, as one code.
    day
        Since the start of the window.
    covariates
        A column a response: its hazard is multiplied by the exponential of response times covariate.
    backlog
        Open requests that will be closed some day at the start of each day, a row a team. Their load, which
        the covariates hold, is what they ask for: closings a working day at the usual pace.
    """

    closings: Floats
    expected: Floats
    group: Ints
    day: Ints
    covariates: Floats
    backlog: Floats


def daily_cells(window: Window, pace: Pace) -> DailyCells:
    """Count closings and expected closings by team, lane, day and nearness of the due time."""
    days, teams = window.end - window.start, len(pace.working)
    request, day, low, high = _split_at_due(window, *_request_days(window, pace))
    team, category, urgent = window.team[request], window.category[request], window.urgent[request]
    begun = pace.passed(window.team, window.opened + pace.at_once_days)[request]
    (rate, before), (_, after) = (
        pace.hazards(category, (pace.passed(team, time) - begun).clip(min=0.0)) for time in (low, high)
    )
    never = pace.never[category]
    open_before = never + (1.0 - never) * np.exp(-before)
    expected = np.log(open_before / (never + (1.0 - never) * np.exp(-after)))
    closes = window.closed[request] == high
    near = low >= window.due[request] - NEAR_DUE_DAYS  # false without a due time

    at_dawn = low == window.start + day
    weight = np.where(at_dawn, (1.0 - never) * np.exp(-before) / open_before, 0.0)
    backlog = np.bincount(team * days + day, weight, teams * days).reshape(teams, days)
    asked = np.bincount(team * days + day, weight * rate, teams * days).reshape(teams, days)
    urgent_asked = np.bincount(day, weight * rate * urgent, days)
    load = np.log(np.maximum(asked / asked.mean(axis=1, keepdims=True).clip(min=1e-9), LEAST_LOAD))
    alarm = np.log((urgent_asked / max(1e-9, float(urgent_asked.mean()))).clip(min=1.0))

    cell = ((team * 2 + urgent) * days + day) * 2 + near
    size = teams * 2 * days * 2
    sums = [np.bincount(cell, what, size) for what in (expected, closes.astype(float))]
    codes = np.flatnonzero(sums[0] > 0.0)
    expected_sum, closings = sums[0][codes], sums[1][codes]
    is_near, rest = codes % 2, codes // 2
    of_day, group = rest % days, rest // days
    lane = group % 2
    covariates = np.column_stack(
        [-load[group // 2, of_day], lane * alarm[of_day], (lane - 1) * alarm[of_day], is_near]
    )
    return DailyCells(closings, expected_sum, group, of_day, covariates, backlog)


def _request_days(window: Window, pace: Pace) -> tuple[Ints, Ints, Floats, Floats]:
    """Return request, day, from when and until when, for each request and day on which it is open."""
    begins = np.maximum(window.opened + pace.at_once_days, window.start)
    ends = np.minimum(window.closed, window.end)
    here = np.flatnonzero(ends > begins)
    first = np.floor(begins[here]).astype(np.int64)
    last = np.ceil(ends[here]).astype(np.int64) - 1
    count = last - first + 1
    request = np.repeat(here, count)
    offset = np.arange(len(request)) - np.repeat(np.cumsum(count) - count, count)
    day = np.repeat(first, count) + offset
    low = np.maximum(day, begins[request])
    high = np.minimum(day + 1.0, ends[request])
    return request, day - window.start, low, high


def _split_at_due(
    window: Window, request: Ints, day: Ints, low: Floats, high: Floats
) -> tuple[Ints, Ints, Floats, Floats]:
    """Part a day in which a request comes near its due time into before and after."""
    turns = window.due[request] - NEAR_DUE_DAYS
    parted = np.flatnonzero((turns > low) & (turns < high))
    later = turns[parted], high[parted]
    high = high.copy()
    high[parted] = turns[parted]
    return (
        np.concatenate([request, request[parted]]),
        np.concatenate([day, day[parted]]),
        np.concatenate([low, later[0]]),
        np.concatenate([high, later[1]]),
    )


def responses(cells: DailyCells) -> tuple[Floats, Floats]:
    """Return the responses by a Poisson regression with a free level a group, and the closings it fits.

    The level drops out: given a group's total, its closings fall on its cells in proportion to what is
    expected.
    """
    x, group = cells.covariates, cells.group
    groups = int(group.max()) + 1 if len(group) else 0
    total = np.bincount(group, cells.closings, groups)
    found = np.zeros(x.shape[1])
    fitted = cells.expected
    for _ in range(_ITERATIONS):
        rate = cells.expected * np.exp((x @ found).clip(-30.0, 30.0))
        sums = np.bincount(group, rate, groups)
        fitted = rate * (total / np.where(sums > 0.0, sums, 1.0))[group]
        means = np.column_stack([np.bincount(group, rate * column, groups) for column in x.T])
        centred = x - (means / np.where(sums > 0.0, sums, 1.0)[:, None])[group]
        gradient = centred.T @ (cells.closings - fitted) - found / _LOOSE**2
        curvature = (centred * fitted[:, None]).T @ centred + np.eye(len(found)) / _LOOSE**2
        step = np.linalg.solve(curvature, gradient)
        found = found + step * min(1.0, 1.0 / max(1e-12, float(np.abs(step).max())))
        if float(np.abs(step).max()) < 1e-6:
            break
    return found, fitted


def closing_summaries(window: Window, pace: Pace) -> Floats:
    """Return the numbers named `SUMMARIES`; NaN where a window does not have them."""
    cells = daily_cells(window, pace)
    estimates, fitted = responses(cells)
    days = window.end - window.start
    weeks = max(1, days // _WEEK)
    groups, group, whole = len(cells.backlog) * 2, cells.group, cells.day < weeks * _WEEK
    place = (group * weeks + cells.day // _WEEK)[whole]

    def by_week(values: Floats) -> Floats:
        return np.bincount(place, values[whole], groups * weeks).reshape(-1, 2, weeks).sum(axis=1)

    seen, expected = by_week(cells.closings), by_week(fitted)
    many = seen.sum(axis=1) >= _FEW
    seen, expected = seen[many], expected[many]
    backlog = np.log(cells.backlog[many].clip(min=1.0))
    left = seen - expected
    with np.errstate(divide="ignore", invalid="ignore"):
        noise = ((left**2 - expected).sum()) / (expected**2).sum()
        memory = (left[:, 1:] * left[:, :-1]).sum() / (expected[:, 1:] * expected[:, :-1]).sum()
        weights = seen.sum(axis=1)
        spread = np.average(backlog.std(axis=1), weights=weights) if many.any() else np.nan
        closings_spread = np.average(np.log1p(seen).std(axis=1), weights=weights) if many.any() else np.nan
        growth = np.log(cells.backlog[:, -1].sum() / max(1.0, cells.backlog[:, 0].sum()))
        lane = group % 2 == 1
        levels = [
            np.log(cells.closings[which].sum() / cells.expected[which].sum())
            for which in (np.ones(len(lane), dtype=bool), lane)
        ]
    found = np.array(
        [*estimates, noise, memory, spread, _memory(backlog, weights), growth, closings_spread, *levels]
    )
    return np.where(np.isfinite(found), found, np.nan)


def _memory(series: Floats, weights: Floats) -> float:
    """Return how far each series remembers a week ago, weighted."""
    if series.shape[1] <= _WEEK or not len(series):
        return float("nan")
    centred = series - series.mean(axis=1, keepdims=True)
    variance = (weights[:, None] * centred**2).mean()
    if variance <= 0.0:
        return float("nan")
    return float((weights[:, None] * centred[:, _WEEK:] * centred[:, :-_WEEK]).mean() / variance)
