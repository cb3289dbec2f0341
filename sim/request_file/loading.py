"""The tape of needs from a real request file.

`load_stream` replays a file of requests (CSV, JSON or Parquet, packed or not) with the help of a mapping
(`sim.request_file.mapping`) as arrays, one element per usable request, sorted by the time of opening.
Every row of the file ends in exactly one of: used, excluded by a rule of the mapping, unusable for a stated
reason; `account` says how many ended where. Nothing here draws a random number: what a file does not say
(who the owner is, how severe the matter) is drawn by `sim.demand.needs`, keyed by the row number in the file.

Time is naive local time in days of 24 hours since the Monday 00:00 before the first request used.
"""

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import numpy as np

from sim.errors import InputError
from sim.request_file.encoding import detect_encoding
from sim.request_file.header import locate_columns, required_columns
from sim.request_file.labels import (
    UNKNOWN_CHANNEL,
    UNKNOWN_PLACE,
    NeedTable,
    coordinates,
    days_since,
    listed,
    optional,
    refuse_free_text,
    select,
)
from sim.request_file.mapping import (
    PACKED,
    StreamMapping,
    find_mapping,
    load_mapping,
    shipped_mappings,
)
from sim.request_file.reading import Sheet, Table, open_sheet, read_bytes, read_table
from sim.request_file.requests import RequestStream
from sim.request_file.row_checks import USED, Fates, Judged, judge, settle_closings, settle_due
from sim.request_file.unpacking import is_parquet, is_workbook

__all__ = [
    "UNKNOWN_CHANNEL",
    "UNKNOWN_PLACE",
    "USED",
    "RequestStream",
    "account",
    "account_text",
    "cached_stream",
    "load_stream",
]

#: Columns that are read value by value; every other mapped column is read as labels.
_TEXT_ROLES = (
    "id", "opened", "opened.time", "closed", "closed.time", "due", "due.time", "latitude", "longitude",
)  # fmt: skip


def load_stream(path: str | Path, mapping: str | Path | None = None) -> RequestStream:
    """Read a request file as a tape of needs.

    Parameters
    ----------
    path
        CSV, JSON or Parquet file, packed or not.
    mapping
        YAML file or name of a shipped mapping. By default the file of the same stem beside `path`; failing
        that, the shipped mapping whose columns are all present.

    Raises
    ------
    InputError
        If the file or its mapping cannot be used, in one line that says why.
    """
    path = Path(path)
    raw = read_bytes(path)
    return read_requests(path, raw, find_mapping(path, mapping) or _recognise(path, raw)).stream


@dataclass(frozen=True, eq=False)
class Requests:
    """A request file as it was read: the tape, and where each of its rows and columns went."""

    stream: RequestStream
    source: Sheet
    columns: Mapping[str, int]
    """Position in the header by role, or by name for a column that a rule of exclusion alone looks at."""
    unusable: Mapping[str, list[int]]
    """Numbers of the rows that cannot be used, by reason."""


def read_requests(path: Path, raw: bytes, mapping_path: Path) -> Requests:
    """Read the content of a request file under a mapping; `path` is what the file is called."""
    rules = load_mapping(mapping_path)
    source = open_sheet(path, raw, rules)
    columns = locate_columns(rules, source.header, mapping_path)
    judged = judge(path, mapping_path, rules, _read(source, rules, columns))
    judged.notes[:0] = source.notes
    stream = _assemble(path, mapping_path, rules, judged, _digest(raw, mapping_path))
    return Requests(stream, source, columns, judged.fates.rows)


def cached_stream(path: str | Path, mapping: str | Path | None = None) -> RequestStream:
    """Return the tape of a request file, read anew only when the file or its mapping has changed.

    The scenarios of a comparison and their replications share one file, and a tape is closed to writing.
    """
    found = find_mapping(Path(path), mapping)
    return _cached(str(path), None if mapping is None else str(mapping), _state(path), _state(found))


def _state(path: str | Path | None) -> tuple[int, int, int]:
    """Return what changes when a file does."""
    try:
        status = Path(path).stat() if path is not None else None
    except OSError:
        status = None  # reading it says what is wrong
    return (status.st_ino, status.st_mtime_ns, status.st_size) if status is not None else (0, 0, 0)


@functools.lru_cache(maxsize=2)
def _cached(
    path: str, mapping: str | None, file_state: tuple[int, int, int], mapping_state: tuple[int, int, int]
) -> RequestStream:
    return load_stream(path, mapping)


def account(stream: RequestStream) -> list[tuple[str, int, str]]:
    """Return (reason, rows, explanation) for every way in which a row of the file ended."""
    return [(reason, rows, stream.explanations.get(reason, "")) for reason, rows in stream.counts.items()]


def account_text(stream: RequestStream) -> str:
    """Return what to know and the account as lines of text, the total last."""
    total = sum(stream.counts.values())
    notes = [f"Note: {one}" for one in stream.notes]
    lines = [f"{rows:>9,}  {reason}: {why}" for reason, rows, why in account(stream)]
    return "\n".join([*notes, *lines, f"{total:>9,}  rows in {Path(stream.file).name}"])


def _digest(raw: bytes, mapping_path: Path) -> str:
    return hashlib.sha256(hashlib.sha256(raw).digest() + mapping_path.read_bytes()).hexdigest()


