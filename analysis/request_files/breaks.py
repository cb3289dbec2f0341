"""Changes of practice: dates from which requests of a category are closed faster or more slowly than before.

For every category the weeks of opening are held against all weeks together. A week's closings are counted
beside those expected of its requests if each had the cumulative hazard of the whole (Nelson and Aalen), which
is the score of the log-rank test, week by week; requests that are still open are censored at `until`. It is
done twice, for the half of the closings that come early in a request's life and for the half that comes late,
so that a change of what is closed at once is seen as well as one of what takes months.

The statistic is the largest, over all weeks in which a break may lie, of the squared difference of the
levels before and after over the variance of weeks about their own level [1]_. It is studentised because a
city's weeks vary by more than chance: illness, weather and backlogs move all requests of a week. Its
distribution without a break is simulated with the weights of the weeks and an autocorrelation of first order
between the one that the category's weeks show about their levels and the one of all categories. So the search
over dates is part of the p-value; that over early and late and over categories is paid for by Bonferroni's
factor. Both sides of a break are searched again.

Made files of 10 categories and 26 weeks without a break gave an alarm in .03 of 400 where weeks differ by
chance alone, in .05 where their rates vary by .3 and in .10 where that carries over at .4 from week to week;
in .26 of 200 at .7, which nobody could tell from steps.

A slow drift is no break, and two levels must fit the weeks better than a line does: of categories that became
twice as fast over the half year, evenly, 7 % were taken for a break all the same. Not seen are breaks within
the first or last weeks, and those of categories with few requests.

References
----------
.. [1] Andrews (1993), Econometrica 61, 821-856 (tests for one change at an unknown date).
.. [2] Klein & Moeschberger (2003), Survival Analysis, 2nd ed., sections 4.2 and 7.3.
"""

from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from analysis.request_files.practice import Part, Practice, distance_between, practice_of

Floats = npt.NDArray[np.float64]

#: Share of files without any break in which one is reported all the same.
LEVEL = 0.05
FEWEST_REQUESTS, FEWEST_WEEKS, WEEKS_A_SIDE = 100, 10, 3
FEWEST_A_SIDE = 25
#: A break moves the distribution of durations by at least so much (largest vertical distance of the curves).
SMALLEST_DISTANCE = 0.1
_FIRST_DRAWS, _DRAWS, _TAIL = 200, 2000, 0.05
_MOST_CORRELATION = 0.9
_DEEPEST = 2
#: A category's own correlation between weeks counts as much as the file's when it has so many weeks.
_WEEKS_TO_TRUST = 50.0
_BETTER = 6.0
_KEY = 20110701


@dataclass(frozen=True)
class Break:
    """From some day on, requests of a category were closed in another way than before."""

    category: int
    day: float
    """Days since time 0: the first day of opening of the new practice."""
    before: Practice
    after: Practice
    distance: float
    """Largest vertical distance between the curves of closing before and after."""
    p_value: float
    """Adjusted for all dates and all categories looked at."""


def breaks(
    opened: npt.ArrayLike,
    closed: npt.ArrayLike,
    category: npt.ArrayLike,
    until: float,
    level: float = LEVEL,
) -> list[Break]:
    """Return the changes of practice, by category and date.

    Parameters
    ----------
    opened
        Days since time 0, a Monday 00:00.
    closed
        Days since time 0, NaN where none is known. Closings after `until` are not looked at.
    category
        Code of each request; negative ones are left out.
    until
        The instant up to which closings were seen. Requests opened from then on are left out.
    level
        Share of files without a break in which one may be reported.
    """
    tested = _testable(opened, closed, category, until)
    whole = [scanned for part in tested.values() for scanned in _scans(part)]
    search = _Search(level, 2.0 * len(tested), _pooled(whole))
    for code, part in tested.items():
        search.look(part, code)
    return sorted(search.found, key=lambda one: (one.category, one.day))


def tested_categories(
    opened: npt.ArrayLike, closed: npt.ArrayLike, category: npt.ArrayLike, until: float
) -> list[int]:
    """Return the codes of the categories that have enough requests to be tested."""
    return list(_testable(opened, closed, category, until))


