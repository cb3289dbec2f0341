"""Moves of the sampler along the ridge of shares never closed and late hazards.

A request that has long been open is either never closed or closed late. Given which of the open requests
are never closed, the shares and the late hazards hardly move, so a chain that draws one after the other
stays for hundreds of sweeps near where it began. Here both move with that left open, summed over; which
requests they are has to be drawn anew before it is used again. [1]_

Requests and weeks that count for less enter as a power of their part of the likelihood: of a request's
part with the mean weight of its time at risk where a hazard moves, with the weight of its opening where a
share moves. So each move has, in the mean, the slope of the conditional that it stands beside.

References
----------
.. [1] van Dyk & Park (2008), Partially collapsed Gibbs samplers, Journal of the American Statistical
   Association 103, 790-796.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from scipy.special import betaln

from analysis.calibration.clock import Floats, Ints
from analysis.calibration.exposure import Exposure
from analysis.calibration.priors import NEVER_WEIGHT

#: Spreads of the proposals, on the scales of logarithm and logit, from bold to careful.
_SPREADS = (1.5, 0.5, 0.15)


class Chain(Protocol):
    """What of the sampler's state (`analysis.calibration.gibbs.Chain`) is read and moved."""

    cells: Exposure
    rng: np.random.Generator
    categories: int
    bins: int
    pairs: Ints
    cell_pair: Ints
    open_pair: Ints
    weight: Floats
    open_weight: Floats
    closings: Floats
    pair_closings: Floats
    pair_not_once: Floats
    own: Floats
    step_weight: float
    pace: Floats
    pace_weight: float
    never: Floats
    never_mean: float
    asked: Floats

    def cell_hazard_now(self) -> Floats: ...


def move_never_or_late(chain: Chain) -> None:
    """Move the hazards from some age on, by category, then the shares never closed, by category and team."""
    hazard = chain.cell_hazard_now()
    asked = chain.cells.open_at_risk * hazard[chain.cells.open_cell]
    weighed = np.bincount(
        chain.cells.open_request, asked * chain.weight[chain.cells.open_cell], len(chain.asked)
    )
    chain.asked = np.bincount(chain.cells.open_request, asked, len(chain.asked))
    power = weighed / np.maximum(chain.asked, 1e-300)
    factor = _jump(chain, hazard, power)
    hazard, asked = (
        hazard * factor[chain.cell_pair],
        asked * factor[chain.open_pair][chain.cells.open_request],
    )
    _move_late(chain, hazard, asked, power)
    _move_never(chain)


def _jump(chain: Chain, hazard: Floats, power: Floats) -> Floats:
    """Propose share and pace of each pair anew, whatever they are, and return the factors of the paces.

    A team that has closed few of many requests closes no others, or is very slow: no path of small steps
    leads from one to the other. A proposal takes all open requests for never closed, or none of them.
    """
    cells, rng, pairs = chain.cells, chain.rng, len(chain.pairs)
    w, d = chain.pace_weight, chain.pair_closings
    # Closings to be expected at a pace of 1.
    spent = np.bincount(chain.cell_pair, chain.weight * hazard * cells.at_risk, pairs) / chain.pace
    waiting = np.bincount(chain.open_pair, power * chain.asked, pairs) / chain.pace
    still_open = np.bincount(chain.open_pair, chain.open_weight, pairs)
    closed = np.maximum(0.0, chain.pair_not_once - still_open)
    yes, no = NEVER_WEIGHT * chain.never_mean, NEVER_WEIGHT * (1.0 - chain.never_mean)
    ways = (
        (yes + still_open, no + closed, w + spent),
        (yes + np.zeros(pairs), no + closed + still_open, w + spent + waiting),
    )

    constants = [(w + d) * np.log(rate) - betaln(a, b) for a, b, rate in ways]

    def score(share: Floats, pace: Floats) -> Floats:
        """Log of the density over that of the proposal."""
        mine, factor = share[chain.open_pair], (pace / chain.pace)[chain.open_pair]
        left = np.exp(-chain.asked * factor)
        still = power * np.log(np.maximum(mine + (1.0 - mine) * left, 1e-300))
        density = np.bincount(chain.open_pair, still, pairs) + closed * np.log1p(-share)
        density += (yes - 1.0) * np.log(share) + (no - 1.0) * np.log1p(-share) - (w + spent) * pace
        # The power of the pace is the same in all three, and so left out.
        proposed = [
            (a - 1.0) * np.log(share) + (b - 1.0) * np.log1p(-share) - rate * pace + constant
            for (a, b, rate), constant in zip(ways, constants, strict=True)
        ]
        return density - np.logaddexp(*proposed)

    first = rng.random(pairs) < 0.5
    a, b, rate = (np.where(first, one, other) for one, other in zip(*ways, strict=True))
    share = np.clip(rng.beta(a, b), 1e-9, 1.0 - 1e-9)
    pace = np.maximum(rng.gamma(w + d) / rate, 1e-9)
    moves = -rng.exponential(size=pairs) < score(share, pace) - score(chain.never, chain.pace)
    factor = np.where(moves, pace / chain.pace, 1.0)
    chain.never = np.where(moves, share, chain.never)
    chain.pace = np.where(moves, pace, chain.pace)
    chain.asked = chain.asked * factor[chain.open_pair]
    return factor


