"""Which incident a recurring need belongs to."""

from sim.compiled import inner


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
