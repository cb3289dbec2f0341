"""M/M/10 through the whole engine against SimPy."""

import math

from benchmarks.peers import queue_simpy
from benchmarks.rows import Goal, Row
from benchmarks.timing import Spread, alternate, ratio
from sim import load_scenario, simulate

ARRIVALS_PER_DAY = 200.0
SERVERS = 10
LOAD = 0.9
SERVICE_MEAN_DAYS = SERVERS * LOAD / ARRIVALS_PER_DAY


def mean_wait_days() -> float:
    """Return the exact mean wait (Erlang C)."""
    offered = SERVERS * LOAD
    terms = [offered**n / math.factorial(n) for n in range(SERVERS)]
    last = offered**SERVERS / math.factorial(SERVERS) / (1 - LOAD)
    return last / (sum(terms) + last) * SERVICE_MEAN_DAYS / (SERVERS * (1 - LOAD))


def measure(quick: bool = False) -> list[Row]:
    """Time both on about the same number of cases; compare the time per case."""
    days = 50 if quick else 1000
    cases = int(days * ARRIVALS_PER_DAY)
    scenario = load_scenario(
        "verification/queue",
        [
            f"verification.arrival_rate={ARRIVALS_PER_DAY}",
            f"verification.servers={SERVERS}",
            f"verification.service_mean={SERVICE_MEAN_DAYS}",
            f"horizon_days={days}",
        ],
    )
    ours = simulate(scenario, seed=1).cases
    peers = queue_simpy.queue(cases, ARRIVALS_PER_DAY, SERVERS, SERVICE_MEAN_DAYS, seed=1)
    repetitions = 3 if quick else 7
    seconds = alternate(
        {
            "ours": lambda: simulate(scenario, seed=1).cases,
            "simpy": lambda: queue_simpy.queue(cases, ARRIVALS_PER_DAY, SERVERS, SERVICE_MEAN_DAYS, seed=1),
        },
        {"ours": repetitions, "simpy": repetitions},
    )
    per_case = {
        "ours": [value / len(ours) for value in seconds["ours"]],
        "simpy": [value / len(peers) for value in seconds["simpy"]],
    }
    waits = [(frame.service_started_at - frame.reported_at).mean() for frame in (ours, peers)]
    return [
        Row(
            key="queue",
            work=f"M/M/{SERVERS}, load {LOAD}, {cases:,} cases through the whole engine, ledger included",
            peer=f"SimPy, {len(queue_simpy.COLUMNS)} columns a case (ours: {ours.shape[1]})",
            figure=ratio(per_case["simpy"], per_case["ours"]),
            unit="times as fast",
            goal=None if quick else Goal(20, 50),
            check=f"{len(ours):,} and {len(peers):,} cases; mean wait {waits[0]:.4f} and {waits[1]:.4f} "
            f"days, exact {mean_wait_days():.4f}",
            parts={"ours": Spread.of(seconds["ours"]), "SimPy": Spread.of(seconds["simpy"])},
        )
    ]
