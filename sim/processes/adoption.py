"""Adoption: eligible, registered and active are three things.

Each eligible person has one unit-exponential threshold for registering; the hazard rises as ties register.
Registration changes what channels cost and is not participation. Activity comes in spells that fade.

On a complete network everybody has the same hazard: people then register in the order of their thresholds,
and one shared integrated hazard serves them all.
"""

import math

from sim.agents.resident import adoption_rate, channel_cost, cheapest_channel, spell_length
from sim.compiled import inner
from sim.events import push
from sim.processes.clocks import scale_person
from sim.randomness import ADOPT, CONTACT, LAPSE, exponential, uniform
from sim.state import (
    ACTIVE,
    ELIGIBLE,
    EV_ADOPT,
    EV_CAMPAIGN,
    EV_LAPSE,
    HAS_PHONE,
    REGISTERED,
)


@inner
def _campaign_rate(s):
    return s.clock["campaign"][0] * s.par["adoption_campaign_rate_per_day"][0]


@inner
def reconsider(s, p, t):
    """Bring the registering clock of person `p` up to `t` and give it the rate that holds now."""
    a = s.account
    if a["flags"][p] & (ELIGIBLE | REGISTERED) != ELIGIBLE or not s.par["platform_enabled"][0]:
        return
    a["remaining"][p] = max(0.0, a["remaining"][p] - a["rate"][p] * (t - a["anchor"][p]))
    a["anchor"][p] = t
    degree = a["degree"][p]
    share = a["registered_ties"][p] / degree if degree > 0 else 0.0
    rate = adoption_rate(
        s.par["adoption_innovation_per_day"][0],
        s.par["adoption_imitation_per_day"][0],
        share,
        _campaign_rate(s),
    )
    a["rate"][p] = rate
    if rate > 0.0:
        push(s, t + a["remaining"][p] / rate, EV_ADOPT, p, 0)


@inner
def set_threshold(s, p, t):
    """Draw the registering threshold of person `p` and start the clock."""
    s.account["anchor"][p] = t
    s.account["rate"][p] = 0.0
    s.account["remaining"][p] = exponential(s.clock["key"][0], ADOPT, 0, s.person["key"][p], 0, 0)


@inner
def channel_of(s, p):
    """Return the number of the cheapest channel person `p` can use now."""
    return cheapest_channel(
        s.par["reporting_cost_office"][0],
        s.par["reporting_cost_phone"][0],
        s.par["reporting_cost_app"][0],
        s.person["flags"][p] & HAS_PHONE != 0,
        s.par["platform_enabled"][0] and s.account["flags"][p] & REGISTERED != 0,
    )


@inner
def _cost_now(s, p):
    return channel_cost(
        channel_of(s, p),
        s.par["reporting_cost_office"][0],
        s.par["reporting_cost_phone"][0],
        s.par["reporting_cost_app"][0],
    )


@inner
def activate(s, p, t):
    """Begin a spell of activity, if the person is registered and not active."""
    a = s.account
    if a["flags"][p] & (REGISTERED | ACTIVE) != REGISTERED:
        return
    a["flags"][p] |= ACTIVE
    threshold = exponential(s.clock["key"][0], LAPSE, a["spell"][p], s.person["key"][p], 0, 0)
    a["spell"][p] += 1
    a["lapse_at"][p] = t + spell_length(
        threshold,
        s.par["adoption_retention_0"][0],
        s.par["adoption_retention_1"][0],
        s.par["adoption_retention_2"][0],
    )
    s.community["active"][s.person["community"][p]] += 1
    push(s, a["lapse_at"][p], EV_LAPSE, p, 0)


@inner
def lapse(s, p, t):
    """End the spell of activity that was to end now."""
    a = s.account
    if a["flags"][p] & ACTIVE and a["lapse_at"][p] == t:
        a["flags"][p] &= ~ACTIVE
        s.community["active"][s.person["community"][p]] -= 1


