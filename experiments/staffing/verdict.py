"""Whether a team meets a target in enough years, as far as the simulated years can tell.

A target is a yearly risk of falling short: the share answered in time must reach s in at least a share γ of
years, that is, the (1 − γ)-quantile of the yearly share must be at least s. Years are decided on one by one,
by a one-sided normal tolerance bound [1]_ for that quantile,

    m − k·sd  with  k = t'_{n−1}(.95; z_γ·√n) / √n   (noncentral t),

below which it lies with probability at most .05; the bound from the other side has .05 in place of .95.
Yearly shares pile up near 1 and are not normal there, so a verdict also needs the years themselves to agree
with it. Where the bounds do not decide within the years allowed, the years decide, and the answer says how
close it is.

`EARLY` years decide where they leave no doubt; the error allowed is then `EARLY_ERROR`, and

- a target is missed if so few of these years meet it that at most this probability is left, whatever the law
  of the yearly share: none of three, where 83 % of years or more are to meet it;
- a target is met by the tolerance bound, with a spread no smaller than the one that a year's reports would
  have if each met it for itself. That takes years of many thousands of reports.

A rare year of quite another kind shows in no few years, and where bad years have a long tail the bound errs
more often: in 2 % of verdicts that rest on three years instead of .5 %, in 34 % of those on ten.

References
----------
.. [1] G. J. Hahn, W. Q. Meeker (1991). Statistical Intervals. Wiley, section 4.6.
"""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, nctdtrit, ndtri

#: Error allowed to either side of a verdict.
ERROR = 0.05
#: Fewest years on which a verdict rests, unless fewer leave no doubt.
FEWEST = 10
#: After how many years it is looked whether they leave no doubt, and the error allowed then.
EARLY = 3
EARLY_ERROR = 0.005


@dataclass(frozen=True)
class Verdict:
    """Whether the target is met, whether that is sure, and the share of years that met it, with interval."""

    met: bool
    sure: bool
    years: int
    years_met: float
    low: float
    high: float


@functools.cache
def tolerance_factor(years: int, coverage: float, probability: float) -> float:
    """Return k such that mean − k·sd is below the (1 − `coverage`)-quantile with `probability`."""
    shift = float(ndtri(coverage)) * math.sqrt(years)
    return float(nctdtrit(years - 1, shift, probability)) / math.sqrt(years)


def proportion_interval(successes: int, trials: int, error: float = 0.05) -> tuple[float, float]:
    """Return the Clopper–Pearson interval of a proportion."""
    low = 0.0 if successes == 0 else float(betaincinv(successes, trials - successes + 1, error / 2))
    high = 1.0 if successes == trials else float(betaincinv(successes + 1, trials - successes, 1 - error / 2))
    return low, high


def verdict(shares: Sequence[float], share: float, confidence: float, reports: float = 0.0) -> Verdict:
    """Judge a team by the yearly shares seen so far.

    Parameters
    ----------
    shares
        Share answered in time in each year; a year without reports counts as met.
    share, confidence
        The target s, and γ.
    reports
        In a year; without any, fewer than `FEWEST` years are never sure that the target is met.
    """
    values = np.array([1.0 if math.isnan(value) else value for value in shares])
    years = len(values)
    succeeded = int(np.count_nonzero(values >= share))
    part = succeeded / years
    met = part >= confidence
    low, high = proportion_interval(succeeded, years)
    if years >= FEWEST:
        mean, spread = float(values.mean()), float(values.std(ddof=1))
        bound = mean - tolerance_factor(years, confidence, 1 - ERROR if met else ERROR) * spread
        sure = bound >= share or low >= confidence if met else bound < share or high < confidence
    else:
        sure = years == EARLY and _beyond_doubt(values, share, confidence, met, reports)
    return Verdict(met, sure, years, part, low, high)


def _beyond_doubt(
    values: npt.NDArray[np.float64], share: float, confidence: float, met: bool, reports: float
) -> bool:
    """Whether a verdict of so few years is wrong with probability `EARLY_ERROR` at most."""
    years = len(values)
    if not met:
        succeeded = int(np.count_nonzero(values >= share))
        return proportion_interval(succeeded, years, 2 * EARLY_ERROR)[1] < confidence
    if not reports:
        return False
    spread = max(float(values.std(ddof=1)), math.sqrt(share * (1.0 - share) / reports))
    return float(values.mean()) - tolerance_factor(years, confidence, 1 - EARLY_ERROR) * spread >= share
