"""Where a regime does worse: boxes in the space of assumptions, by the patient rule induction method.

PRIM [1]_ peels a few per cent of a design off one side at a time, whichever leaves the densest rest, and so
ends in boxes, ranges of a few parameters, in which the outcome of interest is common. Each box says which
share of all such outcomes it holds (coverage) and how common they are in it (density); which of the boxes
along a peeling is reported is the one with the highest harmonic mean of the two. A restriction counts only if
it is unlikely to be chance: quasi-p-values after Bryant & Lempert (2010), Technological Forecasting and
Social Change 77, 34. Peeling is done by the EMA workbench.

References
----------
.. [1] J. H. Friedman, N. I. Fisher (1999). Bump hunting in high-dimensional data. Statistics and Computing
   9, 123.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

#: A restriction less surely no chance than this is dropped.
_QUASI_P = 0.05


@dataclass(frozen=True)
class Limit:
    """One restriction of a box: a range of a quantity (`None`: not restricted), or the values it may take."""

    parameter: str
    low: float | None
    high: float | None
    values: tuple[Any, ...] = ()

    def __str__(self) -> str:
        """Return the restriction in words."""
        return f"{self.parameter} is {self.words()}"

    def words(self) -> str:
        """Return what the parameter is restricted to, in words."""
        if self.values:
            return " or ".join(map(str, self.values))
        if self.low is None:
            return f"at most {self.high:.3g}"
        if self.high is None:
            return f"at least {self.low:.3g}"
        return f"between {self.low:.3g} and {self.high:.3g}"

    def range(self) -> str:
        """Return what the parameter is restricted to, in signs."""
        if self.values:
            return "= " + ", ".join(map(str, self.values))
        if self.low is None:
            return f"≤ {self.high:.3g}"
        if self.high is None:
            return f"≥ {self.low:.3g}"
        return f"{self.low:.3g} – {self.high:.3g}"


@dataclass(frozen=True)
class Box:
    """A box: its restrictions, how common interesting points are in it, and the share of them it holds."""

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float
    points: int


def boxes(points: pd.DataFrame, interesting: npt.NDArray[np.bool_], most: int = 3) -> list[Box]:
    """Return the boxes found one after another, each among the points that those before do not hold.

    Parameters
    ----------
    points
        The design, one column per parameter; categorical columns are restricted by value.
    interesting
        Which points show the outcome.
    most
        How many boxes at most; fewer where no further one is denser than all points together.
    """
    if not interesting.any() or interesting.all():
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of optional parts that are not installed
        from ema_workbench.analysis import prim

        algorithm = prim.Prim(points, interesting, peel_alpha=0.05, mass_min=0.03)
        found: list[Box] = []
        for _ in range(most):
            box = algorithm.find_box()
            if box is None:
                break
            chosen = _chosen(box, points, interesting, float(interesting.mean()))
            if chosen is None:
                break
            found.append(chosen)
    return found


def _chosen(box: Any, points: pd.DataFrame, interesting: npt.NDArray[np.bool_], base: float) -> Box | None:
    """Return the best box of a peeling without chance restrictions; None if it is no denser than all."""
    path = box.peeling_trajectory
    both = path["coverage"] * path["density"] / (path["coverage"] + path["density"]).clip(lower=1e-12)
    step = int(both.to_numpy().argmax())
    limits = _limits(box.box_lims[step], points)
    kept = tuple(limit for limit in limits if _surely(limit, limits, points, interesting))
    held = inside(kept, points)
    if not kept or not held.any():
        return None
    density = float(interesting[held].mean())
    if density <= base:
        return None
    box.select(step)
    coverage = float(interesting[held].sum() / interesting.sum())
    return Box(kept, coverage, density, float(held.mean()), int(held.sum()))


def _limits(table: pd.DataFrame, points: pd.DataFrame) -> tuple[Limit, ...]:
    found = []
    for name in points.columns:
        low, high = table[name].iloc[0], table[name].iloc[1]
        if isinstance(low, set):
            everything = set(points[name].unique())
            if low != everything:
                found.append(Limit(str(name), None, None, tuple(sorted(low, key=str))))
            continue
        least, most = float(points[name].min()), float(points[name].max())
        below = None if float(low) <= least else float(low)
        above = None if float(high) >= most else float(high)
        if below is not None or above is not None:
            found.append(Limit(str(name), below, above))
    return tuple(found)


def inside(limits: tuple[Limit, ...], points: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which points meet all of the restrictions."""
    held = np.ones(len(points), bool)
    for limit in limits:
        column = points[limit.parameter]
        if limit.values:
            held &= column.isin(limit.values).to_numpy()
            continue
        if limit.low is not None:
            held &= column.to_numpy(float) >= limit.low
        if limit.high is not None:
            held &= column.to_numpy(float) <= limit.high
    return held


def _surely(
    limit: Limit, limits: tuple[Limit, ...], points: pd.DataFrame, interesting: npt.NDArray[np.bool_]
) -> bool:
    """Whether the box is denser with a restriction than chance would make it, given all the others.

    Quasi-p-value: the probability that as many of the points inside are interesting if they were a random
    draw from the box without the restriction.
    """
    from scipy.special import bdtrc

    without = inside(tuple(other for other in limits if other is not limit), points)
    held = inside(limits, points)
    share = float(interesting[without].mean())
    hits, trials = int(interesting[held].sum()), int(held.sum())
    return share < 1.0 and hits > 0 and float(bdtrc(hits - 1, trials, share)) < _QUASI_P
