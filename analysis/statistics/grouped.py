"""Sums, quantiles and shares in time of every group at once.

Groups are given by a code for each member, from 0 on. The values are those of the methods that take one
sample (`analysis.statistics.survival`, plain sums): what sorting costs is paid once for all groups.

*Share in time* with censoring is the Kaplan-Meier estimate 1 - S(limit) of each group. With m members at risk
at an event, the factors of d events at one time, 1 - 1/m, 1 - 1/(m - 1), ..., multiply to 1 - d/m; whoever is
censored at that time comes after them.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


def sums(code: Whole, groups: int, values: npt.ArrayLike) -> Floats:
    """Return the sum of the values of each group."""
    return np.bincount(code, weights=np.asarray(values, dtype=float), minlength=groups)


def counts(code: Whole, groups: int) -> Whole:
    """Return the number of members of each group."""
    return np.bincount(code, minlength=groups).astype(np.int64)


def ratio(part: npt.ArrayLike, whole: npt.ArrayLike) -> Floats:
    """Return part over whole, undefined (NaN) where there is nothing."""
    whole = np.asarray(whole, dtype=float)
    return np.asarray(part, dtype=float) / np.where(whole > 0, whole, np.nan)


def in_groups(code: Whole, groups: int) -> npt.NDArray[np.intp]:
    """Return an order in which members of a group stand together, each group in the order it had."""
    # Small numbers are sorted by their digits, in a tenth of the time.
    small = code.astype(np.int16) if groups < np.iinfo(np.int16).max else code
    return np.argsort(small, kind="stable")


class Ordered:
    """Durations in order, for the quantiles of any groups of them.

    Parameters
    ----------
    durations
        Time to the event, NaN where it never came; a quantile is infinite where it falls on one of these.
    """

    def __init__(self, durations: Floats) -> None:
        time = np.where(np.isnan(durations), np.inf, durations)
        self._order = np.argsort(time, kind="stable")
        self._time = time[self._order]

    def quantiles(self, code: Whole, groups: int, *shares: float) -> list[Floats]:
        """Return the times within which so large a share of each group has had the event."""
        number = counts(code, groups)
        if len(code) == 0:
            return [np.full(groups, np.nan)] * len(shares)
        mine = code[self._order]
        ordered = self._time[in_groups(mine, groups)]
        start = np.cumsum(number) - number
        found = []
        for share in shares:
            # The first member by which at least this share has had it; rounding must not move it one on.
            place = np.maximum(0, np.ceil(share * number - 1e-9).astype(np.int64) - 1)
            at = np.minimum(start + place, len(ordered) - 1)
            found.append(np.where(number > 0, ordered[at], np.nan))
        return found


class Within:
    """Who had the event within a limit, for the shares of any groups.

    Parameters
    ----------
    durations
        Time to the event, NaN where it did not come.
    followed
        How long each was watched, on the same clock.
    """

    def __init__(self, durations: Floats, followed: Floats, limit: float) -> None:
        self._done = (durations <= limit).astype(float)
        self._short = followed < limit
        self._censored = bool(self._short.any())
        if self._censored:
            seen = durations <= followed
            time = np.where(seen, durations, followed)
            # Events before whoever is censored at the same time.
            self._order = np.lexsort((~seen, time))
            self._event = (seen & (time <= limit))[self._order]

    def share(self, code: Whole, groups: int) -> Floats:
        """Return P(event within the limit) in each group: the plain share where all were watched so long."""
        number = counts(code, groups)
        plain = ratio(sums(code, groups, self._done), number)
        if not self._censored:
            return plain
        mine = code[self._order]
        order = in_groups(mine, groups)
        at_risk = np.cumsum(number)[mine[order]] - np.arange(len(code))
        factor = np.where(self._event[order], 1.0 - 1.0 / at_risk, 1.0)
        left = np.ones(groups)
        filled = number > 0
        left[filled] = np.multiply.reduceat(factor, (np.cumsum(number) - number)[filled])
        cut_short = counts(code[self._short], groups) > 0
        return np.where(cut_short, 1.0 - left, plain)


def restricted_means(code: Whole, groups: int, durations: Floats, followed: Floats, horizon: float) -> Floats:
    """Return the mean of durations cut at the horizon in each group; what is open at the end is censored."""
    if len(code) == 0 or followed.min() >= horizon:
        return ratio(sums(code, groups, np.fmin(durations, horizon)), counts(code, groups))
    from analysis.statistics import survival

    found = np.full(groups, np.nan)
    for group in np.unique(code):
        mine = code == group
        time, seen = survival.censor(durations[mine], followed[mine])
        found[group] = survival.restricted_mean(time, seen, horizon)[0]
    return found
