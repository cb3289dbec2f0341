"""Teams whose waits are known: queues apart, one queue, and idle hands that take over in between."""

import numpy as np
from scipy.sparse import lil_array
from scipy.sparse.linalg import spsolve

from sim.simulation import Run
from tests.truth.community import isolated
from tests.truth.equivalence import Experiment, Values

_LOAD, _OWNERS, _RESIDENTS = 0.7, 2, 8000
_WARMUP, _DAYS = 50, 1500
#: Length of each queue that the chain keeps; beyond it lies less than a millionth.
_LONGEST = 60


def mean_wait_of_two(load: float, takes_over: float) -> float:
    """Return the mean wait, in mean services, of two M/M/1 queues of which an idle server takes over.

    `takes_over` is the rate of the idle one, in units of the service rate, while somebody waits at the other.
    The Markov chain on (at the one, at the other), those in service included: taking over moves one.
    """
    side = _LONGEST + 1
    balance = lil_array((side * side, side * side))
    for i in range(side):
        for j in range(side):
            here = i * side + j
            moves = [
                (i + 1, j, load if i < _LONGEST else 0.0),
                (i, j + 1, load if j < _LONGEST else 0.0),
                (i - 1, j, 1.0 if i > 0 else 0.0),
                (i, j - 1, 1.0 if j > 0 else 0.0),
                (1, j - 1, takes_over if i == 0 and j > 1 else 0.0),
                (i - 1, 1, takes_over if j == 0 and i > 1 else 0.0),
            ]
            for to_i, to_j, rate in moves:
                if rate > 0.0:
                    balance[to_i * side + to_j, here] += rate
                    balance[here, here] -= rate
    # The balance of one state follows from the others: probabilities add up to one instead.
    balance[[0], :] = 1.0
    right = np.zeros(side * side)
    right[0] = 1.0
    share = spsolve(balance.tocsr(), right).reshape(side, side)
    waiting = np.maximum(np.arange(side) - 1, 0)
    queue = float((share * (waiting[:, None] + waiting[None, :])).sum())
    # Little's law.
    return queue / (2.0 * load)


def _team(name: str, takes_over: float, mean_wait: float) -> Experiment:
    """Two cadres with a grid each, exponential work; `takes_over` in units of the service rate."""
    settings = {
        "community.residents": _RESIDENTS,
        "community.grid_residents": _RESIDENTS / _OWNERS,
        "horizon_days": _DAYS,
        "followup_days": 0,
        "demand.rate": 3,
        "staff.per_10k": _OWNERS / _RESIDENTS * 1e4,
    }
    arrivals = 3.0 * _RESIDENTS / 365.0
    mean = _LOAD * _OWNERS / arrivals
    scenario = isolated({**settings, "staff.take_over_per_hour": takes_over / (mean * 24.0)})

    def once(seed: int, replication: int) -> Values:
        started = Run.start(scenario, seed, replication)
        state = started.built.state
        assert state.community["owners"][0] == _OWNERS
        speed = state.pool["speed"][state.community["pool"][0]]
        units = np.random.default_rng([seed, replication]).exponential(1.0, state.need.shape[0])
        state.need["work_hours"] = units * mean * 24.0 * speed
        started.advance(started.days)
        cases = started.records().cases
        late = cases["arisen_at"].to_numpy() > _WARMUP
        waits = (cases["service_started_at"] - cases["reported_at"]).to_numpy()[late] / mean
        known = ~np.isnan(waits)
        return {
            "cases": int(known.sum()),
            "mean wait": float(waits[known].mean()),
            "arrivals": float(late.sum()) / (_DAYS - _WARMUP),
            "service": float(units[late].mean()),
        }

    controls = {"arrivals": arrivals, "service": 1.0}
    return Experiment(name, once, {"mean wait": mean_wait}, controls, replications=16)


SYSTEMS = [
    _team("queues apart: M/M/1 each", 0.0, _LOAD / (1.0 - _LOAD)),
    _team("idle hands at once: M/M/2", 1e6, _LOAD**2 / (1.0 - _LOAD**2)),
    _team("idle hands after a while", 0.5, mean_wait_of_two(_LOAD, 0.5)),
]
