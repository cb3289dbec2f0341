"""Times that a program wrote for "none", and rows so far from all others that they are slips.

One of them would stretch the window of a replay by decades. A date that stands for none is set aside
wherever it comes. At each end of the file up to one row in a hundred (two in a small file) is set aside if a
gap parts it from the rest that is longer than half a year and than ten times the longest gap between the
others. A side that the mapping's `period` states is not judged.
"""

import re

import numpy as np

EARLIEST, LATEST = np.datetime64("1970-01-01", "us"), np.datetime64("2100-01-01", "us")
#: Days that stand for none: the beginning and the end of somebody's calendar. Others lie outside the years.
_NULL_DAYS = np.array(["1970-01-01", "2038-01-19", "2079-06-06", "2099-12-31"], "datetime64[D]")
#: Days that no calendar has, and that programs write for none.
_NULL_TEXT = re.compile(
    r"0{4}[-/.]0?0[-/.]0?0\b.*|1900[-/.]0?1[-/.]0?0\b.*|0?[01][-/.]0?[01][-/.]1900\b.*|0?0[-/.]0?0[-/.]0{4}\b.*"
)
FEWEST, SHARE = 10, 0.01
LONG, TIMES_LONGER = np.timedelta64(180, "D"), 10


def is_null_text(cell: str) -> bool:
    """Say whether a cell holds a day that stands for none and that no calendar has."""
    return _NULL_TEXT.match(cell) is not None


def implausible(times: np.ndarray) -> np.ndarray:
    """Mark the times outside the years 1970 to 2099, and the days that stand for none."""
    marked: np.ndarray = (times < EARLIEST) | (times >= LATEST)
    return marked | np.isin(times.astype("datetime64[D]"), _NULL_DAYS)


def isolated(times: np.ndarray, low: bool, high: bool) -> np.ndarray:
    """Mark the few times at the judged ends that lie far from all others."""
    marked = np.zeros(len(times), bool)
    few = max(2, int(SHARE * len(times)))
    if len(times) < FEWEST:
        return marked
    order = np.argsort(times, kind="stable")
    gaps = np.diff(times[order])
    inner = gaps[few : len(gaps) - few]
    limit = max(LONG, TIMES_LONGER * inner.max()) if len(inner) else LONG
    if low and (far := np.flatnonzero(gaps[:few] > limit)).size:
        marked[order[: far[-1] + 1]] = True
    if high and (far := np.flatnonzero(gaps[len(gaps) - few :] > limit)).size:
        marked[order[len(gaps) - few + far[0] + 1 :]] = True
    return marked


def largest_gap(times: np.ndarray) -> tuple[np.datetime64, int, np.ndarray] | None:
    """Return where a striking gap begins, its days, and the positions on its smaller side."""
    if len(times) < FEWEST // 2:
        return None
    order = np.argsort(times, kind="stable")
    gaps = np.diff(times[order])
    at = int(gaps.argmax())
    others = np.delete(gaps, at)
    if gaps[at] <= LONG or (len(others) and gaps[at] <= TIMES_LONGER * others.max()):
        return None
    before, after = order[: at + 1], order[at + 1 :]
    smaller = before if len(before) <= len(after) else after
    return times[order[at]].astype("datetime64[D]"), int(gaps[at] / np.timedelta64(1, "D")), smaller
