"""Which rows of a request file are used, and why the others are not: one fate for each row."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from sim.errors import InputError
from sim.request_file.implausible_times import implausible, is_null_text, isolated, largest_gap
from sim.request_file.labels import empty_words, per_row, refuse_free_text, relabel
from sim.request_file.mapping import StreamMapping, collapse, matches_any
from sim.request_file.notes import Note, note, row_numbers
from sim.request_file.reading import (
    EMPTY_LINE,
    REPEATED_HEADER,
    TOTAL_LINE,
    WRONG_FIELDS,
    Coded,
    Table,
)
from sim.request_file.times import TimeReader, Times, in_one_cell

USED = "used"
OUTSIDE_PERIOD = "excluded: outside the period"
_UNUSABLE = {
    EMPTY_LINE: "the line holds nothing",
    WRONG_FIELDS: "not as many fields as the header, broken quotation marks, or cut off",
    REPEATED_HEADER: "the header again, where exports were joined",
    TOTAL_LINE: "it adds up the other rows",
    "missing category": "the category is blank, and the mapping sets no missing_category",
    "missing time": "the time of opening is blank",
    "unparsable time": "the time of opening fits no time format",
    "implausible time": "the time of opening lies outside the years 1970 to 2099, stands for none, or lies "
    "far from all others",
    "duplicate id": "a usable row further up has the same id",
}
#: The column that is at fault, by reason.
COLUMN_AT_FAULT = {
    "missing category": "category",
    "missing time": "opened",
    "unparsable time": "opened",
    "implausible time": "opened",
    "duplicate id": "id",
}
#: So many requests at midnight, of all, are worth a word.
_MANY_AT_MIDNIGHT = 0.2


class Fates:
    """Where each row ends. The first reason that applies settles a row; no later one counts it again."""

    def __init__(self, table: Table) -> None:
        self.undecided = np.ones(len(table.row), bool)
        self.counts: dict[str, int] = {USED: 0}
        self.explanations: dict[str, str] = {USED: ""}
        self.rows: dict[str, list[int]] = {}
        """Numbers of the records that cannot be used, by reason."""
        self._numbers = table.row
        for reason, rows in table.broken.items():
            self._record(f"unusable: {reason}", len(rows), _UNUSABLE[reason])
            self.rows[reason] = list(rows)

    def exclude(self, reason: str, rows: np.ndarray, why: str) -> None:
        """Settle rows by a rule of the mapping, which is listed even where it applies to none."""
        self._record(reason, len(self._take(rows)), why)

    def discard(self, reason: str, rows: np.ndarray) -> None:
        """Settle rows that cannot be used; the reason is listed only where it applies."""
        taken = self._take(rows)
        if len(taken):
            self._record(f"unusable: {reason}", len(taken), _UNUSABLE[reason])
            self.rows.setdefault(reason, []).extend(self._numbers[taken].tolist())

    def use_the_rest(self, path: Path) -> np.ndarray:
        """Return the rows that nothing spoke against."""
        rows = np.flatnonzero(self.undecided)
        if not len(rows):
            found = ", ".join(f"{count} {reason}" for reason, count in self.counts.items() if count)
            hint = f"no row is usable ({found})" if found else "there is a header, but no row"
            raise InputError("demand.stream", str(path), "a file with at least one usable row", hint=hint)
        self.counts[USED] = len(rows)
        return rows

    def _take(self, rows: np.ndarray) -> np.ndarray:
        hit = rows & self.undecided
        self.undecided &= ~hit
        return np.flatnonzero(hit)

    def _record(self, reason: str, count: int, why: str) -> None:
        self.counts[reason] = self.counts.get(reason, 0) + count
        before = self.explanations.get(reason)
        self.explanations[reason] = f"{before}; or {why}" if before and before != why else why


@dataclass
class Judged:
    """The rows of a file with their fates, and what of them the tape needs."""

    fates: Fates
    table: Table
    category: Coded
    opened: Times
    closed: Times | None
    due: Times | None
    notes: list[Note]


def judge(path: Path, mapping_path: Path, rules: StreamMapping, table: Table) -> Judged:
    """Settle every row that is not used. The command line and the page both judge by this."""
    table, notes = empty_words(table, rules)
    fates = Fates(table)
    for rule in rules.exclude:
        coded = table.coded[rule.column]
        hit = np.array([matches_any(collapse(label), rule.values) for label in coded.labels], bool)
        why = f"{rule.column} is {' or '.join(rule.values)}"
        fates.exclude(f"excluded: {rule.reason}", per_row(hit, coded), why)

    category = relabel(table.coded["category"], {}, rules.missing_category)
    refuse_free_text(category, "columns.category", mapping_path)
    fates.discard("missing category", category.codes < 0)

    cells: dict[str, list[str]] = {
        role: _cells(table, role) for role in ("opened", "closed", "due") if role in table.text
    }
    reader = TimeReader(path, mapping_path, rules, cells)
    opened = reader.read("opened")
    fates.discard("missing time", ~opened.column.there)
    _set_nulls_apart(opened)
    reader.check("opened", opened, fates.undecided)
    fates.discard("unparsable time", np.isnat(opened.local))
    fates.discard("implausible time", implausible(opened.local))
    closed, due = (_read_beside(reader, role, cells, fates) for role in ("closed", "due"))
    notes = [*reader.notes, *notes]
    if wrong := table.broken.get(WRONG_FIELDS):
        notes.append(note("wrong_fields", rows=len(wrong), numbers=row_numbers(wrong, table.first_row)))

    start, before = rules.period.start, rules.period.before
    if start or before:
        outside = np.zeros(len(opened.local), bool)
        if start:
            outside |= opened.local < np.datetime64(start, "us")
        if before:
            outside |= opened.local >= np.datetime64(before, "us")
        bounds = [f"before {start}"] * bool(start) + [f"on or after {before}"] * bool(before)
        fates.exclude(OUTSIDE_PERIOD, outside, f"opened {' or '.join(bounds)}")
    rest = np.flatnonzero(fates.undecided)
    far = np.zeros(len(opened.local), bool)
    far[rest] = isolated(opened.local[rest], low=start is None, high=before is None)
    fates.discard("implausible time", far)
    if "id" in table.text:
        fates.discard("duplicate id", _repeats(table.text["id"], fates.undecided))
    return Judged(fates, table, category, opened, closed, due, _about_times(fates, opened, table) + notes)


def _read_beside(reader: TimeReader, role: str, cells: dict[str, list[str]], fates: Fates) -> Times | None:
    """Return a column of times that costs no row, whatever stands in it; None if the mapping has none."""
    if role not in cells:
        return None
    times = reader.read(role)
    _set_nulls_apart(times)
    reader.check(role, times, fates.undecided)
    return times


def _cells(table: Table, role: str) -> list[str]:
    apart = table.text.get(f"{role}.time")
    return table.text[role] if apart is None else in_one_cell(table.text[role], apart)


#: Stands in for a day that no calendar has, so that the row ends as implausible and not as unreadable.
_NULL_DAY = np.datetime64("1900-01-01", "us")


def _set_nulls_apart(times: Times) -> None:
    unread = np.flatnonzero(np.isnat(times.local) & times.column.there)
    for row in unread.tolist():
        if is_null_text(times.column.cells[row]):
            times.local[row] = _NULL_DAY


def _about_times(fates: Fates, opened: Times, table: Table) -> list[Note]:
    """Return what is to be known about the times of the rows used and of those set aside as implausible."""
    notes: list[Note] = []
    aside = sorted(fates.rows.get("implausible time", ()))
    if aside:
        notes.append(note("implausible", rows=len(aside), numbers=row_numbers(aside, table.first_row)))
    rows = np.flatnonzero(fates.undecided)
    if not len(rows):
        return notes
    times = opened.local[rows]
    if gap := largest_gap(times):
        first, days, side = gap
        numbers = np.sort(table.row[rows[side]])
        notes.append(
            note("gap", days=days, first=first, rows=len(side), numbers=row_numbers(numbers, table.first_row))
        )
    tomorrow = np.datetime64(datetime.now(UTC).replace(tzinfo=None), "us") + np.timedelta64(1, "D")
    future = rows[times > tomorrow]
    if len(future):
        numbers = np.sort(table.row[future])
        notes.append(note("future", rows=len(future), numbers=row_numbers(numbers, table.first_row)))
    if any("%y" in form for form in opened.formats):
        years = times.min().astype("datetime64[Y]"), times.max().astype("datetime64[Y]")
        notes.append(note("short_year", first=years[0], last=years[1]))
    midnight = int(np.count_nonzero(times == times.astype("datetime64[D]")))
    if midnight > _MANY_AT_MIDNIGHT * len(times):
        notes.append(note("no_time_of_day", rows=midnight, total=len(times)))
    return notes


def settle_closings(opened: Times, closed: Times, rows: np.ndarray) -> tuple[np.ndarray, list[Note]]:
    """Return the closings of some rows on the clock of their openings, NaT where there is none to believe.

    Where both moments are known, a closing lies as long after its opening as it did: a change of the clocks
    in between does not count.
    """
    begun, ended = opened.local[rows], closed.local[rows].copy()
    there = closed.column.there[rows]
    if opened.utc is not None and closed.utc is not None:
        true = closed.utc[rows] - opened.utc[rows]
        ended = np.where(np.isnat(true), ended, begun + true)
    unread = there & np.isnat(ended)
    null = ~np.isnat(ended) & implausible(closed.local[rows])
    tomorrow = np.datetime64(datetime.now(UTC).replace(tzinfo=None), "us") + np.timedelta64(1, "D")
    future = ~null & (ended > tomorrow)
    # A closing written to the day or the minute seems to lie before an opening written more finely.
    rounded = (ended < begun) & (
        (ended == begun.astype("datetime64[D]")) | (ended == begun.astype("datetime64[m]"))
    )
    ended[rounded] = begun[rounded]
    before = ~null & (ended < begun)
    counts = {
        "before": int(np.count_nonzero(before)),
        "future": int(np.count_nonzero(future)),
        "null": int(np.count_nonzero(null)),
        "unread": int(np.count_nonzero(unread)),
    }
    ended[null | future | before] = np.datetime64("NaT", "us")
    notes = []
    if any(counts.values()):
        notes.append(note("closings", total=int(np.count_nonzero(there)), **counts))
    if rounded.any():
        notes.append(note("closed_rounded", rows=int(np.count_nonzero(rounded))))
    return ended, notes


def settle_due(opened: Times, due: Times, rows: np.ndarray) -> tuple[np.ndarray, list[Note]]:
    """Return the due times of some rows, NaT where there is none to believe.

    Where the whole column holds days without a time of day, a day is meant to its end.
    """
    begun, ends = opened.local[rows], due.local[rows].copy()
    there = due.column.there[rows]
    null = ~np.isnat(ends) & implausible(ends)
    ends[null] = np.datetime64("NaT", "us")
    known = ends[~np.isnat(ends)]
    if len(known) and (known == known.astype("datetime64[D]")).all():
        ends += np.timedelta64(1, "D")
    before = ends < begun
    ends[before] = np.datetime64("NaT", "us")
    counts = {
        "before": int(np.count_nonzero(before)),
        "null": int(np.count_nonzero(null)),
        "unread": int(np.count_nonzero(there & np.isnat(due.local[rows]))),
    }
    notes = [note("due", total=int(np.count_nonzero(there)), **counts)] if any(counts.values()) else []
    return ends, notes


def _repeats(ids: list[str], candidates: np.ndarray) -> np.ndarray:
    """Mark the rows whose id stands further up among the candidates; a blank id repeats nothing."""
    repeated = np.zeros(len(ids), bool)
    seen: set[str] = set(map(str.strip, ids))
    if len(seen) == len(ids):
        return repeated
    seen.clear()
    for row in np.flatnonzero(candidates).tolist():
        name = ids[row].strip()
        if not name:
            continue
        if name in seen:
            repeated[row] = True
        seen.add(name)
    return repeated
