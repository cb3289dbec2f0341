"""Exact shares served in time: Erlang-C, and Erlang-A by its birth-death chain."""

import math

import numpy as np
from scipy.linalg import expm

from analysis.statistics.reference_results import erlang_c


def erlang_c_share(rate: float, mean: float, servers: int, within: float) -> float:
    """Return P(wait ≤ within) in M/M/c; 0 where the queue grows without end."""
    if rate * mean >= servers:
        return 0.0
    return 1.0 - erlang_c(servers, rate * mean) * math.exp(-(servers / mean - rate) * within)


def erlang_a_share(rate: float, mean: float, servers: int, patience: float, within: float) -> float:
    """Return P(served, wait ≤ within) in M/M/c+M.

    Who finds n ≥ c in the system is served when n − c + 1 have left before them, each at the rate
    c·μ + k·θ with k others ahead still waiting, unless their own patience ends first: a pure death chain
    with killing at rate θ, whose state after `within` is a matrix exponential.
    """
    service, leave = 1.0 / mean, 1.0 / patience
    states = servers + 400
    weight = np.zeros(states)
    weight[0] = 1.0
    for n in range(1, states):
        weight[n] = weight[n - 1] * rate / (min(n, servers) * service + max(0, n - servers) * leave)
        if n % 50 == 0:
            weight /= weight.max()
    found = weight / weight.sum()
    ahead = states - servers  # 0 … ahead-1 others waiting; the last state: served
    generator = np.zeros((ahead + 1, ahead + 1))
    for k in range(ahead):
        out = servers * service + k * leave
        generator[k, k - 1 if k > 0 else ahead] = out
        generator[k, k] = -(out + leave)
    served = expm(generator * within)[:ahead, ahead]
    return float(found[:servers].sum() + (found[servers:] * served).sum())
