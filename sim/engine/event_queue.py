"""The event queue: a store of the coming days, the present day in order, a heap for what it brings itself.

A county keeps millions of pending events; a heap over all of them would miss the processor's cache at every
step. Filing by day is a constant-time push, into blocks that lie together. When a day is opened its events
are sorted, so that what they will touch can be fetched ahead; only what is filed for the same day after that
goes through a heap.
"""

import math

from sim.engine.declare import event
from sim.engine.hazard_clocks import rings_at
from sim.engine.jit import inner
from sim.engine.prefetch import prefetch

EV_SERVER_FREE = event(
    0, "SERVER_FREE", "a cadre or officer has finished a piece of work and turns to the next"
)
EV_REPORT = event(11, "REPORT", "an observer's clock fires: the need is reported, or reported again")
EV_ADOPT = event(14, "ADOPT", "a person registers on the platform")
EV_LAPSE = event(15, "LAPSE", "a spell of activity ends")


#: Room that must be free before an event is handled: more than one event can cause.
MARGIN = 1 << 16
#: Events of one day that lie side by side in the store.
BLOCK = 16
#: How many events ahead memory is asked for.
AHEAD = 6

#: Values of `clock.fault`.
NO_FAULT, EVENTS_FULL, TIES_FULL = 0, 1, 2


@inner
def _copy(to, i, source, j):
    to[i]["time"] = source[j]["time"]
    to[i]["kind"] = source[j]["kind"]
    to[i]["entity"] = source[j]["entity"]
    to[i]["ordinal"] = source[j]["ordinal"]


@inner
def _earlier(a, i, b, j):
    """Whether event `i` of `a` comes before event `j` of `b`: by time, then kind, entity and ordinal.

    Never by insertion.
    """
    if a[i]["time"] != b[j]["time"]:
        return a[i]["time"] < b[j]["time"]
    if a[i]["kind"] != b[j]["kind"]:
        return a[i]["kind"] < b[j]["kind"]
    if a[i]["entity"] != b[j]["entity"]:
        return a[i]["entity"] < b[j]["entity"]
    return a[i]["ordinal"] < b[j]["ordinal"]


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
        if not _earlier(h, i, h, parent):
            break
        _swap(h, i, parent)
        i = parent


@inner
def _heap_drop(s):
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
        if child + 1 < n and _earlier(h, child + 1, h, child):
            child += 1
        if not _earlier(h, child, h, i):
            break
        _swap(h, i, child)
        i = child


@inner
def _take_block(s):
    """Return the first slot of a block that nobody uses, or -1."""
    e = s.event
    slot = s.clock[0]["free"]
    if slot >= 0:
        s.clock[0]["free"] = e[slot]["next"]
    else:
        slot = s.clock[0]["unused"]
        if slot + BLOCK > e.shape[0]:
            s.clock[0]["fault"] = EVENTS_FULL
            return -1
        s.clock[0]["unused"] = slot + BLOCK
    s.clock[0]["blocks"] += 1
    return slot


@inner
def push(s, time, kind, entity, ordinal):
    """File an event; one beyond the end of the run is not kept."""
    if not time < s.clock[0]["days"]:
        return
    day = int(time)
    if day <= s.clock[0]["day"]:
        _heap_push(s, time, kind, entity, ordinal)
        return
    e = s.event
    last = s.day_last[day]
    slot = last + 1
    if last < 0 or slot % BLOCK == 0:
        slot = _take_block(s)
        if slot < 0:
            return
        e[slot]["next"] = last
    e[slot]["time"] = time
    e[slot]["kind"] = kind
    e[slot]["entity"] = entity
    e[slot]["ordinal"] = ordinal
    s.day_last[day] = slot


@inner
def room(s):
    """Return whether any one event can be handled without running out of room.

    Each event filed may begin a block of its own, at most one a day to come.
    """
    free = s.event.shape[0] - s.clock[0]["blocks"] * BLOCK
    return (
        free >= MARGIN + BLOCK * s.day_last.shape[0] and s.heap.shape[0] - s.clock[0]["heap_size"] >= MARGIN
    )


@inner
def fires_at(clock, i, t):
    """Whether clock `i` of an array of clocks really fires at `t`.

    A clock is (anchor, remaining, rate). An event filed before its rate last changed is out of date; the
    same operations gave its time, so equality is exact.
    """
    rate = clock[i]["rate"]
    return rate > 0.0 and clock[i]["anchor"] + clock[i]["remaining"] / rate == t


@inner
def report_fires_at(s, q, t):
    """Whether the reporting clock `q` really rings at `t`; as `fires_at`, and its readiness may fade."""
    clock = s.pair[q]
    if clock["rate"] <= 0.0:
        return False
    fading = s.par[0]["reporting_fading_days"]
    return rings_at(clock["anchor"], clock["remaining"], clock["rate"], clock["since"], fading) == t


@inner
def _out_of_date(s, slot):
    e = s.event[slot]
    if e["kind"] == EV_REPORT:
        return not report_fires_at(s, e["entity"], e["time"])
    if e["kind"] == EV_ADOPT and e["ordinal"] == 0:
        return not fires_at(s.account, e["entity"], e["time"])
    return False


