"""Intervals over replications.

Replications are independent, so the mean of R of them has the interval  m +- t_{R-1} s / sqrt(R)  (Law
2015, Simulation Modeling and Analysis, section 9.4). Twin runs share their luck; the difference is taken
within each replication and the interval is that of the R differences. How much the pairing gained is

    variance reduction = (Var A + Var B) / Var(B - A),

the number of unpaired replications that one pair is worth. With one replication there is no interval: NaN.

A mean cannot lie outside the range of what it is the mean of: a share lies in [0, 1], a difference of two
shares in [-1, 1], a duration is not below 0 nor above the cap it has. The interval is cut to that range
(`Bounds`). The truth lies in the range, so cutting takes away no value that could be it, and the interval
covers exactly as often as before; transforming (logit, Wilson) would shift its middle away from the mean that
is reported, and a mean over replications is no count of successes.

What is undefined in a replication (NaN) is left out for that value, and what is infinite (a median that was
not reached) is not: the mean is infinite then, without limits. `notes` says where either happened.
"""

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
#: Smallest and largest value that a mean may have, for all columns or one each.
Bounds = tuple[npt.ArrayLike, npt.ArrayLike]
UNBOUNDED: Bounds = (-np.inf, np.inf)
SHARE: Bounds = (0.0, 1.0)
NOT_NEGATIVE: Bounds = (0.0, np.inf)
#: Values whose range is a smaller share of the largest than this count as the same.
_CONSTANT = 1e-12


@dataclass(frozen=True)
class Interval:
    """A mean over replications and its confidence limits, elementwise."""

    mean: Floats
    low: Floats
    high: Floats


def student_interval(values: npt.ArrayLike, confidence: float = 0.95, bounds: Bounds = UNBOUNDED) -> Interval:
    """Student's t interval of the mean down the first axis (the replications).

    A replication in which a value is undefined (NaN) is left out for that value. Where one is infinite the
    mean is, and there are no limits; where some are infinite upwards and some downwards there is no mean.
    """
    values = np.asarray(values, dtype=float)
    defined = np.isfinite(values)
    number = defined.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(defined, values, 0.0).sum(axis=0) / np.where(number > 0, number, np.nan)
        spread = np.sqrt(_variance(values, defined, number, mean))
        reach = _student_quantile(number - 1, confidence) * spread / np.sqrt(number)
        low, high = cut(mean, mean - reach, mean + reach, bounds)
    beyond = _infinite(values)
    endless = beyond != 0.0
    nothing = np.where(endless, np.nan, 0.0)
    return Interval(np.where(endless, beyond, mean), low + nothing, high + nothing)


def cut(
    mean: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike, bounds: Bounds
) -> tuple[Floats, Floats]:
    """Return limits cut to the range of what they are limits of; never past the mean itself."""
    least, most = (np.asarray(end, dtype=float) for end in bounds)
    return (
        np.asarray(np.maximum(low, np.minimum(least, mean))),
        np.asarray(np.minimum(high, np.maximum(most, mean))),
    )


def difference_bounds(bounds: Bounds) -> Bounds:
    """Return the range of a difference of two values of a range."""
    least, most = (np.asarray(end, dtype=float) for end in bounds)
    return least - most, most - least


def _infinite(values: Floats) -> Floats:
    """Return for each column 0 where all is finite or undefined, else the infinity; NaN where both are."""
    up, down = np.isposinf(values).any(axis=0), np.isneginf(values).any(axis=0)
    return np.where(up & down, np.nan, np.where(up, np.inf, np.where(down, -np.inf, 0.0)))


def _student_quantile(freedom: npt.NDArray[np.int64], confidence: float) -> Floats:
    # A page asks for the same few again and again, mostly for one number of replications at a time.
    freedom = np.asarray(freedom)
    if freedom.size and (freedom == freedom.flat[0]).all():
        return np.full(freedom.shape, _one_quantile(int(freedom.flat[0]), confidence))
    return np.array([_one_quantile(int(one), confidence) for one in freedom.flat]).reshape(freedom.shape)


@functools.lru_cache(maxsize=4096)
def _one_quantile(freedom: int, confidence: float) -> float:
    if freedom <= 0:
        return np.nan
    # The special function under scipy.stats.t, which would take half a second to load.
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + confidence / 2.0))


@dataclass(frozen=True)
class PairedDifference:
    """Second minus first, with the interval of the paired differences and the gain from pairing."""

    mean: Floats
    low: Floats
    high: Floats
    variance_reduction: Floats


