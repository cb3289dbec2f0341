"""How a case enters the system and how it ends: solved, withdrawn, shelved, and back again.

The books are kept here, so that every need is in exactly one state and the time-integral of the number of
cases in the system equals the sum of the times that cases spend in it (Little's law, as an identity).
"""

from sim.compiled import inner
from sim.events import push
from sim.processes.clocks import stop_clocks
from sim.processes.trust import experience, judge
from sim.processes.workload import add_duty, responsible
from sim.state import (
    AT_END,
    AT_SHELF,
    EV_CHASE,
    FIELD_DONE,
    JUDGED,
    LEFT_SYSTEM,
    OPEN,
    SHELVED,
    SOLVED,
    WITHDRAWN,
)

#: A month, for the chasing of shelved cases.
MONTH_DAYS = 30.0


@inner
def counted(s, t):
    """Whether `t` lies in the counting window."""
    warm = s.par["warmup_days"][0]
    return t >= warm and t < warm + s.par["horizon_days"][0]


@inner
def _count_area(s, t):
    s.clock["area"][0] += s.clock["in_system"][0] * (t - s.clock["area_at"][0])
    s.clock["area_at"][0] = t


@inner
def enter_system(s, n, t):
    """Count the case as being in the system from `t`."""
    _count_area(s, t)
    s.clock["in_system"][0] += 1
    s.track["entered_at"][n] = t
    s.track["flags"][n] &= ~LEFT_SYSTEM
    s.community["open_cases"][s.need["community"][n]] += 1


@inner
def _leave_system(s, n, t):
    _count_area(s, t)
    s.clock["in_system"][0] -= 1
    s.case["days_in_system"][n] += t - s.track["entered_at"][n]
    s.track["flags"][n] |= LEFT_SYSTEM
    s.community["open_cases"][s.need["community"][n]] -= 1


@inner
def _close(s, n, t):
    c = s.need["community"][n]
    s.case["closed_at"][n] = t
    s.community["closed"][c] += 1
    s.track["stage"][n] = AT_END
    _leave_system(s, n, t)
    if counted(s, s.need["arisen_at"][n]):
        m = s.moment
        k = s.need["priority"][n]
        sojourn = t - s.case["reported_at"][n]
        m["ended"][k] += 1.0
        m["sojourn"][k] += sojourn
        m["sojourn_squared"][k] += sojourn * sojourn


@inner
def first_response(s, n, t):
    """Record that the person who reported has heard from somebody."""
    if s.case["first_response_at"][n] != s.case["first_response_at"][n]:
        s.case["first_response_at"][n] = t


@inner
def solve(s, n, solver, t):
    """End need `n`: it is truly solved, for everybody who saw it."""
    c = s.need["community"][n]
    first_response(s, n, t)
    s.case["status"][n] = SOLVED
    s.case["solved_by"][n] = solver
    s.case["solved_at"][n] = t
    s.community["solved"][c] += 1
    stop_clocks(s, n)
    _close(s, n, t)
    experience(s, n, True, t)
    judge(s, n, 1.0, t)


@inner
def withdraw(s, n, t):
    """Let the person who reported give up; the need itself remains."""
    s.case["status"][n] = WITHDRAWN
    s.community["withdrawn"][s.need["community"][n]] += 1
    if counted(s, s.need["arisen_at"][n]):
        s.moment["withdrawn"][s.need["priority"][n]] += 1.0
    _close(s, n, t)
    experience(s, n, False, t)


@inner
def shelve(s, n, t):
    """Put the case aside: refused at the top. It stays in the system and costs chasing."""
    s.case["status"][n] = SHELVED
    s.track["stage"][n] = AT_SHELF
    s.community["shelved"][s.need["community"][n]] += 1
    push(s, t + MONTH_DAYS, EV_CHASE, n, s.track["spell"][n])


@inner
def chase(s, n, spell, t):
    """Spend the month's hours on chasing a shelved case, and file the next month's."""
    if s.track["stage"][n] != AT_SHELF or s.track["spell"][n] != spell:
        return
    hours = s.par["referral_chasing_hours_per_month"][0]
    server = responsible(s, n)
    if server >= 0 and hours > 0.0:
        c = s.need["community"][n]
        s.server["hours_chasing"][server] += hours
        s.community["staff_hours_chasing"][c] += hours
        s.case["staff_hours"][n] += hours
        add_duty(s, server, t, hours)
    push(s, t + MONTH_DAYS, EV_CHASE, n, spell)


@inner
def reopen(s, n, t):
    """Bring a shelved or withdrawn case back; what was already done for it stays done."""
    s.case["reopened"][n] += 1
    s.case["status"][n] = OPEN
    s.track["spell"][n] += 1
    s.track["asker"][n] = 0
    s.track["refusals"][n] = 0
    s.track["flags"][n] &= ~JUDGED
    if s.track["flags"][n] & LEFT_SYSTEM:
        enter_system(s, n, t)


@inner
def field_done(s, n):
    """Whether the community's own part of the work is done."""
    return s.track["flags"][n] & FIELD_DONE != 0
