"""What an agent in Mesa may ask of a run, or change in it, between two days."""

from sim.handle import state_entry
from sim.processes.clocks import scale_person
from sim.processes.demanded import recent_load
from sim.processes.patrol import set_patrol_hours
from sim.processes.plural import weeks_promised
from sim.processes.trust import set_trust


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
