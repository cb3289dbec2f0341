"""The start of a shift: who is there, and what they turn to."""

from sim.dispatch import on
from sim.processes.field_service import hand_over, serve_next
from sim.processes.units import serve_next_leg
from sim.processes.workload import away, come_or_go
from sim.state import EV_SHIFT, NO_JOB


@on(EV_SHIFT)
def start_shift(s, t):
    """Let everybody who is idle when a shift starts turn to what waits."""
    for pool in range(s.pool.shape[0]):
        if s.pool[pool]["home"] >= 0:
            continue
        start = s.pool[pool]["server_start"]
        if start < s.attendance.shape[0]:
            hand_over(s, pool)
        for server in range(start, start + s.pool[pool]["server_count"]):
            come_or_go(s, server, t)
            if s.server[server]["job"] == NO_JOB and not away(s, server, t):
                if s.pool[pool]["unit"] >= 0:
                    serve_next_leg(s, server, t)
                else:
                    serve_next(s, server, t)
