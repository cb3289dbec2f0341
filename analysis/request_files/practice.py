"""How requests were closed over some weeks, as far as was seen by an instant."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.statistics.survival import kaplan_meier

Floats = npt.NDArray[np.float64]

#: Beyond so much closings count as at once.
AT_ONCE_DAYS = 15.0 / 1440.0


@dataclass(frozen=True)
class Practice:
    """How requests of a category were closed over some weeks; open ones are censored."""

    requests: int
    closed_at_once: float
    """Share within 15 minutes of opening."""
    closed_1_day: float
    closed_7_days: float
    closed_30_days: float
    median_days: float
    """Infinite where fewer than half were seen closed."""


@dataclass(frozen=True)
class Part:
    """Requests of one category opened over some weeks."""

    opened: Floats
    watched: Floats
    """Days until the closing, or until it is known no longer."""
    seen: npt.NDArray[np.bool_]

    def take(self, rows: npt.NDArray[np.bool_]) -> "Part":
        """Return some of its requests."""
        return Part(self.opened[rows], self.watched[rows], self.seen[rows])


def practice_of(part: Part) -> Practice:
    """Return what came of the requests of a part."""
    curve = kaplan_meier(part.watched, part.seen, None)
    at_once, day, week, month = (1.0 - curve.at(np.array([AT_ONCE_DAYS, 1.0, 7.0, 30.0]))).tolist()
    return Practice(len(part.opened), at_once, day, week, month, curve.quantile(0.5))


def distance_between(first: Part, second: Part) -> float:
    """Return the largest distance of the curves over the ages at which both are known."""
    reach = min(float(first.watched.max()), float(second.watched.max()))
    curves = [kaplan_meier(part.watched, part.seen, None) for part in (first, second)]
    times = np.concatenate([curve.times for curve in curves])
    times = times[times <= reach]
    if not len(times):
        return 0.0
    return float(np.max(np.abs(curves[0].at(times) - curves[1].at(times))))
