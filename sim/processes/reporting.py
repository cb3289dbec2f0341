"""Voice: who says that something is wrong, and when."""

from sim.compiled import inner
from sim.dispatch import on
from sim.events import fires_at
from sim.processes.adoption import activate, channel_of, platform_runs
from sim.processes.clocks import restart_clock, scale_need, start_clocks
from sim.processes.closing import counted
from sim.processes.finding import start_finding
from sim.processes.flood import flood
from sim.processes.intake import open_case, take_in_duplicate
from sim.state import ARRIVES_REPORTED, BY_APP, CHRONIC, EV_REPORT


@inner
def arise(s, n, t):
    """Let need `n` arise: those who see it may speak up; from a request file it arrives reported."""
    c = s.need[n]["community"]
    s.community[c]["arisen"] += 1
    if counted(s, t):
        s.moment[s.need[n]["priority"]]["arrived"] += 1.0
    if s.need[n]["flags"] & ARRIVES_REPORTED:
        owner = s.need[n]["owner"]
        if owner >= 0:
            _speak(s, owner, t)
        open_case(s, n, owner, s.need[n]["channel"], t)
    elif not s.need[n]["flags"] & CHRONIC or flood(s, n, t):
        start_clocks(s, n, t)
        start_finding(s, n, t)


@inner
def _speak(s, p, t):
    s.conduct[p]["reports"] += 1
    if counted(s, t):
        s.conduct[p]["reports_counted"] += 1


@on(EV_REPORT)
def report(s, q, t):
    """Let the observer whose clock `q` fires report, unless the event is out of date."""
    if not fires_at(s.pair, q, t):
        return
    p = s.pair[q]["person"]
    n = s.pair[q]["need"]
    _speak(s, p, t)
    channel = channel_of(s, p)
    if channel == BY_APP:
        activate(s, p, t)
    occasion = s.pair[q]["reports"]
    restart_clock(s, q, t)
    if s.case[n]["reported_at"] != s.case[n]["reported_at"]:
        open_case(s, n, p, channel, t)
    else:
        take_in_duplicate(s, n, p, channel, occasion, t)
    if s.par[0]["reporting_published_status"] and platform_runs(s, s.need[n]["community"], t):
        scale_need(s, n, s.par[0]["reporting_published_factor"], t)
