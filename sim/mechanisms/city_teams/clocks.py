"""Clocks of a calibrated city's teams: working days passed by a time, and when so many will have passed.

A day's course is a piecewise linear function of its hours, one for each team and day of the week; what stands
at the start of each day is kept. The noisy clock is the same course times the day's pace: the week's noise,
and what a change of staff makes of it.
"""

import math

from sim.engine.jit import inner


@inner
def passed(profile, kinds, starts, first_day, k, t):
    """Return the working days of team `k` by time `t`, 0 at the start of `first_day`."""
    days = kinds.shape[0]
    if t <= first_day:
        return 0.0
    d = int(math.floor(t)) - first_day
    if d >= days:
        # Beyond the tables a day is an average day.
        return starts[k, days] + (t - first_day - days)
    x = (t - first_day - d) * 24.0
    h = min(23, int(x))
    row = 7 * k + kinds[d]
    return starts[k, d] + profile[row, h] + (x - h) * (profile[row, h + 1] - profile[row, h])


@inner
def age_clock(s, k, t):
    """Return the working days of team `k` by time `t`: without noise, for ages and for work."""
    return passed(s.city_profile, s.city_kind, s.city_passed, s.city[0]["first_day"], k, t)


@inner
def noisy_clock(s, k, t):
    """Return the noisy working days of team `k` by time `t`, from time 0 on."""
    days = s.city_pace.shape[1]
    d = min(int(t), days - 1)
    x = min(24.0, (t - d) * 24.0)
    h = min(23, int(x))
    row = 7 * k + s.city_kind[d - s.city[0]["first_day"]]
    course = s.city_profile[row, h] + (x - h) * (s.city_profile[row, h + 1] - s.city_profile[row, h])
    return s.city_worked[k, d] + s.city_pace[k, d] * course


@inner
def _day_of(starts, k, level, low):
    """Return the day from `low` on in which row `k` of `starts` reaches `level`; −1 if none does."""
    last = starts.shape[1] - 1
    if level > starts[k, last]:
        return -1
    width = 1
    high = low
    # Most of what is asked for is near: the search widens from there.
    while high < last and starts[k, high + 1] < level:
        low = high + 1
        high = min(last, high + width)
        width *= 2
    if high == low:
        return min(low, last - 1)
    while high - low > 0:
        mid = (low + high) // 2
        if starts[k, mid + 1] < level:
            low = mid + 1
        else:
            high = mid
    return low


@inner
def _time_in_day(profile, row, rest):
    """Return the share of the day at which the day's course reaches `rest`."""
    low = 0
    high = 23
    while low < high:
        mid = (low + high) // 2
        if profile[row, mid + 1] < rest:
            low = mid + 1
        else:
            high = mid
    rate = profile[row, low + 1] - profile[row, low]
    part = (rest - profile[row, low]) / rate if rate > 0.0 else 0.0
    return (low + min(1.0, max(0.0, part))) / 24.0


@inner
def age_reached(s, k, level, t):
    """Return when the working days of team `k` reach `level`, not before `t`; infinity: not in this run."""
    first = s.city[0]["first_day"]
    d = _day_of(s.city_passed, k, level, max(0, int(t) - first))
    if d < 0:
        return math.inf
    row = 7 * k + s.city_kind[d]
    return max(t, first + d + _time_in_day(s.city_profile, row, level - s.city_passed[k, d]))


@inner
def noise_reached(s, k, level, t):
    """Return when the noisy working days of team `k` reach `level`, not before `t`; infinity: never."""
    d = _day_of(s.city_worked, k, level, min(int(t), s.city_pace.shape[1] - 1))
    if d < 0:
        return math.inf
    row = 7 * k + s.city_kind[d - s.city[0]["first_day"]]
    pace = s.city_pace[k, d]
    if pace <= 0.0:
        return max(t, float(d))
    return max(t, d + _time_in_day(s.city_profile, row, (level - s.city_worked[k, d]) / pace))


@inner
def bin_at(edge, age):
    """Return the bin of a working age."""
    b = 0
    while b + 1 < edge.shape[0] and edge[b + 1] <= age:
        b += 1
    return b
