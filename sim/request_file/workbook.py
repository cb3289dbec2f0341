"""Excel workbooks as records of text: read by a library that runs nothing, within limits on what they hold.

The library is python-calamine, in the extra `excel`. Macros and links are never looked at; of a formula the
value is taken that Excel last wrote beside it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.request_file.notes import Note, note
from sim.request_file.unpacking import MOST_BYTES, WORKBOOK, fault, holds_workbook

#: The library lays a sheet out as a rectangle of cells: one cell far out would claim all memory.
MOST_CELLS = 45_000_000
_LAST_ROW = 1_048_576
_WIDE = re.compile(rb'<c [^>]*?r="[A-Z]{3}')
_TWO_LETTERS = re.compile(rb' r="([B-Z][A-Z]|A[A-Z])\d')
_SECOND = timedelta(seconds=1)
_DAMAGED = f"this is an Excel workbook that is damaged; {WORKBOOK}"


class Workbook:
    """The sheet of a workbook that holds most rows."""

    def __init__(self, path: Path, raw: bytes) -> None:
        self._sheet, self.notes = _open(path, raw)
        start = self._sheet.start
        self.rows_above: int = start[0] if start else 0
        """Empty rows above the first that holds anything."""

    def records(self) -> Iterator[list[str]]:
        """Yield the rows as text."""
        for row in self._sheet.iter_rows():
            yield list(map(as_text, row))


def _open(path: Path, raw: bytes) -> tuple[Any, tuple[Note, ...]]:
    try:
        import python_calamine as calamine  # here: only a workbook needs it
    except ImportError:
        hint = f"this is an Excel workbook; install python-calamine (the extra excel), or {WORKBOOK}"
        raise fault(path, hint, "CSV text, or a workbook where python-calamine is installed") from None
    if holds_workbook(raw):
        _check_size(path, raw)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = [
            book.get_sheet_by_index(number)
            for number, about in enumerate(book.sheets_metadata)
            if about.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError:
        hint = f"this is an Excel workbook locked with a password; {WORKBOOK}"
        raise fault(path, hint, "an open workbook") from None
    except InputError:
        raise
    # Everything that a damaged workbook makes the library say, a panic of its own among it.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        old = "" if holds_workbook(raw) else " old or password-protected"
        hint = f"this is an{old} Excel workbook (or another office file) that cannot be read; {WORKBOOK}"
        raise fault(path, hint if old else _DAMAGED, "a whole workbook") from None
    filled = [(sheet.height, -number, sheet) for number, sheet in enumerate(sheets) if sheet.height > 0]
    if not filled:
        raise fault(path, "the sheets of the workbook are empty", "a header line and one line per request")
    _, number, sheet = max(filled, key=lambda one: one[:2])
    notes = (note("sheet_chosen", sheets=len(filled), number=1 - number),) if len(filled) > 1 else ()
    return sheet, notes


def _check_size(path: Path, raw: bytes) -> None:
    """Refuse a workbook that unpacks to more than is read, or with a cell too far out."""
    held = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for member in packed.infolist():
                is_sheet = re.search(r"worksheets/[^/]+\.xml$", member.filename) is not None
                parts = []
                with packed.open(member) as unpacking:
                    for chunk in iter(lambda m=unpacking: m.read(1 << 20), b""):  # type: ignore[misc]
                        held += len(chunk)
                        if held > MOST_BYTES:
                            hint = "unpacked, it is larger; keep fewer years, or save the sheet as CSV"
                            raise fault(path, hint, f"a workbook of at most {MOST_BYTES >> 20} MiB")
                        if is_sheet:
                            parts.append(chunk)
                if is_sheet and _most_cells(b"".join(parts)) > MOST_CELLS:
                    hint = "a sheet of it is larger; keep fewer years, or save the sheet as CSV (UTF-8)"
                    raise fault(path, hint, f"a sheet of at most {MOST_CELLS // 10**6} million cells")
    except InputError:
        raise
    except Exception:  # any field of a damaged zip file may be what the library trips over
        raise fault(path, _DAMAGED, "a whole workbook") from None


def _most_cells(sheet: bytes) -> int:
    """Return about how large the rectangle around all cells is: at most twice too large."""
    if _WIDE.search(sheet):
        return MOST_CELLS + 1
    columns = {found[1] for found in _TWO_LETTERS.finditer(sheet)}
    width = max(((pair[0] - 64) * 26 + pair[1] - 64 for pair in columns), default=26)
    height = 10_000
    for digits in (8, 7, 6, 5):
        for lead in range(9, 0, -1):
            if re.search(rb' r="[A-Z]{1,2}%d\d{%d}"' % (lead, digits - 1), sheet):
                return width * min(_LAST_ROW, (lead + 1) * 10 ** (digits - 1))
    return width * height


def as_text(value: Any) -> str:
    """Return a cell as text: whole numbers without a fraction, times as ISO 8601 writes them."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, datetime):
        # Days are fractions in a workbook: a second may come out as all but one microsecond.
        rounded = (value + _SECOND / 2).replace(microsecond=0)
        close = abs(rounded - value) < timedelta(milliseconds=2)
        return (rounded if close else value).isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return "" if value is None else str(value)
