"""Heaps of requests: the lane's by target, the waiting line's by rank; each request knows its place."""

from sim.engine.jit import inner


@inner
def _first(s, by_target, a, b):
    """Whether request `a` comes before request `b`."""
    if by_target:
        x, y = s.city_case[a]["target"], s.city_case[b]["target"]
    else:
        x, y = s.city_case[a]["rank"], s.city_case[b]["rank"]
    return x < y or (x == y and a < b)


@inner
def _up(s, heap, start, i, by_target):
    n = heap[start + i]
    while i > 0:
        parent = (i - 1) // 2
        other = heap[start + parent]
        if not _first(s, by_target, n, other):
            break
        heap[start + i] = other
        s.city_case[other]["place"] = i
        i = parent
    heap[start + i] = n
    s.city_case[n]["place"] = i


@inner
def _down(s, heap, start, size, i, by_target):
    n = heap[start + i]
    while True:
        child = 2 * i + 1
        if child >= size:
            break
        if child + 1 < size and _first(s, by_target, heap[start + child + 1], heap[start + child]):
            child += 1
        other = heap[start + child]
        if not _first(s, by_target, other, n):
            break
        heap[start + i] = other
        s.city_case[other]["place"] = i
        i = child
    heap[start + i] = n
    s.city_case[n]["place"] = i


@inner
def lane_insert(s, lane, n):
    """Put request `n` into a lane."""
    size = s.city_lane[lane]["size"]
    start = s.city_lane[lane]["start"]
    s.city_lane[lane]["size"] = size + 1
    s.city_heap[start + size] = n
    _up(s, s.city_heap, start, size, True)


@inner
def lane_moved(s, lane, n):
    """Find request `n` its place again after its target changed."""
    start = s.city_lane[lane]["start"]
    _up(s, s.city_heap, start, s.city_case[n]["place"], True)
    _down(s, s.city_heap, start, s.city_lane[lane]["size"], s.city_case[n]["place"], True)


@inner
def lane_take(s, lane):
    """Take the first request out of a lane and return it."""
    start = s.city_lane[lane]["start"]
    size = s.city_lane[lane]["size"] - 1
    s.city_lane[lane]["size"] = size
    n = s.city_heap[start]
    if size > 0:
        s.city_heap[start] = s.city_heap[start + size]
        _down(s, s.city_heap, start, size, 0, True)
    return n


@inner
def line_insert(s, k, n):
    """Let request `n` wait for an officer of team `k`."""
    size = s.city_team[k]["waiting"]
    start = s.city_team[k]["wait_start"]
    s.city_team[k]["waiting"] = size + 1
    s.city_wait[start + size] = n
    _up(s, s.city_wait, start, size, False)


@inner
def line_take(s, k):
    """Take the first request out of the waiting line of team `k` and return it."""
    start = s.city_team[k]["wait_start"]
    size = s.city_team[k]["waiting"] - 1
    s.city_team[k]["waiting"] = size
    n = s.city_wait[start]
    if size > 0:
        s.city_wait[start] = s.city_wait[start + size]
        _down(s, s.city_wait, start, size, 0, False)
    return n
