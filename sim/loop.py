"""The loop: from one event to the next, a day at a time.

`advance` returns between days, or earlier when an array must grow; progress, cancellation and a model's
`step` live in that seam. What happens at each kind of event is in `sim.mechanisms`: `MECHANISMS` names them.
"""

import math

from sim.engine.daily_series import keep
from sim.engine.dispatch import dispatcher
from sim.engine.event_queue import AHEAD, fetch_arrival, next_time, open_day, room, take
from sim.engine.jit import inner
from sim.engine.state_pointer import state_entry
from sim.mechanism_list import MECHANISMS
from sim.mechanisms.moments import day_ends, run_begins
from sim.mechanisms.reporting.learning import fetch_lessons
from sim.mechanisms.reporting.reporting import arise

#: What `advance` returns.
DONE, GROW, FAULT = range(3)

_handle = dispatcher(MECHANISMS)


@state_entry
def begin(s):
    """File what is known to come at time 0."""
    run_begins(s)


@state_entry
def advance(s, until):
    """Run the community to the start of day `until`.

    Returns
    -------
    int
        `DONE`; `GROW` if the event arrays must grow first; `FAULT` if something ran out of room.
    """
    need = s.need
    arrivals = need.shape[0]
    while s.clock[0]["day"] < until:
        if not s.clock[0]["day_open"]:
            if not open_day(s, s.clock[0]["day"]):
                return GROW
            s.clock[0]["day_open"] = 1
        end = s.clock[0]["day"] + 1.0
        while True:
            if not room(s) or not _exchange_has_room(s):
                return GROW
            cursor = s.clock[0]["cursor"]
            arrival = need[cursor]["arisen_at"] if cursor < arrivals else math.inf
            t = next_time(s)
            if t <= arrival and t < end:
                t, kind, i, j = take(s)
                s.clock[0]["time"] = t
                _handle(s, kind, i, j, t)
            elif arrival < end:
                s.clock[0]["cursor"] = cursor + 1
                s.clock[0]["time"] = arrival
                fetch_arrival(s, cursor + AHEAD)
                fetch_lessons(s, cursor + AHEAD)
                arise(s, cursor, arrival)
            else:
                break
            s.clock[0]["events"] += 1
            if s.clock[0]["fault"]:
                return FAULT
        _close_day(s)
    return DONE


@inner
def _exchange_has_room(s):
    """Whether any one event can make its ties, note its transfers, and take people into a crew."""
    margin = s.clock[0]["exchange_margin"]
    ties = s.new_tie.shape[0] - s.clock[0]["new_ties"] >= margin
    rows = s.transfer.shape[0]
    members = s.member.shape[0]
    if members and members - s.clock[0]["members"] < margin:
        return False
    return ties and (rows == 0 or rows - s.clock[0]["transfers"] >= margin)


@inner
def _close_day(s):
    """Keep what the daily series shows of each community."""
    day = s.clock[0]["day"]
    for c in range(s.community.shape[0]):
        keep(s, day, c)
    day_ends(s, day)
    s.clock[0]["day_open"] = 0
    s.clock[0]["day"] = day + 1
    s.clock[0]["time"] = day + 1.0
