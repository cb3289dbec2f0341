"""Queues, servers, and the hours they give: shared by cadres and by the officers of units.

A pool is a team with one queue; a cadre may own a queue besides (a grid's). Work in hand is not put aside
for another case; it stops at the shift's end and goes on with the next shift,
unless it is to be finished first (`roster.at_shift_end`).
"""

import math

import numpy as np

from sim.engine.calendar import NEVER, add_working, is_open
from sim.engine.declare import number
from sim.engine.event_queue import EV_SERVER_FREE, push
from sim.engine.jit import inner
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.run import CLASSES
from sim.engine.tables.staff import AWAY, NO_JOB, OTHER_DUTIES
from sim.mechanisms.staff.roster import after_shift_hours, finished, on_shift
from sim.mechanisms.staff.team_load import demand
from sim.rules.cadre import comes_today

COMMUNITY.add("hours_overtime", number("of the staff hours, those worked after the shift", "hours", daily=19))
COMMUNITY.add(
    "embedded_hours", number("of the staff's hours, those worked by embedded cadres", "hours", daily=44)
)


#: Hours less than this are done: the rounding of sums over a stretch of days.
_ROUNDING_HOURS = 1e-9


def teams_of_queues(server: np.ndarray, queues: int) -> np.ndarray:
    """Return for each queue the team whose member's own it is, -1 for one that a whole team serves."""
    team = np.full(queues, -1, np.int64)
    own = server["queue"] >= 0
    team[server["queue"][own]] = server["pool"][own]
    return team


@inner
def shift_runs(s, t):
    """Whether shifts are running at `t`, whoever is there."""
    return is_open(s.worked, s.par[0]["calendar_shift_start_hour"], s.par[0]["calendar_round_the_clock"], t)


@inner
def at_work(s, server, t):
    """Whether the server is at work at `t`: a shift is running, and it is no day of absence."""
    if s.server[server]["rostered"]:
        return on_shift(s, server, t)
    if server >= s.attendance.shape[0]:
        return shift_runs(s, t)
    return is_open(
        s.attendance[server], s.par[0]["calendar_shift_start_hour"], s.par[0]["calendar_round_the_clock"], t
    )


@inner
def away(s, server, t):
    """Whether the server is away: from the working day of `t`, or, rostered, between shifts."""
    if s.server[server]["rostered"]:
        return not on_shift(s, server, t)
    if server >= s.attendance.shape[0]:
        return False
    day = int(math.floor(t))
    own = s.attendance[server]
    return own[day + 1] == own[day] and s.worked[day + 1] > s.worked[day]


@inner
def idle_at_work(s, pool, t):
    """Return an idle server of the pool who is at work at `t`, or -1."""
    server = s.pool[pool]["idle_head"]
    if server < 0 or not (s.shift.shape[0] > 0 or shift_runs(s, t)):
        return -1
    while server >= 0 and not at_work(s, server, t):
        server = s.server[server]["idle_next"]
    return server


@inner
def days_until_worked(s, t):
    """Return how many days after that of `t` the next working day is: 0 if it is one itself."""
    later = 0
    if not s.par[0]["calendar_round_the_clock"]:
        day = int(math.floor(t))
        last = s.worked.shape[0] - 1
        while day + later < last and s.worked[day + later + 1] == s.worked[day + later]:
            later += 1
    return later


@inner
def after_working_hours(s, t, hours):
    """Return when `hours` of working time begun at `t` are over."""
    return add_working(
        s.worked, s.par[0]["calendar_shift_start_hour"], s.par[0]["calendar_round_the_clock"], t, hours
    )


@inner
def append(s, queue, n):
    """Put need `n` at the end of its priority class in `queue`."""
    at = queue * CLASSES + s.need[n]["priority"]
    tail = s.line[at]["tail"]
    s.track[n]["previous"] = tail
    s.track[n]["next"] = -1
    s.track[n]["queue"] = queue
    if tail >= 0:
        s.track[tail]["next"] = n
    else:
        s.line[at]["head"] = n
    s.line[at]["tail"] = n
    s.line[at]["length"] += 1
    team = s.queue_team[queue]
    if team >= 0:
        s.team_waiting[team] += 1


