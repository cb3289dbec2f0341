"""Whether a place is at rest through the counted days, and the warm-up long enough.

Judged are the cases in hand, open and not on the shelf, by week, averaged over replications (Welch's way of
taking out noise). Where MSER would begin to count later than the run did, and the mean of the counted days
is off by enough to matter, the warm-up is too short. Where what is left after that point still rises or falls
through the counted days, there is no rest.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.inputs.ledger import Floats
from analysis.statistics.steady_state import SEASON_FROM, Drift, drift, mser

WEEK = 7.0
YEAR = 365.25
#: By how much the mean of the counted days lies below that after the point found, from which a warm-up is too
#: short: places start empty.
BIAS_ABOVE = 0.05
#: Change between the first and the last third of the counted days, over their mean, from which there is no
#: rest; and how many standard errors it must be.
DRIFT_ABOVE, ERRORS = 0.10, 2.5


@dataclass(frozen=True)
class AtRest:
    """What was found of one scenario.

    Attributes
    ----------
    settled_days
        Day from which MSER would count; infinite if the series is too short or never settles.
    bias
        Mean of the counted days over that of those from `settled_days` on, less one; 0 if none is left out.
    drift
        Change of what is counted, or left of it, between its first and its last third, over its mean; with
        its standard error.
    """

    settled_days: float
    bias: float
    drift: Drift

    @property
    def warmup_too_short(self) -> bool:
        """Whether the counted days begin before the place has settled, and it matters."""
        return math.isfinite(self.settled_days) and self.bias < -BIAS_ABOVE

    @property
    def restless(self) -> bool:
        """Whether cases in hand still change through the counted days, by more than luck explains."""
        change, error = abs(self.drift.change), self.drift.error
        return change > DRIFT_ABOVE and change > ERRORS * error


def at_rest(series: Sequence[Floats], settings: Any) -> AtRest | None:
    """Return what is found of a scenario's runs; None where there are too few counted weeks to tell.

    Parameters
    ----------
    series
        Cases in hand of each run, by whole week from time 0 on.
    settings
        The scenario's.
    """
    warmup, horizon = float(settings.warmup_days), float(settings.horizon_days)
    first, after = math.ceil(warmup / WEEK), math.floor((warmup + horizon) / WEEK)
    if not len(series) or after - first < 12 or min(map(len, series)) < after:
        return None
    weeks = np.mean([one[:after] for one in series], axis=0)
    if not weeks[first:].mean() > 0.0:
        return None
    seasons = settings.demand.season_amplitude > 0.0 and settings.demand.stream is None
    year = YEAR / WEEK if seasons and after >= SEASON_FROM * YEAR / WEEK else None
    point = mser(weeks, year=year)
    begin = first if point is None or point > after - 12 else max(first, point)
    wave = year if year is not None and after - begin >= SEASON_FROM * year else None
    return AtRest(
        settled_days=math.inf if point is None else point * WEEK,
        bias=float(weeks[first:].mean() / weeks[begin:].mean() - 1.0),
        drift=drift(weeks[begin:], wave),
    )
