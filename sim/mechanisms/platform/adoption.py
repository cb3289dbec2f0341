"""Adoption: eligible, registered and active are three things.

Each eligible person has one unit-exponential threshold for registering; the hazard rises as ties register.
Registration changes what channels cost and is not participation. Activity comes in spells that fade.

On a complete network everybody has the same hazard: people then register in the order of their thresholds,
and one shared integrated hazard serves them all.
"""

import math

from sim.engine.declare import draw, event, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import EV_ADOPT, EV_LAPSE, fires_at, push
from sim.engine.jit import inner
from sim.engine.randomness import exponential, uniform
from sim.engine.tables.cases import INVESTIGATED
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.people import ACTIVE, ELIGIBLE, HAS_PHONE, REGISTERED
from sim.mechanisms.moments import person_registered, readiness_changed
from sim.mechanisms.platform.points import EV_REDEEM, redeem, turn_points
from sim.rules.resident import adoption_rate, channel_cost, cheapest_channel, spell_length
from sim.world.diffusion_networks import ADOPT

LAPSE = draw(22, "LAPSE", ("person", "0, 0", "spell"))
CONTACT = draw(23, "CONTACT", ("person", "need", "visit"))
EV_CAMPAIGN = event(16, "CAMPAIGN", "a campaign begins or ends")
COMMUNITY.add("active", whole("people active", daily=25))


@inner
def _campaign_rate(s):
    return s.clock[0]["campaign"] * s.par[0]["adoption_campaign_rate_per_day"]


@inner
def platform_runs(s, c, t):
    """Whether the platform of community `c` has started by `t`."""
    return s.community[c]["platform_at"] <= t


@inner
def reconsider(s, p, t):
    """Bring the registering clock of person `p` up to `t` and give it the rate that holds now."""
    a = s.account
    if a[p]["flags"] & (ELIGIBLE | REGISTERED) != ELIGIBLE or not s.par[0]["platform_enabled"]:
        return
    degree = a[p]["degree"]
    share = a[p]["registered_ties"] / degree if degree > 0 else 0.0
    rate = adoption_rate(
        s.par[0]["adoption_innovation_per_day"],
        s.par[0]["adoption_imitation_per_day"],
        share,
        _campaign_rate(s),
    )
    if rate == a[p]["rate"]:
        return
    a[p]["remaining"] = max(0.0, a[p]["remaining"] - a[p]["rate"] * (t - a[p]["anchor"]))
    a[p]["anchor"] = t
    a[p]["rate"] = rate
    if rate > 0.0:
        push(s, t + a[p]["remaining"] / rate, EV_ADOPT, p, 0)


@inner
def set_threshold(s, p, t):
    """Draw the registering threshold of person `p` and start the clock."""
    s.account[p]["anchor"] = t
    s.account[p]["rate"] = 0.0
    s.account[p]["remaining"] = exponential(s.clock[0]["key"], ADOPT, 0, s.person[p]["key"], 0, 0)


@inner
def channel_of(s, p):
    """Return the number of the cheapest channel person `p` can use now."""
    return cheapest_channel(
        s.par[0]["reporting_cost_office"],
        s.par[0]["reporting_cost_phone"],
        s.par[0]["reporting_cost_app"],
        s.person[p]["flags"] & HAS_PHONE != 0,
        s.par[0]["platform_enabled"] and s.account[p]["flags"] & REGISTERED != 0,
    )


@inner
def cost_now(s, p):
    """Return the cost of the cheapest channel person `p` can use now."""
    return channel_cost(
        channel_of(s, p),
        s.par[0]["reporting_cost_office"],
        s.par[0]["reporting_cost_phone"],
        s.par[0]["reporting_cost_app"],
    )


@inner
def activate(s, p, t):
    """Begin a spell of activity, if the person is registered and not active."""
    a = s.account
    if a[p]["flags"] & (REGISTERED | ACTIVE) != REGISTERED:
        return
    a[p]["flags"] |= ACTIVE
    threshold = exponential(s.clock[0]["key"], LAPSE, a[p]["spell"], s.person[p]["key"], 0, 0)
    a[p]["spell"] += 1
    a[p]["lapse_at"] = t + spell_length(
        threshold,
        s.par[0]["adoption_retention_0"],
        s.par[0]["adoption_retention_1"],
        s.par[0]["adoption_retention_2"],
    )
    s.community[s.person[p]["community"]]["active"] += 1
    push(s, a[p]["lapse_at"], EV_LAPSE, p, 0)
    turn_points(s, p, t)


@on(EV_LAPSE)
def lapse(s, p, t):
    """End the spell of activity that was to end now."""
    a = s.account
    if a[p]["flags"] & ACTIVE and a[p]["lapse_at"] == t:
        a[p]["flags"] &= ~ACTIVE
        s.community[s.person[p]["community"]]["active"] -= 1
        turn_points(s, p, t)


