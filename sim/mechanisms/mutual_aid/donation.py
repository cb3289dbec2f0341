"""Targeted donation (定向捐赠): a named person in hardship is put before users, who may give."""

import math

from sim.engine.declare import draw, event
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.randomness import exponential, uniform
from sim.mechanisms.moments import run_begins
from sim.mechanisms.mutual_aid.charity_sale import GIVE_MONEY
from sim.mechanisms.mutual_aid.helping import contribute, note_transfer, was_helped, willing
from sim.mechanisms.mutual_aid.invitation import ONLINE, invite
from sim.mechanisms.mutual_aid.rows import GIFT
from sim.mechanisms.mutual_aid.ties import are_tied

APPEAL_MADE = draw(49, "APPEAL_MADE", ("person in hardship", "0, 0", "2·appeal interval, +1 amount"))
EV_APPEAL = event(22, "APPEAL", "people are asked to give to somebody in hardship")


_YEAR = 365.0


@inner
def _next_appeal(s, r, k, t):
    """File appeal number `k` for the person in row `r`."""
    rate = s.par[0]["donation_appeals_per_year"] / _YEAR
    if rate > 0.0:
        who = s.person[s.appeal[r]["person"]]["key"]
        push(s, t + exponential(s.clock[0]["key"], APPEAL_MADE, 2 * k, who, 0, 0) / rate, EV_APPEAL, r, k)


@on(EV_APPEAL)
def appeal(s, r, k, t):
    """Put the person in row `r` before the nearest users until there is enough."""
    _next_appeal(s, r, k + 1, t)
    person = s.appeal[r]["person"]
    c = s.person[person]["community"]
    key = s.clock[0]["key"]
    who = s.person[person]["key"]
    sum_asked = s.par[0]["donation_asked_yuan"] * exponential(key, APPEAL_MADE, 2 * k + 1, who, 0, 0)
    missing = max(1, math.ceil(sum_asked - 0.5))
    s.appeal[r]["appeals"] += 1
    s.appeal[r]["asked"] += missing
    people = s.scratch[: s.par[0]["donation_asked_people"]]
    for i in range(invite(s, person, ONLINE, people)):
        if missing == 0:
            break
        p = people[i]
        act = s.par[0]["donation_give_probability"]
        draw = uniform(key, GIVE_MONEY, k, s.person[p]["key"], who, 0)
        if draw < willing(s, p, act, are_tied(s, person, p), 5, 0.0, t):
            gift = min(missing, s.par[0]["donation_gift_yuan"])
            missing -= gift
            s.appeal[r]["raised"] += gift
            s.community[c]["gifts"] += 1
            note_transfer(s, GIFT, p, person, float(gift), k, t)
            contribute(s, p, 0.0, t)
            was_helped(s, person)


@after(run_begins, 90)
def file_appeals(s):
    """File the first appeal of everybody in hardship."""
    for r in range(s.appeal.shape[0]):
        _next_appeal(s, r, 0, 0.0)
