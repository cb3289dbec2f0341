"""Which run lies where: a few dozen bytes a run, whatever the number of columns.

Sorted arrays with the newest few thousand entries beside them, so that a store of a million runs costs its
reader about forty megabytes and a lookup some microseconds.
"""

from typing import NamedTuple

import numpy as np

#: New entries gathered before they are sorted in.
_RECENT = 4096


class Place(NamedTuple):
    """Where a run lies."""

    part: int
    row: int
    done: bool


class Index:
    """Identities of runs with part, row and whether they are done (else: failed)."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._known: set[str] = set()
        self._runs = np.zeros(0, "S24")
        self._part = np.zeros(0, np.int32)
        self._row = np.zeros(0, np.int32)
        self._done = np.zeros(0, bool)
        self._recent: dict[bytes, Place] = {}

    def __len__(self) -> int:
        self._sort_in()
        return len(self._runs)

    def has_part(self, name: str) -> bool:
        """Whether a part has been entered."""
        return name in self._known

    def add(self, name: str, runs: np.ndarray, done: np.ndarray) -> None:
        """Enter a part; of several rows of one run a done one counts, else the first entered."""
        number = len(self.parts)
        self.parts.append(name)
        self._known.add(name)
        if len(self._recent) + len(runs) > _RECENT:
            self._sort_in()
        if len(runs) > _RECENT:
            rows = np.arange(len(runs), dtype=np.int32)
            self._merge(runs, np.full(len(runs), number, np.int32), rows, done)
            return
        for row, (run, well) in enumerate(zip(runs.tolist(), done.tolist(), strict=True)):
            known = self.find(run)
            if known is None or (well and not known.done):
                self._recent[run] = Place(number, row, well)

    def find(self, run: bytes) -> Place | None:
        """Return where a run lies, or None."""
        found = self._recent.get(run)
        if found is not None or not len(self._runs):
            return found
        at = int(np.searchsorted(self._runs, np.bytes_(run)))
        if at < len(self._runs) and self._runs[at] == run:
            return Place(int(self._part[at]), int(self._row[at]), bool(self._done[at]))
        return None

    def _sort_in(self) -> None:
        if not self._recent:
            return
        places = list(self._recent.values())
        runs = np.array(list(self._recent), "S24")
        self._recent = {}
        self._merge(
            runs,
            np.array([place.part for place in places], np.int32),
            np.array([place.row for place in places], np.int32),
            np.array([place.done for place in places], bool),
        )

    def _merge(self, runs: np.ndarray, part: np.ndarray, row: np.ndarray, done: np.ndarray) -> None:
        runs = np.concatenate([self._runs, runs])
        part = np.concatenate([self._part, part])
        row = np.concatenate([self._row, row])
        done = np.concatenate([self._done, done])
        order = np.lexsort((part, ~done, runs))
        runs = runs[order]
        first = np.ones(len(runs), bool)
        first[1:] = runs[1:] != runs[:-1]
        keep = order[first]
        self._runs, self._part, self._row, self._done = runs[first], part[keep], row[keep], done[keep]
