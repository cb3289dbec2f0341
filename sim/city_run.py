"""A city's requests through the engine without files: for many runs with other values each time."""

import functools
import math

import numpy as np

from sim.city.draw import CityDraw, CityRequests
from sim.demand.needs import Tape
from sim.engine.randomness import run_key
from sim.engine.tables.needs import ARRIVES_REPORTED, LEG, NEED
from sim.initial_state import Built, build
from sim.mechanisms.case.initial_state import books
from sim.mechanisms.city_teams.initial_state import city_arrays
from sim.parameters.scenario import Scenario
from sim.scenario.loading import load_scenario
from sim.scenario.seeds import checked_seed
from sim.simulation import Run


@functools.lru_cache(maxsize=8)
def _frame(days: int) -> Scenario:
    """Return a scenario in which nothing happens."""
    values = {"verification.arrival_rate": 0, "warmup_days": 0, "horizon_days": days, "followup_days": 0}
    return load_scenario("verification/queue", values)


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
        When the run ends, in days since time 0; closings of the day begun are left out.
    seed, replication
        Two runs with the same seed and replication share their luck, request by request.
    """
    closed: np.ndarray = city_state(city, requests, days, seed, replication).built.state.case["closed_at"]
    return np.where(closed < days, closed, np.nan)


def city_state(
    city: CityDraw, requests: CityRequests, days: float, seed: int = 1, replication: int = 0
) -> Run:
    """Return the run itself, at its end; parameters as of `run_city`."""
    seed, replication = checked_seed("seed", seed), checked_seed("replication", replication)
    whole = max(1, math.ceil(days))
    scenario = _frame(whole)
    built = build(scenario, seed, replication)
    need = np.zeros(requests.opened.shape[0], NEED)
    need["arisen_at"] = requests.opened
    need["owner"] = -1
    need["category"] = requests.category
    need["ordinal"] = requests.row
    need["incident"] = np.arange(need.shape[0])
    need["flags"] = ARRIVES_REPORTED
    tape = Tape(need, np.zeros(0, LEG), 0, city.categories)
    case, track = books(tape)
    arrays = city_arrays(city, requests, whole, run_key(seed, replication))
    state = built.state._replace(need=need, case=case, track=track, **arrays)
    run = Run(scenario, seed, replication, Built(state, built.world, tape, None))
    run.advance(run.days)
    return run
