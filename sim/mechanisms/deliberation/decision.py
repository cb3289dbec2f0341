"""After a council: the owners vote, street funds pay, units and staff carry out, the cases are solved.

Nothing here is a probability of success. Whether a matter passes follows from opinions, turnout and the law;
whether it is carried out, from the funds left and from units that take their parts on.
"""

import math

from sim.engine.declare import draw, event
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.engine.tables.cases import (
    AT_COUNCIL,
    AT_END,
    AT_QUEUE,
    AT_SHELF,
    BY_DELIBERATION,
    FIELD_DONE,
    INVESTIGATED,
)
from sim.engine.tables.needs import LEG_OPEN, LEG_PROMISED
from sim.mechanisms.case.closing import counted, first_response, reopen, solve
from sim.mechanisms.case.standards import EV_DUE
from sim.mechanisms.case.trust import standard_hours
from sim.mechanisms.deliberation.agenda import building_of, is_affected
from sim.mechanisms.deliberation.initial_state import MAJOR
from sim.mechanisms.deliberation.opinions import opinion_before
from sim.mechanisms.field_service.field_service import charge_handling, community_works
from sim.mechanisms.field_service.last_resort import final_hours, parts_taken_over
from sim.mechanisms.referral.acceptance import ask
from sim.mechanisms.referral.unit_work import begin_work, promise
from sim.mechanisms.staff.queues_and_hours import add_duty, after_working_hours, remove, responsible
from sim.rules.council_member import approves, decided, listens, moved, quorum_met, turnout_probability

VOTE = draw(42, "VOTE", ("resident", "topic, 0", "calendar slot (day)"))
EV_CARRIED = event(32, "CARRIED", "a decision is carried out, or looked at again in a week")


#: How often those who see to it look whether everybody has done their part.
INSPECTION_DAYS = 7.0
DAYS_A_YEAR = 365.0
#: Values of `deliberation.majority`.
BY_MATTER, ORDINARY = 0, 1


@inner
def _electorate(s, c):
    """Return the first and the last but one of the people among whom the owners vote."""
    low = s.community[c]["resident_start"]
    people = s.community[c]["observers"]
    if not s.par[0]["deliberation_by_building"]:
        return low, low + people
    width = s.par[0]["community_building_residents"]
    building = building_of(s, s.gathered[0])
    first = int(math.ceil(building * width))
    return low + first, low + min(people, int(math.ceil((building + 1.0) * width)))


@inner
def _view(s, p, topic, affected, opinion, consensus):
    """Return the opinion of an owner who was not there, once the council's result is explained to them."""
    view = opinion_before(s, p, topic, affected)
    reach = s.par[0]["deliberation_confidence"]
    if listens(view, opinion, reach, reach):
        view = moved(view, opinion, s.par[0]["deliberation_outreach"] * max(0.0, consensus))
    return view


@inner
def vote(s, c, row, topic, cases, opinion, consensus, t):
    """Let the owners vote on a topic; return whether it passes.

    Those who sat in the council vote as they left it; others vote if they are met at the door.
    """
    low, high = _electorate(s, c)
    owners = 0
    voting = 0
    yes = 0
    area = 0.0
    area_voting = 0.0
    area_yes = 0.0
    for p in range(low, high):
        mine = s.participant[p]["area"]
        if mine <= 0.0:
            continue
        owners += 1
        area += mine
        affected = is_affected(s, p, cases)
        seat = s.participant[p]["seat"]
        if seat > 0:
            view = s.seat[seat - 1]["opinion"]
        else:
            chance = turnout_probability(
                s.par[0]["deliberation_turnout"], s.par[0]["deliberation_turnout_stake"], affected
            )
            if uniform(s.clock[0]["key"], VOTE, int(t), s.person[p]["key"], topic, 0) >= chance:
                continue
            view = _view(s, p, topic, affected, opinion, consensus)
        voting += 1
        area_voting += mine
        s.conduct[p]["votes"] += 1
        if counted(s, t):
            s.participant[p]["votes_counted"] += 1
        if approves(view, s.par[0]["deliberation_yes_above"]):
            yes += 1
            area_yes += mine
    majority = s.par[0]["deliberation_majority"]
    major = s.tally[MAJOR, topic] > 0.0 if majority == BY_MATTER else majority != ORDINARY
    valid = quorum_met(s.par[0]["deliberation_quorum"], owners, voting, area, area_voting)
    passed = valid and decided(
        major,
        s.par[0]["deliberation_ordinary_majority"],
        s.par[0]["deliberation_major_majority"],
        voting,
        yes,
        area_voting,
        area_yes,
    )
    m = s.meeting
    m[row]["owners"] = owners
    if owners > 0:
        m[row]["owners_share"] = voting / owners
        m[row]["area_share"] = area_voting / area
    if voting > 0:
        m[row]["yes_owners"] = yes / voting
        m[row]["yes_area"] = area_yes / area_voting
    m[row]["quorum"] = 1 if valid else 0
    m[row]["passed"] = 1 if passed else 0
    return passed