# --- which mapping, which columns -----------------------------------------------------------------


def _recognise(path: Path, raw: bytes) -> Path:
    """Return the shipped mapping whose columns are all in the file."""
    names = shipped_mappings()
    if not is_parquet(raw) and not is_workbook(raw):
        detect_encoding(path, raw)
    for candidate in names.values():
        rules = load_mapping(candidate)
        try:
            header = open_sheet(path, raw, rules).header
        except InputError:  # it is no file of this mapping
            continue
        if all(any(name in header for name in wanted) for wanted in required_columns(rules)):
            return candidate
    stem = (path.stem if path.suffix.lower() in PACKED else path.name).rsplit(".", 1)[0]
    raise InputError(
        "demand.mapping",
        allowed=f"a YAML file that says what the columns of {path} mean",
        hint=f"write {stem}.yaml beside it, or name a shipped one ({', '.join(names) or 'none'}); "
        "see docs/guides/bring-your-own-requests.md",
    )


def _read(source: Sheet, rules: StreamMapping, columns: dict[str, int]) -> Table:
    text = {role: position for role, position in columns.items() if role in _TEXT_ROLES}
    coded = {name: position for name, position in columns.items() if name not in _TEXT_ROLES}
    coded |= {rule.column: columns[rule.column] for rule in rules.exclude}
    return read_table(source, text, coded)


def _assemble(
    path: Path, mapping_path: Path, rules: StreamMapping, judged: Judged, digest: str
) -> RequestStream:
    """Turn the judged rows into a tape: sort the used ones, apply the mapping's rules."""
    fates, table, category, opened = judged.fates, judged.table, judged.category, judged.opened.local
    used = fates.use_the_rest(path)
    used = used[np.lexsort((table.row[used], opened[used]))]
    first: date = opened[used[0]].astype("datetime64[D]").item()
    start_date = first - timedelta(days=first.weekday())
    origin = np.datetime64(start_date, "us")

    columns = {
        "channel": optional(table, "channel", rules.channels, UNKNOWN_CHANNEL),
        "place": optional(table, "place", rules.places, UNKNOWN_PLACE),
        "unit": optional(table, "unit", rules.units, None),
        "group": optional(table, "group", {}, None),
        "team": optional(table, "team", {}, None),
    }
    for role, column in columns.items():
        refuse_free_text(column, f"columns.{role}", mapping_path)
    needs = NeedTable(rules, category, columns["group"], used)
    named = {role: select(column, used) for role, column in columns.items()}
    category_codes, categories = select(category, used)
    unit_codes, units = needs.units(named["unit"])
    closed, notes = np.full(len(used), np.datetime64("NaT", "us")), judged.notes
    if judged.closed is not None:
        closed, about_closings = settle_closings(judged.opened, judged.closed, used)
        notes = [*notes, *about_closings]
    due = np.full(len(used), np.datetime64("NaT", "us"))
    if judged.due is not None:
        due, about_due = settle_due(judged.opened, judged.due, used)
        notes = [*notes, *about_due]
    _explain_used(fates, rules, needs)
    return RequestStream(
        start_date=start_date,
        arisen_at=_fixed(days_since(opened[used], origin)),
        row=_fixed(table.row[used]),
        category=_fixed(category_codes),
        categories=categories,
        channel=_fixed(named["channel"][0]),
        channels=named["channel"][1],
        place=_fixed(named["place"][0]),
        places=named["place"][1],
        unit=_fixed(unit_codes),
        units=units,
        organisations=_fixed(needs.number("organisations")),
        level=_fixed(needs.number("level")),
        work_hours=_fixed(needs.number("work_hours")),
        urgent=_fixed(needs.number("urgent")),
        desk=_fixed(needs.number("desk")),
        helpable=_fixed(needs.number("helpable")),
        residents=rules.residents,
        counts=MappingProxyType(fates.counts),
        closed_at=_fixed(days_since(closed, origin)),
        due_at=_fixed(days_since(due, origin)),
        team=_fixed(named["team"][0]),
        teams=named["team"][1],
        latitude=_fixed(coordinates(table, "latitude", 90.0, used)),
        longitude=_fixed(coordinates(table, "longitude", 180.0, used)),
        explanations=MappingProxyType(fates.explanations),
        notes=tuple(notes),
        file=str(path),
        mapping_file=str(mapping_path),
        digest=digest,
        holidays=rules.holidays if isinstance(rules.holidays, str) else tuple(rules.holidays),
        rows_on_defaults=needs.rows_on_defaults,
    )


def _fixed(array: np.ndarray) -> np.ndarray:
    """Return the array closed to writing: the tape is the same for every scenario of a comparison."""
    array.setflags(write=False)
    return array


def _explain_used(fates: Fates, rules: StreamMapping, needs: NeedTable) -> None:
    """Say how far the mapping's rules reach, so that a misspelt label does not pass unnoticed."""
    text = "the rows that make up the tape"
    if needs.rows_on_defaults:
        text += f"; {needs.rows_on_defaults:,} of them fall under no rule and take the defaults"
    if needs.idle_rules:
        patterns = (rules.needs[index] for index in needs.idle_rules)
        text += f"; no row fits the rules for {listed(listed(p.category or p.group or []) for p in patterns)}"
    fates.explanations[USED] = text
