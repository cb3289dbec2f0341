"""A comparison on the page: runs given out, kept, drawn when enough of them are there.

Runs are kept by what decides them, so that after a slider was moved only its side is run again, and none if
it is moved back. The numbers are those of `cogov compare`: the same summaries, the same paired intervals.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.comparison.by_group import by_group_table
from analysis.comparison.table import compare_summaries
from analysis.summaries.run_summary import RunSummary, against_first
from experiments.dashboard.state.scenario_pair import identity
from experiments.dashboard.work import worker_tasks
from experiments.dashboard.work.worker_pool import WorkerPool
from experiments.system.faults import WorkerDied
from sim.parameters.scenario import Scenario

#: Summaries kept, and how much memory they may take: about 150 kB each, mostly the times of the needs.
KEPT = 4000
KEPT_BYTES = 300_000_000
#: Seconds after which what is there is drawn before the rest has come: a first picture of a few pairs at
#: once, since to whoever moves a slider a rough answer now is worth more; then seldom, since drawing takes
#: time from the runs: on a machine with other work more of it, so that a picture waits as many times as long
#: as the last one took to be drawn.
FIRST_LOOK = 0.1
NEXT_LOOK = 0.9
DRAWN_SELDOM = 6.0

Key = tuple[str, int, int]


def _size(summary: RunSummary) -> int:
    """Return how much memory the times of the needs take, beside which the rest is little."""
    return 40_000 + (summary.times.nbytes if summary.times is not None else 0)


class Kept[T]:
    """What runs were reduced to, by default to summaries; the longest unused is given up first.

    Parameters
    ----------
    size, most_bytes
        How many at most, and how much memory they may take.
    size_of
        How much memory one takes.
    """

    def __init__(
        self, size: int = KEPT, most_bytes: int = KEPT_BYTES, size_of: Callable[[Any], int] = _size
    ) -> None:
        self._size = size
        self._most_bytes = most_bytes
        self._size_of = size_of
        self._bytes = 0
        self._runs: OrderedDict[Key, T] = OrderedDict()
        # Pages put and get at the same time, each in a thread of its own.
        self._lock = threading.Lock()

    def get(self, key: Key) -> T | None:
        """Return what is kept of a run if it is there."""
        with self._lock:
            found = self._runs.get(key)
            if found is not None:
                self._runs.move_to_end(key)
            return found

    def put(self, key: Key, run: T) -> None:
        """Keep a run."""
        with self._lock:
            if key in self._runs:
                self._bytes -= self._size_of(self._runs.pop(key))
            self._runs[key] = run
            self._bytes += self._size_of(run)
            while len(self._runs) > self._size or self._bytes > self._most_bytes:
                self._bytes -= self._size_of(self._runs.popitem(last=False)[1])


@dataclass(frozen=True, eq=False)
class Result:
    """What there is to draw: the summaries of both sides, pair by pair, and their comparison."""

    names: tuple[str, str]
    summaries: dict[str, list[RunSummary]]
    table: pd.DataFrame
    pairs: int
    wanted: int
    seconds: float
    runs: int
    #: Measures by age, tenure and area, as `analysis.comparison.by_group.by_group_table` returns them.
    groups: pd.DataFrame = field(default_factory=lambda: by_group_table({"": ()}))
    #: What was made of it to be drawn, by what it was made for: a result is drawn more than once.
    made: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def whole(self) -> bool:
        """Whether all pairs are there."""
        return self.pairs == self.wanted


@dataclass(frozen=True, eq=False)
class HeadStart:
    """The first runs of a comparison, under way before the page has drawn what was changed.

    Attributes
    ----------
    number
        The comparison they are for, as workers know it.
    runs
        By side and replication.
    """

    number: int
    runs: Mapping[tuple[int, int], Future[Any]]


def head_start(
    workers: WorkerPool,
    kept: Kept[RunSummary],
    sides: tuple[Scenario, Scenario],
    seed: int,
    wanted: int,
    place: int,
    number: int,
) -> HeadStart:
    """Give the first runs that are missing to the workers, as many as `pairs_of` gives out ahead."""
    workers.ask(place, number)
    _, missing = _there(kept, sides, seed, wanted)
    first = missing[: 2 * workers.jobs]
    return HeadStart(number, {run: _given(workers, sides, seed, run, place, number) for run in first})


def _there(
    kept: Kept[RunSummary], sides: tuple[Scenario, Scenario], seed: int, wanted: int
) -> tuple[list[dict[int, RunSummary]], list[tuple[int, int]]]:
    """Return the kept runs of each side by replication, and which are missing, side and replication."""
    keys = [(identity(side), seed) for side in sides]
    found: list[dict[int, RunSummary]] = [{}, {}]
    missing = []
    for replication in range(wanted):
        for side in range(2):
            summary = kept.get((*keys[side], replication))
            if summary is None:
                missing.append((side, replication))
            else:
                found[side][replication] = summary
    return found, missing


def _given(
    workers: WorkerPool,
    sides: tuple[Scenario, Scenario],
    seed: int,
    run: tuple[int, int],
    place: int,
    number: int,
) -> Future[Any]:
    side, replication = run
    return workers.submit(worker_tasks.one_summary, sides[side], seed, replication, place, number)


def pairs_of(
    workers: WorkerPool,
    kept: Kept[RunSummary],
    sides: tuple[Scenario, Scenario],
    seed: int,
    wanted: int,
    stopped: Callable[[], bool] = lambda: False,
    place: int = 0,
    number: int = 0,
    tell: Callable[[int, int], None] = lambda done, of: None,
    first_look: float | None = None,
    begun: Mapping[tuple[int, int], Future[Any]] | None = None,
) -> Iterator[Result]:
    """Run what is missing; yield what is there now and then, and at the end.

    Parameters
    ----------
    stopped
        Asked between runs; true ends the comparison with what there is.
    place, number
        Who waits, for `worker_tasks.one_summary`.
    tell
        Called with the runs done and the runs wanted.
    first_look
        Seconds before a first picture; None: `FIRST_LOOK`.
    begun
        Runs of a `HeadStart` with this number.
    """
    began = time.monotonic()
    workers.ask(place, number)
    keys = [(identity(side), seed) for side in sides]
    found, missing = _there(kept, sides, seed, wanted)
    to_run = len(missing)
    pairs: dict[int, list[RunSummary]] = {}
    _put_together(pairs, found)
    waiting = {future: run for run, future in (begun or {}).items() if run in missing}
    missing = [run for run in reversed(missing) if run not in waiting.values()]
    drawn, patience = began, FIRST_LOOK if first_look is None else first_look
    try:
        while (missing or waiting) and not stopped():
            # Few ahead, so that a click on the map does not wait behind a long comparison.
            while missing and len(waiting) < 2 * workers.jobs:
                run = missing.pop()
                waiting[_given(workers, sides, seed, run, place, number)] = run
            done, _ = wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)
            for future in done:
                side, replication = waiting.pop(future)
                summary = future.result()
                found[side][replication] = summary
                kept.put((*keys[side], replication), summary)
            _put_together(pairs, found)
            if done:
                tell(to_run - len(missing) - len(waiting), to_run)
            now = time.monotonic()
            if (missing or waiting) and len(pairs) > 1 and now - drawn > patience:
                yield _result(sides, pairs, wanted, now - began, to_run)
                drawn = time.monotonic()
                patience = max(NEXT_LOOK, DRAWN_SELDOM * (drawn - now))
    except BrokenProcessPool:
        raise WorkerDied("a worker process died; out of memory? Try fewer jobs=") from None
    except (worker_tasks.StoppedError, CancelledError):
        pass
    finally:
        if waiting:
            workers.give_up(place, number)
            for future in waiting:
                future.cancel()
    if pairs:
        yield _result(sides, pairs, wanted, time.monotonic() - began, to_run)


def _put_together(pairs: dict[int, list[RunSummary]], found: list[dict[int, RunSummary]]) -> None:
    """Compare the new pairs need by need: while workers run there is time, and at the end somebody waits."""
    for replication in found[0].keys() & found[1].keys() - pairs.keys():
        pairs[replication] = against_first([side[replication] for side in found])


def _result(
    sides: tuple[Scenario, Scenario],
    pairs: dict[int, list[RunSummary]],
    wanted: int,
    seconds: float,
    runs: int,
) -> Result:
    names = (sides[0].name, sides[1].name)
    summaries = {name: [pairs[r][side] for r in sorted(pairs)] for side, name in enumerate(names)}
    table, groups = compare_summaries(summaries), by_group_table(summaries)
    return Result(names, summaries, table, len(pairs), wanted, seconds, runs, groups)
