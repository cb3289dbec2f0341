"""What was known at an origin, what is to be forecast from it, and what happened.

Requests opened before the origin are known, and of their closings those before it. Requests opened in
[origin, until) are forecast; their times of opening and categories are given, nothing else of them. Times are
days since the stream's time 0, a Monday 00:00.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np
import numpy.typing as npt

from sim.request_file.loading import RequestStream

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

#: Hours of a week: clocks are given by the hour since Monday 00:00.
HOURS_A_WEEK = 168


@dataclass(frozen=True, eq=False)
class Known:
    """What is known at the origin."""

    origin: float
    categories: tuple[str, ...]
    arisen_at: Floats
    closed_at: Floats
    """NaN where no closing was seen before the origin."""
    category: Codes
    team: Codes
    """Who had it last, -1 where the file names nobody: known of these requests alone."""
    row: Codes

    @property
    def duration(self) -> Floats:
        """Days until closed, or watched so far."""
        return np.where(self.seen, self.closed_at, self.origin) - self.arisen_at

    @property
    def seen(self) -> npt.NDArray[np.bool_]:
        """Whether the closing was seen."""
        return ~np.isnan(self.closed_at)

    @property
    def open(self) -> Codes:
        """Positions of the starting backlog: known and not closed before the origin."""
        return np.flatnonzero(np.isnan(self.closed_at))


@dataclass(frozen=True, eq=False)
class Asked:
    """Requests to forecast, in the order of opening."""

    arisen_at: Floats
    category: Codes
    row: Codes


@dataclass(frozen=True, eq=False)
class Truth:
    """What happened: days to closing (inf: not seen), of those asked and of the starting backlog."""

    days: Floats
    """From the opening, for those asked."""
    backlog_days: Floats
    """From the origin, for the starting backlog."""
    watched: Floats
    """How long the file watched each of those asked: it says nothing of what came later."""


@dataclass(frozen=True, eq=False)
class Window:
    """One origin: what was known, what is asked, what happened until `until`."""

    known: Known
    asked: Asked
    truth: Truth
    until: float

    @property
    def weeks(self) -> int:
        """Whole weeks from the origin."""
        return int((self.until - self.known.origin + 1e-9) // 7)


@dataclass(frozen=True, eq=False)
class Forecast:
    """Draws of days to closing, inf where not within what is forecast.

    `days` is draws × requests asked, from the opening of each; `backlog_days` draws × starting backlog, from
    the origin.
    """

    days: npt.NDArray[np.floating]
    backlog_days: npt.NDArray[np.floating]


def day_of(stream: RequestStream, moment: date) -> float:
    """Return 00:00 of a date, or a moment, in days since the stream's time 0."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment - datetime.combine(stream.start_date, time())).total_seconds() / 86400.0


def last_seen(stream: RequestStream) -> float:
    """Return the last time in the file, opening or closing: it watched its requests until then."""
    closed = stream.closed_at[np.isfinite(stream.closed_at)]
    return float(max(stream.arisen_at[-1], closed.max(initial=-np.inf)))


def window_of(stream: RequestStream, origin: float, until: float) -> Window:
    """Split a file at an origin; nothing of `known` or `asked` depends on what came after it."""
    arisen, closed = stream.arisen_at, stream.closed_at
    before = np.flatnonzero(arisen < origin)
    asked = np.flatnonzero((arisen >= origin) & (arisen < until))
    known = Known(
        origin=origin,
        categories=tuple(stream.categories),
        arisen_at=arisen[before],
        closed_at=np.where(closed[before] < origin, closed[before], np.nan),
        category=stream.category[before].astype(np.int64),
        team=stream.team[before].astype(np.int64),
        row=stream.row[before].astype(np.int64),
    )
    backlog = before[known.open]
    truth = Truth(
        days=_infinite(closed[asked] - arisen[asked]),
        backlog_days=_infinite(closed[backlog] - origin),
        watched=last_seen(stream) - arisen[asked],
    )
    return Window(
        known,
        Asked(arisen[asked], stream.category[asked].astype(np.int64), stream.row[asked].astype(np.int64)),
        truth,
        until,
    )


def _infinite(days: Floats) -> Floats:
    return np.where(np.isnan(days), np.inf, days)


def open_at(times: Floats, arisen_at: Floats, closed_at: Floats) -> Codes:
    """Return how many requests are open at each time: opened before it, not closed by then."""
    closed = np.sort(closed_at[np.isfinite(closed_at)])
    opened = np.searchsorted(np.sort(arisen_at), times, side="left")
    return np.asarray(opened - np.searchsorted(closed, times, side="left"), dtype=np.int64)


def origins_of(origin: float, until: float, every: float) -> Sequence[tuple[float, float]]:
    """Return the windows of a rolling origin: each forecast from its start until the next one."""
    starts = np.arange(origin, until - 1e-9, every)
    return [(float(start), float(min(start + every, until))) for start in starts]
