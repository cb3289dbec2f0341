"""A request file's tape as what is known at an instant."""

import datetime

import numpy as np

from analysis.calibration.known import KnownRequests
from analysis.calibration.whole_days import closing_instants
from sim.request_file.loading import RequestStream

#: A category is urgent if the mapping takes at least this share of its requests as urgent.
URGENT_SHARE = 0.3


def day_of(stream: RequestStream, date: datetime.date) -> int:
    """Return the day, since the file's time 0, on which a date begins."""
    return (date - stream.start_date).days


def known_until(
    stream: RequestStream, until: datetime.date, holidays: tuple[datetime.date, ...] = ()
) -> KnownRequests:
    """Return the requests opened before `until`, and their closings before it.

    The team is the file's; where it has none, its unit (department); where it has neither, all are one team.
    Closings that carry a date alone are spread over their day.
    """
    end = float(day_of(stream, until))
    early = stream.arisen_at < end
    closed = closing_instants(stream.arisen_at, stream.closed_at)[early]
    unit, units = _named(stream.unit, stream.units)
    team, teams = _named(stream.team, stream.teams) if stream.teams else (unit, units)
    part_of = np.zeros(len(teams), np.int64)
    for code in range(len(teams)):
        mine = unit[team == code]
        part_of[code] = np.bincount(mine).argmax() if len(mine) else 0
    count = np.maximum(np.bincount(stream.category, minlength=len(stream.categories)), 1)
    share = np.bincount(stream.category, stream.urgent, len(stream.categories)) / count
    return KnownRequests(
        until=end,
        opened=stream.arisen_at[early].copy(),
        closed=np.where(closed < end, closed, np.nan),
        due=stream.due_at[early].copy(),
        category=stream.category[early].astype(np.int64),
        team=team[early],
        categories=stream.categories,
        teams=teams,
        part_of=part_of,
        departments=units,
        urgent=share >= URGENT_SHARE,
        holidays=tuple(day_of(stream, holiday) for holiday in holidays),
    )


def _named(code: np.ndarray, names: tuple[str, ...]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return codes without -1: what has no name gets one of its own."""
    if not len(names):
        return np.zeros(len(code), np.int64), ("all teams",)
    if (code >= 0).all():
        return code.astype(np.int64), names
    return np.where(code >= 0, code, len(names)).astype(np.int64), (*names, "no team named")
