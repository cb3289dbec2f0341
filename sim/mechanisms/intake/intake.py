"""Intake: the first report opens a case; a later one is merged with it, or handled again."""

from sim.engine.declare import draw, event, whole
from sim.engine.dispatch import ANY, on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.randomness import exponential, uniform
from sim.engine.tables.cases import (
    AT_FIRST,
    AT_HELPER,
    AT_INTAKE,
    AT_QUEUE,
    AT_SERVICE,
    AT_SHELF,
    BY_DESK,
    INVESTIGATED,
    LEFT_SYSTEM,
    OPEN,
    PAPER_CLOSED,
)
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import CHRONIC, DESK
from sim.engine.tables.run import MODE_QUEUE
from sim.mechanisms.case.closing import EV_CALL_BACK, enter_system, learn_false, reopen, solve, withdraw
from sim.mechanisms.case.standards import EV_DUE, EV_EXTEND, extend, is_due, resume, start_standard
from sim.mechanisms.case.stated_rates import call
from sim.mechanisms.case.trust import judge, standard_hours
from sim.mechanisms.field_service.field_service import (
    charge_duplicate,
    charge_handling,
    community_works,
    queue_in_pool,
    serve_those_behind,
)
from sim.mechanisms.intake.platform_operator import charge_operator, partner_serves
from sim.mechanisms.intake.routing import begin_referral, route
from sim.mechanisms.intake.separate_apps import merge_probability
from sim.mechanisms.moments import case_taken_in, need_made_known
from sim.mechanisms.mutual_aid.charity_sale import pool_pays
from sim.mechanisms.mutual_aid.mutual_aid import EV_UNMATCHED, ask_neighbours, ways_to_ask
from sim.mechanisms.plural_supply.first_call import EV_PASSED_ON, call_first, calls_first, only_called_first
from sim.mechanisms.staff.queues_and_hours import after_working_hours, remove, shift_runs
from sim.mechanisms.staff.visits import draw_demands

PATIENCE = draw(15, "PATIENCE", ("0", "need", "spell"))
REVISIT = draw(16, "REVISIT", ("observer", "need", "report ordinal"))
OVERDUE = draw(77, "OVERDUE", ("0", "need", "spell"))
MERGE = draw(17, "MERGE", ("observer", "need", "report ordinal"))
EV_INTAKE = event(2, "INTAKE", "a case is taken in, answered at the desk or passed on")
EV_RENEGE = event(7, "RENEGE", "patience ends: a case still waiting is withdrawn")
COMMUNITY.add("duplicates", whole("reports after the first", daily=3))
COMMUNITY.add("called_back", whole("calls made after a closing", daily=46))
COMMUNITY.add("found_on_paper", whole("closings on paper found by a call", daily=47))


@inner
def _file_patience(s, n, t):
    mean = s.par[0]["staff_patience_days"]
    if mean > 0.0:
        wait = mean * exponential(
            s.clock[0]["key"],
            PATIENCE,
            s.track[n]["spell"],
            0,
            s.need[n]["owner_key"],
            s.need[n]["ordinal"],
        )
        push(s, t + wait, EV_RENEGE, n, s.track[n]["spell"])


@inner
def start_clock(s, n, t):
    """Start the standard of case `n` at its whole length."""
    if s.standard.shape[0] > 0:
        start_standard(s, n, t)
        return
    due_at = after_working_hours(s, t, standard_hours(s, n))
    if s.closure.shape[0] > 0:
        s.closure[n]["due_at"] = due_at
    push(s, due_at, EV_DUE, n, s.track[n]["spell"])


@inner
def _take_in(s, n, t):
    s.track[n]["stage"] = AT_INTAKE
    hours = s.par[0]["intake_minutes"] / 60.0
    done = after_working_hours(s, t, hours)
    urgent = s.need[n]["priority"] == 0
    if urgent and s.community[s.need[n]["community"]]["duty"] >= 0 and not shift_runs(s, t):
        done = t + hours / 24.0
    push(s, done, EV_INTAKE, n, s.track[n]["spell"])
    start_clock(s, n, t)
    # Nobody waits for what was found unasked, so nobody gives up waiting.
    if s.case[n]["found_by"] < 0:
        _file_patience(s, n, t)
    case_taken_in(s, n, t)


@inner
def enter_books(s, n, reporter, channel, t):
    """Enter need `n` as known from `t`, by whom (−1: nobody's report) and by which channel."""
    s.case[n]["reported_at"] = t
    s.case[n]["reporter"] = reporter
    s.case[n]["channel"] = channel
    s.case[n]["status"] = OPEN
    s.community[s.need[n]["community"]]["reported"] += 1
    draw_demands(s, n)
    enter_system(s, n, t)


@inner
def open_case(s, n, reporter, channel, t):
    """Open the case of need `n`: somebody has made it known."""
    enter_books(s, n, reporter, channel, t)
    if s.par[0]["verification_mode"] == MODE_QUEUE:
        s.case[n]["accepted_at"] = t
        queue_in_pool(s, n, 0, t)
        _file_patience(s, n, t)
    elif calls_first(s, n, reporter):
        call_first(s, n, t)
    else:
        _take_in(s, n, t)


@on(EV_PASSED_ON, stage=AT_FIRST)
def turn_to_community(s, n, t):
    """Take in what those called first refused, could not do or had not begun in time."""
    s.community[s.need[n]["community"]]["passed_on"] += 1
    s.case[n]["handoffs"] += 1
    _take_in(s, n, t)
    need_made_known(s, n, t)


