"""Priors of a city's hazards, all stated, and draws that several conditionals share."""

import numpy as np
from scipy.special import gammaln

from analysis.calibration.clock import Floats

# Weights are shapes of gamma variables with mean 1: the larger, the nearer to 1. Grids are flat.
#: Of a step along a category's ages, of its level, of a pair's pace.
STEP = np.array([0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0])
LEVEL = np.array([0.3, 0.6, 1.2, 2.5, 5.0])
PACE = np.array([0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6])
#: Of the shape that categories share, around a stated curve, and of a team's pace: nearly flat.
SHAPE_WEIGHT, TEAM_PACE = 0.5, 0.5
#: Requests that the mean of all counts for in a share of one.
NEVER_WEIGHT, AT_ONCE_WEIGHT = 4.0, 4.0
#: Means of shares, flat from 0 to 1.
MEANS = (np.arange(50) + 0.5) / 50
#: A city's weekly variation.
WEEKLY_CV = np.geomspace(0.02, 1.2, 36)
#: Spread of the log of a team's weekly variation around the city's.
CV_SPREAD = 0.5
#: gamma, mobilisation and put-off, flat from 0 to 1.
POWER = (np.arange(50) + 0.5) / 50
#: Shape and rate of exp(due_effect).
DUE = (4.0, 4.0)
#: Metropolis steps for a factor that moves between two parts.
_FACTOR_STEPS = 4


def pick(rng: np.random.Generator, score: Floats) -> int:
    """Draw a place on a grid, given log probabilities up to a constant."""
    chance = np.exp(score - score.max())
    return int(np.searchsorted(np.cumsum(chance), rng.random() * chance.sum()))


def power_drawn(rng: np.random.Generator, log_factor: Floats, closings: Floats, expected: Floats) -> float:
    """Draw the power p of exp(p · log_factor) from counts of closings, on the grid `POWER`.

    The log likelihood of Poisson counts is divided by their dispersion about the best power: closings come in
    batches, and days that vary beyond chance tell less of an answer to load than as many single closings
    would. The dispersion is at least 1, which is that of independent closings. [1]_

    References
    ----------
    .. [1] McCullagh and Nelder (1989), Generalized Linear Models, 2nd edition, sections 6.2 and 9.3.
    """
    score = POWER * float(closings @ log_factor) - np.exp(POWER[:, None] * log_factor) @ expected
    mean = np.exp(POWER[int(np.argmax(score))] * log_factor) * expected
    dispersion = max(1.0, float(((closings - mean) ** 2).sum() / max(1e-12, float(mean.sum()))))
    return float(POWER[pick(rng, score / dispersion)])


def weight_of(rng: np.random.Generator, grid: Floats, values: Floats) -> float:
    """Draw the weight of gamma variables with mean 1, on a grid."""
    logs, total, count = float(np.log(values).sum()), float(values.sum()), values.size
    score = count * (grid * np.log(grid) - gammaln(grid)) + (grid - 1.0) * logs - grid * total
    return float(grid[pick(rng, score)])


def drawn_shares(rng: np.random.Generator, k: Floats, n: Floats, weight: float) -> tuple[float, Floats]:
    """Draw the mean of shares from counts k of n, on a grid, then the shares."""
    a, b = weight * MEANS, weight * (1.0 - MEANS)
    score = (
        gammaln(a + k[:, None])
        + gammaln(b + (n - k)[:, None])
        - gammaln(a)
        - gammaln(b)
        - gammaln(weight + n)[:, None]
    ).sum(axis=0)
    mean = float(MEANS[pick(rng, score)])
    return mean, rng.beta(weight * mean + k, weight * (1.0 - mean) + n - k)


def common_factors(
    rng: np.random.Generator,
    shape: Floats | float,
    rate: Floats | float,
    shape_down: Floats | float,
    rate_down: Floats | float,
) -> Floats:
    """Draw factors f by which gamma variables of one part grow and those of another shrink.

    Their density is f^(shape − shape_down − 1) · exp(−rate·f − rate_down/f); a few Metropolis steps on
    its log scale, for all factors side by side.
    """
    power = np.subtract(shape, shape_down)
    score = -np.add(rate, rate_down)
    at = np.zeros(np.broadcast_shapes(power.shape, score.shape))
    width = np.minimum(2.0 / np.sqrt(1e-9 - score), 3.0)
    # All chance at once: for a few factors a call costs more than what it draws.
    steps = width * rng.normal(size=(_FACTOR_STEPS, *at.shape))
    accepted = -rng.exponential(size=steps.shape)
    for step, chance in zip(steps, accepted, strict=True):
        to = at + step
        new = power * to - rate * np.exp(to) - rate_down * np.exp(-to)
        moves = chance < new - score
        at, score = np.where(moves, to, at), np.where(moves, new, score)
    return np.exp(at)
