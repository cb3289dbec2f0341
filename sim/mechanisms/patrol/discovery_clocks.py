"""What nobody reports, found on foot: a clock for each open need, in hours walked.

Each need has one unit-exponential threshold in patrol effort. Cadres walk their own grids; an hour covers a
number of homes of the beat, more of them from outside (public needs, seen) than inside (private ones, told on
a visit). Effort is spread over the working hours of the week, so a clock runs in working hours and its rate
changes only when the walking hours do, or when the owner registers and is visited less. Couriers who pass are
a second clock for public needs: their hours are spread over all days, and cost staff nothing.
"""

import math

from sim.engine.calendar import worked_at
from sim.engine.declare import Record, draw, event, number, whole
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.randomness import exponential
from sim.engine.tables.cases import EYES_OF_CADRE, EYES_OF_COURIER
from sim.engine.tables.needs import CHRONIC, PUBLIC
from sim.engine.tables.people import OVER_60, REGISTERED
from sim.mechanisms.moments import need_arisen, person_registered
from sim.mechanisms.staff.queues_and_hours import after_working_hours, responsible
from sim.rules.cadre import find_rate, visit_factor

PATROL = draw(32, "PATROL", ("0", "need", "0"))
COURIER = draw(33, "COURIER", ("0", "need", "0"))
EV_FOUND = event(
    34, "FOUND", "patrol or a courier comes upon a need: if nobody has reported it, its case opens"
)
#: The clock by which patrol comes upon a need, in working hours; rows only where somebody patrols. Fires at
#: `due_at` if the need is not known by then. `next`: the owner's need before it.
FIND = Record(
    "find",
    "one need: the clock by which patrol comes upon it, where anybody patrols",
    anchor=number("since when the present rate holds", "days"),
    remaining=number("threshold left at the anchor, of mean 1"),
    rate=number("hazard of being found", "per working hour"),
    due_at=number("when it is found if nothing changes", "days"),
    next=whole("the owner's need before it, −1 none"),
)


@inner
def is_known(s, n):
    """Whether somebody has reported or found need `n`."""
    return s.case[n]["reported_at"] == s.case[n]["reported_at"]


@inner
def homes_on_beat(s, c):
    """Return the homes of the beat of a cadre who owns grids of community `c`."""
    people = s.community[c]["observers"] / s.community[c]["owners"]
    return max(1.0, people / s.par[0]["community_household_size"])


@inner
def _rate(s, n):
    """Return the hazard, per working hour, that patrol comes upon need `n`."""
    server = responsible(s, n)
    if server < 0 or s.server[server]["patrol_hours"] <= 0.0 or s.need[n]["flags"] & CHRONIC:
        return 0.0
    if s.need[n]["flags"] & PUBLIC:
        covered = s.par[0]["patrol_homes_passed_per_hour"]
    else:
        owner = s.need[n]["owner"]
        covered = s.par[0]["patrol_homes_visited_per_hour"] * visit_factor(
            s.person[owner]["flags"] & OVER_60 != 0,
            s.account[owner]["flags"] & REGISTERED != 0,
            s.par[0]["patrol_elder_factor"],
            s.par[0]["patrol_registered_factor"],
        )
    homes = homes_on_beat(s, s.need[n]["community"])
    return find_rate(covered, s.server[server]["patrol_hours"], homes, s.par[0]["calendar_week_hours"])


@inner
def _hours_between(s, start, end):
    if s.par[0]["calendar_round_the_clock"]:
        return (end - start) * 24.0
    shift_start = s.par[0]["calendar_shift_start_hour"]
    return worked_at(s.worked, shift_start, end) - worked_at(s.worked, shift_start, start)


@inner
def _file(s, n, rate, t):
    f = s.find
    f[n]["anchor"] = t
    f[n]["rate"] = rate
    f[n]["due_at"] = math.inf
    if rate > 0.0:
        f[n]["due_at"] = after_working_hours(s, t, f[n]["remaining"] / rate)
        push(s, f[n]["due_at"], EV_FOUND, n, EYES_OF_CADRE)


@inner
def reconsider_finding(s, n, t):
    """Bring the clock of need `n` up to `t` and give it the rate that holds now."""
    f = s.find
    rate = _rate(s, n)
    if rate == f[n]["rate"] or is_known(s, n):
        return
    done = f[n]["rate"] * _hours_between(s, f[n]["anchor"], t)
    f[n]["remaining"] = max(0.0, f[n]["remaining"] - done)
    _file(s, n, rate, t)


@after(need_arisen, 20)
def start_finding(s, n, t):
    """Set the clocks of patrol and of couriers for a need that arises; a flood needs nobody to find it."""
    if s.find.shape[0] == 0 or s.need[n]["owner"] < 0 or s.need[n]["flags"] & CHRONIC:
        return
    key = s.clock[0]["key"]
    owner = s.need[n]["owner"]
    owner_key = s.need[n]["owner_key"]
    ordinal = s.need[n]["ordinal"]
    s.find[n]["remaining"] = exponential(key, PATROL, 0, 0, owner_key, ordinal)
    s.find[n]["next"] = s.own_need[owner]
    s.own_need[owner] = n
    _file(s, n, _rate(s, n), t)
    passing = s.par[0]["patrol_courier_rate_per_day"]
    if passing > 0.0 and s.need[n]["flags"] & PUBLIC:
        wait = exponential(key, COURIER, 0, 0, owner_key, ordinal) / passing
        begins = t
        if not s.par[0]["patrol_courier_by_phone"]:
            begins = max(t, s.community[s.need[n]["community"]]["platform_at"])
        push(s, begins + wait, EV_FOUND, n, EYES_OF_COURIER)


@after(person_registered, 10)
def visit_anew(s, p, t):
    """Reconsider the clocks of a person's needs: they have registered."""
    if s.find.shape[0] == 0:
        return
    n = s.own_need[p]
    while n >= 0:
        reconsider_finding(s, n, t)
        n = s.find[n]["next"]
