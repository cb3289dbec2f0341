"""A request file as columns of labels: every record accounted for, unmapped columns never kept.

The standard library's reader is used, not a data frame's, for two reasons. It hands over one record at a
time, so that a record that is wrong can be counted instead of being dropped or stopping the file; and only
the mapped columns are taken out of each record, so that names and telephone numbers are never held.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from operator import itemgetter
from pathlib import Path

import numpy as np

from sim.request_file.encoding import detect_encoding, doubt, is_cut
from sim.request_file.header import (
    DELIMITERS,
    MOST_COLUMNS,
    find_header,
    separator,
    tidy,
    wanted_columns,
)
from sim.request_file.json_and_parquet import looks_like_json, read_json, read_parquet
from sim.request_file.mapping import StreamMapping
from sim.request_file.notes import Note, note
from sim.request_file.unpacking import fault, is_parquet, is_workbook, read_bytes, unpacked
from sim.request_file.workbook import Workbook

__all__ = ["Coded", "Sheet", "Table", "open_sheet", "read_bytes", "read_table", "thinned", "unpacked"]

EMPTY_LINE = "empty line"
WRONG_FIELDS = "wrong number of fields"
REPEATED_HEADER = "repeated header line"
TOTAL_LINE = "total line"
MOST_ROWS = 5_000_000
#: JSON is held as text; in memory it may take four times its size.
MOST_JSON_BYTES = 256 * 2**20
#: Few enough for a chunk to be in the processor's cache when its columns are taken apart.
_CHUNK_ROWS = 1024
#: A quick look takes so many pieces, of so many bytes.
_PIECES, _PIECE = 32, 2**16
_LONGEST_LINE = 4 * 2**20
_MARK = b"\xef\xbb\xbf"
#: How the last line of an export begins that adds up the others.
_TOTALS = {
    "合计", "总计", "小计", "共计", "总数", "合計", "總計", "total", "totals", "grand total", "subtotal",
    "sum", "summe", "gesamt", "insgesamt", "gesamtsumme", "total général", "totale", "suma", "razem",
    "celkem", "toplam", "итого", "всего", "합계", "총계",
}  # fmt: skip
_TOTAL_CELLS = {
    form + end for word in _TOTALS for form in (word, word.capitalize(), word.title(), word.upper())
    for end in ("", ":", "：")
}  # fmt: skip
_DAY = re.compile(r"\d{4}[-/.年]\d|\d[-/.]\d{1,2}[-/.]\d{2}")


@dataclass(frozen=True)
class Sheet:
    """A request file that is open: its header, and its records as often as they are asked for."""

    name: Path
    header: list[str]
    """The labels of the columns, white space collapsed."""
    header_row: int
    """Row of the header as a spreadsheet counts, from 1: record n stands in row `header_row` + 1 + n."""
    encoding: str
    delimiter: str
    records: Callable[[], Iterator[list[str] | None]]
    """Makes the records after the header; None stands for one that cannot be read."""
    notes: tuple[Note, ...] = ()
    """What is unusual about the file, and how it was taken: without a cell of it."""
    cut: bool = False
    """A last record was left out of `records`, because the file ends within a character of it."""

    def rows(self) -> Iterator[tuple[int, list[str], str]]:
        """Yield number, cells and fault of every record: 0 for the first after the header, "" for no fault.

        A record without a fault has a cell for each column of the header.
        """
        width = len(self.header)
        header = [tidy(label) for label in self.header]
        triggers = {"", *self.header, *header, *("\ufeff" + label for label in header), *_TOTAL_CELLS}
        number = -1
        for number, record in enumerate(self.records()):
            reason = ""
            if record is None:
                record, reason = [], WRONG_FIELDS
            elif not any(record) or not any(map(str.strip, record)):
                reason = EMPTY_LINE
            elif record[0] in triggers:
                reason = self._odd(number, record, header)
            if not reason and len(record) != width and (len(record) < width or any(record[width:])):
                reason = WRONG_FIELDS
            yield number, record, reason
            if number >= MOST_ROWS:
                raise fault(self.name, "it has more; keep fewer years", f"at most {MOST_ROWS:,} rows")
        if self.cut:
            yield number + 1, [], WRONG_FIELDS

    def _odd(self, number: int, record: list[str], header: list[str]) -> str:
        """Return what a record is that begins like a header or a total, or with a blank."""
        begin = next(cell for cell in map(str.strip, record) if cell)
        if begin in _TOTAL_CELLS and not any(map(_DAY.search, record)):
            return TOTAL_LINE
        cells = [tidy(cell) for cell in record]
        if cells == header:
            return REPEATED_HEADER
        named = sum(cell in header for cell in cells if cell)
        if named > 1 and 2 * named > len(header):
            hint = f"row {self.header_row + 1 + number} holds another header, with other columns; "
            raise fault(self.name, hint + "import the parts one by one", "one header, or the same one again")
        return ""


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
    first_row: int = 2
    """Row of record 0 as a spreadsheet counts, from 1."""


def open_sheet(
    path: Path | str, raw: bytes, rules: StreamMapping | None = None, encoding: str | None = None
) -> Sheet:
    """Find out how a request file is written, and where its header stands.

    Parameters
    ----------
    path
        What the file is called in a message.
    raw
        Its content, unpacked (see `read_bytes` and `unpacked`).
    rules
        The mapping. Without one, everything has to speak for itself.
    encoding
        Of the text, where there is no mapping to state it.

    Raises
    ------
    InputError
        If that is not certain, in one line without a cell of the file.
    """
    path = Path(path)
    if is_parquet(raw):
        return _objects(path, "utf-8", *read_parquet(path, raw))
    if is_workbook(raw):
        return _workbook(path, Workbook(path, raw), rules)
    stated = rules.encoding if rules else encoding
    encoding = detect_encoding(path, raw, stated, _labels(rules))
    cut = is_cut(raw, encoding)
    notes = []
    if lost := raw.count(b"\xef\xbf\xbd") if encoding.startswith("utf-8") else 0:
        notes.append(note("lost_characters", count=lost))
    if stated and (better := doubt(raw, encoding)):
        notes.append(note("encoding_doubtful", stated=stated, better=better))
    if encoding.startswith("utf-8"):  # where exports were joined, each begins with a mark
        raw = re.sub(rb"(?<=[\r\n])\xef\xbb\xbf", b"", raw) if raw.count(_MARK) > 1 else raw
    if looks_like_json(raw[:4096].decode(encoding, "ignore").lstrip("\ufeff")):
        if len(raw) > MOST_JSON_BYTES:
            hint = "it is larger; keep fewer years, or write it as CSV"
            raise fault(path, hint, f"JSON of at most {MOST_JSON_BYTES // 2**20} MiB")
        text = raw.decode(encoding, "ignore" if cut else "strict").lstrip("\ufeff")
        return _objects(path, encoding, *read_json(path, text), tuple(notes))
    if cut:
        raw = raw[: max(raw.rfind(b"\n"), raw.rfind(b"\r")) + 1]
    _refuse_long_lines(path, raw)
    above = separator(next(_lines(raw, encoding), ""))
    parts = (rules.delimiter if rules else None) or above
    tried = [parts] if parts else list(DELIMITERS)
    found = find_header(path, {d: _records(raw, encoding, d) for d in tried}, rules)
    if found.row > bool(above):
        notes.append(note("above_header", rows=found.row - bool(above)))
    records = partial(_after_header, raw, encoding, found.delimiter, found.row, len(found.labels))
    return Sheet(path, found.labels, found.row + 1, encoding, found.delimiter, records, tuple(notes), cut)


def thinned(raw: bytes) -> bytes:
    """Return the beginning of a large text of lines and pieces of the rest, for a quick look at it.

    A piece begins and ends with a line; one that begins within a quoted cell gives rows that are set aside.
    What is no text of lines, or small, comes back as it is.
    """
    size = _PIECES * _PIECE
    text = not is_parquet(raw) and not is_workbook(raw) and b"\0" not in raw[:4096]
    if (
        len(raw) < 4 * size
        or not text
        or looks_like_json(raw[:4096].decode("utf-8", "ignore").lstrip("\ufeff"))
    ):
        return raw
    pieces = []
    for number in range(_PIECES):
        at = number * (len(raw) - _PIECE) // (_PIECES - 1)
        begin = raw.find(b"\n", at, at + _PIECE) + 1 if number else 0
        end = raw.rfind(b"\n", begin, begin + _PIECE) + 1
        if end > begin >= at:
            pieces.append(raw[begin:end])
    return b"".join(pieces)


def read_table(sheet: Sheet, text_columns: dict[str, int], coded_columns: dict[str, int]) -> Table:
    """Read the named columns (name → position) of every record after the header."""
    pick = itemgetter(*text_columns.values(), *coded_columns.values())
    text: dict[str, list[str]] = {name: [] for name in text_columns}
    codes: dict[str, list[np.ndarray]] = {name: [] for name in coded_columns}
    books: dict[str, defaultdict[str, int]] = {name: _code_book() for name in coded_columns}
    broken: dict[str, list[int]] = defaultdict(list)
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

    for number, record, reason in sheet.rows():
        if reason:
            broken[reason].append(number)
        else:
            rows.append(number)
            kept.append(pick(record))
            if len(kept) == _CHUNK_ROWS:
                flush()
    if kept:
        flush()
    return Table(
        row=np.concatenate(row_parts) if row_parts else np.empty(0, np.int64),
        text=text,
        coded={
            name: Coded(np.concatenate(parts) if parts else np.empty(0, np.int64), list(books[name]))
            for name, parts in codes.items()
        },
        broken=dict(broken),
        first_row=sheet.header_row + 1,
    )


def _code_book() -> defaultdict[str, int]:
    book: defaultdict[str, int] = defaultdict()
    book.default_factory = book.__len__
    return book


def _objects(
    path: Path,
    encoding: str,
    header: list[str],
    records: Callable[[], Iterator[list[str] | None]],
    notes: tuple[Note, ...] = (),
) -> Sheet:
    if not header:
        raise fault(path, "the list of requests in it is empty", "a file with at least one request")
    if len(header) > MOST_COLUMNS:
        raise fault(path, f"its requests have {len(header):,} fields", f"at most {MOST_COLUMNS:,} fields")
    return Sheet(path, header, 0, encoding, ",", records, notes)


def _workbook(path: Path, book: Workbook, rules: StreamMapping | None) -> Sheet:
    found = find_header(path, {",": book.records()}, rules, book.rows_above)
    notes = list(book.notes)
    if found.row:
        notes.append(note("above_header", rows=found.row))
    width = len(found.labels)
    while width and not found.labels[width - 1]:  # a wider line somewhere, or cells that were emptied
        width -= 1

    def records() -> Iterator[list[str] | None]:
        for record in islice(book.records(), found.row + 1, None):
            yield record[:width] if not any(record[width:]) else record

    header_row = book.rows_above + found.row + 1
    return Sheet(path, found.labels[:width], header_row, "utf-8", ",", records, tuple(notes))


def _labels(rules: StreamMapping | None) -> list[str]:
    """Return the labels that the mapping expects in the file."""
    if rules is None:
        return []
    labels = [name for names in wanted_columns(rules) for name in names]
    labels += [label for rule in rules.exclude for label in rule.values]
    labels += [*rules.channels, *rules.places, *rules.units]
    for need in rules.needs:
        labels += [*(need.category or ()), *(need.group or ())]
    return [label.strip("*?") for label in labels]


def _refuse_long_lines(path: Path, raw: bytes) -> None:
    """Refuse text that does not end its lines: one of them would be held several times over."""
    for start in range(0, len(raw) - _LONGEST_LINE, _LONGEST_LINE):
        end = start + _LONGEST_LINE
        if raw.find(b"\n", start, end) < 0 and raw.find(b"\r", start, end) < 0:
            row = len(re.findall(rb"\r\n|\r|\n", raw[:start])) + 1
            hint = f"row {row} is longer; does the file end its lines?"
            raise fault(path, hint, f"lines of at most {_LONGEST_LINE // 2**20} MiB")


def _lines(raw: bytes, encoding: str) -> Iterator[str]:
    lines = iter(io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, newline=""))
    for line in lines:
        yield line.removeprefix("\ufeff")
        break
    yield from lines


def _after_header(raw: bytes, encoding: str, delimiter: str, row: int, width: int) -> Iterator[list[str]]:
    return islice(_records(raw, encoding, delimiter, row, width), row + 1, None)


def _records(
    raw: bytes, encoding: str, delimiter: str, header_row: int | None = None, width: int = 0
) -> Iterator[list[str]]:
    """Yield the records of the file, the header and what stands above it first.

    A quotation mark that is never closed makes a reader swallow the lines up to the next one, or to the end
    of the file. Quoting that breaks its rules, and a record over several lines whose number of fields is not
    the header's, are therefore read again line by line: what was swallowed comes back, and the line at fault
    is counted by the caller.
    """
    pending: list[str] = []

    def lines() -> Iterator[str]:
        for line in _lines(raw, encoding):
            pending.append(line)
            yield line

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    number = 0
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            again = True
        else:
            below = header_row is not None and number > header_row
            again = below and len(pending) > 1 and len(record) != width
        if again:
            for line in pending:
                yield _one_line(line, delimiter)
        else:
            yield record
        number += len(pending) if again else 1
        pending.clear()


def _one_line(line: str, delimiter: str) -> list[str]:
    """Read one line by itself, with the reader's tolerance for stray quotation marks."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a field longer than the reader takes
        return [line]
