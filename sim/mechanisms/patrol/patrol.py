"""Patrol ("iron soles"): hours walked, and what is found on the way.

A cadre who owns a grid walks it for some hours a week. They fall due at the start of each shift, in
proportion to its length, and are worked off before the next case: the same hours serve either. What patrol or
a courier finds enters as a case that nobody asked for; those who see it may still report it.
"""

from sim.engine.declare import event, number, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.tables.cases import BY_APP, BY_PHONE, EYES_OF_CADRE
from sim.engine.tables.communities import COMMUNITY
from sim.mechanisms.intake.intake import open_case
from sim.mechanisms.moments import need_made_known, run_begins
from sim.mechanisms.patrol.discovery_clocks import EV_FOUND, is_known, reconsider_finding
from sim.mechanisms.platform.adoption import platform_runs
from sim.mechanisms.staff.queues_and_hours import add_duty

EV_PATROL = event(33, "PATROL", "the day's walk of a community's grid workers falls due")
COMMUNITY.add("staff_hours_patrol", number("staff hours walked", "hours", daily=43))
COMMUNITY.add("found", whole("needs found on patrol", daily=41))
COMMUNITY.add("found_by_couriers", whole("needs found by couriers", daily=42))


#: No channel: nobody reported it.
NO_CHANNEL = -1


@after(run_begins, 30)
def begin_patrol(s):
    """File the first walk of each community, where anybody walks."""
    if s.par[0]["patrol_hours_per_week"] <= 0.0:
        return
    start = 0.0
    if not s.par[0]["calendar_round_the_clock"]:
        start = s.par[0]["calendar_shift_start_hour"] / 24.0
    for c in range(s.community.shape[0]):
        push(s, start, EV_PATROL, c, 0)


@on(EV_PATROL)
def walk(s, c, t):
    """Charge the day's walk to each cadre of community `c` who owns a grid."""
    day = int(t)
    today = 24.0
    if not s.par[0]["calendar_round_the_clock"]:
        today = s.worked[day + 1] - s.worked[day]
    start = s.pool[s.community[c]["pool"]]["server_start"]
    for server in range(start, start + s.community[c]["owners"]):
        hours = s.server[server]["patrol_hours"] * today / s.par[0]["calendar_week_hours"]
        if hours > 0.0:
            s.server[server]["hours_patrol"] += hours
            s.community[c]["staff_hours_patrol"] += hours
            add_duty(s, server, t, hours)
    push(s, t + 1.0, EV_PATROL, c, 0)


@on(EV_FOUND)
def found(s, n, eyes, t):
    """Open the case of a need that nobody has reported, unless the clock was set anew since."""
    if is_known(s, n):
        return
    if eyes == EYES_OF_CADRE and s.find[n]["due_at"] != t:
        return
    c = s.need[n]["community"]
    s.case[n]["found_by"] = eyes
    if eyes == EYES_OF_CADRE:
        s.community[c]["found"] += 1
        open_case(s, n, -1, NO_CHANNEL, t)
    else:
        s.community[c]["found_by_couriers"] += 1
        by_app = s.par[0]["platform_enabled"] and platform_runs(s, c, t)
        open_case(s, n, -1, BY_APP if by_app else BY_PHONE, t)
    need_made_known(s, n, t)


@inner
def set_patrol_hours(s, server, hours, t):
    """Let a cadre walk for other hours a week from `t` on; the clocks of the beat follow."""
    s.server[server]["patrol_hours"] = hours
    c = s.pool[s.server[server]["pool"]]["community"]
    for n in range(s.clock[0]["cursor"]):
        if s.need[n]["community"] == c and s.need[n]["owner"] >= 0:
            reconsider_finding(s, n, t)
