"""Organised help: who takes a seat at an event that an organiser calls."""

import math

from sim.engine.jit import rule

#: To whom a seat goes.
OF_THE_CREW, NEWCOMER, VISITOR = range(3)

#: No luck is nearer to 1, since keyed draws have 52 bits and lie between two of them: with it, a member's
#: place and weight add up to this, rounded down.
_LEAST = -36.75


@rule
def seat_goes_to(luck, newcomer, visitor):
    """Return to whom a seat goes: a newcomer, somebody of another crew, else one of the organiser's crew."""
    if luck < newcomer:
        return NEWCOMER
    if luck < newcomer + visitor:
        return VISITOR
    return OF_THE_CREW


@rule
def beyond_the_crew(luck, newcomer, visitor):
    """Return to whom a seat goes if nobody of the crew is left: in the proportion of the two shares."""
    if luck * (newcomer + visitor) < visitor:
        return VISITOR
    return NEWCOMER


@rule
def habit(acts, acts_exponent):
    """Return the logarithm of what acts with a crew weigh, ``a^β``."""
    return acts_exponent * math.log(acts)


@rule
def log_weight(log_habit, gap, memory_days, log_readiness):
    """Return the logarithm of a member's weight for a seat: ``a^β · exp(−gap / τ) · θ``.

    The habit of the acts so far, and the days since the last of them. Without a memory (`memory_days` not
    above 0) the gap does not count.
    """
    fading = gap / memory_days if memory_days > 0.0 else 0.0
    return log_habit - fading + log_readiness


@rule
def place_in_line(luck, weight):
    """Return a member's place in the line for seats, the smallest first: the log of an exponential time.

    Whoever is first among exponential times of rates w was chosen with probability w / Σw, the second among
    those left likewise (Efraimidis and Spirakis 2006). Each member has luck of their own, so that one more
    member changes nobody else's.
    """
    return math.log(-math.log(luck)) - weight


@rule
def out_of_reach(weight, place):
    """Return whether no luck lets `place_in_line` be before `place`.

    Whoever changes `place_in_line` changes this too.
    """
    return place + weight < _LEAST


@rule
def surely_behind(luck, weight, place):
    """Return whether `place_in_line` of this luck and weight is certainly not before `place`.

    It tells most of a long line from its first few without a logarithm: −log u ≥ 1 − u, and with
    y = −(place + weight) > 0 the exponential of −y is at most 1 / (1 + y + y²/2 + y³/6). Whoever changes
    `place_in_line` changes this too.
    """
    y = -(place + weight)
    if y <= 0.0:
        return False
    return (1.0 - luck) * (1.0 + y * (1.0 + y * (0.5 + y / 6.0))) > 1.000001


@rule
def seats_of(median, sigma, luck_normal, most):
    """Return the seats of an event: a rounded lognormal number, at least one."""
    return max(1, min(most, math.floor(median * math.exp(sigma * luck_normal) + 0.5)))
