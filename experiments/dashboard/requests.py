"""A hotline's own file on the page: read, personal fields dropped, every row accounted for, bad rows named.

What comes from the browser is held in memory only. Written to the disk is a file with the mapped columns
alone; that is what every run then reads (`demand.stream`), and what the saved command names. Which rows
cannot be used, and why, follows the rules of `sim.stream_rows`; the counts are those of `sim.streams`.
"""

import csv
import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from experiments.output import write_text
from sim.errors import InputError
from sim.stream_mapping import StreamMapping, collapse, load_mapping, matches_any
from sim.stream_reading import EMPTY_LINE, WRONG_FIELDS, _records, detect_encoding, read_header
from sim.stream_rows import parse_times
from sim.streams import RequestStream, account, load_stream

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
_YEARS = np.datetime64("1970-01-01", "us"), np.datetime64("2100-01-01", "us")


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be used. `row` counts as a spreadsheet does: the header is row 1."""

    row: int
    column: str
    value: str
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


def content(name: str, raw: bytes) -> bytes:
    """Return the text of a file as it came from the browser, unpacked if it is gzip."""
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error):
            raise InputError("demand.stream", name, "a whole file", hint="the gzip file is damaged") from None
    if not raw.strip():
        raise InputError("demand.stream", name, "a header line and one line per request", hint="it is empty")
    if b"\0" in raw[:8192] or raw.startswith(b"PAR1"):
        hint = "this looks like a workbook or another binary file; save the sheet as CSV (UTF-8)"
        raise InputError("demand.stream", name, "CSV text", hint=hint)
    return raw


def header(name: str, raw: bytes, delimiter: str = ",") -> list[str]:
    """Return the column names of a file."""
    return read_header(raw, detect_encoding(Path(name), raw, None), delimiter)


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
            raise InputError(f"columns.{role}", "", "a column of the file", hint="choose one")
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
    folder.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^\w-]+", "_", Path(name).name.split(".")[0]).strip("_") or "requests"
    text = mapping.read_text(encoding="utf-8-sig") if isinstance(mapping, Path) else mapping
    mark = hashlib.sha256(hashlib.sha256(raw).digest() + text.encode()).hexdigest()[:8]
    rules_path = folder / f"{stem}-{mark}.yaml"
    write_text(rules_path, text)
    rules = load_mapping(rules_path)
    encoding = detect_encoding(Path(name), raw, rules.encoding)
    columns = read_header(raw, encoding, rules.delimiter)
    kept = _kept_columns(rules, columns, rules_path)
    reduced, broken, rows = _reduce(raw, encoding, rules, columns, kept)
    path = folder / f"{stem}-{mark}.csv"
    path.write_bytes(reduced.encode(rules.encoding or "utf-8"))
    stream = load_stream(path, rules_path)
    bad = sorted([*broken, *_unusable(rules, columns, rows)], key=lambda row: row.row)
    dropped = tuple(column for number, column in enumerate(columns) if number not in kept)
    return Reading(name, path, rules_path, stream, dropped, tuple(bad))


def _kept_columns(rules: StreamMapping, columns: list[str], file: Path) -> list[int]:
    """Return the positions of the columns that the mapping names, in the order of the file."""
    wanted = {f"columns.{role}": names for role, names in rules.columns.named().items()}
    roles = rules.columns.named()
    for number, rule in enumerate(rules.exclude):
        if rule.column not in roles:
            wanted[f"exclude[{number}].column"] = [rule.column]
    positions = set()
    for key, names in wanted.items():
        found = next((name for name in names if name in columns), None)
        if found is None:
            allowed = f"a column of the request file, which has {', '.join(columns)}"
            raise InputError(key, " or ".join(names), allowed, file)
        positions.add(columns.index(found))
    return sorted(positions)


@dataclass
class _Rows:
    """The whole rows, column by column, and their numbers as a spreadsheet counts."""

    number: list[int]
    cells: dict[str, list[str]]


def _reduce(
    raw: bytes, encoding: str, rules: StreamMapping, columns: list[str], kept: list[int]
) -> tuple[str, list[BadRow], _Rows]:
    """Return the file with the kept columns alone, its broken rows, and its whole ones.

    A broken row stays one: it is written so that it is counted under the same reason.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=rules.delimiter, lineterminator="\n")
    records = _records(raw, encoding, rules.delimiter)
    width = len(next(records))
    writer.writerow([columns[position] for position in kept])
    bad: list[BadRow] = []
    rows = _Rows([], {columns[position]: [] for position in kept})
    for number, record in enumerate(records, start=2):
        if not any(map(str.strip, record)):
            text.write("\n")
            bad.append(BadRow(number, "", "", EMPTY_LINE))
        elif len(record) == width or (len(record) > width and not any(record[width:])):
            cells = [record[position] for position in kept]
            writer.writerow(cells)
            rows.number.append(number)
            for position, cell in zip(kept, cells, strict=True):
                rows.cells[columns[position]].append(cell)
        else:
            text.write("?\n")
            bad.append(BadRow(number, "", f"{len(record)} / {width}", WRONG_FIELDS))
    return text.getvalue(), bad, rows


def _unusable(rules: StreamMapping, columns: list[str], rows: _Rows) -> list[BadRow]:
    """Return the whole rows that cannot be used, with the cell at fault; the first reason counts."""
    named = {
        role: next(name for name in names if name in columns) for role, names in rules.columns.named().items()
    }
    undecided = np.ones(len(rows.number), bool)
    for rule in rules.exclude:
        cells = rows.cells[named.get(rule.column, rule.column)]
        undecided &= ~np.array([matches_any(collapse(cell), rule.values) for cell in cells], bool)
    bad: list[BadRow] = []

    def settle(reason: str, role: str, at: np.ndarray) -> None:
        nonlocal undecided
        for index in np.flatnonzero(at & undecided).tolist():
            column = named[role]
            bad.append(BadRow(rows.number[index], column, rows.cells[column][index], reason))
        undecided &= ~at

    category = rows.cells[named["category"]]
    if rules.missing_category is None:
        settle("missing category", "category", np.array([not collapse(cell) for cell in category], bool))
    text = rows.cells[named["opened"]]
    opened = parse_times(text, rules.time_format)
    settle("missing time", "opened", np.array([not cell.strip() for cell in text], bool))
    settle("unparsable time", "opened", np.isnat(opened))
    settle("implausible time", "opened", (opened < _YEARS[0]) | (opened >= _YEARS[1]))
    if rules.period.start:
        undecided &= ~(opened < np.datetime64(rules.period.start, "us"))
    if rules.period.before:
        undecided &= ~(opened >= np.datetime64(rules.period.before, "us"))
    if "id" in named:
        settle("duplicate id", "id", _repeated(rows.cells[named["id"]], undecided))
    return bad


def _repeated(ids: list[str], candidates: np.ndarray) -> np.ndarray:
    again = np.zeros(len(ids), bool)
    seen: set[str] = set()
    for index in np.flatnonzero(candidates).tolist():
        name = ids[index].strip()
        again[index] = bool(name) and name in seen
        seen.add(name)
    return again
