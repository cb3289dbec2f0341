"""What every method of forecasting offers, and drawing from curves by category."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from analysis.forecasts.window import Asked, Codes, Floats, Forecast, Known

#: A category with fewer closings than this is forecast with all others together.
FEWEST_CLOSINGS = 20


class Method(Protocol):
    """Something that forecasts from what is known at the origin."""

    @property
    def name(self) -> str:
        """What scores call it."""

    def forecast(self, known: Known, asked: Asked, draws: int, seed: int) -> Forecast:
        """Draw days to closing of those asked and of the starting backlog."""


class Law(Protocol):
    """A distribution of durations, possibly with a part that is never reached."""

    def survival(self, ages: Floats) -> Floats:
        """Share not closed by each age."""

    def first_below(self, levels: Floats) -> Floats:
        """First age at which the share not closed is at or below each level; inf if never."""


@dataclass(frozen=True)
class Laws:
    """A law of its own for categories with enough closings, one of all together for the others."""

    together: Law
    own: Mapping[int, Law]

    def draw(self, known: Known, asked: Asked, draws: int, seed: int) -> Forecast:
        """Draw independently, the starting backlog given the age it has reached."""
        rng = np.random.default_rng(seed)
        days = np.empty((draws, len(asked.category)), dtype=np.float32)
        for law, chosen in self._groups(asked.category):
            levels = rng.random((draws, len(chosen)))
            days[:, chosen] = law.first_below(levels)
        waiting = known.open
        ages = known.origin - known.arisen_at[waiting]
        left = np.empty((draws, len(waiting)), dtype=np.float32)
        for law, chosen in self._groups(known.category[waiting]):
            left[:, chosen] = self._remaining(law, ages[chosen], rng.random((draws, len(chosen))))
        return Forecast(days, left)

    def _groups(self, category: Codes) -> list[tuple[Law, Codes]]:
        return [
            (self.own.get(int(code), self.together), np.flatnonzero(category == code))
            for code in np.unique(category)
        ]

    def _remaining(self, law: Law, ages: Floats, levels: Floats) -> Floats:
        """S(a + x) / S(a) at each level; where S(a) is 0 the law of all, where that is 0 too never."""
        reached = law.survival(ages)
        days = np.where(reached > 0, law.first_below(levels * reached), np.inf) - ages
        nobody = reached <= 0
        if nobody.any() and law is not self.together:
            days[:, nobody] = self._remaining(self.together, ages[nobody], levels[:, nobody])
        return np.asarray(np.maximum(days, 0.0))


def enough(known: Known, chosen: npt.NDArray[np.bool_] | None = None) -> list[int]:
    """Return the categories with enough closings seen among those chosen to stand for themselves."""
    seen = known.seen if chosen is None else known.seen & chosen
    counts = np.bincount(known.category[seen], minlength=len(known.categories))
    return [int(code) for code in np.flatnonzero(counts >= FEWEST_CLOSINGS)]