@inner
def _own_hours(s, n):
    """Return the hours of the community's own part that are not yet worked."""
    if not community_works(s, n) or s.track[n]["flags"] & FIELD_DONE:
        return 0.0
    work = s.need[n]["work_hours"]
    if s.need[n]["leg_count"] > 0 and s.track[n]["flags"] & INVESTIGATED:
        return final_hours(s, n, work * (1.0 - s.par[0]["referral_shelved_cost_share"]))
    return work


@inner
def _cost(s, n):
    hours = _own_hours(s, n)
    start = s.need[n]["leg_start"]
    for leg in range(start, start + s.need[n]["leg_count"]):
        if s.leg[leg]["state"] in (LEG_OPEN, LEG_PROMISED):
            hours += s.leg[leg]["work_hours"]
    return hours * s.par[0]["deliberation_cost_per_hour"]


@inner
def _accept(s, n, t):
    """Take in a case that was given up before anybody had."""
    if s.case[n]["accepted_at"] != s.case[n]["accepted_at"]:
        s.case[n]["accepted_at"] = t
        s.community[s.need[n]["community"]]["accepted"] += 1


@inner
def _everybody_commits(s, n, t):
    """Bind the units of the community itself, ask those above it; return whether all take their parts on.

    The owners' decision binds the property company, the owners' committee and whoever else is of the place.
    It commands no office of a street or county: that is asked by the rule of every letter.
    """
    start = s.need[n]["leg_start"]
    for leg in range(start, start + s.need[n]["leg_count"]):
        if s.leg[leg]["state"] != LEG_OPEN:
            continue
        u = s.leg[leg]["unit"]
        if s.unit[u]["level"] > 0:
            ask(s, leg, 0.0, 0, t)
        else:
            s.leg[leg]["asks"] += 1
            s.unit[u]["asks"] += 1
            s.case[n]["handoffs"] += 1
            promise(s, leg, t)
    return s.track[n]["committed"] + parts_taken_over(s, n) == s.need[n]["leg_count"]


@inner
def _take_over(s, n, row, t):
    """Begin to carry out what was decided on need `n`, wherever its case lay."""
    stage = s.track[n]["stage"]
    if stage == AT_QUEUE:
        remove(s, n)
    elif stage in (AT_SHELF, AT_END):
        reopen(s, n, t)
        push(s, after_working_hours(s, t, standard_hours(s, n)), EV_DUE, n, s.track[n]["spell"])
    s.track[n]["stage"] = AT_COUNCIL
    first_response(s, n, t)
    hours = _own_hours(s, n)
    if hours > 0.0:
        server = responsible(s, n)
        s.server[server]["hours_cases"] += hours
        s.community[s.need[n]["community"]]["staff_hours_cases"] += hours
        s.case[n]["staff_hours"] += hours
        if s.case[n]["service_started_at"] != s.case[n]["service_started_at"]:
            s.case[n]["service_started_at"] = t
        add_duty(s, server, t, hours)
    s.track[n]["flags"] |= FIELD_DONE
    charge_handling(s, n, s.par[0]["deliberation_mediation_hours"], t)
    start = s.need[n]["leg_start"]
    for leg in range(start, start + s.need[n]["leg_count"]):
        if s.leg[leg]["state"] == LEG_PROMISED:
            begin_work(s, leg, t)
    push(s, t + s.par[0]["deliberation_implementation_days"], EV_CARRIED, n, row)


@inner
def carry_out(s, c, row, cases, t):
    """Carry out a decision case by case, as far as this year's funds go and everybody needed commits."""
    year = int(t / DAYS_A_YEAR)
    if s.council[c]["year"] != year:
        s.council[c]["year"] = year
        s.council[c]["spent"] = 0.0
    for i in range(cases):
        n = s.gathered[i]
        cost = _cost(s, n)
        left = s.par[0]["deliberation_budget_per_year"] - s.council[c]["spent"]
        if cost > left or responsible(s, n) < 0:
            continue
        _accept(s, n, t)
        if not _everybody_commits(s, n, t):
            s.meeting[row]["refused"] += 1
            continue
        s.council[c]["spent"] += cost
        s.meeting[row]["funds"] += cost
        s.meeting[row]["funded"] += 1
        _take_over(s, n, row, t)


@on(EV_CARRIED)
def carried_out(s, n, row, t):
    """Solve the case if every unit has done its part by now; otherwise look again in a week."""
    if s.track[n]["stage"] != AT_COUNCIL:
        return
    if s.track[n]["legs_done"] + parts_taken_over(s, n) < s.need[n]["leg_count"]:
        push(s, t + INSPECTION_DAYS, EV_CARRIED, n, row)
        return
    solve(s, n, BY_DELIBERATION, t)
    s.meeting[row]["solved"] += 1
    s.meeting[row]["implemented_at"] = t
