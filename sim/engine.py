"""The loop: from one event to the next, a day at a time.

`advance` returns between days, or earlier when an array must grow; progress, cancellation and a model's
`step` live in that seam. What happens at each kind of event is in `sim.processes`.
"""

import math

from sim.compiled import inner
from sim.daily import keep
from sim.events import AHEAD, fetch_arrival, next_time, open_day, push, room, take
from sim.handle import state_entry
from sim.processes.adoption import (
    adopt,
    begin_account,
    change_campaign,
    cost_now,
    lapse,
    mean_field_adopt,
    mean_field_next,
    meet_cadre,
    prolong,
    start_campaigns,
)
from sim.processes.charity_sale import NOBODY, hold_sale, paid_help, pool_pays
from sim.processes.clocks import scale_person
from sim.processes.closing import chase, conclude, solve
from sim.processes.convening import call_in, next_start
from sim.processes.decision import carried_out
from sim.processes.deliberation import hold_council
from sim.processes.demanded import close_team_day, recent_load
from sim.processes.donation import appeal, next_appeal
from sim.processes.field_service import begin_duty, free_cadre, hand_over, queue_in_pool, serve_next, spill
from sim.processes.flood import drain, follow, pumped_out
from sim.processes.intake import apply_for_time, call_back, due, intake, renege
from sim.processes.joint_session import weekly_session
from sim.processes.menu import file_menu, learn_menu
from sim.processes.mobilisation import mobilise
from sim.processes.mutual_aid import helped
from sim.processes.patrol import begin_patrol, found, set_patrol_hours, walk
from sim.processes.plural import supply, weeks_promised
from sim.processes.points import redeem
from sim.processes.referral import finish, join_session, leg_done, letter_answered, next_letter
from sim.processes.reporting import arise, report
from sim.processes.rollout import file_launches, launch
from sim.processes.routing import begin_referral, route, route_again
from sim.processes.shortage import begin_shortage, run_short
from sim.processes.standing_pair import file_visit, visit
from sim.processes.ties import fade
from sim.processes.trust import concerned, set_trust
from sim.processes.units import free_officer, serve_next_leg
from sim.processes.visits import note_end
from sim.processes.workload import away, come_or_go
from sim.randomness import FEEDBACK, uniform
from sim.state import (
    AT_HELPER,
    AT_REFERRAL,
    AT_ROUTING,
    BY_CADRE,
    CHRONIC,
    COMPLETE,
    EV_ADOPT,
    EV_ANSWER,
    EV_APPEAL,
    EV_ASK,
    EV_CALL_BACK,
    EV_CAMPAIGN,
    EV_CARRIED,
    EV_CHASE,
    EV_CONVENE,
    EV_COUNCIL,
    EV_COUNTERSIGNED,
    EV_DRAIN,
    EV_DUE,
    EV_DUTY,
    EV_EXTEND,
    EV_FOUND,
    EV_HELPED,
    EV_INCIDENT,
    EV_INTAKE,
    EV_JOIN,
    EV_LAPSE,
    EV_LAUNCH,
    EV_MENU,
    EV_MOBILISE,
    EV_PATROL,
    EV_REDEEM,
    EV_RENEGE,
    EV_REPORT,
    EV_ROUTE,
    EV_SALE,
    EV_SERVER_FREE,
    EV_SESSION,
    EV_SHIFT,
    EV_SHORT,
    EV_SPILL,
    EV_SUPPLY,
    EV_TIE_END,
    EV_UNMATCHED,
    EV_VISIT,
    FIELD_DONE,
    INVESTIGATED,
    MODE_ADOPTION,
    MODE_QUEUE,
    NO_JOB,
    ON_PAPER,
)

#: What `advance` returns.
DONE, GROW, FAULT = range(3)


@inner
def _visit_done(s, n, t):
    """Go on after a cadre has worked on need `n`."""
    if s.par[0]["verification_mode"] == MODE_QUEUE:
        _queue_pass_done(s, n, t)
        return
    if not s.track[n]["flags"] & ON_PAPER:
        meet_cadre(s, concerned(s, n), n, t)
    if s.need[n]["leg_count"] == 0:
        s.track[n]["flags"] |= FIELD_DONE
        conclude(s, n, BY_CADRE, t)
    elif not s.track[n]["flags"] & INVESTIGATED:
        s.track[n]["flags"] |= INVESTIGATED
        if s.need[n]["flags"] & CHRONIC:
            pumped_out(s, n, t)
        else:
            begin_referral(s, n, t)
    else:
        s.track[n]["flags"] |= FIELD_DONE
        finish(s, n, t)


