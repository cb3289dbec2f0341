"""Routing: to the right desk at once, or to a wrong one first (推诿)."""

from sim.engine.declare import draw, event
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.randomness import uniform
from sim.engine.tables.cases import AT_ROUTING, INVESTIGATED
from sim.engine.tables.needs import CHRONIC
from sim.mechanisms.case.standards import restarts, start_standard
from sim.mechanisms.field_service.field_service import charge_handling, community_works, queue_for_field
from sim.mechanisms.field_service.last_resort import parts_taken_over
from sim.mechanisms.intake.platform_operator import EV_COUNTERSIGNED, countersigned
from sim.mechanisms.moments import case_looked_into
from sim.mechanisms.plural_supply.supply import offered
from sim.mechanisms.referral.referral import join_session, next_letter, session_has_room, working_days

MISROUTE = draw(9, "MISROUTE", ("0", "need", "routing step"))
EV_ROUTE = event(5, "ROUTE", "a misrouted case has come back and is dispatched again")


@on(EV_COUNTERSIGNED, stage=AT_ROUTING)
def begin_referral(s, n, t):
    """Turn to the other organisations: a session where three or more are needed and there is room.

    A case that came back with every other part promised or done needs no session.
    """
    if not countersigned(s, n, t):
        return
    settled = s.track[n]["committed"] + parts_taken_over(s, n)
    committed = s.need[n]["leg_count"] > 0 and settled == s.need[n]["leg_count"]
    if s.need[n]["organisations"] >= 3 and not committed and session_has_room(s, n, t):
        join_session(s, n, False, t)
    else:
        next_letter(s, n, t)


@after(case_looked_into, 20)
def refer(s, n, t):
    """Turn to the other organisations of a case; a flooded market has its own way."""
    if not s.need[n]["flags"] & CHRONIC:
        begin_referral(s, n, t)


@inner
def _arrive(s, n, t):
    if community_works(s, n) and not s.track[n]["flags"] & INVESTIGATED:
        if not offered(s, n, t):
            queue_for_field(s, n, t)
    else:
        begin_referral(s, n, t)


@inner
def route(s, n, t):
    """Send the case on. A misroute comes back after a delay and may go wrong again.

    With probability b at each step, a case is sent 1/(1 − b) times in the mean.
    """
    p = s.par[0]["routing_misroute"]
    if s.par[0]["routing_authority_table"]:
        p = s.par[0]["routing_misroute_with_table"]
    step = s.track[n]["routing_step"]
    s.track[n]["routing_step"] = step + 1
    s.case[n]["handoffs"] += 1
    draw = uniform(s.clock[0]["key"], MISROUTE, step, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
    if draw >= p:
        _arrive(s, n, t)
        return
    s.case[n]["bounces"] += 1
    s.track[n]["stage"] = AT_ROUTING
    charge_handling(s, n, s.par[0]["routing_misroute_hours"], t)
    days = s.par[0]["referral_bounce_delay_days"]
    limit = s.par[0]["standards_send_back_days"]
    if limit >= 0.0:
        days = min(days, limit)
    back = working_days(s, t, days)
    push(s, back, EV_ROUTE, n, s.track[n]["routing_step"])


@on(EV_ROUTE)
def route_again(s, n, step, t):
    """Send on a case that came back from the wrong place."""
    if s.track[n]["stage"] == AT_ROUTING and s.track[n]["routing_step"] == step:
        if s.standard.shape[0] > 0 and restarts(s):
            start_standard(s, n, t)
        route(s, n, t)