@inner
def remove(s, n):
    """Take need `n` out of the queue it waits in."""
    queue = s.track[n]["queue"]
    at = queue * CLASSES + s.need[n]["priority"]
    before = s.track[n]["previous"]
    after = s.track[n]["next"]
    if before >= 0:
        s.track[before]["next"] = after
    else:
        s.line[at]["head"] = after
    if after >= 0:
        s.track[after]["previous"] = before
    else:
        s.line[at]["tail"] = before
    s.track[n]["queue"] = -1
    s.line[at]["length"] -= 1
    team = s.queue_team[queue]
    if team >= 0:
        s.team_waiting[team] -= 1


@inner
def first_class(s, queue):
    """Return the most urgent class with a case waiting in `queue`, or `CLASSES` if it is empty."""
    if queue >= 0:
        for k in range(CLASSES):
            if s.line[queue * CLASSES + k]["length"] > 0:
                return k
    return CLASSES


@inner
def become_idle(s, server):
    """Enter the server in its pool's list of idle ones."""
    pool = s.server[server]["pool"]
    head = s.pool[pool]["idle_head"]
    s.server[server]["job"] = NO_JOB
    s.server[server]["idle_next"] = head
    s.server[server]["idle_previous"] = -1
    if head >= 0:
        s.server[head]["idle_previous"] = server
    s.pool[pool]["idle_head"] = server
    s.pool[pool]["idle_count"] += 1


@inner
def become_busy(s, server, job):
    """Give an idle server a job."""
    pool = s.server[server]["pool"]
    before = s.server[server]["idle_previous"]
    after = s.server[server]["idle_next"]
    if before >= 0:
        s.server[before]["idle_next"] = after
    else:
        s.pool[pool]["idle_head"] = after
    if after >= 0:
        s.server[after]["idle_previous"] = before
    s.pool[pool]["idle_count"] -= 1
    s.server[server]["job"] = job


@inner
def _work_done(s, server, t, hours):
    """Return when the server has worked `hours` of shifts from `t`; days of absence do not count."""
    if s.server[server]["rostered"]:
        return after_shift_hours(s, server, t, hours)
    if server >= s.attendance.shape[0]:
        return after_working_hours(s, t, hours)
    return add_working(
        s.attendance[server],
        s.par[0]["calendar_shift_start_hour"],
        s.par[0]["calendar_round_the_clock"],
        t,
        hours,
    )


@inner
def _hours_on(s, server, day):
    """Return the shift hours of the server on a day."""
    if server >= s.attendance.shape[0]:
        return s.worked[day + 1] - s.worked[day]
    return s.attendance[server, day + 1] - s.attendance[server, day]


@inner
def _run_over(s, server, t, done):
    """Return when work that would be done at `done` is done if its last hours may be added to a shift.

    What is left at the end of the last shift but one is finished that evening, if the week's hours allow.
    """
    if s.par[0]["calendar_round_the_clock"] or not done < s.worked.shape[0] - 1:
        return done
    start = s.par[0]["calendar_shift_start_hour"]
    rest = (done - math.floor(done)) * 24.0 - start
    day = int(math.floor(done)) - 1
    first = int(math.floor(t))
    while day >= first and _hours_on(s, server, day) == 0.0:
        day -= 1
    if day < first or rest + _hours_on(s, server, day) > 24.0:
        return done
    week = day // 7
    if s.server[server]["overtime_week"] != week:
        s.server[server]["overtime_week"] = week
        s.server[server]["overtime_used"] = 0.0
    if s.server[server]["overtime_used"] + rest > s.par[0]["roster_overtime_hours_per_week"]:
        return done
    pool = s.server[server]["pool"]
    s.server[server]["overtime_used"] += rest
    s.server[server]["hours_overtime"] += rest * s.pool[pool]["speed"]
    s.community[s.pool[pool]["community"]]["hours_overtime"] += rest * s.pool[pool]["speed"]
    return day + (start + _hours_on(s, server, day) + rest) / 24.0


