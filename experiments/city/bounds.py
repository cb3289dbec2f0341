"""A calibrated city with another answer to a backlog, at the backlog that it has.

Hazards hold at a usual load. Another gamma alone would change the city as it is, and not only what a
change makes of it: where a team closes so many a day whatever waits, a backlog that has come to be off the
usual stays off. The usual load of each team is therefore set so that the city as it is has, on average
over the stretch, as many open requests with the other gamma as with its own. Both ends then begin at the
same city.
"""

from dataclasses import replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from experiments.city.demand import Assigned, Demand, assigned
from sim.city.draw import CityDraw, CityRequests

Floats = npt.NDArray[np.float64]
#: By how much the usual load may be another one, and how often that is halved, to within some per cent.
_AT_MOST, _HALVINGS = 16.0, 8


class RunCity(Protocol):
    """`sim.city_run.run_city`, or what stands in for it."""

    def __call__(
        self, city: CityDraw, requests: CityRequests, days: float, seed: int = 1, replication: int = 0
    ) -> Floats:
        """Return when each request is closed, NaN if it is not."""


def with_gamma(
    draw: CityDraw, gamma: float | None, demand: Demand, run: RunCity, seed: int, number: int
) -> CityDraw:
    """Return the draw with this gamma, at the backlog that its own gamma makes of the stretch."""
    if gamma is None or gamma == draw.gamma:
        return draw
    if gamma == 0.0:
        # No backlog matters; the pace is that at the usual one.
        return replace(draw, gamma=0.0)
    base = assigned(draw, demand, seed)

    def open_requests(city: CityDraw) -> Floats:
        closed = run(city, base.requests, demand.end, seed, number)
        return mean_open(closed, base, demand)

    aim = open_requests(base.draw)
    low, high = draw.usual_load / _AT_MOST, draw.usual_load * _AT_MOST
    for _ in range(_HALVINGS):
        middle = np.sqrt(low * high)
        too_many = open_requests(replace(base.draw, gamma=gamma, usual_load=middle)) > aim
        low, high = np.where(too_many, middle, low), np.where(too_many, high, middle)
    return replace(draw, gamma=gamma, usual_load=np.sqrt(low * high))


def mean_open(closed: Floats, city: Assigned, demand: Demand) -> Floats:
    """Return how many requests of each team are open, on average over the stretch."""
    begins = np.maximum(demand.opened, demand.start)
    ends = np.where(np.isnan(closed), demand.end, np.minimum(closed, demand.end))
    days = (ends - begins).clip(min=0.0)
    return np.bincount(city.team, days, len(city.draw.teams)) / (demand.end - demand.start)
