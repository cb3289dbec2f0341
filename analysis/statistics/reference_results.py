"""Exact results that tests and the validation tables share: queues, diffusion, coordination, trust,
inequality.

Each function is a textbook formula; `tests/truth/test_exact.py` checks each against a published value, a
limit or an independent computation. Rates are per day, times in days.
"""

import math
from typing import NamedTuple

from scipy.special import ndtr, ndtri


def erlang_c(servers: int, offered: float) -> float:
    """Return the probability of waiting in M/M/c with offered load λ/μ (Erlang 1917)."""
    blocking = 1.0
    for k in range(1, servers + 1):
        blocking = offered * blocking / (k + offered * blocking)
    return blocking / (1.0 - offered / servers * (1.0 - blocking))


class Wait(NamedTuple):
    """The wait before service: mean, second moment, probability that it is positive, and of a longer one."""

    mean: float
    square: float
    positive: float
    tail: float


def mmc_wait(rate: float, mean: float, servers: int, tail_at: float) -> Wait:
    """Return the wait in M/M/c, first come first served: exponential with probability C, else zero."""
    waiting = erlang_c(servers, rate * mean)
    decay = servers / mean - rate
    return Wait(waiting / decay, 2 * waiting / decay**2, waiting, waiting * math.exp(-decay * tail_at))


def bass(t: float, p: float, q: float) -> float:
    """Return the share of adopters at `t`, none at 0 (Bass 1969)."""
    e = math.exp(-(p + q) * t)
    return (1.0 - e) / (1.0 + q / p * e)


def harmonic(k: int) -> float:
    """Return H_k, the mean of the longest of k exponential times of mean one."""
    return math.fsum(1.0 / i for i in range(1, k + 1))


def trust_limit(success: float, gain: float, loss: float) -> float:
    """Return the fixed point of mean trust when a share `success` of outcomes is good."""
    return success * gain / (success * gain + (1.0 - success) * loss)


def lognormal_gini(sigma: float) -> float:
    """Return the Gini coefficient of a lognormal: 2Φ(σ/√2) − 1 (Aitchison & Brown 1957)."""
    return float(2.0 * ndtr(sigma / math.sqrt(2.0)) - 1.0)


def lognormal_top_share(sigma: float, top: float) -> float:
    """Return the share of a lognormal's total that its largest `top` hold: Φ(σ − Φ⁻¹(1 − top))."""
    return float(ndtr(sigma - ndtri(1.0 - top)))


def burden_load(
    cases_per_resident: float,
    hours: float,
    staff_per_10k: float,
    hours_year: float,
    free: float,
    share: float,
) -> float:
    """Return the load of a community's staff: hours demanded over hours for cases, independent of its size.

    Parameters
    ----------
    cases_per_resident
        Cases per resident-year.
    hours
        Mean hours of a case.
    free
        Share of staff time left after paperwork.
    share
        Share of that which goes to cases.
    """
    return cases_per_resident * hours / (staff_per_10k / 10_000.0 * hours_year * free * share)