def _testable(
    opened: npt.ArrayLike, closed: npt.ArrayLike, category: npt.ArrayLike, until: float
) -> dict[int, Part]:
    opened, codes, closed = (
        np.asarray(opened, float),
        np.asarray(category, np.int64),
        np.asarray(closed, float),
    )
    known = (opened < until) & (codes >= 0)
    opened, codes, closed = opened[known], codes[known], closed[known]
    seen = closed <= until
    watched = np.maximum(0.0, np.where(seen, closed, until) - opened)
    order = np.argsort(codes, kind="stable")
    ends = np.flatnonzero(np.diff(codes[order], append=-1)) + 1
    parts = {
        int(codes[rows[0]]): Part(opened[rows], watched[rows], seen[rows])
        for rows in np.split(order, ends)
        if len(rows)
    }
    return {code: part for code, part in parts.items() if _is_testable(part)}


def _is_testable(part: Part) -> bool:
    if len(part.opened) < FEWEST_REQUESTS or part.seen.sum() < FEWEST_A_SIDE:
        return False
    weeks = np.floor(part.opened / 7.0)
    return bool(weeks.max() - weeks.min() + 1 >= FEWEST_WEEKS)


class _Search:
    """The search of one file: what it has found, and what its weeks have in common."""

    def __init__(self, level: float, factor: float, correlation: float) -> None:
        self.level, self.factor, self.correlation = level, factor, correlation
        self.found: list[Break] = []

    def look(self, part: Part, code: int, depth: int = 0) -> None:
        """Add the break of a part, and those on both of its sides."""
        scans = _scans(part) if _is_testable(part) else []
        judged = [(min(1.0, self.factor * scan.p_value(self.correlation)), scan) for scan in scans]
        judged = [one for one in judged if one[1].is_step]
        if not judged:
            return
        p_value, scan = min(judged, key=lambda one: one[0])
        if p_value > self.level:
            return
        day = _to_the_day(part, scan.week)
        first, second = part.take(part.opened < day), part.take(part.opened >= day)
        distance = distance_between(first, second)
        if distance >= SMALLEST_DISTANCE:
            self.found.append(Break(code, day, practice_of(first), practice_of(second), distance, p_value))
        if depth < _DEEPEST:
            self.look(first, code, depth + 1)
            self.look(second, code, depth + 1)


# --- closings against what was expected, by week ---------------------------------------------------


@dataclass(frozen=True)
class _Scan:
    """The largest contrast between weeks before and after, and what it is held against."""

    week: float
    """The week that begins the new practice."""
    statistic: float
    is_step: bool
    """Whether two levels fit the weeks better than a line does."""
    weight: Floats
    allowed: npt.NDArray[np.bool_]
    correlation: float
    """Between successive weeks, about the two levels."""

    def p_value(self, common: float) -> float:
        """Return how often the contrast is as large without a break; `common` is the file's correlation."""
        weeks = len(self.weight)
        own = (weeks * self.correlation + _WEEKS_TO_TRUST * common) / (weeks + _WEEKS_TO_TRUST)
        return _tail(self.statistic, self.weight, self.allowed, float(np.clip(own, 0.0, _MOST_CORRELATION)))


def _pooled(scans: list[_Scan]) -> float:
    if not scans:
        return 0.0
    return float(np.average([one.correlation for one in scans], weights=[len(one.weight) for one in scans]))


def _scans(part: Part) -> list[_Scan]:
    """Scan a part twice: by the early half of its closings, and by the late one."""
    found = [_scan(*series) for series in _series(part)]
    return [scan for scan in found if scan is not None]


