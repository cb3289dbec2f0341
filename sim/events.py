"""The event queue: a list for each coming day, a heap for the present one.

A county keeps millions of pending events; a heap over all of them would miss the processor's cache at every
step. Filing by day is a constant-time push, and the heap holds one day.
"""

from sim.compiled import inner
from sim.state import EV_ADOPT, EV_REPORT

#: Room that must be free before an event is handled: more than one event can cause.
MARGIN = 1 << 16

#: Values of `clock.fault`.
NO_FAULT, EVENTS_FULL, TIES_FULL = 0, 1, 2


@inner
def _before(h, i, j):
    """Whether heap entry `i` comes before `j`: by time, then kind, entity and ordinal, never by insertion."""
    if h[i]["time"] != h[j]["time"]:
        return h[i]["time"] < h[j]["time"]
    if h[i]["kind"] != h[j]["kind"]:
        return h[i]["kind"] < h[j]["kind"]
    if h[i]["entity"] != h[j]["entity"]:
        return h[i]["entity"] < h[j]["entity"]
    return h[i]["ordinal"] < h[j]["ordinal"]


@inner
def _swap(h, i, j):
    time, kind, entity, ordinal = h[i]["time"], h[i]["kind"], h[i]["entity"], h[i]["ordinal"]
    h[i]["time"], h[i]["kind"], h[i]["entity"], h[i]["ordinal"] = (
        h[j]["time"],
        h[j]["kind"],
        h[j]["entity"],
        h[j]["ordinal"],
    )
    h[j]["time"], h[j]["kind"], h[j]["entity"], h[j]["ordinal"] = time, kind, entity, ordinal


@inner
def _heap_push(s, time, kind, entity, ordinal):
    h = s.heap
    i = s.clock[0]["heap_size"]
    if i >= h.shape[0]:
        s.clock[0]["fault"] = EVENTS_FULL
        return
    s.clock[0]["heap_size"] = i + 1
    h[i]["time"] = time
    h[i]["kind"] = kind
    h[i]["entity"] = entity
    h[i]["ordinal"] = ordinal
    while i > 0:
        parent = (i - 1) // 2
        if not _before(h, i, parent):
            break
        _swap(h, i, parent)
        i = parent


@inner
def drop_first(s):
    """Remove the earliest event of the day from the heap."""
    h = s.heap
    n = s.clock[0]["heap_size"] - 1
    s.clock[0]["heap_size"] = n
    if n == 0:
        return
    _swap(h, 0, n)
    i = 0
    while True:
        child = 2 * i + 1
        if child >= n:
            break
        if child + 1 < n and _before(h, child + 1, child):
            child += 1
        if not _before(h, child, i):
            break
        _swap(h, i, child)
        i = child


@inner
def push(s, time, kind, entity, ordinal):
    """File an event; one beyond the end of the run is not kept."""
    if not time < s.clock[0]["days"]:
        return
    day = int(time)
    if day <= s.clock[0]["day"]:
        _heap_push(s, time, kind, entity, ordinal)
        return
    slot = s.clock[0]["free"]
    if slot < 0:
        s.clock[0]["fault"] = EVENTS_FULL
        return
    e = s.event
    s.clock[0]["free"] = e[slot]["next"]
    s.clock[0]["free_count"] -= 1
    e[slot]["time"] = time
    e[slot]["kind"] = kind
    e[slot]["entity"] = entity
    e[slot]["ordinal"] = ordinal
    e[slot]["next"] = s.day_head[day]
    s.day_head[day] = slot


@inner
def room(s):
    """Return whether any one event can be handled without running out of room."""
    return s.clock[0]["free_count"] >= MARGIN and s.heap.shape[0] - s.clock[0]["heap_size"] >= MARGIN


@inner
def fires_at(clock, i, t):
    """Whether clock `i` of an array of clocks really fires at `t`.

    A clock is (anchor, remaining, rate). An event filed before its rate last changed is out of date; the
    same operations gave its time, so equality is exact.
    """
    rate = clock[i]["rate"]
    return rate > 0.0 and clock[i]["anchor"] + clock[i]["remaining"] / rate == t


@inner
def _out_of_date(s, slot):
    e = s.event[slot]
    if e["kind"] == EV_REPORT:
        return not fires_at(s.pair, e["entity"], e["time"])
    if e["kind"] == EV_ADOPT and e["ordinal"] == 0:
        return not fires_at(s.account, e["entity"], e["time"])
    return False


@inner
def open_day(s, day):
    """Move the events filed for `day` into the heap, but for clocks reset since.

    Returns False if the heap has no room for them.
    """
    e = s.event
    count = 0
    slot = s.day_head[day]
    while slot >= 0:
        count += 1
        slot = e[slot]["next"]
    if s.heap.shape[0] - s.clock[0]["heap_size"] - count < MARGIN:
        return False
    s.clock[0]["day"] = day
    slot = s.day_head[day]
    while slot >= 0:
        following = e[slot]["next"]
        if not _out_of_date(s, slot):
            _heap_push(s, e[slot]["time"], e[slot]["kind"], e[slot]["entity"], e[slot]["ordinal"])
        e[slot]["next"] = s.clock[0]["free"]
        s.clock[0]["free"] = slot
        s.clock[0]["free_count"] += 1
        slot = following
    s.day_head[day] = -1
    return True
