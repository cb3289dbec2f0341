"""Durations that are honest about what is still open.

A need still open when the run ends is censored, never dropped. Only a true solution is the event; a need
that was withdrawn, shelved, closed on paper or never reported stays at risk until the run ends, because it
has not been solved. With that rule 1 - S(t) is the cumulative incidence of a true solution among all needs
(the subdistribution of Fine and Gray, whose censoring times are known here for everybody).

References
----------
.. [1] Kaplan & Meier (1958), JASA 53, 457-481.
.. [2] Aalen & Johansen (1978), Scand. J. Statist. 5, 141-150.
.. [3] Fine & Gray (1999), JASA 94, 496-509.
.. [4] Klein & Moeschberger (2003), Survival Analysis, 2nd ed., section 4.5 (restricted mean, its variance).
.. [5] Royston & Parmar (2013), BMC Med. Res. Methodol. 13, 152.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """A right-continuous step function: `survival` from each of `times` to the next, 1 before the first.

    `low` and `high` are the pointwise confidence band.
    """

    times: Floats
    survival: Floats
    low: Floats
    high: Floats

    def at(self, time: npt.ArrayLike) -> Floats:
        """S(t) at each time."""
        return step(self.times, self.survival, np.asarray(time, dtype=float), before=1.0)

    def quantile(self, probability: float) -> float:
        """The first time at which at least this share has had the event; infinite if that never comes."""
        # Rounding in the product must not turn .5 into .5000000001 and move the median one event on.
        reached = np.flatnonzero(self.survival <= 1.0 - probability + 1e-12)
        return float(self.times[reached[0]]) if len(reached) else float("inf")


def kaplan_meier(durations: Floats, observed: npt.ArrayLike, confidence: float | None = 0.95) -> Curve:
    """Kaplan-Meier estimate S(t) = prod_{t_i <= t} (1 - d_i / n_i), with a log-log Greenwood band.

    Parameters
    ----------
    durations
        Time to the event, or for the others how long they were watched.
    observed
        True where the event was seen, False where the duration is censored.
    confidence
        Level of the band; None leaves it out (NaN), which is faster.
    """
    durations = np.asarray(durations, dtype=float)
    observed = np.asarray(observed, dtype=bool)
    if len(durations) == 0:
        nothing = np.empty(0)
        return Curve(nothing, nothing, nothing, nothing)
    if confidence is None:
        times, events, at_risk = counts_at_times(durations, observed)
        unknown = np.full(len(times), np.nan)
        return Curve(times, np.cumprod(1.0 - events / at_risk), unknown, unknown)
    # Imported here: it takes longer to load than a run takes, and only bands need it.
    from scipy.stats import CensoredData, ecdf

    data = CensoredData(uncensored=durations[observed], right=durations[~observed])
    survival = ecdf(data).sf
    times, value = np.asarray(survival.quantiles), np.asarray(survival.probabilities)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The confidence interval is undefined")
        band = survival.confidence_interval(confidence_level=confidence, method="log-log")
    # The log-log transform is undefined at S = 1 and S = 0, where the estimate has no spread to report.
    low = np.where(np.isfinite(band.low.probabilities), band.low.probabilities, value)
    high = np.where(np.isfinite(band.high.probabilities), band.high.probabilities, value)
    return Curve(times, value, low, high)


def restricted_mean(durations: Floats, observed: npt.ArrayLike, horizon: float) -> tuple[float, float]:
    """Restricted mean survival time and its variance.

    RMST(tau) = integral of S(t) from 0 to tau. Its variance is
    sum_{t_i <= tau} (integral of S from t_i to tau)^2 d_i / (n_i (n_i - d_i)).

    Where nobody was watched for as long as the horizon, S is carried on at its last value.
    """
    durations = np.asarray(durations, dtype=float)
    observed = np.asarray(observed, dtype=bool)
    if len(durations) == 0:
        return float("nan"), float("nan")
    times, events, at_risk = counts_at_times(durations, observed)
    keep = times <= horizon
    times, events, at_risk = times[keep], events[keep], at_risk[keep]
    survival = np.cumprod(1.0 - events / at_risk)
    edges = np.concatenate([[0.0], times, [horizon]])
    area = np.diff(edges) * np.concatenate([[1.0], survival])
    remaining = area[1:][::-1].cumsum()[::-1]
    free = at_risk * (at_risk - events)
    # Where everybody left has the event S falls to 0, nothing remains, and the term is 0.
    terms = np.divide(remaining**2 * events, free, out=np.zeros_like(remaining), where=free > 0)
    return float(area.sum()), float(terms.sum())


@dataclass(frozen=True)
class CumulativeIncidence:
    """Cumulative incidence: `incidence[k]` of `causes[k]`; `survival`, of no ending so far."""

    times: Floats
    causes: tuple[int, ...]
    incidence: Floats
    survival: Floats

    def at(self, cause: int, time: npt.ArrayLike) -> Floats:
        """F_k(t) at each time."""
        row = self.incidence[self.causes.index(cause)]
        return step(self.times, row, np.asarray(time, dtype=float), before=0.0)


def aalen_johansen(durations: Floats, cause: npt.ArrayLike) -> CumulativeIncidence:
    """Aalen-Johansen estimate for competing ways of ending.

    F_k(t) = sum_{t_i <= t} S(t_i-) d_ik / n_i, S the Kaplan-Meier estimate for any ending, so that at every
    time sum_k F_k(t) + S(t) = 1.

    Parameters
    ----------
    durations
        Time to the ending, or how long it was watched.
    cause
        Which ending: a positive integer; 0 where none was seen (censored).
    """
    durations = np.asarray(durations, dtype=float)
    cause = np.asarray(cause, dtype=np.int64)
    causes = tuple(int(value) for value in np.unique(cause[cause > 0]))
    times, events, at_risk = counts_at_times(durations, cause > 0)
    survival = np.cumprod(1.0 - events / at_risk)
    before = np.concatenate([[1.0], survival[:-1]]) if len(survival) else survival
    incidence = np.empty((len(causes), len(times)))
    position = np.searchsorted(times, durations)
    for row, value in enumerate(causes):
        number = np.bincount(position[cause == value], minlength=len(times))
        incidence[row] = np.cumsum(before * number / at_risk)
    return CumulativeIncidence(times, causes, incidence, survival)


def probability_within(durations: Floats, followed: Floats, limit: float) -> float:
    """P(event within the limit): the plain share where everybody was watched that long, else 1 - S(limit).

    Parameters
    ----------
    durations
        Time to the event; NaN where it did not come.
    followed
        How long each was watched, on the same clock.
    """
    if len(durations) == 0:
        return float("nan")
    within = durations <= limit
    if followed.min() >= limit:
        return float(within.mean())
    time, seen = censor(durations, followed)
    return float(1.0 - kaplan_meier(time, seen, None).at(limit))


def censor(durations: Floats, followed: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Turn times (NaN: none) and how long each was watched into durations and whether the event was seen."""
    seen = durations <= followed
    return np.where(seen, durations, followed), seen


def step(times: Floats, values: Floats, at: Floats, before: float) -> Floats:
    """Evaluate a right-continuous step function."""
    position = np.searchsorted(times, at, side="right")
    return np.concatenate([[before], values])[position]


def counts_at_times(durations: Floats, observed: npt.NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """Return the distinct times, the events at each, and the number at risk just before each."""
    times, position = np.unique(durations, return_inverse=True)
    events = np.bincount(position[observed], minlength=len(times)).astype(float)
    leaving = np.bincount(position, minlength=len(times)).astype(float)
    at_risk = leaving[::-1].cumsum()[::-1]
    return times, events, at_risk
