"""Rosters from a file: which posts are at work, by weekday and hour.

A CSV in UTF-8 with a header and the columns `weekday` (1 to 7 or Mon to Sun, Monday first, or a range such as
Mon-Fri), `from` and `to` (HH:MM; `to` may be 24:00, and one at or before `from` is on the next day), `team`
(the number of a community as in the results, from 0; empty or `all`: every team without rows of its own)
and `posts` (persons at work; `all`: the whole team). A line is a shift on each of its weekdays; shifts that
overlap add up. What a cell holds is said in a message only where it is a short number or time: a wrong file
may be one about people.
"""

import functools
import re
from typing import NamedTuple

from sim.errors import InputError
from sim.input_files.small_csv import read_small_csv

KEY = "roster.file"
MOST_SHIFTS, MOST_POSTS, MOST_TEAMS = 10_000, 100_000, 4000
#: Stand for the whole team, and for every team without rows of its own.
EVERYBODY, EVERY_TEAM = -1, -1
_DAY_MINUTES = 24 * 60
_WEEKDAYS = {
    **{str(day + 1): day for day in range(7)},
    **{name: day for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
    **{name: day for day, name in enumerate(("周一", "周二", "周三", "周四", "周五", "周六", "周日"))},
}
_ALL = {"", "all", "全部"}
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)
_HARMLESS = re.compile(r"[\d:.,+-]{1,6}", re.ASCII)
_FIXED = re.compile(r"([1-7]) (\d\d):(\d\d)-(\d\d):(\d\d) team=(all|\d{1,4}) posts=(all|\d{1,6})", re.ASCII)
_COLUMNS = {
    "weekday": ("weekday", "day", "星期"),
    "from": ("from", "start", "开始"),
    "to": ("to", "end", "结束"),
    "team": ("team", "community", "班组"),
    "posts": ("posts", "人数"),
}
_WANTED = "a CSV file in UTF-8 with the columns weekday, from, to, team and posts"


class Shift(NamedTuple):
    """A shift of the week: weekday (0 is Monday), minutes of that day at which it begins and ends.

    One that passes midnight ends after minute 1440.
    """

    weekday: int
    begin: int
    end: int
    team: int
    posts: int


def read_roster(path: str) -> str:
    """Return what a file says, in one fixed form: `1 09:00-17:00 team=all posts=3; …`, in order.

    Raises
    ------
    InputError
        For a file that cannot be read, a column that is missing, and a cell out of its range.
    """
    fault = functools.partial(_fault, path)
    file = read_small_csv(path, _COLUMNS, fault)
    at = file.at
    for role in ("weekday", "from", "to", "posts"):
        if at[role] < 0:
            raise _fault(path, f"it has no column named {role}; its first line must name the columns")
    found: list[Shift] = []
    for number, row in file.filled(fault):
        found += _shifts(path, number, {role: row[k].strip() if k >= 0 else "" for role, k in at.items()})
        if len(found) > MOST_SHIFTS:
            raise _fault(path, f"it has more than {MOST_SHIFTS} shifts a week")
    if not found:
        raise _fault(path, "it has no shifts")
    return "; ".join(_written(shift) for shift in sorted(found))


@functools.lru_cache(maxsize=32)
def shifts(text: str) -> tuple[Shift, ...]:
    """Return the shifts of the fixed form."""
    found = []
    for part in text.split("; ") if text else ():
        match = _FIXED.fullmatch(part)
        if match is None:
            raise ValueError("no roster in its fixed form")
        begin = 60 * int(match[2]) + int(match[3])
        end = 60 * int(match[4]) + int(match[5])
        team = EVERY_TEAM if match[6] == "all" else int(match[6])
        posts = EVERYBODY if match[7] == "all" else int(match[7])
        found.append(Shift(int(match[1]) - 1, begin, end if end > begin else end + _DAY_MINUTES, team, posts))
    return tuple(found)


def is_fixed_form(text: str) -> bool:
    """Return whether a text is the fixed form."""
    try:
        found = shifts(text)
    except ValueError:
        return False
    in_range = all(s.begin < _DAY_MINUTES and s.end <= s.begin + _DAY_MINUTES for s in found)
    return in_range and list(found) == sorted(found) and text == "; ".join(_written(s) for s in found)


def _written(shift: Shift) -> str:
    end = shift.end if shift.end <= _DAY_MINUTES else shift.end - _DAY_MINUTES
    team = "all" if shift.team == EVERY_TEAM else str(shift.team)
    posts = "all" if shift.posts == EVERYBODY else str(shift.posts)
    hours = f"{shift.begin // 60:02d}:{shift.begin % 60:02d}-{end // 60:02d}:{end % 60:02d}"
    return f"{shift.weekday + 1} {hours} team={team} posts={posts}"


def _shifts(path: str, number: int, cells: dict[str, str]) -> list[Shift]:
    """Return the shifts of a row, one a weekday."""
    first, last = _weekdays(path, number, cells["weekday"])
    begin = _minutes(path, number, "from", cells["from"], _DAY_MINUTES - 1, "00:00 to 23:59")
    end = _minutes(path, number, "to", cells["to"], _DAY_MINUTES, "00:00 to 24:00")
    team = _whole(path, number, "team", cells["team"], 0, MOST_TEAMS - 1, EVERY_TEAM)
    posts = _whole(path, number, "posts", cells["posts"], 0, MOST_POSTS, EVERYBODY)
    if end <= begin:
        end += _DAY_MINUTES
    return [Shift(day, begin, end, team, posts) for day in range(first, last + 1)]


def _weekdays(path: str, number: int, cell: str) -> tuple[int, int]:
    first, dash, last = (part.strip().lower() for part in cell.replace("–", "-").partition("-"))
    known = first in _WEEKDAYS and (not dash or last in _WEEKDAYS)
    if not known or (dash and _WEEKDAYS[last] < _WEEKDAYS[first]):
        raise _cell(path, number, "weekday", cell, "1 to 7, Mon to Sun, or a range such as Mon-Fri")
    return _WEEKDAYS[first], _WEEKDAYS[last if dash else first]


def _minutes(path: str, number: int, column: str, cell: str, most: int, range_: str) -> int:
    found = _TIME.fullmatch(cell)
    minutes = 60 * int(found[1]) + int(found[2]) if found and int(found[2]) < 60 else -1
    if not 0 <= minutes <= most:
        raise _cell(path, number, column, cell, f"a time from {range_} (HH:MM)")
    return minutes


def _whole(path: str, number: int, column: str, cell: str, least: int, most: int, everything: int) -> int:
    if cell.lower() in _ALL and (cell or column == "team"):
        return everything
    if not _WHOLE.fullmatch(cell) or not least <= int(cell) <= most:
        raise _cell(path, number, column, cell, f"a whole number from {least} to {most}, or all")
    return int(cell)


def _cell(path: str, number: int, column: str, cell: str, allowed: str) -> InputError:
    shown = f" is {cell}," if _HARMLESS.fullmatch(cell) else ""
    return _fault(path, f"row {number} after the header, column {column}:{shown} must be {allowed}")


def _fault(path: str, hint: str) -> InputError:
    return InputError(KEY, str(path), _WANTED, hint=hint)
