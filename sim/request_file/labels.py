"""Columns of labels: renamed as the mapping says, coded in sorted order, and what its rules make of them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim.errors import InputError
from sim.request_file.mapping import EMPTY_WORDS, Defaults, StreamMapping, collapse
from sim.request_file.notes import Note, note
from sim.request_file.reading import Coded, Table

UNKNOWN_PLACE = "(unknown place)"
UNKNOWN_CHANNEL = "(unknown channel)"
#: More different labels than this are free text or a mistaken column; free text may hold personal data.
MOST_LABELS = 4000


def per_row(values_by_label: np.ndarray, coded: Coded) -> np.ndarray:
    """Return the value of each row's label."""
    return values_by_label[coded.codes] if len(values_by_label) else values_by_label


def relabel(coded: Coded, renamed: Mapping[str, str | None], blank: str | None) -> Coded:
    """Return the column with tidy, renamed and sorted labels; a blank or unwanted label becomes `blank`.

    Where `blank` is None such rows have the code -1.
    """
    tidy = [collapse(label) for label in coded.labels]
    final = [(renamed.get(label, label) if label else None) or blank for label in tidy]
    labels = sorted({label for label in final if label is not None})
    position = {label: code for code, label in enumerate(labels)}
    codes = np.array([-1 if label is None else position[label] for label in final], np.int64)
    return Coded(per_row(codes, coded), labels)


def empty_words(table: Table, rules: StreamMapping) -> tuple[Table, list[Note]]:
    """Return the table with cells blank that hold a word for nothing, and how many there were of them."""
    words = {word.lower() for word in (*EMPTY_WORDS, *rules.empty)}
    written = {form for word in words for form in (word, word.upper(), word.title(), "NaN")}
    found: dict[str, int] = {}
    text, coded = dict(table.text), dict(table.coded)
    for role, cells in table.text.items():
        present = written.intersection(map(str.strip, cells))
        if present:
            tidy = ["" if cell.strip() in present else cell for cell in cells]
            text[role], found[role] = tidy, sum(map(bool, cells)) - sum(map(bool, tidy))
    for role, column in table.coded.items():
        if role not in type(rules.columns).model_fields:
            continue  # a column that an exclusion rule alone looks at
        hit = np.array(
            [collapse(label).lower() in words - rules.labels_named(role) for label in column.labels], bool
        )
        if hit.any():
            labels = ["" if empty else label for label, empty in zip(column.labels, hit, strict=True)]
            coded[role], found[role] = Coded(column.codes, labels), int(np.count_nonzero(hit[column.codes]))
    if not found:
        return table, []
    columns = listed(f"{role} {count:,}" for role, count in found.items())
    emptied = replace(table, text=text, coded=coded)
    return emptied, [note("empty_words", rows=sum(found.values()), columns=columns)]


def optional(table: Table, role: str, renamed: Mapping[str, str | None], blank: str | None) -> Coded:
    """Return a column that the mapping may leave out; then every row is blank."""
    if role in table.coded:
        return relabel(table.coded[role], renamed, blank)
    return relabel(Coded(np.zeros(len(table.row), np.int64), [""]), {}, blank)


def select(coded: Coded, rows: np.ndarray) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return codes and labels of some rows, without the labels that none of them has."""
    codes = coded.codes[rows]
    present = np.unique(codes[codes >= 0])
    compact = np.full(len(coded.labels) + 1, -1, np.int64)  # the last element answers the code -1
    compact[present] = np.arange(len(present))
    return compact[codes], tuple(coded.labels[code] for code in present)


def refuse_free_text(coded: Coded, key: str, mapping_path: Path) -> None:
    """Stop where a column of labels has so many that it must be something else."""
    if len(coded.labels) > MOST_LABELS:
        raise InputError(
            key,
            allowed=f"a column of at most {MOST_LABELS:,} different labels",
            file=mapping_path,
            hint=f"this one has {len(coded.labels):,}, which looks like free text",
        )


def days_since(times: np.ndarray, origin: np.datetime64) -> np.ndarray:
    """Return times as days since `origin`, NaN where there is none."""
    days: np.ndarray = (times - origin) / np.timedelta64(1, "D")
    return days


def coordinates(table: Table, role: str, bound: float, rows: np.ndarray) -> np.ndarray:
    """Return a column of degrees, NaN where it is blank, no number or beyond the bound."""
    if role not in table.text:
        return np.full(len(rows), np.nan)
    import pandas as pd  # here, so that a run without a stream does not load it

    cells = np.array(table.text[role], object)[rows]
    if any("," in cell for cell in cells[:100]):
        cells = np.array([cell.replace(",", ".") for cell in cells], object)
    degrees = np.array(pd.to_numeric(pd.Series(cells, dtype=object), errors="coerce"), float)
    degrees[~(np.abs(degrees) <= bound)] = np.nan
    return degrees


class NeedTable:
    """What the mapping's rules say about each pair of category and group in the file."""

    def __init__(self, rules: StreamMapping, category: Coded, group: Coded, rows: np.ndarray) -> None:
        width = len(group.labels) + 1
        keys = category.codes[rows] * width + (group.codes[rows] + 1)
        pairs, self._of_row = np.unique(keys, return_inverse=True)
        self._pairs: list[dict[str, float]] = []
        self._units: list[str | None] = []
        ruled = np.zeros(len(pairs), bool)
        matched: set[int] = set()
        defaults = {key: getattr(rules.defaults, key) for key in Defaults.model_fields}
        for index, key in enumerate(pairs.tolist()):
            labels = category.labels[key // width], [*group.labels, ""][key % width - 1]
            numbers, unit = dict(defaults), None
            for number, rule in enumerate(rules.needs):
                if rule.matches(*labels):
                    numbers |= rule.effects()
                    unit = rule.unit or unit
                    matched.add(number)
                    ruled[index] = True
            self._pairs.append(numbers)
            self._units.append(unit)
        self.rows_on_defaults = int(np.count_nonzero(~ruled[self._of_row]))
        """Rows that no rule speaks of."""
        self.idle_rules = [n for n in range(len(rules.needs)) if n not in matched]
        """Rules, by position, under which no row falls: harmless, or a misspelt label."""

    def number(self, key: str) -> np.ndarray:
        """Return one of the numbers (`work_hours`, `level` ...) for each row."""
        kind = np.int64 if key in ("organisations", "level") else np.float64
        values = np.array([numbers[key] for numbers in self._pairs], kind)
        return values[self._of_row]

    def units(self, named_in_file: tuple[np.ndarray, tuple[str, ...]]) -> tuple[np.ndarray, tuple[str, ...]]:
        """Return the unit of each row: the one a rule names, or else the file's."""
        codes, names = named_in_file
        both = sorted(set(names) | {unit for unit in self._units if unit})
        final = np.array([_index(both, name) for name in names] + [-1], np.int64)[codes]
        by_rule = np.array([_index(both, unit) for unit in self._units], np.int64)[self._of_row]
        merged = Coded(np.where(by_rule >= 0, by_rule, final), both)
        return select(merged, np.arange(len(codes)))


def _index(names: list[str], name: str | None) -> int:
    return -1 if name is None else names.index(name)


def listed(items: Iterable[object]) -> str:
    """Return the items with commas between them."""
    return ", ".join(str(item) for item in items)
