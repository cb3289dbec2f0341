"""Kaplan–Meier curves of each category: of everything known, or of what happened lately."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.forecasts.rivals.method import Laws, enough
from analysis.forecasts.window import Asked, Floats, Forecast, Known


@dataclass(frozen=True)
class StepLaw:
    """A product-limit curve; it is carried on at its last value."""

    times: Floats
    values: Floats

    def survival(self, ages: Floats) -> Floats:
        """Share not closed by each age."""
        return np.concatenate([[1.0], self.values])[np.searchsorted(self.times, ages, side="right")]

    def first_below(self, levels: Floats) -> Floats:
        """First age at which the curve is at or below each level; inf if never."""
        position = np.searchsorted(-self.values, -levels, side="left")
        return np.concatenate([self.times, [np.inf]])[position]


def product_limit(entry: Floats, leave: Floats, seen: npt.NDArray[np.bool_]) -> StepLaw:
    """Kaplan–Meier with late entry: each is at risk in (entry, leave]; at 0 too if it entered then."""
    times = np.unique(leave[seen])
    events = np.bincount(np.searchsorted(times, leave[seen]), minlength=len(times))
    # One that entered at age 0 is at risk at once, so that a closing in the same second counts.
    start = np.where(entry <= 0.0, -1.0, entry)
    at_risk = np.searchsorted(np.sort(start), times, side="left") - np.searchsorted(
        np.sort(leave), times, side="left"
    )
    return StepLaw(times, np.cumprod(1.0 - events / np.maximum(1, at_risk)))


@dataclass(frozen=True)
class KaplanMeier:
    """Kaplan–Meier of each category.

    With `last_days` only what happened in so many days before the origin counts: requests opened earlier are
    at risk from the age they had reached when those days began.
    """

    name: str = "kaplan_meier"
    last_days: float | None = None

    def forecast(self, known: Known, asked: Asked, draws: int, seed: int) -> Forecast:
        """Draw days to closing of those asked and of the starting backlog."""
        return self.laws(known).draw(known, asked, draws, seed)

    def laws(self, known: Known) -> Laws:
        """Return the curve of each category."""
        since = -np.inf if self.last_days is None else known.origin - self.last_days
        leave = known.duration
        entry = np.maximum(0.0, since - known.arisen_at)
        counted = ~(known.closed_at < since)

        def curve(chosen: npt.NDArray[np.bool_]) -> StepLaw:
            chosen = chosen & counted
            return product_limit(entry[chosen], leave[chosen], known.seen[chosen])

        everybody = np.ones(len(leave), dtype=bool)
        own = {code: curve(known.category == code) for code in enough(known, counted)}
        return Laws(curve(everybody), own)
