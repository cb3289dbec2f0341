"""Where a difference turns over the values of a parameter, and which parameters move it: by intervals alone.

A value of the parameter belongs to one arm only where the interval of the paired difference excludes zero.
Neighbouring values of one direction are a stretch. The difference turns between the last value of one clear
direction and the first of the other; what lies between, the data do not tell.

Of many parameters each is set to both ends of its range. The change is the difference at the high end minus
that at the low end, within each replication, with its own interval: where that includes zero, no change is
shown, however far apart the two means are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.findings.finding import Finding
from analysis.findings.three_lines import direction_of
from analysis.metrics import metric, value_range
from analysis.statistics.intervals import difference_bounds, paired_difference

Floats = npt.NDArray[np.float64]

#: What a parameter does to a difference, in the order in which it is told.
EFFECTS = ("turns", "one_end", "size", "none", "unknown")


@dataclass(frozen=True)
class Apart:
    """The paired difference of two arms at one point, and what may be said of it.

    `direction`: the second is higher (1), lower (-1), not told apart (0); None: not known.
    """

    found: Finding
    direction: int | None


@dataclass(frozen=True)
class Stretch:
    """Neighbouring values at which the same may be said."""

    direction: int | None
    values: tuple[float, ...]

    @property
    def first(self) -> float:
        """The first value."""
        return self.values[0]

    @property
    def last(self) -> float:
        """The last value."""
        return self.values[-1]


def apart(rows: Sequence[Mapping[str, Any]], values: Floats) -> Apart:
    """Read both rows of one point of a sweep's table.

    Parameters
    ----------
    values
        The metric of both arms, arm by replication.
    """
    first, other = rows
    name = str(first["metric"])
    ends = (float(other[column]) for column in ("difference", "difference_low", "difference_high"))
    found = Finding(name, metric(name).unit, float(first["mean"]), float(other["mean"]), *ends)
    return Apart(found, direction_of(found, sum(bool(np.isposinf(arm).all()) for arm in values)))


def stretches(values: Sequence[float], directions: Iterable[int | None]) -> list[Stretch]:
    """Return the stretches of rising values, each as long as the same may be said."""
    pairs = zip(values, directions, strict=True)
    return [
        Stretch(direction, tuple(value for value, _ in part))
        for direction, part in groupby(pairs, key=lambda pair: pair[1])
    ]


def turns(found: Sequence[Stretch]) -> list[tuple[float, float]]:
    """Return between which values a difference turns: the last of one direction, the first of the other."""
    clear = [one for one in found if one.direction]
    return [
        (before.last, after.first) for before, after in pairwise(clear) if before.direction != after.direction
    ]


@dataclass(frozen=True)
class Swing:
    """A difference at both ends of a parameter's range, and its change from the low end to the high one."""

    key: str
    ends: tuple[float, float]
    low: Apart
    high: Apart
    change: Finding

    @property
    def width(self) -> float:
        """How far the means of both ends are apart; NaN where one is none."""
        with np.errstate(invalid="ignore"):
            width = abs(self.high.found.difference - self.low.found.difference)
        return width if np.isfinite(width) else float("nan")

    @property
    def effect(self) -> str:
        """What the parameter does, one of `EFFECTS`.

        It turns the sign; the arms are told apart at one end only; it changes the size; no change is shown;
        nothing is known.
        """
        directions = {self.low.direction, self.high.direction}
        if directions == {1, -1}:
            return "turns"
        if self.change.verdict == "single":
            return "unknown"
        if self.change.verdict == "unclear":
            return "none"
        return "one_end" if 0 in directions and len(directions) == 2 else "size"


def swing(key: str, ends: tuple[float, float], rows: Sequence[Mapping[str, Any]], values: Floats) -> Swing:
    """Return the swing of one parameter.

    Parameters
    ----------
    rows
        Of a sweep's table: both arms at the low end, both at the high one.
    values
        The metric, in the order of the rows, by replication.
    """
    low, high = apart(rows[:2], values[:2]), apart(rows[2:], values[2:])
    name = low.found.name
    with np.errstate(invalid="ignore"):
        before, after = values[1] - values[0], values[3] - values[2]
    found = paired_difference(before, after, bounds=difference_bounds(value_range(name)))
    # What is not reached now and then has no change that could be measured.
    told = (found.mean, found.low, found.high) if np.isfinite(values).all() else (np.nan,) * 3
    change = Finding(
        name, low.found.unit, low.found.difference, high.found.difference, *(float(one) for one in told)
    )
    return Swing(key, ends, low, high, change)


def widest_first(swings: Iterable[Swing]) -> list[Swing]:
    """Return the swings in the order of a tornado; what has no width is last, else in the order given."""
    return sorted(swings, key=lambda one: -one.width if np.isfinite(one.width) else np.inf)
