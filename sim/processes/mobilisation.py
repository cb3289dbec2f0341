"""Mobilisation: on some days every cadre owes part of the day to something else, before any case."""

from sim.dispatch import on
from sim.processes.workload import add_duty
from sim.state import EV_MOBILISE


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
