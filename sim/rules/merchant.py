"""What is a merchant's own: whose shop is near, whether to mend what lies before it, what to give.

In voice, trust and help a merchant follows the rules of `sim.rules.resident`.
"""

from sim.engine.jit import rule
from sim.rules.unit import logistic


@rule
def neighbouring_shop(resident_position, residents, merchants):
    """Return the shop nearest to a resident: both line the same path through the community."""
    if residents <= 0 or merchants <= 0:
        return -1
    return min(merchants - 1, resident_position * merchants // residents)


@rule
def give_probability(intercept, trust_weight, trust, loss_weight, lost):
    """Return the probability that a merchant gives to a joint solution.

    ``σ(a + b(T − ½) + c·lost)`` with trust T and what the merchant has `lost` so far, in thousands of yuan.
    """
    return logistic(intercept + trust_weight * (trust - 0.5) + loss_weight * lost / 1000.0)


@rule
def mend_probability(intercept, trust_weight, trust, cost_weight, hours, rated_effect, rated):
    """Return the probability that a merchant mends what lies before the shop.

    ``σ(a + b(T − ½) − c(h − 1) + r·rated)`` with trust T and the hours h that it takes; `rated` is 1 where
    shops are rated for their front.
    """
    return logistic(
        intercept + trust_weight * (trust - 0.5) - cost_weight * (hours - 1.0) + rated_effect * rated
    )
