"""Days, weeks, shifts and working time.

Time is continuous, in days since the Monday 00:00 at which a run begins. Working time is kept as a table:
`worked[d]` holds the working hours of one person from time 0 to the start of day `d`. Any pattern of
working days fits that table; within a day the shift is one block.
"""

import datetime
import math
from collections.abc import Mapping

import numpy as np

from sim.engine.jit import rule

#: Working time asked for beyond the table's end lies outside every run.
NEVER = math.inf
#: Days of table beyond the end of the run, so that dates set during the run can be computed.
_TABLE_MARGIN_DAYS = 430
#: Larger than the rounding of sums of hours over a run, far smaller than any work.
_ROUNDING_HOURS = 1e-9


def is_working_day(day: np.ndarray, working_days_per_week: int) -> np.ndarray:
    """Return which days, numbered from a Monday, are working days."""
    return day % 7 < working_days_per_week


def working_table(
    days: int, working_days_per_week: int, shift_hours: float, exceptions: Mapping[int, bool] | None = None
) -> np.ndarray:
    """Return `worked`: cumulative working hours at the start of each day.

    Parameters
    ----------
    days
        Length of the run in days.
    working_days_per_week
        Monday first.
    shift_hours
        Hours worked on a working day.
    exceptions
        Days that differ from the plain week: True if worked.

    Returns
    -------
    numpy.ndarray
        Hours, one entry a day and one for the end, a margin beyond the run included.
    """
    numbered = np.arange(days + _TABLE_MARGIN_DAYS)
    hours = np.where(is_working_day(numbered, working_days_per_week), float(shift_hours), 0.0)
    for day, works in (exceptions or {}).items():
        if day < hours.shape[0]:
            hours[day] = float(shift_hours) if works else 0.0
    return np.concatenate([[0.0], np.cumsum(hours)])


def monday_on_or_before(day: datetime.date) -> datetime.date:
    """Return the Monday that starts the week of `day`."""
    return day - datetime.timedelta(days=day.weekday())


@rule
def worked_at(worked, shift_start, t):
    """Return the working hours from time 0 to `t`."""
    if not t < worked.shape[0] - 1:
        return worked[worked.shape[0] - 1]
    d = int(math.floor(t))
    today = worked[d + 1] - worked[d]
    into = (t - d) * 24.0 - shift_start
    if into < 0.0:
        into = 0.0
    if into > today:
        into = today
    return worked[d] + into


@rule
def is_open(worked, shift_start, round_clock, t):
    """Return whether staff work at `t`: from the shift's start until just before its end."""
    if round_clock:
        return True
    d = int(math.floor(t))
    if d >= worked.shape[0] - 1:
        return False
    today = worked[d + 1] - worked[d]
    into = (t - d) * 24.0 - shift_start
    return today > 0.0 and into >= 0.0 and into < today


@rule
def add_working(worked, shift_start, round_clock, t, hours):
    """Return the time at which `hours` of work begun at `t` are done.

    Work begun outside a shift begins with the next one; zero hours of it are done when that shift starts.
    """
    if round_clock:
        return t + hours / 24.0
    here = worked_at(worked, shift_start, t)
    target = here + hours
    last = worked.shape[0] - 1
    d = int(math.floor(t))
    if d < last and hours <= _ROUNDING_HOURS:
        if is_open(worked, shift_start, round_clock, t):
            return t
        # Past the end of today's shift, zero hours are done tomorrow.
        if (t - d) * 24.0 > shift_start:
            d += 1
        while d < last and worked[d + 1] == worked[d]:
            d += 1
        return d + shift_start / 24.0 if d < last else NEVER
    if target > worked[last]:
        return NEVER
    # A few days for most work; bisection where it takes months.
    # Work that ends with the shift must not be sent to the next one by a rounding error.
    sure = target - _ROUNDING_HOURS
    high = d + 8
    if high >= last or worked[high] < sure:
        low = d
        high = last
        while high - low > 1:
            mid = (low + high) // 2
            if worked[mid] < sure:
                low = mid
            else:
                high = mid
        d = low
    else:
        while worked[d + 1] < sure:
            d += 1
    return d + (shift_start + min(target, worked[d + 1]) - worked[d]) / 24.0
