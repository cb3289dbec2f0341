"""The working-day clock.

Time 0 is a Monday 00:00. A working day is worth one, spread evenly over its 24 hours; a day off is worth
nothing. The working days between two times are ``W(b) - W(a)`` with

    W(t) = w * floor(t / 7) + min(t mod 7, w) + sum_e s_e * clip(t - e, 0, 1),

w the working days a week, s_e = -1 for a holiday on day e that would have been worked and +1 for a make-up
day. Something that arose on a Saturday therefore starts its clock on Monday at 00:00; for whatever happens
within the daily shift this agrees with a clock that counts shift hours only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.world.holidays import arranged, dates_of

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class WorkingClock:
    """Counts working days.

    Parameters
    ----------
    working_days_per_week
        The first so many days of each week are worked, Monday first.
    round_the_clock
        Every day is worked: working days are calendar days.
    exceptions
        Day number to -1 (a day off that would have been worked) or +1 (a day worked that would have been
        off).
    """

    working_days_per_week: int = 5
    round_the_clock: bool = False
    exceptions: dict[int, int] = field(default_factory=dict)

    @classmethod
    def from_settings(
        cls, settings: Any, holidays: Iterable[date] = (), make_up_days: Iterable[date] = ()
    ) -> "WorkingClock":
        """Make the clock of a scenario; dates of holidays and make-up days may be added."""
        calendar = settings.calendar
        week = int(calendar.working_days_per_week)
        exceptions: dict[int, int] = {}
        if not calendar.round_the_clock:
            monday = monday_before(calendar.start_date)
            # Settings stored before there were holidays do not have the key.
            if getattr(calendar, "holidays", "none") != "none":
                for day, works in arranged(dates_of(calendar)):
                    if works:
                        make_up_days = [*make_up_days, day]
                    else:
                        holidays = [*holidays, day]
            for days, sign in ((holidays, -1), (make_up_days, 1)):
                for day in days:
                    number = (day - monday).days
                    regular = number % 7 < week
                    if number >= 0 and regular == (sign < 0):
                        exceptions[number] = sign
        return cls(week, bool(calendar.round_the_clock), exceptions)

    def elapsed(self, time: Floats) -> Floats:
        """Working days from time 0 to each time; NaN stays NaN."""
        time = np.asarray(time, dtype=float)
        if self.round_the_clock:
            return time
        weeks = np.floor(time / 7.0)
        worked = weeks * self.working_days_per_week
        worked += np.minimum(time - 7.0 * weeks, self.working_days_per_week)
        if self.exceptions:
            days = np.array(sorted(self.exceptions))
            knots = np.column_stack([days, days + 1]).ravel().astype(float)
            total = np.cumsum([self.exceptions[int(day)] for day in days])
            value = np.column_stack([np.concatenate([[0], total[:-1]]), total]).ravel()
            worked += np.interp(time, knots, value)
        return worked

    def between(self, start: Floats, stop: Floats) -> Floats:
        """Working days from each start to each stop."""
        return self.elapsed(stop) - self.elapsed(start)


def monday_before(start: str | date) -> date:
    """Return the Monday on or before a date: time 0."""
    day = start if isinstance(start, date) else date.fromisoformat(str(start)[:10])
    return day - timedelta(days=day.weekday())
