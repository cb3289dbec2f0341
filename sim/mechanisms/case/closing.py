"""How a case enters the system and how it ends: solved, on paper, withdrawn, shelved, and back again.

The books are kept here, so that every need is in exactly one state and the time-integral of the number of
cases in the system equals the sum of the times that cases spend in it (Little's law, as an identity).
"""

from sim.engine.declare import draw, event, number, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.engine.tables.cases import (
    AT_END,
    AT_SHELF,
    BY_UNIT,
    FALSE_KNOWN,
    FIELD_DONE,
    FINAL_PART,
    JUDGED,
    LEFT_SYSTEM,
    ON_PAPER,
    ON_SHELF,
    OPEN,
    PAPER_CLOSED,
    SHELVED,
    SOLVED,
    WITHDRAWN,
)
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import CHRONIC
from sim.mechanisms.case.standards import pause, resume
from sim.mechanisms.case.trust import experience, judge
from sim.mechanisms.moments import need_gone, report_ended
from sim.mechanisms.staff.order_of_work import due_date
from sim.mechanisms.staff.queues_and_hours import add_duty, after_working_hours, responsible

CALL_BACK = draw(27, "CALL_BACK", ("0", "need", "closing"))
EV_CHASE = event(13, "CHASE", "staff chase a shelved case, a month's hours at a time")
EV_INCIDENT = event(
    26, "INCIDENT", "a flood's case was solved, shelved or reopened: those that wait for it follow"
)
EV_CALL_BACK = event(
    35, "CALL_BACK", "after a closing whoever reported is called; what is unsolved is reopened"
)
COMMUNITY.add("staff_hours_chasing", number("staff hours chasing shelved cases", "hours", daily=15))
COMMUNITY.add("on_shelf", whole("reported cases on the shelf, put aside and not struck off", daily=57))
COMMUNITY.add("withdrawn", whole("withdrawals", daily=7))
COMMUNITY.add("paper_closed", whole("closings on paper", daily=45))


#: A month, for the chasing of shelved cases.
MONTH_DAYS = 30.0


@inner
def counted(s, t):
    """Whether `t` lies in the counting window."""
    warm = s.par[0]["warmup_days"]
    return t >= warm and t < warm + s.par[0]["horizon_days"]


@inner
def _count_area(s, t):
    s.clock[0]["area"] += s.clock[0]["in_system"] * (t - s.clock[0]["area_at"])
    s.clock[0]["area_at"] = t


@inner
def enter_system(s, n, t):
    """Count the case as being in the system from `t`."""
    _count_area(s, t)
    s.clock[0]["in_system"] += 1
    s.track[n]["entered_at"] = t
    s.track[n]["flags"] &= ~LEFT_SYSTEM
    s.community[s.need[n]["community"]]["open_cases"] += 1


@inner
def _leave_system(s, n, t):
    _count_area(s, t)
    s.clock[0]["in_system"] -= 1
    s.case[n]["days_in_system"] += t - s.track[n]["entered_at"]
    s.track[n]["flags"] |= LEFT_SYSTEM
    s.community[s.need[n]["community"]]["open_cases"] -= 1


@inner
def _off_the_shelf(s, n):
    """Count the case as no longer on the shelf, if it is."""
    if s.track[n]["flags"] & ON_SHELF:
        s.track[n]["flags"] &= ~ON_SHELF
        s.community[s.need[n]["community"]]["on_shelf"] -= 1


@inner
def _close(s, n, t):
    c = s.need[n]["community"]
    _off_the_shelf(s, n)
    s.case[n]["closed_at"] = t
    s.community[c]["closed"] += 1
    resume(s, n, t)
    s.track[n]["stage"] = AT_END
    _leave_system(s, n, t)
    if counted(s, s.need[n]["arisen_at"]):
        m = s.moment
        k = s.need[n]["priority"]
        sojourn = t - s.case[n]["reported_at"]
        m[k]["ended"] += 1.0
        m[k]["sojourn"] += sojourn
        m[k]["sojourn_squared"] += sojourn * sojourn


@inner
def first_response(s, n, t):
    """Record that the person who reported has heard from somebody."""
    if s.case[n]["first_response_at"] != s.case[n]["first_response_at"]:
        s.case[n]["first_response_at"] = t


@inner
def close_as_recorded(s, n, t):
    """Close need `n` as a city's own file tells it: by a team; whether it is truly solved is not asked."""
    first_response(s, n, t)
    s.case[n]["status"] = SOLVED
    s.case[n]["solved_by"] = BY_UNIT
    s.case[n]["solved_at"] = t
    s.community[s.need[n]["community"]]["solved"] += 1
    _close(s, n, t)


@inner
def _tell_followers(s, n, t):
    """File that needs of the same cause may go the way of need `n`."""
    if s.need[n]["flags"] & CHRONIC:
        push(s, t, EV_INCIDENT, n, 0)


@inner
def solve(s, n, solver, t):
    """End need `n`: it is truly solved, for everybody who saw it."""
    c = s.need[n]["community"]
    first_response(s, n, t)
    s.case[n]["status"] = SOLVED
    s.case[n]["solved_by"] = solver
    s.case[n]["solved_at"] = t
    s.community[c]["solved"] += 1
    need_gone(s, n)
    _close(s, n, t)
    experience(s, n, True, t)
    judge(s, n, 1.0, t)
    report_ended(s, n, 1, t)
    _tell_followers(s, n, t)


