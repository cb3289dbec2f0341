"""Refusal with review (退单): a unit that refuses a dispatched case gives its reasons, and these are judged.

The refusal costs an officer's time and the dispute the community's; upheld, the case comes back as ever, not
upheld the unit takes it.
"""

from sim.engine.declare import draw, event, whole
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.engine.tables.communities import COMMUNITY
from sim.mechanisms.field_service.field_service import charge_handling
from sim.mechanisms.referral.unit_work import promise
from sim.mechanisms.staff.queues_and_hours import add_duty

REVIEW = draw(74, "REVIEW", ("unit", "need", "times asked"))
EV_REVIEW = event(44, "REVIEW", "a refusal has been reviewed: upheld, or the unit takes the case")
COMMUNITY.add("refusals_reviewed", whole("refusals of letters that were reviewed", daily=58))
COMMUNITY.add("refusals_overruled", whole("of them, not upheld: the unit took the case", daily=59))


@inner
def charge_refusal(s, leg, t):
    """Charge a refusal to an officer of the unit, and to whoever of the community answers it."""
    n = s.leg[leg]["need"]
    u = s.leg[leg]["unit"]
    pool = s.unit[u]["pool"]
    count = s.pool[pool]["server_count"]
    hours = s.par[0]["refusal_unit_hours"]
    if count > 0 and hours > 0.0:
        officer = s.pool[pool]["server_start"] + s.unit[u]["next_officer"]
        s.unit[u]["next_officer"] = (s.unit[u]["next_officer"] + 1) % count
        s.server[officer]["hours_handling"] += hours
        s.unit[u]["hours"] += hours
        s.case[n]["unit_hours"] += hours
        s.community[s.need[n]["community"]]["unit_hours"] += hours
        add_duty(s, officer, t, hours)
    charge_handling(s, n, s.par[0]["refusal_staff_hours"], t)


@inner
def overruled(s, leg, t):
    """Judge the unit's last refusal; return whether it must take its part after all, which it then does."""
    n = s.leg[leg]["need"]
    s.community[s.need[n]["community"]]["refusals_reviewed"] += 1
    drawn = uniform(
        s.clock[0]["key"],
        REVIEW,
        s.leg[leg]["asks"],
        s.leg[leg]["key"],
        s.need[n]["owner_key"],
        s.need[n]["ordinal"],
    )
    if drawn < s.par[0]["refusal_upheld_probability"]:
        return False
    # It was not sent back in the end.
    s.case[n]["bounces"] -= 1
    s.community[s.need[n]["community"]]["refusals_overruled"] += 1
    promise(s, leg, t)
    return True
