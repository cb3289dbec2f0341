"""Crews at time 0: organisers and their pace, and who may be asked; nobody has come yet."""

import math

import numpy as np

from sim.engine.jit import entry
from sim.engine.randomness import PERSON_BITS, normal
from sim.engine.tables.people import INERT, IS_MERCHANT, UNDER_14
from sim.mechanisms.crews.crews import CREW_CALL
from sim.mechanisms.crews.rows import CREW, MEMBER, NEIGHBOURHOOD, VOLUNTEER
from sim.parameters.scenario import Scenario
from sim.world.population import World

_DAYS_A_YEAR = 365.0


@entry
def _volunteers(volunteer, person, propensity_exponent):
    """Fill what crews know of people who were at no event yet."""
    for p in range(person.shape[0]):
        volunteer[p]["readiness"] = propensity_exponent * math.log(max(person[p]["propensity"], 1e-300))
        volunteer[p]["key"] = person[p]["key"]
        volunteer[p]["able"] = 1 if person[p]["flags"] & (UNDER_14 | IS_MERCHANT | INERT) == 0 else 0
        volunteer[p]["head"] = -1
        volunteer[p]["listed"] = 0


def crew_arrays(scenario: Scenario, key: int, world: World, room: int) -> dict[str, np.ndarray]:
    """Return the rows of crews; none where nobody organises.

    Parameters
    ----------
    scenario, key, world
        What is built, the key of the world, and the people.
    room
        Rows of memberships kept free.
    """
    p = scenario.crews
    number = np.floor(world.community["residents"] * p.organisers_per_10k / 10_000.0 + 0.5).astype(np.int64)
    if scenario.verification.mode != "none" or not number.any():
        records = (CREW, MEMBER, VOLUNTEER, NEIGHBOURHOOD)
        return {record.array: np.zeros(0, record) for record in records}
    crew = np.zeros(int(number.sum()), CREW)
    crew["neighbourhood"] = np.repeat(np.arange(number.shape[0]), number)
    local = np.concatenate([np.arange(n) for n in number])
    crew["key"] = (np.repeat(world.community["number"], number).astype(np.int64) << PERSON_BITS) + local
    crew["head"] = -1
    crew["came"] = -1
    a_day = p.events_per_year / _DAYS_A_YEAR
    half = 0.5 * p.events_sigma * p.events_sigma
    for row in crew:
        pace = p.events_sigma * normal(key, CREW_CALL, 0, int(row["key"]), 2, 0) - half
        row["rate"] = a_day * math.exp(pace)
    volunteer = np.empty(world.person.shape[0], VOLUNTEER)
    _volunteers(volunteer, world.person, float(p.propensity_exponent))
    neighbourhood = np.zeros(number.shape[0], NEIGHBOURHOOD)
    neighbourhood["start"] = world.community["resident_start"]
    neighbourhood["people"] = world.community["observers"]
    return {
        "crew": crew,
        # Room for whoever joins, who is written then.
        "member": np.empty(2 * room, MEMBER),
        "volunteer": volunteer,
        "neighbourhood": neighbourhood,
    }
