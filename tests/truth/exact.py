"""Exact results that the engine must reproduce: queues, diffusion, coordination, chains.

Each function is a textbook formula or a small linear system; `test_exact.py` checks each against a
published value, a limit or an independent computation. Rates are per day, times in days. Those that the
validation tables use as well are in `analysis.statistics.reference_results`.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import diags
from scipy.sparse.linalg import expm_multiply

from analysis.statistics.reference_results import Wait, bass, erlang_c, harmonic, mmc_wait, trust_limit

__all__ = ["Wait", "bass", "erlang_c", "harmonic", "mmc_wait", "trust_limit"]

# --- queues ----------------------------------------------------------------------------------------------


def mg1_wait(rate: float, mean: float, square: float) -> float:
    """Return the mean wait in M/G/1 from the first two moments of service (Pollaczek, Khinchine)."""
    return rate * square / (2.0 * (1.0 - rate * mean))


def md1_lost(load: float, patience: float) -> float:
    """Return the share lost in M/D/1 of those who leave if they would wait longer than `patience` services.

    Below that the unfinished work has the density that it has without leaving, up to a factor (Takács): the
    server is idle for a share 1/(1 + ρU), and U times that find at most `patience` before them, with
    U = Σ (ρ(k − x))ᵏ/k! · e^{ρ(x − k)} over whole k up to x (Erlang 1909, over 1 − ρ).
    """
    found = sum(
        (load * (k - patience)) ** k / math.factorial(k) * math.exp(load * (patience - k))
        for k in range(int(patience) + 1)
    )
    return 1.0 - found / (1.0 + load * found)


def mg1_wait_square(rate: float, mean: float, square: float, cube: float) -> float:
    """Return the second moment of the wait in M/G/1, first come first served (Takács 1962)."""
    return 2.0 * mg1_wait(rate, mean, square) ** 2 + rate * cube / (3.0 * (1.0 - rate * mean))


def priority_waits(rates: Sequence[float], mean: float, servers: int, residual: float) -> list[float]:
    """Return the mean wait of each class, most urgent first, non-preemptive (Cobham 1954).

    All classes have the same service. `residual` is the mean time until the server in question is free as
    an arrival finds it: `λE[S²]/2` with one server, `C/(cμ)` in M/M/c.
    """
    waits = []
    above = 0.0
    for rate in rates:
        through = above + rate * mean / servers
        waits.append(residual / ((1.0 - above) * (1.0 - through)))
        above = through
    return waits


def feedback_sojourn(rate: float, mean: float, servers: int, back: float) -> float:
    """Return the mean time in M/M/c where each pass is followed by another with probability `back`.

    Jackson (1957): the station behaves as if fed with λ/(1 − b), and each case visits 1/(1 − b) times.
    """
    visit = mmc_wait(rate / (1.0 - back), mean, servers, 0.0).mean + mean
    return visit / (1.0 - back)


class Impatient(NamedTuple):
    """M/M/c with exponential patience."""

    withdrawn: float
    sojourn: float
    served_wait: float
    served_at_once: float


def erlang_a(rate: float, mean: float, servers: int, patience: float) -> Impatient:
    """Return the steady state of M/M/c+M (Palm 1957) from its birth–death chain.

    Returns
    -------
    Impatient
        The share that withdraws, the mean time in the system over all, and over the served the mean wait and
        the share that did not wait. A case that finds `servers + m` others waits for m + 1 departures at the
        rates cμ, cμ + θ, …, cμ + mθ, if its patience lasts that long.
    """
    mu, theta = 1.0 / mean, 1.0 / patience
    log_weight = [0.0]
    while len(log_weight) < servers + 5 or log_weight[-1] > max(log_weight) - 60.0:
        n = len(log_weight)
        death = min(n, servers) * mu + max(0, n - servers) * theta
        log_weight.append(log_weight[-1] + math.log(rate / death))
    weight = np.exp(np.array(log_weight) - max(log_weight))
    share = weight / weight.sum()
    number = np.arange(share.size)
    waiting = float(np.sum(np.maximum(0, number - servers) * share))
    withdrawn = theta * waiting / rate
    flow = servers * mu
    served_wait = 0.0
    for state in range(servers, share.size):
        steps = flow + theta * np.arange(1, state - servers + 2)
        served_wait += float(share[state] * flow / steps[-1] * np.sum(1.0 / steps))
    return Impatient(
        withdrawn,
        float(np.sum(number * share)) / rate,
        served_wait / (1.0 - withdrawn),
        float(share[:servers].sum()) / (1.0 - withdrawn),
    )


# --- diffusion -------------------------------------------------------------------------------------------


def logistic_share(t: float, rate: float, initial: float) -> float:
    """Return the share of adopters at `t` under imitation alone (susceptible–infected, complete network)."""
    e = math.exp(rate * t)
    return initial * e / (1.0 - initial + initial * e)


def expected_adopters(people: int, initial: int, p: float, q: float, others: int, t: float) -> float:
    """Return the expected number of adopters at `t` in a finite population in which everybody sees everybody.

    A pure birth chain: with j adopters the next comes at rate (N − j)(p + qj/`others`), where `others` is N
    if people count themselves and N − 1 if not.
    """
    j = np.arange(initial, people + 1)
    rates = (people - j) * (p + q * j / others)
    generator = diags([-rates, rates[:-1]], [0, 1], format="csr")
    return float(expm_multiply(generator * t, j.astype(float))[0])


# --- coordination ----------------------------------------------------------------------------------------


def visits(transient: np.ndarray) -> np.ndarray:
    """Return (I − Q)⁻¹: the expected number of visits to each transient state of an absorbing chain."""
    return np.linalg.inv(np.eye(transient.shape[0]) - transient)


class Escalation(NamedTuple):
    """What becomes of a case that asks one unit: per case, and the delay per accepted case."""

    asks: float
    shelved: float
    delay: float


def escalation(
    accept: Sequence[float], tries: Sequence[int], retry_days: float, up_days: float
) -> Escalation:
    """Return the fate of a case that asks up to `tries[l]` times at asker level l, accepted with `accept[l]`.

    States are (level, ask); a refusal leads to the next ask or the next level, after the last the case is
    shelved. The delay of an accepted case is the sum of the delays before its asks.
    """
    states = [(level, ask) for level, many in enumerate(tries) for ask in range(many)]
    size = len(states)
    transient = np.zeros((size, size))
    taken = np.array([accept[level] for level, _ in states])
    since = np.zeros(size)
    for i, (_level, ask) in enumerate(states):
        if i + 1 < size:
            transient[i, i + 1] = 1.0 - taken[i]
        if i > 0:
            since[i] = since[i - 1] + (retry_days if ask > 0 else up_days)
    visited = visits(transient)[0]
    accepted = float(visited @ taken)
    return Escalation(float(visited.sum()), 1.0 - accepted, float(visited @ (taken * since)) / accepted)


def logit(p: float) -> float:
    """Return the logit."""
    return math.log(p / (1.0 - p))


def logistic(x: float) -> float:
    """Return the logistic function."""
    return 1.0 / (1.0 + math.exp(-x))


def over_normal(function: Callable[[float], Any], sd: float) -> np.ndarray:
    """Return E[function(f)] for f ~ N(0, sd²), by Gauss–Hermite quadrature."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    values = np.array([function(sd * node) for node in nodes])
    return weights @ values / weights.sum()


