"""The difference in restricted mean between twins, also where some of them were not watched to the end.

For pair i let T_1i and T_2i be the times to a true solution under the two regimes, each perhaps censored.
With S_k the Kaplan-Meier estimate of regime k,

    D(tau) = integral of (S_2(t) - S_1(t)) from 0 to tau,

negative where the second regime is sooner. Each pair's influence on the mean of one regime is

    phi_i = - sum over t_j of A_j (dN_i(t_j) - Y_i(t_j) d_j / n_j) / (p_j (1 - d_j / n_j)),

A_j the integral of S from t_j to tau, d_j of the n_j at risk having the event at t_j, p_j = n_j / n; it is
the derivative of the estimate by the pair's weight (infinitesimal jackknife). Twins go up and down
together, so the variance is that of the difference of influences:

    Var D = sum of (phi_2i - phi_1i)^2 / (n (n - 1)).

Nobody censored, phi_i = min(T_i, tau) - mean, and D with its interval are the paired t statistic's.

Assumed: censoring independent of the outcome (here it is the end of the run, the same for both twins), and
pairs independent of each other. Needs of one run share staff and queues, so the interval speaks of this
run's needs; what another year would bring is said by the interval over replications
(`analysis.statistics.intervals`).

References
----------
.. [1] Andersen, Hansen & Klein (2004), Lifetime Data Analysis 10, 335-350 (pseudo-values).
.. [2] Efron (1982), The Jackknife, the Bootstrap and Other Resampling Plans, chapter 6.
.. [3] Klein & Moeschberger (2003), Survival Analysis, 2nd ed., section 4.5.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.statistics.survival import Floats, counts_at_times, restricted_mean


@dataclass(frozen=True)
class PairedMean:
    """Second minus first, in the unit of the times, with standard error and confidence limits."""

    difference: float
    error: float
    low: float
    high: float


def paired_restricted_mean(
    first: tuple[Floats, npt.ArrayLike],
    second: tuple[Floats, npt.ArrayLike],
    horizon: float,
    confidence: float = 0.95,
) -> PairedMean:
    """Estimate the paired difference in restricted mean.

    Parameters
    ----------
    first, second
        Durations and whether the event was seen, row i of both belonging to pair i.
    horizon
        Where times are capped.
    """
    from scipy.special import ndtri

    number = len(first[0])
    if len(second[0]) != number:
        raise ValueError(f"{number} first twins and {len(second[0])} second ones")
    if number == 0:
        return PairedMean(*[float("nan")] * 4)
    means = [restricted_mean(time, seen, horizon)[0] for time, seen in (first, second)]
    moves = influence(*second, horizon) - influence(*first, horizon)
    difference = means[1] - means[0]
    error = float(np.sqrt((moves**2).sum() / number / (number - 1))) if number > 1 else float("nan")
    reach = float(ndtri(0.5 + confidence / 2.0)) * error
    return PairedMean(difference, error, difference - reach, difference + reach)


def influence(durations: Floats, observed: npt.ArrayLike, horizon: float) -> Floats:
    """Return each one's influence on the restricted mean; they sum to zero."""
    durations = np.asarray(durations, dtype=float)
    observed = np.asarray(observed, dtype=bool)
    times, events, at_risk = counts_at_times(durations, observed)
    keep = times <= horizon
    times, events, at_risk = times[keep], events[keep], at_risk[keep]
    survival = np.cumprod(1.0 - events / at_risk)
    # Area from each time to the horizon: S is survival[j] from times[j] to the next.
    area = (np.diff(np.append(times, horizon)) * survival)[::-1].cumsum()[::-1]
    # Where all at risk have the event S is 0 from there on, and no weight would change that.
    left = at_risk - events
    gain = np.divide(area * len(durations), left, out=np.zeros_like(area), where=left > 0)
    paid = np.concatenate([[0.0], np.cumsum(gain * events / at_risk)])
    watched = np.searchsorted(times, np.minimum(durations, horizon), side="right")
    result = paid[watched]
    own = observed & (durations <= horizon)
    result[own] -= gain[np.searchsorted(times, durations[own])]
    return np.asarray(result)
