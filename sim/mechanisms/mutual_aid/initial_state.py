"""What people have and lack at time 0 of what they do for each other: points, recurring needs, stocks.

Rows exist only where the mechanism is switched on. Who lives in hardship, has a need that comes back, or how
much a household has in stock is luck of the person or household, keyed as all else, and so the same in every
scenario.
"""

import math

import numpy as np

from sim.engine.declare import draw
from sim.engine.jit import entry
from sim.engine.randomness import PERSON_BITS, exponential, normal_quantile, uniform
from sim.engine.tables.people import (
    ACTIVE,
    ELIGIBLE,
    INERT,
    IS_MERCHANT,
    MIGRANT,
    OVER_60,
    REGISTERED,
    UNDER_14,
    WAITING_BITS,
)
from sim.mechanisms.mutual_aid.rows import APPEAL, HOUSEHOLD, RECURRING, TRANSFER
from sim.mechanisms.platform.points import PURSE
from sim.parameters.scenario import Scenario
from sim.world.population import World
from sim.world.ties import count_registered_ties

EXCHANGE_PERSON = draw(46, "EXCHANGE_PERSON", ("person", "0, 0", "attribute"))
HOUSEHOLD_STOCK = draw(47, "HOUSEHOLD_STOCK", ("community, household", "0, 0", "0"))
ROLLOUT = draw(53, "ROLLOUT", ("community", "0, 0", "0"))


# Attributes of a person: occasions of the stream EXCHANGE_PERSON.
_SCRIPT, _HARDSHIP, _RECURS, _KIND, _PHASE, _VERIFIED = range(6)

#: Room for the ties or transfers of one event, whatever it is.
_MARGIN = 8192
_DAYS_A_YEAR = 365.0


@entry
def _draws(key: int, stream: int, occasion: int, keys: np.ndarray) -> np.ndarray:
    """Return a keyed uniform for each of many people or households."""
    values = np.empty(keys.shape[0])
    for i in range(keys.shape[0]):
        values[i] = uniform(key, stream, occasion, keys[i], 0, 0)
    return values


def _chosen(key: int, attribute: int, share: float, person: np.ndarray, who: np.ndarray) -> np.ndarray:
    """Return the indices of the people in `who` (a mask) on whom luck of the attribute falls."""
    index = np.flatnonzero(who)
    return index[_draws(key, EXCHANGE_PERSON, attribute, person["key"][index]) < share]


def refuse_unverified(scenario: Scenario, key: int, world: World) -> None:
    """Take the app from people whose identity it does not accept."""
    a = scenario.adoption
    if a.verified_share >= 1.0 and a.verified_share_migrants >= 1.0:
        return
    migrant = (world.person["flags"] & MIGRANT) != 0
    share = np.where(migrant, a.verified_share_migrants, a.verified_share)
    refused = _draws(key, EXCHANGE_PERSON, _VERIFIED, world.person["key"]) >= share
    world.account["flags"][refused] &= ~(ELIGIBLE | REGISTERED | ACTIVE)
    _count_accounts(world)


def _count_accounts(world: World) -> None:
    registered = (world.account["flags"] & REGISTERED) != 0
    counts = np.bincount(world.person["community"][registered], minlength=world.community.shape[0])
    world.community["registered"] = counts
    count_registered_ties(world.tie_start, world.tie_to, world.account)


def launch_times(scenario: Scenario, key: int, communities: int) -> np.ndarray:
    """Return when each community starts the platform.

    Each has a unit-exponential threshold and the hazard p + q · share of communities that have started
    (Bass): they start in the order of their thresholds, so the times follow one after another.
    """
    p = scenario.platform
    times = np.full(communities, p.start_day)
    if not scenario.platform.enabled:
        return np.zeros(communities)
    innovation = p.rollout_innovation_per_year / _DAYS_A_YEAR
    imitation = p.rollout_imitation_per_year / _DAYS_A_YEAR
    if innovation == 0.0:
        return times
    thresholds = [exponential(key, ROLLOUT, 0, c, 0, 0) for c in range(communities)]
    t, reached = p.start_day, 0.0
    for started, c in enumerate(sorted(range(communities), key=thresholds.__getitem__)):
        t += (thresholds[c] - reached) / (innovation + imitation * started / communities)
        reached = thresholds[c]
        times[c] = t
    return times


def hold_back_platforms(scenario: Scenario, key: int, world: World) -> None:
    """Let nobody have an account where the platform starts later; those who will, are noted."""
    world.community["platform_at"] = launch_times(scenario, key, world.community.shape[0])
    later = world.community["platform_at"][world.person["community"]] > 0.0
    if later.any():
        world.account["flags"][later] <<= WAITING_BITS
        _count_accounts(world)


