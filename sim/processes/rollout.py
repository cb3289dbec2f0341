"""Communities start the platform at different times: until then nobody there can register."""

from sim.compiled import inner
from sim.dispatch import on
from sim.events import push
from sim.processes.adoption import reconsider, register, set_threshold
from sim.processes.invitation import people_of
from sim.state import ELIGIBLE, EV_LAUNCH, REGISTERED, WAITING_BITS


@inner
def file_launches(s):
    """File when each community starts, where that is after time 0."""
    for c in range(s.community.shape[0]):
        if s.community[c]["platform_at"] > 0.0:
            push(s, s.community[c]["platform_at"], EV_LAUNCH, c, 0)


@on(EV_LAUNCH)
def launch(s, c, t):
    """Start the platform of community `c`: some register at once, the clocks of the others begin."""
    start = s.community[c]["resident_start"]
    stop = start + people_of(s, c)
    waiting_eligible = ELIGIBLE << WAITING_BITS
    waiting_registered = REGISTERED << WAITING_BITS
    for p in range(start, stop):
        if s.account[p]["flags"] & waiting_eligible:
            s.account[p]["flags"] |= ELIGIBLE
            set_threshold(s, p, t)
    for p in range(start, stop):
        if s.account[p]["flags"] & waiting_registered:
            register(s, p, t)
        reconsider(s, p, t)
        s.account[p]["flags"] &= (1 << WAITING_BITS) - 1
