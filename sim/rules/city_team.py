"""How fast a calibrated city's team closes requests, given what else is open: numbers in, a number out."""

import math

from sim.engine.jit import rule

#: A load below this share of the usual counts as that: an empty desk does not make the last request fly.
LEAST_LOAD = 0.05


@rule
def load_speed(load, usual, gamma):
    """Return by how much a team's hazards are multiplied: (load over usual) to the power −gamma.

    Parameters
    ----------
    load
        What its open requests ask for at the usual pace: closings a working day.
    usual
        The load at which the hazards hold.
    gamma
        0: a request's time does not depend on the others (pure delay); 1: the team closes so many a day,
        whatever waits (fixed capacity).
    """
    if gamma == 0.0:
        return 1.0
    return math.pow(max(LEAST_LOAD, load / usual), -gamma)


@rule
def urgency(load, usual, exponent):
    """Return by how much the city's urgent load multiplies a hazard: never less than usual counts.

    Parameters
    ----------
    load, usual
        What open urgent requests of the whole city ask for at the start of the day, and usually.
    exponent
        Mobilisation for urgent requests, minus the putting off for the others; neutral at 0.
    """
    if exponent == 0.0:
        return 1.0
    return math.pow(max(1.0, load / usual), exponent)


@rule
def still_never(never, hazard_passed):
    """Return the probability that a request still open is never closed, given the hazard it has outlived."""
    if never <= 0.0:
        return 0.0
    return never / (never + (1.0 - never) * math.exp(-hazard_passed))


@rule
def capacity(staff_ratio, gamma):
    """Return by how much officers multiply a team's hazards: their number over the usual, to the gamma."""
    if gamma == 0.0 or staff_ratio == 1.0:
        return 1.0
    return math.pow(staff_ratio, gamma)
