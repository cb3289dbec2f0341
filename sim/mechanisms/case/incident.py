"""Which incident a recurring need belongs to, and who sees a need."""

from sim.engine.jit import inner
from sim.engine.tables.needs import CHRONIC
from sim.engine.tables.people import IS_MERCHANT


@inner
def incident_of(s, n):
    """Return the row of the incident of need `n`, or -1."""
    for i in range(s.incident.shape[0]):
        if s.incident[i]["first"] == s.need[n]["incident"]:
            return i
    return -1


@inner
def days_under_water(s, i, t):
    """Return how long the market of incident `i` has been under water up to `t`."""
    days = s.incident[i]["water_days"]
    if s.incident[i]["present"] >= 0:
        days += t - s.incident[i]["since"]
    return days


@inner
def first_observer(s, n):
    """Return the first of the people next to the owner, in index order, who see need `n`.

    People are numbered along a path through the buildings, so the nearest are those numbered next.
    """
    owner = s.need[n]["owner"]
    c = s.need[n]["community"]
    if s.need[n]["flags"] & CHRONIC:
        return s.incident[incident_of(s, n)]["merchant_start"]
    count = s.need[n]["pair_count"]
    if s.person[owner]["flags"] & IS_MERCHANT:
        low = s.community[c]["merchant_start"]
        high = low + s.community[c]["merchants"]
    else:
        low = s.community[c]["resident_start"]
        high = low + s.community[c]["observers"]
    return max(low, min(owner - count // 2, high - count))
