"""Service standards: by when a case is due, while what its clock stands still, and what moves the date.

Two tiers run round the clock (hours), three by working days. The clock starts with the report. It stands
still while the case is put aside (挂账) or, where so set, waits for others (待定); it starts anew where a
case sent back by the wrong place is dispatched again; where the first receiver keeps the clock (首接负责)
neither happens. Near the date an extension may be applied for, once.
A date is good for one event: whatever moves it files another, and the old event finds a different date.
"""

import math

from sim.engine.calendar import worked_at
from sim.engine.declare import draw, event
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.engine.tables.cases import LEFT_SYSTEM
from sim.mechanisms.staff.queues_and_hours import after_working_hours
from sim.rules.cadre import service_tier

EXTENSION = draw(56, "EXTENSION", ("0", "need", "start of its clock"))
EV_DUE = event(12, "DUE", "the expected time has passed: an unsolved case counts as failed")
EV_EXTEND = event(29, "EXTEND", "more time may be applied for")


#: Tiers below this one are counted in hours round the clock, the others in working hours.
CLOCK_TIERS = 2


@inner
def _length(s, tier):
    """Return the length of a tier's standard, in hours of its own clock."""
    if tier == 0:
        return s.par[0]["standards_length_0"]
    if tier == 1:
        return s.par[0]["standards_length_1"]
    if tier == 2:
        return s.par[0]["standards_length_2"]
    if tier == 3:
        return s.par[0]["standards_length_3"]
    return s.par[0]["standards_length_4"]


@inner
def _after(s, tier, t, hours):
    if tier < CLOCK_TIERS:
        return t + hours / 24.0
    return after_working_hours(s, t, hours)


@inner
def _between(s, tier, start, stop):
    if tier < CLOCK_TIERS or s.par[0]["calendar_round_the_clock"]:
        return (stop - start) * 24.0
    shift = s.par[0]["calendar_shift_start_hour"]
    return worked_at(s.worked, shift, stop) - worked_at(s.worked, shift, start)


@inner
def _run_from(s, n, t, hours):
    """Let the clock of case `n` run from `t` with so many hours left."""
    d = s.standard
    tier = d[n]["tier"]
    d[n]["due_at"] = _after(s, tier, t, hours)
    push(s, d[n]["due_at"], EV_DUE, n, s.track[n]["spell"])
    before = hours - (1.0 - s.par[0]["standards_extension_at"]) * _length(s, tier)
    if d[n]["extensions"] == 0 and before > 1e-9 and s.par[0]["standards_extension_probability"] > 0.0:
        d[n]["apply_at"] = _after(s, tier, t, before)
        push(s, d[n]["apply_at"], EV_EXTEND, n, s.track[n]["spell"])


@inner
def working_standard(s, n):
    """Return the length of the standard of case `n` in working hours, a day round the clock being a shift."""
    tier = s.standard[n]["tier"]
    hours = _length(s, tier)
    if tier < CLOCK_TIERS:
        return hours / 24.0 * s.par[0]["calendar_shift_hours"]
    return hours


@inner
def set_tier(s, n):
    """Enter the tier of the standard of case `n`."""
    d = s.standard
    d[n]["tier"] = service_tier(
        s.need[n]["priority"] == 0,
        s.par[0]["standards_urgent_tier"],
        d[n]["category_tier"],
        s.need[n]["organisations"],
        s.par[0]["standards_tiers_0"],
        s.par[0]["standards_tiers_1"],
        s.par[0]["standards_tiers_2"],
    )


@inner
def start_standard(s, n, t):
    """Start the clock of case `n` at its whole length."""
    d = s.standard
    set_tier(s, n)
    d[n]["starts"] += 1
    d[n]["paused_since"] = math.nan
    _run_from(s, n, t, _length(s, d[n]["tier"]))


@inner
def pause(s, n, t):
    """Let the clock stand still, unless it does already or the date has passed."""
    if s.standard.shape[0] == 0 or not s.standard[n]["due_at"] > t or s.par[0]["standards_first_receiver"]:
        return
    d = s.standard
    d[n]["left"] = _between(s, d[n]["tier"], t, d[n]["due_at"])
    d[n]["paused_since"] = t
    d[n]["due_at"] = math.nan
    d[n]["apply_at"] = math.nan


@inner
def resume(s, n, t):
    """Let the clock go on with what was left. Returns whether it stood still."""
    if s.standard.shape[0] == 0:
        return False
    d = s.standard
    if d[n]["paused_since"] != d[n]["paused_since"]:
        return False
    d[n]["paused_days"] += t - d[n]["paused_since"]
    d[n]["paused_since"] = math.nan
    _run_from(s, n, t, d[n]["left"])
    return True


@inner
def restarts(s):
    """Whether the clock starts anew at a second dispatch: not where the first receiver keeps it."""
    return s.par[0]["standards_redispatch_restarts"] != 0 and s.par[0]["standards_first_receiver"] == 0


@inner
def pause_outside(s, n, t):
    """Let the clock stand still while others have the case, where so set."""
    if s.par[0]["standards_pause_outside"]:
        pause(s, n, t)


@inner
def is_due(s, n, t):
    """Whether the standard of case `n` ends at `t`: an event filed before the date moved is out of date."""
    return s.standard.shape[0] == 0 or s.standard[n]["due_at"] == t


@inner
def extend(s, n, t):
    """Apply for more time near the date, with some probability; returns whether that was done."""
    d = s.standard
    if d[n]["apply_at"] != t or s.track[n]["flags"] & LEFT_SYSTEM:
        return False
    draw = uniform(
        s.clock[0]["key"], EXTENSION, d[n]["starts"], 0, s.need[n]["owner_key"], s.need[n]["ordinal"]
    )
    d[n]["apply_at"] = math.nan
    if draw >= s.par[0]["standards_extension_probability"]:
        return False
    tier = d[n]["tier"]
    d[n]["extensions"] = 1
    d[n]["due_at"] = _after(s, tier, d[n]["due_at"], s.par[0]["standards_extension_share"] * _length(s, tier))
    push(s, d[n]["due_at"], EV_DUE, n, s.track[n]["spell"])
    return True
