"""Groups of needs: by what they are about, who has them, where and when they arose, and who dealt with them.

A *division* puts every counted need into exactly one group, so that the counts of its groups add up to the
total. Most divide by what a need or its owner is, which no way of governing changes: the same needs are in a
group under every scenario, and a paired difference by group compares like with like. `channel` and
`carried_by` divide by what became of a need; they are told for each scenario and never as a difference.

The month is the calendar month in which a need arose. Only needs that arose in the counting window count, so
by month of report or of closing the first months would lack what arose before the window, and the last would
hold nothing but stragglers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.inputs.ledger import Flags, Needs, Records, Rows, columns, is_named, named, window
from analysis.inputs.owners import owners
from analysis.inputs.working_day_clock import monday_before
from analysis.metrics import SOLVERS

Whole = npt.NDArray[np.int64]

#: Divisions by what became of a need: another need is in a group under another way of governing.
OF_OUTCOME = ("channel", "carried_by")
#: Above so many areas there is no division by area: a county is divided by community.
AREAS_AT_MOST = 60
LEVELS_NEEDED = ("community", "street", "county")
AGES = ("under60", "60plus", "merchant", "no_owner")
TENURES = ("local", "migrant", "merchant", "no_owner")


@dataclass(frozen=True)
class Division:
    """The counted needs divided: the name of each group, and the group of each need by its place there."""

    name: str
    levels: tuple[str, ...]
    code: Whole


def divisions(records: Records, needs: Needs, chosen: tuple[str, ...] | None = None) -> list[Division]:
    """Return the divisions of the counted needs that the records allow, the undivided whole first.

    Parameters
    ----------
    chosen
        Only these; all by default.
    """
    cases = columns(records)
    keep = needs.rows
    makers: dict[str, Callable[[], Division | None]] = {
        "all": lambda: Division("all", ("all",), np.zeros(len(needs), np.int64)),
        "category": lambda: _named("category", cases, keep, "unknown"),
        "organisations": lambda: _organisations(needs),
        "level_needed": lambda: _level_needed(cases, keep),
        "community": lambda: _numbered("community", np.asarray(cases["community"], np.int64)[keep]),
        "month": lambda: _months(records, needs),
    }
    found = [make() for name, make in makers.items() if chosen is None or name in chosen]
    found += [one for one in _of_owners(columns(records, "people"), needs) if _wanted(one, chosen)]
    if chosen is None or set(OF_OUTCOME) & set(chosen):
        outcomes = (_named("channel", cases, keep, "not_reported"), _carried_by(cases, needs, keep))
        found += [one for one in outcomes if _wanted(one, chosen)]
    return [one for one in found if one is not None]


def _wanted(one: Division | None, chosen: tuple[str, ...] | None) -> bool:
    return one is not None and (chosen is None or one.name in chosen)


def _organisations(needs: Needs) -> Division:
    number = np.clip(needs.organisations, 1, 3).astype(np.int64)
    return Division("organisations", ("1", "2", "3+"), number - 1)


def _named(name: str, cases: Any, keep: Rows, missing: str) -> Division | None:
    """Divide by a column of names; what has none is in a group of its own, the last."""
    if name not in cases:
        return None
    column = named(cases[name])
    code = np.asarray(column.codes, np.int64)[keep]
    levels = tuple(str(level) for level in column.categories)
    return Division(name, (*levels, missing), np.where(code < 0, len(levels), code))


def _numbered(name: str, number: Whole) -> Division:
    levels, code = np.unique(number, return_inverse=True)
    return Division(name, tuple(str(level) for level in levels), code.astype(np.int64))


def _level_needed(cases: Any, keep: Rows) -> Division | None:
    if "level_needed" not in cases:
        return None
    level = np.clip(np.asarray(cases["level_needed"], np.int64)[keep], 0, len(LEVELS_NEEDED) - 1)
    return Division("level_needed", LEVELS_NEEDED, level)


def _months(records: Records, needs: Needs) -> Division:
    start, stop = window(records.settings)
    monday = np.datetime64(monday_before(records.settings.calendar.start_date), "D")

    def month(day: npt.ArrayLike) -> npt.NDArray[np.datetime64]:
        return (monday + np.floor(np.asarray(day)).astype("timedelta64[D]")).astype("datetime64[M]")

    first, last = month(start), month(max(start, np.ceil(stop) - 1.0))
    number = int((last - first).astype(np.int64)) + 1
    levels = tuple(str(first + np.timedelta64(place, "M")) for place in range(number))
    return Division("month", levels, (month(needs.arisen) - first).astype(np.int64))


def _of_owners(people: Any, needs: Needs) -> list[Division | None]:
    """Divide by the owner's age, tenure and area; needs of merchants and of nobody apart."""
    if "kind" not in people or len(people["kind"]) == 0 or len(needs) == 0:
        return []
    owner, known = owners(needs, people)
    if not known.any():
        return []
    merchant = is_named(people["kind"], "merchant")[owner]

    def by(name: str, column: str, levels: Sequence[str]) -> Division | None:
        if column not in people:
            return None
        flag = np.asarray(people[column], bool)[owner].astype(np.int64)
        return Division(name, tuple(levels), np.where(known, np.where(merchant, 2, flag), 3))

    return [
        by("age", "age_60plus", AGES),
        by("tenure", "migrant", TENURES),
        _areas(people, owner, known),
    ]


def _areas(people: Any, owner: Whole, known: Flags) -> Division | None:
    """Divide by the grid that the owner lives or trades in."""
    if "grid" not in people:
        return None
    grid, community = (np.asarray(people[name], np.int64) for name in ("grid", "community"))
    width = int(grid.max()) + 1
    place = community * width + grid
    areas = _distinct(place)
    if len(areas) > AREAS_AT_MOST:
        return None
    several = bool(community.min() != community.max())
    levels = [f"{one // width}/{one % width}" if several else str(one % width) for one in areas]
    code = np.searchsorted(areas, place[owner])
    return Division("area", (*levels, "no_owner"), np.where(known, code, len(areas)))


def _distinct(number: Whole) -> Whole:
    """Return which numbers occur, in order."""
    low, high = int(number.min()), int(number.max())
    if high - low > len(number):
        return np.unique(number)
    # Of small numbers that is told without sorting.
    return np.flatnonzero(np.bincount(number - low)) + low


def _carried_by(cases: Any, needs: Needs, keep: Rows) -> Division | None:
    """Divide by who carried the case: the supplier that took it on, else who solved it."""
    nobody, silent = len(SOLVERS), len(SOLVERS) + 1
    code = np.where(needs.solved_by >= 0, needs.solved_by, nobody).astype(np.int64)
    code = np.where(np.isnan(needs.reported) & (needs.solved_by < 0), silent, code)
    levels = [*SOLVERS, "nobody_yet", "not_reported"]
    if "supplier" in cases:
        column = named(cases["supplier"])
        kinds = [str(kind) for kind in column.categories]
        supplier = np.asarray(column.codes, np.int64)[keep]
        places = np.array([_place(kind, levels) for kind in kinds] + [-1], dtype=np.int64)
        code = np.where(supplier >= 0, places[supplier], code)
    return Division("carried_by", tuple(levels), code)


def _place(name: str, levels: list[str]) -> int:
    """Return the place of a name among the levels, where it is added if it is new."""
    if name not in levels:
        levels.append(name)
    return levels.index(name)
