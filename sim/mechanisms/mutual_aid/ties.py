"""Ties between people: those of the world, and those that help and meetings make, which may fade.

A tie made during the run is two rows, one a direction, next to each other. One that has faded keeps its rows
until the two come to know each other again, so that each tie has one history, by which its luck is keyed.
"""

from sim.engine.declare import draw, event, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.randomness import exponential, uniform
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.people import REGISTERED
from sim.mechanisms.platform.adoption import reconsider

TIE_LIFE = draw(
    52,
    "TIE_LIFE",
    ("lower of the two", "higher, 0", "renewals of the tie"),
    ("lower of the two", "higher, 1", "day on which they meet"),
)
EV_TIE_END = event(18, "TIE_END", "a tie made during the run fades unless renewed")
COMMUNITY.add("made_ties", whole("ties made during the run and not faded", daily=37))


@inner
def _made_row(s, a, b):
    """Return the row of the tie made from `a` to `b`, faded or not, or -1."""
    k = s.person[a]["tie_head"]
    while k >= 0:
        other = s.new_tie[k]["to"]
        if other in (b, -1 - b):
            return k
        k = s.new_tie[k]["next"]
    return -1


@inner
def _tied_from_the_start(s, a, b):
    for k in range(s.tie_start[a], s.tie_start[a + 1]):
        if s.tie_to[k] == b:
            return True
    return False


@inner
def are_tied(s, a, b):
    """Whether two people know each other well enough to ask."""
    if _tied_from_the_start(s, a, b):
        return True
    k = _made_row(s, a, b)
    return k >= 0 and s.new_tie[k]["to"] >= 0


@inner
def has_tie(s, p):
    """Whether person `p` knows anybody well enough to ask."""
    return s.account[p]["degree"] > 0


@inner
def _one_way(s, a, b, change, t):
    """Count a tie from `a` to `b` that begins (+1) or fades (−1)."""
    s.account[a]["degree"] += change
    if s.account[b]["flags"] & REGISTERED:
        s.account[a]["registered_ties"] += change
    reconsider(s, a, t)


@inner
def _new_row(s, a, b):
    k = s.clock[0]["new_ties"]
    s.clock[0]["new_ties"] = k + 1
    s.new_tie[k]["since"] = 0.0
    s.new_tie[k]["ends_at"] = 0.0
    s.new_tie[k]["to"] = b
    s.new_tie[k]["renewals"] = 0
    s.new_tie[k]["next"] = s.person[a]["tie_head"]
    s.person[a]["tie_head"] = k
    return k


@inner
def _renew(s, a, b, k, t):
    """Let the life of a tie begin anew, where ties fade."""
    first = k - k % 2
    s.new_tie[first]["since"] = t
    mean = s.par[0]["ties_fading_days"]
    if mean <= 0.0:
        return
    low = min(s.person[a]["key"], s.person[b]["key"])
    high = max(s.person[a]["key"], s.person[b]["key"])
    renewals = s.new_tie[first]["renewals"]
    s.new_tie[first]["renewals"] = renewals + 1
    end = t + mean * exponential(s.clock[0]["key"], TIE_LIFE, renewals, low, high, 0)
    s.new_tie[first]["ends_at"] = end
    push(s, end, EV_TIE_END, first, renewals + 1)


@inner
def acquaint(s, a, b, made, t):
    """Renew the tie of two people who know each other; let strangers be tied if `made`."""
    if a == b:
        return
    k = _made_row(s, a, b)
    if k >= 0 and s.new_tie[k]["to"] >= 0:
        _renew(s, a, b, k, t)
        return
    if not made or _tied_from_the_start(s, a, b):
        return
    if k < 0:
        k = _new_row(s, a, b)
        _one_way(s, a, b, 1, t)
        _new_row(s, b, a)
        _one_way(s, b, a, 1, t)
    else:
        s.new_tie[k]["to"] = b
        s.new_tie[k ^ 1]["to"] = a
        _one_way(s, a, b, 1, t)
        _one_way(s, b, a, 1, t)
    s.community[s.person[a]["community"]]["made_ties"] += 1
    _renew(s, a, b, k, t)


@inner
def make_tie(s, a, b, t):
    """Tie two people who did not know each other; renew the tie of those who do."""
    acquaint(s, a, b, True, t)


@inner
def meet(s, a, b, t):
    """Let two people meet: strangers may know each other afterwards. Twice on a day is once."""
    low = min(s.person[a]["key"], s.person[b]["key"])
    high = max(s.person[a]["key"], s.person[b]["key"])
    chance = s.par[0]["ties_after_meeting"]
    acquaint(s, a, b, uniform(s.clock[0]["key"], TIE_LIFE, int(t), low, high, 1) < chance, t)


@on(EV_TIE_END)
def fade(s, k, renewals, t):
    """Let a tie fade, unless it was renewed since the event was filed."""
    if s.new_tie[k]["renewals"] != renewals or s.new_tie[k]["to"] < 0:
        return
    b = s.new_tie[k]["to"]
    a = s.new_tie[k + 1]["to"]
    s.new_tie[k]["to"] = -1 - b
    s.new_tie[k + 1]["to"] = -1 - a
    _one_way(s, a, b, -1, t)
    _one_way(s, b, a, -1, t)
    s.community[s.person[a]["community"]]["made_ties"] -= 1
