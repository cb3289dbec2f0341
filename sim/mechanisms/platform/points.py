"""Points for using the platform: a rate between two changes, never a step a day.

A person collects at a constant rate while active (or, with a program, while registered); the balance is
brought up to date only when the rate changes, when help is rewarded, or when it reaches what is traded in.
Points are no participation: they count for nothing but themselves.
"""

import math

from sim.engine.declare import Record, event, number, whole
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.tables.people import ACTIVE, REGISTERED
from sim.rules.giving import daily_points, help_points

EV_REDEEM = event(20, "REDEEM", "a person redeems points")
#: A person's points, and whether they were ever helped; rows only where somebody asks. `at`: since when the
#: present rate holds. `script`: collects by a program.
PURSE = Record(
    "purse",
    "a person's points, where there are points",
    points=number("points held, as of `at`"),
    at=number("since when the present rate holds", "days"),
    rate=number("points collected a day at present", "per day"),
    earned=number("points earned in all"),
    day_award=number("points awarded on the day `day`"),
    redeemed_at=number("when points were last redeemed", "days"),
    day=whole("day that `day_award` belongs to"),
    redemptions=whole("times redeemed"),
    helped=whole("1 if this person was ever helped"),
    script=whole("1 if a program collects the points"),
)


@inner
def _settle(s, p, t):
    gain = s.purse[p]["rate"] * (t - s.purse[p]["at"])
    s.purse[p]["points"] += gain
    s.purse[p]["earned"] += gain
    s.purse[p]["at"] = t


@inner
def _redeems_at(s, p):
    """Return when, at the present rate, there will be enough to trade in."""
    missing = s.par[0]["points_redeem_at"] - s.purse[p]["points"]
    if missing <= 0.0:
        return s.purse[p]["at"]
    return s.purse[p]["at"] + missing / s.purse[p]["rate"] if s.purse[p]["rate"] > 0.0 else math.inf


@inner
def turn_points(s, p, t):
    """Let points accrue at the rate that holds now, after what person `p` does on the platform changed."""
    if not s.par[0]["points_enabled"]:
        return
    _settle(s, p, t)
    flags = s.account[p]["flags"]
    s.purse[p]["rate"] = daily_points(
        s.purse[p]["script"] != 0 and flags & REGISTERED != 0,
        flags & ACTIVE != 0,
        s.par[0]["points_per_active_day"],
        s.par[0]["points_daily_cap"],
    )
    push(s, _redeems_at(s, p), EV_REDEEM, p, 0)


@inner
def reward_help(s, p, t):
    """Give person `p` points for an act of help, as far as the day's cap leaves room."""
    if not s.par[0]["points_enabled"] or not s.account[p]["flags"] & REGISTERED:
        return
    day = int(t)
    if s.purse[p]["day"] != day:
        s.purse[p]["day"] = day
        s.purse[p]["day_award"] = 0.0
    award = help_points(
        s.par[0]["points_per_help"],
        s.purse[p]["script"] != 0,
        s.par[0]["points_per_active_day"],
        s.purse[p]["day_award"],
        s.par[0]["points_daily_cap"],
    )
    if award > 0.0:
        _settle(s, p, t)
        s.purse[p]["day_award"] += award
        s.purse[p]["points"] += award
        s.purse[p]["earned"] += award
        push(s, _redeems_at(s, p), EV_REDEEM, p, 0)


@inner
def redeem(s, p, t):
    """Trade points in, if the event is not out of date. Returns whether it was done."""
    if _redeems_at(s, p) != t:
        return False
    _settle(s, p, t)
    s.purse[p]["points"] = max(0.0, s.purse[p]["points"] - s.par[0]["points_redeem_at"])
    s.purse[p]["redemptions"] += 1
    s.purse[p]["redeemed_at"] = t
    push(s, _redeems_at(s, p), EV_REDEEM, p, 0)
    return True