@inner
def prolong(s, p, factor, t):
    """Slow the fading of a spell after a success: the hazard that is left is multiplied by a factor."""
    a = s.account
    if a[p]["flags"] & ACTIVE and factor != 1.0:
        a[p]["lapse_at"] = t + (a[p]["lapse_at"] - t) / factor if factor > 0.0 else math.inf
        push(s, a[p]["lapse_at"], EV_LAPSE, p, 0)


@inner
def register(s, p, t):
    """Register person `p`: channels may cost less, ties hear of it, a spell of activity begins."""
    if s.account[p]["flags"] & REGISTERED:
        return
    s.account[p]["flags"] |= REGISTERED
    s.community[s.person[p]["community"]]["registered"] += 1
    if s.par[0]["verification_mode"] == 0:
        activate(s, p, t)
        before = s.person[p]["cost"]
        after = cost_now(s, p)
        s.person[p]["cost"] = after
        readiness_changed(s, p, math.exp(before - after), t)
        person_registered(s, p, t)
    for k in range(s.tie_start[p], s.tie_start[p + 1]):
        other = s.tie_to[k]
        s.account[other]["registered_ties"] += 1
        reconsider(s, other, t)
    k = s.person[p]["tie_head"]
    while k >= 0:
        other = s.new_tie[k]["to"]
        if other >= 0:
            s.account[other]["registered_ties"] += 1
            reconsider(s, other, t)
        k = s.new_tie[k]["next"]


@on(EV_ADOPT)
def adopt(s, p, mean_field, t):
    """Register the person whose clock fires now, unless its rate has changed since the event was filed."""
    if mean_field:
        _mean_field_adopt(s, p, t)
        return
    a = s.account
    if a[p]["flags"] & (ELIGIBLE | REGISTERED) != ELIGIBLE:
        return
    if fires_at(a, p, t):
        register(s, p, t)


@inner
def meet_cadre(s, p, n, t):
    """Let a cadre who came about case `n` win the person for the platform; each visit is a new try."""
    if p < 0 or not s.par[0]["platform_enabled"]:
        return
    if s.account[p]["flags"] & (ELIGIBLE | REGISTERED) != ELIGIBLE:
        return
    visit = 2 * s.track[n]["spell"] + (1 if s.track[n]["flags"] & INVESTIGATED else 0)
    draw = uniform(
        s.clock[0]["key"], CONTACT, visit, s.person[p]["key"], s.need[n]["owner_key"], s.need[n]["ordinal"]
    )
    if draw < s.par[0]["adoption_contact_probability"]:
        register(s, p, t)


@on(EV_CAMPAIGN)
def change_campaign(s, _everybody, change, t):
    """Begin (+1) or end (−1) a campaign: the hazard of everybody who may still register changes."""
    s.clock[0]["campaign"] += change
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
    k = s.clock[0]["mean_field_next"]
    if k >= s.tie_to.shape[0]:
        return
    share = s.community[0]["registered"] / s.account.shape[0]
    rate = adoption_rate(
        s.par[0]["adoption_innovation_per_day"], s.par[0]["adoption_imitation_per_day"], share, 0.0
    )
    if rate > 0.0:
        wait = (s.account[s.tie_to[k]]["remaining"] - s.clock[0]["hazard"]) / rate
        push(s, t + max(0.0, wait), EV_ADOPT, s.tie_to[k], 1)


@on(EV_REDEEM)
def redeem_points(s, p, t):
    """Trade points in: whoever gets something for them stays active for longer."""
    if redeem(s, p, t):
        prolong(s, p, s.par[0]["points_activity_factor"], t)


@inner
def _mean_field_adopt(s, p, t):
    """Register the next person on a complete network and file the one after."""
    s.account[p]["flags"] |= REGISTERED
    s.clock[0]["hazard"] = s.account[p]["remaining"]
    s.community[0]["registered"] += 1
    s.clock[0]["mean_field_next"] += 1
    mean_field_next(s, t)


@inner
def begin_account(s, p):
    """Start the clocks of person `p` at time 0: of registering, or of the first spell of activity."""
    flags = s.account[p]["flags"]
    if flags & REGISTERED:
        if flags & ACTIVE:
            s.account[p]["flags"] = flags & ~ACTIVE
            activate(s, p, 0.0)
        else:
            turn_points(s, p, 0.0)
    elif flags & ELIGIBLE:
        set_threshold(s, p, 0.0)
        reconsider(s, p, 0.0)


@inner
def people_of(s, c):
    """Return how many rows hold the people of community `c`, merchants last, from `resident_start` on."""
    return s.community[c]["merchant_start"] + s.community[c]["merchants"] - s.community[c]["resident_start"]
