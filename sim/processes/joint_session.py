"""Joint sessions: everybody needed sits down together, where there is room, at the cost of their hours.

Once a week each community has room for some cases. Each takes preparation, then an hour and the way for
everyone who attends, out of the same hours that serve cases.
"""

from sim.compiled import inner
from sim.events import push
from sim.processes.asking import ask, attends
from sim.processes.referral import after_refusal, final_part, next_letter
from sim.processes.units import begin_work
from sim.processes.workload import add_duty, responsible
from sim.state import EV_SESSION, LEG_OPEN


@inner
def _charge_cadre(s, n, t):
    hours = (
        s.par["joint_session_preparation_hours"][0]
        + s.par["joint_session_meeting_hours"][0]
        + s.par["joint_session_travel_hours"][0]
    )
    server = responsible(s, n)
    if server >= 0 and hours > 0.0:
        s.server["hours_sessions"][server] += hours
        s.community["staff_hours_sessions"][s.need["community"][n]] += hours
        s.case["staff_hours"][n] += hours
        add_duty(s, server, t, hours)


@inner
def _charge_officer(s, leg, t):
    u = s.leg["unit"][leg]
    n = s.leg["need"][leg]
    pool = s.unit["pool"][u]
    count = s.pool["server_count"][pool]
    hours = s.par["joint_session_meeting_hours"][0] + s.par["joint_session_travel_hours"][0]
    if count == 0 or hours <= 0.0:
        return
    officer = s.pool["server_start"][pool] + s.unit["next_officer"][u]
    s.unit["next_officer"][u] = (s.unit["next_officer"][u] + 1) % count
    s.server["hours_sessions"][officer] += hours
    s.unit["hours"][u] += hours
    s.case["unit_hours"][n] += hours
    s.community["unit_hours"][s.need["community"][n]] += hours
    add_duty(s, officer, t, hours)


@inner
def hold(s, n, t):
    """Hold the session on case `n`: ask every unit that has not committed; an absent one counts as a refusal."""
    _charge_cadre(s, n, t)
    convened = 1.0 if s.par["joint_session_convener"][0] else 0.0
    parallel = s.par["joint_session_parallel_work"][0]
    start = s.need["leg_start"][n]
    count = s.need["leg_count"][n]
    for leg in range(start, start + count):
        if s.leg["state"][leg] != LEG_OPEN:
            continue
        if not attends(s, leg, t):
            s.leg["asks"][leg] += 1
            s.unit["asks"][s.leg["unit"][leg]] += 1
            s.case["handoffs"][n] += 1
            s.case["bounces"][n] += 1
            continue
        _charge_officer(s, leg, t)
        if ask(s, leg, convened, t) and parallel:
            begin_work(s, leg, t)
    s.track["calls"][n] += 1
    if s.track["committed"][n] < count:
        after_refusal(s, n, t)
    elif parallel:
        final_part(s, n, t)
    else:
        next_letter(s, n, t)


@inner
def weekly_session(s, c, t):
    """Take the cases for which there is room this week, in the order in which they came."""
    places = min(s.par["joint_session_capacity"][0], s.community["session_waiting"][c])
    for _ in range(places):
        n = s.community["session_head"][c]
        s.community["session_head"][c] = s.track["next"][n]
        if s.community["session_head"][c] < 0:
            s.community["session_tail"][c] = -1
        s.community["session_waiting"][c] -= 1
        s.community["session_cases"][c] += 1
        hold(s, n, t)
    push(s, t + 7.0, EV_SESSION, c, 0)
