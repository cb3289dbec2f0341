"""How often intervals hold what they estimate: simulated from known distributions, with censoring.

`make test` simulates few, `make evidence` many (`python -m tests.analysis.coverage`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

from analysis.statistics import survival
from analysis.statistics.intervals import paired_difference, student_interval
from analysis.statistics.paired_restricted_mean import paired_restricted_mean

NOMINAL = 0.95


@dataclass(frozen=True)
class Coverage:
    """How many intervals held the truth, of how many."""

    held: int
    tries: int

    def interval(self, confidence: float = 0.999) -> tuple[float, float]:
        """Binomial interval (Clopper and Pearson) of the share that held."""
        found = binomtest(self.held, self.tries).proportion_ci(confidence)
        return float(found.low), float(found.high)

    def agrees(self, margin: float = 0.015) -> bool:
        """Whether the share may be the nominal one, give or take what a small sample costs."""
        low, high = self.interval()
        return low <= NOMINAL + margin and high >= NOMINAL - margin


def twins(rng: np.random.Generator, number: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs that share their frailty, the second half as fast again, both watched for the same time.

    Given the frailty z (gamma, mean 1) times are exponential, so over pairs S_k(t) = (1 + t / (4 m_k))^-4.
    """
    frailty = rng.gamma(4.0, 0.25, number)
    followed = rng.uniform(20.0, 120.0, number)
    luck = rng.exponential(1.0, number)
    for mean in (30.0, 20.0):
        # Twins share the frailty and most of their luck.
        own = rng.exponential(1.0, number)
        time = mean * np.where(rng.random(number) < 0.7, luck, own) / frailty
        yield np.minimum(time, followed), time <= followed


def lomax_mean(mean: float, horizon: float) -> float:
    """Restricted mean of the times that `twins` draws."""
    return 4.0 * mean / 3.0 * (1.0 - (1.0 + horizon / (4.0 * mean)) ** -3.0)


def paired_mean(rng: np.random.Generator) -> bool:
    first, second = twins(rng, 120)
    found = paired_restricted_mean(first, second, 90.0)
    truth = lomax_mean(20.0, 90.0) - lomax_mean(30.0, 90.0)
    return found.low <= truth <= found.high


def single_mean(rng: np.random.Generator) -> bool:
    first, _ = twins(rng, 120)
    mean, variance = survival.restricted_mean(*first, 90.0)
    return abs(mean - lomax_mean(30.0, 90.0)) <= 1.959964 * np.sqrt(variance)


def band(rng: np.random.Generator) -> bool:
    first, _ = twins(rng, 120)
    curve = survival.kaplan_meier(*first)
    at = np.searchsorted(curve.times, 40.0, side="right") - 1
    truth = (1.0 + 40.0 / 120.0) ** -4.0
    return bool(curve.low[at] <= truth <= curve.high[at])


def replications(rng: np.random.Generator) -> bool:
    found = student_interval(rng.normal(3.0, 2.0, 8))
    return bool(found.low <= 3.0 <= found.high)


def differences(rng: np.random.Generator) -> bool:
    common = rng.normal(0.0, 5.0, 8)
    found = paired_difference(common + rng.normal(0, 1, 8), common + rng.normal(-2.0, 1, 8))
    return bool(found.low <= -2.0 <= found.high)


INTERVALS: dict[str, Callable[[np.random.Generator], bool]] = {
    "paired difference in restricted mean, censored twins": paired_mean,
    "restricted mean, censored": single_mean,
    "Kaplan-Meier band at a time, censored": band,
    "mean over replications": replications,
    "paired difference over replications": differences,
}


def covered(name: str, tries: int, seed: int = 1) -> Coverage:
    """Try an interval so many times."""
    rng = np.random.default_rng(seed)
    return Coverage(sum(INTERVALS[name](rng) for _ in range(tries)), tries)


def main(tries: int = 20_000) -> int:
    """Print the coverage of every interval; 1 if one is off."""
    failed = 0
    print(f"coverage of 95 % intervals, {tries} tries each, with a 99.9 % interval of its own")
    for name in INTERVALS:
        found = covered(name, tries)
        low, high = found.interval()
        good = found.agrees()
        failed += not good
        print(f"  {found.held / tries:.4f} [{low:.4f}, {high:.4f}]  {'ok ' if good else 'OFF'}  {name}")
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
