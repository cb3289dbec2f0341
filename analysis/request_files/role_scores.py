"""How well a column fits a role: what its heading says, and what its cells add or take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.request_files.column_content import ColumnProfile
from analysis.request_files.headings import TIMES, heading_score


def score_of(
    role: str, column: ColumnProfile, order: Mapping[int, "TimeOrder"]
) -> tuple[float, tuple[str, ...]]:
    """Return the score of a pair and the kinds of reason for it."""
    named = heading_score(role, column.heading)
    heading = ("heading",) if named >= 0.5 else ("heading_weak",) if named > 0 else ()
    if role in TIMES:
        if column.times is None:
            return 0.0, ()
        add, reasons = _time_content(role, column, order)
        return named + add, (*heading, *reasons)
    if role in ("latitude", "longitude"):
        return _degrees(role, column, named, heading)
    if role == "id":
        return _identifier(column, named, heading)
    if not column.is_label:
        return 0.0, ()
    add, reasons = _label_content(role, column, named)
    return named + add, (*heading, *reasons)


@dataclass(frozen=True)
class TimeOrder:
    """Where a column of times stands among the others."""

    first: float
    """Share of pairs with other columns in which it is not later."""
    after: float
    """Share of its cells that are not before the earliest column's."""
    repeated: float
    """How few different distances to the earliest column it has; 1 for one and the same."""
    blank: float
    others: int
    beyond: float
    """Share of cells later than the last time of the earliest column."""


def order_of_times(columns: Sequence[ColumnProfile]) -> dict[int, TimeOrder]:
    """Return where each column of times stands."""
    tables = {c.position: c.times.times for c in columns if c.times is not None}
    blank = {c.position: c.blank for c in columns}
    first: dict[int, float] = {}
    for position, own in tables.items():
        shares = []
        for other_position, other in tables.items():
            both = ~np.isnat(own) & ~np.isnat(other)
            if other_position != position and both.sum() >= 5:
                # A day without a time of day is not before its own noon.
                later = own[both].astype("datetime64[D]") > other[both].astype("datetime64[D]")
                earlier = own[both] <= other[both] + np.timedelta64(1, "m")
                shares.append(float(np.mean(earlier & ~later)))
        first[position] = float(np.mean(shares)) if shares else 0.5
    if not tables:
        return {}
    base = max(tables, key=lambda p: first[p] - 2.0 * blank[p])
    start = tables[base]
    known = start[~np.isnat(start)]
    end = known.max() if len(known) else np.datetime64("2100-01-01", "us")
    found = {}
    for position, own in tables.items():
        both = ~np.isnat(own) & ~np.isnat(start)
        # Rounded to hours, because due times are set by rules in hours and days.
        gaps = np.round((own[both] - start[both]) / np.timedelta64(1, "h"))
        there = own[~np.isnat(own)]
        found[position] = TimeOrder(
            first[position],
            float(np.mean(gaps >= -24)) if len(gaps) else 0.0,
            1.0 - len(np.unique(gaps)) / len(gaps) if len(gaps) else 0.0,
            blank[position],
            len(tables) - 1,
            float(np.mean(there > end)) if len(there) else 0.0,
        )
    return found


def _time_content(
    role: str, column: ColumnProfile, order: Mapping[int, TimeOrder]
) -> tuple[float, tuple[str, ...]]:
    look = order[column.position]
    reasons = ["times"]
    if role == "opened":
        add = 0.25 + 0.35 * (look.first - 0.5) * (look.others > 0) - 0.8 * column.blank
        if look.others and look.first > 0.9:
            reasons.append("first")
        if not look.others:
            add += 0.2
        if column.blank < 0.02:
            reasons.append("always")
        return add, tuple(reasons)
    if not look.others or look.after < 0.6:
        return -0.6, ()
    reasons.append("after")
    if role == "closed":
        add = (
            0.1
            + (0.1 if 0.001 < column.blank < 0.9 else 0.0)
            - 0.35 * (look.repeated > 0.9)
            - 0.3 * (look.beyond > 0.2)
        )
        if column.blank > 0.98:
            add -= 0.3
        if 0.001 < column.blank < 0.9:
            reasons.append("some_blank")
        return add, tuple(reasons)
    add = 0.05 + 0.25 * (look.repeated > 0.85) + 0.2 * (look.beyond > 0.005)
    if look.repeated > 0.85:
        reasons.append("regular")
    return add, tuple(reasons)


def _degrees(
    role: str, column: ColumnProfile, named: float, heading: tuple[str, ...]
) -> tuple[float, tuple[str, ...]]:
    bound = 90.0 if role == "latitude" else 180.0
    if column.numbers < 0.9 or not -bound <= column.lowest <= column.highest <= bound:
        return 0.0, ()
    if named:
        return named + 0.2 * (column.digits_after > 0.5), (*heading, "degrees")
    return 0.0, ()


def _identifier(
    column: ColumnProfile, named: float, heading: tuple[str, ...]
) -> tuple[float, tuple[str, ...]]:
    if column.times is not None or column.clock or (column.digits_after > 0.9 and column.numbers > 0.9):
        return 0.0, ()
    different = column.distinct_share
    if column.blank > 0.5 or different < 0.9 or column.length > 60:
        return max(0.0, named - 0.7) if different > 0.7 else 0.0, heading
    add = 0.15 if different > 0.999 else 0.0
    if different > 0.999 and column.rows >= 20 and column.blank == 0 and not named:
        return 0.3 - 0.02 * column.position, ("all_different",)
    return named + add, (*heading, "all_different") if different > 0.999 else heading


def _label_content(role: str, column: ColumnProfile, named: float) -> tuple[float, tuple[str, ...]]:
    reasons: tuple[str, ...] = ()
    add = -0.3 * max(0.0, column.blank - 0.5)
    like = column.labels.get(role, 0.0)
    if role == "channel":
        if column.distinct > 60:
            return -1.0, ()
        if like > 0.4:
            add, reasons = add + 0.3 * like, ("labels",)
        add += 0.15 * (named == 0 and like > 0.6)
    elif role == "status":
        if column.distinct > 30:
            return -1.0, ()
        if like > 0.6:
            add, reasons = add + 0.3 * like, ("labels",)
        add += 0.15 * (named == 0 and like > 0.8)
    elif role in ("unit", "place"):
        if like > 0.3 and column.distinct >= 2:
            add, reasons = add + 0.25 * like, ("labels",)
        add += 0.2 * (named == 0 and like > 0.6 and column.distinct >= 3)
        if role == "place":
            add += (
                0.06 * (5 <= column.distinct <= 400)
                - 0.1 * (column.distinct > 800)
                - 0.25 * (column.distinct == 1)
            )
        others = max(column.labels["channel"], column.labels["status"])
        add -= 0.3 * (others > 0.6 and like < 0.3)
    elif role == "category":
        others = max(column.labels["channel"], column.labels["status"])
        add += 0.1 * (8 <= column.distinct <= 600) - 0.25 * (column.distinct < 4) - 0.3 * (others > 0.7)
        if column.distinct >= 8:
            reasons = ("many_labels",)
    elif role in ("group", "team"):
        add += -0.3 * (column.distinct < 2)
    return add, reasons
