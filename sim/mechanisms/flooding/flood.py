"""A flooded market: every rain is another need of one cause, until the cause is removed.

Water stands until it is pumped out or has gone by itself; only then, and while it stands, do people report
it. Pumping out ends the flood, not the cause. A need of the incident is truly solved when the organisations
of all levels have done their parts; from then on a rain does no harm, and its need is solved as it arises.
"""

from sim.engine.declare import event, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.tables.cases import AT_END, AT_INCIDENT, FIELD_DONE, LEFT_SYSTEM, OPEN, SHELVED, SOLVED
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import CHRONIC
from sim.mechanisms.case.closing import EV_INCIDENT, reopen, solve
from sim.mechanisms.case.incident import incident_of
from sim.mechanisms.intake.routing import begin_referral
from sim.mechanisms.moments import case_looked_into, need_gone

EV_DRAIN = event(25, "DRAIN", "the water has gone by itself")
COMMUNITY.add("prevented", whole("needs solved as they arose, their cause removed before", daily=39))


@inner
def _subside(s, i, t):
    """End the present flood of incident `i`: nobody reports water that has gone."""
    n = s.incident[i]["present"]
    if n >= 0:
        s.incident[i]["water_days"] += t - s.incident[i]["since"]
        s.incident[i]["present"] = -1
        need_gone(s, n)


@inner
def flood(s, n, t):
    """Let rain fall on the market of need `n`; return whether it does harm."""
    i = incident_of(s, n)
    s.incident[i]["rains"] += 1
    if s.incident[i]["fixed_at"] <= t:
        _prevent(s, i, n, t)
        return False
    # Rain on water: one flood goes on, and it is the new one that people report.
    _subside(s, i, t)
    s.incident[i]["present"] = n
    s.incident[i]["since"] = t
    push(s, t + s.par[0]["shocks_flood_days"], EV_DRAIN, n, 0)
    return True


@inner
def _prevent(s, i, n, t):
    """Enter a need that the structural solution prevented: solved at the instant it arises, unreported."""
    c = s.need[n]["community"]
    s.incident[i]["prevented"] += 1
    s.case[n]["status"] = SOLVED
    s.case[n]["solved_by"] = s.case[s.incident[i]["lead"]]["solved_by"]
    s.case[n]["solved_at"] = t
    s.case[n]["closed_at"] = t
    s.track[n]["stage"] = AT_END
    s.community[c]["solved"] += 1
    s.community[c]["closed"] += 1
    s.community[c]["prevented"] += 1


@on(EV_DRAIN)
def drain(s, n, t):
    """End the flood that need `n` is about, if it still stands."""
    i = incident_of(s, n)
    if s.incident[i]["present"] == n:
        _subside(s, i, t)


@after(case_looked_into, 10)
def pumped_out(s, n, t):
    """Go on after the market has been pumped out for need `n`: its cause is one case, however often it rains.

    The first need so found leads: it is referred. A later one waits for it and takes it off the shelf.
    """
    if not s.need[n]["flags"] & CHRONIC:
        return
    i = incident_of(s, n)
    _subside(s, i, t)
    lead = s.incident[i]["lead"]
    if s.incident[i]["fixed_at"] <= t:
        s.track[n]["flags"] |= FIELD_DONE
        solve(s, n, s.case[lead]["solved_by"], t)
    elif lead < 0 or lead == n or s.track[lead]["flags"] & LEFT_SYSTEM:
        s.incident[i]["lead"] = n
        begin_referral(s, n, t)
    else:
        s.track[n]["stage"] = AT_INCIDENT
        s.track[n]["next"] = s.incident[i]["followers"]
        s.incident[i]["followers"] = n
        if s.case[lead]["status"] == SHELVED:
            s.incident[i]["reopened"] += 1
            reopen(s, lead, t)
            begin_referral(s, lead, t)


@on(EV_INCIDENT)
def follow(s, n, t):
    """Let all needs that wait for need `n` go its way: solved with it, shelved with it, reopened with it."""
    i = incident_of(s, n)
    if s.incident[i]["lead"] != n:
        return
    status = s.case[n]["status"]
    if status == SOLVED:
        s.incident[i]["fixed_at"] = t
        _subside(s, i, t)
    q = s.incident[i]["followers"]
    while q >= 0:
        if s.track[q]["stage"] == AT_INCIDENT:
            if status == SOLVED:
                solve(s, q, s.case[n]["solved_by"], t)
            elif status == SHELVED and s.case[q]["status"] == OPEN:
                s.case[q]["status"] = SHELVED
                s.community[s.need[q]["community"]]["shelved"] += 1
            elif status == OPEN and s.case[q]["status"] == SHELVED:
                s.case[q]["status"] = OPEN
                s.case[q]["reopened"] += 1
        q = s.track[q]["next"]
