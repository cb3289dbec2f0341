"""Voice: who says that something is wrong, and when."""

from sim.compiled import inner
from sim.processes.adoption import activate, channel_of
from sim.processes.clocks import is_due, restart_clock, scale_need, start_clocks
from sim.processes.closing import counted
from sim.processes.intake import open_case, take_in_duplicate
from sim.state import ARRIVES_REPORTED, BY_APP


@inner
def arise(s, n, t):
    """Let need `n` arise: those who see it may speak up; from a request file it arrives reported."""
    c = s.need["community"][n]
    s.community["arisen"][c] += 1
    if counted(s, t):
        s.moment["arrived"][s.need["priority"][n]] += 1.0
    if s.need["flags"][n] & ARRIVES_REPORTED:
        owner = s.need["owner"][n]
        if owner >= 0:
            _speak(s, owner, t)
        open_case(s, n, owner, s.need["channel"][n], t)
    else:
        start_clocks(s, n, t)


@inner
def _speak(s, p, t):
    s.attitude["reports"][p] += 1
    if counted(s, t):
        s.attitude["reports_counted"][p] += 1


@inner
def report(s, q, t):
    """Let the observer whose clock `q` fires report, unless the event is out of date."""
    if not is_due(s, q, t):
        return
    p = s.pair["person"][q]
    n = s.pair["need"][q]
    _speak(s, p, t)
    channel = channel_of(s, p)
    if channel == BY_APP:
        activate(s, p, t)
    occasion = s.pair["reports"][q]
    restart_clock(s, q, t)
    if s.case["reported_at"][n] != s.case["reported_at"][n]:
        open_case(s, n, p, channel, t)
    else:
        take_in_duplicate(s, n, s.person["key"][p], occasion, t)
    if s.par["reporting_published_status"][0]:
        scale_need(s, n, s.par["reporting_published_factor"][0], t)
