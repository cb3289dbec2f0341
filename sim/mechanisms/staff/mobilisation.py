"""Mobilisation: on some days every cadre owes part of the day to something else, before any case."""

from sim.engine.declare import event, number
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.moments import after
from sim.engine.tables.communities import COMMUNITY
from sim.mechanisms.moments import run_begins
from sim.mechanisms.staff.queues_and_hours import add_duty

EV_MOBILISE = event(27, "MOBILISE", "a day of a campaign that takes staff away")
COMMUNITY.add("staff_hours_mobilisation", number("staff hours taken by campaigns", "hours", daily=38))


@on(EV_MOBILISE)
def mobilise(s, day, t):
    """Take the day's share of every cadre's working hours."""
    hours = 24.0 if s.par[0]["calendar_round_the_clock"] else s.worked[day + 1] - s.worked[day]
    for pool in range(s.pool.shape[0]):
        if s.pool[pool]["unit"] >= 0 or s.pool[pool]["home"] >= 0:
            continue
        taken = s.mobilised[day] * hours * s.pool[pool]["speed"]
        c = s.pool[pool]["community"]
        start = s.pool[pool]["server_start"]
        for server in range(start, start + s.pool[pool]["server_count"]):
            s.server[server]["hours_mobilisation"] += taken
            s.community[c]["staff_hours_mobilisation"] += taken
            add_duty(s, server, t, taken)


@after(run_begins, 20)
def file_mobilisation(s):
    """File the days of campaigns that take staff away."""
    for day in range(s.mobilised.shape[0]):
        if s.mobilised[day] > 0.0:
            # Before the shift, so that it comes before any case.
            push(s, float(day), EV_MOBILISE, day, 0)