@inner
def learn_false(s, n, t):
    """Let the person who reported know that the case was closed and nothing solved, once a closing."""
    if s.track[n]["flags"] & FALSE_KNOWN:
        return
    s.track[n]["flags"] |= FALSE_KNOWN
    experience(s, n, False, t)
    judge(s, n, 0.0, t)
    report_ended(s, n, -1, t)


@inner
def _close_on_paper(s, n, t):
    s.case[n]["status"] = PAPER_CLOSED
    s.closure[n]["paper_closings"] += 1
    s.community[s.need[n]["community"]]["paper_closed"] += 1
    s.track[n]["flags"] &= ~FALSE_KNOWN
    _close(s, n, t)
    # Told that it is done, people look when it should be: at the end of the standard, or now if that is past.
    if t >= due_date(s, n):
        learn_false(s, n, t)


@inner
def conclude(s, n, solver, t):
    """Close the case after its last work: solved, or on paper only. It may be called back."""
    if s.track[n]["flags"] & ON_PAPER:
        _close_on_paper(s, n, t)
    else:
        solve(s, n, solver, t)
    if s.closure.shape[0] == 0:
        return
    closing = s.closure[n]["closings"]
    s.closure[n]["closings"] = closing + 1
    pool = s.closure[n]["pool"]
    if pool >= 0 and s.par[0]["standards_first_receiver"]:
        pool = s.community[s.need[n]["community"]]["pool"]
    if pool >= 0:
        s.team[pool]["closings"] += 1
        if t <= due_date(s, n):
            s.team[pool]["on_time"] += 1
    draw = uniform(s.clock[0]["key"], CALL_BACK, closing, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
    if draw < s.par[0]["closing_called_back"]:
        wait = s.par[0]["closing_callback_after_days"] * s.par[0]["calendar_shift_hours"]
        push(s, after_working_hours(s, t, wait), EV_CALL_BACK, n, closing + 1)


@inner
def withdraw(s, n, t):
    """Let the person who reported give up; the need itself remains."""
    s.case[n]["status"] = WITHDRAWN
    s.community[s.need[n]["community"]]["withdrawn"] += 1
    if counted(s, s.need[n]["arisen_at"]):
        s.moment[s.need[n]["priority"]]["withdrawn"] += 1.0
    _close(s, n, t)
    experience(s, n, False, t)
    report_ended(s, n, -1, t)


@inner
def shelve(s, n, t):
    """Put the case aside: refused at the top. It stays in the system and costs chasing."""
    s.case[n]["status"] = SHELVED
    s.track[n]["stage"] = AT_SHELF
    s.track[n]["flags"] |= ON_SHELF
    s.community[s.need[n]["community"]]["on_shelf"] += 1
    if s.par[0]["standards_pause_shelved"]:
        pause(s, n, t)
    s.community[s.need[n]["community"]]["shelved"] += 1
    push(s, t + MONTH_DAYS, EV_CHASE, n, s.track[n]["spell"])
    report_ended(s, n, -1, t)
    _tell_followers(s, n, t)


@on(EV_CHASE, stage=AT_SHELF)
def chase(s, n, spell, t):
    """Spend the month's hours on chasing a shelved case; strike it off the list, or file the next month's.

    What is struck off stays unsolved, costs nothing, and comes back as any shelved case does.
    """
    hours = s.par[0]["referral_chasing_hours_per_month"]
    server = responsible(s, n)
    if server >= 0 and hours > 0.0:
        c = s.need[n]["community"]
        s.server[server]["hours_chasing"] += hours
        s.community[c]["staff_hours_chasing"] += hours
        s.case[n]["staff_hours"] += hours
        add_duty(s, server, t, hours)
    longest = s.par[0]["referral_shelf_days"]
    # A flooded market is on everybody's mind again with the next rain: it stays.
    if longest > 0.0 and t - s.track[n]["queued_at"] >= longest and not s.need[n]["flags"] & CHRONIC:
        _off_the_shelf(s, n)
        _leave_system(s, n, t)
        return
    push(s, t + MONTH_DAYS, EV_CHASE, n, spell)


@inner
def reopen(s, n, t):
    """Bring a case back; what was already done for it stays done, what was done on paper does not."""
    if s.case[n]["status"] == PAPER_CLOSED:
        learn_false(s, n, t)
        s.track[n]["flags"] &= ~(ON_PAPER | FIELD_DONE | FINAL_PART)
    _off_the_shelf(s, n)
    s.case[n]["reopened"] += 1
    s.case[n]["status"] = OPEN
    s.track[n]["spell"] += 1
    s.track[n]["asker"] = 0
    s.track[n]["refusals"] = 0
    s.track[n]["flags"] &= ~JUDGED
    if s.track[n]["flags"] & LEFT_SYSTEM:
        enter_system(s, n, t)
    _tell_followers(s, n, t)


@inner
def field_done(s, n):
    """Whether the community's own part of the work is done."""
    return s.track[n]["flags"] & FIELD_DONE != 0
