"""Positive random quantities by name: the service time in the queue, the work a need takes."""

import math

from sim.engine.jit import rule
from sim.engine.randomness import exponential, normal

SHAPES = ("exponential", "deterministic", "erlang", "lognormal")
EXPONENTIAL, DETERMINISTIC, ERLANG, LOGNORMAL = range(4)


@rule
def lognormal(mean, cv, z):
    """Return the lognormal quantity of mean `mean` and coefficient of variation `cv` at a standard normal."""
    if cv == 0.0:
        return mean
    variance = math.log(1.0 + cv * cv)
    return mean * math.exp(math.sqrt(variance) * z - 0.5 * variance)


@rule
def positive(shape, mean, cv, key, stream, occasion, a, b, c):
    """Return a keyed positive quantity.

    Parameters
    ----------
    shape
        Index into `SHAPES`.
    mean
        Mean; the result has its unit.
    cv
        Coefficient of variation, of lognormal and Erlang (the number of phases is ``round(1/cv²)``).
    key, stream, occasion, a, b, c
        As in `sim.engine.randomness.uniform`; Erlang phases are told apart in bits 24 up of `a`.
    """
    if shape == DETERMINISTIC or (shape == LOGNORMAL and cv == 0.0):
        return mean
    if shape == LOGNORMAL:
        return lognormal(mean, cv, normal(key, stream, occasion, a, b, c))
    if shape == ERLANG:
        phases = max(1, int(math.floor(1.0 / (cv * cv) + 0.5)))
        total = 0.0
        for phase in range(phases):
            total += exponential(key, stream, occasion, a + (phase << 24), b, c)
        return mean * total / phases
    return mean * exponential(key, stream, occasion, a, b, c)
