"""What people keep and what they give: goods in a shortage, points for taking part."""

import math

from sim.engine.jit import rule


@rule
def needed_units(use, days_left):
    """Return the whole units a household will need until the shortage is over."""
    return math.ceil(use * max(0.0, days_left))


@rule
def spare_units(stock, needed, reserve_share):
    """Return what a household can spare: its stock less its own need and a reserve, a share of that need."""
    return max(0, stock - math.ceil((1.0 + reserve_share) * needed))


@rule
def asked_units(stock, needed, most):
    """Return the units a household asks for: what it will lack, at most so many at once."""
    return max(0, min(most, needed - stock))


@rule
def daily_points(collects, active, per_active_day, cap):
    """Return the points a day of a person, before help: the cap for who collects by a program."""
    if collects:
        return cap
    return min(per_active_day, cap) if active else 0.0


@rule
def help_points(per_help, collects, per_active_day, awarded_today, cap):
    """Return the points for one act of help: what the day's cap leaves after a day of activity."""
    usual = cap if collects else min(per_active_day, cap)
    return max(0.0, min(per_help, cap - usual - awarded_today))
