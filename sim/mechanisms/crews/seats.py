"""Who takes the seats of an event, over the rows of crews alone: in a run, and where events are given."""

from sim.engine.declare import draw
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.rules.volunteer import (
    NEWCOMER,
    OF_THE_CREW,
    beyond_the_crew,
    habit,
    log_weight,
    out_of_reach,
    place_in_line,
    seat_goes_to,
    surely_behind,
)

CREW_SEAT = draw(
    67,
    "CREW_SEAT",
    ("organiser", "seat, 0: to whom it goes", "event"),
    ("organiser", "seat, 1: if nobody of the crew is left", "event"),
)
CREW_LINE = draw(68, "CREW_LINE", ("organiser", "member, 0", "event"))
CREW_NEWCOMER = draw(69, "CREW_NEWCOMER", ("organiser", "seat, try", "event"))
CREW_VISITOR = draw(70, "CREW_VISITOR", ("organiser", "seat, try", "event"))

#: How often somebody else is looked for before a seat is given up.
_TRIES = 64


@inner
def _stand(member, j, place, last, standing, seats):
    """Let a member stand in the line at `place` if there is room; return who is last, and how many stand."""
    member[j]["place"] = place
    if standing == seats:
        if last < 0 or place >= member[last]["place"]:
            return last, standing
        last = member[last]["behind"]
        standing -= 1
    after, before = -1, last
    while before >= 0 and place < member[before]["place"]:
        after, before = before, member[before]["behind"]
    member[j]["behind"] = before
    if after >= 0:
        member[after]["behind"] = j
    else:
        last = j
    return last, standing + 1


@inner
def _line_up(crew, member, o, seats, key, memory_days, t):
    """Line up the members of crew `o` for the seats of its present event; return who is first, −1 nobody.

    As many stand in the line as there are seats. While it forms, `behind` leads from the last to the first.
    Whoever came last time is likely to come again: looked at first, they fill the line, and most of the
    others are told to be behind it at once. Who stands in it does not depend on the order.
    """
    last = -1
    standing = 0
    again = crew[o]["came"] >= 0
    j = crew[o]["came"] if again else crew[o]["head"]
    while j >= 0:
        after = member[j]["behind"] if again else member[j]["next"]
        if again or member[j]["event"] != crew[o]["events"]:
            gap = t - member[j]["last_at"]
            weight = log_weight(member[j]["habit"], gap, memory_days, member[j]["readiness"])
            # A crew has many who came long ago. Most of them are not even drawn for.
            full = last >= 0 and standing == seats
            if not (full and out_of_reach(weight, member[last]["place"])):
                luck = uniform(key, CREW_LINE, crew[o]["events"], crew[o]["key"], member[j]["key"], 0)
                if not (full and surely_behind(luck, weight, member[last]["place"])):
                    last, standing = _stand(member, j, place_in_line(luck, weight), last, standing, seats)
        if again and after < 0:
            again = False
            after = crew[o]["head"]
        j = after
    first = -1
    while last >= 0:
        before = member[last]["behind"]
        member[last]["behind"] = first
        first, last = last, before
    return first


@inner
def _come(crew, member, o, j):
    """Note that a member came to the present event: `behind` leads from one to the next, the newest first."""
    before, i = -1, crew[o]["came"]
    while i > j:
        before, i = i, member[i]["behind"]
    member[j]["behind"] = i
    if before >= 0:
        member[before]["behind"] = j
    else:
        crew[o]["came"] = j


@inner
def _newcomer(crew, volunteer, neighbourhood, o, seat, key):
    """Return somebody who was never at an event, −1 if none was found."""
    c = crew[o]["neighbourhood"]
    for attempt in range(_TRIES):
        luck = uniform(key, CREW_NEWCOMER, crew[o]["events"], crew[o]["key"], seat, attempt)
        p = neighbourhood[c]["start"] + int(luck * neighbourhood[c]["people"])
        if volunteer[p]["able"] and volunteer[p]["head"] < 0:
            return p
    return -1


@inner
def _visitor(crew, member, volunteer, neighbourhood, o, seat, key):
    """Return a volunteer of other crews who was never with crew `o`, −1 if none was found."""
    c = crew[o]["neighbourhood"]
    known = neighbourhood[c]["volunteers"]
    if known == 0:
        return -1
    for attempt in range(_TRIES):
        luck = uniform(key, CREW_VISITOR, crew[o]["events"], crew[o]["key"], seat, attempt)
        p = volunteer[neighbourhood[c]["start"] + int(luck * known)]["listed"]
        j = volunteer[p]["head"]
        while j >= 0 and member[j]["crew"] != o:
            j = member[j]["next_of_person"]
        if j < 0:
            return p
    return -1


@inner
def _join(crew, member, volunteer, neighbourhood, o, p, row):
    """Let person `p` be a member of crew `o` from now on, as `row`."""
    if volunteer[p]["head"] < 0:
        c = crew[o]["neighbourhood"]
        known = neighbourhood[c]["volunteers"]
        volunteer[neighbourhood[c]["start"] + known]["listed"] = p
        neighbourhood[c]["volunteers"] = known + 1
    member[row]["person"] = p
    member[row]["crew"] = o
    member[row]["key"] = volunteer[p]["key"]
    member[row]["acts"] = 0
    member[row]["readiness"] = volunteer[p]["readiness"]
    member[row]["next"] = crew[o]["head"]
    crew[o]["head"] = row
    member[row]["next_of_person"] = volunteer[p]["head"]
    volunteer[p]["head"] = row


@inner
def fill(
    crew,
    member,
    volunteer,
    neighbourhood,
    used,
    o,
    seats,
    key,
    newcomer,
    visitor,
    acts_exponent,
    memory_days,
    t,
):
    """Give the seats of the present event of crew `o` to people; return the rows of `member` used.

    Whoever has a seat is a member, and from `came` on the one leads to the next. What a person has done
    counts as it stood before the event.
    """
    line = _line_up(crew, member, o, seats, key, memory_days, t)
    crew[o]["came"] = -1
    k = crew[o]["events"]
    for seat in range(seats):
        luck = uniform(key, CREW_SEAT, k, crew[o]["key"], seat, 0)
        goes_to = seat_goes_to(luck, newcomer, visitor)
        j = -1
        if goes_to == OF_THE_CREW:
            j = line
            if j >= 0:
                line = member[j]["behind"]
            else:
                luck = uniform(key, CREW_SEAT, k, crew[o]["key"], seat, 1)
                goes_to = beyond_the_crew(luck, newcomer, visitor)
        if j < 0:
            p = -1
            if goes_to != NEWCOMER:
                p = _visitor(crew, member, volunteer, neighbourhood, o, seat, key)
            if p < 0:
                p = _newcomer(crew, volunteer, neighbourhood, o, seat, key)
            if p < 0:
                continue
            j = used
            used += 1
            _join(crew, member, volunteer, neighbourhood, o, p, j)
        member[j]["acts"] += 1
        member[j]["habit"] = habit(member[j]["acts"], acts_exponent)
        member[j]["last_at"] = t
        member[j]["event"] = k + 1
        _come(crew, member, o, j)
        crew[o]["seats"] += 1
    crew[o]["events"] = k + 1
    return used
