"""Who operates the platform: government with its cadres, or a partner with people of its own.

A partner spares the cadres the minutes of triage and moderation; what it routes into a government unit waits
for the government's signature. Its minutes are paid, and booked, as its own.
"""

from sim.engine.declare import event, number
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.tables.cases import AT_ROUTING, COUNTERSIGNED
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import LEG_DONE
from sim.engine.tables.staff import BUREAU
from sim.mechanisms.field_service.field_service import charge_duplicate, charge_handling
from sim.mechanisms.platform.adoption import platform_runs
from sim.mechanisms.staff.queues_and_hours import after_working_hours

EV_COUNTERSIGNED = event(36, "COUNTERSIGNED", "government has signed: a partner's case goes to units")
COMMUNITY.add("partner_hours", number("hours of the partner that operates the platform", "hours", daily=49))


@inner
def _charge_partner(s, n, hours):
    c = s.need[n]["community"]
    s.case[n]["unit_hours"] += hours
    s.community[c]["unit_hours"] += hours
    s.community[c]["partner_hours"] += hours


@inner
def partner_serves(s, n, t):
    """Whether a partner takes in and moderates reports of need `n` now."""
    return s.par[0]["operation_partner"] and platform_runs(s, s.need[n]["community"], t)


@inner
def charge_operator(s, n, hours, later, t):
    """Charge whoever operates the platform with taking in a report, the first or a `later` one."""
    if partner_serves(s, n, t):
        _charge_partner(s, n, hours)
    elif later:
        charge_duplicate(s, n, hours, t)
    else:
        charge_handling(s, n, hours, t)


@inner
def countersigned(s, n, t):
    """Return whether the case may go to units now; if it needs a signature first, file when it has it."""
    wait = s.par[0]["operation_countersign_days"]
    if wait <= 0.0 or not partner_serves(s, n, t) or s.track[n]["flags"] & COUNTERSIGNED:
        return True
    start = s.need[n]["leg_start"]
    for leg in range(start, start + s.need[n]["leg_count"]):
        if s.unit[s.leg[leg]["unit"]]["kind"] == BUREAU and s.leg[leg]["state"] != LEG_DONE:
            s.track[n]["flags"] |= COUNTERSIGNED
            s.track[n]["stage"] = AT_ROUTING
            ready = after_working_hours(s, t, wait * s.par[0]["calendar_shift_hours"])
            push(s, ready, EV_COUNTERSIGNED, n, s.track[n]["spell"])
            return False
    return True
