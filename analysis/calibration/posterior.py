"""Draws from the posterior of a city's closings, by Gibbs sampling on counted cells.

The model, for request i of category c with team k at working age a in bin b, in week w:

    hazard = rate[c, b] · pace[c, k] · noise[k, w] · load[k, w]^(−gamma) · exp(due_effect) once it is due
             · (urgent requests: surge[w]^mobilisation, others: surge[w]^(−put_off))

beside a share of each category that is closed at once, and a share of the others that is never closed, by
category and team. Small categories borrow:
rate[c, b] = shape[b] · own[c, b], where own[c, ·] is a chain of gamma variables that moves little from one
age to the next [3]_, with weights that are learned. Load is what the team's open requests ask for: closings a
working day at the usual pace, against the usual; at gamma 1 a team closes as many whatever is open. Every
step draws from its full conditional, exactly or on a grid; the weekly noise is integrated out while its
spread is drawn. Loads are those of the rates at a gamma of 0, found first.

References
----------
.. [1] Gelman et al. (2013), Bayesian Data Analysis, chapters 5 and 11.
.. [2] Ibrahim & Chen (2000), Power prior distributions for regression models, Statistical Science 15, 46-60
   (older weeks count for less).
.. [3] Cemgil & Dikmen (2007), Conjugate gamma Markov random fields for modelling nonstationary sources,
   Independent Component Analysis and Signal Separation, 697-705.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.calibration import SWEEPS
from analysis.calibration.clock import Floats
from analysis.calibration.exposure import Exposure
from analysis.calibration.gibbs import Chain
from analysis.calibration.known import KnownRequests

#: Each earlier week counts this much less; chosen on one city's months before those that were predicted.
WEEKLY_DISCOUNT = 0.92
WARM_UP = 160
_MEASURED_EVERY = 10
#: Values of gamma from which a chain warms up; the better one goes on. Where much waits, hazards that fall
#: with age look like a team that closes as many whatever waits, and no chain crosses from one to the other.
_STARTS = (0.0, 1.0)


@dataclass
class Posterior:
    """Draws, one a row.

    Of shares closed at once and rates by category; of shares never closed and the pace of each pair of
    category and team (1 where no request of the pair was seen); of the weekly variation by team; of the city.
    """

    at_once: Floats
    never: Floats
    rate: Floats
    pace: Floats
    weekly_cv: Floats
    gamma: Floats
    mobilisation: Floats
    put_off: Floats
    due_effect: Floats
    shape: Floats
    never_mean: Floats


def sample_posterior(
    known: KnownRequests,
    cells: Exposure,
    draws: int,
    rng: np.random.Generator,
    discount: float = WEEKLY_DISCOUNT,
    sweeps: int = SWEEPS,
    answers: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Posterior:
    """Draw from the posterior.

    Parameters
    ----------
    known, cells
        The requests and their cells, by the same clocks.
    draws
        How many to keep, evenly among the sweeps after the warm-up; at most `sweeps`.
    discount
        Weight of a week relative to the one after it, for rates and shares.
    sweeps
        Sweeps after the warm-up.
    answers
        Whether closings may answer to load and surge; else gamma, mobilisation and put_off are 0.
    """
    starts = _STARTS if answers else (0.0,)
    total = len(starts) * WARM_UP + sweeps
    done = 0

    def told() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total)

    chains = [_warmed(Chain(known, cells, rng, discount), start, answers, told) for start in starts]
    chain, _ = max(chains, key=lambda one: one[1])
    keep = set(np.linspace(0, sweeps - 1, draws).round().astype(int).tolist())
    kept: list[dict[str, object]] = []
    for sweep in range(sweeps):
        chain.sweep(powers=answers)
        if sweep in keep:
            kept.append(chain.snapshot())
        told()
    stacked = {name: np.array([one[name] for one in kept]) for name in kept[0]}
    return Posterior(**stacked)


def _warmed(chain: Chain, start: float, answers: bool, told: Callable[[], None]) -> tuple[Chain, float]:
    """Return the chain after its warm-up, and its log likelihood there on average."""
    held = WARM_UP // 2
    score = 0.0
    chain.gamma = start
    for sweep in range(WARM_UP):
        if answers and sweep % _MEASURED_EVERY == 0:
            # First as if every open request asked for the same, then as the rates have it.
            chain.measure_loads(plain=sweep == 0)
        chain.sweep(powers=answers and sweep >= held)
        if sweep >= WARM_UP - held // 2:
            score += chain.log_likelihood() / (held // 2)
        told()
    return chain, score
