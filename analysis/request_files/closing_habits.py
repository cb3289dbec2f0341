"""How records were closed: at once, together in one minute, not yet; and requests that look alike."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.statistics.survival import Curve, kaplan_meier

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

MINUTES = 1440.0
#: So many closings within one minute are worth a line.
FEWEST_IN_BATCH = 10
#: And so many times more than usual in that hour of the week.
_TIMES_USUAL = 5.0
_AGES = (0.1, 0.25, 0.5, 0.75, 0.9)


#: A median needs no more than these; a quarter of a million requests of one category take their time.
_MOST_FOR_A_CURVE = 50_000


def last_known(opened: Floats, closed: Floats) -> float:
    """Return the last instant that a file knows of."""
    return float(np.nanmax(np.concatenate([opened[-1:], closed])))


def closing_curve(opened: Floats, closed: Floats, until: float) -> Curve:
    """Return the curve of requests not yet closed by age; the open ones are censored at `until`."""
    thin = slice(None, None, max(1, len(opened) // _MOST_FOR_A_CURVE))
    opened, closed = opened[thin], closed[thin]
    known = np.isfinite(closed)
    watched = np.where(known, closed, until) - opened
    return kaplan_meier(np.maximum(watched, 0.0), known, None)


@dataclass(frozen=True)
class Batch:
    """Records closed within one minute."""

    minute: float
    """Days since time 0."""
    closings: int
    category: int
    """The commonest category among them, and its share."""
    category_share: float
    oldest_days: float


@dataclass(frozen=True)
class Batches:
    """What is closed together."""

    minutes: int
    closings: int
    """In all batches."""
    share: float
    """Of all closings."""
    largest: tuple[Batch, ...]
    without_clock: bool
    """Whether closings carry no time of day, so that nothing can be told."""


def batches(opened: Floats, closed: Floats, category: Codes, shown: int = 5) -> Batches:
    """Find minutes in which far more records were closed than usual in that hour of the week."""
    there = np.flatnonzero(np.isfinite(closed))
    if not len(there):
        return Batches(0, 0, 0.0, (), False)
    ends = closed[there]
    if np.mean(ends == np.floor(ends)) > 0.5:
        return Batches(0, 0, 0.0, (), True)
    minutes = np.floor(ends * MINUTES + 1e-6).astype(np.int64)
    of_minute, place, counts = np.unique(minutes, return_inverse=True, return_counts=True)
    # What the hour of the week usually brings, by the minute.
    hour = of_minute // 60 % 168
    weeks = max(1.0, float(ends.max() - ends.min()) / 7.0)
    usual = np.bincount(hour, counts, 168)[hour] / (60.0 * weeks)
    large = np.flatnonzero(counts >= FEWEST_IN_BATCH + _TIMES_USUAL * usual)
    in_batch = int(counts[large].sum())
    largest = []
    for one in large[np.lexsort((of_minute[large], -counts[large]))][:shown].tolist():
        rows = there[place == one]
        codes = np.bincount(category[rows])
        largest.append(
            Batch(
                float(of_minute[one] / MINUTES),
                int(counts[one]),
                int(codes.argmax()),
                float(codes.max() / len(rows)),
                float(np.max(closed[rows] - opened[rows])),
            )
        )
    return Batches(len(large), in_batch, in_batch / len(there), tuple(largest), False)


def share_within_a_minute(opened: Floats, closed: Floats) -> float:
    """Return the share of closings within a minute of the opening."""
    there = np.isfinite(closed)
    if not there.any():
        return 0.0
    return float(np.mean(closed[there] - opened[there] < 1.0 / MINUTES))


def ages_of_the_open(opened: Floats, closed: Floats, until: float) -> tuple[int, dict[float, float]]:
    """Return how many are not closed, and the quantiles of their ages at `until`, in days."""
    ages = until - opened[~(closed <= until)]
    return len(ages), {} if not len(ages) else {q: float(np.quantile(ages, q)) for q in _AGES}


def look_alikes(opened: Floats, category: Codes, place: Codes, latitude: Floats, longitude: Floats) -> int:
    """Return the requests with another one before them of the same minute, category, place and position."""
    keys = np.stack(
        [
            np.floor(opened * MINUTES + 1e-6),
            category.astype(float),
            place.astype(float),
            np.nan_to_num(np.round(latitude, 5), nan=999.0),
            np.nan_to_num(np.round(longitude, 5), nan=999.0),
        ]
    )
    order = np.lexsort(keys)
    same = np.all(keys[:, order[1:]] == keys[:, order[:-1]], axis=0)
    return int(np.count_nonzero(same))
