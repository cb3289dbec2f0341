"""Where the header of a request file stands, and which of its columns the mapping means.

A message about a file repeats no cell of it: without a header its first line is a person. What may be shown
are the labels that the mapping itself names, positions and counts.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sim.errors import InputError, did_you_mean
from sim.request_file.mapping import StreamMapping, collapse
from sim.request_file.unpacking import fault

DELIMITERS = (",", ";", "\t", "|")
MOST_COLUMNS = 2_000
#: How far down the header is looked for: exports have a title, the date of printing and empty lines above it.
_ROWS_SEARCHED = 50
_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))
_DATA = re.compile(r"\d{5}|\d[-/.:]\d|@|^[-+\d.,\s]+$|\d年")
_SEPARATOR = re.compile(r'^\ufeff?"?sep=(.)"?$', re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """The header that was found."""

    labels: list[str]
    row: int
    """Its record in the file, 0 for the first."""
    delimiter: str


def tidy(label: str) -> str:
    """Return a label as mappings write it: full-width letters narrow, no unseen characters, single blanks."""
    return collapse(unicodedata.normalize("NFKC", label.translate(_UNSEEN)))


def separator(line: str) -> str | None:
    """Return the delimiter that Excel's own first line (`sep=;`) names, if this is that line."""
    found = _SEPARATOR.match(line.rstrip("\r\n"))
    return found.group(1) if found else None


def wanted_columns(rules: StreamMapping) -> list[list[str]]:
    """Return the alternative names of each column that the mapping reads."""
    wanted = list(rules.columns.named().values())
    return wanted + [[rule.column] for rule in rules.exclude if rule.column not in rules.columns.named()]


def required_columns(rules: StreamMapping) -> list[list[str]]:
    """Return the same without those that may be missing."""
    optional = [names for role, names in rules.columns.named().items() if _may_be_missing(rules, role)]
    return [names for names in wanted_columns(rules) if names not in optional]


def find_header(
    path: Path,
    records: dict[str, Iterator[list[str]]],
    rules: StreamMapping | None,
    rows_above: int = 0,
) -> Header:
    """Find the header among the first records.

    Parameters
    ----------
    path
        What the file is called in a message.
    records
        The records as each possible delimiter parts them.
    rules
        The mapping; without one, the first line that has the look of a header is taken.
    rows_above
        Rows of the file that are not among the records: empty ones of a workbook.
    """
    first = {delimiter: list(islice(found, _ROWS_SEARCHED)) for delimiter, found in records.items()}
    if rules is None:
        return _by_its_looks(path, first)
    # Upper and lower case count when a column is located: here they only lead to a better message.
    wanted = [{tidy(name).lower() for name in names} for names in wanted_columns(rules)]
    searched = [
        (sum(bool(names.intersection(labels)) for names in wanted), -row, delimiter, record)
        for delimiter, found in first.items()
        for row, record in enumerate(found)
        if rules.header_row in (None, row + 1 + rows_above)
        for labels in [{tidy(cell).lower() for cell in record}]
    ]
    score, row, delimiter, record = max(searched, key=lambda s: s[:2], default=(0, 0, "", []))
    if not score:
        raise _no_header(path, rules, next(iter(first.values()), []))
    if len(record) > MOST_COLUMNS:
        raise fault(path, f"the header has {len(record):,} columns", f"at most {MOST_COLUMNS:,} columns")
    if rules.header_row is None:
        above = enumerate(first[delimiter][:-row], 1)
        alike = [n for n, other in above if len(other) == len(record) > 2 and _looks_like_data(other)]
        if alike:
            at = 1 - row + rows_above
            other = alike[0] + rows_above
            hint = f"the header stands in row {at}, but row {other} above it looks like a request; "
            raise fault(path, hint + f"state header_row: {at} to leave such rows out", "a header first")
    return Header([collapse(label.translate(_UNSEEN)) for label in record], -row, delimiter)


def _looks_like_data(record: list[str]) -> bool:
    filled = [cell for cell in record if cell.strip()]
    return 2 * len(filled) > len(record) and any(_DATA.search(cell) for cell in filled)


