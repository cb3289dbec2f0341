"""The event queue: a list for each coming day, a heap for the present one.

A county keeps millions of pending events; a heap over all of them would miss the processor's cache at every
step. Filing by day is a constant-time push, and the heap holds one day.
"""

from sim.compiled import inner

#: Room that must be free before an event is handled: more than one event can cause.
MARGIN = 1 << 16

#: Values of `clock.fault`.
NO_FAULT, EVENTS_FULL, TIES_FULL = 0, 1, 2


@inner
def _before(h, i, j):
    """Whether heap entry `i` comes before `j`: by time, then kind, entity and ordinal, never by insertion."""
    if h["time"][i] != h["time"][j]:
        return h["time"][i] < h["time"][j]
    if h["kind"][i] != h["kind"][j]:
        return h["kind"][i] < h["kind"][j]
    if h["entity"][i] != h["entity"][j]:
        return h["entity"][i] < h["entity"][j]
    return h["ordinal"][i] < h["ordinal"][j]


@inner
def _swap(h, i, j):
    time, kind, entity, ordinal = h["time"][i], h["kind"][i], h["entity"][i], h["ordinal"][i]
    h["time"][i], h["kind"][i], h["entity"][i], h["ordinal"][i] = (
        h["time"][j],
        h["kind"][j],
        h["entity"][j],
        h["ordinal"][j],
    )
    h["time"][j], h["kind"][j], h["entity"][j], h["ordinal"][j] = time, kind, entity, ordinal


@inner
def _heap_push(s, time, kind, entity, ordinal):
    h = s.heap
    i = s.clock["heap_size"][0]
    if i >= h.shape[0]:
        s.clock["fault"][0] = EVENTS_FULL
        return
    s.clock["heap_size"][0] = i + 1
    h["time"][i] = time
    h["kind"][i] = kind
    h["entity"][i] = entity
    h["ordinal"][i] = ordinal
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
    n = s.clock["heap_size"][0] - 1
    s.clock["heap_size"][0] = n
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
    if not time < s.clock["days"][0]:
        return
    day = int(time)
    if day <= s.clock["day"][0]:
        _heap_push(s, time, kind, entity, ordinal)
        return
    slot = s.clock["free"][0]
    if slot < 0:
        s.clock["fault"][0] = EVENTS_FULL
        return
    e = s.event
    s.clock["free"][0] = e["next"][slot]
    s.clock["free_count"][0] -= 1
    e["time"][slot] = time
    e["kind"][slot] = kind
    e["entity"][slot] = entity
    e["ordinal"][slot] = ordinal
    e["next"][slot] = s.day_head[day]
    s.day_head[day] = slot


@inner
def room(s):
    """Return whether any one event can be handled without running out of room."""
    return s.clock["free_count"][0] >= MARGIN and s.heap.shape[0] - s.clock["heap_size"][0] >= MARGIN


@inner
def open_day(s, day):
    """Move the events filed for `day` into the heap. Returns False if the heap has no room for them."""
    e = s.event
    count = 0
    slot = s.day_head[day]
    while slot >= 0:
        count += 1
        slot = e["next"][slot]
    if s.heap.shape[0] - s.clock["heap_size"][0] - count < MARGIN:
        return False
    s.clock["day"][0] = day
    slot = s.day_head[day]
    while slot >= 0:
        following = e["next"][slot]
        _heap_push(s, e["time"][slot], e["kind"][slot], e["entity"][slot], e["ordinal"][slot])
        e["next"][slot] = s.clock["free"][0]
        s.clock["free"][0] = slot
        s.clock["free_count"][0] += 1
        slot = following
    s.day_head[day] = -1
    return True
