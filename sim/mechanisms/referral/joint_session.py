"""Joint sessions: everybody needed sits down together, where there is room, at the cost of their hours.

Once a week each community has room for some cases. Each takes preparation, then an hour and the way for
everyone who attends, out of the same hours that serve cases.
"""

from sim.engine.declare import event, number, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import LEG_OPEN
from sim.mechanisms.field_service.last_resort import parts_taken_over, take_over_refused
from sim.mechanisms.referral.acceptance import ask, attends
from sim.mechanisms.referral.referral import after_refusal, final_part, next_letter
from sim.mechanisms.referral.unit_work import begin_work
from sim.mechanisms.referral.waiting_list import take_next
from sim.mechanisms.staff.queues_and_hours import add_duty, days_until_worked, responsible
from sim.rules.cadre import leaves_out

EV_SESSION = event(10, "SESSION", "the weekly session: units are asked together")
COMMUNITY.add("staff_hours_sessions", number("staff hours in sessions", "hours", daily=13))
COMMUNITY.add("session_cases", whole("cases called in sessions", daily=11))


@inner
def _charge_cadre(s, n, t):
    hours = (
        s.par[0]["joint_session_preparation_hours"]
        + s.par[0]["joint_session_meeting_hours"]
        + s.par[0]["joint_session_travel_hours"]
    )
    server = responsible(s, n)
    if server >= 0 and hours > 0.0:
        s.server[server]["hours_sessions"] += hours
        s.community[s.need[n]["community"]]["staff_hours_sessions"] += hours
        s.case[n]["staff_hours"] += hours
        add_duty(s, server, t, hours)


@inner
def _charge_officer(s, leg, t):
    u = s.leg[leg]["unit"]
    n = s.leg[leg]["need"]
    pool = s.unit[u]["pool"]
    count = s.pool[pool]["server_count"]
    hours = s.par[0]["joint_session_meeting_hours"] + s.par[0]["joint_session_travel_hours"]
    if count == 0 or hours <= 0.0:
        return
    officer = s.pool[pool]["server_start"] + s.unit[u]["next_officer"]
    s.unit[u]["next_officer"] = (s.unit[u]["next_officer"] + 1) % count
    s.server[officer]["hours_sessions"] += hours
    s.unit[u]["hours"] += hours
    s.case[n]["unit_hours"] += hours
    s.community[s.need[n]["community"]]["unit_hours"] += hours
    add_duty(s, officer, t, hours)


@inner
def _comes(s, leg, t):
    """Return whether the unit of a part comes, at the cost of an officer's hours. Absent is refused."""
    if attends(s, leg, t):
        _charge_officer(s, leg, t)
        return True
    n = s.leg[leg]["need"]
    s.leg[leg]["asks"] += 1
    s.unit[s.leg[leg]["unit"]]["asks"] += 1
    s.case[n]["handoffs"] += 1
    s.case[n]["bounces"] += 1
    return False


@inner
def hold(s, n, t):
    """Hold the session on case `n`: ask every unit not yet committed.

    A unit that stayed away too often is left out: it is asked by telephone, without a convener's weight and
    at no hours, and is called again once it has taken a part on.
    """
    _charge_cadre(s, n, t)
    convened = 1.0 if s.par[0]["joint_session_convener"] else 0.0
    links = s.par[0]["joint_session_convener_links"] if s.par[0]["joint_session_convener"] else 0
    parallel = s.par[0]["joint_session_parallel_work"]
    start = s.need[n]["leg_start"]
    count = s.need[n]["leg_count"]
    for leg in range(start, start + count):
        if s.leg[leg]["state"] != LEG_OPEN:
            continue
        u = s.leg[leg]["unit"]
        if leaves_out(s.unit[u]["missed"], s.par[0]["joint_session_leave_out_after"]):
            committed = ask(s, leg, 0.0, 0, t)
            if committed:
                s.unit[u]["missed"] = 0
        else:
            committed = _comes(s, leg, t) and ask(s, leg, convened, links, t)
        if committed and parallel:
            begin_work(s, leg, t)
    s.track[n]["calls"] += 1
    take_over_refused(s, n)
    if s.track[n]["committed"] + parts_taken_over(s, n) < count:
        after_refusal(s, n, t)
    elif parallel:
        final_part(s, n, t)
    else:
        next_letter(s, n, t)


@on(EV_SESSION)
def weekly_session(s, c, moved, t):
    """Take the cases for which there is room this week, as whoever convenes chooses.

    A session that falls on a holiday is held at the same hour of the next working day.
    """
    if not moved:
        push(s, t + 7.0, EV_SESSION, c, 0)
        later = days_until_worked(s, t)
        if later > 0:
            push(s, t + later, EV_SESSION, c, 1)
            return
    places = min(s.par[0]["joint_session_places"], s.community[c]["session_waiting"])
    for _ in range(places):
        n = take_next(s, c, t)
        s.community[c]["session_cases"] += 1
        hold(s, n, t)
