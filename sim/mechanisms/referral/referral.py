"""Referral: one unit after another, refusals, escalation, shelving; and what follows a commitment.

By letter the community asks a unit, waits until its part is done, and asks the next. What a session
changes is in `sim.mechanisms.referral.joint_session`, what a call does in `convening_on_call` beside it.
"""

from sim.engine.declare import draw, event, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.randomness import exponential
from sim.engine.tables.cases import (
    AT_COUNCIL,
    AT_REFERRAL,
    AT_SESSION,
    AT_SHELF,
    BY_CADRE,
    BY_SESSION,
    BY_SOCIAL,
    BY_UNIT,
    FIELD_DONE,
    FINAL_PART,
    IN_SESSION,
    ON_PAPER,
)
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import CHRONIC, LEG_DONE, LEG_OPEN, LEG_PROMISED, LEG_TAKEN_OVER
from sim.mechanisms.case.closing import conclude, shelve
from sim.mechanisms.case.standards import pause_outside, resume
from sim.mechanisms.field_service.field_service import community_works, queue_for_field
from sim.mechanisms.field_service.last_resort import parts_taken_over, take_over_refused
from sim.mechanisms.moments import field_work_done, unit_work_done
from sim.mechanisms.mutual_aid.merchant_contributions import gather
from sim.mechanisms.referral.acceptance import ask
from sim.mechanisms.referral.refusal_review import EV_REVIEW, charge_refusal, overruled
from sim.mechanisms.referral.unit_work import begin_work, only_social_organisations
from sim.mechanisms.referral.waiting_list import put
from sim.mechanisms.staff.cards import sooner_answers
from sim.mechanisms.staff.queues_and_hours import after_working_hours

ANSWER = draw(54, "ANSWER", ("unit", "need", "times asked, spell·2¹²"))
EV_ASK = event(8, "ASK", "the next letter is written, or a refused unit asked again")
EV_JOIN = event(9, "JOIN", "a case joins the list of the joint session")
EV_ANSWER = event(28, "ANSWER", "a unit answers a letter")
EV_GATHER = event(41, "GATHER", "the units called for a case come together, or stay away")
COMMUNITY.add("calls_left", whole("cases for which it may still call units this week, −1 without limit"))


#: The county decides; above it nobody in the model can be asked.
TOP_LEVEL = 2


@inner
def working_days(s, t, days):
    """Return the time `days` working days after `t`."""
    return after_working_hours(s, t, days * s.par[0]["calendar_shift_hours"])


@inner
def session_has_room(s, n, t):
    """Whether units are asked together at `t` and the waiting list is short enough for need `n` to join it.

    Where a place is further away than the longest wait, the case goes by letter instead. Without a limit
    (negative) every case waits, however long the list.
    """
    places = s.par[0]["joint_session_places"]
    if not s.par[0]["joint_session_enabled"] or places == 0:
        return False
    if t < s.par[0]["joint_session_start_day"]:
        return False
    limit = s.par[0]["joint_session_longest_wait_weeks"]
    if limit < 0.0 or places < 0:
        return True
    waiting = s.community[s.need[n]["community"]]["session_waiting"]
    return waiting < places * limit


@on(EV_JOIN, stage=AT_REFERRAL)
def join_again(s, n, t):
    """Put an adjourned case on the list anew."""
    join_session(s, n, True, t)


@inner
def join_session(s, n, adjourned, t):
    """Let the case wait for a place in the weekly session, or call its units if the week has a call left.

    On the list an adjourned case comes first.
    """
    c = s.need[n]["community"]
    pause_outside(s, n, t)
    s.track[n]["stage"] = AT_SESSION
    s.track[n]["queued_at"] = t
    s.track[n]["flags"] |= IN_SESSION
    if s.par[0]["joint_session_on_call"] and s.community[c]["calls_left"] != 0:
        call(s, n, t)
    else:
        put(s, c, n, adjourned)


@inner
def call(s, n, t):
    """Call the units of case `n` (吹哨): they come, or stay away, within so many working hours."""
    c = s.need[n]["community"]
    if s.community[c]["calls_left"] > 0:
        s.community[c]["calls_left"] -= 1
    within = working_days(s, t, s.par[0]["joint_session_call_within_days"])
    push(s, within, EV_GATHER, n, s.track[n]["spell"])


@inner
def after_refusal(s, n, t):
    """Ask again later, or let the level above ask, or shelve the case: refused at the top."""
    in_session = s.track[n]["flags"] & IN_SESSION
    if (
        not in_session
        and s.need[n]["organisations"] == 2
        and s.track[n]["refusals"] == 0
        and session_has_room(s, n, t)
    ):
        join_session(s, n, False, t)
        return
    s.track[n]["refusals"] += 1
    if take_over_refused(s, n):
        s.track[n]["refusals"] = 0
        s.track[n]["stage"] = AT_REFERRAL
        push(s, t, EV_ASK, n, s.track[n]["spell"])
        return
    asker = s.track[n]["asker"]
    allowed = s.par[0]["referral_retries"] if asker == 0 else s.par[0]["referral_retries_escalated"]
    kind = EV_JOIN if in_session else EV_ASK
    s.track[n]["stage"] = AT_REFERRAL
    if s.track[n]["refusals"] <= allowed:
        push(s, working_days(s, t, s.par[0]["referral_bounce_delay_days"]), kind, n, s.track[n]["spell"])
    elif s.par[0]["referral_escalation"] and asker < TOP_LEVEL:
        s.track[n]["asker"] = asker + 1
        s.track[n]["refusals"] = 0
        push(s, working_days(s, t, s.par[0]["referral_escalation_delay_days"]), kind, n, s.track[n]["spell"])
    else:
        s.track[n]["queued_at"] = t
        shelve(s, n, t)


