"""Routing: to the right desk at once, or to a wrong one first (推诿)."""

from sim.compiled import inner
from sim.events import push
from sim.processes.field_service import charge_handling, community_works, queue_for_field
from sim.processes.referral import join_session, next_letter, working_days
from sim.randomness import MISROUTE, uniform
from sim.state import AT_ROUTING, EV_ROUTE, INVESTIGATED


@inner
def begin_referral(s, n, t):
    """Turn to the other organisations: a session where three or more are needed and there are sessions."""
    if s.par["joint_session_enabled"][0] and s.need["organisations"][n] >= 3:
        join_session(s, n, t)
    else:
        next_letter(s, n, t)


@inner
def _arrive(s, n, t):
    if community_works(s, n) and not s.track["flags"][n] & INVESTIGATED:
        queue_for_field(s, n, t)
    else:
        begin_referral(s, n, t)


@inner
def route(s, n, t):
    """Send the case on. A misroute comes back after a delay and may go wrong again.

    With probability b at each step, a case is sent 1/(1 − b) times in the mean.
    """
    p = s.par["routing_misroute"][0]
    if s.par["routing_authority_table"][0]:
        p = s.par["routing_misroute_with_table"][0]
    step = s.track["routing_step"][n]
    s.track["routing_step"][n] = step + 1
    s.case["handoffs"][n] += 1
    draw = uniform(s.clock["key"][0], MISROUTE, step, 0, s.need["owner_key"][n], s.need["ordinal"][n])
    if draw >= p:
        _arrive(s, n, t)
        return
    s.case["bounces"][n] += 1
    s.track["stage"][n] = AT_ROUTING
    charge_handling(s, n, s.par["routing_misroute_hours"][0], t)
    back = working_days(s, t, s.par["referral_bounce_delay_days"][0])
    push(s, back, EV_ROUTE, n, s.track["routing_step"][n])


@inner
def route_again(s, n, step, t):
    """Send on a case that came back from the wrong place."""
    if s.track["stage"][n] == AT_ROUTING and s.track["routing_step"][n] == step:
        route(s, n, t)
