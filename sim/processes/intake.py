"""Intake: the first report opens a case; a later one is merged with it, or handled again."""

from sim.compiled import inner
from sim.events import push
from sim.processes.closing import enter_system, reopen, solve, withdraw
from sim.processes.field_service import charge_duplicate, charge_handling, community_works, queue_in_pool
from sim.processes.mutual_aid import ask_neighbours, wants_help
from sim.processes.routing import begin_referral, route
from sim.processes.trust import standard_hours
from sim.processes.workload import after_working_hours, remove
from sim.randomness import MERGE, PATIENCE, REVISIT, exponential, uniform
from sim.state import (
    AT_INTAKE,
    AT_QUEUE,
    AT_SERVICE,
    AT_SHELF,
    BY_DESK,
    DESK,
    EV_DUE,
    EV_INTAKE,
    EV_RENEGE,
    INVESTIGATED,
    LEFT_SYSTEM,
    MODE_QUEUE,
    OPEN,
)


@inner
def _file_patience(s, n, t):
    mean = s.par["staff_patience_days"][0]
    if mean > 0.0:
        wait = mean * exponential(
            s.clock["key"][0],
            PATIENCE,
            s.track["spell"][n],
            0,
            s.need["owner_key"][n],
            s.need["ordinal"][n],
        )
        push(s, t + wait, EV_RENEGE, n, s.track["spell"][n])


@inner
def _take_in(s, n, t):
    s.track["stage"][n] = AT_INTAKE
    done = after_working_hours(s, t, s.par["intake_minutes"][0] / 60.0)
    push(s, done, EV_INTAKE, n, s.track["spell"][n])
    push(s, after_working_hours(s, t, standard_hours(s, n)), EV_DUE, n, s.track["spell"][n])
    _file_patience(s, n, t)


@inner
def open_case(s, n, reporter, channel, t):
    """Open the case of need `n`: somebody has made it known."""
    s.case["reported_at"][n] = t
    s.case["reporter"][n] = reporter
    s.case["channel"][n] = channel
    s.case["status"][n] = OPEN
    s.community["reported"][s.need["community"][n]] += 1
    enter_system(s, n, t)
    if s.par["verification_mode"][0] == MODE_QUEUE:
        s.case["accepted_at"][n] = t
        queue_in_pool(s, n, 0, t)
        _file_patience(s, n, t)
    else:
        _take_in(s, n, t)


@inner
def intake(s, n, spell, t):
    """Finish taking in: answer at the desk, put it to neighbours, or send it on."""
    if s.track["stage"][n] != AT_INTAKE or s.track["spell"][n] != spell:
        return
    charge_handling(s, n, s.par["intake_minutes"][0] / 60.0, t)
    if s.case["accepted_at"][n] != s.case["accepted_at"][n]:
        s.case["accepted_at"][n] = t
        s.community["accepted"][s.need["community"][n]] += 1
    if s.need["flags"][n] & DESK:
        solve(s, n, BY_DESK, t)
    elif wants_help(s, n):
        ask_neighbours(s, n, t)
    else:
        route(s, n, t)


@inner
def renege(s, n, spell, t):
    """Withdraw the case if nobody has responded yet."""
    if s.track["spell"][n] != spell or s.track["flags"][n] & LEFT_SYSTEM:
        return
    if s.case["first_response_at"][n] == s.case["first_response_at"][n]:
        return
    stage = s.track["stage"][n]
    if stage == AT_SERVICE or stage == AT_SHELF:
        return
    if stage == AT_QUEUE:
        remove(s, n)
    withdraw(s, n, t)


@inner
def _visit_hours(s, n):
    """Return the hours of a wasted visit: the first part of the community's work."""
    if not community_works(s, n):
        return 0.0
    work = s.need["work_hours"][n]
    return work if s.need["leg_count"][n] == 0 else work * s.par["referral_shelved_cost_share"][0]


@inner
def take_in_duplicate(s, n, observer_key, occasion, t):
    """Take in a further report of a need already reported.

    The platform notices with some probability that it is the same thing; otherwise it is triaged anew and
    may cost the whole visit again. A report of a withdrawn case, or of one shelved for long, reopens it.
    """
    s.case["duplicates"][n] += 1
    s.community["duplicates"][s.need["community"][n]] += 1
    key = s.clock["key"][0]
    owner_key = s.need["owner_key"][n]
    ordinal = s.need["ordinal"][n]
    if uniform(key, MERGE, occasion, observer_key, owner_key, ordinal) < s.par["intake_merge_probability"][0]:
        charge_duplicate(s, n, s.par["intake_merged_minutes"][0] / 60.0, t)
    else:
        hours = s.par["intake_triage_hours"][0]
        if (
            uniform(key, REVISIT, occasion, observer_key, owner_key, ordinal)
            < s.par["intake_revisit_probability"][0]
        ):
            hours += _visit_hours(s, n)
        charge_duplicate(s, n, hours, t)
    if s.track["stage"][n] == AT_SHELF:
        if t - s.track["queued_at"][n] >= s.par["referral_reopen_after_days"][0]:
            reopen(s, n, t)
            push(s, after_working_hours(s, t, standard_hours(s, n)), EV_DUE, n, s.track["spell"][n])
            if community_works(s, n) and not s.track["flags"][n] & INVESTIGATED:
                route(s, n, t)
            else:
                begin_referral(s, n, t)
    elif s.track["flags"][n] & LEFT_SYSTEM:
        reopen(s, n, t)
        _take_in(s, n, t)


@inner
def due(s, n, spell):
    """Whether the standard of case `n` passes now without a solution."""
    return s.track["spell"][n] == spell and s.case["solved_at"][n] != s.case["solved_at"][n]
