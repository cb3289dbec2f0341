"""What an agent in Mesa may ask of a run, or change in it, between two days."""

from sim.engine.state_pointer import state_entry
from sim.mechanisms.case.trust import set_trust
from sim.mechanisms.patrol.patrol import set_patrol_hours
from sim.mechanisms.plural_supply.supply import weeks_promised
from sim.mechanisms.reporting.reporting_clocks import scale_person
from sim.mechanisms.staff.team_load import recent_load


@state_entry
def change_trust(s, p, value):
    """Set a person's trust from outside, with all that follows from it."""
    set_trust(s, p, value, s.clock[0]["time"])


@state_entry
def change_patrol(s, server, hours):
    """Set the hours a cadre walks in a week from outside, with all that follows from it."""
    set_patrol_hours(s, server, hours, s.clock[0]["time"])


@state_entry
def rescale_reports(s, p, factor):
    """Multiply the pace of every report a person may yet make: their propensity changed from outside."""
    scale_person(s, p, factor, s.clock[0]["time"])


@state_entry
def team_load(s, pool):
    """Return the load of a team by which it decides on closing."""
    return recent_load(s, pool)


@state_entry
def supplier_load(s, u, t):
    """Return how much of its coming time supplier `u` has promised at `t`, in weeks."""
    return weeks_promised(s, u, t)
