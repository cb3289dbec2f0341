"""A hotline's own file on the page: read, personal fields dropped, every row accounted for, bad rows named.

What comes from the browser is held in memory only. Written to the disk is a file with the mapped columns
alone; that is what every run then reads (`demand.stream`), and what the saved command names. Which rows
can be used is judged by `sim.request_file.loading`, as on the command line; here it is only told.
"""

import csv
import hashlib
import io
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from analysis.request_files.column_roles import Roles
from analysis.request_files.findings import Findings, findings
from experiments.city.import_file import needs
from experiments.city.import_file.importing import Options, Step, import_requests, in_own_words
from experiments.output.manifest import brief_manifest
from experiments.output.output_folder import add_files
from sim.errors import InputError
from sim.request_file.loading import Requests, RequestStream, account, load_stream, read_requests
from sim.request_file.mapping import READING_KEYS
from sim.request_file.reading import (
    EMPTY_LINE,
    REPEATED_HEADER,
    TOTAL_LINE,
    Table,
    open_sheet,
    read_table,
    unpacked,
)
from sim.request_file.row_checks import COLUMN_AT_FAULT
from sim.request_file.time_spelling import shape

ROWS_NAMED = 50
#: A file from the browser is held in memory; the command line reads larger ones.
LARGEST_UPLOAD = 256 << 20


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be used. `row` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    value: str
    """What a time at fault looks like, digits as 0 and letters as a: never what a cell holds."""
    reason: str


@dataclass(frozen=True, eq=False)
class Reading:
    """What became of a file."""

    name: str
    file: Path
    mapping: Path
    stream: RequestStream
    dropped: tuple[str, ...]
    bad: tuple[BadRow, ...]
    found: Findings
    roles: Roles
    """None in it where a mapping was given."""
    text: str
    """The mapping of the file as its owner has it; `mapping` is that of the kept columns."""
    first_text: str
    """The same before categories were changed on the page."""
    guessed_residents: int | None = None

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return sum(self.stream.counts.values())

    @property
    def used(self) -> int:
        """How many of them are used."""
        return len(self.stream.arisen_at)

    def files(self) -> tuple[str, str]:
        """Return file and mapping as a view names them."""
        return str(self.file.resolve()), str(self.mapping.resolve())

    def account(self) -> list[tuple[str, int, str]]:
        """Return reason, rows and explanation for every way in which a row ended."""
        return account(self.stream)


def refuse_large(name: str, size: int) -> None:
    """Refuse a file from the browser that is too large to be held."""
    if size > LARGEST_UPLOAD:
        limit = f"a file of at most {LARGEST_UPLOAD >> 20} MB on this page"
        raise InputError(
            "demand.stream", name, limit, hint="use the command line: cogov compare demand.stream=FILE"
        )


def content(name: str, raw: bytes) -> bytes:
    """Return a file from the browser, unpacked if it is packed; refuse what is no file of requests."""
    refuse_large(name, len(raw))
    return unpacked(name, raw)


def header(name: str, raw: bytes, encoding: str = "") -> list[str]:
    """Return the column names of a file, read with an encoding where one is stated."""
    try:
        return open_sheet(Path(name), raw, encoding=encoding or None).header
    except InputError as error:
        raise in_own_words(error) from None


def import_file(
    name: str, raw: bytes, options: Options, folder: Path, step: Step = lambda name: None
) -> Reading:
    """Import a file as `cogov import` does, and keep its mapped columns.

    Parameters
    ----------
    name, raw, folder
        As for `read`.
    options
        What was chosen on the page: the words of the command.
    step
        Is told what begins, see `import_requests`.
    """
    try:
        found = import_requests(Path(name), raw, options, step)
    except InputError as error:
        raise in_own_words(error) from None
    whole = replace(found.requests, stream=replace(found.requests.stream, file=name))
    guessed = None if found.draft.residents_given else found.draft.residents
    return _kept(name, raw, whole, found.mapping, folder, found.findings, found.roles, guessed)


def read(name: str, raw: bytes, mapping: str | Path, folder: Path) -> Reading:
    """Read a file with a mapping: keep its mapped columns, judge its rows.

    Parameters
    ----------
    name
        What the file was called.
    raw
        Its content (see `content`).
    mapping
        Path of a mapping, or the text of one.
    folder
        Where the reduced file and the mapping are written.
    """
    text = mapping.read_text(encoding="utf-8-sig") if isinstance(mapping, Path) else mapping
    with tempfile.TemporaryDirectory(prefix="cogov-requests-") as place:
        # A complaint names the mapping as it will be called.
        rules_path = Path(place) / f"{_stem(name, raw, text)}.yaml"
        rules_path.write_bytes(text.encode())
        whole = read_requests(Path(name), raw, rules_path)
    return _kept(name, raw, whole, text, folder, findings(whole.stream), Roles({}, {}, ()))


