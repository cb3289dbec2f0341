"""The last metre: cadres go there. Own grids' queues and a common one, priorities, idle hands, shifts."""

from sim.demand.needs import WORK
from sim.engine.declare import event, number
from sim.engine.dispatch import on
from sim.engine.distributions import positive
from sim.engine.event_queue import EV_SERVER_FREE, push
from sim.engine.jit import inner
from sim.engine.randomness import exponential
from sim.engine.tables.cases import AT_QUEUE, AT_SERVICE, FINAL_PART, LAST_RESORT, NEEDS_SKILL, NEEDS_TWO
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import CHRONIC, COMMUNITY_WORKS
from sim.engine.tables.run import CLASSES
from sim.engine.tables.staff import NO_JOB
from sim.mechanisms.case.closing import counted, first_response
from sim.mechanisms.case.incident import incident_of
from sim.mechanisms.field_service.closing_on_paper import cadre_effort
from sim.mechanisms.field_service.last_resort import final_hours
from sim.mechanisms.field_service.taking_over import (
    EV_TAKE_OVER,
    longest_waiting,
    look_if_any_waits,
    looks_in_time,
    tell_idle_colleagues,
)
from sim.mechanisms.staff.on_call import cadre_of, free_post, urgent_waiting
from sim.mechanisms.staff.order_of_work import next_case
from sim.mechanisms.staff.queues_and_hours import (
    add_duty,
    append,
    at_work,
    become_busy,
    become_idle,
    first_class,
    idle_at_work,
    remove,
    responsible,
    shift_runs,
    work_off_debt,
    work_on,
)
from sim.mechanisms.staff.team_load import demand, team_of
from sim.mechanisms.staff.visits import PARTNER, second_hand, skilled, takes_two, travel_hours
from sim.rules.cadre import pool_first

EV_DUTY = event(30, "DUTY", "a shift ends: posts on call turn to what is urgent")
COMMUNITY.add("staff_hours_duplicates", number("staff hours on unmerged repeat reports", "hours", daily=14))
COMMUNITY.add("staff_hours_handling", number("staff hours taking in and routing", "hours", daily=16))
COMMUNITY.add("staff_hours_travel", number("staff hours on the way to visits", "hours", daily=17))
COMMUNITY.add("hours_on_call", number("of the staff hours, those worked on call", "hours", daily=18))


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
        return final_hours(s, n, max(0.0, work - first))
    return first


@inner
def _book_visit(s, server, n, hours, travel):
    c = s.need[n]["community"]
    s.server[server]["hours_cases"] += hours
    s.community[c]["staff_hours_cases"] += hours
    s.case[n]["staff_hours"] += hours
    if travel > 0.0:
        s.server[server]["hours_travel"] += travel
        s.community[c]["staff_hours_travel"] += travel
        s.case[n]["staff_hours"] += travel


@inner
def _start(s, server, n, t):
    become_busy(s, server, n)
    s.track[n]["stage"] = AT_SERVICE
    team = team_of(s, s.server[server]["pool"])
    hours = part_hours(s, n) * cadre_effort(s, n, team, t)
    travel = travel_hours(s, server, n, t)
    worker = cadre_of(s, server, t)
    _book_visit(s, worker, n, hours, travel)
    if travel > 0.0:
        demand(s, team, travel)
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
    done = work_on(s, server, t, hours + travel)
    if worker != server:
        # Time off for time on call, in a later shift.
        s.server[worker]["debt"] += hours + travel
        s.server[worker]["hours_on_call"] += hours + travel
        s.community[s.need[n]["community"]]["hours_on_call"] += hours + travel
    elif takes_two(s, n, s.server[server]["pool"]):
        other = second_hand(s, server, t)
        become_busy(s, other, PARTNER)
        _book_visit(s, other, n, hours, travel)
        demand(s, team, hours + travel)
        push(s, done, EV_SERVER_FREE, other, 0)


@inner
def queue_in_pool(s, n, pool, t):
    """Queue need `n` for whoever of the pool is free first, and can serve it."""
    s.track[n]["queued_at"] = t
    s.track[n]["stage"] = AT_QUEUE
    queue = s.pool[pool]["queue"]
    idle = idle_at_work(s, pool, t)
    if s.track[n]["flags"] & NEEDS_SKILL:
        queue = s.pool[pool]["skill_queue"]
        while idle >= 0 and not (skilled(s, idle) and at_work(s, idle, t)):
            idle = s.server[idle]["idle_next"]
    # Somebody idle may be waiting with the first of the line for a second hand: the others stay behind it.
    free = idle >= 0
    if free and s.par[0]["staff_two_person_share"] > 0.0:
        free = first_class(s, queue) == CLASSES
        free = free and not (takes_two(s, n, pool) and second_hand(s, idle, t) < 0)
    if free:
        _start(s, idle, n, t)
    else:
        append(s, queue, n)


