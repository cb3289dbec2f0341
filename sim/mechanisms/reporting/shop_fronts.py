"""Merchants at their front (门前三包): what lies before a shop they mend themselves, or report.

The shop is the one nearest to whose problem it is. Some time after it arose the merchant turns to it. What
the community could do alone, and nobody has begun to do, the merchant may mend, in hours of their own; what
is not mended, and nobody has reported, the merchant may report.
"""

from sim.engine.declare import draw, event, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.randomness import uniform
from sim.engine.tables.cases import (
    AT_FIRST,
    AT_INTAKE,
    AT_QUEUE,
    AT_ROUTING,
    BY_APP,
    BY_MERCHANT,
    EYES_OF_MERCHANT,
    LEFT_SYSTEM,
)
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import CHRONIC, COMMUNITY_WORKS, PUBLIC
from sim.engine.tables.people import IS_MERCHANT
from sim.mechanisms.case.closing import solve
from sim.mechanisms.field_service.field_service import serve_those_behind
from sim.mechanisms.intake.intake import enter_books, open_case
from sim.mechanisms.moments import need_arisen, need_made_known
from sim.mechanisms.mutual_aid.helping import contribute, place_on_path
from sim.mechanisms.patrol.discovery_clocks import is_known
from sim.mechanisms.patrol.patrol import NO_CHANNEL
from sim.mechanisms.platform.adoption import activate, channel_of
from sim.mechanisms.reporting.reporting import speak
from sim.mechanisms.staff.queues_and_hours import remove
from sim.parameters.demand import CATEGORIES
from sim.rules.merchant import mend_probability, neighbouring_shop

SHOP_FRONT = draw(79, "SHOP_FRONT", ("0", "need", "0"))
MEND = draw(80, "MEND", ("merchant", "need", "0"))
FRONT_REPORT = draw(81, "FRONT_REPORT", ("merchant", "need", "0"))
EV_SHOP_FRONT = event(
    47, "SHOP_FRONT", "a merchant turns to what lies before the shop: mends it or reports it"
)
COMMUNITY.add("mended", whole("needs that merchants mended before their shops", daily=70))
COMMUNITY.add("reported_at_front", whole("needs that merchants reported from before their shops", daily=71))

#: What may lie before a shop (waste, parking, signs, stalls), as bits in the order of `CATEGORIES`.
FRONT_CATEGORIES = sum(1 << CATEGORIES.index(name) for name in ("order", "traffic", "market"))


@after(need_arisen, 30)
def file_front(s, n, t):
    """File when the merchant before whose shop need `n` lies turns to it, if it lies before one."""
    share = s.par[0]["shop_fronts_share"]
    owner = s.need[n]["owner"]
    flags = s.need[n]["flags"]
    if share <= 0.0 or owner < 0 or flags & CHRONIC or not flags & PUBLIC:
        return
    if s.person[owner]["flags"] & IS_MERCHANT or FRONT_CATEGORIES & (1 << s.need[n]["category"]) == 0:
        return
    c = s.need[n]["community"]
    place = place_on_path(s, owner)
    shop = neighbouring_shop(place, s.community[c]["observers"], s.community[c]["merchants"])
    drawn = uniform(s.clock[0]["key"], SHOP_FRONT, 0, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
    if shop >= 0 and drawn < share:
        p = s.community[c]["merchant_start"] + shop
        push(s, t + s.par[0]["shop_fronts_notice_days"], EV_SHOP_FRONT, n, p)


@inner
def _nobody_begun(s, n):
    """Whether nobody has begun to deal with need `n`: not reported, or waiting to be looked at."""
    if not is_known(s, n):
        return True
    stage = s.track[n]["stage"]
    return stage in (AT_FIRST, AT_INTAKE, AT_ROUTING, AT_QUEUE) and not s.track[n]["flags"] & LEFT_SYSTEM


@inner
def mending(s, n, p):
    """Return the probability that merchant `p` mends need `n` before the shop."""
    return mend_probability(
        s.par[0]["shop_fronts_mend_intercept"],
        s.par[0]["shop_fronts_trust_weight"],
        s.person[p]["trust"],
        s.par[0]["shop_fronts_cost_weight"],
        s.need[n]["work_hours"],
        s.par[0]["shop_fronts_rated_effect"],
        s.par[0]["shop_fronts_rated"],
    )


@inner
def _mend(s, n, p, t):
    c = s.need[n]["community"]
    hours = s.need[n]["work_hours"]
    if not is_known(s, n):
        s.case[n]["found_by"] = EYES_OF_MERCHANT
        enter_books(s, n, -1, NO_CHANNEL, t)
    elif s.track[n]["stage"] == AT_QUEUE:
        remove(s, n)
        serve_those_behind(s, n, t)
    s.case[n]["helper"] = p
    if s.case[n]["service_started_at"] != s.case[n]["service_started_at"]:
        s.case[n]["service_started_at"] = t
    s.case[n]["volunteer_hours"] += hours
    s.community[c]["volunteer_hours"] += hours
    s.community[c]["mended"] += 1
    contribute(s, p, hours, t)
    solve(s, n, BY_MERCHANT, t)


@on(EV_SHOP_FRONT)
def look_before_the_shop(s, n, p, t):
    """Let merchant `p` mend what lies before the shop, or report it."""
    if s.case[n]["solved_at"] == s.case[n]["solved_at"]:
        return
    key = s.clock[0]["key"]
    who = s.person[p]["key"]
    owner_key = s.need[n]["owner_key"]
    ordinal = s.need[n]["ordinal"]
    alone = s.need[n]["leg_count"] == 0 and s.need[n]["flags"] & COMMUNITY_WORKS
    if alone and _nobody_begun(s, n) and uniform(key, MEND, 0, who, owner_key, ordinal) < mending(s, n, p):
        _mend(s, n, p, t)
    elif not is_known(s, n):
        drawn = uniform(key, FRONT_REPORT, 0, who, owner_key, ordinal)
        if drawn < s.par[0]["shop_fronts_report_probability"]:
            speak(s, p, t)
            channel = channel_of(s, p)
            if channel == BY_APP:
                activate(s, p, t)
            s.community[s.need[n]["community"]]["reported_at_front"] += 1
            open_case(s, n, p, channel, t)
            need_made_known(s, n, t)
