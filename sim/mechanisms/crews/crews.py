"""Crews: organisers call events with seats, and mostly the same people come.

A seat goes to a newcomer, to somebody of another crew, or within the organiser's crew: the more often
somebody came, and the more lately, the likelier they come again. What is done there (patrols, clean-ups,
visits) is a contribution, and takes volunteers' hours; it solves no case.
"""

from sim.engine.declare import draw, event, number, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.randomness import exponential, normal
from sim.engine.tables.communities import COMMUNITY
from sim.mechanisms.crews.seats import fill
from sim.mechanisms.moments import run_begins
from sim.mechanisms.mutual_aid.helping import contribute
from sim.rules.volunteer import seats_of

CREW_CALL = draw(
    66,
    "CREW_CALL",
    ("organiser", "0, 0: time to the next event", "event"),
    ("organiser", "1, 0: its seats", "event"),
    ("organiser", "2, 0: pace of calling", "0"),
)
EV_CREW = event(40, "CREW", "an organiser's event is held: its seats are filled")
COMMUNITY.add("crew_events", whole("events of crews held", daily=52))
COMMUNITY.add("crew_acts", whole("seats taken at events of crews", daily=53))
COMMUNITY.add("crew_hours", number("of volunteers' hours, at events of crews", "hours", daily=54))
COMMUNITY.add("volunteers", whole("people who were at an event of a crew", daily=55))

#: Seats of one event at most; room for as many memberships is kept.
MOST_SEATS = 1000


@inner
def _call_next(s, o, t):
    """File the next event of organiser `o`."""
    k = s.crew[o]["events"]
    wait = exponential(s.clock[0]["key"], CREW_CALL, k, s.crew[o]["key"], 0, 0)
    push(s, t + wait / s.crew[o]["rate"], EV_CREW, o, k)


@inner
def _book(s, o, t):
    """Book the hours and acts of whoever was at the last event of organiser `o`."""
    hours = s.par[0]["crews_hours"]
    c = s.crew[o]["neighbourhood"]
    j = s.crew[o]["came"]
    while j >= 0:
        s.community[c]["crew_acts"] += 1
        s.community[c]["crew_hours"] += hours
        s.community[c]["volunteer_hours"] += hours
        contribute(s, s.member[j]["person"], hours, t)
        j = s.member[j]["behind"]


@on(EV_CREW)
def hold_event(s, o, k, t):
    """Hold event number `k` of organiser `o`."""
    key = s.clock[0]["key"]
    luck = normal(key, CREW_CALL, k, s.crew[o]["key"], 1, 0)
    seats = seats_of(s.par[0]["crews_seats_median"], s.par[0]["crews_seats_sigma"], luck, MOST_SEATS)
    s.clock[0]["members"] = fill(
        s.crew,
        s.member,
        s.volunteer,
        s.neighbourhood,
        s.clock[0]["members"],
        o,
        seats,
        key,
        s.par[0]["crews_newcomer_share"],
        s.par[0]["crews_visitor_share"],
        s.par[0]["crews_acts_exponent"],
        s.par[0]["crews_memory_days"],
        t,
    )
    c = s.crew[o]["neighbourhood"]
    s.community[c]["crew_events"] += 1
    s.community[c]["volunteers"] = s.neighbourhood[c]["volunteers"]
    _book(s, o, t)
    _call_next(s, o, t)


@after(run_begins, 130)
def call_first(s):
    """File the first event of each organiser."""
    for o in range(s.crew.shape[0]):
        if s.crew[o]["rate"] > 0.0:
            _call_next(s, o, 0.0)