@inner
def come_or_go(s, server, t):
    """Let an embedded cadre, at the start of a shift, join the idle on one of their days, or be away."""
    if s.server[server]["days_per_week"] <= 0.0:
        return
    here = _comes_on(s, server, int(t))
    if here and s.server[server]["job"] == AWAY:
        become_idle(s, server)
    elif not here and s.server[server]["job"] == NO_JOB:
        become_busy(s, server, AWAY)


@inner
def _hours_of(s, day):
    return 24.0 if s.par[0]["calendar_round_the_clock"] else s.worked[day + 1] - s.worked[day]


@inner
def _comes_on(s, server, day):
    """Whether an embedded cadre comes on `day`."""
    if s.par[0]["calendar_round_the_clock"]:
        return comes_today(float(day), s.server[server]["days_per_week"] / 7.0, s.server[server]["phase"])
    if s.worked[day + 1] <= s.worked[day]:
        return False
    number = float(int(s.worked[day] / s.par[0]["calendar_shift_hours"] + 0.5))
    share = s.server[server]["days_per_week"] / s.par[0]["calendar_working_days_per_week"]
    return comes_today(number, share, s.server[server]["phase"])


@inner
def _after_own_hours(s, server, t, hours):
    """Return when an embedded cadre has done `hours` of working time begun at `t`, on their days alone."""
    start = 0.0 if s.par[0]["calendar_round_the_clock"] else s.par[0]["calendar_shift_start_hour"] / 24.0
    left = hours
    for day in range(int(t), s.worked.shape[0] - 1):
        if _comes_on(s, server, day):
            begin = max(t, day + start)
            today = (day + start - begin) * 24.0 + _hours_of(s, day)
            if left <= today + _ROUNDING_HOURS:
                return begin + left / 24.0
            left -= max(0.0, today)
    return NEVER


@inner
def when_worked(s, server, t, hours):
    """Return when the server has been at work for `hours` from `t`, on their own days."""
    if s.server[server]["days_per_week"] > 0.0:
        return _after_own_hours(s, server, t, hours)
    return _work_done(s, server, t, hours)


@inner
def work_on(s, server, t, hours):
    """Occupy the server for `hours` of case time; the pool's speed turns them into time on the clock.

    Returns when it is done.
    """
    pool = s.server[server]["pool"]
    on_clock = hours / s.pool[pool]["speed"]
    if s.pool[pool]["home"] >= 0:
        # On call: not bound to shifts.
        done = t + on_clock / 24.0
    elif s.server[server]["days_per_week"] > 0.0:
        s.community[s.pool[pool]["community"]]["embedded_hours"] += hours
        done = _after_own_hours(s, server, t, on_clock)
    elif s.server[server]["rostered"] and s.par[0]["roster_finish"]:
        done = finished(s, server, t, on_clock)
    else:
        done = _work_done(s, server, t, on_clock)
        overtime = s.par[0]["roster_overtime_hours_per_week"] > 0.0
        if overtime and s.pool[pool]["unit"] < 0 and s.server[server]["job"] >= 0:
            done = _run_over(s, server, t, done)
    push(s, done, EV_SERVER_FREE, server, 0)
    return done


@inner
def work_off_debt(s, server, t):
    """Let an idle server do its waiting other duties now."""
    hours = s.server[server]["debt"]
    s.server[server]["debt"] = 0.0
    become_busy(s, server, OTHER_DUTIES)
    work_on(s, server, t, hours)


@inner
def add_duty(s, server, t, hours):
    """Charge other duties (a session, a duplicate, a chase) to the same hours that serve cases."""
    if hours <= 0.0:
        return
    demand(s, s.server[server]["pool"], hours)
    s.server[server]["debt"] += hours
    if s.server[server]["job"] == NO_JOB and at_work(s, server, t):
        work_off_debt(s, server, t)


@inner
def responsible(s, n):
    """Return the cadre responsible for the place of need `n`, or -1 if the community has no staff."""
    c = s.need[n]["community"]
    pool = s.community[c]["pool"]
    if s.pool[pool]["server_count"] == 0:
        return -1
    owners = s.community[c]["owners"]
    owner = s.need[n]["owner"]
    if owners == 0 or owner < 0:
        return s.pool[pool]["server_start"]
    return s.pool[pool]["server_start"] + s.conduct[owner]["grid"] % owners
