"""Plural support: suppliers with hours of their own take on what the community could do alone.

A supplier works through what it has promised, first come first served, at its own hours a week; the load in
its answer is how much of its coming week is promised. Refused by all, a case goes to staff as if nobody had
been asked.
"""

from sim.engine.calendar import worked_at
from sim.engine.declare import Record, draw, event, number, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.randomness import normal, uniform
from sim.engine.tables.cases import AT_SUPPLIER, BY_SOCIAL, BY_UNIT
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import COMMUNITY_WORKS
from sim.engine.tables.staff import SOCIAL_ORGANISATION
from sim.mechanisms.case.closing import first_response, solve
from sim.mechanisms.plural_supply.menu import on_menu
from sim.mechanisms.staff.queues_and_hours import after_working_hours
from sim.rules.unit import accept_probability

ACCEPT = draw(10, "ACCEPT", ("unit", "need", "times asked"))
FRAILTY = draw(11, "FRAILTY", ("unit", "need", "0"))
EV_SUPPLY = event(17, "SUPPLY", "a supplier has done a case")
COMMUNITY.add("supplier_hours", number("hours of suppliers", "hours", daily=28))
COMMUNITY.add("supplied", whole("cases done by suppliers", daily=27))
#: One that supplies service with hours of its own; rows only where plural support is on. `free_at`: when what
#: it has promised will be done.
SUPPLIER = Record(
    "supplier",
    "a supplier under plural support",
    hours_per_week=number("hours it can give a week", "hours per week"),
    free_at=number("when the work it has taken on is done", "days"),
    hours=number("hours worked", "hours"),
    key=whole("stable number in keyed draws"),
    community=whole("community"),
    kind=whole("kind, as of units"),
    authority=whole("categories it takes on, as bits"),
    asks=whole("times asked"),
    commitments=whole("times it accepted"),
    delivered=whole("cases done"),
    first=whole("1 for one whom residents call first, 0 for one whom the community asks"),
)


#: Authority over every category: a request file's are not ours.
ALL_CATEGORIES = -1
#: Ordinals of the event: the supplier turns to the case, and has done it.
BEGIN, END = 0, 1


@inner
def weeks_promised(s, u, t):
    """Return how much of its coming time supplier `u` has promised, in weeks."""
    free_at = s.supplier[u]["free_at"]
    if free_at <= t:
        return 0.0
    if s.par[0]["calendar_round_the_clock"]:
        return (free_at - t) / 7.0
    start = s.par[0]["calendar_shift_start_hour"]
    ahead = worked_at(s.worked, start, free_at) - worked_at(s.worked, start, t)
    return ahead / s.par[0]["calendar_week_hours"]


@inner
def _working_hours(s, u, n):
    """Return the working time in which supplier `u` does the work of need `n`."""
    pace = s.supplier[u]["hours_per_week"] / s.par[0]["calendar_week_hours"]
    return s.need[n]["work_hours"] / pace


@inner
def supplier_acceptance(s, u, n, promised):
    """Return the probability that supplier `u` takes need `n` on with so many weeks promised."""
    key = s.clock[0]["key"]
    who = s.supplier[u]["key"]
    owner_key = s.need[n]["owner_key"]
    ordinal = s.need[n]["ordinal"]
    frailty = 0.0
    if s.par[0]["referral_frailty_sd"] > 0.0:
        frailty = s.par[0]["referral_frailty_sd"] * normal(key, FRAILTY, 0, who, owner_key, ordinal)
    intercept = s.par[0]["plural_accept_intercept"]
    if s.supplier[u]["first"]:
        intercept = s.par[0]["first_call_accept_intercept"]
    return accept_probability(
        intercept,
        frailty,
        s.par[0]["referral_load_slope"],
        min(2.0, promised),
        s.par[0]["referral_load_reference"],
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
    )


@inner
def accepts(s, u, n, promised):
    """Ask supplier `u`, with so many weeks promised, to take need `n` on; return whether it does."""
    p = supplier_acceptance(s, u, n, promised)
    s.supplier[u]["asks"] += 1
    draw = uniform(
        s.clock[0]["key"],
        ACCEPT,
        s.track[n]["spell"],
        s.supplier[u]["key"],
        s.need[n]["owner_key"],
        s.need[n]["ordinal"],
    )
    return draw < p


@inner
def take_on(s, u, n, t):
    """Let supplier `u` promise need `n`, to be done after what it has promised before."""
    s.supplier[u]["commitments"] += 1
    s.case[n]["supplier"] = u
    s.track[n]["stage"] = AT_SUPPLIER
    first_response(s, n, t)
    begin = after_working_hours(s, max(t, s.supplier[u]["free_at"]), 0.0)
    s.supplier[u]["free_at"] = after_working_hours(s, begin, _working_hours(s, u, n))
    push(s, begin, EV_SUPPLY, n, BEGIN)


@inner
def may_act(s, u, n):
    """Whether supplier `u` has authority over the category of need `n`."""
    authority = s.supplier[u]["authority"]
    return authority == ALL_CATEGORIES or authority & (1 << s.need[n]["category"]) != 0


@inner
def offered(s, n, t):
    """Offer need `n` to the suppliers with authority, the least busy first; return whether one takes it."""
    c = s.need[n]["community"]
    count = s.community[c]["suppliers"]
    if count == 0 or s.need[n]["leg_count"] > 0 or s.need[n]["flags"] & COMMUNITY_WORKS == 0:
        return False
    if not on_menu(s, n):
        return False
    start = s.community[c]["supplier_start"]
    asked = 0
    for _ in range(count):
        chosen = -1
        least = s.par[0]["plural_longest_backlog_weeks"]
        for k in range(count):
            if not may_act(s, start + k, n):
                continue
            promised = weeks_promised(s, start + k, t)
            if not asked & (1 << k) and promised < least:
                chosen = k
                least = promised
        if chosen < 0:
            return False
        asked |= 1 << chosen
        if accepts(s, start + chosen, n, least):
            take_on(s, start + chosen, n, t)
            return True
    return False


@on(EV_SUPPLY)
def supply(s, n, step, t):
    """Let the supplier turn to need `n`, or be done with it."""
    if s.track[n]["stage"] != AT_SUPPLIER:
        return
    u = s.case[n]["supplier"]
    if step == BEGIN:
        if s.case[n]["service_started_at"] != s.case[n]["service_started_at"]:
            s.case[n]["service_started_at"] = t
        push(s, after_working_hours(s, t, _working_hours(s, u, n)), EV_SUPPLY, n, END)
        return
    hours = s.need[n]["work_hours"]
    c = s.need[n]["community"]
    s.supplier[u]["hours"] += hours
    s.supplier[u]["delivered"] += 1
    s.case[n]["unit_hours"] += hours
    s.community[c]["unit_hours"] += hours
    s.community[c]["supplier_hours"] += hours
    s.community[c]["supplied"] += 1
    solve(s, n, BY_SOCIAL if s.supplier[u]["kind"] == SOCIAL_ORGANISATION else BY_UNIT, t)
