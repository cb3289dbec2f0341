"""The loop: from one event to the next, a day at a time.

`advance` returns between days, or earlier when an array must grow; progress, cancellation and a model's
`step` live in that seam. What happens at each kind of event is in `sim.processes`.
"""

import math

from sim.compiled import entry, inner
from sim.events import drop_first, open_day, push, room
from sim.processes.adoption import (
    adopt,
    begin_account,
    change_campaign,
    lapse,
    mean_field_adopt,
    mean_field_next,
    meet_cadre,
    start_campaigns,
)
from sim.processes.closing import chase, solve
from sim.processes.field_service import free_cadre, queue_in_pool, serve_next, spill
from sim.processes.intake import due, intake, renege
from sim.processes.joint_session import weekly_session
from sim.processes.mutual_aid import helped
from sim.processes.referral import finish, join_session, leg_done, next_letter
from sim.processes.reporting import arise, report
from sim.processes.routing import begin_referral, route, route_again
from sim.processes.trust import judge, set_trust
from sim.processes.units import free_officer, serve_next_leg
from sim.randomness import FEEDBACK, uniform
from sim.state import (
    AT_HELPER,
    AT_REFERRAL,
    BY_CADRE,
    COMPLETE,
    EV_ADOPT,
    EV_ASK,
    EV_CAMPAIGN,
    EV_CHASE,
    EV_DUE,
    EV_HELPED,
    EV_INTAKE,
    EV_JOIN,
    EV_LAPSE,
    EV_RENEGE,
    EV_REPORT,
    EV_ROUTE,
    EV_SERVER_FREE,
    EV_SESSION,
    EV_SHIFT,
    EV_SPILL,
    EV_UNMATCHED,
    FIELD_DONE,
    INVESTIGATED,
    MODE_ADOPTION,
    MODE_QUEUE,
    NO_JOB,
)

#: What `advance` returns.
DONE, GROW, FAULT = range(3)


@inner
def _visit_done(s, n, t):
    """Go on after a cadre has worked on need `n`."""
    if s.par["verification_mode"][0] == MODE_QUEUE:
        _queue_pass_done(s, n, t)
        return
    meet_cadre(s, s.case["reporter"][n], n, t)
    if s.need["leg_count"][n] == 0:
        s.track["flags"][n] |= FIELD_DONE
        solve(s, n, BY_CADRE, t)
    elif not s.track["flags"][n] & INVESTIGATED:
        s.track["flags"][n] |= INVESTIGATED
        begin_referral(s, n, t)
    else:
        s.track["flags"][n] |= FIELD_DONE
        finish(s, n, t)


@inner
def _queue_pass_done(s, n, t):
    """In the verification queue: come back, go on to the second stage, or leave."""
    passes = s.track["passes"][n]
    first_stage = s.track["routing_step"][n] == 0
    s.track["passes"][n] = passes + 1
    draw = 1.0
    if first_stage and s.par["verification_feedback"][0] > 0.0:
        draw = uniform(s.clock["key"][0], FEEDBACK, passes, 0, s.need["owner_key"][n], s.need["ordinal"][n])
    if draw < s.par["verification_feedback"][0]:
        queue_in_pool(s, n, 0, t)
    elif first_stage and s.pool.shape[0] > 1:
        s.track["routing_step"][n] = 1
        queue_in_pool(s, n, 1, t)
    else:
        solve(s, n, BY_CADRE, t)


@inner
def _free(s, server, t):
    job = s.server["job"][server]
    if s.pool["unit"][s.server["pool"][server]] >= 0:
        if job >= 0:
            leg_done(s, job, t)
        free_officer(s, server, t)
    else:
        if job >= 0:
            _visit_done(s, job, t)
        free_cadre(s, server, t)


@inner
def _start_shift(s, t):
    """Let everybody who is idle when a shift starts turn to what waits."""
    for pool in range(s.pool.shape[0]):
        start = s.pool["server_start"][pool]
        for server in range(start, start + s.pool["server_count"][pool]):
            if s.server["job"][server] == NO_JOB:
                if s.pool["unit"][pool] >= 0:
                    serve_next_leg(s, server, t)
                else:
                    serve_next(s, server, t)


@inner
def _handle(s, kind, i, j, t):
    """Hand one event to its mechanism."""
    if kind == EV_REPORT:
        report(s, i, t)
    elif kind == EV_SERVER_FREE:
        _free(s, i, t)
    elif kind == EV_ADOPT:
        if j == 1:
            mean_field_adopt(s, i, t)
        else:
            adopt(s, i, t)
    elif kind == EV_INTAKE:
        intake(s, i, j, t)
    elif kind == EV_DUE:
        if due(s, i, j):
            judge(s, i, 0.0, t)
    elif kind == EV_RENEGE:
        renege(s, i, j, t)
    elif kind == EV_LAPSE:
        lapse(s, i, t)
    elif kind == EV_SPILL:
        spill(s, i, j, t)
    elif kind == EV_ASK:
        if s.track["stage"][i] == AT_REFERRAL and s.track["spell"][i] == j:
            next_letter(s, i, t)
    elif kind == EV_JOIN:
        if s.track["stage"][i] == AT_REFERRAL and s.track["spell"][i] == j:
            join_session(s, i, t)
    elif kind == EV_ROUTE:
        route_again(s, i, j, t)
    elif kind == EV_SESSION:
        weekly_session(s, i, t)
    elif kind == EV_HELPED:
        helped(s, i, j, t)
    elif kind == EV_UNMATCHED:
        if s.track["stage"][i] == AT_HELPER and s.track["spell"][i] == j:
            route(s, i, t)
    elif kind == EV_CHASE:
        chase(s, i, j, t)
    elif kind == EV_SHIFT:
        _start_shift(s, t)
    elif kind == EV_CAMPAIGN:
        change_campaign(s, j, t)


