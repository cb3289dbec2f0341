"""Charity sale (义卖): users bring things, the proceeds fill a pool, the pool pays for help nobody gives.

What is brought is sold. Money is in whole yuan: raised is spent plus what is left, exactly.
"""

import math

from sim.engine.declare import draw, event, number, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.randomness import exponential, uniform
from sim.engine.tables.cases import AT_HELPER, BY_SOCIAL
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import HELPABLE
from sim.mechanisms.case.closing import first_response, solve
from sim.mechanisms.moments import run_begins
from sim.mechanisms.mutual_aid.helping import contribute, note_transfer, was_helped, willing
from sim.mechanisms.mutual_aid.invitation import can_be_asked
from sim.mechanisms.mutual_aid.rows import POOL_PAYMENT, SALE
from sim.mechanisms.mutual_aid.ties import meet
from sim.mechanisms.platform.adoption import people_of

GIVE_MONEY = draw(
    50,
    "GIVE_MONEY",
    ("giver", "person in hardship, 0", "that person's appeal"),
    ("giver", "0, 1", "2·sale whether, +1 worth"),
)
EV_HELPED = event(3, "HELPED", "a neighbour or merchant has met the need")
EV_SALE = event(21, "SALE", "a charity sale pays into the pool")
COMMUNITY.add("pool_hours", number("hours paid from the pool of sales", "hours", daily=29))
COMMUNITY.add("pool_raised", whole("money raised by sales", "yuan", daily=31))
COMMUNITY.add("pool_spent", whole("money paid from the pool", "yuan", daily=32))
COMMUNITY.add("gifts", whole("gifts made", daily=33))


#: In place of the helper: the pool pays somebody.
NOBODY = -1


@on(EV_SALE)
def hold_sale(s, c, k, t):
    """Hold the sale number `k` of community `c`; neighbours on the path who come may meet there."""
    push(s, t + s.par[0]["charity_sale_every_days"], EV_SALE, c, k + 1)
    start = s.community[c]["resident_start"]
    key = s.clock[0]["key"]
    before = -1
    for p in range(start, start + people_of(s, c)):
        if not can_be_asked(s, p, -1, False):
            continue
        act = s.par[0]["charity_sale_take_part_probability"]
        who = s.person[p]["key"]
        if uniform(key, GIVE_MONEY, 2 * k, who, 0, 1) >= willing(s, p, act, False, 5, 0.0, t):
            continue
        worth = s.par[0]["charity_sale_item_yuan"] * exponential(key, GIVE_MONEY, 2 * k + 1, who, 0, 1)
        yuan = max(1, math.ceil(worth - 0.5))
        s.community[c]["pool_raised"] += yuan
        s.community[c]["gifts"] += 1
        note_transfer(s, SALE, p, -1, float(yuan), k, t)
        contribute(s, p, 0.0, t)
        if before >= 0:
            meet(s, before, p, t)
        before = p


@inner
def pool_pays(s, n, t):
    """Let the pool pay for a need that neighbours leave, if there is enough. Returns whether it does."""
    if not s.par[0]["charity_sale_enabled"] or not s.need[n]["flags"] & HELPABLE or s.need[n]["owner"] < 0:
        return False
    c = s.need[n]["community"]
    yuan = math.ceil(s.need[n]["work_hours"] * s.par[0]["charity_sale_hour_yuan"])
    if s.community[c]["pool_raised"] - s.community[c]["pool_spent"] < yuan:
        return False
    s.community[c]["pool_spent"] += yuan
    note_transfer(s, POOL_PAYMENT, -1, s.need[n]["owner"], float(yuan), n, t)
    first_response(s, n, t)
    s.track[n]["stage"] = AT_HELPER
    done = t + s.par[0]["charity_sale_service_days"] + s.need[n]["work_hours"] / 24.0
    s.track[n]["queued_at"] = done
    push(s, done, EV_HELPED, n, NOBODY)
    return True


@inner
def paid_help(s, n, t):
    """Solve the need by the hand of the social organisation that the pool pays."""
    if s.track[n]["stage"] != AT_HELPER or s.track[n]["queued_at"] != t:
        return
    hours = s.need[n]["work_hours"]
    c = s.need[n]["community"]
    s.community[c]["volunteer_hours"] += hours
    s.community[c]["pool_hours"] += hours
    s.case[n]["volunteer_hours"] += hours
    s.case[n]["service_started_at"] = t - hours / 24.0
    was_helped(s, s.need[n]["owner"])
    solve(s, n, BY_SOCIAL, t)


@after(run_begins, 80)
def file_sales(s):
    """File the first charity sale of each community."""
    if s.par[0]["charity_sale_enabled"]:
        for c in range(s.community.shape[0]):
            push(s, s.par[0]["charity_sale_every_days"], EV_SALE, c, 0)
