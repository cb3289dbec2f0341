"""Made cities with a known law of closing, as windows of a backtest."""

from collections.abc import Callable

import numpy as np

from analysis.forecasts.window import Asked, Known, Truth, Window

ORIGIN, UNTIL = 98.0, 126.0
Quantile = Callable[[np.ndarray, np.ndarray], np.ndarray]


def exponential(mean: float) -> Quantile:
    """Days to closing at each level, the same in every category."""
    return lambda levels, category: -mean * np.log1p(-levels)


def made_window(
    days: Quantile, seed: int = 1, per_day: float = 20.0, categories: int = 2, watched_until: float = 1e6
) -> Window:
    """Requests at a constant rate; `days` turns a level in (0, 1) and a category into days to closing."""
    rng = np.random.default_rng(seed)
    number = rng.poisson(per_day * UNTIL)
    arisen = np.sort(rng.random(number) * UNTIL)
    category = rng.integers(0, categories, number)
    took = days(rng.random(number), category)
    closed = arisen + took
    old = np.flatnonzero(arisen < ORIGIN)
    new = np.flatnonzero(arisen >= ORIGIN)
    known = Known(
        origin=ORIGIN,
        categories=tuple(f"kind {code}" for code in range(categories)),
        arisen_at=arisen[old],
        closed_at=np.where(closed[old] < ORIGIN, closed[old], np.nan),
        category=category[old],
        team=category[old],
        row=old,
    )
    waiting = old[known.open]
    seen = np.where(closed <= watched_until, closed, np.inf)
    truth = Truth(seen[new] - arisen[new], seen[waiting] - ORIGIN, watched_until - arisen[new])
    return Window(known, Asked(arisen[new], category[new], new), truth, UNTIL)
