"""First call: residents turn to the property company or the owners' committee before the community.

These take on what they have authority over and can do alone, by the one rule of acceptance, and do it in
hours of their own, first come first served. What they refuse, cannot do or have not begun after a time comes
to the community as if it had been reported there then. The community's clocks, hours and platform know
nothing of it before.
"""

from sim.engine.declare import draw, event, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.engine.tables.cases import AT_FIRST, AT_SUPPLIER
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import CHRONIC, COMMUNITY_WORKS, DESK
from sim.engine.tables.people import IS_MERCHANT
from sim.mechanisms.case.standards import set_tier
from sim.mechanisms.plural_supply.supply import accepts, may_act, take_on, weeks_promised
from sim.mechanisms.staff.queues_and_hours import after_working_hours

FIRST_CALL = draw(78, "FIRST_CALL", ("0", "need", "0"))
EV_FIRST_CALL = event(
    45, "FIRST_CALL", "a property company or owners' committee answers whoever called first"
)
EV_PASSED_ON = event(46, "PASSED_ON", "refused or not begun by those called first: the community takes it in")
COMMUNITY.add("called_first", whole("cases that began with a call to property companies", daily=68))
COMMUNITY.add("passed_on", whole("of these, those that came on to the community", daily=69))
COMMUNITY.add("first_start", whole("first of those whom residents call first"))
COMMUNITY.add("first_receivers", whole("how many are called first"))


@inner
def calls_first(s, n, reporter):
    """Whether whoever reports need `n` calls property company or committee before the community."""
    c = s.need[n]["community"]
    count = s.community[c]["first_receivers"]
    if count == 0 or reporter < 0 or s.person[reporter]["flags"] & IS_MERCHANT:
        return False
    # Questions and papers are the desk's; a flooded market has its own way.
    if s.need[n]["flags"] & (CHRONIC | DESK):
        return False
    start = s.community[c]["first_start"]
    theirs = False
    for u in range(start, start + count):
        theirs = theirs or may_act(s, u, n)
    if not theirs:
        return False
    drawn = uniform(s.clock[0]["key"], FIRST_CALL, 0, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
    return drawn < s.par[0]["first_call_share"]


@inner
def call_first(s, n, t):
    """Leave need `n` with those who are called first, until they answer."""
    s.community[s.need[n]["community"]]["called_first"] += 1
    s.track[n]["stage"] = AT_FIRST
    if s.standard.shape[0] > 0:
        set_tier(s, n)
    hours = s.par[0]["first_call_answer_days"] * s.par[0]["calendar_shift_hours"]
    push(s, after_working_hours(s, t, hours), EV_FIRST_CALL, n, s.track[n]["spell"])


@inner
def only_called_first(s, n):
    """Whether need `n` is with those called first, and the community does not know of it."""
    stage = s.track[n]["stage"]
    if stage == AT_SUPPLIER:
        return s.supplier[s.case[n]["supplier"]]["first"] != 0
    return stage == AT_FIRST


@on(EV_FIRST_CALL, stage=AT_FIRST)
def answer(s, n, t):
    """Let the first who may and will take need `n` on; or send whoever called on to the community.

    What is promised and would not be begun in time is not done at all: whoever called goes on when that
    time is over.
    """
    leaves_at = t
    if s.need[n]["leg_count"] == 0 and s.need[n]["flags"] & COMMUNITY_WORKS:
        c = s.need[n]["community"]
        start = s.community[c]["first_start"]
        for u in range(start, start + s.community[c]["first_receivers"]):
            if may_act(s, u, n) and accepts(s, u, n, weeks_promised(s, u, t)):
                patience = s.par[0]["first_call_begin_within_days"] * s.par[0]["calendar_shift_hours"]
                leaves_at = after_working_hours(s, t, patience)
                if max(t, s.supplier[u]["free_at"]) <= leaves_at:
                    take_on(s, u, n, t)
                    return
                break
    push(s, leaves_at, EV_PASSED_ON, n, s.track[n]["spell"])
