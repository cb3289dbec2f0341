"""Communities start the platform at different times: until then nobody there can register."""

from sim.engine.declare import event
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.tables.people import ELIGIBLE, REGISTERED, WAITING_BITS
from sim.engine.tables.run import COMPLETE, MODE_ADOPTION
from sim.mechanisms.moments import run_begins
from sim.mechanisms.platform.adoption import (
    begin_account,
    cost_now,
    mean_field_next,
    people_of,
    reconsider,
    register,
    set_threshold,
    start_campaigns,
)

EV_LAUNCH = event(19, "LAUNCH", "the platform starts in a community")


@inner
def _file_launches(s):
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


@after(run_begins, 70)
def begin_platform(s):
    """Begin everybody's account and what a report costs them; file campaigns and later launches."""
    if s.par[0]["verification_mode"] == MODE_ADOPTION and s.par[0]["verification_network"] == COMPLETE:
        mean_field_next(s, 0.0)
        return
    for p in range(s.person.shape[0]):
        s.person[p]["cost"] = cost_now(s, p)
    if s.par[0]["platform_enabled"]:
        start_campaigns(s)
        for p in range(s.account.shape[0]):
            begin_account(s, p)
        _file_launches(s)