def _move_late(chain: Chain, hazard: Floats, asked: Floats, power: Floats) -> None:
    """Multiply each category's hazards from a random age on, and set what each open request was asked for."""
    cells, rng = chain.cells, chain.rng
    size, count = len(cells.open_category), chain.categories
    first = rng.integers(0, chain.bins, count)
    is_late = cells.age >= first[cells.category]
    late = np.bincount(cells.open_request, asked * is_late[cells.open_cell], size)
    total = chain.asked
    share = chain.never[chain.open_pair]
    # Of the requests that were closed.
    closings = np.where(np.arange(chain.bins) >= first[:, None], chain.closings, 0.0).sum(axis=1)
    spent = np.bincount(cells.category, is_late * chain.weight * hazard * cells.at_risk, count)
    own, a = chain.own, chain.step_weight
    here = np.arange(count)
    before, after = own[here, first], own[here, first + 1]

    def score(shift: Floats) -> Floats:
        factor = np.exp(shift)
        left = np.exp(-(total - late) - factor[cells.open_category] * late)
        still = np.bincount(
            cells.open_category, power * np.log(np.maximum(share + (1.0 - share) * left, 1e-300)), count
        )
        # The chain along the ages, what lies between two of them summed over.
        prior = a * shift - 2.0 * a * np.log(before + factor * after)
        return closings * shift - spent * factor + still + prior

    shift = _metropolis(chain, score, np.zeros(count))
    factor = np.exp(shift)
    chain.own = np.where(np.arange(chain.bins + 1) > first[:, None], own * factor[:, None], own)
    chain.asked = total + (factor[cells.open_category] - 1.0) * late


def _move_never(chain: Chain) -> None:
    """Move each pair's share never closed, given what each of its open requests was asked for."""
    pairs = len(chain.pairs)
    left = np.exp(-chain.asked)
    still_open = np.bincount(chain.open_pair, chain.open_weight, pairs)
    closed = np.maximum(0.0, chain.pair_not_once - still_open)
    mean = chain.never_mean

    def score(logit: Floats) -> Floats:
        share = 1.0 / (1.0 + np.exp(-logit))
        mine = share[chain.open_pair]
        still = np.bincount(
            chain.open_pair,
            chain.open_weight * np.log(np.maximum(mine + (1.0 - mine) * left, 1e-300)),
            pairs,
        )
        prior = NEVER_WEIGHT * (mean * np.log(share) + (1.0 - mean) * np.log1p(-share))
        return prior + closed * np.log1p(-share) + still

    logit = _metropolis(chain, score, np.log(chain.never) - np.log1p(-chain.never))
    chain.never = np.clip(1.0 / (1.0 + np.exp(-logit)), 1e-9, 1.0 - 1e-9)


def _metropolis(chain: Chain, score: Callable[[Floats], Floats], at: Floats) -> Floats:
    """Return where independent values have gone after a few steps, side by side."""
    rng = chain.rng
    now = score(at)
    for spread in _SPREADS:
        to = at + spread * rng.normal(size=len(at))
        new = score(to)
        moves = -rng.exponential(size=len(at)) < new - now
        at, now = np.where(moves, to, at), np.where(moves, new, now)
    return at
