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
    k = s.person["tie_head"][a]
    while k >= 0:
        if s.new_tie["to"][k] == b:
            return True
        k = s.new_tie["next"][k]
    return False


@inner
def _one_way(s, a, b, t):
    k = s.clock["new_ties"][0]
    if k >= s.new_tie.shape[0]:
        s.clock["fault"][0] = TIES_FULL
        return
    s.clock["new_ties"][0] = k + 1
    s.new_tie["to"][k] = b
    s.new_tie["next"][k] = s.person["tie_head"][a]
    s.person["tie_head"][a] = k
    s.account["degree"][a] += 1
    if s.account["flags"][b] & REGISTERED:
        s.account["registered_ties"][a] += 1
    reconsider(s, a, t)


@inner
def make_tie(s, a, b, t):
    """Tie two people who did not know each other."""
    if a != b and not are_tied(s, a, b):
        _one_way(s, a, b, t)
        _one_way(s, b, a, t)
