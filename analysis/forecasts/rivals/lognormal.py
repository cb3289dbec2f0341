"""A lognormal law of each category, fitted by maximum likelihood to closings seen and durations so far."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.forecasts.rivals.method import Laws, enough
from analysis.forecasts.window import Asked, Floats, Forecast, Known

#: A minute: files hold closings in the second of the opening, whose logarithm is not finite.
SHORTEST_DAYS = 1.0 / 1440.0


@dataclass(frozen=True)
class LogNormalLaw:
    """Mean and standard deviation of the logarithm of days."""

    mean: float
    spread: float

    def survival(self, ages: Floats) -> Floats:
        """Share not closed by each age."""
        from scipy.special import ndtr

        return np.asarray(ndtr((self.mean - np.log(np.maximum(ages, SHORTEST_DAYS))) / self.spread))

    def first_below(self, levels: Floats) -> Floats:
        """Age at which the share not closed falls to each level."""
        from scipy.special import ndtri

        with np.errstate(over="ignore"):
            return np.asarray(np.exp(self.mean - self.spread * ndtri(levels)))


def fit(duration: Floats, seen: npt.NDArray[np.bool_]) -> LogNormalLaw:
    """Return the law of greatest likelihood."""
    from scipy.stats import CensoredData, norm

    logs = np.log(np.maximum(duration, SHORTEST_DAYS))
    mean, spread = norm.fit(CensoredData(uncensored=logs[seen], right=logs[~seen]))
    return LogNormalLaw(float(mean), max(float(spread), 1e-6))


@dataclass(frozen=True)
class LogNormal:
    """Censored lognormal of each category."""

    name: str = "lognormal"

    def forecast(self, known: Known, asked: Asked, draws: int, seed: int) -> Forecast:
        """Draw days to closing of those asked and of the starting backlog."""
        return self.laws(known).draw(known, asked, draws, seed)

    def laws(self, known: Known) -> Laws:
        """Return the law of each category."""
        duration, seen = known.duration, known.seen
        own = {}
        for code in enough(known):
            chosen = known.category == code
            own[code] = fit(duration[chosen], seen[chosen])
        return Laws(fit(duration, seen), own)
