"""When a series has come to rest: how much of its beginning to leave out, and whether it still drifts.

`mser` is White's rule [1]_: leave out what makes the standard error of the mean of the rest smallest, as if
the rest were independent. On batch means of five it is MSER-5 [2]_, the best of many rules in comparisons
[3]_; the weeks of a run are batches of seven, so that weekends count for nothing. A point in the second half
means that the series is too short to tell.

References
----------
.. [1] K. P. White (1997). An effective truncation heuristic for bias reduction in simulation output.
   Simulation 69, 323–334. doi:10.1177/003754979706900601
.. [2] K. P. White, M. J. Cobb, S. C. Spratt (2000). A comparison of five steady-state truncation heuristics
   for simulation. Proceedings of the Winter Simulation Conference, 755–760. doi:10.1109/WSC.2000.899793
.. [3] K. Hoad, S. Robinson, R. Davies (2010). Automating warm-up length estimation. Journal of the
   Operational Research Society 61, 1389–1403. doi:10.1057/jors.2009.87
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

#: Share of a year from which its wave is told apart from what lasts.
SEASON_FROM = 0.75


def mser(values: npt.ArrayLike, batch: int = 1, year: float | None = None) -> int | None:
    """Return how many values at the beginning to leave out; None where the series does not settle.

    Parameters
    ----------
    values
        The series, from its beginning on.
    batch
        Values to a batch; a last one that is not full is left out.
    year
        Length of a year in values, where there is a season: deviations are then those from a yearly wave
        around the mean of the rest, of which at least three quarters of a year must be left.
    """
    series = np.asarray(values, float)
    means = series[: len(series) // batch * batch].reshape(-1, batch).mean(axis=1)
    n = len(means)
    wave = None if year is None else year / batch
    # The very last points rest on too few to mean anything: five batches as in [3]_.
    shortest = 5 if wave is None else math.ceil(SEASON_FROM * wave)
    points = n - shortest + 1
    if points < 1:
        return None
    design = np.column_stack([np.ones(n), *([] if wave is None else _wave(n, wave))])
    scores = np.empty(points)
    for point in range(points):
        rest, columns = means[point:], design[point:]
        left = rest - columns @ np.linalg.lstsq(columns, rest, rcond=None)[0]
        scores[point] = float(left @ left) / len(rest) ** 2
    best = int(np.argmin(scores))
    return best * batch if best <= n // 2 else None


def _wave(n: int, year: float) -> list[Floats]:
    angle = 2.0 * math.pi * np.arange(n) / year
    return [np.sin(angle), np.cos(angle)]


class Drift(NamedTuple):
    """By what share of its mean a series changes from its first third to its last; and the standard error."""

    change: float
    error: float


def drift(values: npt.ArrayLike, year: float | None = None) -> Drift:
    """Return the drift of a series; NaN for one that is too short, or of mean 0.

    A straight line is fitted, and with it a yearly wave where `year` is its length in values: a season is no
    drift. The change is that of the line between the middles of the two thirds. The error allows for
    residuals that are first-order autoregressive, their correlation corrected for its bias in short series.
    """
    series = np.asarray(values, float)
    n = len(series)
    columns = [np.ones(n), (np.arange(n) - 0.5 * (n - 1)) / max(n, 1)]
    if year is not None:
        columns += _wave(n, year)
    if n < 2 * len(columns) or not series.mean() > 0.0:
        return Drift(math.nan, math.nan)
    design = np.column_stack(columns)
    found = np.linalg.lstsq(design, series, rcond=None)[0]
    left = series - design @ found
    squares = float(left @ left)
    scale = 2.0 / 3.0 / float(series.mean())
    if squares <= 1e-18 * float(series @ series):
        return Drift(float(found[1]) * scale, 0.0)
    correlation = float(left[1:] @ left[:-1]) / squares
    correlation = min(0.95, max(0.0, correlation + (1.0 + 4.0 * correlation) / n))
    variance = squares / (n - len(columns)) * float(np.linalg.inv(design.T @ design)[1, 1])
    error = math.sqrt(variance * (1.0 + correlation) / (1.0 - correlation))
    return Drift(float(found[1]) * scale, error * scale)