def with_needs(reading: Reading, changes: Mapping[str, Mapping[str, float]], folder: Path) -> Reading:
    """Return a reading whose mapping says what was changed of some categories, on top of what it said.

    Parameters
    ----------
    changes
        Category to what is set for it, all changes since the file was read.
    """
    text = needs.with_needs(reading.first_text, changes)
    path = folder / f"{_stem(reading.name, reading.stream.digest.encode(), text)}.yaml"
    add_files(folder, {path.name: _for_plain_csv(text).encode()}, _facts())
    return replace(reading, mapping=path, text=text, stream=load_stream(reading.file, path))


def _stem(name: str, raw: bytes, text: str) -> str:
    """Return what the kept files of an upload are called."""
    stem = re.sub(r"[^\w-]+", "_", Path(name).name.split(".")[0])[:40].strip("_") or "requests"
    return f"{stem}-{hashlib.sha256(hashlib.sha256(raw).digest() + text.encode()).hexdigest()[:8]}"


def _facts() -> dict[str, Any]:
    return brief_manifest("cogov dashboard", datetime.now().astimezone())


def _kept(
    name: str,
    raw: bytes,
    whole: Requests,
    text: str,
    folder: Path,
    found: Findings,
    roles: Roles,
    guessed: int | None = None,
) -> Reading:
    """Write the mapped columns and the mapping; what is read from them is what was read of the whole."""
    stem = _stem(name, raw, text)
    kept = sorted(set(whole.columns.values()))
    path, rules_path = folder / f"{stem}.csv", folder / f"{stem}.yaml"
    columns = {"opened": whole.columns["opened"]} | {str(position): position for position in kept}
    table = read_table(whole.source, columns, {})
    reduced = {path.name: _reduced(whole, table, kept).encode("utf-8-sig")}
    add_files(folder, {**reduced, rules_path.name: _for_plain_csv(text).encode()}, _facts())
    stream = load_stream(path, rules_path)
    if dict(stream.counts) != dict(whole.stream.counts):
        raise AssertionError("the file without its personal columns is judged differently")
    dropped = tuple(column for number, column in enumerate(whole.source.header) if number not in kept)
    bad = _bad_rows(whole, table)
    return Reading(name, path, rules_path, stream, dropped, bad, found, roles, text, text, guessed)


def _for_plain_csv(text: str) -> str:
    """Return a mapping's text without the keys that speak of the bytes of the file it was written for."""
    keys = yaml.safe_load(text)
    if not any(key in keys for key in READING_KEYS):
        return text
    keys = {key: value for key, value in keys.items() if key not in READING_KEYS}
    return yaml.safe_dump(keys, allow_unicode=True, sort_keys=False)


#: Heads the column of row numbers in the reduced file, so that a row without any mapped cell stays a row.
_ROW = "row of the file"


def _reduced(whole: Requests, table: Table, kept: list[int]) -> str:
    """Return the file with the kept columns alone; a broken row stays one, for the same reason."""
    header = whole.source.header
    lines: dict[int, tuple[str, ...]] = dict(
        zip(
            table.row.tolist(),
            zip(*(table.text[str(position)] for position in kept), strict=True),
            strict=True,
        )
    )
    broken = {row: reason for reason, rows in table.broken.items() for row in rows}
    text = io.StringIO()
    text.write("\n" * (table.first_row - 2))  # so that a row has the same number in both files
    writer = csv.writer(text, lineterminator="\n")
    columns = [_ROW, *(header[position] for position in kept)]
    writer.writerow(columns)
    stand_ins = {EMPTY_LINE: [], REPEATED_HEADER: columns, TOTAL_LINE: ["Total", *[""] * len(kept)]}
    for row in range(len(lines) + len(broken)):
        if row in lines:
            writer.writerow([row + table.first_row, *lines[row]])
        else:
            writer.writerow(stand_ins.get(broken[row], ["?"]))
    return text.getvalue()


def _bad_rows(whole: Requests, table: Table) -> tuple[BadRow, ...]:
    """Return the rows that cannot be used, in the order of the file."""
    header = whole.source.header
    looks = dict(zip(table.row.tolist(), table.text["opened"], strict=True))
    bad: list[BadRow] = []
    for reason, rows in whole.unusable.items():
        role = COLUMN_AT_FAULT.get(reason)
        column = header[whole.columns[role]] if role is not None else ""
        bad += [
            BadRow(row + table.first_row, column, shape(looks[row]) if role == "opened" else "", reason)
            for row in rows
        ]
    return tuple(sorted(bad, key=lambda one: one.row))
