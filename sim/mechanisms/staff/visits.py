"""What a visit takes besides its work: the way there, a skill that not everybody has, a second pair of hands.

The way is saved, in part or wholly, where a cadre goes on without a break from one case of a grid to another.
A case that takes a skill waits in a line of its own, which only those who have it serve. One that takes two
waits at the head of its line until two of the team are free at once; the first of them waits with it, unless
the own grid has something.
"""

from sim.engine.declare import draw
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.engine.tables.cases import NEEDS_SKILL, NEEDS_TWO
from sim.mechanisms.staff.queues_and_hours import at_work
from sim.rules.cadre import has_skill, travel_share

SKILL = draw(57, "SKILL", ("0", "need", "0"))
TWO_PERSON = draw(58, "TWO_PERSON", ("0", "need", "0"))


#: The job of the second of two who visit together; the first has the case.
PARTNER = -3


@inner
def draw_demands(s, n):
    """Settle, when the case is opened, whether it takes a skill or two people."""
    key = s.clock[0]["key"]
    b = s.need[n]["owner_key"]
    c = s.need[n]["ordinal"]
    share = s.par[0]["staff_skill_needs"]
    if share > 0.0 and uniform(key, SKILL, 0, 0, b, c) < share:
        s.track[n]["flags"] |= NEEDS_SKILL
    share = s.par[0]["staff_two_person_share"]
    if share > 0.0 and uniform(key, TWO_PERSON, 0, 0, b, c) < share:
        s.track[n]["flags"] |= NEEDS_TWO


@inner
def skilled(s, server):
    """Whether the server has the skill that some cases take."""
    pool = s.server[server]["pool"]
    return has_skill(server - s.pool[pool]["server_start"], s.par[0]["staff_skill_cadres"])


@inner
def grid_of(s, n):
    """Return the grid of need `n`, told apart between communities; -1 where it has none."""
    owner = s.need[n]["owner"]
    if owner < 0:
        return -1
    return s.need[n]["community"] * (1 << 20) + s.conduct[owner]["grid"]


@inner
def travel_hours(s, server, n, t):
    """Return the hours of the way of `server` to need `n`, begun at `t`."""
    hours = s.par[0]["staff_travel_hours"]
    if hours <= 0.0:
        return 0.0
    there = grid_of(s, n)
    on = there >= 0 and s.server[server]["last_grid"] == there and s.server[server]["last_end"] == t
    return hours * travel_share(on, s.par[0]["staff_travel_repeat_share"])


@inner
def takes_two(s, n, pool):
    """Whether two of the pool must go to need `n`; where there is only one, that one goes alone."""
    return s.track[n]["flags"] & NEEDS_TWO != 0 and s.pool[pool]["server_count"] > 1


@inner
def second_hand(s, server, t):
    """Return an idle colleague of `server` who is at work at `t`, or -1."""
    other = s.pool[s.server[server]["pool"]]["idle_head"]
    while other >= 0 and (other == server or not at_work(s, other, t)):
        other = s.server[other]["idle_next"]
    return other


@inner
def note_end(s, server, n, t):
    """Remember where and when a visit ended, for the way to the next."""
    s.server[server]["last_grid"] = grid_of(s, n)
    s.server[server]["last_end"] = t
