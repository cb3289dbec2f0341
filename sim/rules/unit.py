"""What an organisation decides: whether to take a case on, whether to come to a session.

A unit is a bureau, a utility, a property company, an owners' committee, a social organisation or a firm.
"""

import math

from sim.engine.jit import rule


@rule
def logistic(x):
    """Return 1 / (1 + exp(−x)), without overflow at either end."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


@rule
def load(background_load, response, occupied, officers):
    """Return a unit's load: its background work, and what its officers do and have waiting for communities.

    One when every officer's share for communities is taken; above one with cases waiting; `response` 0
    leaves the background load as it is.
    """
    if officers <= 0:
        return 2.0
    return min(2.0, background_load + response * (1.0 - background_load) * occupied / officers)


@rule
def accept_probability(
    intercept,
    frailty,
    load_slope,
    unit_load,
    load_reference,
    link_effect,
    link,
    convener_effect,
    convened,
    share_effect,
    share,
):
    """Return the probability that a unit takes a case on, by letter or in a session: one rule for both.

    ``σ(a + f − b(x − x₀) + δ_link·link + δ_conv·convener + γ·share)`` with the unit's load x, a frailty f of
    this case in this unit, and the share of the other organisations already committed. A letter and a
    session differ in what they bring, never in the rule.
    """
    return logistic(
        intercept
        + frailty
        - load_slope * (unit_load - load_reference)
        + link_effect * link
        + convener_effect * convened
        + share_effect * share
    )


@rule
def absence_probability(intercept, slope, unit_load, load_reference, call_effect, on_call):
    """Return the probability that a unit called to a session does not come.

    ``σ(c + d(x − x₀) − δ_w·[on call])`` with the unit's load x.
    """
    return logistic(intercept + slope * (unit_load - load_reference) - call_effect * on_call)


@rule
def authority(asker_level, links_of_community, links_of_convener):
    """Return the highest level that backs a call: of whoever asks, of embedded cadres, of a convener.

    0 is nobody's, 1 the street's, 2 the county's.
    """
    return max(asker_level, max(links_of_community, links_of_convener))


@rule
def has_link(backed_by, unit_level):
    """Return 1 if the authority behind a call reaches the unit: above the community, at its level or over it.

    The community itself (level 0) commands nobody.
    """
    return 1.0 if backed_by > 0 and backed_by >= unit_level else 0.0
