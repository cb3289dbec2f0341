"""The last metre: cadres go there. Own grid queues that spill to the common one, priorities, shifts."""

from sim.agents.cadre import pool_first
from sim.compiled import inner
from sim.distributions import positive
from sim.events import push
from sim.processes.closing import counted, first_response
from sim.processes.demanded import demand
from sim.processes.incident import incident_of
from sim.processes.on_paper import cadre_effort
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
    CHRONIC,
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
    work = s.need[n]["work_hours"]
    if s.track[n]["passes"] > 0:
        # A further pass through the queue is new work; at the second stage an exponential time.
        if s.track[n]["routing_step"] > 0:
            return (
                24.0
                * s.par[0]["verification_second_mean"]
                * exponential(
                    s.clock[0]["key"],
                    WORK,
                    s.track[n]["passes"],
                    1,
                    s.need[n]["owner_key"],
                    s.need[n]["ordinal"],
                )
            )
        return 24.0 * positive(
            s.par[0]["verification_service_distribution"],
            s.par[0]["verification_service_mean"],
            s.par[0]["verification_service_cv"],
            s.clock[0]["key"],
            WORK,
            s.track[n]["passes"],
            0,
            s.need[n]["owner_key"],
            s.need[n]["ordinal"],
        )
    if s.need[n]["leg_count"] == 0:
        return work
    first = work * s.par[0]["referral_shelved_cost_share"]
    if s.track[n]["flags"] & FINAL_PART:
        if s.need[n]["flags"] & CHRONIC:
            first += s.incident[incident_of(s, n)]["given_hours"]
        return max(0.0, work - first)
    return first


@inner
def _start(s, server, n, t):
    become_busy(s, server, n)
    s.track[n]["stage"] = AT_SERVICE
    hours = part_hours(s, n) * cadre_effort(s, n, s.server[server]["pool"], t)
    c = s.need[n]["community"]
    s.server[server]["hours_cases"] += hours
    s.community[c]["staff_hours_cases"] += hours
    s.case[n]["staff_hours"] += hours
    if s.case[n]["service_started_at"] != s.case[n]["service_started_at"]:
        s.case[n]["service_started_at"] = t
        first_response(s, n, t)
        if counted(s, s.need[n]["arisen_at"]):
            m = s.moment
            k = s.need[n]["priority"]
            wait = t - s.case[n]["reported_at"]
            m[k]["served"] += 1.0
            m[k]["wait"] += wait
            m[k]["wait_squared"] += wait * wait
            if wait > 0.0:
                m[k]["waited"] += 1.0
            if wait > s.par[0]["verification_tail_at"]:
                m[k]["tail"] += 1.0
            m[k]["service"] += hours / 24.0
            m[k]["service_squared"] += (hours / 24.0) * (hours / 24.0)
    work_on(s, server, t, hours)


@inner
def queue_in_pool(s, n, pool, t):
    """Queue need `n` for whoever of the pool is free first."""
    s.track[n]["queued_at"] = t
    s.track[n]["stage"] = AT_QUEUE
    idle = s.pool[pool]["idle_head"]
    if idle >= 0 and staff_at_work(s, t):
        _start(s, idle, n, t)
    else:
        append(s, s.pool[pool]["queue"], n)


@inner
def queue_for_field(s, n, t):
    """Queue need `n` for the cadre of its grid, or for the pool where nobody owns grids."""
    c = s.need[n]["community"]
    owner = responsible(s, n)
    demand(s, s.community[c]["pool"], part_hours(s, n))
    if owner < 0 or s.server[owner]["queue"] < 0:
        queue_in_pool(s, n, s.community[c]["pool"], t)
        return
    s.track[n]["queued_at"] = t
    s.track[n]["stage"] = AT_QUEUE
    if s.server[owner]["job"] == NO_JOB and staff_at_work(s, t):
        _start(s, owner, n, t)
        return
    append(s, s.server[owner]["queue"], n)
    visit = 2 * s.track[n]["spell"] + (1 if s.track[n]["flags"] & INVESTIGATED else 0)
    u = uniform(s.clock[0]["key"], SPILL, visit, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
    if u < s.par[0]["staff_spill_probability"]:
        wait = s.par[0]["staff_spill_after_working_days"] * s.par[0]["calendar_shift_hours"]
        push(s, after_working_hours(s, t, wait), EV_SPILL, n, visit)


@inner
def spill(s, n, visit, t):
    """Hand a case that has waited too long in its grid's queue to the whole team."""
    now = 2 * s.track[n]["spell"] + (1 if s.track[n]["flags"] & INVESTIGATED else 0)
    if s.track[n]["stage"] != AT_QUEUE or now != visit:
        return
    pool = s.community[s.need[n]["community"]]["pool"]
    if s.track[n]["queue"] == s.pool[pool]["queue"]:
        return
    remove(s, n)
    queued_at = s.track[n]["queued_at"]
    queue_in_pool(s, n, pool, t)
    s.track[n]["queued_at"] = queued_at


@inner
def serve_next(s, server, t):
    """Let an idle cadre turn to other duties that are due, or else to the next case."""
    if s.server[server]["debt"] > 0.0:
        work_off_debt(s, server, t)
        return
    own = s.server[server]["queue"]
    common = s.pool[s.server[server]["pool"]]["queue"]
    own_class = first_class(s, own)
    common_class = first_class(s, common)
    if own_class == CLASSES and common_class == CLASSES:
        return
    if pool_first(own_class, common_class):
        n = s.line[common * CLASSES + common_class]["head"]
    else:
        n = s.line[own * CLASSES + own_class]["head"]
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
        s.server[server]["hours_duplicates"] += hours
        s.community[s.need[n]["community"]]["staff_hours_duplicates"] += hours
        s.case[n]["staff_hours"] += hours
        add_duty(s, server, t, hours)


@inner
def charge_handling(s, n, hours, t):
    """Charge staff with taking in, or with sending on a case that came to the wrong place."""
    server = responsible(s, n)
    if server >= 0 and hours > 0.0:
        s.server[server]["hours_handling"] += hours
        s.community[s.need[n]["community"]]["staff_hours_handling"] += hours
        s.case[n]["staff_hours"] += hours
        add_duty(s, server, t, hours)


@inner
def community_works(s, n):
    """Whether the community is one of the organisations that need `n` takes."""
    return s.need[n]["flags"] & COMMUNITY_WORKS != 0
