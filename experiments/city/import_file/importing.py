"""A city's file, imported: columns guessed, a mapping proposed, every row accounted for, the rest told.

Free of the command line: `import_requests` takes a file's content and returns everything there is to write.
"""

import gc
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.request_files.column_content import ColumnProfile, TimeLook, profiles, spread_rows, time_look
from analysis.request_files.column_roles import Roles, guess_roles
from analysis.request_files.findings import Findings, findings
from analysis.request_files.headings import TIMES, heading_score
from experiments.city.import_file.draft_mapping import Draft, mapping_text
from experiments.city.import_file.options import MOST_RESIDENTS as MOST_RESIDENTS
from experiments.city.import_file.options import STEPS as STEPS
from experiments.city.import_file.options import Options as Options
from experiments.city.import_file.options import in_own_words as in_own_words
from experiments.city.import_file.zone_by_offset import zone_of
from sim.errors import InputError
from sim.request_file.loading import Requests, read_requests
from sim.request_file.reading import Sheet, open_sheet, thinned
from sim.request_file.time_formats import UNAMBIGUOUS, Column
from sim.request_file.times import in_one_cell

#: Requests a resident and year that the guess of residents rests on: hotlines report from .1 to 1.
ASSUMED_RATE = 0.2

Step = Callable[[str], None]


@dataclass(frozen=True)
class Imported:
    """What an import has to say."""

    mapping: str
    roles: Roles
    findings: Findings
    draft: Draft
    requests: Requests


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles in millions of cells, which have none: a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_uncollected()
def import_requests(path: Path, raw: bytes, options: Options, step: Step = lambda name: None) -> Imported:
    """Import a file of requests.

    Parameters
    ----------
    path
        What the file is called.
    raw
        Its content, unpacked.
    step
        Is told, before each of `STEPS`, what begins.

    Raises
    ------
    InputError
        If the file cannot be read, or if what is needed cannot be told from it: one line without a cell.
    """
    step(STEPS[0])
    sheet, records, total = _sample(path, raw, options.encoding)
    if not records:
        hint = "there is a header, but no row as long as it"
        raise InputError("import", str(path), "a file with at least one request", hint=hint)
    columns = profiles(sheet.header, records)
    roles = guess_roles(columns, options.columns, options.keep)
    _check_needed(path, sheet, roles)
    draft = _draft(path, columns, records, total, roles, options)
    del records
    step(STEPS[1])
    requests = _read(path, raw, mapping_text(draft))
    step(STEPS[2])
    found = findings(requests.stream)
    text = mapping_text(draft, options.language, found.staff, found.used, requests.stream.channels)
    return Imported(text, roles, found, draft, requests)


def _sample(path: Path, raw: bytes, encoding: str | None) -> tuple[Sheet, list[Sequence[str]], int]:
    """Return the sheet, rows spread over it, and about how many it has."""
    thin = thinned(raw)
    if len(thin) < len(raw):
        try:
            sheet = open_sheet(path, thin, encoding=encoding)
            records, total = spread_rows(record for _, record, fault in sheet.rows() if not fault)
            return sheet, records, int(total * len(raw) / len(thin))
        except InputError:
            pass  # the whole file says where the fault is
    sheet = open_sheet(path, raw, encoding=encoding)
    records, total = spread_rows(record for _, record, fault in sheet.rows() if not fault)
    return sheet, records, total


def _check_needed(path: Path, sheet: Sheet, roles: Roles) -> None:
    for role, what in (("opened", "the time of opening"), ("category", "the category")):
        if role not in roles.choices:
            hint = f"none of its {len(sheet.header)} columns looks like it; name one: {role}=HEADING"
            allowed = f"a file with a header line and a column of {what}"
            raise InputError("import", str(path), allowed, hint=hint)


def _draft(
    path: Path,
    columns: Sequence[ColumnProfile],
    records: Sequence[Sequence[str]],
    total: int,
    roles: Roles,
    options: Options,
) -> Draft:
    looks: dict[str, tuple[list[str], TimeLook | None]] = {}
    place = {column.heading: column.position for column in columns}
    for role in TIMES:
        if role not in roles.choices:
            continue
        choice = roles.choices[role]
        cells = [record[choice.column] for record in records]
        if choice.clock:
            cells = in_one_cell(cells, [record[place[choice.clock]] for record in records])
        looks[role] = (cells, time_look(choice.heading, cells))
    opened = looks["opened"][1]
    years = 1.0
    if opened is not None:
        there = opened.times[~np.isnat(opened.times)]
        low, high = np.quantile(there.astype("datetime64[s]").astype(np.int64), [0.005, 0.995])
        years = max(7 / 365.25, float(high - low) / 86400 / 365.25)
    zones = frozenset().union(*(look.zones for _, look in looks.values() if look is not None))
    zone = options.time_zone or zone_of(zones, opened.times if opened is not None else None) or ""
    return Draft(
        path.name,
        roles,
        options.residents or _rounded(total / years / ASSUMED_RATE),
        options.residents is not None,
        tuple(options.time_format) or _formats(looks),
        zone,
        options.time_zone is not None,
        options.encoding or "",
        "" if "closed" in roles.choices else _like_closed(columns),
    )


def _formats(looks: Mapping[str, tuple[list[str], TimeLook | None]]) -> tuple[str, ...]:
    """Return the formats to state: those that cells decide, and all rivals where no column does."""
    decided: list[str] = []
    plain: list[str] = []
    rivals: list[tuple[tuple[str, ...], ...]] = []
    for cells, look in looks.values():
        alternatives = look.formats if look is not None else ()
        if len(alternatives) == 1:
            decided += alternatives[0]
        elif alternatives:
            rivals.append(alternatives)
        elif look is not None:
            column = Column(cells)
            rows = column.sample()
            for form in UNAMBIGUOUS:
                if len(rows) and np.any(~np.isnat(column.read(form, rows))):
                    plain.append(form)
                    rows = rows[np.isnat(column.read(form, rows))]
    orders = {_order(form) for form in decided}
    for alternatives in rivals:
        same = [forms for forms in alternatives if any(_order(form) in orders for form in forms)]
        # Where no column decides, all rows have to: the reader does, or asks.
        for forms in same[:1] or alternatives:
            decided += forms
    return tuple(dict.fromkeys([*decided, *(plain if decided else ())]))


def _order(form: str) -> str:
    """Return in which order day, month and year stand."""
    return "".join(
        part for part in form.replace("%", " %").split() if part[:2] in ("%d", "%m", "%Y", "%y", "%b")
    )[:6]


def _like_closed(columns: Sequence[ColumnProfile]) -> str:
    like = [c for c in columns if c.times is not None and heading_score("closed", c.heading) > 0]
    return like[0].heading if like else ""


def _rounded(residents: float) -> int:
    """Round to two figures: it is a guess."""
    residents = max(1.0, residents)
    unit = 10 ** max(0, int(np.floor(np.log10(residents))) - 1)
    return max(1, int(round(residents / unit) * unit))


def _read(path: Path, raw: bytes, text: str) -> Requests:
    """Read all rows under the mapping; a complaint about it is one about the command's keys."""
    with tempfile.TemporaryDirectory(prefix="cogov-import-") as folder:
        mapping = Path(folder) / "mapping.yaml"
        mapping.write_text(text, encoding="utf-8")
        try:
            return read_requests(path, raw, mapping)
        except InputError as error:
            if error.file != str(mapping):
                raise
            # What the mapping would state is a key of the command.
            key = error.key.removeprefix("columns.")
            raise InputError(key, error.value, error.allowed, path, error.hint) from None
