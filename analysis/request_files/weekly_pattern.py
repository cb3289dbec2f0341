"""When requests come: by weekday and hour, and how much more their weekly counts vary than chance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class WeeklyPattern:
    """Openings by weekday and hour, and by whole week."""

    by_weekday: Floats
    """Shares, Monday first."""
    by_hour: Floats
    has_hours: bool
    """Whether times carry an hour, which is so if most are not at midnight."""
    first_week: int
    weeks: Floats
    """Requests of each whole week."""
    variance_over_mean: float
    """Of weekly counts; 1 by chance alone. NaN with fewer than four whole weeks."""
    from_week_to_week: float
    """The same from differences of successive weeks, which a trend or season does not swell."""
    variation: float
    """Coefficient of variation of weekly counts beyond chance."""


def weekly_pattern(opened: Floats) -> WeeklyPattern:
    """Return the pattern of openings, in days since a Monday."""
    day = np.floor(opened).astype(np.int64)
    hour = np.minimum(23, np.floor((opened - day) * 24.0 + 1e-9)).astype(np.int64)
    midnight = float(np.mean(opened == day)) if len(opened) else 1.0
    by_hour = np.bincount(hour, minlength=24)[:24] / max(1, len(opened))
    by_weekday = np.bincount(day % 7, minlength=7) / max(1, len(opened))
    # The weeks of the first and the last day may be parts.
    first = int(-(-day.min() // 7)) if len(day) else 0
    after = int((day.max() + 1) // 7) if len(day) else 0
    week = day // 7 - first
    whole = week[(week >= 0) & (week < after - first)]
    counts = np.bincount(whole, minlength=max(0, after - first)).astype(float)
    dispersion = steps = variation = float("nan")
    if len(counts) >= 4 and counts.mean() > 0:
        mean = float(counts.mean())
        dispersion = float(counts.var(ddof=1)) / mean
        steps = float(np.mean(np.diff(counts) ** 2)) / 2.0 / mean
        variation = float(np.sqrt(max(0.0, dispersion - 1.0) / mean))
    return WeeklyPattern(by_weekday, by_hour, midnight < 0.5, first, counts, dispersion, steps, variation)


def weekly_flow(opened: Floats, closed: Floats) -> tuple[Floats, Floats, Floats]:
    """Return openings and closings by week, and what of the file is open at each week's end."""
    weeks = int(opened.max() // 7) + 1
    came = np.bincount((opened // 7).astype(np.int64), minlength=weeks)[:weeks]
    ends = closed[np.isfinite(closed)]
    went = np.bincount((ends // 7).astype(np.int64), minlength=weeks)[:weeks]
    return came.astype(float), went.astype(float), np.cumsum(came - went).astype(float)


def weekly_share_closed(opened: Floats, closed: Floats, within: float) -> Floats:
    """Return by week of opening the share closed within so many days; NaN for a week without requests."""
    weeks = (opened // 7).astype(np.int64)
    counts = np.bincount(weeks)
    quick = np.bincount(weeks, (closed - opened <= within).astype(float), len(counts))
    return np.divide(quick, counts, out=np.full(len(counts), np.nan), where=counts > 0)
