"""How good a forecast of closing times was, category by category and for the whole city.

Durations are compared up to a horizon, and no further than the file watched: what closed later counts as
open then, for the forecast and for the truth alike. Every measure is of restricted durations min(days,
horizon), so infinite draws need no special case.

Measures (columns of scores.csv)
--------------------------------
ks
    Largest distance between the distribution forecast for the category's requests (all draws of all
    requests) and the one observed, at ages up to the horizon.
e1, e7, e30
    Share closed within 1, 7, 30 days, forecast less observed.
median_error, p90_error
    Quantile forecast less quantile observed, in days; a quantile beyond the horizon counts as the horizon.
crps
    Mean over requests of the integral of (F(x) - 1{closed by x})^2 dx from 0 to the horizon, F the
    distribution of the draws: exact, E|X - y| - E|X - X'|/2 of restricted durations. In days.
coverage_closings, width_closings
    Share of whole weeks in which the number of closings, of the starting backlog and of new requests, lies
    in the forecast's 90 % interval, ends included; mean width of the interval.
coverage_backlog, width_backlog
    The same of the number open at the ends of the weeks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.forecasts.window import Floats, Forecast, Window
from analysis.statistics.survival import censor, kaplan_meier

#: Ages, in days, up to which durations are compared.
HORIZON_DAYS = 60.0
#: Share of draws within an interval.
INTERVAL = 0.9
#: Stands for the whole city among the categories.
CITY = "*"
SHARES_AT = (1, 7, 30)
MEASURES = (
    "ks",
    *(f"e{days}" for days in SHARES_AT),
    "median_error",
    "p90_error",
    "crps",
    "coverage_closings",
    "coverage_backlog",
    "width_closings",
    "width_backlog",
)


@dataclass(frozen=True)
class Distribution:
    """A distribution of durations as a step function: the share closed by each of `times`."""

    times: Floats
    share: Floats

    def at(self, times: npt.ArrayLike) -> Floats:
        """Share closed by each time."""
        position = np.searchsorted(self.times, np.asarray(times, dtype=float), side="right")
        return np.concatenate([[0.0], self.share])[position]

    def quantile(self, probability: float) -> float:
        """The first time by which the share is closed; infinite if that never comes."""
        reached = np.flatnonzero(self.share >= probability - 1e-12)
        return float(self.times[reached[0]]) if len(reached) else float("inf")


def drawn(days: npt.NDArray[np.floating]) -> Distribution:
    """Return the distribution of draws, infinite ones included."""
    values = np.sort(days, axis=None).astype(float)
    values, count = np.unique(values, return_counts=True)
    share = np.cumsum(count) / max(1, int(np.sum(count)))
    finite = np.isfinite(values)
    return Distribution(values[finite], share[finite])


def observed(days: Floats, watched: Floats) -> Distribution:
    """Return the distribution of what happened: Kaplan–Meier where the file did not watch to the end."""
    duration, seen = censor(days, watched)
    curve = kaplan_meier(duration, seen, None)
    return Distribution(curve.times, 1.0 - curve.survival)


def largest_distance(one: Distribution, other: Distribution, horizon: float) -> float:
    """Largest distance of two distributions at ages up to the horizon."""
    ages = np.concatenate([[0.0], one.times, other.times])
    ages = ages[ages <= horizon]
    return float(np.abs(one.at(ages) - other.at(ages)).max())


def crps(days: npt.NDArray[np.floating], truth: Floats, horizon: npt.ArrayLike) -> Floats:
    """Return the restricted continuous ranked probability score of each request.

    Parameters
    ----------
    days
        Draws × requests.
    horizon
        Common, or of each request: no further than it was watched.
    """
    limit = np.broadcast_to(np.asarray(horizon, dtype=float), truth.shape)
    ensemble = np.sort(np.minimum(days, limit), axis=0)
    draws = len(ensemble)
    happened = np.minimum(truth, limit)
    distance = np.abs(ensemble - happened).mean(axis=0)
    # Of a sorted sample, the mean of |x_j - x_k| over all pairs (j, k) is 2 sum_k (2k - m - 1) x_(k) / m^2.
    weight = (2.0 * np.arange(1, draws + 1) - draws - 1.0) / draws**2
    return np.asarray(distance - weight @ ensemble)


@dataclass(frozen=True)
class Weekly:
    """Closings in each week and open requests at its end: draws × weeks, or weeks alone for the truth."""

    closings: npt.NDArray[np.int64]
    backlog: npt.NDArray[np.int64]


def weekly(window: Window, forecast: Forecast | None, category: int | None = None) -> Weekly:
    """Count by week, for one category or all; without a forecast what happened."""
    known, asked = window.known, window.asked
    if forecast is None:
        happened = window.truth
        forecast = Forecast(happened.days[None, :], happened.backlog_days[None, :])
        return _one(weekly(window, forecast, category))
    days, waiting = forecast.days, forecast.backlog_days
    new = slice(None) if category is None else asked.category == category
    old = slice(None) if category is None else known.category[known.open] == category
    edges = 7.0 * np.arange(window.weeks + 1, dtype=float)
    opened = asked.arisen_at[new] - known.origin
    closed = np.concatenate([opened + days[:, new], waiting[:, old]], axis=1)
    closed_by = np.stack([_counts_below(row, edges) for row in np.asarray(closed, float)])
    opened_by = np.searchsorted(opened, edges, side="left")
    there = closed.shape[1] - len(opened)
    return Weekly(np.diff(closed_by, axis=1), (there + opened_by - closed_by)[:, 1:])


def _one(counts: Weekly) -> Weekly:
    return Weekly(counts.closings[0], counts.backlog[0])


def _counts_below(values: Floats, edges: Floats) -> npt.NDArray[np.int64]:
    # A week holds its beginning and not its end.
    week = np.searchsorted(edges, values[values < edges[-1]], side="right")
    return np.cumsum(np.bincount(week, minlength=len(edges) + 1))[: len(edges)]


def interval(draws: npt.NDArray[np.int64], share: float = INTERVAL) -> tuple[Floats, Floats]:
    """Return both ends of the interval that holds `share` of the draws, each a number that was drawn."""
    tail = (1.0 - share) / 2.0
    low, high = np.quantile(draws, [tail, 1.0 - tail], axis=0, method="inverted_cdf")
    return low, high


def covered(draws: npt.NDArray[np.int64], happened: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Return the share of weeks whose interval holds what happened, and the mean width."""
    if not len(happened):
        return float("nan"), float("nan")
    low, high = interval(draws)
    return float(((low <= happened) & (happened <= high)).mean()), float((high - low).mean())


