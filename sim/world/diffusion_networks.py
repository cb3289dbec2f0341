"""Who influences whom in `scenario=verification/adoption`: complete, random or from a file."""

from pathlib import Path

import numpy as np

from sim.engine.declare import draw
from sim.engine.jit import entry
from sim.engine.randomness import exponential, uniform
from sim.engine.tables.people import ACCOUNT, CONDUCT, ELIGIBLE, PERSON, REGISTERED
from sim.engine.tables.run import aligned
from sim.errors import InputError
from sim.parameters.scenario import Scenario
from sim.world.population import World
from sim.world.ties import WORLD_TIE, count_registered_ties

ADOPT = draw(21, "ADOPT", ("person", "0, 0", "spell"))


@entry
def _thresholds(key, people):
    values = np.empty(people)
    for p in range(people):
        values[p] = exponential(key, ADOPT, 0, p, 0, 0)
    return values


@entry
def _random_edges(key, people, edges):
    """Draw the ends of each edge uniformly (a random graph with a given number of edges)."""
    ends = np.empty((edges, 2), np.int64)
    for e in range(edges):
        a = int(uniform(key, WORLD_TIE, 0, e, 1, 0) * people)
        b = int(uniform(key, WORLD_TIE, 1, e, 1, 0) * (people - 1))
        ends[e, 0] = a
        ends[e, 1] = b + 1 if b >= a else b
    return ends


def neighbour_lists(edges: np.ndarray, people: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (start, to): for each person the stretch of `to` that lists the others on their edges."""
    ends = np.concatenate([edges[:, 0], edges[:, 1]])
    others = np.concatenate([edges[:, 1], edges[:, 0]])
    order = np.argsort(ends, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=people))])
    return start.astype(np.int64), others[order].astype(np.int64)


def read_edges(path: str, people: int) -> np.ndarray:
    """Return the edges in a file: `.npy`, or text with two numbers a line, people counted from 0.

    Raises
    ------
    InputError
        If the file cannot be read as edges between people below `people`.
    """
    key = "verification.network_file"
    allowed = f"a .npy file or text with two numbers below {people} a line"
    try:
        if Path(path).suffix == ".npy":
            edges = np.load(path, allow_pickle=False)
        else:
            edges = np.loadtxt(path, delimiter="," if Path(path).suffix == ".csv" else None, ndmin=2)
        edges = np.asarray(edges, float)
    except Exception as error:
        # Whatever NumPy raises here (ValueError, EOFError, MemoryError, …) is about the file.
        raise InputError(key, path, allowed, path, next(iter(str(error).splitlines()), "")) from None
    if edges.ndim != 2 or edges.shape[1] != 2 or not np.all(np.isfinite(edges) & (edges == np.floor(edges))):
        raise InputError(key, path, allowed, path, f"its shape is {edges.shape}")
    edges = edges.astype(np.int64)
    if edges.size and (edges.min() < 0 or edges.max() >= people):
        raise InputError(key, path, allowed, path, f"it names person {int(edges.max())}")
    return edges


def diffusion_world(scenario: Scenario, key: int, world: World) -> World:
    """Return a world of people who only register, in the network the scenario names."""
    v = scenario.verification
    n = v.population
    person = np.zeros(n, PERSON)
    person["key"] = np.arange(n)
    person["pair_head"] = -1
    person["tie_head"] = -1
    account = aligned(n, ACCOUNT)
    account["flags"] = ELIGIBLE
    account["flags"][: v.initial] |= REGISTERED
    if v.network == "complete":
        thresholds = _thresholds(key, n)
        account["remaining"] = thresholds
        order = np.argsort(thresholds[v.initial :], kind="stable") + v.initial
        tie_start, tie_to = np.zeros(n + 1, np.int64), order.astype(np.int64)
    else:
        if v.network == "random":
            edges = _random_edges(key, n, round(0.5 * v.mean_degree * n))
        else:
            edges = read_edges(str(v.network_file), n)
        tie_start, tie_to = neighbour_lists(edges, n)
        count_registered_ties(tie_start, tie_to, account)
    world.community[0]["residents"] = n
    world.community[0]["observers"] = n
    world.community[0]["registered"] = v.initial
    return World(
        np.zeros(n, CONDUCT),
        person,
        account,
        tie_start,
        tie_to,
        world.community,
        world.unit,
        world.officers,
        world.staff,
        ("diffusion",),
        (),
    )
