"""Holidays from a file of one's own: another country's, or of years beyond the built-in table.

A CSV in UTF-8 with a header. Column `date` (YYYY-MM-DD), and beside it either `day` with `off` or `worked`,
or `off`, or `worked`, or both, with yes or no. A date off is not worked though the week would have it so; a
date worked is, though it is a weekend's. What a cell holds is never said in a message: a wrong file may be
one about people.
"""

import datetime
import functools
import re

from sim.errors import InputError
from sim.input_files.small_csv import read_small_csv

KEY = "calendar.holidays"
#: More dates than a century of holidays has.
MOST_DATES = 10_000
_OFF = {"off", "holiday", "休", "休息", "放假", "节假日"}
_WORKED = {"worked", "work", "班", "上班", "调休上班", "工作日"}
_YES = {"1", "true", "yes", "y", "x", "是", *_OFF, *_WORKED}
_NO = {"", "0", "false", "no", "n", "否"}
_DATE = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})", re.ASCII)
_COLUMNS = {
    "date": ("date", "日期"),
    "day": ("day", "kind", "type", "status", "off or worked", "off_or_worked", "类型", "安排"),
    "off": ("off", "holiday", "休息", "放假"),
    "worked": ("worked", "work", "上班", "工作"),
}
_WANTED = "a CSV file in UTF-8 with the columns date and day (off or worked)"


def read_holidays(path: str) -> str:
    """Return what a file says, in one fixed form: `2027-01-01 off; 2027-01-03 worked`, by date.

    Raises
    ------
    InputError
        For a file that cannot be read, a column that is missing, a date that is none, and a date that is said
        to be both off and worked.
    """
    fault = functools.partial(_fault, path)
    file = read_small_csv(path, _COLUMNS, fault)
    at = file.at
    if at["date"] < 0:
        raise _fault(path, "it has no column named date; its first line must name the columns")
    if max(at["day"], at["off"], at["worked"]) < 0:
        raise _fault(path, "it has no column named day, off or worked")
    found: dict[datetime.date, bool] = {}
    for number, row in file.filled(fault):
        date, works = _date(path, number, row[at["date"]]), _works(path, number, row, at)
        if found.setdefault(date, works) != works:
            raise _fault(path, f"{date} is off in one row and worked in another (row {number})")
        if len(found) > MOST_DATES:
            raise _fault(path, f"it has more than {MOST_DATES} dates")
    if not found:
        raise _fault(path, "it has no dates")
    return "; ".join(f"{date} {'worked' if works else 'off'}" for date, works in sorted(found.items()))


@functools.lru_cache(maxsize=32)
def dates(text: str) -> tuple[tuple[datetime.date, bool], ...]:
    """Return the dates of the fixed form, each with whether it is worked."""
    found = []
    for part in text.split("; ") if text else ():
        date, _, what = part.partition(" ")
        found.append((datetime.date.fromisoformat(date), what == "worked"))
    return tuple(found)


def is_fixed_form(text: str) -> bool:
    """Return whether a text is the fixed form."""
    parts = [part.partition(" ") for part in text.split("; ")]
    try:
        days = [datetime.date.fromisoformat(date) for date, _, _ in parts]
    except ValueError:
        return False
    return days == sorted(set(days)) and all(what in ("off", "worked") for _, _, what in parts)


def _date(path: str, number: int, cell: str) -> datetime.date:
    found = _DATE.fullmatch(cell.strip())
    try:
        date = datetime.date(int(found[1]), int(found[3]), int(found[4])) if found else None
    except ValueError:
        date = None
    if date is None or not 1900 <= date.year <= 2200:
        raise _fault(
            path, f"the date in row {number} after the header is none from 1900 to 2200 (YYYY-MM-DD)"
        )
    return date


def _works(path: str, number: int, row: list[str], at: dict[str, int]) -> bool:
    """Return whether a row's date is worked."""
    said: set[bool] = set()
    if at["day"] >= 0:
        word = row[at["day"]].strip().lower()
        if word in _OFF | _WORKED:
            said.add(word in _WORKED)
    else:
        marks = {role: row[at[role]].strip().lower() for role in ("off", "worked") if at[role] >= 0}
        for role, mark in marks.items():
            if mark in _OFF or mark in _WORKED:
                said.add(mark in _WORKED)
            elif mark in _YES:
                said.add(role == "worked")
            elif mark in _NO and len(marks) == 1:
                said.add(role != "worked")
            elif mark not in _NO:
                said |= {True, False}
    if len(said) != 1:
        raise _fault(path, f"row {number} after the header does not say whether its date is off or worked")
    return said.pop()


def _fault(path: str, hint: str) -> InputError:
    return InputError(KEY, str(path), _WANTED, hint=hint)