@inner
def _sort(s, count):
    """Sort the first `count` events of `s.today`: runs by insertion, then merged, with `s.spare` beside."""
    a = s.today
    spare = s.spare
    width = 8
    for start in range(0, count, width):
        for i in range(start + 1, min(start + width, count)):
            if not _earlier(a, i, a, i - 1):
                continue
            _copy(spare, 0, a, i)
            j = i
            while j > start and _earlier(spare, 0, a, j - 1):
                _copy(a, j, a, j - 1)
                j -= 1
            _copy(a, j, spare, 0)
    while width < count:
        for start in range(0, count, 2 * width):
            middle = min(start + width, count)
            end = min(start + 2 * width, count)
            # What is in order already, and the last run of all, stays where it is.
            if middle >= end or not _earlier(a, middle, a, middle - 1):
                continue
            for i in range(start, middle):
                _copy(spare, i, a, i)
            i, j, k = start, middle, start
            while i < middle:
                if j < end and _earlier(a, j, spare, i):
                    _copy(a, k, a, j)
                    j += 1
                else:
                    _copy(a, k, spare, i)
                    i += 1
                k += 1
        width *= 2


@inner
def open_day(s, day):
    """Put the events filed for `day` in order, but for clocks reset since.

    Returns False if there is no room for them.
    """
    e = s.event
    count = 0
    slot = s.day_last[day]
    while slot >= 0:
        start = slot - slot % BLOCK
        count += slot - start + 1
        slot = e[start]["next"]
    if count > s.today.shape[0]:
        return False
    s.clock[0]["day"] = day
    found = 0
    slot = s.day_last[day]
    while slot >= 0:
        start = slot - slot % BLOCK
        for k in range(start, slot + 1):
            if not _out_of_date(s, k):
                _copy(s.today, found, e, k)
                found += 1
        slot = e[start]["next"]
        e[start]["next"] = s.clock[0]["free"]
        s.clock[0]["free"] = start
        s.clock[0]["blocks"] -= 1
    s.day_last[day] = -1
    _sort(s, found)
    s.clock[0]["today_next"] = 0
    s.clock[0]["today_end"] = found
    return True


@inner
def _need_of(s, k):
    """Return the need that event `k` of the day is about, or -1 if that is not known."""
    kind = s.today[k]["kind"]
    i = s.today[k]["entity"]
    if kind == EV_REPORT:
        return s.today[k]["ordinal"]
    if kind == EV_SERVER_FREE:
        return s.server[i]["job"] if s.pool[s.server[i]["pool"]]["unit"] < 0 else -1
    return i if kind < EV_ADOPT and i < s.need.shape[0] else -1


@inner
def _fetch_case(s, k):
    """Ask for the need and the people that event `k` of the day names."""
    kind = s.today[k]["kind"]
    p = s.today[k]["entity"]
    if kind == EV_REPORT:
        p = s.pair[p]["person"]
    if kind in (EV_REPORT, EV_ADOPT, EV_LAPSE):
        prefetch(s.person, p, 0)
        prefetch(s.account, p, 0)
        prefetch(s.conduct, p, 0)
        prefetch(s.conduct, p, 1)
    n = _need_of(s, k)
    if n >= 0:
        for line in range(3):
            prefetch(s.need, n, line)
            prefetch(s.case, n, line)
        prefetch(s.track, n, 0)
        prefetch(s.track, n, 1)


@inner
def _fetch_reporter(s, k):
    """Ask for who reported the need that event `k` is about, and for the clocks of all who saw it."""
    n = _need_of(s, k)
    if n < 0:
        return
    prefetch(s.pair, s.need[n]["pair_start"], 0)
    p = s.case[n]["reporter"]
    if p >= 0:
        prefetch(s.person, p, 0)
        prefetch(s.conduct, p, 0)
        prefetch(s.conduct, p, 1)
        prefetch(s.tie_start, p, 0)


@inner
def fetch_arrival(s, n):
    """Ask for the people around the owner of need `n`, who are about to see it."""
    if n < s.need.shape[0]:
        p = s.need[n]["owner"] - s.need[n]["pair_count"] // 2
        for line in range(min(4, s.need[n]["pair_count"])):
            prefetch(s.person, p + line, 0)
        prefetch(s.case, n, 0)


@inner
def next_time(s):
    """Return when the next event of the day is due, infinity if there is none left."""
    time = math.inf
    if s.clock[0]["today_next"] < s.clock[0]["today_end"]:
        time = s.today[s.clock[0]["today_next"]]["time"]
    if s.clock[0]["heap_size"] > 0:
        time = min(time, s.heap[0]["time"])
    return time


@inner
def take(s):
    """Take the day's next event out of the queue, and return its time, kind, entity and ordinal."""
    k = s.clock[0]["today_next"]
    end = s.clock[0]["today_end"]
    if k < end and (s.clock[0]["heap_size"] == 0 or _earlier(s.today, k, s.heap, 0)):
        s.clock[0]["today_next"] = k + 1
        if k + 2 * AHEAD < end:
            _fetch_case(s, k + 2 * AHEAD)
            _fetch_reporter(s, k + AHEAD)
        e = s.today
        return e[k]["time"], e[k]["kind"], e[k]["entity"], e[k]["ordinal"]
    h = s.heap
    first = (h[0]["time"], h[0]["kind"], h[0]["entity"], h[0]["ordinal"])
    _heap_drop(s)
    return first
