"""What a run is at the end of each day, and where two runs part.

For those who debug a run: a digest of every array of the state a day, to compare runs made at different times
or on different machines, and a finder that runs two scenarios side by side and names the first day, array,
row and field in which they differ.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.engine.tables.run import State
from sim.simulation import Run

#: The arrays that make up the books of a run. The stores of events, of new ties and of crews'
#: members are left out: what they hold shows in these arrays, and how large they are depends on which
#: mechanisms are switched on.
ARRAYS = (
    "conduct",
    "person",
    "account",
    "need",
    "leg",
    "pair",
    "case",
    "track",
    "standard",
    "server",
    "pool",
    "line",
    "unit",
    "community",
    "participant",
    "council",
    "meeting",
    "closure",
    "team",
    "moment",
    "clock",
    "purse",
    "recurring",
    "appeal",
    "household",
    "transfer",
    "supplier",
    "find",
    "incident",
    "crew",
    "volunteer",
    "neighbourhood",
    "city",
    "city_team",
    "city_lane",
    "city_case",
)
_OWN_TO_STORES = ("free", "unused", "blocks", "today_next", "today_end", "heap_size")

Digest = dict[str, str]


@dataclass(frozen=True)
class Difference:
    """The first place in which two runs differ, at the end of a day."""

    day: int
    array: str
    row: int
    field: str
    first: float
    second: float
    rows: int

    def __str__(self) -> str:
        """Return the difference in one line."""
        if self.row < 0:
            return f"day {self.day}: {self.array} has {self.first:g} rows against {self.second:g}"
        return (
            f"day {self.day}: {self.array}[{self.row}].{self.field} is {self.first!r} against "
            f"{self.second!r} ({self.rows} rows differ)"
        )


def _fields(name: str, array: np.ndarray) -> list[str]:
    # By name: where a field lies in a row changes nothing.
    return [
        field for field in sorted(array.dtype.names or ()) if name != "clock" or field not in _OWN_TO_STORES
    ]


def digest(state: State, arrays: Sequence[str] = ARRAYS) -> Digest:
    """Return the hash of each array of `state`, bit for bit."""
    found = {}
    for name in arrays:
        array = getattr(state, name)
        total = hashlib.blake2b(str(array.shape).encode(), digest_size=8)
        for field in _fields(name, array):
            total.update(np.ascontiguousarray(array[field]).tobytes())
        found[name] = total.hexdigest()
    return found


def daily_digests(run: Run, arrays: Sequence[str] = ARRAYS) -> Iterator[tuple[int, Digest]]:
    """Advance `run` to its end; yield the day and the digest of the state, from the present day on."""
    yield run.day, digest(run.built.state, arrays)
    while run.day < run.days:
        run.advance(run.day + 1)
        yield run.day, digest(run.built.state, arrays)


def first_differing_day(
    first: Sequence[tuple[int, Digest]], second: Sequence[tuple[int, Digest]]
) -> tuple[int, list[str]] | None:
    """Return the first day on which two series of digests differ, and the arrays that do."""
    for (day, left), (other_day, right) in zip(first, second, strict=False):
        if day != other_day:
            return min(day, other_day), ["day"]
        if left != right:
            return day, [name for name in left if left[name] != right.get(name)]
    if len(first) != len(second):
        longer = first if len(first) > len(second) else second
        return longer[min(len(first), len(second))][0], ["day"]
    return None


def _compare(day: int, name: str, left: np.ndarray, right: np.ndarray) -> Difference | None:
    if left.shape != right.shape:
        if 0 in (left.shape[0], right.shape[0]):
            # Rows of a mechanism that one of the two runs does not have.
            return None
        return Difference(day, name, -1, "", float(left.shape[0]), float(right.shape[0]), 0)
    differs = np.zeros(left.shape[0], bool)
    first: tuple[int, str] | None = None
    for field in _fields(name, left):
        # As bits: NaN equals NaN, and 0.0 is not −0.0.
        here = left[field].view(np.int64) != right[field].view(np.int64)
        if here.any():
            row = int(np.flatnonzero(here)[0])
            if first is None or row < first[0]:
                first = (row, field)
            differs |= here
    if first is None:
        return None
    row, field = first
    values = left[field][row].item(), right[field][row].item()
    return Difference(day, name, row, field, *values, rows=int(np.count_nonzero(differs)))


def first_difference(first: Run, second: Run, arrays: Sequence[str] = ARRAYS) -> Difference | None:
    """Advance two runs side by side and return where they first differ at the end of a day.

    Parameters
    ----------
    first, second
        Runs not yet advanced, or advanced to the same day; both are left at the day of the difference.
    arrays
        What to compare, in order: of several arrays that differ the first is reported.
    """
    while True:
        for name in arrays:
            left, right = getattr(first.built.state, name), getattr(second.built.state, name)
            difference = _compare(first.day, name, left, right)
            if difference is not None:
                return difference
        if first.day >= min(first.days, second.days):
            return None
        first.advance(first.day + 1)
        second.advance(second.day + 1)
