"""Files whose closings carry a date and no time of day."""

import numpy as np

from analysis.calibration.clock import Floats

#: From this share of closings at midnight on, of those on a later day than the opening, all are dates.
_SHARE = 0.95
_FEWEST = 20


#: The same parts of a day each time, and for the first requests of a file whatever follows them: no result
#: may depend on who asks, or on how much of the file is known.
_SEED = 20110101


def closing_instants(opened: Floats, closed: Floats) -> Floats:
    """Return when each request was closed: as the file has it, or in its day if it has dates alone."""
    return spread_over_days(opened, closed) if closings_are_dates(opened, closed) else closed


def closings_are_dates(opened: Floats, closed: Floats) -> bool:
    """Say whether closings carry a date alone, by those on a later day than their opening."""
    later = closed[np.isfinite(closed) & (closed >= np.floor(opened) + 1.0)]
    return len(later) >= _FEWEST and bool(np.mean(later == np.floor(later)) >= _SHARE)


def spread_over_days(opened: Floats, closed: Floats) -> Floats:
    """Return closings at a time of their day: any is as likely as another, from the opening on.

    As they stand they would all lie at midnight, when nobody works, and those of the day of opening would
    seem to be closed at once.
    """
    day = np.floor(closed)
    begin = np.maximum(day, opened)
    part = np.random.default_rng(_SEED).random(len(opened))
    return np.asarray(begin + part * (day + 1.0 - begin))


def dates_of(opened: Floats, closed: Floats) -> Floats:
    """Return closings as such a file writes them: at midnight of their day, not before the opening."""
    return np.maximum(np.floor(closed), opened)