def _scan(weeks: Floats, requests: Floats, closings: Floats, expected: Floats) -> _Scan | None:
    """Scan weeks of opening by their closings and those expected at the common hazard."""
    kept = expected > 0.5
    if kept.sum() < FEWEST_WEEKS:
        return None
    weeks, requests, closings, expected = weeks[kept], requests[kept], closings[kept], expected[kept]
    allowed = _allowed(requests, expected)
    if not allowed.any():
        return None
    # The root steadies the variance: levels may differ tenfold.
    level = np.sqrt((closings + 0.25) / expected)
    weight = expected
    for _ in range(3):  # what weeks vary by beyond chance makes large weeks count for less
        at = int(np.argmax(np.where(allowed, _contrast(level[None], weight)[0], -1.0)))
        rest = _about_levels(level, weight, at)
        excess = float(np.sum(weight * rest**2)) / (len(rest) - 2.0) - 0.25 * float(
            np.mean(weight / expected)
        )
        weight = 1.0 / (1.0 / expected + 4.0 * max(0.0, excess) / float(np.mean(weight)))
    at = int(np.argmax(np.where(allowed, _contrast(level[None], weight)[0], -1.0)))
    statistic = float(_studentised(level[None], weight, allowed)[0])
    rest = np.sqrt(weight) * _about_levels(level, weight, at)
    left = float(np.sum(rest**2))
    # The place of a step is chosen, that of a line is not: one part in `_BETTER` of the variance is no proof.
    is_step = left * (1.0 + _BETTER / len(rest)) <= _about_a_line(level, weight, weeks)
    return _Scan(float(weeks[at + 1]), statistic, is_step, weight, allowed, _correlation(rest))


def _series(part: Part) -> list[tuple[Floats, Floats, Floats, Floats]]:
    """Return the weeks of a part twice: by the early half of its closings, and by the late one."""
    week = np.floor(part.opened / 7.0).astype(np.int64)
    first = int(week.min())
    week -= first
    count = int(week.max()) + 1
    times, events = np.unique(part.watched[part.seen], return_counts=True)
    at_risk = len(part.watched) - np.searchsorted(np.sort(part.watched), times, side="left")
    cumulative = np.concatenate([[0.0], np.cumsum(events / at_risk)])
    # Early: up to the median closing, or those at once if they are more than half.
    middle = float(np.median(part.watched[part.seen]))
    all_of_it = cumulative[np.searchsorted(times, part.watched, side="right")]
    early_part = cumulative[np.searchsorted(times, np.minimum(part.watched, middle), side="right")]
    early_closing = part.seen & (part.watched <= middle)
    requests = np.bincount(week, minlength=count).astype(float)
    weeks = np.arange(first, first + count, dtype=float)
    return [
        (weeks, requests, np.bincount(week, closing.astype(float), count), np.bincount(week, hazard, count))
        for closing, hazard in (
            (early_closing, early_part),
            (part.seen & ~early_closing, all_of_it - early_part),
        )
    ]


def _allowed(requests: Floats, expected: Floats) -> npt.NDArray[np.bool_]:
    """Mark the weeks after which a break may lie: enough before and after."""
    places = np.arange(1, len(requests))
    enough = np.ones(len(places), bool)
    for counted, least in ((requests, FEWEST_A_SIDE), (expected, FEWEST_A_SIDE / 2.0)):
        sums = np.cumsum(counted)
        enough &= (sums[:-1] >= least) & (sums[-1] - sums[:-1] >= least)
    return enough & (places >= WEEKS_A_SIDE) & (len(requests) - places >= WEEKS_A_SIDE)


def _contrast(level: Floats, weight: Floats) -> Floats:
    """Return the sum of squares between before and after, for each row of levels and each place."""
    before = np.cumsum(weight)[:-1]
    whole = weight.sum()
    sums = np.cumsum(level * weight, axis=1)
    mean = sums[:, -1:] / whole
    deviation: Floats = sums[:, :-1] - mean * before
    return deviation**2 * whole / (before * (whole - before))


def _studentised(level: Floats, weight: Floats, allowed: npt.NDArray[np.bool_]) -> Floats:
    """Return the largest contrast of each row over the variance of weeks about their levels."""
    largest = np.max(np.where(allowed, _contrast(level, weight), 0.0), axis=1)
    mean = (level @ weight / weight.sum())[:, None]
    total = ((level - mean) ** 2) @ weight
    left = np.maximum(total - largest, 1e-12 * total + 1e-300)
    result: Floats = largest / left * (level.shape[1] - 2.0)
    return result


def _about_levels(level: Floats, weight: Floats, at: int) -> Floats:
    rest = level.copy()
    for side in (slice(0, at + 1), slice(at + 1, None)):
        rest[side] -= np.average(level[side], weights=weight[side])
    return rest


