"""A city's requests through the engine without files: for many runs with other values each time."""

import numpy as np

from sim.city.draw import CityDraw, CityRequests


def run_city(
    city: CityDraw, requests: CityRequests, days: float, seed: int = 1, replication: int = 0
) -> np.ndarray:
    """Return when each request is closed, in days since time 0; NaN: not within the run.

    Parameters
    ----------
    city
        From `sim.city.draw.city_draw`, or of a calibrated folder.
    requests
        From `sim.city.draw.city_requests`.
    days
        When the run ends, in days since time 0.
    seed, replication
        Two runs with the same seed and replication share their luck, request by request.
    """
    raise NotImplementedError
