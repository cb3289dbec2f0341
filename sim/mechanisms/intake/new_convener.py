"""A new convener: on the day somebody begins to convene, what lies on the shelf is called in.

Case by case, in the order in which the needs arose, as far as the list of the session has room; one that
finds none stays on the shelf, until somebody reports it again.
"""

from sim.engine.declare import event
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.tables.cases import AT_SHELF, INVESTIGATED
from sim.mechanisms.case.closing import reopen
from sim.mechanisms.case.standards import resume
from sim.mechanisms.field_service.field_service import community_works
from sim.mechanisms.intake.intake import start_clock
from sim.mechanisms.moments import run_begins
from sim.mechanisms.referral.joint_session import EV_SESSION
from sim.mechanisms.referral.referral import join_session, session_has_room

EV_CONVENE = event(37, "CONVENE", "somebody begins to convene: the next shelved case is called in")


#: A session needs others than the community to sit down.
_SEVERAL = 2


@inner
def _next_start(s):
    """Return when the first session is held: at its usual hour, once somebody convenes."""
    first = s.par[0]["joint_session_weekday"] + s.par[0]["joint_session_hour"] / 24.0
    while first < s.par[0]["joint_session_start_day"]:
        first += 7.0
    return first


@inner
def _can_be_called(s, n, t):
    """Whether need `n` lies on the shelf, takes others to sit down, and finds room on the list."""
    if s.track[n]["stage"] != AT_SHELF or s.need[n]["organisations"] < _SEVERAL:
        return False
    looked_into = s.track[n]["flags"] & INVESTIGATED or not community_works(s, n)
    return looked_into and session_has_room(s, n, t)


@on(EV_CONVENE)
def call_in(s, n, t):
    """Put the next shelved case, from need `n` on, on the list of the session, and file the one after it.

    One case an event, so that an event needs no more room than any other.
    """
    while n < s.need.shape[0] and s.need[n]["arisen_at"] <= t:
        if _can_be_called(s, n, t):
            reopen(s, n, t)
            if not resume(s, n, t):
                start_clock(s, n, t)
            join_session(s, n, False, t)
            push(s, t, EV_CONVENE, n + 1, 0)
            return
        n += 1


@after(run_begins, 40)
def file_sessions(s):
    """File each community's first session, and when somebody begins to convene."""
    if s.par[0]["joint_session_enabled"] and s.par[0]["joint_session_places"] != 0:
        if not s.par[0]["joint_session_on_call"]:
            for c in range(s.community.shape[0]):
                push(s, _next_start(s), EV_SESSION, c, 0)
        if s.par[0]["joint_session_start_day"] > 0.0:
            push(s, s.par[0]["joint_session_start_day"], EV_CONVENE, 0, 0)
