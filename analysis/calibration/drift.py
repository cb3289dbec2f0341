"""How far practice drifts: by how much a category's level in the weeks to come may differ from the last.

The file is cut at earlier instants. At each, rates are taken from the weeks before, as at the origin, and the
closings of the weeks after it are held against what the rates expect of the requests at risk. What they
differ by beyond chance, beyond what was not known of the rates and beyond the noise of single weeks is drift.
It is gamma with mean 1 and common to all categories, which have too few cuts each to have one of their own.
"""

from dataclasses import replace

import numpy as np
from scipy.special import gammaln

from analysis.calibration.clock import Floats
from analysis.calibration.exposure import AGE_EDGES, Exposure
from analysis.calibration.posterior import Posterior

#: Weeks ahead over which drift is measured, if the file is long enough.
_AHEAD = 8
#: Weeks of which rates are known at the first cut, at least.
_BEFORE = 6
_GRID = np.linspace(0.0, 1.5, 151)
#: Before anything is seen drift is exponential with this mean: a few categories cannot tell it from chance.
_PRIOR_MEAN = 0.1
#: Categories with fewer closings to be expected tell nothing.
_FEWEST = 5.0
#: Beyond this product of variance and cumulative hazard next to nothing is open any more.
_FURTHEST = 8.0
#: Closings that a rate at an age counts for before any is seen.
_WEIGHT = 0.3


def drift_cv(cells: Exposure, categories: int, bins: int, discount: float, weekly_cv: float) -> float:
    """Return the coefficient of variation of a category's level some two months on; 0 if the file is short.

    Parameters
    ----------
    discount
        Weight of a week relative to the one after it.
    weekly_cv
        Of the teams, on average.
    """
    weeks = cells.weeks
    ahead = min(_AHEAD, (weeks - _BEFORE) // 2)
    if ahead < 2:
        return 0.0
    size = categories * bins
    cell = (cells.category * bins + cells.age) * weeks + cells.week
    at_risk = cells.at_risk + np.bincount(cells.open_cell, cells.open_at_risk, len(cells.at_risk))
    time = np.bincount(cell, at_risk, size * weeks).reshape(size, weeks)
    closings = np.bincount(cell, cells.closings, size * weeks).reshape(size, weeks)
    of_all = closings.sum(axis=1).reshape(categories, bins).sum(axis=0) + 0.5
    of_all = np.tile(of_all / (time.sum(axis=1).reshape(categories, bins).sum(axis=0) + 1.0), categories)
    seen: list[Floats] = []
    for cut in range(weeks - ahead, _BEFORE - 1, -ahead):
        weight = discount ** np.arange(cut - 1, -1, -1)
        known, spent = closings[:, :cut] @ weight, time[:, :cut] @ weight
        rate = (_WEIGHT + known) / (_WEIGHT / of_all + spent)
        expected = (time[:, cut : cut + ahead].sum(axis=1) * rate).reshape(categories, bins).sum(axis=1)
        happened = closings[:, cut : cut + ahead].sum(axis=1).reshape(categories, bins).sum(axis=1)
        unknown = 1.0 / np.maximum(1.0, known.reshape(categories, bins).sum(axis=1))
        use = expected >= _FEWEST
        seen.append(np.stack([happened[use], expected[use], unknown[use]]))
    d, e, unknown = np.concatenate(seen, axis=1)
    if not len(d):
        return 0.0
    # Negative binomial: all that varies, drift included, as one gamma.
    k = 1.0 / (_GRID[:, None] ** 2 + unknown + weekly_cv**2 / ahead)
    score = (gammaln(k + d) - gammaln(k) + k * np.log(k / (k + e)) + d * np.log(e / (k + e))).sum(axis=1)
    score -= _GRID / _PRIOR_MEAN
    chance = np.exp(score - score.max())
    return float(_GRID @ chance / chance.sum())


def with_drift(posterior: Posterior, cv: float, pace: Floats, rng: np.random.Generator) -> Posterior:
    """Return the posterior of the weeks to come: each draw and category has a level of its own.

    The share still open at an age is, on average over levels L, what it was without: the cumulative hazard H
    becomes L · (exp(v·H) − 1) / v, where v is the variance, since E exp(−L·x) = (1 + v·x)^(−1/v). The curve
    was found from weeks that had drifted already; a level put on the hazard alone would slow it again.

    Parameters
    ----------
    pace
        Of a category's usual teams, by draw and category: the pace at which its curve is kept.
    """
    if cv <= 0.0:
        return posterior
    v = cv**2
    level = np.maximum(1e-3, rng.gamma(1.0 / v, v, posterior.rate.shape[:2]))
    rate = posterior.rate * pace[:, :, None]
    passed = np.cumsum(rate[:, :, :-1] * np.diff(AGE_EDGES), axis=2)
    edges = np.expm1(np.minimum(v * np.pad(passed, ((0, 0), (0, 0), (1, 0))), _FURTHEST)) / v
    inside = np.diff(edges, axis=2) / np.diff(AGE_EDGES)
    last = rate[:, :, -1] * (1.0 + v * edges[:, :, -1])
    kept = np.concatenate([inside, last[:, :, None]], axis=2) / pace[:, :, None]
    return replace(posterior, rate=kept * level[:, :, None])
