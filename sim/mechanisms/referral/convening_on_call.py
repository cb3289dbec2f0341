"""Convening on call (吹哨报到): the units of one case are called and come within hours, any day of the week.

Which cases come to it, who is asked, by which rule, and what it costs in hours: all as in a session. There is
no weekly slot. With a limit to the calls of a week what finds none waits for the next week's.
"""

from sim.engine.declare import event
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.moments import after
from sim.engine.tables.cases import AT_SESSION
from sim.mechanisms.moments import run_begins
from sim.mechanisms.referral.joint_session import hold
from sim.mechanisms.referral.referral import EV_GATHER, call
from sim.mechanisms.referral.waiting_list import take_next

EV_CALLS = event(42, "CALLS", "a week of calls begins: units are called for the cases that wait")


@after(run_begins, 45)
def begin_to_call(s):
    """Enter how many calls the first week has, and file the next."""
    if not s.par[0]["joint_session_enabled"] or not s.par[0]["joint_session_on_call"]:
        return
    for c in range(s.community.shape[0]):
        s.community[c]["calls_left"] = s.par[0]["joint_session_places"]
        if s.par[0]["joint_session_places"] > 0:
            push(s, 7.0, EV_CALLS, c, 0)


@on(EV_CALLS)
def week_of_calls(s, c, t):
    """Begin the week's calls with the cases that wait, as whoever convenes chooses."""
    push(s, t + 7.0, EV_CALLS, c, 0)
    s.community[c]["calls_left"] = s.par[0]["joint_session_places"]
    for _ in range(min(s.par[0]["joint_session_places"], s.community[c]["session_waiting"])):
        call(s, take_next(s, c, t), t)


@on(EV_GATHER, stage=AT_SESSION)
def gather_units(s, n, t):
    """Ask those who came, as in a session."""
    s.community[s.need[n]["community"]]["session_cases"] += 1
    hold(s, n, t)
