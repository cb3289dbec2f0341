"""A hotline's own file on the page: read, personal fields dropped, every row accounted for, bad rows named.

What comes from the browser is held in memory only. Written to the disk is a file with the mapped columns
alone; that is what every run then reads (`demand.stream`), and what the saved command names. Which rows
can be used is judged by `sim.request_file.loading`, as on the command line; here it is only told.
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from experiments.arguments.input_hints import MissingInput
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

#: What a column may mean, as in a mapping file.
ROLES = ("opened", "category", "id", "closed", "unit", "channel", "place", "group")
#: Names by which hotlines call them, in parts; the first column that fits is proposed.
_GUESSES: dict[str, tuple[str, ...]] = {
    "opened": ("受理时间", "登记时间", "来电时间", "创建时间", "opened", "open_dt", "created"),
    "category": ("办件类别", "诉求类别", "问题类别", "类别", "类型", "category", "type"),
    "id": ("工单编号", "工单号", "编号", "case_enquiry_id", "id"),
    "closed": ("办结时间", "完成时间", "closed", "closed_dt"),
    "unit": ("承办单位", "责任单位", "department", "agency", "unit"),
    "channel": ("来源", "渠道", "channel", "source"),
    "place": ("社区", "街道", "地区", "neighborhood", "district", "place"),
    "group": ("大类", "group", "reason"),
}
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


@dataclass(frozen=True)
class Reading:
    """What became of a file."""

    name: str
    file: Path
    mapping: Path
    stream: RequestStream
    dropped: tuple[str, ...]
    bad: tuple[BadRow, ...]

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return sum(self.stream.counts.values())

    @property
    def used(self) -> int:
        """How many of them are used."""
        return len(self.stream.arisen_at)

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


def header(name: str, raw: bytes) -> list[str]:
    """Return the column names of a file."""
    return open_sheet(name, raw).header


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Return which column probably means what; nothing where no name fits."""
    found: dict[str, str] = {}
    for role, names in _GUESSES.items():
        for wanted in names:
            fits = [
                column
                for column in columns
                if column.lower() == wanted or (len(wanted) > 2 and wanted in column)
            ]
            fits = [column for column in fits if column not in found.values()]
            if fits:
                found[role] = fits[0]
                break
    return found


def mapping_text(chosen: Mapping[str, str], residents: int) -> str:
    """Return a mapping file for columns chosen on the page."""
    for role in ("opened", "category"):
        if not chosen.get(role):
            raise MissingInput(f"columns.{role}", "", "a column of the file", hint="choose one")
    lines = [f"residents: {residents}", "columns:"]
    lines += [
        f"  {role}: {json.dumps(chosen[role], ensure_ascii=False)}" for role in ROLES if chosen.get(role)
    ]
    return "\n".join(lines) + "\n"


def read(name: str, raw: bytes, mapping: str | Path, folder: Path) -> Reading:
    """Read a file: keep its mapped columns, judge its rows.

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
    stem = re.sub(r"[^\w-]+", "_", Path(name).name.split(".")[0])[:40].strip("_") or "requests"
    text = mapping.read_text(encoding="utf-8-sig") if isinstance(mapping, Path) else mapping
    mark = hashlib.sha256(hashlib.sha256(raw).digest() + text.encode()).hexdigest()[:8]
    rules_path = folder / f"{stem}-{mark}.yaml"
    facts = brief_manifest("cogov dashboard", datetime.now().astimezone())
    add_files(folder, {rules_path.name: text.encode()}, facts)
    whole = read_requests(Path(name), raw, rules_path)
    kept = sorted(set(whole.columns.values()))
    path = folder / f"{stem}-{mark}.csv"
    columns = {"opened": whole.columns["opened"]} | {str(position): position for position in kept}
    table = read_table(whole.source, columns, {})
    reduced = {path.name: _reduced(whole, table, kept).encode("utf-8-sig")}
    add_files(folder, {**reduced, rules_path.name: _for_plain_csv(text).encode()}, facts)
    stream = load_stream(path, rules_path)
    if dict(stream.counts) != dict(whole.stream.counts):
        raise AssertionError("the file without its personal columns is judged differently")
    dropped = tuple(column for number, column in enumerate(whole.source.header) if number not in kept)
    return Reading(name, path, rules_path, stream, dropped, _bad_rows(whole, table))


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