@inner
def _queue_pass_done(s, n, t):
    """In the verification queue: come back, go on to the second stage, or leave."""
    passes = s.track[n]["passes"]
    first_stage = s.track[n]["routing_step"] == 0
    s.track[n]["passes"] = passes + 1
    draw = 1.0
    if first_stage and s.par[0]["verification_feedback"] > 0.0:
        draw = uniform(s.clock[0]["key"], FEEDBACK, passes, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
    if draw < s.par[0]["verification_feedback"]:
        queue_in_pool(s, n, 0, t)
    elif first_stage and s.pool.shape[0] > 1:
        s.track[n]["routing_step"] = 1
        queue_in_pool(s, n, 1, t)
    else:
        solve(s, n, BY_CADRE, t)


@inner
def _free(s, server, t):
    job = s.server[server]["job"]
    if s.pool[s.server[server]["pool"]]["unit"] >= 0:
        if job >= 0:
            leg_done(s, job, t)
        free_officer(s, server, t)
    else:
        if job >= 0:
            note_end(s, server, job, t)
            _visit_done(s, job, t)
        free_cadre(s, server, t)


@inner
def _start_shift(s, t):
    """Let everybody who is idle when a shift starts turn to what waits."""
    for pool in range(s.pool.shape[0]):
        if s.pool[pool]["home"] >= 0:
            continue
        start = s.pool[pool]["server_start"]
        if start < s.attendance.shape[0]:
            hand_over(s, pool)
        for server in range(start, start + s.pool[pool]["server_count"]):
            come_or_go(s, server, t)
            if s.server[server]["job"] == NO_JOB and not away(s, server, t):
                if s.pool[pool]["unit"] >= 0:
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
        due(s, i, j, t)
    elif kind == EV_RENEGE:
        renege(s, i, j, t)
    elif kind == EV_LAPSE:
        lapse(s, i, t)
    elif kind == EV_SPILL:
        spill(s, i, j, t)
    elif kind == EV_ASK:
        if s.track[i]["stage"] == AT_REFERRAL and s.track[i]["spell"] == j:
            next_letter(s, i, t)
    elif kind == EV_JOIN:
        if s.track[i]["stage"] == AT_REFERRAL and s.track[i]["spell"] == j:
            join_session(s, i, True, t)
    elif kind == EV_ROUTE:
        route_again(s, i, j, t)
    elif kind == EV_SESSION:
        weekly_session(s, i, j, t)
    elif kind == EV_HELPED:
        if j == NOBODY:
            paid_help(s, i, t)
        else:
            helped(s, i, j, t)
    elif kind == EV_UNMATCHED:
        if s.track[i]["stage"] == AT_HELPER and s.track[i]["spell"] == j and not pool_pays(s, i, t):
            route(s, i, t)
    elif kind == EV_CHASE:
        chase(s, i, j, t)
    elif kind == EV_SHIFT:
        _start_shift(s, t)
    elif kind == EV_CAMPAIGN:
        change_campaign(s, j, t)
    elif kind == EV_SUPPLY:
        supply(s, i, j, t)
    elif kind == EV_DRAIN:
        drain(s, i, t)
    elif kind == EV_INCIDENT:
        follow(s, i, t)
    elif kind == EV_MOBILISE:
        mobilise(s, i, t)
    elif kind == EV_DUTY:
        begin_duty(s, t)
    elif kind == EV_EXTEND:
        apply_for_time(s, i, j, t)
    elif kind == EV_ANSWER and s.track[i]["stage"] == AT_REFERRAL and s.track[i]["spell"] == j:
        letter_answered(s, i, t)
    elif kind == EV_COUNCIL:
        hold_council(s, i, t)
    elif kind == EV_CARRIED:
        carried_out(s, i, j, t)
    elif kind == EV_PATROL:
        walk(s, i, t)
    elif kind == EV_FOUND:
        found(s, i, j, t)
    elif kind == EV_CALL_BACK:
        call_back(s, i, j, t)
    elif kind == EV_COUNTERSIGNED:
        if s.track[i]["stage"] == AT_ROUTING and s.track[i]["spell"] == j:
            begin_referral(s, i, t)
    elif kind == EV_CONVENE:
        call_in(s, i, t)
    elif kind == EV_MENU:
        learn_menu(s, i, t)
    else:
        _handle_exchange(s, kind, i, j, t)


@inner
def _handle_exchange(s, kind, i, j, t):
    """Hand one event of what people do for each other, or of the platform's start, to its mechanism."""
    if kind == EV_TIE_END:
        fade(s, i, j, t)
    elif kind == EV_REDEEM:
        if redeem(s, i, t):
            prolong(s, i, s.par[0]["points_activity_factor"], t)
    elif kind == EV_VISIT:
        visit(s, i, j, t)
    elif kind == EV_APPEAL:
        appeal(s, i, j, t)
    elif kind == EV_SALE:
        hold_sale(s, i, j, t)
    elif kind == EV_SHORT:
        run_short(s, i, j, t)
    elif kind == EV_LAUNCH:
        launch(s, i, t)


@inner
def _begin_exchange(s):
    """File what people will do for each other, as far as it is known at time 0."""
    if s.par[0]["charity_sale_enabled"]:
        for c in range(s.community.shape[0]):
            push(s, s.par[0]["charity_sale_every_days"], EV_SALE, c, 0)
    for r in range(s.appeal.shape[0]):
        next_appeal(s, r, 0, 0.0)
    for r in range(s.recurring.shape[0]):
        file_visit(s, r, 0)
    begin_shortage(s)


@inner
def _exchange_has_room(s):
    """Whether any one event can make its ties and note its transfers."""
    margin = s.clock[0]["exchange_margin"]
    ties = s.new_tie.shape[0] - s.clock[0]["new_ties"] >= margin
    rows = s.transfer.shape[0]
    return ties and (rows == 0 or rows - s.clock[0]["transfers"] >= margin)


@inner
def _close_day(s):
    """Keep what the daily series shows of each community."""
    day = s.clock[0]["day"]
    for c in range(s.community.shape[0]):
        keep(s.daily, s.community, day, c)
    if s.team.shape[0] > 0:
        close_team_day(s, day)
    s.clock[0]["day_open"] = 0
    s.clock[0]["day"] = day + 1
    s.clock[0]["time"] = day + 1.0


@state_entry
def begin(s):
    """File what is known to come at time 0: shifts, sessions, campaigns, thresholds for registering."""
    days = int(s.clock[0]["days"])
    if not s.par[0]["calendar_round_the_clock"]:
        for day in range(days):
            if s.worked[day + 1] > s.worked[day]:
                start = s.par[0]["calendar_shift_start_hour"]
                push(s, day + start / 24.0, EV_SHIFT, 0, 0)
                if s.par[0]["roster_on_call"] > 0:
                    push(s, day + (start + s.worked[day + 1] - s.worked[day]) / 24.0, EV_DUTY, 0, 0)
    elif s.par[0]["staff_embedded"] > 0.0:
        for day in range(days):
            push(s, float(day), EV_SHIFT, 0, 0)
    for day in range(s.mobilised.shape[0]):
        if s.mobilised[day] > 0.0:
            # Before the shift, so that it comes before any case.
            push(s, float(day), EV_MOBILISE, day, 0)
    begin_patrol(s)
    if s.par[0]["joint_session_enabled"] and s.par[0]["joint_session_capacity"] > 0:
        for c in range(s.community.shape[0]):
            push(s, next_start(s), EV_SESSION, c, 0)
        if s.par[0]["joint_session_start_day"] > 0.0:
            push(s, s.par[0]["joint_session_start_day"], EV_CONVENE, 0, 0)
    for c in range(s.community.shape[0]):
        file_menu(s, c, 0.0)
    weeks = s.par[0]["deliberation_every_weeks"]
    first = 7.0 * weeks + s.par[0]["deliberation_weekday"] + s.par[0]["deliberation_hour"] / 24.0
    for c in range(s.council.shape[0]):
        push(s, first, EV_COUNCIL, c, 0)
    if s.par[0]["verification_mode"] == MODE_ADOPTION and s.par[0]["verification_network"] == COMPLETE:
        mean_field_next(s, 0.0)
        return
    for p in range(s.person.shape[0]):
        s.person[p]["cost"] = cost_now(s, p)
    if s.par[0]["platform_enabled"]:
        start_campaigns(s)
        for p in range(s.account.shape[0]):
            begin_account(s, p)
        file_launches(s)
    _begin_exchange(s)


@state_entry
def change_trust(s, p, value):
    """Set a person's trust from outside, with all that follows from it."""
    set_trust(s, p, value, s.clock[0]["time"])


@state_entry
def change_patrol(s, server, hours):
    """Set the hours a cadre walks in a week from outside, with all that follows from it."""
    set_patrol_hours(s, server, hours, s.clock[0]["time"])


@state_entry
def rescale_reports(s, p, factor):
    """Multiply the pace of every report a person may yet make: their propensity changed from outside."""
    scale_person(s, p, factor, s.clock[0]["time"])


@state_entry
def team_load(s, pool):
    """Return the load of a team by which it decides on closing."""
    return recent_load(s, pool)


@state_entry
def supplier_load(s, u, t):
    """Return how much of its coming time supplier `u` has promised at `t`, in weeks."""
    return weeks_promised(s, u, t)


@state_entry
def advance(s, until):
    """Run the community to the start of day `until`.

    Returns
    -------
    int
        `DONE`; `GROW` if the event arrays must grow first; `FAULT` if something ran out of room.
    """
    need = s.need
    arrivals = need.shape[0]
    while s.clock[0]["day"] < until:
        if not s.clock[0]["day_open"]:
            if not open_day(s, s.clock[0]["day"]):
                return GROW
            s.clock[0]["day_open"] = 1
        end = s.clock[0]["day"] + 1.0
        while True:
            if not room(s) or not _exchange_has_room(s):
                return GROW
            cursor = s.clock[0]["cursor"]
            arrival = need[cursor]["arisen_at"] if cursor < arrivals else math.inf
            t = next_time(s)
            if t <= arrival and t < end:
                t, kind, i, j = take(s)
                s.clock[0]["time"] = t
                _handle(s, kind, i, j, t)
            elif arrival < end:
                s.clock[0]["cursor"] = cursor + 1
                s.clock[0]["time"] = arrival
                fetch_arrival(s, cursor + AHEAD)
                arise(s, cursor, arrival)
            else:
                break
            s.clock[0]["events"] += 1
            if s.clock[0]["fault"]:
                return FAULT
        _close_day(s)
    return DONE
