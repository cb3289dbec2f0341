"""A calibrated city at the backlog that its file shows, whatever its answer to a backlog.

Hazards hold at a usual load. Where closing answers to a backlog, a team that is a little too fast or too
slow does not stay so by a little: what it does not close adds up. And another gamma alone would change the
city as it is, and not only what a change makes of it. The usual load of each team is therefore set so that
the city as it is has, on average over the last weeks of the training, as many open requests as the file.
All answers to a backlog then begin at the same city.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from experiments.city.demand import Assigned, Demand, assigned
from sim.city.draw import CityDraw, CityRequests

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
#: By how much the usual load may be another one, and how often that is halved, to within some per cent.
_AT_MOST, _HALVINGS = 16.0, 8
#: With a smaller gamma the usual load hardly matters; setting it would make up for what is wrong elsewhere.
HARDLY = 0.15


class RunCity(Protocol):
    """`sim.city_run.run_city`, or what stands in for it."""

    def __call__(
        self, city: CityDraw, requests: CityRequests, days: float, seed: int = 1, replication: int = 0
    ) -> Floats:
        """Return when each request is closed, NaN if it is not."""


@dataclass(frozen=True, eq=False)
class Anchor:
    """What ties the answers to a backlog to the same city.

    Parameters
    ----------
    demand
        Requests of the last weeks of the training, with what happened to them.
    run
        The engine.
    seed
        Of its luck.
    """

    demand: Demand
    run: RunCity
    seed: int

    def city(self, draw: CityDraw, gamma: float | None, number: int) -> CityDraw:
        """Return a draw with this gamma (None: its own), at the backlog that the file shows."""
        values = draw if gamma is None else replace(draw, gamma=gamma)
        if values.gamma < HARDLY:
            return values
        base = assigned(values, self.demand, self.seed)
        return replace(values, usual_load=self.loads([base], [number]))

    def loads(self, cities: Sequence[Assigned], numbers: Sequence[int]) -> Floats:
        """Return the usual loads with which these cities have as many open requests as the file, on average.

        Parameters
        ----------
        cities
            With the requests of `demand`; they differ in their draw.
        numbers
            Of the draws: their luck.
        """
        demand, usual = self.demand, cities[0].draw.usual_load
        aim = np.mean(
            [mean_open(demand.happened, self._teams(city), demand, len(usual)) for city in cities], axis=0
        )
        low, high = usual / _AT_MOST, usual * _AT_MOST
        for _ in range(_HALVINGS):
            middle = np.sqrt(low * high)
            found = np.zeros(len(usual))
            for city, number in zip(cities, numbers, strict=True):
                tried = replace(city.draw, usual_load=middle)
                closed = self.run(tried, city.requests, demand.end, self.seed, number)
                found += mean_open(closed, city.team, demand, len(usual)) / len(cities)
            too_many = found > aim
            low, high = np.where(too_many, middle, low), np.where(too_many, high, middle)
        return np.asarray(np.sqrt(low * high))

    def _teams(self, base: Assigned) -> Ints:
        """Return the team of each request by the file; of teams that the city does not name, as drawn."""
        team = base.team.copy()
        for code, name in enumerate(self.demand.file_teams):
            if name in base.draw.teams:
                team[self.demand.file_team == code] = base.draw.teams.index(name)
        return team


def mean_open(closed: Floats, team: Ints, demand: Demand, teams: int) -> Floats:
    """Return how many requests of each team are open, on average over the stretch."""
    begins = np.maximum(demand.opened, demand.start)
    ends = np.where(np.isnan(closed), demand.end, np.minimum(closed, demand.end))
    days = (ends - begins).clip(min=0.0)
    return np.asarray(np.bincount(team, days, teams) / (demand.end - demand.start))
