"""Staff by the hour: when a member of a rostered team is on a shift of the file, and when work is done there.

The shifts of each member lie in a block of rows of `shift`, by time. Without a file there are no rows, and
everybody follows the calendar.
"""

import math

from sim.engine.calendar import NEVER
from sim.engine.jit import inner

#: As in `sim.engine.calendar`.
_ROUNDING_HOURS = 1e-9


@inner
def latest_shift(s, server, t):
    """Return the row of the last shift that has begun by `t`; the one before the first if none has."""
    low = s.server[server]["shift_first"] - 1
    high = low + 1 + s.server[server]["shift_count"]
    while high - low > 1:
        middle = (low + high) // 2
        if s.shift[middle]["begin"] <= t:
            low = middle
        else:
            high = middle
    return low


@inner
def on_shift(s, server, t):
    """Whether the rostered server is on a shift at `t`: from its start until just before its end."""
    row = latest_shift(s, server, t)
    return row >= s.server[server]["shift_first"] and t < s.shift[row]["end"]


@inner
def _hours_by(s, server, row, t):
    """Return the hours of shifts from time 0 to `t`, of which `row` is the latest shift."""
    if row < s.server[server]["shift_first"]:
        return 0.0
    into = (t - s.shift[row]["day"]) * 24.0 - s.shift[row]["hour"]
    return s.shift[row]["before"] + min(max(into, 0.0), s.shift[row]["hours"])


@inner
def shift_hours_by(s, server, t):
    """Return the hours of the server's shifts from time 0 to `t`."""
    return _hours_by(s, server, latest_shift(s, server, t), t)


@inner
def after_shift_hours(s, server, t, hours):
    """Return when `hours` of the server's own shifts are over, counted from `t`: `add_working` by the file.

    What is not done at the end of a shift goes on with the server's next one.
    """
    first = s.server[server]["shift_first"]
    end = first + s.server[server]["shift_count"]
    row = latest_shift(s, server, t)
    if hours <= _ROUNDING_HOURS:
        if row >= first and t < s.shift[row]["end"]:
            return t
        return s.shift[row + 1]["begin"] if row + 1 < end else NEVER
    target = _hours_by(s, server, row, t) + hours
    sure = target - _ROUNDING_HOURS
    row = max(row, first)
    while row < end and s.shift[row]["before"] + s.shift[row]["hours"] < sure:
        row += 1
    if row >= end:
        return NEVER
    before = s.shift[row]["before"]
    done = min(target, before + s.shift[row]["hours"])
    return s.shift[row]["day"] + (s.shift[row]["hour"] + done - before) / 24.0


@inner
def finished(s, server, t, hours):
    """Return when work begun at `t` is over if it is finished after the shift, and book what comes after."""
    done = t + hours / 24.0
    if done < math.inf:
        within = shift_hours_by(s, server, done) - shift_hours_by(s, server, t)
        over = hours - within
        if over > _ROUNDING_HOURS:
            pool = s.server[server]["pool"]
            s.server[server]["hours_overtime"] += over * s.pool[pool]["speed"]
            s.community[s.pool[pool]["community"]]["hours_overtime"] += over * s.pool[pool]["speed"]
    return done
