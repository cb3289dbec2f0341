"""Ties between people: those of the world, and those that help makes."""

from sim.compiled import inner
from sim.events import TIES_FULL
from sim.processes.adoption import reconsider
from sim.state import REGISTERED


@inner
def are_tied(s, a, b):
    """Whether two people know each other well enough to ask."""
    for k in range(s.tie_start[a], s.tie_start[a + 1]):
        if s.tie_to[k] == b:
            return True
    k = s.person[a]["tie_head"]
    while k >= 0:
        if s.new_tie[k]["to"] == b:
            return True
        k = s.new_tie[k]["next"]
    return False


@inner
def _one_way(s, a, b, t):
    k = s.clock[0]["new_ties"]
    if k >= s.new_tie.shape[0]:
        s.clock[0]["fault"] = TIES_FULL
        return
    s.clock[0]["new_ties"] = k + 1
    s.new_tie[k]["to"] = b
    s.new_tie[k]["next"] = s.person[a]["tie_head"]
    s.person[a]["tie_head"] = k
    s.account[a]["degree"] += 1
    if s.account[b]["flags"] & REGISTERED:
        s.account[a]["registered_ties"] += 1
    reconsider(s, a, t)


@inner
def make_tie(s, a, b, t):
    """Tie two people who did not know each other."""
    if a != b and not are_tied(s, a, b):
        _one_way(s, a, b, t)
        _one_way(s, b, a, t)
