"""Clocks of a hazard: when a unit-exponential threshold is reached, and what is left of it.

The hazard is `rate`, or, where readiness fades, ``rate · e^(−(t − since)/fading)`` with `fading` in days;
with `fading` not above 0 it does not fade. The threshold was last brought up to date at `anchor`.
"""

import math

from sim.engine.jit import rule


@rule
def rings_at(anchor, remaining, rate, since, fading):
    """Return when the clock rings; infinity if readiness has faded before."""
    if fading <= 0.0:
        return anchor + remaining / rate
    left = math.exp((since - anchor) / fading) - remaining / (rate * fading)
    if left <= 0.0:
        return math.inf
    return max(anchor, since - fading * math.log(left))


@rule
def run_down(anchor, remaining, rate, since, fading, t):
    """Return what is left of the threshold at `t`."""
    if fading <= 0.0:
        return max(0.0, remaining - rate * (t - anchor))
    passed = math.exp((since - anchor) / fading) - math.exp((since - t) / fading)
    return max(0.0, remaining - rate * fading * passed)


@rule
def hazard_now(rate, since, fading, t):
    """Return the hazard at `t`; before the spell begins, that of its beginning."""
    if fading <= 0.0 or t <= since:
        return rate
    return rate * math.exp((since - t) / fading)
