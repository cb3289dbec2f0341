"""Idle hands: while a colleague's queue waits, a cadre with nothing to do looks for work there.

How soon is one exponential time of working hours for each look. A look while nothing waits elsewhere, or
while the cadre is busy, takes nothing; by the memoryless law the next one is then drawn anew, so that the
hazard of taking over is the same whenever the cadre is idle and somebody's queue waits. With many idle hands
the first look comes soon, and waiting vanishes as staff grow.
"""

from sim.engine.declare import draw, event
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.randomness import exponential
from sim.engine.tables.run import CLASSES
from sim.engine.tables.staff import NO_JOB
from sim.mechanisms.staff.order_of_work import case_turn, next_case
from sim.mechanisms.staff.queues_and_hours import when_worked

TAKE_OVER = draw(14, "TAKE_OVER", ("community", "cadre within it", "look"))
EV_TAKE_OVER = event(6, "TAKE_OVER", "an idle cadre looks for a case that waits in a colleague's queue")


@inner
def longest_waiting(s, server):
    """Return the case that `server` would take over: of the most urgent class, the one whose turn it is.

    -1 if nothing waits in the queue of any colleague.
    """
    pool = s.server[server]["pool"]
    if s.team_waiting[pool] == 0:
        return -1
    owners = s.pool[pool]["owners"]
    start = s.pool[pool]["server_start"]
    best = -1
    for k in range(CLASSES):
        for colleague in range(start, start + owners):
            if colleague != server:
                n = next_case(s, s.server[colleague]["queue"] * CLASSES + k)
                if n >= 0 and (best < 0 or case_turn(s, n) < case_turn(s, best)):
                    best = n
        if best >= 0:
            break
    return best


@inner
def look_later(s, server, t):
    """Draw when an idle cadre looks for work next, unless that is settled."""
    if s.server[server]["looking"] or s.par[0]["staff_take_over_per_hour"] <= 0.0:
        return
    pool = s.server[server]["pool"]
    hours = (
        exponential(
            s.clock[0]["key"],
            TAKE_OVER,
            s.server[server]["looks"],
            s.community[s.pool[pool]["community"]]["number"],
            server - s.pool[pool]["server_start"],
            0,
        )
        / s.par[0]["staff_take_over_per_hour"]
    )
    s.server[server]["looking"] = 1
    s.server[server]["looks"] += 1
    push(s, when_worked(s, server, t, hours), EV_TAKE_OVER, server, s.server[server]["looks"])


@inner
def look_if_any_waits(s, server, t):
    """Let a cadre who has become idle look for work later, if a colleague's queue waits."""
    if s.pool[s.server[server]["pool"]]["owners"] > 0 and longest_waiting(s, server) >= 0:
        look_later(s, server, t)


@inner
def tell_idle_colleagues(s, pool, t):
    """A case has joined the queue of one of the team: whoever is idle may look for it later."""
    if s.par[0]["staff_take_over_per_hour"] <= 0.0:
        return
    server = s.pool[pool]["idle_head"]
    while server >= 0:
        look_later(s, server, t)
        server = s.server[server]["idle_next"]


@inner
def looks_in_time(s, server):
    """Note that the cadre's look is over; return whether they are idle, so that it may find something."""
    s.server[server]["looking"] = 0
    return s.server[server]["job"] == NO_JOB
