"""How things are timed: alternating repetitions, medians, and the spread beside them."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Spread:
    """A median with the smallest and largest value seen."""

    median: float
    low: float
    high: float
    repetitions: int

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Summarise measured values."""
        return cls(statistics.median(values), min(values), max(values), len(values))

    def scaled(self, factor: float) -> "Spread":
        """Return the same in another unit."""
        return Spread(self.median * factor, self.low * factor, self.high * factor, self.repetitions)


@dataclass(frozen=True)
class Timed:
    """What a piece of work that times itself returns."""

    seconds: float
    result: Any


def clock(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds a piece of work took and what it returned, collecting garbage before, not during."""
    gc.collect()
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def alternate(works: dict[str, Callable[[], Any]], repetitions: dict[str, int]) -> dict[str, list[float]]:
    """Time several pieces of work in turn, so that a slow minute of the machine hits all of them.

    A piece with fewer repetitions than the others drops out when it has had its share. A piece of work that
    returns a `Timed` has timed itself, without its set-up.
    """
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for round_number in range(max(repetitions.values())):
        for name, work in works.items():
            if round_number < repetitions[name]:
                elapsed, result = clock(work)
                seconds[name].append(result.seconds if isinstance(result, Timed) else elapsed)
    return seconds


def ratio(slower: Sequence[float], faster: Sequence[float]) -> Spread:
    """Return how many times the second fits into the first.

    The median is that of the medians; low and high are the extremes of neighbours in the alternation, and of
    all pairs where one side was repeated less often.
    """
    middle = statistics.median(slower) / statistics.median(faster)
    if len(slower) == len(faster):
        pairs = [a / b for a, b in zip(slower, faster, strict=True)]
    else:
        pairs = [a / b for a in slower for b in faster]
    return Spread(middle, min(*pairs, middle), max(*pairs, middle), min(len(slower), len(faster)))
