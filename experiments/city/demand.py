"""The requests of a stretch of a file, as a calibrated city meets them: backlog first, then what arrives.

A request's team is drawn once, before any run, by the shares of its category: the file names the team that
had it in the end, which its outcome shaped. Runs of a city and of the same city changed share these draws.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from analysis.calibration.whole_days import closing_instants
from sim.city.draw import ANY_CATEGORY, CityDraw, CityRequests, city_requests
from sim.errors import InputError
from sim.request_file.loading import RequestStream

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Demand:
    """Requests open at the start of a stretch, and those opened in it; times in days since `monday`.

    Parameters
    ----------
    monday
        The Monday whose 00:00 is time 0.
    origin
        When a run begins: requests opened before are the backlog.
    start, end
        The stretch, not before `origin`.
    opened, due, row, work_hours
        Of each request, in the order of opening; `row` is its place in the file.
    category
        Code into `categories`, names of the file.
    organisations
        How many organisations the mapping says a request of each category needs.
    happened
        When each was closed, NaN where that was not seen: to stand beside results, never for a run. Empty
        where the stretch is not all known.
    file_team
        Which team had it in the end, a code into `file_teams`, -1 where the file names none: as `happened`.
    """

    monday: date
    origin: float
    start: float
    end: float
    opened: Floats
    due: Floats
    row: Ints
    work_hours: Floats
    category: Ints
    categories: tuple[str, ...]
    organisations: Ints
    happened: Floats = field(default_factory=lambda: np.zeros(0))
    file_team: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    file_teams: tuple[str, ...] = ()

    @property
    def arrives(self) -> npt.NDArray[np.bool_]:
        """Which requests are opened in the stretch."""
        return np.asarray(self.opened >= self.start)


def demand_between(stream: RequestStream, start: date, end: date, known_until: date) -> Demand:
    """Return the requests of a stretch of a file.

    Parameters
    ----------
    start, end
        The stretch; its last day is the one before `end`.
    known_until
        Closings from this day on count as not seen. A stretch that begins later begins with the backlog of
        this day, and runs from it.
    """
    begins = min(start, known_until)
    closed_at = closing_instants(stream.arisen_at, stream.closed_at)
    first, last = _day(stream, begins), _day(stream, end)
    with np.errstate(invalid="ignore"):
        was_closed = closed_at < first
        here = (stream.arisen_at < last) & ((stream.arisen_at >= first) | ~was_closed)
    if not (here & (stream.arisen_at >= _day(stream, start))).any():
        raise InputError(
            "what_if.from", str(start), "such that requests of the file lie between it and what_if.until"
        )
    # Time 0 moves to the last Monday before the run begins, so that a late stretch makes no long run.
    monday = begins - timedelta(days=begins.weekday())
    shift = float((monday - stream.start_date).days)
    count = np.maximum(1, np.bincount(stream.category, minlength=len(stream.categories)))
    organisations = np.bincount(stream.category, stream.organisations, len(stream.categories)) / count
    return Demand(
        monday=monday,
        origin=first - shift,
        start=_day(stream, start) - shift,
        end=last - shift,
        opened=stream.arisen_at[here] - shift,
        due=stream.due_at[here] - shift,
        row=stream.row[here].astype(np.int64),
        work_hours=stream.work_hours[here],
        category=stream.category[here].astype(np.int64),
        categories=stream.categories,
        organisations=np.round(organisations).astype(np.int64),
        happened=closed_at[here] - shift if end <= known_until else np.zeros(0),
        file_team=stream.team[here].astype(np.int64),
        file_teams=stream.teams,
    )


def _day(stream: RequestStream, day: date) -> float:
    return float((day - stream.start_date).days)


@dataclass(frozen=True, eq=False)
class Assigned:
    """A city whose rows of practice have one team each, and the requests as its rows."""

    draw: CityDraw
    requests: CityRequests
    team: Ints
    """Of each request, a code into the city's teams before any change."""


def practice_rows(draw: CityDraw, demand: Demand) -> Ints:
    """Return each request's row of practice: that of its name, the latest that held when it was opened."""
    by_name: dict[str, list[int]] = {}
    for row, name in enumerate(draw.categories):
        by_name.setdefault(name, []).append(row)
    found = np.zeros(len(demand.opened), dtype=np.int64)
    for code, name in enumerate(demand.categories):
        mine = np.flatnonzero(demand.category == code)
        rows = sorted(by_name.get(name, by_name[ANY_CATEGORY]), key=lambda row: draw.since[row])
        found[mine] = rows[0]
        for row in rows[1:]:
            found[mine[demand.opened[mine] >= (draw.since[row] - demand.monday).days]] = row
    return found


def assigned(draw: CityDraw, demand: Demand, seed: int) -> Assigned:
    """Return city and requests with each request's team drawn."""
    practice = practice_rows(draw, demand)
    luck = np.random.Generator(np.random.Philox(key=[seed, 0])).random(int(demand.row.max(initial=0)) + 1)
    passed = np.cumsum(draw.team_shares, axis=1)
    team = (luck[demand.row][:, None] >= passed[practice]).sum(axis=1).clip(max=len(draw.teams) - 1)
    return with_teams(draw, demand, practice, team)


def with_teams(draw: CityDraw, demand: Demand, practice: Ints, team: Ints) -> Assigned:
    """Return city and requests where each request's row of practice and team are known."""
    teams = len(draw.teams)
    pairs, place = np.unique(practice * teams + team, return_inverse=True)
    rows, of_team = pairs // teams, pairs % teams
    shares = np.zeros((len(pairs), teams))
    shares[np.arange(len(pairs)), of_team] = 1.0
    one_team = replace(
        draw,
        categories=tuple(draw.categories[row] for row in rows),
        since=tuple(draw.since[row] for row in rows),
        hazard=draw.hazard[rows] * draw.pace[rows, of_team][:, None],
        pace=np.ones((len(pairs), teams)),
        at_once=draw.at_once[rows],
        at_once_delay=draw.at_once_delay[rows],
        never=np.repeat(draw.never[rows, of_team][:, None], teams, axis=1),
        urgent=draw.urgent[rows],
        weight=draw.weight[rows],
        team_shares=shares,
    )
    requests = city_requests(
        demand.opened,
        place.reshape(-1),
        start=demand.monday,
        origin=demand.origin,
        due_at=demand.due,
        work_hours=demand.work_hours if (draw.officers > 0).any() else None,
        row=demand.row,
    )
    return Assigned(one_team, requests, team)