def _about_a_line(level: Floats, weight: Floats, weeks: Floats) -> float:
    """Return the weighted sum of squares of the levels about a line over time."""
    x = weeks - np.average(weeks, weights=weight)
    y = level - np.average(level, weights=weight)
    slope = float(np.sum(weight * x * y) / np.sum(weight * x**2))
    return float(np.sum(weight * (y - slope * x) ** 2))


def _correlation(rest: Floats) -> float:
    """Return the autocorrelation of the weeks about their two levels, freed of the bias of short series."""
    total = float(np.sum(rest**2))
    if total <= 0.0:
        return 0.0
    raw = float(np.sum(rest[1:] * rest[:-1])) / total
    # Two means, and a place chosen to suit, are taken from the series itself. The line is that of series of
    # known correlation (0 to .8, 15 to 104 weeks), within .1 of it.
    weeks = len(rest)
    return float(np.clip((raw + 3.5 / weeks) / (1.0 - 7.5 / weeks), -0.5, _MOST_CORRELATION))


def _tail(statistic: float, weight: Floats, allowed: npt.NDArray[np.bool_], correlation: float) -> float:
    """Return how often the statistic is as large without a break."""
    few = _without_a_break(_FIRST_DRAWS, weight, allowed, correlation)
    if float(np.mean(few >= statistic)) > _TAIL:  # far from any level that counts: more draws are no use
        return float(np.mean(few >= statistic))
    simulated = np.sort(_without_a_break(_DRAWS, weight, allowed, correlation))
    above = _DRAWS - int(np.searchsorted(simulated, statistic, side="left"))
    tail = simulated[-int(_TAIL * _DRAWS) :]
    if above >= len(tail):
        return (above + 1.0) / (_DRAWS + 1.0)
    # Beyond what draws reach the tail falls as a power, as that of every ratio of squares does.
    index = 1.0 / float(np.mean(np.log(tail / tail[0])))
    return _TAIL * float((statistic / tail[0]) ** -index)


def _without_a_break(
    draws: int, weight: Floats, allowed: npt.NDArray[np.bool_], correlation: float
) -> Floats:
    """Return statistics of series without a break."""
    noise = np.random.Generator(np.random.Philox(key=_KEY)).standard_normal((draws, len(weight)))
    if correlation:
        fresh = np.sqrt(1.0 - correlation**2)
        for place in range(1, len(weight)):
            noise[:, place] = correlation * noise[:, place - 1] + fresh * noise[:, place]
    return _studentised(noise / np.sqrt(weight), weight, allowed)


# --- the day ------------------------------------------------------------------------


def _to_the_day(part: Part, week: float) -> float:
    """Return the day, a week and a half around the found one, at which the two halves part best."""
    opened = np.floor(part.opened).astype(np.int64)
    first, last = int(opened.min()), int(opened.max())
    days = np.clip(np.arange(7 * int(week) - 10, 7 * int(week) + 11), first, last + 1) - first
    grid = np.unique(np.quantile(part.watched[part.seen], np.linspace(0.1, 0.9, 9)))

    def before(marked: npt.NDArray[np.bool_]) -> tuple[Floats, float]:
        """Return how many of the marked were opened before each day, and how many there are."""
        sums = np.concatenate([[0.0], np.cumsum(np.bincount(opened - first, marked, last - first + 1))])
        return sums[days], float(sums[-1])

    gain = np.zeros(len(days))
    for age in grid.tolist():
        # Shares closed by that age among those watched so long.
        known, whole = before(part.seen | (part.watched >= age))
        done, all_done = before(part.seen & (part.watched <= age))
        gain += _likelihood(done, known) + _likelihood(all_done - done, whole - known)
    requests, total = before(np.ones(len(opened), bool))
    gain[np.minimum(requests, total - requests) < FEWEST_A_SIDE] = -inf
    return float(days[int(np.argmax(gain))] + first) if np.isfinite(gain).any() else 7.0 * week


def _likelihood(successes: Floats, trials: Floats) -> Floats:
    """Return the log-likelihood of shares at their best fit."""
    share = np.divide(successes, trials, out=np.zeros(len(trials)), where=trials > 0)
    inner = (share > 0) & (share < 1)
    share = np.where(inner, share, 0.5)
    found: Floats = np.where(inner, successes * np.log(share) + (trials - successes) * np.log1p(-share), 0.0)
    return found
