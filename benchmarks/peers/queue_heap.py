"""An M/M/c queue in plain Python: from an event list, and in order of arrival by a heap of free servers."""

import heapq
from collections import deque

import numpy as np
import pandas as pd

from benchmarks.peers.queue_simpy import COLUMNS


def _draws(
    cases: int, arrival_rate: float, service_mean: float, seed: int
) -> tuple[list[float], list[float]]:
    """Return times of arrival and durations: of a seed the same as in the peer that uses SimPy."""
    rng = np.random.default_rng(seed)
    gaps = rng.exponential(1.0 / arrival_rate, cases)
    services = rng.exponential(service_mean, cases)
    return np.cumsum(gaps).tolist(), services.tolist()


def _frame(arrived: list[float], started: list[float], closed: list[float]) -> pd.DataFrame:
    columns = (range(len(arrived)), "phone", "solved", arrived, started, closed)
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def queue(cases: int, arrival_rate: float, servers: int, service_mean: float, seed: int) -> pd.DataFrame:
    """Serve a number of cases from an event list and return their records.

    The loop into which other rules can be written; three lists for the records, one frame at the end.
    """
    arrived, services = _draws(cases, arrival_rate, service_mean, seed)
    started, closed = [0.0] * cases, [0.0] * cases
    events = [(arrived[0], 0, True)]
    waiting: deque[int] = deque()
    free = servers
    while events:
        now, case, arrives = heapq.heappop(events)
        if arrives:
            waiting.append(case)
            if case + 1 < cases:
                heapq.heappush(events, (arrived[case + 1], case + 1, True))
        else:
            closed[case] = now
            free += 1
        if free and waiting:
            free -= 1
            following = waiting.popleft()
            started[following] = now
            heapq.heappush(events, (now + services[following], following, False))
    return _frame(arrived, started, closed)


def in_order(cases: int, arrival_rate: float, servers: int, service_mean: float, seed: int) -> pd.DataFrame:
    """Serve each case in turn by the server that is free first, and return the records.

    No events: of one queue in order of arrival this is all there is to compute, and no other rule fits in.
    """
    arrived, services = _draws(cases, arrival_rate, service_mean, seed)
    started, closed = [], []
    free_at = [0.0] * servers
    for arrival, service in zip(arrived, services, strict=True):
        start = max(arrival, free_at[0])
        end = start + service
        heapq.heapreplace(free_at, end)
        started.append(start)
        closed.append(end)
    return _frame(arrived, started, closed)