@on(EV_INTAKE, stage=AT_INTAKE)
def intake(s, n, t):
    """Finish taking in: answer at the desk, put it to neighbours, or send it on."""
    charge_operator(s, n, s.par[0]["intake_minutes"] / 60.0, False, t)
    if s.case[n]["accepted_at"] != s.case[n]["accepted_at"]:
        s.case[n]["accepted_at"] = t
        s.community[s.need[n]["community"]]["accepted"] += 1
        charge_handling(s, n, s.par[0]["paperwork_entry_hours"], t)
    if s.need[n]["flags"] & DESK:
        solve(s, n, BY_DESK, t)
        return
    how = ways_to_ask(s, n, t)
    if how:
        ask_neighbours(s, n, how, t)
    else:
        leave_to_others(s, n, t)


@on(EV_UNMATCHED, stage=AT_HELPER)
def leave_to_others(s, n, t):
    """Let the pool pay for what no neighbour does, or else staff and units do it."""
    if not pool_pays(s, n, t):
        route(s, n, t)


@on(EV_RENEGE, stage=ANY)
def renege(s, n, t):
    """Withdraw the case if nobody has responded yet."""
    if s.track[n]["flags"] & LEFT_SYSTEM or s.case[n]["first_response_at"] == s.case[n]["first_response_at"]:
        return
    stage = s.track[n]["stage"]
    if stage in (AT_SERVICE, AT_SHELF):
        return
    if stage == AT_QUEUE:
        remove(s, n)
        serve_those_behind(s, n, t)
    withdraw(s, n, t)


@inner
def _visit_hours(s, n):
    """Return the hours of a wasted visit: the first part of the community's work."""
    # Water that a whole market stands in need not be looked at again.
    if not community_works(s, n) or s.need[n]["flags"] & CHRONIC:
        return 0.0
    work = s.need[n]["work_hours"]
    return work if s.need[n]["leg_count"] == 0 else work * s.par[0]["referral_shelved_cost_share"]


@inner
def take_in_duplicate(s, n, p, channel, occasion, t):
    """Take in a further report of a need already reported, by person `p`.

    The platform notices with some probability that it is the same thing, and so may anybody when the same
    person asks again (`occasion` above 0); otherwise it is triaged anew and may cost the whole visit again. A
    report of a withdrawn case, or of one shelved for long, reopens it.
    """
    observer_key = s.person[p]["key"]
    s.case[n]["duplicates"] += 1
    s.community[s.need[n]["community"]]["duplicates"] += 1
    if only_called_first(s, n):
        # Whoever sees the same thing calls the same people: the community hears of neither.
        return
    key = s.clock[0]["key"]
    owner_key = s.need[n]["owner_key"]
    ordinal = s.need[n]["ordinal"]
    merges = merge_probability(s, n, p, channel, t)
    if occasion > 0:
        merges += (1.0 - merges) * s.par[0]["intake_repeat_recognised"]
    if uniform(key, MERGE, occasion, observer_key, owner_key, ordinal) < merges:
        charge_operator(s, n, s.par[0]["intake_merged_minutes"] / 60.0, True, t)
    else:
        hours = s.par[0]["intake_triage_hours"]
        visit = 0.0
        if (
            uniform(key, REVISIT, occasion, observer_key, owner_key, ordinal)
            < s.par[0]["intake_revisit_probability"]
        ):
            visit = _visit_hours(s, n)
        if partner_serves(s, n, t):
            charge_operator(s, n, hours, True, t)
            charge_duplicate(s, n, visit, t)
        else:
            charge_duplicate(s, n, hours + visit, t)
    if s.track[n]["stage"] == AT_SHELF:
        if t - s.track[n]["queued_at"] >= s.par[0]["referral_reopen_after_days"]:
            reopen(s, n, t)
            if not resume(s, n, t):
                start_clock(s, n, t)
            if community_works(s, n) and not s.track[n]["flags"] & INVESTIGATED:
                route(s, n, t)
            else:
                begin_referral(s, n, t)
    elif s.track[n]["flags"] & LEFT_SYSTEM:
        reopen(s, n, t)
        _take_in(s, n, t)


@on(EV_CALL_BACK)
def call_back(s, n, closing, t):
    """Ask the person who reported whether the closed case is solved; if they say no, it is reopened."""
    if not s.track[n]["flags"] & LEFT_SYSTEM or s.closure[n]["closings"] != closing:
        return
    charge_handling(s, n, s.par[0]["closing_callback_minutes"] / 60.0, t)
    if call(s, n, t) and s.case[n]["status"] == PAPER_CLOSED:
        s.community[s.need[n]["community"]]["found_on_paper"] += 1
        reopen(s, n, t)
        _take_in(s, n, t)


@inner
def _call_overdue(s, n, t):
    """Call whoever reported case `n`, still open at the end of its standard, where such cases are called."""
    if not s.par[0]["call_overdue"] or s.track[n]["flags"] & LEFT_SYSTEM:
        return
    spell = s.track[n]["spell"]
    drawn = uniform(s.clock[0]["key"], OVERDUE, spell, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
    if drawn < s.par[0]["closing_called_back"]:
        charge_handling(s, n, s.par[0]["closing_callback_minutes"] / 60.0, t)
        call(s, n, t)


@on(EV_DUE, stage=ANY)
def due(s, n, t):
    """Let the standard of case `n` pass: unsolved, it disappoints; on paper, it is seen to be unsolved."""
    if s.case[n]["solved_at"] == s.case[n]["solved_at"] or not is_due(s, n, t):
        return
    if s.case[n]["status"] == PAPER_CLOSED:
        learn_false(s, n, t)
    judge(s, n, 0.0, t)
    _call_overdue(s, n, t)


@on(EV_EXTEND, stage=ANY)
def apply_for_time(s, n, t):
    """Apply for an extension of the standard of case `n`, at the cost of staff's hours."""
    if extend(s, n, t):
        charge_handling(s, n, s.par[0]["standards_extension_hours"], t)