def paired_difference(
    first: npt.ArrayLike, second: npt.ArrayLike, confidence: float = 0.95, bounds: Bounds = UNBOUNDED
) -> PairedDifference:
    """Paired comparison down the first axis; row r of both belongs to the same replication.

    A replication in which either is undefined is left out. Where one is infinite the difference is; where
    both are in one replication there is no difference, and none is made up from the others.

    Parameters
    ----------
    bounds
        The range of the values themselves, not of their difference.
    """
    first = np.asarray(first, dtype=float)
    second = np.asarray(second, dtype=float)
    if first.shape != second.shape:
        raise ValueError(f"paired values must have one shape: {first.shape} and {second.shape}")
    both = ~np.isnan(first) & ~np.isnan(second)
    first, second = np.where(both, first, np.nan), np.where(both, second, np.nan)
    with np.errstate(invalid="ignore"):
        difference = second - first
    unknowable = np.where((both & np.isnan(difference)).any(axis=0), np.nan, 0.0)
    interval = student_interval(difference, confidence, difference_bounds(bounds))
    paired = _sample_variance(difference)
    apart = _sample_variance(first) + _sample_variance(second)
    # Rounding leaves a speck of variance in what does not vary at all.
    size = np.nanmax(np.abs(_finite(np.stack([first, second]))), axis=(0, 1), initial=0.0)
    speck = 1e-24 * np.maximum(size, 1e-150) ** 2
    with np.errstate(invalid="ignore", divide="ignore"):
        gain = np.where(paired > speck, apart / paired, np.where(apart > speck, np.inf, np.nan))
    endless = np.where(np.isfinite(first + second) | np.isnan(first + second), 0.0, np.nan).sum(axis=0)
    return PairedDifference(
        interval.mean + unknowable,
        interval.low + unknowable,
        interval.high + unknowable,
        gain + endless,
    )


def _finite(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.nan)


def _sample_variance(values: Floats) -> Floats:
    defined = np.isfinite(values)
    number = defined.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(defined, values, 0.0).sum(axis=0) / np.where(number > 0, number, np.nan)
        return _variance(values, defined, number, mean)


def _variance(values: Floats, defined: npt.NDArray[np.bool_], number: Floats, mean: Floats) -> Floats:
    deviation = np.where(defined, values - mean, 0.0)
    return np.asarray((deviation**2).sum(axis=0) / np.where(number > 1, number - 1, np.nan))


#: What `note` may say, in English and Chinese: {0} of {1} replications.
NOTES = {
    "undefined": (
        "defined in none of {1} replications",
        "{1}次重复中均无定义",
    ),
    "infinite": (
        "not reached within the run in {0} of {1} replications, so the mean is beyond it",
        "{1}次重复中有{0}次在运行期内未达到，均值超出运行期",
    ),
    "both_infinite": (
        "not reached within the run in either in {0} of {1} replications, so there is no difference",
        "{1}次重复中有{0}次双方在运行期内均未达到，无法求差",
    ),
    "partly": (
        "defined in {0} of {1} replications and taken over those",
        "{1}次重复中仅{0}次有定义，只取这些",
    ),
    "single": (
        "one replication: no interval",
        "仅一次重复，无区间",
    ),
    "constant": (
        "the same in all {1} replications: the interval has no width, which does not make it certain",
        "{1}次重复结果相同：区间宽度为零，但并不因此确定",
    ),
}


def note(values: npt.ArrayLike) -> tuple[str, int, int]:
    """Return what is to be said about one value over replications: a key of `NOTES`, or empty; k of n."""
    values = np.asarray(values, dtype=float).ravel()
    number, defined = len(values), values[~np.isnan(values)]
    endless = int(np.isinf(defined).sum())
    if len(defined) == 0:
        return "undefined", 0, number
    if endless:
        return "infinite", endless, number
    if len(defined) < number:
        return "partly", len(defined), number
    if number == 1:
        return "single", 1, 1
    if float(np.ptp(defined)) <= _CONSTANT * max(1e-150, float(np.abs(defined).max())):
        return "constant", number, number
    return "", number, number


def plain(values: Floats) -> npt.NDArray[np.bool_]:
    """Return for each column, values over replications, whether `note` has nothing to say of it.

    Most of a table is plain, and to ask column by column takes as long as all intervals together.
    """
    if len(values) < 2:
        return np.zeros(values.shape[1:], bool)
    with np.errstate(invalid="ignore"):
        width, most = np.ptp(values, axis=0), np.abs(values).max(axis=0)
        return np.asarray(np.isfinite(width) & (width > _CONSTANT * np.maximum(1e-150, most)))


def note_text(values: npt.ArrayLike, language: str = "en") -> str:
    """Return `note` in words."""
    key, some, of = note(values)
    return NOTES[key][1 if language == "zh" else 0].format(some, of) if key else ""


def paired_note(first: npt.ArrayLike, second: npt.ArrayLike) -> tuple[str, int, int]:
    """Return what is to be said about a paired difference over replications, as `note` does of a value."""
    first, second = (np.asarray(values, dtype=float).ravel() for values in (first, second))
    both = int((np.isinf(first) & (first == second)).sum())
    if both:
        return "both_infinite", both, len(first)
    with np.errstate(invalid="ignore"):
        return note(second - first)


@dataclass(frozen=True)
class Note:
    """What is to be said of a metric's numbers: in which arm, or of the difference of an arm from another."""

    metric: str
    arm: str
    minus: str
    key: str
    some: int
    of: int

    def text(self, language: str = "en") -> str:
        """Return it in words."""
        return NOTES[self.key][1 if language == "zh" else 0].format(self.some, self.of)


class Notes(tuple[Note, ...]):
    """Notes that go with a table: pandas copies those at every step, and these need no copy."""

    __slots__ = ()

    def __deepcopy__(self, memo: object) -> "Notes":
        """Return the notes themselves: nobody can change them."""
        return self