def purses(scenario: Scenario, key: int, person: np.ndarray) -> np.ndarray:
    """Return everybody's points at time 0, where points or having been helped matter."""
    if not scenario.points.enabled and scenario.mutual_aid.reciprocity_factor == 1.0:
        return np.zeros(0, PURSE)
    purse = np.zeros(person.shape[0], PURSE)
    purse["day"] = -1
    purse["redeemed_at"] = -math.inf
    everybody = np.ones(person.shape[0], bool)
    purse["script"][_chosen(key, _SCRIPT, scenario.points.gaming_share, person, everybody)] = 1
    return purse


def recurring_needs(scenario: Scenario, key: int, person: np.ndarray) -> np.ndarray:
    """Return the people with a need that comes back, where pairs are formed for them."""
    pair = scenario.standing_pair
    if not pair.enabled:
        return np.zeros(0, RECURRING)
    flags = person["flags"]
    old = (flags & (OVER_60 | IS_MERCHANT | INERT)) == OVER_60
    index = _chosen(key, _RECURS, pair.recurring_share, person, old)
    rows = np.zeros(index.shape[0], RECURRING)
    rows["person"] = index
    rows["helper"] = -1
    rows["first_at"] = pair.every_days * _draws(key, EXCHANGE_PERSON, _PHASE, person["key"][index])
    kinds = _draws(key, EXCHANGE_PERSON, _KIND, person["key"][index])
    rows["kind"] = np.minimum(3, np.searchsorted(np.cumsum(pair.kind_shares), kinds, side="right"))
    return rows


def people_in_hardship(scenario: Scenario, key: int, person: np.ndarray) -> np.ndarray:
    """Return the people for whom others are asked to give, where they are."""
    if not scenario.donation.enabled:
        return np.zeros(0, APPEAL)
    adult = (person["flags"] & (UNDER_14 | IS_MERCHANT | INERT)) == 0
    index = _chosen(key, _HARDSHIP, scenario.donation.hardship_share, person, adult)
    rows = np.zeros(index.shape[0], APPEAL)
    rows["person"] = index
    return rows


def households(scenario: Scenario, key: int, world: World) -> np.ndarray:
    """Return the households with their stocks at the start of a shortage, where there is one.

    A household is a stretch of the path; the first adult on it acts for it. One without adults neither asks
    nor gives, and uses nothing here.
    """
    shortage = scenario.shortage
    if not shortage.enabled:
        return np.zeros(0, HOUSEHOLD)
    parts = []
    start = 0
    for c, row in enumerate(world.community):
        first = int(row["resident_start"])
        people = np.arange(first, first + int(row["observers"]))
        number = world.conduct["household"][people]
        count = int(number.max()) + 1 if number.size else 0
        part = np.zeros(count, HOUSEHOLD)
        adults = people[(world.person["flags"][people] & UNDER_14) == 0]
        part["head"] = -1
        # Backwards, so that the first adult is entered last.
        part["head"][world.conduct["household"][adults][::-1]] = adults[::-1]
        size = np.bincount(number, minlength=count)
        part["use"] = np.where(part["head"] >= 0, shortage.use_per_day * size, 0.0)
        part["community"] = c
        part["key"] = (int(row["number"]) << PERSON_BITS) + np.arange(count)
        luck = _draws(key, HOUSEHOLD_STOCK, 0, part["key"]).tolist()
        stock = [shortage.stock_median * math.exp(shortage.stock_sigma * normal_quantile(u)) for u in luck]
        part["stock"] = np.where(part["head"] >= 0, np.array(stock).astype(np.int64), 0)
        part["first_stock"] = part["stock"]
        row["household_start"] = start
        row["households"] = count
        start += count
        parts.append(part)
    return np.concatenate(parts) if parts else np.zeros(0, HOUSEHOLD)


def margin(world: World) -> int:
    """Return the room that ties and transfers of one event may take: of a sale to which everybody comes."""
    people = world.community["observers"] + world.community["merchants"]
    return max(_MARGIN, 2 * int(people.max(initial=0)))


def transfers(scenario: Scenario, room: int) -> np.ndarray:
    """Return the empty list of transfers, where something is given that is no case of the ledger."""
    on = (
        scenario.charity_sale.enabled,
        scenario.donation.enabled,
        scenario.standing_pair.enabled,
        scenario.shortage.enabled,
    )
    return np.zeros(2 * room if any(on) else 0, TRANSFER)
