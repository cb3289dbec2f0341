"""How fast a city closes requests when nothing out of the ordinary is at work: hazards, hours, shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from sim.city.draw import HOURS_A_WEEK, CityDraw

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_HOURS_A_DAY = 24
_SUNDAY = 6


@dataclass(frozen=True, eq=False)
class Pace:
    """How fast requests are closed when nothing out of the ordinary is at work, as the direct stage knows it.

    Parameters
    ----------
    edges
        Lower edges of the age bins, in working days; the last bin has no end.
    hazard
        Of closing per working day: a row a category, a column a bin.
    never
        Share of each category that is never closed.
    working
        Working days passed since the day `begins`, a row a team, a column each `step` of a day; in between
        they pass evenly.
    at_once_days
        Age at which a request that was not closed at once begins to be one day older each working day.
    """

    edges: Floats
    hazard: Floats
    never: Floats
    working: Floats
    at_once_days: float
    step: float = 1.0
    begins: float = 0.0

    def age(self, team: Ints, opened: Floats, at: Floats) -> Floats:
        """Return working ages at times; a request's age begins when it can no longer be closed at once."""
        return np.asarray(self.passed(team, at) - self.passed(team, opened + self.at_once_days)).clip(min=0.0)

    def passed(self, team: Ints, at: Floats) -> Floats:
        """Return working days of teams passed since the day `begins`."""
        place = (at - self.begins) / self.step
        column = np.floor(place).astype(np.int64).clip(0, self.working.shape[1] - 2)
        before = self.working[team, column]
        return np.asarray(before + (place - column) * (self.working[team, column + 1] - before))

    def hazards(self, category: Ints, age: Floats) -> tuple[Floats, Floats]:
        """Return the hazard at an age of a request that is closed some day, and what has passed of it."""
        bins = np.searchsorted(self.edges, age, "right") - 1
        start = np.concatenate(
            [np.zeros((len(self.hazard), 1)), np.cumsum(self.hazard[:, :-1] * np.diff(self.edges), axis=1)],
            axis=1,
        )
        rate = self.hazard[category, bins]
        return np.asarray(rate), np.asarray(start[category, bins] + rate * (age - self.edges[bins]))


def pace_of(draw: CityDraw, monday: date, first: int, last: int) -> Pace:
    """Return the pace of a city between two days, counted from a Monday whose 00:00 is time 0.

    Each row of practice has one team, so that its share never closed is one number.
    """
    week = draw.clock.reshape(-1, HOURS_A_WEEK // _HOURS_A_DAY, _HOURS_A_DAY)
    days = [monday + timedelta(days=day) for day in range(first, last + 1)]
    kinds = [_SUNDAY if day in draw.holidays else day.weekday() for day in days]
    rates = week[:, kinds].reshape(len(week), -1) / _HOURS_A_DAY
    working = np.concatenate([np.zeros((len(week), 1)), np.cumsum(rates, axis=1)], axis=1)
    return Pace(
        edges=draw.age_edges,
        hazard=draw.hazard,
        never=draw.never[np.arange(len(draw.never)), draw.team_shares.argmax(axis=1)],
        working=working,
        at_once_days=draw.at_once_minutes / 1440.0,
        step=1.0 / _HOURS_A_DAY,
        begins=float(first),
    )


def mean_pace(draws: Sequence[CityDraw], monday: date, first: int, last: int) -> Pace:
    """Return the pace with the mean hazards and shares of several draws."""
    middle = draws[0].with_values(
        hazard=np.mean([draw.hazard for draw in draws], axis=0),
        never=np.mean([draw.never for draw in draws], axis=0),
        clock=np.mean([draw.clock for draw in draws], axis=0),
    )
    return pace_of(middle, monday, first, last)
