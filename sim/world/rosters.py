"""Who of a team is on which shift of a roster's file, and the shifts of a run, one after the other.

Shifts of a week are filled in the order of their beginning. Each takes those of the team who have the fewest
hours of the week so far and no shift at the same time, in the order of their numbers; every week is alike.
Shifts of one person that touch are one. A shift that asks for more than there are takes all there are.
"""

import functools
from collections.abc import Sequence

import numpy as np

from sim.engine.tables.run import State
from sim.engine.tables.staff import SHIFT
from sim.errors import InputError
from sim.input_files.roster_file import EVERY_TEAM, EVERYBODY, KEY, Shift, shifts

_WEEK = 7 * 24 * 60
_DAY = 24 * 60
#: Days of shifts beyond the end of a run.
_MARGIN_DAYS = 60


def of_team(text: str, team: int) -> tuple[Shift, ...]:
    """Return the shifts of a team: its own if it has any, otherwise those of every team."""
    found = shifts(text)
    own = tuple(shift for shift in found if shift.team == team)
    return own or tuple(shift for shift in found if shift.team == EVERY_TEAM)


@functools.lru_cache(maxsize=256)
def staffed(week: tuple[Shift, ...], size: int) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the week's shifts of each member of a team of `size`: begin and end in minutes of the week.

    An end past the week's is that of a shift that ends in the next one.
    """
    own: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    hours = [0] * size
    for shift in sorted(week, key=lambda one: (one.weekday, one.begin)):
        begin = shift.weekday * _DAY + shift.begin
        end = begin + shift.end - shift.begin
        free = [k for k in range(size) if not any(_overlap(begin, end, *other) for other in own[k])]
        free.sort(key=lambda k: (hours[k], k))
        for k in free if shift.posts == EVERYBODY else free[: shift.posts]:
            own[k].append((begin, end))
            hours[k] += end - begin
    return tuple(tuple(sorted(mine)) for mine in own)


def _overlap(begin: int, end: int, other_begin: int, other_end: int) -> bool:
    return any(begin < other_end + turn and other_begin + turn < end for turn in (-_WEEK, 0, _WEEK))


def unrolled(week: Sequence[tuple[int, int]], days: int) -> np.ndarray:
    """Return the rows of `shift` of somebody who has these shifts every week, for a run of `days`."""
    blocks: list[tuple[int, int]] = []
    for number in range(-1, (days + _MARGIN_DAYS) // 7 + 1):
        for begin, end in week:
            begin_, end_ = begin + number * _WEEK, end + number * _WEEK
            if end_ <= 0:
                continue
            if blocks and blocks[-1][1] == begin_:
                blocks[-1] = (blocks[-1][0], end_)
            else:
                blocks.append((begin_, end_))
    rows = np.zeros(len(blocks), SHIFT)
    before = 0.0
    for k, (begin, end) in enumerate(blocks):
        day, minute = divmod(begin, _DAY)
        hours = (end - begin) / 60.0
        if k == 0 and begin < 0:
            before = begin / 60.0
        hour = minute / 60.0
        rows[k] = (day, hour, hours, before, day + hour / 24.0, day + (hour + hours) / 24.0, 0, 0)
        before += hours
    return rows


def lay_out(
    text: str, teams: Sequence[tuple[int, int, int]], server: np.ndarray, days: int, always_open: bool
) -> np.ndarray:
    """Return the rows of `shift`, and set in `server` which of them are whose.

    Parameters
    ----------
    text
        The fixed form of a roster's file; empty: no rows, and everybody follows the calendar.
    teams
        Of each team that the file is about its number, its first server and how many there are.
    server
        The servers, whose columns `rostered`, `shift_first`, `shift_count` are set.
    days
        Length of the run.
    always_open
        Whether the calendar runs round the clock: whoever is on shift all week then just follows it.
    """
    if not text:
        return np.zeros(0, SHIFT)
    known = {number for number, _, _ in teams}
    for shift in shifts(text):
        if shift.team != EVERY_TEAM and shift.team not in known:
            raise InputError(
                KEY, f"team={shift.team}", f"a community from 0 to {max(known)}", hint="there is no such team"
            )
    rows: list[np.ndarray] = []
    at = 0
    seen: dict[tuple[tuple[int, int], ...], tuple[int, int]] = {}
    for number, start, size in teams:
        week = of_team(text, number)
        if not week:
            raise InputError(KEY, f"team={number}", "given a shift", hint="no row is about this team, or all")
        for k, mine in enumerate(staffed(week, size)):
            if always_open and sum(end - begin for begin, end in mine) == _WEEK:
                continue
            if mine not in seen:
                own = unrolled(mine, days)
                seen[mine] = (at, own.shape[0])
                rows.append(own)
                at += own.shape[0]
            server["rostered"][start + k] = 1
            server["shift_first"][start + k], server["shift_count"][start + k] = seen[mine]
    found = np.concatenate([np.zeros(0, SHIFT), *rows])
    found["opens"][np.unique(found["begin"], return_index=True)[1]] = 1
    return found


def rostered_hours(state: State, members: np.ndarray, days: int) -> np.ndarray:
    """Return a row for each of these servers: the hours of their shifts by the end of each day."""
    first, count = state.server["shift_first"], state.server["shift_count"]
    own = [hours_by_day(state.shift[first[k] : first[k] + count[k]], days) for k in members.tolist()]
    return np.array(own).reshape(len(own), days)


def hours_by_day(rows: np.ndarray, days: int) -> np.ndarray:
    """Return the hours of these shifts from time 0 to the end of each day."""
    if not rows.shape[0]:
        return np.zeros(days)
    at = np.column_stack([rows["begin"], rows["end"]]).reshape(-1)
    hours = np.column_stack([rows["before"], rows["before"] + rows["hours"]]).reshape(-1)
    return np.interp(np.arange(1, days + 1), at, hours)
