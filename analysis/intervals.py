"""Intervals over replications.

Replications are independent, so the mean of R of them has the interval  m +- t_{R-1} s / sqrt(R)  (Law
2015, Simulation Modeling and Analysis, section 9.4). Twin runs share their luck; the difference is taken
within each replication and the interval is that of the R differences. How much the pairing gained is

    variance reduction = (Var A + Var B) / Var(B - A),

the number of unpaired replications that one pair is worth. With one replication there is no interval: NaN.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """A mean over replications and its confidence limits, elementwise."""

    mean: Floats
    low: Floats
    high: Floats


def student_interval(values: npt.ArrayLike, confidence: float = 0.95) -> Interval:
    """Student's t interval of the mean down the first axis (the replications).

    A replication in which a value is undefined (NaN) is left out for that value.
    """
    values = np.asarray(values, dtype=float)
    defined = np.isfinite(values)
    number = defined.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(defined, values, 0.0).sum(axis=0) / np.where(number > 0, number, np.nan)
        spread = np.sqrt(_variance(values, defined, number, mean))
        reach = _student_quantile(number - 1, confidence) * spread / np.sqrt(number)
    return Interval(mean, mean - reach, mean + reach)


def _student_quantile(freedom: npt.NDArray[np.int64], confidence: float) -> Floats:
    # The special function under scipy.stats.t, which would take half a second to load.
    from scipy.special import stdtrit

    return np.where(freedom > 0, stdtrit(np.maximum(freedom, 1), 0.5 + confidence / 2.0), np.nan)


@dataclass(frozen=True)
class PairedDifference:
    """Second minus first, with the interval of the paired differences and the gain from pairing."""

    mean: Floats
    low: Floats
    high: Floats
    variance_reduction: Floats


def paired_difference(
    first: npt.ArrayLike, second: npt.ArrayLike, confidence: float = 0.95
) -> PairedDifference:
    """Paired comparison down the first axis; row r of both belongs to the same replication."""
    first = np.asarray(first, dtype=float)
    second = np.asarray(second, dtype=float)
    if first.shape != second.shape:
        raise ValueError(f"paired values must have one shape: {first.shape} and {second.shape}")
    both = np.isfinite(first) & np.isfinite(second)
    first, second = np.where(both, first, np.nan), np.where(both, second, np.nan)
    difference = second - first
    interval = student_interval(difference, confidence)
    paired = _sample_variance(difference)
    apart = _sample_variance(first) + _sample_variance(second)
    # Rounding leaves a speck of variance in what does not vary at all.
    size = np.nanmax(np.abs(np.stack([first, second])), axis=(0, 1), initial=0.0)
    speck = 1e-24 * np.maximum(size, 1e-150) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        gain = np.where(paired > speck, apart / paired, np.where(apart > speck, np.inf, np.nan))
    return PairedDifference(interval.mean, interval.low, interval.high, gain)


def _sample_variance(values: Floats) -> Floats:
    defined = np.isfinite(values)
    number = defined.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(defined, values, 0.0).sum(axis=0) / np.where(number > 0, number, np.nan)
        return _variance(values, defined, number, mean)


def _variance(values: Floats, defined: npt.NDArray[np.bool_], number: Floats, mean: Floats) -> Floats:
    deviation = np.where(defined, values - mean, 0.0)
    return np.asarray((deviation**2).sum(axis=0) / np.where(number > 1, number - 1, np.nan))
