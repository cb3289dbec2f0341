"""The work of other organisations: an officer takes on a committed part, or it waits for one."""

from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.tables.needs import LEG_COMMITTED, LEG_PROMISED
from sim.engine.tables.run import CLASSES
from sim.engine.tables.staff import SOCIAL_ORGANISATION
from sim.mechanisms.case.closing import first_response
from sim.mechanisms.field_service.closing_on_paper import officer_effort
from sim.mechanisms.moments import officer_comes, unit_work_done
from sim.mechanisms.staff.order_of_work import join_line, take_from_line
from sim.mechanisms.staff.queues_and_hours import (
    at_work,
    become_busy,
    become_idle,
    idle_at_work,
    work_off_debt,
    work_on,
)
from sim.mechanisms.staff.team_load import demand
from sim.rules.unit import load


@inner
def unit_load(s, u):
    """Return the present load of unit `u`."""
    pool = s.unit[u]["pool"]
    officers = s.pool[pool]["server_count"]
    occupied = officers - s.pool[pool]["idle_count"] + s.pool[pool]["waiting"]
    return load(s.unit[u]["background_load"], s.par[0]["units_load_response"], float(occupied), officers)


@inner
def _start(s, officer, leg, t):
    become_busy(s, officer, leg)
    n = s.leg[leg]["need"]
    u = s.leg[leg]["unit"]
    hours = s.leg[leg]["work_hours"] * officer_effort(s, leg, s.unit[u]["pool"], t)
    s.server[officer]["hours_cases"] += hours
    s.unit[u]["hours"] += hours
    s.case[n]["unit_hours"] += hours
    s.community[s.need[n]["community"]]["unit_hours"] += hours
    if s.case[n]["service_started_at"] != s.case[n]["service_started_at"]:
        s.case[n]["service_started_at"] = t
    first_response(s, n, t)
    work_on(s, officer, t, hours)


@inner
def promise(s, leg, t):
    """Enter the unit's commitment to do its part."""
    n = s.leg[leg]["need"]
    s.leg[leg]["state"] = LEG_PROMISED
    s.unit[s.leg[leg]["unit"]]["commitments"] += 1
    s.track[n]["committed"] += 1
    first_response(s, n, t)


@inner
def begin_work(s, leg, t):
    """Give a committed part to an idle officer, or queue it in the unit."""
    pool = s.unit[s.leg[leg]["unit"]]["pool"]
    s.leg[leg]["state"] = LEG_COMMITTED
    demand(s, pool, s.leg[leg]["work_hours"])
    idle = idle_at_work(s, pool, t)
    if idle >= 0:
        _start(s, idle, leg, t)
        return
    join_line(s, s.pool[pool]["queue"] * CLASSES, leg, t)
    s.pool[pool]["waiting"] += 1


@after(officer_comes, 10)
def serve_next_leg(s, officer, t):
    """Let an idle officer turn to sessions that are due, or else to the next committed part."""
    if s.server[officer]["debt"] > 0.0:
        work_off_debt(s, officer, t)
        return
    pool = s.server[officer]["pool"]
    leg = take_from_line(s, s.pool[pool]["queue"] * CLASSES)
    if leg < 0:
        return
    s.pool[pool]["waiting"] -= 1
    _start(s, officer, leg, t)


@after(unit_work_done, 20)
def free_officer(s, officer, _job, t):
    """Free the officer after a job; with a shift running, the next begins at once."""
    become_idle(s, officer)
    if at_work(s, officer, t):
        serve_next_leg(s, officer, t)


@inner
def only_social_organisations(s, n):
    """Whether all other organisations that need `n` takes are social organisations."""
    start = s.need[n]["leg_start"]
    for leg in range(start, start + s.need[n]["leg_count"]):
        if s.unit[s.leg[leg]["unit"]]["kind"] != SOCIAL_ORGANISATION:
            return False
    return True
