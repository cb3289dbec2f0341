"""Queues, servers, and the hours they give: shared by cadres and by the officers of units.

A pool is a team with one queue; a cadre may own a queue besides (a grid's). Work in hand is not put aside
for another case; it stops at the shift's end and goes on with the next shift.
"""

from sim.calendar import add_working, is_open
from sim.compiled import inner
from sim.events import push
from sim.state import CLASSES, EV_SERVER_FREE, NO_JOB, OTHER_DUTIES


@inner
def staff_at_work(s, t):
    """Whether shifts are running at `t`."""
    return is_open(s.worked, s.par["calendar_shift_start_hour"][0], s.par["calendar_round_the_clock"][0], t)


@inner
def after_working_hours(s, t, hours):
    """Return when `hours` of working time begun at `t` are over."""
    return add_working(
        s.worked, s.par["calendar_shift_start_hour"][0], s.par["calendar_round_the_clock"][0], t, hours
    )


@inner
def append(s, queue, n):
    """Put need `n` at the end of its priority class in `queue`."""
    at = queue * CLASSES + s.need["priority"][n]
    tail = s.line["tail"][at]
    s.track["previous"][n] = tail
    s.track["next"][n] = -1
    s.track["queue"][n] = queue
    if tail >= 0:
        s.track["next"][tail] = n
    else:
        s.line["head"][at] = n
    s.line["tail"][at] = n
    s.line["length"][at] += 1


@inner
def remove(s, n):
    """Take need `n` out of the queue it waits in."""
    at = s.track["queue"][n] * CLASSES + s.need["priority"][n]
    before = s.track["previous"][n]
    after = s.track["next"][n]
    if before >= 0:
        s.track["next"][before] = after
    else:
        s.line["head"][at] = after
    if after >= 0:
        s.track["previous"][after] = before
    else:
        s.line["tail"][at] = before
    s.track["queue"][n] = -1
    s.line["length"][at] -= 1


@inner
def first_class(s, queue):
    """Return the most urgent class with a case waiting in `queue`, or `CLASSES` if it is empty."""
    if queue >= 0:
        for k in range(CLASSES):
            if s.line["length"][queue * CLASSES + k] > 0:
                return k
    return CLASSES


@inner
def become_idle(s, server):
    """Enter the server in its pool's list of idle ones."""
    pool = s.server["pool"][server]
    head = s.pool["idle_head"][pool]
    s.server["job"][server] = NO_JOB
    s.server["idle_next"][server] = head
    s.server["idle_previous"][server] = -1
    if head >= 0:
        s.server["idle_previous"][head] = server
    s.pool["idle_head"][pool] = server
    s.pool["idle_count"][pool] += 1


@inner
def become_busy(s, server, job):
    """Give an idle server a job."""
    pool = s.server["pool"][server]
    before = s.server["idle_previous"][server]
    after = s.server["idle_next"][server]
    if before >= 0:
        s.server["idle_next"][before] = after
    else:
        s.pool["idle_head"][pool] = after
    if after >= 0:
        s.server["idle_previous"][after] = before
    s.pool["idle_count"][pool] -= 1
    s.server["job"][server] = job


@inner
def work_on(s, server, t, hours):
    """Occupy the server for `hours` of case time; the pool's speed turns them into time on the clock."""
    speed = s.pool["speed"][s.server["pool"][server]]
    push(s, after_working_hours(s, t, hours / speed), EV_SERVER_FREE, server, 0)


@inner
def work_off_debt(s, server, t):
    """Let an idle server do its waiting other duties now."""
    hours = s.server["debt"][server]
    s.server["debt"][server] = 0.0
    become_busy(s, server, OTHER_DUTIES)
    work_on(s, server, t, hours)


@inner
def add_duty(s, server, t, hours):
    """Charge other duties (a session, a duplicate, a chase) to the same hours that serve cases."""
    if hours <= 0.0:
        return
    s.server["debt"][server] += hours
    if s.server["job"][server] == NO_JOB and staff_at_work(s, t):
        work_off_debt(s, server, t)


@inner
def responsible(s, n):
    """Return the cadre responsible for the place of need `n`, or -1 if the community has no staff."""
    c = s.need["community"][n]
    pool = s.community["pool"][c]
    if s.pool["server_count"][pool] == 0:
        return -1
    owners = s.community["owners"][c]
    owner = s.need["owner"][n]
    if owners == 0 or owner < 0:
        return s.pool["server_start"][pool]
    return s.pool["server_start"][pool] + s.person["grid"][owner] % owners
