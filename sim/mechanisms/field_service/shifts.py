"""The start of a shift: who is there, and what they turn to."""

from sim.engine.declare import event
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.moments import after
from sim.engine.tables.staff import NO_JOB
from sim.mechanisms.field_service.field_service import EV_DUTY, serve_next
from sim.mechanisms.moments import officer_comes, run_begins
from sim.mechanisms.staff.queues_and_hours import away, come_or_go

EV_SHIFT = event(1, "SHIFT", "a shift begins: whoever is idle turns to what waits")


@on(EV_SHIFT)
def start_shift(s, t):
    """Let everybody who is idle when a shift starts turn to what waits."""
    for pool in range(s.pool.shape[0]):
        if s.pool[pool]["home"] >= 0:
            continue
        start = s.pool[pool]["server_start"]
        for server in range(start, start + s.pool[pool]["server_count"]):
            come_or_go(s, server, t)
            if s.server[server]["job"] == NO_JOB and not away(s, server, t):
                if s.pool[pool]["unit"] >= 0:
                    officer_comes(s, server, t)
                else:
                    serve_next(s, server, t)


@after(run_begins, 10)
def file_shifts(s):
    """File every shift of the run: its start, and its end where posts are on call."""
    days = int(s.clock[0]["days"])
    if not s.par[0]["calendar_round_the_clock"]:
        for day in range(days):
            if s.worked[day + 1] > s.worked[day]:
                start = s.par[0]["calendar_shift_start_hour"]
                push(s, day + start / 24.0, EV_SHIFT, 0, 0)
                if s.par[0]["roster_on_call"] > 0:
                    push(s, day + (start + s.worked[day + 1] - s.worked[day]) / 24.0, EV_DUTY, 0, 0)
    elif s.par[0]["staff_embedded"] > 0.0:
        for day in range(days):
            push(s, float(day), EV_SHIFT, 0, 0)
