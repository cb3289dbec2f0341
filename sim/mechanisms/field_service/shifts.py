"""The start of a shift: who is there, and what they turn to."""

import math

from sim.engine.declare import event
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.tables.staff import NO_JOB
from sim.mechanisms.field_service.field_service import EV_DUTY, serve_next
from sim.mechanisms.moments import officer_comes, run_begins
from sim.mechanisms.staff.queues_and_hours import at_work, away, come_or_go

EV_SHIFT = event(1, "SHIFT", "a shift begins: whoever is idle turns to what waits")


#: Of what begins: a shift of the calendar (and perhaps of the file), or one of the file alone.
OF_CALENDAR, OF_FILE = range(2)


@on(EV_SHIFT)
def start_shift(s, whose, t):
    """Let everybody who is idle when a shift starts turn to what waits."""
    for pool in range(s.pool.shape[0]):
        if s.pool[pool]["home"] >= 0:
            continue
        start = s.pool[pool]["server_start"]
        for server in range(start, start + s.pool[pool]["server_count"]):
            if s.server[server]["rostered"]:
                if s.server[server]["job"] == NO_JOB and at_work(s, server, t):
                    serve_next(s, server, t)
                continue
            if whose == OF_FILE:
                continue
            come_or_go(s, server, t)
            if s.server[server]["job"] == NO_JOB and not away(s, server, t):
                if s.pool[pool]["unit"] >= 0:
                    officer_comes(s, server, t)
                else:
                    serve_next(s, server, t)


@inner
def _file_rostered_shifts(s, days):
    """File what the file alone begins; shifts that begin with the calendar's need no event of their own."""
    for row in range(s.shift.shape[0]):
        begin = s.shift[row]["begin"]
        if s.shift[row]["opens"] and 0.0 <= begin < days:
            day = int(math.floor(begin))
            start = day + s.par[0]["calendar_shift_start_hour"] / 24.0
            same = begin == start and s.worked[day + 1] > s.worked[day]
            if s.par[0]["calendar_round_the_clock"] or not same:
                push(s, begin, EV_SHIFT, OF_FILE, 0)


@after(run_begins, 10)
def file_shifts(s):
    """File every shift of the run: its start, and its end where posts are on call."""
    days = int(s.clock[0]["days"])
    if not s.par[0]["calendar_round_the_clock"]:
        for day in range(days):
            if s.worked[day + 1] > s.worked[day]:
                start = s.par[0]["calendar_shift_start_hour"]
                push(s, day + start / 24.0, EV_SHIFT, OF_CALENDAR, 0)
                if s.par[0]["roster_on_call"] > 0:
                    push(s, day + (start + s.worked[day + 1] - s.worked[day]) / 24.0, EV_DUTY, 0, 0)
    elif s.par[0]["staff_embedded"] > 0.0:
        for day in range(days):
            push(s, float(day), EV_SHIFT, OF_CALENDAR, 0)
    _file_rostered_shifts(s, days)
