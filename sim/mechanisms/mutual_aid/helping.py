"""What every act of help or gift has in common: who is ready for it, and what it leaves behind."""

from sim.engine.jit import inner
from sim.engine.tables.people import IS_MERCHANT
from sim.mechanisms.case.closing import counted
from sim.mechanisms.platform.adoption import activate, prolong
from sim.mechanisms.platform.points import reward_help
from sim.rules.resident import help_probability, present_fatigue, readiness


@inner
def place_on_path(s, p):
    """Return where a person stands on the path through the community, in residents from its start."""
    c = s.person[p]["community"]
    if s.person[p]["flags"] & IS_MERCHANT:
        shop = p - s.community[c]["merchant_start"]
        return shop * s.community[c]["observers"] // max(1, s.community[c]["merchants"])
    return p - s.community[c]["resident_start"]


@inner
def readiness_now(s, p, t):
    """Return the factor on the helping of person `p` for having been helped, or lately rewarded."""
    if s.purse.shape[0] == 0:
        return 1.0
    return readiness(
        s.purse[p]["helped"] > 0,
        s.par[0]["mutual_aid_reciprocity_factor"],
        t - s.purse[p]["redeemed_at"],
        s.par[0]["points_effect_days"],
        s.par[0]["points_help_factor"],
    )


@inner
def willing(s, p, act, tied, invited, bystander_exponent, t):
    """Return the probability that person `p`, asked now, says yes to what a stranger does with `act`."""
    fatigue = present_fatigue(
        s.conduct[p]["fatigue"],
        t - s.conduct[p]["fatigue_at"],
        s.par[0]["mutual_aid_fatigue_halflife_days"],
    )
    return help_probability(
        act,
        s.person[p]["propensity"],
        tied,
        s.par[0]["mutual_aid_tie_factor"],
        fatigue,
        invited,
        bystander_exponent,
        s.par[0]["mutual_aid_probability_cap"],
        readiness_now(s, p, t),
    )


@inner
def contribute(s, p, hours, t):
    """Book an act for somebody else: hours, fatigue, the count of contributions, activity, points."""
    a = s.conduct
    week = int(t // 7.0)
    if a[p]["week"] != week:
        a[p]["week"] = week
        a[p]["week_hours"] = 0.0
    a[p]["week_hours"] += hours
    halflife = s.par[0]["mutual_aid_fatigue_halflife_days"]
    a[p]["fatigue"] = 1.0 + present_fatigue(a[p]["fatigue"], t - a[p]["fatigue_at"], halflife)
    a[p]["fatigue_at"] = t
    a[p]["volunteer_hours"] += hours
    a[p]["contributions"] += 1
    if counted(s, t):
        a[p]["contributions_counted"] += 1
    activate(s, p, t)
    prolong(s, p, s.par[0]["adoption_success_factor"], t)
    reward_help(s, p, t)


@inner
def was_helped(s, p):
    """Remember that somebody did something for person `p`."""
    if p >= 0 and s.purse.shape[0] > 0:
        s.purse[p]["helped"] += 1


@inner
def note_transfer(s, kind, giver, taker, quantity, about, t):
    """Enter something given in the list of transfers, where that is kept."""
    if s.transfer.shape[0] == 0:
        return
    k = s.clock[0]["transfers"]
    s.clock[0]["transfers"] = k + 1
    s.transfer[k]["at"] = t
    s.transfer[k]["quantity"] = quantity
    s.transfer[k]["kind"] = kind
    s.transfer[k]["giver"] = giver
    s.transfer[k]["taker"] = taker
    someone = giver if giver >= 0 else taker
    s.transfer[k]["community"] = s.person[someone]["community"]
    s.transfer[k]["distance"] = -1
    if giver >= 0 and taker >= 0:
        s.transfer[k]["distance"] = abs(place_on_path(s, giver) - place_on_path(s, taker))
    s.transfer[k]["about"] = about
