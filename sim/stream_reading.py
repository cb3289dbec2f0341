"""A delimited text file as columns of labels: every record accounted for, unmapped columns never kept.

The standard library's reader is used, not a data frame's, for two reasons. It hands over one record at a
time, so that a record that is wrong can be counted instead of being dropped or stopping the file; and only
the mapped columns are taken out of each record, so that names and telephone numbers are never held.
"""

import codecs
import csv
import gzip
import io
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import numpy as np

from sim.errors import InputError

EMPTY_LINE = "empty line"
WRONG_FIELDS = "wrong number of fields"
_ENCODINGS = ("utf-8", "gb18030")
_CHUNK_ROWS = 65536
#: First bytes of files that people take for text.
_NOT_TEXT = {
    b"PK\x03\x04": "an Excel workbook or a zip file; save the sheet as CSV (UTF-8)",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook; save the sheet as CSV (UTF-8)",
    b"PAR1": "a Parquet file; write it as CSV",
    b"\xff\xfe": "UTF-16 text; save it as CSV (UTF-8)",
    b"\xfe\xff": "UTF-16 text; save it as CSV (UTF-8)",
}


@dataclass
class Coded:
    """A column as codes into its distinct labels, in the order of their first appearance."""

    codes: np.ndarray
    labels: list[str]


@dataclass
class Table:
    """The records of a file that are whole, by column; and those that are not, by reason."""

    row: np.ndarray
    """Number of each whole record, 0 for the first after the header."""
    text: dict[str, list[str]]
    coded: dict[str, Coded]
    broken: dict[str, list[int]]
    """Numbers of the records that are not whole, by reason; no reason without a record."""


def read_bytes(path: Path) -> bytes:
    """Return the file's content, unpacked if it is gzip, whatever its name says."""
    try:
        raw = path.read_bytes()
    except IsADirectoryError:
        raise _fault(path, "a folder stands here", "a CSV file, or one packed with gzip") from None
    except OSError as error:
        raise _fault(path, error.strerror or str(error), "a readable file") from None
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except EOFError:
            raise _fault(path, "the gzip file is truncated; fetch it again", "a whole file") from None
        except (OSError, zlib.error):
            raise _fault(path, "the gzip file is damaged; fetch it again", "a whole file") from None
    if not raw.strip():
        raise _fault(path, "the file is empty", "a header line and one line per request")
    for magic, meaning in _NOT_TEXT.items():
        if raw.startswith(magic):
            raise _fault(path, f"this is {meaning}", "CSV text")
    if b"\0" in raw[:8192]:
        raise _fault(path, "this is a binary file", "CSV text")
    return raw


def detect_encoding(path: Path, raw: bytes, stated: str | None) -> str:
    """Return the encoding: the stated one, or the first of UTF-8 and GB18030 that fits every byte."""
    if raw.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    elif stated is not None:
        candidates = [stated]
    else:
        candidates = list(_ENCODINGS)
    for name in candidates:
        try:
            b"".decode(name)  # refuses what is a codec, but not of text
            decoder = codecs.getincrementaldecoder(name)("strict")
            for start in range(0, len(raw), 1 << 20):
                decoder.decode(raw[start : start + (1 << 20)])
            decoder.decode(b"", final=True)
        except LookupError:
            hint = f"the mapping's encoding {name!r} is unknown"
            raise _fault(path, hint, "text in an encoding such as utf-8 or gb18030") from None
        except UnicodeError:
            continue
        return name
    hint = "state another one under encoding in the mapping, such as cp1252"
    raise _fault(path, hint, "text in " + " or ".join(candidates))


def read_header(raw: bytes, encoding: str, delimiter: str) -> list[str]:
    """Return the column names of the first record."""
    for record in _records(raw, encoding, delimiter):
        return [" ".join(name.split()) for name in record]
    return []


def read_table(
    raw: bytes, encoding: str, delimiter: str, text_columns: dict[str, int], coded_columns: dict[str, int]
) -> Table:
    """Read the named columns (name → position) of every record after the header."""
    pick = itemgetter(*text_columns.values(), *coded_columns.values())
    text: dict[str, list[str]] = {name: [] for name in text_columns}
    codes: dict[str, list[np.ndarray]] = {name: [] for name in coded_columns}
    books: dict[str, defaultdict[str, int]] = {name: _code_book() for name in coded_columns}
    broken: dict[str, list[int]] = {EMPTY_LINE: [], WRONG_FIELDS: []}
    row_parts: list[np.ndarray] = []
    rows: list[int] = []
    kept: list[tuple[str, ...]] = []

    def flush() -> None:
        columns = list(zip(*kept, strict=True))
        for name, values in zip(text, columns, strict=False):
            text[name].extend(values)
        for name, values in zip(codes, columns[len(text) :], strict=True):
            codes[name].append(np.fromiter(map(books[name].__getitem__, values), np.int64, len(values)))
        row_parts.append(np.array(rows, np.int64))
        rows.clear()
        kept.clear()

    records = _records(raw, encoding, delimiter)
    width = len(next(records))
    for number, record in enumerate(records):
        if not any(record) or not any(map(str.strip, record)):
            broken[EMPTY_LINE].append(number)
        elif len(record) == width or (len(record) > width and not any(record[width:])):
            rows.append(number)
            kept.append(pick(record))
            if len(kept) == _CHUNK_ROWS:
                flush()
        else:
            broken[WRONG_FIELDS].append(number)
    if kept:
        flush()
    return Table(
        row=np.concatenate(row_parts) if row_parts else np.empty(0, np.int64),
        text=text,
        coded={
            name: Coded(np.concatenate(parts) if parts else np.empty(0, np.int64), list(books[name]))
            for name, parts in codes.items()
        },
        broken={reason: rows for reason, rows in broken.items() if rows},
    )


def _code_book() -> defaultdict[str, int]:
    book: defaultdict[str, int] = defaultdict()
    book.default_factory = book.__len__
    return book


def _records(raw: bytes, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the records of the file, the header first.

    A quotation mark that is never closed makes a reader swallow the lines up to the next one, or to the end
    of the file. Quoting that breaks its rules, and a record over several lines whose number of fields is not
    the header's, are therefore read again line by line: what was swallowed comes back, and the line at fault
    is counted by the caller.
    """
    pending: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, newline=""):
            pending.append(line)
            yield line

    width = None
    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            again = True
        else:
            again = len(pending) > 1 and width is not None and len(record) != width
        if again:
            for line in pending:
                yield _one_line(line, delimiter)
        else:
            yield record
            width = len(record) if width is None else width
        pending.clear()


def _one_line(line: str, delimiter: str) -> list[str]:
    """Read one line by itself, with the reader's tolerance for stray quotation marks."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a field longer than the reader takes
        return [line]


def _fault(path: Path, hint: str, allowed: str) -> InputError:
    return InputError("demand.stream", str(path), allowed=allowed, hint=hint)
