"""Referral: one unit after another, refusals, escalation, shelving; and what follows a commitment.

By letter the community asks a unit, waits until its part is done, and asks the next. What a session
changes is in `sim.processes.joint_session`.
"""

from sim.compiled import inner
from sim.events import push
from sim.processes.asking import ask
from sim.processes.closing import shelve, solve
from sim.processes.field_service import community_works, queue_for_field
from sim.processes.units import begin_work, only_social_organisations
from sim.processes.workload import after_working_hours
from sim.state import (
    AT_REFERRAL,
    AT_SESSION,
    AT_SHELF,
    BY_SESSION,
    BY_SOCIAL,
    BY_UNIT,
    EV_ASK,
    EV_JOIN,
    FIELD_DONE,
    FINAL_PART,
    IN_SESSION,
    LEG_DONE,
    LEG_OPEN,
    LEG_PROMISED,
)

#: The county decides; above it nobody in the model can be asked.
TOP_LEVEL = 2


@inner
def working_days(s, t, days):
    """Return the time `days` working days after `t`."""
    return after_working_hours(s, t, days * s.par["calendar_shift_hours"][0])


@inner
def join_session(s, n, t):
    """Put the case on the waiting list for a place in the weekly session."""
    c = s.need["community"][n]
    s.track["stage"][n] = AT_SESSION
    s.track["queued_at"][n] = t
    s.track["flags"][n] |= IN_SESSION
    s.track["next"][n] = -1
    tail = s.community["session_tail"][c]
    if tail >= 0:
        s.track["next"][tail] = n
    else:
        s.community["session_head"][c] = n
    s.community["session_tail"][c] = n
    s.community["session_waiting"][c] += 1


@inner
def after_refusal(s, n, t):
    """Ask again later, or let the level above ask, or shelve the case: refused at the top."""
    in_session = s.track["flags"][n] & IN_SESSION
    if (
        not in_session
        and s.par["joint_session_enabled"][0]
        and s.need["organisations"][n] == 2
        and s.track["refusals"][n] == 0
    ):
        join_session(s, n, t)
        return
    s.track["refusals"][n] += 1
    asker = s.track["asker"][n]
    allowed = s.par["referral_retries"][0] if asker == 0 else s.par["referral_retries_escalated"][0]
    kind = EV_JOIN if in_session else EV_ASK
    s.track["stage"][n] = AT_REFERRAL
    if s.track["refusals"][n] <= allowed:
        push(s, working_days(s, t, s.par["referral_bounce_delay_days"][0]), kind, n, s.track["spell"][n])
    elif s.par["referral_escalation"][0] and asker < TOP_LEVEL:
        s.track["asker"][n] = asker + 1
        s.track["refusals"][n] = 0
        push(s, working_days(s, t, s.par["referral_escalation_delay_days"][0]), kind, n, s.track["spell"][n])
    else:
        s.track["queued_at"][n] = t
        shelve(s, n, t)


@inner
def finish(s, n, t):
    """Solve the case if everybody needed has done their part."""
    if s.track["legs_done"][n] < s.need["leg_count"][n]:
        return
    if community_works(s, n) and not s.track["flags"][n] & FIELD_DONE:
        return
    solver = BY_UNIT
    if s.track["flags"][n] & IN_SESSION:
        solver = BY_SESSION
    elif only_social_organisations(s, n):
        solver = BY_SOCIAL
    solve(s, n, solver, t)


@inner
def final_part(s, n, t):
    """Let the community do its own part, now that the others are committed or done."""
    if community_works(s, n):
        if not s.track["flags"][n] & FINAL_PART:
            s.track["flags"][n] |= FINAL_PART
            queue_for_field(s, n, t)
    else:
        finish(s, n, t)


@inner
def next_letter(s, n, t):
    """Turn to the next unit whose part is not done: start what it promised, or ask it."""
    start = s.need["leg_start"][n]
    s.track["stage"][n] = AT_REFERRAL
    for leg in range(start, start + s.need["leg_count"][n]):
        state = s.leg["state"][leg]
        if state == LEG_DONE:
            continue
        if state == LEG_PROMISED:
            begin_work(s, leg, t)
        elif state == LEG_OPEN:
            if ask(s, leg, 0.0, t):
                begin_work(s, leg, t)
            else:
                after_refusal(s, n, t)
        return
    final_part(s, n, t)


@inner
def leg_done(s, leg, t):
    """Go on after a unit has done its part."""
    n = s.leg["need"][leg]
    s.leg["state"][leg] = LEG_DONE
    s.unit["delivered"][s.leg["unit"][leg]] += 1
    s.track["legs_done"][n] += 1
    flags = s.track["flags"][n]
    if not flags & IN_SESSION:
        s.track["refusals"][n] = 0
        if s.track["stage"][n] != AT_SHELF:
            next_letter(s, n, t)
        return
    if s.par["joint_session_parallel_work"][0]:
        finish(s, n, t)
    elif s.track["committed"][n] == s.need["leg_count"][n]:
        next_letter(s, n, t)
