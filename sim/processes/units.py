"""The work of other organisations: an officer takes on a committed part, or it waits for one."""

from sim.agents.unit import load
from sim.compiled import inner
from sim.processes.closing import first_response
from sim.processes.workload import become_busy, become_idle, staff_at_work, work_off_debt, work_on
from sim.state import CLASSES, LEG_COMMITTED, LEG_PROMISED, SOCIAL_ORGANISATION


@inner
def unit_load(s, u):
    """Return the present load of unit `u`."""
    pool = s.unit["pool"][u]
    officers = s.pool["server_count"][pool]
    occupied = officers - s.pool["idle_count"][pool] + s.pool["waiting"][pool]
    return load(s.unit["background_load"][u], s.par["units_load_response"][0], float(occupied), officers)


@inner
def _start(s, officer, leg, t):
    become_busy(s, officer, leg)
    n = s.leg["need"][leg]
    u = s.leg["unit"][leg]
    hours = s.leg["work_hours"][leg]
    s.server["hours_cases"][officer] += hours
    s.unit["hours"][u] += hours
    s.case["unit_hours"][n] += hours
    s.community["unit_hours"][s.need["community"][n]] += hours
    if s.case["service_started_at"][n] != s.case["service_started_at"][n]:
        s.case["service_started_at"][n] = t
    first_response(s, n, t)
    work_on(s, officer, t, hours)


@inner
def promise(s, leg, t):
    """Enter the unit's commitment to do its part."""
    n = s.leg["need"][leg]
    s.leg["state"][leg] = LEG_PROMISED
    s.unit["commitments"][s.leg["unit"][leg]] += 1
    s.track["committed"][n] += 1
    first_response(s, n, t)


@inner
def begin_work(s, leg, t):
    """Give a committed part to an idle officer, or queue it in the unit."""
    pool = s.unit["pool"][s.leg["unit"][leg]]
    s.leg["state"][leg] = LEG_COMMITTED
    idle = s.pool["idle_head"][pool]
    if idle >= 0 and staff_at_work(s, t):
        _start(s, idle, leg, t)
        return
    at = s.pool["queue"][pool] * CLASSES
    tail = s.line["tail"][at]
    s.leg["next"][leg] = -1
    if tail >= 0:
        s.leg["next"][tail] = leg
    else:
        s.line["head"][at] = leg
    s.line["tail"][at] = leg
    s.line["length"][at] += 1
    s.pool["waiting"][pool] += 1


@inner
def serve_next_leg(s, officer, t):
    """Let an idle officer turn to sessions that are due, or else to the next committed part."""
    if s.server["debt"][officer] > 0.0:
        work_off_debt(s, officer, t)
        return
    pool = s.server["pool"][officer]
    at = s.pool["queue"][pool] * CLASSES
    leg = s.line["head"][at]
    if leg < 0:
        return
    s.line["head"][at] = s.leg["next"][leg]
    if s.line["head"][at] < 0:
        s.line["tail"][at] = -1
    s.line["length"][at] -= 1
    s.pool["waiting"][pool] -= 1
    _start(s, officer, leg, t)


@inner
def free_officer(s, officer, t):
    """Free the officer after a job; with a shift running, the next begins at once."""
    become_idle(s, officer)
    if staff_at_work(s, t):
        serve_next_leg(s, officer, t)


@inner
def only_social_organisations(s, n):
    """Whether all other organisations that need `n` takes are social organisations."""
    start = s.need["leg_start"][n]
    for leg in range(start, start + s.need["leg_count"][n]):
        if s.unit["kind"][s.leg["unit"][leg]] != SOCIAL_ORGANISATION:
            return False
    return True