@inner
def prolong(s, p, t):
    """Slow the fading of a spell after a success: the hazard that is left is multiplied by a factor."""
    a = s.account
    factor = s.par["adoption_success_factor"][0]
    if a["flags"][p] & ACTIVE and factor != 1.0:
        a["lapse_at"][p] = t + (a["lapse_at"][p] - t) / factor if factor > 0.0 else math.inf
        push(s, a["lapse_at"][p], EV_LAPSE, p, 0)


@inner
def register(s, p, t):
    """Register person `p`: channels may cost less, ties hear of it, a spell of activity begins."""
    if s.account["flags"][p] & REGISTERED:
        return
    s.account["flags"][p] |= REGISTERED
    s.community["registered"][s.person["community"][p]] += 1
    if s.par["verification_mode"][0] == 0:
        activate(s, p, t)
        before = s.person["cost"][p]
        after = _cost_now(s, p)
        s.person["cost"][p] = after
        scale_person(s, p, math.exp(before - after), t)
    for k in range(s.tie_start[p], s.tie_start[p + 1]):
        other = s.tie_to[k]
        s.account["registered_ties"][other] += 1
        reconsider(s, other, t)
    k = s.person["tie_head"][p]
    while k >= 0:
        other = s.new_tie["to"][k]
        s.account["registered_ties"][other] += 1
        reconsider(s, other, t)
        k = s.new_tie["next"][k]


@inner
def adopt(s, p, t):
    """Register the person whose clock fires now, unless its rate has changed since the event was filed."""
    a = s.account
    if a["flags"][p] & (ELIGIBLE | REGISTERED) != ELIGIBLE:
        return
    if a["rate"][p] > 0.0 and a["anchor"][p] + a["remaining"][p] / a["rate"][p] == t:
        register(s, p, t)


@inner
def meet_cadre(s, p, n, t):
    """Let a cadre who came about case `n` win the person for the platform."""
    if p < 0 or not s.par["platform_enabled"][0]:
        return
    if s.account["flags"][p] & (ELIGIBLE | REGISTERED) != ELIGIBLE:
        return
    draw = uniform(
        s.clock["key"][0], CONTACT, 0, s.person["key"][p], s.need["owner_key"][n], s.need["ordinal"][n]
    )
    if draw < s.par["adoption_contact_probability"][0]:
        register(s, p, t)


@inner
def change_campaign(s, change, t):
    """Begin (+1) or end (−1) a campaign: the hazard of everybody who may still register changes."""
    s.clock["campaign"][0] += change
    for p in range(s.account.shape[0]):
        reconsider(s, p, t)


@inner
def start_campaigns(s):
    """File the beginning and the end of each campaign."""
    for k in range(s.campaign.shape[0]):
        push(s, s.campaign[k, 0], EV_CAMPAIGN, k, 1)
        push(s, s.campaign[k, 1], EV_CAMPAIGN, k, -1)


@inner
def mean_field_next(s, t):
    """File the next registration on a complete network, whose order is that of the thresholds."""
    k = s.clock["mean_field_next"][0]
    if k >= s.tie_to.shape[0]:
        return
    share = s.community["registered"][0] / s.account.shape[0]
    rate = adoption_rate(
        s.par["adoption_innovation_per_day"][0], s.par["adoption_imitation_per_day"][0], share, 0.0
    )
    if rate > 0.0:
        wait = (s.account["remaining"][s.tie_to[k]] - s.clock["hazard"][0]) / rate
        push(s, t + max(0.0, wait), EV_ADOPT, s.tie_to[k], 1)


@inner
def mean_field_adopt(s, p, t):
    """Register the next person on a complete network and file the one after."""
    s.account["flags"][p] |= REGISTERED
    s.clock["hazard"][0] = s.account["remaining"][p]
    s.community["registered"][0] += 1
    s.clock["mean_field_next"][0] += 1
    mean_field_next(s, t)


@inner
def begin_account(s, p):
    """Start the clocks of person `p` at time 0: of registering, or of the first spell of activity."""
    flags = s.account["flags"][p]
    if flags & REGISTERED:
        if flags & ACTIVE:
            s.account["flags"][p] = flags & ~ACTIVE
            activate(s, p, 0.0)
    elif flags & ELIGIBLE:
        set_threshold(s, p, 0.0)
        reconsider(s, p, 0.0)
