"""Ties at time 0: who knows whom, within a building's stretch of the path and anywhere in the community.

Each tie is drawn for one of the two, keyed by that person and the number of their tie. Shops know shops.
"""

import math

import numpy as np

from sim.engine.declare import draw
from sim.engine.jit import entry
from sim.engine.randomness import uniforms
from sim.engine.tables.people import REGISTERED
from sim.parameters.scenario import Scenario

WORLD_TIE = draw(2, "WORLD_TIE", ("person", "0, 0", "tie ordinal, ×4"))

#: Shops along a market that count as neighbours, to either side together.
_MARKET_STRETCH = 20


@entry
def _draw_ties(key, person, start, observers, local_share, stretch, half_degree):
    """Draw the ties that each of a row of people begins; return who begins them, and with whom.

    The people stand from `start`; the first `observers` of a row can be tied.
    """
    who = np.zeros(observers, np.int64)
    nought = np.zeros(observers, np.int64)
    drawn = np.zeros(observers)
    for i in range(observers):
        who[i] = person[start + i]["key"]
    uniforms(key, WORLD_TIE, nought, who, nought, nought, drawn)
    begun = np.zeros(observers, np.int64)
    count = 0
    for i in range(observers):
        # Poisson by inversion of one uniform.
        term = math.exp(-half_degree)
        total = term
        ties = 0
        while drawn[i] > total and ties < 200:
            ties += 1
            term *= half_degree / ties
            total += term
        begun[i] = ties
        count += ties
    by = np.zeros(count, np.int64)
    key_of = np.zeros(count, np.int64)
    occasion = np.zeros(count, np.int64)
    none = np.zeros(count, np.int64)
    near = np.zeros(count)
    at = np.zeros(count)
    m = 0
    for i in range(observers):
        for k in range(begun[i]):
            by[m] = i
            key_of[m] = who[i]
            occasion[m] = 4 * k + 4
            m += 1
    uniforms(key, WORLD_TIE, occasion, key_of, none, none, near)
    occasion += 1
    uniforms(key, WORLD_TIE, occasion, key_of, none, none, at)
    ends = np.zeros((2, count), np.int64)
    found = 0
    for m in range(count):
        i = by[m]
        width = observers
        low = 0
        if near[m] < local_share:
            width = min(stretch, observers)
            low = min(max(0, i // stretch * stretch), observers - width)
        j = low + int(at[m] * width)
        if j != i:
            ends[0, found] = start + i
            ends[1, found] = start + j
            found += 1
    return ends[:, :found]


@entry
def _join(ends, at, to):
    """Enter each tie with both of its people; `at` says where the next tie of a person goes."""
    for m in range(ends.shape[1]):
        a = ends[0, m]
        b = ends[1, m]
        to[at[a]] = b
        at[a] += 1
        to[at[b]] = a
        at[b] += 1


@entry
def count_registered_ties(tie_start, tie_to, account):
    """Enter each account's degree and the number of its ties that are registered."""
    # A byte each lies in the nearest cache; accounts do not.
    registered = np.zeros(account.shape[0], np.int8)
    for p in range(account.shape[0]):
        registered[p] = account[p]["flags"] & REGISTERED != 0
    for p in range(account.shape[0]):
        account[p]["degree"] = tie_start[p + 1] - tie_start[p]
        count = 0
        for k in range(tie_start[p], tie_start[p + 1]):
            count += registered[tie_to[k]]
        account[p]["registered_ties"] = count


def ties(
    scenario: Scenario, key: int, person: np.ndarray, community: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return where each person's ties begin in the list of ties, and that list: with whom."""
    half = 0.5 * scenario.ties.mean_degree
    share = scenario.ties.local_share
    stretch = max(2, round(scenario.community.building_residents))
    rows = []
    for row in community:
        rows.append((int(row["resident_start"]), int(row["observers"]), stretch))
        rows.append((int(row["merchant_start"]), int(row["merchants"]), _MARKET_STRETCH))
    drawn = [
        _draw_ties(key, person, start, observers, share, width, half) for start, observers, width in rows
    ]
    degree = np.zeros(person.shape[0], np.int64)
    for ends in drawn:
        degree += np.bincount(ends.reshape(-1), minlength=person.shape[0])
    tie_start = np.concatenate([[0], np.cumsum(degree)])
    tie_to = np.zeros(int(tie_start[-1]), np.int64)
    at = tie_start[:-1].copy()
    for ends in drawn:
        _join(ends, at, tie_to)
    return tie_start, tie_to