def _by_its_looks(path: Path, first: dict[str, list[list[str]]]) -> Header:
    """Take the first record of several labels, none of which is a number, a date or an address."""
    # The delimiter that parts most of the records, into the most cells.
    delimiter = max(
        first,
        key=lambda d: (sum(len(r) > 1 for r in first[d]), sum(len(r) for r in first[d])),
    )
    for row, record in enumerate(first[delimiter]):
        labels = [tidy(cell) for cell in record]
        filled = [label for label in labels if label]
        if len(filled) < 2:
            continue
        if any(_DATA.search(label) or len(label) > 80 for label in filled):
            break
        if len(record) > MOST_COLUMNS:
            raise fault(path, f"the header has {len(record):,} columns", f"at most {MOST_COLUMNS:,} columns")
        return Header([collapse(label.translate(_UNSEEN)) for label in record], row, delimiter)
    raise fault(
        path,
        "no header line found: the first line of several cells holds numbers or dates; "
        "add a line of column names",
        "a file with a header line",
    )


def _no_header(path: Path, rules: StreamMapping, first: list[list[str]]) -> InputError:
    names = [names[0] for names in wanted_columns(rules)]
    shown = ", ".join(names[:8]) + (", ..." if len(names) > 8 else "")
    if rules.header_row is not None:
        hint = f"row {rules.header_row}, which header_row names, holds none of them"
    else:
        hint = f"no header line found: none of the first {len(first)} rows holds one of them"
        if rules.delimiter is not None:
            hint += f" between delimiters {rules.delimiter!r}"
        hint += "; add a line of column names, or name the columns as the file does"
    return fault(path, hint, f"a file whose header names {shown}")


def locate_columns(rules: StreamMapping, header: Sequence[str], mapping_path: Path) -> dict[str, int]:
    """Return role (or the column name of an exclusion rule) → position in the header.

    Raises
    ------
    InputError
        If a column is missing, or if two have its name.
    """
    positions: dict[str, int] = {}
    known = {tidy(name) for names in wanted_columns(rules) for name in names}
    for role, names in rules.columns.named().items():
        if _may_be_missing(rules, role) and not _is_there(names, header):
            continue
        positions[role] = _position(names, header, f"columns.{role}", mapping_path, known)
    for index, rule in enumerate(rules.exclude):
        if rule.column not in positions:
            key = f"exclude[{index}].column"
            positions[rule.column] = _position([rule.column], header, key, mapping_path, known)
    return positions


def _may_be_missing(rules: StreamMapping, role: str) -> bool:
    return role.split(".")[0] in rules.optional


def _is_there(names: Sequence[str], header: Sequence[str]) -> bool:
    labels = {tidy(label) for label in header}
    return any(tidy(name) in labels for name in names)


def _position(names: list[str], header: Sequence[str], key: str, mapping_path: Path, known: set[str]) -> int:
    plain = [tidy(label) for label in header]
    for name in names:
        for labels, label in ((header, name), (plain, tidy(name))):
            if labels.count(label) > 1:
                hint = "two columns of the request file have this name"
                raise InputError(key, name, file=mapping_path, hint=hint)
            if label in labels:
                return labels.index(label)
    present = [label for label in plain if label in known]
    # A line with one of the labels may yet be no header.
    alike = [label for label in _nearly(plain) if label.lower() == tidy(names[0]).lower()]
    hint = f"did you mean {alike[0]}?" if alike else ""
    if not hint and len(present) > 1:
        hint = did_you_mean(tidy(names[0]), _nearly(plain))
    if len(header) == 1:
        hint = "the header is one single column: is the delimiter of the mapping right?"
    have = f"a column of the request file, which has {len(header)} columns"
    have += f", {', '.join(present)} among them" if present else ""
    raise InputError(key, " or ".join(names), have, mapping_path, hint)


def _nearly(labels: Iterable[str]) -> list[str]:
    """Return the labels that may be proposed for a misspelt one: none that looks like data."""
    return [label for label in labels if label and len(label) <= 40 and not _DATA.search(label)]
