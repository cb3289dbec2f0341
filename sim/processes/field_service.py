"""The last metre: cadres go there. Own grid queues that spill to the common one, priorities, shifts."""

from sim.agents.cadre import pool_first
from sim.compiled import inner
from sim.distributions import positive
from sim.events import push
from sim.processes.closing import counted, first_response
from sim.processes.workload import (
    add_duty,
    after_working_hours,
    append,
    become_busy,
    become_idle,
    first_class,
    remove,
    responsible,
    staff_at_work,
    work_off_debt,
    work_on,
)
from sim.randomness import SPILL, WORK, exponential, uniform
from sim.state import (
    AT_QUEUE,
    AT_SERVICE,
    CLASSES,
    COMMUNITY_WORKS,
    EV_SPILL,
    FINAL_PART,
    INVESTIGATED,
    NO_JOB,
)


@inner
def part_hours(s, n):
    """Return the hours of the part of the community's work that comes next.

    A need that takes other organisations is looked into first and finished when they are found willing; what
    is shelved in between has cost the first part alone.
    """
    work = s.need["work_hours"][n]
    if s.track["passes"][n] > 0:
        # A further pass through the queue is new work; at the second stage an exponential time.
        if s.track["routing_step"][n] > 0:
            return (
                24.0
                * s.par["verification_second_mean"][0]
                * exponential(
                    s.clock["key"][0],
                    WORK,
                    s.track["passes"][n],
                    1,
                    s.need["owner_key"][n],
                    s.need["ordinal"][n],
                )
            )
        return 24.0 * positive(
            s.par["verification_service_distribution"][0],
            s.par["verification_service_mean"][0],
            s.par["verification_service_cv"][0],
            s.clock["key"][0],
            WORK,
            s.track["passes"][n],
            0,
            s.need["owner_key"][n],
            s.need["ordinal"][n],
        )
    if s.need["leg_count"][n] == 0:
        return work
    first = work * s.par["referral_shelved_cost_share"][0]
    if s.track["flags"][n] & FINAL_PART:
        return work - first
    return first


@inner
def _start(s, server, n, t):
    become_busy(s, server, n)
    s.track["stage"][n] = AT_SERVICE
    hours = part_hours(s, n)
    c = s.need["community"][n]
    s.server["hours_cases"][server] += hours
    s.community["staff_hours_cases"][c] += hours
    s.case["staff_hours"][n] += hours
    if s.case["service_started_at"][n] != s.case["service_started_at"][n]:
        s.case["service_started_at"][n] = t
        first_response(s, n, t)
        if counted(s, s.need["arisen_at"][n]):
            m = s.moment
            k = s.need["priority"][n]
            wait = t - s.case["reported_at"][n]
            m["served"][k] += 1.0
            m["wait"][k] += wait
            m["wait_squared"][k] += wait * wait
            if wait > 0.0:
                m["waited"][k] += 1.0
            if wait > s.par["verification_tail_at"][0]:
                m["tail"][k] += 1.0
            m["service"][k] += hours / 24.0
            m["service_squared"][k] += (hours / 24.0) * (hours / 24.0)
    work_on(s, server, t, hours)


@inner
def queue_in_pool(s, n, pool, t):
    """Queue need `n` for whoever of the pool is free first."""
    s.track["queued_at"][n] = t
    s.track["stage"][n] = AT_QUEUE
    idle = s.pool["idle_head"][pool]
    if idle >= 0 and staff_at_work(s, t):
        _start(s, idle, n, t)
    else:
        append(s, s.pool["queue"][pool], n)


@inner
def queue_for_field(s, n, t):
    """Queue need `n` for the cadre of its grid, or for the pool where nobody owns grids."""
    c = s.need["community"][n]
    owner = responsible(s, n)
    if owner < 0 or s.server["queue"][owner] < 0:
        queue_in_pool(s, n, s.community["pool"][c], t)
        return
    s.track["queued_at"][n] = t
    s.track["stage"][n] = AT_QUEUE
    if s.server["job"][owner] == NO_JOB and staff_at_work(s, t):
        _start(s, owner, n, t)
        return
    append(s, s.server["queue"][owner], n)
    visit = 2 * s.track["spell"][n] + (1 if s.track["flags"][n] & INVESTIGATED else 0)
    u = uniform(s.clock["key"][0], SPILL, visit, 0, s.need["owner_key"][n], s.need["ordinal"][n])
    if u < s.par["staff_spill_probability"][0]:
        wait = s.par["staff_spill_after_working_days"][0] * s.par["calendar_shift_hours"][0]
        push(s, after_working_hours(s, t, wait), EV_SPILL, n, visit)


@inner
def spill(s, n, visit, t):
    """Hand a case that has waited too long in its grid's queue to the whole team."""
    now = 2 * s.track["spell"][n] + (1 if s.track["flags"][n] & INVESTIGATED else 0)
    if s.track["stage"][n] != AT_QUEUE or now != visit:
        return
    pool = s.community["pool"][s.need["community"][n]]
    if s.track["queue"][n] == s.pool["queue"][pool]:
        return
    remove(s, n)
    queued_at = s.track["queued_at"][n]
    queue_in_pool(s, n, pool, t)
    s.track["queued_at"][n] = queued_at


@inner
def serve_next(s, server, t):
    """Let an idle cadre turn to other duties that are due, or else to the next case."""
    if s.server["debt"][server] > 0.0:
        work_off_debt(s, server, t)
        return
    own = s.server["queue"][server]
    common = s.pool["queue"][s.server["pool"][server]]
    own_class = first_class(s, own)
    common_class = first_class(s, common)
    if own_class == CLASSES and common_class == CLASSES:
        return
    if pool_first(own_class, common_class):
        n = s.line["head"][common * CLASSES + common_class]
    else:
        n = s.line["head"][own * CLASSES + own_class]
    remove(s, n)
    _start(s, server, n, t)


@inner
def free_cadre(s, server, t):
    """Free the cadre after a job; with a shift running, the next begins at once."""
    become_idle(s, server)
    if staff_at_work(s, t):
        serve_next(s, server, t)


@inner
def charge_duplicate(s, n, hours, t):
    """Charge staff with handling a further report of the same thing."""
    server = responsible(s, n)
    if server >= 0 and hours > 0.0:
        s.server["hours_duplicates"][server] += hours
        s.community["staff_hours_duplicates"][s.need["community"][n]] += hours
        s.case["staff_hours"][n] += hours
        add_duty(s, server, t, hours)


@inner
def charge_handling(s, n, hours, t):
    """Charge staff with taking in, or with sending on a case that came to the wrong place."""
    server = responsible(s, n)
    if server >= 0 and hours > 0.0:
        s.server["hours_handling"][server] += hours
        s.community["staff_hours_handling"][s.need["community"][n]] += hours
        s.case["staff_hours"][n] += hours
        add_duty(s, server, t, hours)


@inner
def community_works(s, n):
    """Whether the community is one of the organisations that need `n` takes."""
    return s.need["flags"][n] & COMMUNITY_WORKS != 0
