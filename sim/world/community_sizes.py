"""How large each community is, and how a total is shared out in whole numbers."""

import math

import numpy as np

from sim.engine.declare import draw
from sim.engine.randomness import normal
from sim.errors import InputError
from sim.parameters.scenario import Scenario
from sim.request_file.requests import RequestStream

COMMUNITY_SIZE = draw(34, "COMMUNITY_SIZE", ("0", "community, 0", "0"))


#: Residents that the keys of a community have room for.
LARGEST_COMMUNITY = 500_000


def apportion(total: int, weights: np.ndarray) -> np.ndarray:
    """Return whole numbers proportional to `weights` that add up to `total` (largest remainders)."""
    exact = total * weights / weights.sum()
    whole = np.floor(exact).astype(np.int64)
    short = int(total - whole.sum())
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[:short]] += 1
    return whole


def community_sizes(
    scenario: Scenario, stream: RequestStream | None, key: int = 0
) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return the residents of each community, and the communities' names.

    A request file's places get residents in proportion to their requests: what else there is to know about
    them the file does not say.
    """
    if stream is not None and scenario.city.folder is not None:
        # A calibrated city's requests are nobody's in particular: a place has one inert resident.
        return np.zeros(len(stream.places), np.int64), stream.places
    if stream is not None:
        requests = np.bincount(stream.place, minlength=len(stream.places)).astype(float)
        sizes = np.maximum(1, apportion(stream.residents, requests))
        if int(sizes.max()) > LARGEST_COMMUNITY:
            raise InputError("residents", int(sizes.max()), "at most 500000 a place", stream.mapping_file)
        return sizes, stream.places
    n = scenario.county.communities
    total = scenario.county.residents
    if total is None:
        total = n * scenario.community.residents
    names = tuple(f"community {i + 1}" for i in range(n))
    sizes = apportion(total, _size_weights(scenario.county.size_sigma, key, n))
    if sizes.min() < 1 or sizes.max() + scenario.community.extra_inert_residents > LARGEST_COMMUNITY:
        raise InputError("county.size_sigma", scenario.county.size_sigma, "sizes from 1 to 500000 residents")
    return sizes, names


def _size_weights(sigma: float, key: int, communities: int) -> np.ndarray:
    """Return the relative sizes of synthetic communities."""
    if sigma == 0.0:
        return np.ones(communities)
    return np.array([math.exp(sigma * normal(key, COMMUNITY_SIZE, 0, 0, c, 0)) for c in range(communities)])
