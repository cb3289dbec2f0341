"""A small CSV file of settings, read as data: UTF-8, a header, a bound on its size.

What a cell holds is never said here: a wrong file may be one about people.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sim.errors import InputError

_LARGEST_BYTES = 1_000_000

#: Makes the error of a file out of what is wrong with it.
Fault = Callable[[str], InputError]


class SmallCsv(NamedTuple):
    """Where each column is (-1: nowhere), and the rows as they are."""

    at: dict[str, int]
    rows: list[list[str]]

    def filled(self, fault: Fault) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that are not empty, each with its number after the header.

        Raises
        ------
        InputError
            For a row with fewer columns than the header.
        """
        for number, row in enumerate(self.rows[1:], start=1):
            if not any(cell.strip() for cell in row):
                continue
            if len(row) < len(self.rows[0]):
                raise fault(f"row {number} after the header has too few columns")
            yield number, row


def read_small_csv(path: str, names: Mapping[str, Sequence[str]], fault: Fault) -> SmallCsv:
    """Return a file's rows, and where its columns are.

    Parameters
    ----------
    names
        Role of a column to the names it may have, in small letters.
    fault
        Makes the error out of what is wrong.

    Raises
    ------
    InputError
        For a file that cannot be read, is too large, or is no CSV in UTF-8.
    """
    rows = _rows(path, fault)
    header = [name.strip().lower() for name in rows[0]]
    at = {role: next((header.index(n) for n in known if n in header), -1) for role, known in names.items()}
    return SmallCsv(at, rows)


def _rows(path: str, fault: Fault) -> list[list[str]]:
    try:
        with Path(path).open("rb") as file:
            raw = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise fault((error.strerror or "it cannot be read").lower()) from None
    if len(raw) > _LARGEST_BYTES:
        raise fault(f"it is larger than {_LARGEST_BYTES // 1_000_000} MB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise fault("it is not UTF-8; save it as CSV UTF-8") from None
    if "\0" in text:
        raise fault("it is no text file")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise fault("its quotation marks do not match") from None
    if not rows:
        raise fault("it is empty")
    return rows