# --- exchange among residents ----------------------------------------------------------------------------


def nobody_helps(cost_over_benefit: float, invited: int) -> float:
    """Return the probability that nobody helps in the volunteer's dilemma's symmetric equilibrium."""
    return cost_over_benefit ** (invited / (invited - 1))


def nearest_on_a_path(density: float) -> float:
    """Return the mean distance to the nearest helper where each place on a path has one with a probability.

    Looking to both sides, P(D > d) = (1 − δ)^(2d), so E[D] = 1/(1 − (1 − δ)²): half the mean gap 1/δ where
    helpers are few. In the plane the same search gives 1/(2√density).
    """
    return 1.0 / (1.0 - (1.0 - density) ** 2)


def visits_made(found: float, survives: float, reliability: float) -> float:
    """Return the share of visits made by standing pairs.

    While nobody is paired each visit finds a helper with probability `found`; who is found makes visits from
    the next on, and lasts from one visit to the next with probability `survives`. A cycle has 1/found visits
    without a helper and survives/(1 − survives) with one.
    """
    paired = survives / (1.0 - survives)
    return reliability * paired / (paired + 1.0 / found)


def whole_yuan(mean: float) -> float:
    """Return the mean of an exponential sum rounded to whole yuan, one at least."""
    return 1.0 + math.exp(-1.5 / mean) / (1.0 - math.exp(-1.0 / mean))


def raised(mean_asked: float, gift: int, asked: int, probability: float) -> float:
    """Return the mean raised by an appeal: gifts of a binomial number of givers, no more than asked for."""

    def at_most(most: int) -> float:
        """Return E[min(A, most)] for the sum A asked for, in whole yuan, one at least."""
        return sum(1.0 if k == 1 else math.exp(-(k - 0.5) / mean_asked) for k in range(1, most + 1))

    chance = [
        math.comb(asked, b) * probability**b * (1.0 - probability) ** (asked - b) for b in range(asked + 1)
    ]
    return sum(c * at_most(gift * b) for b, c in enumerate(chance))
