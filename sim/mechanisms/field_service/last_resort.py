"""The last resort (兜底): what units have refused too often, the community office does itself.

After `refusal.last_resort_after` refusals of one part, reviews that did not uphold them apart, the part is
the community's: its hours are added to the last visit, and nobody is asked for it again.
"""

from sim.engine.jit import inner
from sim.engine.tables.cases import INVESTIGATED, LAST_RESORT
from sim.engine.tables.needs import CHRONIC, COMMUNITY_WORKS, LEG_OPEN, LEG_TAKEN_OVER


@inner
def take_over_refused(s, n):
    """Make those open parts of case `n` the community's own that were refused too often; return whether any.

    The remedy of a flooded market is beyond a community's office.
    """
    limit = s.par[0]["refusal_last_resort_after"]
    if limit <= 0 or s.need[n]["flags"] & CHRONIC:
        return False
    found = False
    start = s.need[n]["leg_start"]
    for leg in range(start, start + s.need[n]["leg_count"]):
        if s.leg[leg]["state"] == LEG_OPEN and s.leg[leg]["asks"] >= limit:
            s.leg[leg]["state"] = LEG_TAKEN_OVER
            s.track[n]["flags"] |= LAST_RESORT | INVESTIGATED
            found = True
    return found


@inner
def parts_taken_over(s, n):
    """Return how many parts of other organisations the community does itself in case `n`."""
    if not s.track[n]["flags"] & LAST_RESORT:
        return 0
    parts = 0
    start = s.need[n]["leg_start"]
    for leg in range(start, start + s.need[n]["leg_count"]):
        if s.leg[leg]["state"] == LEG_TAKEN_OVER:
            parts += 1
    return parts


@inner
def hours_taken_over(s, n):
    """Return the hours of these parts."""
    hours = 0.0
    start = s.need[n]["leg_start"]
    for leg in range(start, start + s.need[n]["leg_count"]):
        if s.leg[leg]["state"] == LEG_TAKEN_OVER:
            hours += s.leg[leg]["work_hours"]
    return hours


@inner
def final_hours(s, n, rest):
    """Return the hours of the last visit: `rest` of the community's own part, and the parts taken over."""
    if not s.track[n]["flags"] & LAST_RESORT:
        return rest
    if not s.need[n]["flags"] & COMMUNITY_WORKS:
        rest = 0.0
    return rest + hours_taken_over(s, n)