@after(field_work_done, 10)
def finish(s, n, t):
    """Solve the case if everybody needed has done their part."""
    taken_over = parts_taken_over(s, n)
    if s.track[n]["legs_done"] + taken_over < s.need[n]["leg_count"]:
        return
    if community_works(s, n) and not s.track[n]["flags"] & FIELD_DONE:
        return
    solver = BY_UNIT
    if s.track[n]["flags"] & IN_SESSION:
        solver = BY_SESSION
    elif taken_over > 0 and s.track[n]["legs_done"] == 0:
        solver = BY_CADRE
    elif only_social_organisations(s, n):
        solver = BY_SOCIAL
    conclude(s, n, solver, t)


@inner
def final_part(s, n, t):
    """Let the community do its own part, now that the others are committed or done."""
    if community_works(s, n):
        resume(s, n, t)
        if not s.track[n]["flags"] & FINAL_PART:
            s.track[n]["flags"] |= FINAL_PART
            if s.need[n]["flags"] & CHRONIC and s.track[n]["flags"] & IN_SESSION:
                gather(s, n, t)
            queue_for_field(s, n, t)
    else:
        finish(s, n, t)


@inner
def _after_review(s, leg, t):
    if overruled(s, leg, t):
        begin_work(s, leg, t)
    else:
        after_refusal(s, s.leg[leg]["need"], t)


@inner
def _ask_by_letter(s, leg, t):
    """Ask a unit for its part by letter; where refusals are reviewed, go on when that has been done."""
    n = s.leg[leg]["need"]
    if ask(s, leg, 0.0, 0, t):
        begin_work(s, leg, t)
    elif not s.par[0]["refusal_review"]:
        after_refusal(s, n, t)
    else:
        charge_refusal(s, leg, t)
        days = s.par[0]["refusal_review_days"]
        if days > 0.0:
            push(s, working_days(s, t, days), EV_REVIEW, n, s.track[n]["spell"])
        else:
            _after_review(s, leg, t)


@on(EV_ASK, stage=AT_REFERRAL)
def next_letter(s, n, t):
    """Turn to the next unit whose part is not done: start what it promised, or ask it."""
    start = s.need[n]["leg_start"]
    s.track[n]["stage"] = AT_REFERRAL
    for leg in range(start, start + s.need[n]["leg_count"]):
        state = s.leg[leg]["state"]
        if state in (LEG_DONE, LEG_TAKEN_OVER):
            continue
        pause_outside(s, n, t)
        if state == LEG_PROMISED:
            begin_work(s, leg, t)
        elif state == LEG_OPEN:
            if s.par[0]["referral_answer_days"] > 0.0:
                _send_letter(s, leg, t)
            else:
                _ask_by_letter(s, leg, t)
        return
    final_part(s, n, t)


@inner
def _send_letter(s, leg, t):
    """Wait for the unit's answer; it is decided when it comes, by how things stand then."""
    n = s.leg[leg]["need"]
    days = s.par[0]["referral_answer_days"] * exponential(
        s.clock[0]["key"],
        ANSWER,
        s.leg[leg]["asks"] + (s.track[n]["spell"] << 12),
        s.leg[leg]["key"],
        s.need[n]["owner_key"],
        s.need[n]["ordinal"],
    )
    days *= sooner_answers(s, s.unit[s.leg[leg]["unit"]]["pool"])
    push(s, working_days(s, t, days), EV_ANSWER, n, s.track[n]["spell"])


@on(EV_ANSWER, stage=AT_REFERRAL)
def letter_answered(s, n, t):
    """Go on with the answer to the letter that is out: that to the first unit not yet committed."""
    start = s.need[n]["leg_start"]
    for leg in range(start, start + s.need[n]["leg_count"]):
        if s.leg[leg]["state"] == LEG_OPEN:
            _ask_by_letter(s, leg, t)
            return


@on(EV_REVIEW, stage=AT_REFERRAL)
def refusal_reviewed(s, n, t):
    """Go on with the judgement on the last refusal: that of the first unit not yet committed."""
    start = s.need[n]["leg_start"]
    for leg in range(start, start + s.need[n]["leg_count"]):
        if s.leg[leg]["state"] == LEG_OPEN:
            _after_review(s, leg, t)
            return


@after(unit_work_done, 10)
def leg_done(s, _officer, leg, t):
    """Go on after a unit has done its part."""
    if leg < 0:
        return
    n = s.leg[leg]["need"]
    if s.track[n]["flags"] & ON_PAPER and not community_works(s, n):
        # The promise stands: should the case come back, the unit still owes its part.
        s.leg[leg]["state"] = LEG_PROMISED
        conclude(s, n, BY_UNIT, t)
        return
    s.leg[leg]["state"] = LEG_DONE
    s.unit[s.leg[leg]["unit"]]["delivered"] += 1
    s.track[n]["legs_done"] += 1
    if s.track[n]["stage"] == AT_COUNCIL:
        return
    flags = s.track[n]["flags"]
    if not flags & IN_SESSION:
        s.track[n]["refusals"] = 0
        if s.track[n]["stage"] != AT_SHELF:
            next_letter(s, n, t)
        return
    if s.par[0]["joint_session_parallel_work"]:
        finish(s, n, t)
    elif s.track[n]["committed"] + parts_taken_over(s, n) == s.need[n]["leg_count"]:
        next_letter(s, n, t)
