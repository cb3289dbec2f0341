"""Duty outside shift hours: a few posts that serve urgent cases only, and run over nobody's week.

A post is filled by the cadres of the team in turn, a new one each day at the hour at which shifts start. What
the cadre works on call is taken off later shifts, hour for hour, so that hours stay equal: it is booked as
case work when it is done and enters the debt of other duties, which is worked off as free time.
"""

import math

from sim.engine.jit import inner
from sim.engine.tables.run import CLASSES
from sim.mechanisms.staff.order_of_work import case_turn, next_case
from sim.mechanisms.staff.queues_and_hours import shift_runs
from sim.rules.cadre import duty_turn


@inner
def free_post(s, n, t):
    """Return a free post for the urgent case `n` at `t`, outside shift hours; or -1."""
    duty = s.community[s.need[n]["community"]]["duty"]
    if duty < 0 or s.need[n]["priority"] != 0 or shift_runs(s, t):
        return -1
    return s.pool[duty]["idle_head"]


@inner
def cadre_of(s, server, t):
    """Return who works: the server, or for a post the cadre whose turn it is at `t`."""
    home = s.pool[s.server[server]["pool"]]["home"]
    if home < 0:
        return server
    day = int(math.floor(t - s.par[0]["calendar_shift_start_hour"] / 24.0))
    post = server - s.pool[s.server[server]["pool"]]["server_start"]
    posts = s.pool[s.server[server]["pool"]]["server_count"]
    return s.pool[home]["server_start"] + duty_turn(max(0, day), post, posts, s.pool[home]["server_count"])


@inner
def _earlier(s, queue, best):
    """Return the urgent case that comes next in `queue` if its turn is before that of `best`, else `best`."""
    n = next_case(s, queue * CLASSES)
    if n >= 0 and (best < 0 or case_turn(s, n) < case_turn(s, best)):
        return n
    return best


@inner
def urgent_waiting(s, home):
    """Return the urgent case whose turn it is in any line of the team, or -1."""
    best = _earlier(s, s.pool[home]["queue"], -1)
    start = s.pool[home]["server_start"]
    for server in range(start, start + s.pool[home]["server_count"]):
        if s.server[server]["queue"] >= 0:
            best = _earlier(s, s.server[server]["queue"], best)
    return best
