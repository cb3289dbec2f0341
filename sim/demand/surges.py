"""Surges of demand: days on which more goes wrong than usual, after a typhoon or when heating fails.

The needs of a surge come on top of the others and have luck of their own, so that a run with a surge and one
without it share every other need: what the surge leaves behind, and for how long, is their difference.
"""

import numpy as np

from sim.parameters.scenario import Scenario

#: Need ordinals of surges, above those of anybody's own needs and below those of floods.
FIRST_ORDINAL = 1 << 29


def further_share(scenario: Scenario, days: int) -> np.ndarray:
    """Return what surges add on each day, as a share of the usual: f − 1; surges that overlap add up."""
    further = np.zeros(days)
    for surge in scenario.shocks.surges:
        further[surge.start_day : surge.start_day + surge.days] += surge.factor - 1.0
    return further


def surge_intensity(scenario: Scenario, daily: np.ndarray) -> np.ndarray:
    """Return the cumulative intensity of a surge's further needs at the start of each day.

    Parameters
    ----------
    daily
        Usual intensity of each day.
    """
    return np.concatenate([[0.0], np.cumsum(further_share(scenario, daily.shape[0]) * daily)])
