"""Order of work: which of the cases that wait in a line comes next, by how long it waits and by its due date.

Urgency comes before both: a line holds cases of one class. At weight 0 the line is served as it came, at
weight 1 by due date alone; the weight w between is the one of `sim.rules.cadre.turn`.
"""

import math

from sim.engine.declare import number
from sim.engine.jit import inner
from sim.engine.tables.needs import LEG
from sim.rules.cadre import turn

LEG.add("queued_at", number("when it joined the line of the unit's officers", "days"))


@inner
def due_date(s, n):
    """Return by when case `n` is due: NaN while its clock stands still."""
    if s.standard.shape[0] > 0:
        return s.standard[n]["due_at"]
    return s.closure[n]["due_at"]


@inner
def _due_or_never(s, n):
    due = due_date(s, n)
    return math.inf if due != due else due


@inner
def case_turn(s, n):
    """Return the turn of waiting case `n` among cadres: the lowest comes first."""
    w = s.par[0]["staff_due_date_weight"]
    return s.track[n]["queued_at"] if w <= 0.0 else turn(s.track[n]["queued_at"], _due_or_never(s, n), w)


@inner
def next_case(s, at):
    """Return the case that a cadre takes next from line `at`, or -1 if nothing waits there.

    Among equals the one that came first: the line itself is in the order of coming.
    """
    best = s.line[at]["head"]
    if s.par[0]["staff_due_date_weight"] <= 0.0 or best < 0:
        return best
    lowest = case_turn(s, best)
    n = s.track[best]["next"]
    while n >= 0:
        own = case_turn(s, n)
        if own < lowest:
            best, lowest = n, own
        n = s.track[n]["next"]
    return best


@inner
def _leg_turn(s, leg):
    w = s.par[0]["units_due_date_weight"]
    return turn(s.leg[leg]["queued_at"], _due_or_never(s, s.leg[leg]["need"]), w)


@inner
def _before_next_leg(s, at):
    """Return the part before the one that an officer takes next in line `at`; -1: that is the first."""
    before = -1
    if s.par[0]["units_due_date_weight"] <= 0.0:
        return before
    previous = s.line[at]["head"]
    lowest = _leg_turn(s, previous)
    leg = s.leg[previous]["next"]
    while leg >= 0:
        own = _leg_turn(s, leg)
        if own < lowest:
            before, lowest = previous, own
        previous = leg
        leg = s.leg[leg]["next"]
    return before


@inner
def join_line(s, at, leg, t):
    """Put a unit's part at the end of the line `at` of its officers."""
    tail = s.line[at]["tail"]
    s.leg[leg]["next"] = -1
    s.leg[leg]["queued_at"] = t
    if tail >= 0:
        s.leg[tail]["next"] = leg
    else:
        s.line[at]["head"] = leg
    s.line[at]["tail"] = leg
    s.line[at]["length"] += 1


@inner
def take_from_line(s, at):
    """Take the part that an officer does next out of line `at` and return it; -1 if nothing waits there."""
    leg = s.line[at]["head"]
    if leg < 0:
        return -1
    before = _before_next_leg(s, at)
    if before >= 0:
        leg = s.leg[before]["next"]
        s.leg[before]["next"] = s.leg[leg]["next"]
    else:
        s.line[at]["head"] = s.leg[leg]["next"]
    if s.leg[leg]["next"] < 0:
        s.line[at]["tail"] = before
    s.line[at]["length"] -= 1
    return leg
