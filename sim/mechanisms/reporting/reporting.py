"""Voice: who says that something is wrong, and when."""

from sim.engine.dispatch import on
from sim.engine.event_queue import EV_REPORT, report_fires_at
from sim.engine.jit import inner, piece
from sim.engine.tables.cases import BY_APP
from sim.engine.tables.needs import ARRIVES_REPORTED, CHRONIC
from sim.mechanisms.case.closing import counted
from sim.mechanisms.city_teams.city_teams import come_in
from sim.mechanisms.flooding.flood import flood
from sim.mechanisms.intake.intake import open_case, take_in_duplicate
from sim.mechanisms.moments import need_arisen, need_made_known
from sim.mechanisms.platform.adoption import activate, channel_of
from sim.mechanisms.reporting.reporting_clocks import restart_clock


@piece
def arise(s, n, t):
    """Let need `n` arise: those who see it may speak up; from a request file it arrives reported."""
    c = s.need[n]["community"]
    s.community[c]["arisen"] += 1
    if counted(s, t):
        s.moment[s.need[n]["priority"]]["arrived"] += 1.0
    if s.city.shape[0]:
        come_in(s, n, t)
    elif s.need[n]["flags"] & ARRIVES_REPORTED:
        owner = s.need[n]["owner"]
        if owner >= 0:
            speak(s, owner, t)
        open_case(s, n, owner, s.need[n]["channel"], t)
    elif not s.need[n]["flags"] & CHRONIC or flood(s, n, t):
        need_arisen(s, n, t)


@inner
def speak(s, p, t):
    """Count a report of person `p`."""
    s.conduct[p]["reports"] += 1
    if counted(s, t):
        s.conduct[p]["reports_counted"] += 1


@on(EV_REPORT)
def report(s, q, t):
    """Let the observer whose clock `q` fires report, unless the event is out of date."""
    if not report_fires_at(s, q, t):
        return
    p = s.pair[q]["person"]
    n = s.pair[q]["need"]
    speak(s, p, t)
    channel = channel_of(s, p)
    if channel == BY_APP:
        activate(s, p, t)
    occasion = s.pair[q]["reports"]
    restart_clock(s, q, t)
    if s.case[n]["reported_at"] != s.case[n]["reported_at"]:
        open_case(s, n, p, channel, t)
    else:
        take_in_duplicate(s, n, p, channel, occasion, t)
    need_made_known(s, n, t)
