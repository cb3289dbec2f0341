"""M/M/10 through the whole engine against SimPy: with many cases a day, and with so few that days count."""

import math

from benchmarks.peers import queue_simpy
from benchmarks.rows import Goal, Row
from benchmarks.timing import Spread, alternate, ratio
from experiments.executors.memory import keep_freed_memory
from sim import Scenario, load_scenario, simulate

ARRIVALS_PER_DAY, FEW_PER_DAY = 200.0, 9.0
CASES = 200_000
SERVERS = 10
LOAD = 0.9


def mean_wait_days(arrivals_per_day: float = ARRIVALS_PER_DAY) -> float:
    """Return the exact mean wait (Erlang C)."""
    offered = SERVERS * LOAD
    terms = [offered**n / math.factorial(n) for n in range(SERVERS)]
    last = offered**SERVERS / math.factorial(SERVERS) / (1 - LOAD)
    return last / (sum(terms) + last) * service_days(arrivals_per_day) / (SERVERS * (1 - LOAD))


def measure(quick: bool = False) -> list[Row]:
    """Time both on about the same number of cases; compare the time per case.

    Memory that is freed stays with the process, as in cogov's own workers: else half of our time is the
    kernel's, which clears the same pages again for each repetition.
    """
    keep_freed_memory()
    return [
        _row("queue", ARRIVALS_PER_DAY, Goal(30, 50), quick),
        _row("queue_days", FEW_PER_DAY, Goal(25, 40), quick),
    ]


def service_days(arrivals_per_day: float = ARRIVALS_PER_DAY) -> float:
    """Return how long a case is served, in days, on average."""
    return SERVERS * LOAD / arrivals_per_day


def scenario_of(days: int, arrivals_per_day: float = ARRIVALS_PER_DAY) -> Scenario:
    """Return the queue as a scenario."""
    return load_scenario(
        "verification/queue",
        [
            f"verification.arrival_rate={arrivals_per_day}",
            f"verification.servers={SERVERS}",
            f"verification.service_mean={service_days(arrivals_per_day)}",
            f"horizon_days={days}",
        ],
    )


def _row(key: str, arrivals_per_day: float, goal: Goal, quick: bool) -> Row:
    days = round((CASES // 20 if quick else CASES) / arrivals_per_day)
    cases = round(days * arrivals_per_day)
    service_mean = service_days(arrivals_per_day)
    scenario = scenario_of(days, arrivals_per_day)
    ours = simulate(scenario, seed=1).cases
    peers = queue_simpy.queue(cases, arrivals_per_day, SERVERS, service_mean, seed=1)
    repetitions = 3 if quick else 7
    seconds = alternate(
        {
            "ours": lambda: simulate(scenario, seed=1).cases,
            "simpy": lambda: queue_simpy.queue(cases, arrivals_per_day, SERVERS, service_mean, seed=1),
        },
        {"ours": repetitions, "simpy": repetitions},
    )
    per_case = {
        "ours": [value / len(ours) for value in seconds["ours"]],
        "simpy": [value / len(peers) for value in seconds["simpy"]],
    }
    waits = [(frame.service_started_at - frame.reported_at).mean() for frame in (ours, peers)]
    return Row(
        key=key,
        work=f"M/M/{SERVERS}, load {LOAD}, {cases:,} cases in {days:,} days, ledger included",
        peer=f"SimPy, {len(queue_simpy.COLUMNS)} columns a case (ours: {ours.shape[1]})",
        figure=ratio(per_case["simpy"], per_case["ours"]),
        unit="times as fast",
        goal=None if quick else goal,
        check=f"{len(ours):,} and {len(peers):,} cases; mean wait {waits[0]:.4f} and {waits[1]:.4f} "
        f"days, exact {mean_wait_days(arrivals_per_day):.4f}",
        parts={"ours": Spread.of(seconds["ours"]), "SimPy": Spread.of(seconds["simpy"])},
    )