@inner
def queue_for_field(s, n, t):
    """Queue need `n` for the cadre of its grid, or for the pool where nobody owns grids."""
    c = s.need[n]["community"]
    demand(s, s.community[c]["pool"], part_hours(s, n))
    post = free_post(s, n, t)
    if post >= 0:
        _start(s, post, n, t)
        return
    owner = responsible(s, n)
    special = s.track[n]["flags"] & (NEEDS_SKILL | NEEDS_TWO)
    if owner < 0 or special or s.server[owner]["queue"] < 0:
        queue_in_pool(s, n, s.community[c]["pool"], t)
        return
    s.track[n]["queued_at"] = t
    s.track[n]["stage"] = AT_QUEUE
    if s.server[owner]["job"] == NO_JOB and at_work(s, owner, t):
        _start(s, owner, n, t)
        return
    append(s, s.server[owner]["queue"], n)
    tell_idle_colleagues(s, s.community[c]["pool"], t)


@on(EV_TAKE_OVER)
def take_over(s, server, look, t):
    """Let an idle cadre take over the case that has waited longest in a colleague's queue."""
    if looks_in_time(s, server) and at_work(s, server, t):
        n = longest_waiting(s, server)
        if n >= 0:
            remove(s, n)
            _start(s, server, n, t)


@inner
def serve_next(s, server, t):
    """Let an idle cadre turn to other duties that are due, or else to the next case."""
    if s.server[server]["debt"] > 0.0:
        work_off_debt(s, server, t)
        return
    pool = s.server[server]["pool"]
    line = s.server[server]["queue"]
    chosen = first_class(s, line)
    special = s.pool[pool]["skill_queue"]
    if special >= 0 and skilled(s, server):
        special_class = first_class(s, special)
        if pool_first(chosen, special_class):
            line = special
            chosen = special_class
    common = s.pool[pool]["queue"]
    common_class = first_class(s, common)
    if pool_first(chosen, common_class):
        line = common
        chosen = common_class
    if chosen == CLASSES:
        look_if_any_waits(s, server, t)
        return
    n = next_case(s, line * CLASSES + chosen)
    if takes_two(s, n, pool) and second_hand(s, server, t) < 0:
        return
    remove(s, n)
    _start(s, server, n, t)


@inner
def free_cadre(s, server, t):
    """Free the cadre after a job; with a shift running, the next begins at once."""
    become_idle(s, server)
    if s.pool[s.server[server]["pool"]]["home"] >= 0:
        if not shift_runs(s, t):
            serve_urgent(s, server, t)
    elif at_work(s, server, t):
        serve_next(s, server, t)


@inner
def serve_urgent(s, post, t):
    """Let a free post turn to the urgent case that has waited longest."""
    n = urgent_waiting(s, s.pool[s.server[post]["pool"]]["home"])
    if n >= 0:
        remove(s, n)
        _start(s, post, n, t)


@on(EV_DUTY)
def begin_duty(s, t):
    """At the end of the day's shift, let the posts on call turn to what is urgent."""
    for c in range(s.community.shape[0]):
        duty = s.community[c]["duty"]
        if duty >= 0:
            start = s.pool[duty]["server_start"]
            for post in range(start, start + s.pool[duty]["server_count"]):
                if s.server[post]["job"] == NO_JOB:
                    serve_urgent(s, post, t)


@inner
def serve_those_behind(s, n, t):
    """Let somebody idle turn to the line again after need `n`, at its head, has been withdrawn."""
    if s.par[0]["staff_two_person_share"] > 0.0:
        idle = idle_at_work(s, s.community[s.need[n]["community"]]["pool"], t)
        if idle >= 0:
            serve_next(s, idle, t)


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
    """Whether the community is one of the organisations that need `n` takes, or does a part for others."""
    return s.need[n]["flags"] & COMMUNITY_WORKS != 0 or s.track[n]["flags"] & LAST_RESORT != 0
