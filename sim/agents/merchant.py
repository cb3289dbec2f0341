"""What is a merchant's own: which part of a market sees a problem.

In voice, trust and help a merchant follows the rules of `sim.agents.resident`.
"""

from sim.compiled import rule


@rule
def neighbouring_shop(resident_position, residents, merchants):
    """Return the shop nearest to a resident: both line the same path through the community."""
    if residents <= 0 or merchants <= 0:
        return -1
    return min(merchants - 1, resident_position * merchants // residents)
