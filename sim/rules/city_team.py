"""How fast a calibrated city's team closes requests, given what else is open: numbers in, a number out."""

import math

from sim.engine.jit import rule


@rule
def backlog_speed(backlog, usual, gamma):
    """Return by how much a team's hazards are multiplied: (backlog over usual) to the power −gamma.

    Parameters
    ----------
    backlog
        Open requests, each counted with its priority; less than one counts as one.
    usual
        The backlog at which the hazards hold.
    gamma
        0: a request's time does not depend on the others (pure delay); 1: the team closes so many a day,
        whatever waits (fixed capacity).
    """
    if gamma == 0.0:
        return 1.0
    return math.pow(max(1.0, backlog) / usual, -gamma)


@rule
def urgency(open_urgent, usual, exponent):
    """Return by how much the city's urgent backlog multiplies a hazard: never less than usual counts.

    Parameters
    ----------
    open_urgent, usual
        Urgent requests open in the whole city at the start of the day, and usually.
    exponent
        Mobilisation for urgent requests, minus the putting off for the others; neutral at 0.
    """
    if exponent == 0.0:
        return 1.0
    return math.pow(max(1.0, open_urgent / usual), exponent)


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