#: An origin and what was forecast from it. A rolling origin gives several; each request is asked of one.
Part = tuple[Window, Forecast]


def pooled(parts: Sequence[Part], category: int | None = None) -> tuple[Floats, Floats, Floats]:
    """Return draws × requests of all origins, days that it took, and how long each was watched."""
    chosen = [
        slice(None) if category is None else np.flatnonzero(window.asked.category == category)
        for window, _ in parts
    ]
    return (
        np.concatenate([part.days[:, rows] for (_, part), rows in zip(parts, chosen, strict=True)], axis=1),
        np.concatenate([window.truth.days[rows] for (window, _), rows in zip(parts, chosen, strict=True)]),
        np.concatenate([window.truth.watched[rows] for (window, _), rows in zip(parts, chosen, strict=True)]),
    )


def score(
    parts: Sequence[Part], category: int | None = None, horizon: float = HORIZON_DAYS
) -> dict[str, float]:
    """Return every measure, for one category or (None) the whole city."""
    days, happened, watched = pooled(parts, category)
    result = {"requests": float(len(happened))}
    if len(happened):
        limit = min(horizon, float(watched.max()))
        expected, actual = drawn(days), observed(happened, watched)
        result["ks"] = largest_distance(expected, actual, limit)
        for age in SHARES_AT:
            result[f"e{age}"] = float(expected.at(age) - actual.at(age)) if age <= limit else float("nan")
        for name, probability in (("median_error", 0.5), ("p90_error", 0.9)):
            both = [min(one.quantile(probability), limit) for one in (expected, actual)]
            result[name] = both[0] - both[1]
        result["crps"] = float(crps(days, happened, np.minimum(horizon, watched)).mean())
    counts = [weekly(window, forecast, category) for window, forecast in parts]
    seen = [weekly(window, None, category) for window, _ in parts]
    for name in ("closings", "backlog"):
        draws = np.concatenate([getattr(one, name) for one in counts], axis=1)
        share, width = covered(draws, np.concatenate([getattr(one, name) for one in seen]))
        result |= {f"coverage_{name}": share, f"width_{name}": width}
    return result


def largest(windows: Sequence[Window], number: int) -> list[int]:
    """Return the codes of the categories with most requests asked, the largest first."""
    counts = np.bincount(
        np.concatenate([window.asked.category for window in windows]),
        minlength=len(windows[0].known.categories),
    )
    order = np.argsort(-counts, kind="stable")[:number]
    return [int(code) for code in order if counts[code]]


def score_table(
    forecasts: Iterable[tuple[str, Sequence[Part]]],
    categories: Sequence[int],
    horizon: float = HORIZON_DAYS,
) -> pd.DataFrame:
    """Return one row a method and category, and one a method for the whole city."""
    rows = []
    for method, parts in forecasts:
        names = parts[0][0].known.categories
        for code in (*categories, None):
            name = CITY if code is None else names[code]
            rows.append({"method": method, "category": name, **score(parts, code, horizon)})
    return pd.DataFrame(rows).reindex(columns=["method", "category", *MEASURES, "requests"])