@inner
def _keep(daily, community, day, c):
    daily["arisen"][day, c] = community["arisen"][c]
    daily["reported"][day, c] = community["reported"][c]
    daily["duplicates"][day, c] = community["duplicates"][c]
    daily["accepted"][day, c] = community["accepted"][c]
    daily["closed"][day, c] = community["closed"][c]
    daily["solved"][day, c] = community["solved"][c]
    daily["withdrawn"][day, c] = community["withdrawn"][c]
    daily["shelved"][day, c] = community["shelved"][c]
    daily["open_cases"][day, c] = community["open_cases"][c]
    daily["session_waiting"][day, c] = community["session_waiting"][c]
    daily["session_cases"][day, c] = community["session_cases"][c]
    daily["staff_hours_cases"][day, c] = community["staff_hours_cases"][c]
    daily["staff_hours_sessions"][day, c] = community["staff_hours_sessions"][c]
    daily["staff_hours_duplicates"][day, c] = community["staff_hours_duplicates"][c]
    daily["staff_hours_chasing"][day, c] = community["staff_hours_chasing"][c]
    daily["staff_hours_handling"][day, c] = community["staff_hours_handling"][c]
    daily["unit_hours"][day, c] = community["unit_hours"][c]
    daily["volunteer_hours"][day, c] = community["volunteer_hours"][c]
    daily["registered"][day, c] = community["registered"][c]
    daily["active"][day, c] = community["active"][c]
    daily["trust_sum"][day, c] = community["trust_sum"][c]


@inner
def _close_day(s):
    """Keep what the daily series shows of each community."""
    day = s.clock["day"][0]
    for c in range(s.community.shape[0]):
        _keep(s.daily, s.community, day, c)
    s.clock["day_open"][0] = 0
    s.clock["day"][0] = day + 1
    s.clock["time"][0] = day + 1.0


@entry
def begin(s):
    """File what is known to come at time 0: shifts, sessions, campaigns, thresholds for registering."""
    days = int(s.clock["days"][0])
    if not s.par["calendar_round_the_clock"][0]:
        for day in range(days):
            if s.worked[day + 1] > s.worked[day]:
                push(s, day + s.par["calendar_shift_start_hour"][0] / 24.0, EV_SHIFT, 0, 0)
    if s.par["joint_session_enabled"][0] and s.par["joint_session_capacity"][0] > 0:
        first = s.par["joint_session_weekday"][0] + s.par["joint_session_hour"][0] / 24.0
        for c in range(s.community.shape[0]):
            push(s, first, EV_SESSION, c, 0)
    if s.par["verification_mode"][0] == MODE_ADOPTION and s.par["verification_network"][0] == COMPLETE:
        mean_field_next(s, 0.0)
        return
    if s.par["platform_enabled"][0]:
        start_campaigns(s)
        for p in range(s.account.shape[0]):
            begin_account(s, p)


@entry
def change_trust(s, p, value):
    """Set a person's trust from outside, with all that follows from it."""
    set_trust(s, p, value, s.clock["time"][0])


@entry
def advance(s, until):
    """Run the community to the start of day `until`.

    Returns
    -------
    int
        `DONE`; `GROW` if the event arrays must grow first; `FAULT` if something ran out of room.
    """
    need = s.need
    arrivals = need.shape[0]
    while s.clock["day"][0] < until:
        if not s.clock["day_open"][0]:
            if not open_day(s, s.clock["day"][0]):
                return GROW
            s.clock["day_open"][0] = 1
        end = s.clock["day"][0] + 1.0
        while True:
            if not room(s):
                return GROW
            cursor = s.clock["cursor"][0]
            arrival = need["arisen_at"][cursor] if cursor < arrivals else math.inf
            waiting = s.clock["heap_size"][0]
            if waiting > 0 and s.heap["time"][0] <= arrival:
                t = s.heap["time"][0]
                kind, i, j = s.heap["kind"][0], s.heap["entity"][0], s.heap["ordinal"][0]
                drop_first(s)
                s.clock["time"][0] = t
                _handle(s, kind, i, j, t)
            elif arrival < end:
                s.clock["cursor"][0] = cursor + 1
                s.clock["time"][0] = arrival
                arise(s, cursor, arrival)
            else:
                break
            s.clock["events"][0] += 1
            if s.clock["fault"][0]:
                return FAULT
        _close_day(s)
    return DONE
