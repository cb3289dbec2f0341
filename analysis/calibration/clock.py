"""The clock of a team: at what rate it works in each hour of the week, and ages measured on that clock.

A rate of 1 is the average over the week, so one day on the clock is as much as an average day. A public
holiday counts as a Sunday.
"""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

HOURS_A_WEEK = 168
_HOURS_A_DAY = 24
_SUNDAY = 6
#: Closings that the clock of all counts for beside a department's own. Teams do not get clocks of their own:
#: their few closings come in batches, and forecasts with such clocks were worse than with the department's.
PRIOR_CLOSINGS = 200.0


def hour_of_week(times: Floats) -> Ints:
    """Return the hour of the week, 0 from Monday 00:00, of times in days since a Monday 00:00."""
    return np.floor(np.asarray(times) * _HOURS_A_DAY).astype(np.int64) % HOURS_A_WEEK


def estimate_clocks(closed: Floats, team: Ints, part_of: Ints) -> Floats:
    """Return the rate of each team by hour of the week, shape (teams, 168): that of its department.

    The number of open requests hardly changes within a week, so closings by hour show the rate. The closings
    of a department are multinomial with a Dirichlet prior at the clock of all. Each row has mean 1.

    Parameters
    ----------
    closed, team
        Times of closings, those at once left out, in days since a Monday; and whose they are.
    part_of
        Department of each team.
    """
    hour = hour_of_week(closed)
    # A twentieth of a closing in every hour: no hour is impossible.
    everybody = _normed(np.bincount(hour, minlength=HOURS_A_WEEK) + 0.05)
    departments = _by_hour(part_of[team], hour, int(part_of.max(initial=-1)) + 1)
    return _normed(departments + PRIOR_CLOSINGS / HOURS_A_WEEK * everybody)[part_of]


def _by_hour(group: Ints, hour: Ints, groups: int) -> Floats:
    counts = np.bincount(group * HOURS_A_WEEK + hour, minlength=groups * HOURS_A_WEEK)
    return counts.reshape(groups, HOURS_A_WEEK).astype(float)


def _normed(rates: npt.NDArray[np.floating]) -> Floats:
    return np.asarray(rates / rates.mean(axis=-1, keepdims=True), float)


class TeamClocks:
    """Time on the clocks of several teams, from day 0 (a Monday) to the end of day `days`."""

    def __init__(self, rates: Floats, days: int, holidays: Collection[int] = ()) -> None:
        """Add up `rates` (teams, 168) hour by hour; `holidays` are day numbers that count as Sundays."""
        weeks = -(-days // 7)
        by_day = np.tile(rates.reshape(len(rates), 7, _HOURS_A_DAY), (1, weeks, 1))
        off = [day for day in holidays if 0 <= day < by_day.shape[1]]
        by_day[:, off] = rates.reshape(len(rates), 7, _HOURS_A_DAY)[:, _SUNDAY][:, None]
        self.elapsed = np.zeros((len(rates), by_day[0].size + 1))
        np.cumsum(by_day.reshape(len(rates), -1) / _HOURS_A_DAY, axis=1, out=self.elapsed[:, 1:])

    def at(self, team: Ints, time: Floats) -> Floats:
        """Return what the team's clock shows at each time, in working days since day 0."""
        hours = np.asarray(time, dtype=float) * _HOURS_A_DAY
        whole = np.clip(hours.astype(np.int64), 0, self.elapsed.shape[1] - 2)
        before = self.elapsed[team, whole]
        return before + (hours - whole) * (self.elapsed[team, whole + 1] - before)

    def when(self, team: Ints, reading: Floats) -> Floats:
        """Return the time at which the team's clock shows `reading`; infinite beyond the last day."""
        found = np.full(len(reading), np.inf)
        for one in np.unique(team):
            mine = np.flatnonzero(team == one)
            table = self.elapsed[one]
            hour = np.clip(np.searchsorted(table, reading[mine], side="right") - 1, 0, len(table) - 2)
            width = np.maximum(table[hour + 1] - table[hour], 1e-12)
            at = (hour + np.clip((reading[mine] - table[hour]) / width, 0.0, 1.0)) / _HOURS_A_DAY
            found[mine] = np.where(reading[mine] <= table[-1], at, np.inf)
        return found
