"""Merchants bring space, money and hours to a joint solution of what they suffer from."""

from sim.engine.declare import draw
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.mechanisms.case.incident import days_under_water, incident_of
from sim.mechanisms.mutual_aid.helping import contribute
from sim.rules.merchant import give_probability

MERCHANT_GIVES = draw(61, "MERCHANT_GIVES", ("merchant", "need", "0"))


@inner
def gather(s, n, t):
    """Ask the market's merchants, along the market, until the community's part of need `n` is covered."""
    i = incident_of(s, n)
    each = s.par[0]["shocks_give_hours"]
    wanted = s.need[n]["work_hours"] * (1.0 - s.par[0]["referral_shelved_cost_share"])
    lost = s.par[0]["shocks_loss_per_day"] * days_under_water(s, i, t)
    start = s.incident[i]["merchant_start"]
    for p in range(start, start + s.incident[i]["merchants"]):
        left = wanted - s.incident[i]["given_hours"]
        if each <= 0.0 or left <= 0.0:
            return
        chance = give_probability(
            s.par[0]["shocks_give_intercept"],
            s.par[0]["shocks_give_trust_weight"],
            s.person[p]["trust"],
            s.par[0]["shocks_give_loss_weight"],
            lost,
        )
        draw = uniform(
            s.clock[0]["key"],
            MERCHANT_GIVES,
            0,
            s.person[p]["key"],
            s.need[n]["owner_key"],
            s.need[n]["ordinal"],
        )
        if draw < chance:
            hours = min(each, left)
            s.incident[i]["givers"] += 1
            s.incident[i]["given_hours"] += hours
            contribute(s, p, hours, t)
            s.community[s.need[n]["community"]]["volunteer_hours"] += hours
            s.case[n]["volunteer_hours"] += hours
