"""The queue with many cases a day against further peers: plain Python, Ciw, SimulSI."""

import math
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, NamedTuple

import pandas as pd

from benchmarks.peers import queue_heap
from benchmarks.peers.environments import Peer, missing, version
from benchmarks.queue import ARRIVALS_PER_DAY, CASES, LOAD, SERVERS, mean_wait_days, scenario_of, service_days
from benchmarks.rows import LeftOut, Row
from benchmarks.timing import Spread, Timed, alternate, ratio
from experiments.executors.memory import keep_freed_memory
from sim import simulate

#: Of those in processes of their own, which take up to a hundred times as long for a case as we do.
FEWER_CASES = 40_000
REPETITIONS = 7
#: Standard error of the mean wait, in mean waits, times the root of the cases: measured on 200 runs of 40,000
#: cases in order of arrival. At load .9 cases wait in long spells together.
ERROR_OF_ONE_WAIT = 27.0
GROUP = "peers"
#: Package, and what it is called.
PACKAGES = {"ciw": "Ciw", "simulsi": "SimulSI"}


class Served(NamedTuple):
    """Sums over the cases of one run, in days."""

    cases: int
    waits: float
    services: float


@dataclass
class Side:
    """One side: what it does with a seed, and what came of it."""

    label: str
    work: Callable[[int], Timed]
    cases: int
    seeds: count = field(default_factory=lambda: count(1))
    served: list[Served] = field(default_factory=list)

    def __call__(self) -> Timed:
        """Do it once more, with the next seed."""
        done = self.work(next(self.seeds))
        self.served.append(done.result)
        return done


def off_by(served: Sequence[Served]) -> str:
    """Return in which mean these runs are further from the exact one than chance allows; else nothing.

    That is four standard errors of all of them together: a fifth of the mean wait in a whole measurement.
    """
    cases = sum(one.cases for one in served)
    wait = sum(one.waits for one in served) / cases
    service = sum(one.services for one in served) / cases
    found = (
        ("wait", wait, mean_wait_days(), ERROR_OF_ONE_WAIT),
        ("service", service, service_days(), 1.0),
    )
    return "; ".join(
        f"mean {name} {seen:.4f} days, exact {exact:.4f}"
        for name, seen, exact, error in found
        if abs(seen / exact - 1.0) > 4.0 * error / math.sqrt(cases)
    )


def measure(quick: bool = False) -> list[Row | LeftOut]:
    """Time each against ours, in turn, per case, with new seeds each time."""
    keep_freed_memory()
    all_cases, fewer = (CASES // 20, CASES // 40) if quick else (CASES, FEWER_CASES)
    scenario = scenario_of(round(all_cases / ARRIVALS_PER_DAY))
    simulate(scenario, seed=1)  # the first run may compile

    def our_cases(seed: int) -> pd.DataFrame:
        return simulate(scenario, seed=seed).cases

    left_out = []
    with ExitStack() as stack:
        ours = Side("ours", _here(our_cases), all_cases)
        plain = [
            Side(label, _here(partial(run, **_asked(all_cases))), all_cases)
            for label, run in (
                ("plain Python, an event list in heapq", queue_heap.queue),
                ("plain Python, in order of arrival by a heap of free servers", queue_heap.in_order),
            )
        ]
        others = []
        for package, name in PACKAGES.items():
            found = version(package, GROUP)
            if found is None:
                left_out.append(LeftOut(name, missing(package, GROUP)))
                continue
            peer = Peer(f"queue_{package}", GROUP)
            stack.callback(peer.close)
            others.append(Side(f"{name} {found}, {fewer:,} cases", _there(peer, fewer), fewer))
        sides = [ours, *plain, *others]
        repetitions = 3 if quick else REPETITIONS
        seconds = alternate({side.label: side for side in sides}, {side.label: repetitions for side in sides})
    return [*(_row(ours, side, seconds) for side in [*plain, *others]), *left_out]


def _asked(cases: int) -> dict[str, Any]:
    return {
        "cases": cases,
        "arrival_rate": ARRIVALS_PER_DAY,
        "servers": SERVERS,
        "service_mean": service_days(),
    }


def _here(run: Callable[..., pd.DataFrame]) -> Callable[[int], Timed]:
    def work(seed: int) -> Timed:
        start = time.perf_counter()
        cases = run(seed=seed)
        seconds = time.perf_counter() - start
        waits = (cases.service_started_at - cases.reported_at).sum()
        services = (cases.closed_at - cases.service_started_at).sum()
        return Timed(seconds, Served(len(cases), float(waits), float(services)))

    return work


def _there(peer: Peer, cases: int) -> Callable[[int], Timed]:
    def work(seed: int) -> Timed:
        done = peer.ask(seed=seed, **_asked(cases))
        return Timed(done["seconds"], Served(done["cases"], done["waits"], done["services"]))

    return work


def _row(ours: Side, peer: Side, seconds: dict[str, list[float]]) -> Row:
    for side in (ours, peer):
        if wrong := off_by(side.served):
            raise RuntimeError(f"{side.label} does other work: {wrong}")
    per_case = {
        side.label: [value / one.cases for value, one in zip(seconds[side.label], side.served, strict=True)]
        for side in (ours, peer)
    }
    waits = [
        sum(one.waits for one in side.served) / sum(one.cases for one in side.served) for side in (ours, peer)
    ]
    return Row(
        key=f"queue_{peer.label.partition(',')[0].lower().replace(' ', '_')}",
        work=f"M/M/{SERVERS}, load {LOAD}, {ours.cases:,} cases, ledger included, per case",
        peer=peer.label,
        figure=ratio(per_case[peer.label], per_case[ours.label]),
        unit="times as fast",
        check=f"mean wait {waits[0]:.4f} and {waits[1]:.4f} days, exact {mean_wait_days():.4f}",
        parts={"ours": Spread.of(seconds[ours.label]), "peer": Spread.of(seconds[peer.label])},
    )
