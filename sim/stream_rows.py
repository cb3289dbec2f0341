"""Which rows of a request file are used, and why the others are not: one fate for each row."""

from pathlib import Path

import numpy as np

from sim.errors import InputError
from sim.stream_labels import listed, per_row, refuse_free_text, relabel
from sim.stream_mapping import UNAMBIGUOUS_TIME_FORMATS, StreamMapping, collapse, matches_any
from sim.stream_reading import EMPTY_LINE, WRONG_FIELDS, Coded, Table

USED = "used"
OUTSIDE_PERIOD = "excluded: outside the period"
_EARLIEST, _LATEST = np.datetime64("1970-01-01", "us"), np.datetime64("2100-01-01", "us")
_UNUSABLE = {
    EMPTY_LINE: "the line holds nothing",
    WRONG_FIELDS: "not as many fields as the header, or broken quotation marks",
    "missing category": "the category is blank, and the mapping sets no missing_category",
    "missing time": "the time of opening is blank",
    "unparsable time": "the time of opening fits no time format",
    "implausible time": "the time of opening lies outside the years 1970 to 2099",
    "duplicate id": "a usable row further up has the same id",
}


class Fates:
    """Where each row ends. The first reason that applies settles a row; no later one counts it again."""

    def __init__(self, table: Table) -> None:
        self.undecided = np.ones(len(table.row), bool)
        self.counts: dict[str, int] = {USED: 0}
        self.explanations: dict[str, str] = {USED: ""}
        for reason, rows in table.broken.items():
            self._record(f"unusable: {reason}", len(rows), _UNUSABLE[reason])

    def exclude(self, reason: str, rows: np.ndarray, why: str) -> None:
        """Settle rows by a rule of the mapping, which is listed even where it applies to none."""
        self._record(reason, self._take(rows), why)

    def discard(self, reason: str, rows: np.ndarray) -> None:
        """Settle rows that cannot be used; the reason is listed only where it applies."""
        count = self._take(rows)
        if count:
            self._record(f"unusable: {reason}", count, _UNUSABLE[reason])

    def use_the_rest(self, path: Path) -> np.ndarray:
        """Return the rows that nothing spoke against."""
        rows = np.flatnonzero(self.undecided)
        if not len(rows):
            found = ", ".join(f"{count} {reason}" for reason, count in self.counts.items() if count)
            hint = f"no row is usable ({found})" if found else "there is a header, but no row"
            raise InputError("demand.stream", str(path), "a file with at least one usable row", hint=hint)
        self.counts[USED] = len(rows)
        return rows

    def _take(self, rows: np.ndarray) -> int:
        hit = rows & self.undecided
        self.undecided &= ~hit
        return int(np.count_nonzero(hit))

    def _record(self, reason: str, count: int, why: str) -> None:
        self.counts[reason] = self.counts.get(reason, 0) + count
        before = self.explanations.get(reason)
        self.explanations[reason] = f"{before}; or {why}" if before and before != why else why


def judge(
    path: Path, mapping_path: Path, rules: StreamMapping, table: Table
) -> tuple[Fates, np.ndarray, Coded]:
    """Settle every row that is not used; return the fates, the times of opening and the categories."""
    fates = Fates(table)
    for rule in rules.exclude:
        coded = table.coded[rule.column]
        hit = np.array([matches_any(collapse(label), rule.values) for label in coded.labels], bool)
        why = f"{rule.column} is {' or '.join(rule.values)}"
        fates.exclude(f"excluded: {rule.reason}", per_row(hit, coded), why)

    category = relabel(table.coded["category"], {}, rules.missing_category)
    refuse_free_text(category, "columns.category", mapping_path)
    fates.discard("missing category", category.codes < 0)

    text = table.text["opened"]
    try:
        opened = parse_times(text, rules.time_format)
    except ValueError as error:  # pandas does not know a part of the format
        raise InputError(
            "time_format", listed(rules.time_format or ()), file=mapping_path, hint=str(error)
        ) from None
    fates.discard("missing time", np.array([not value.strip() for value in text], bool))
    rows = np.flatnonzero(fates.undecided)
    if len(rows) and np.isnat(opened[rows]).all():  # then the format is wrong, not the rows
        raise _wrong_format(path, mapping_path, rules, text[rows[0]])
    fates.discard("unparsable time", np.isnat(opened))
    fates.discard("implausible time", (opened < _EARLIEST) | (opened >= _LATEST))

    start, before = rules.period.start, rules.period.before
    if start or before:
        outside = np.zeros(len(opened), bool)
        if start:
            outside |= opened < np.datetime64(start, "us")
        if before:
            outside |= opened >= np.datetime64(before, "us")
        bounds = [f"before {start}"] * bool(start) + [f"on or after {before}"] * bool(before)
        fates.exclude(OUTSIDE_PERIOD, outside, f"opened {' or '.join(bounds)}")
    if "id" in table.text:
        fates.discard("duplicate id", _repeats(table.text["id"], fates.undecided))
    return fates, opened, category


def parse_times(text: list[str], formats: list[str] | None) -> np.ndarray:
    """Return local times to the microsecond, NaT where no format fits; the first format that fits counts."""
    import pandas as pd  # here, so that a run without a stream does not load it

    times = np.full(len(text), np.datetime64("NaT", "us"))
    exact = np.array([value.strip() for value in text], object)
    # Where the year comes first, hyphen and slash cannot mean different things. With slashes pandas also
    # takes one-digit months and days, as spreadsheets write them; with hyphens it insists on ISO 8601.
    slashed = np.array([value.replace("-", "/") for value in exact], object)
    open_rows = np.flatnonzero(exact != "")
    for form in formats or UNAMBIGUOUS_TIME_FORMATS:
        if not len(open_rows):
            break
        year_first = form.startswith("%Y")
        values, pattern = (slashed, form.replace("-", "/")) if year_first else (exact, form)
        parsed = pd.to_datetime(values[open_rows], format=pattern, errors="coerce")
        times[open_rows] = np.asarray(parsed, "datetime64[us]")
        open_rows = open_rows[np.isnat(times[open_rows])]
    return times


def _wrong_format(path: Path, mapping_path: Path, rules: StreamMapping, example: str) -> InputError:
    tried = (
        " or ".join(rules.time_format) if rules.time_format else "(none set: the unambiguous ones are tried)"
    )
    hint = f"no time of opening in {path.name} fits; the first is {example.strip()!r}"
    return InputError("time_format", tried, "the format of the file's times", mapping_path, hint)


def _repeats(ids: list[str], candidates: np.ndarray) -> np.ndarray:
    """Mark the rows whose id stands further up among the candidates; a blank id repeats nothing."""
    repeated = np.zeros(len(ids), bool)
    seen: set[str] = set()
    for row in np.flatnonzero(candidates).tolist():
        name = ids[row].strip()
        if not name:
            continue
        if name in seen:
            repeated[row] = True
        seen.add(name)
    return repeated
