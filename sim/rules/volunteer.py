"""Organised help: who takes a seat at an event that an organiser calls."""

import math

from sim.engine.jit import rule

#: To whom a seat goes.
OF_THE_CREW, NEWCOMER, VISITOR = range(3)


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
def log_weight(acts, gap, acts_exponent, memory_days, log_readiness):
    """Return the logarithm of a member's weight for a seat: ``a^β · exp(−gap / τ) · θ``.

    Acts a with this crew so far, and the days since the last of them. Without a memory (`memory_days` not
    above 0) the gap does not count.
    """
    fading = gap / memory_days if memory_days > 0.0 else 0.0
    return acts_exponent * math.log(acts) - fading + log_readiness


@rule
def place_in_line(luck, weight):
    """Return a member's place in the line for seats, the smallest first: the log of an exponential time.

    Whoever is first among exponential times of rates w was chosen with probability w / Σw, the second among
    those left likewise (Efraimidis and Spirakis 2006). Each member has luck of their own, so that one more
    member changes nobody else's.
    """
    return math.log(-math.log(luck)) - weight


@rule
def seats_of(median, sigma, luck_normal, most):
    """Return the seats of an event: a rounded lognormal number, at least one."""
    return max(1, min(most, math.floor(median * math.exp(sigma * luck_normal) + 0.5)))
