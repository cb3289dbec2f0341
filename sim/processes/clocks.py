"""Reporting clocks: one unit-exponential threshold for each observer of each open need.

A clock fires when the integrated hazard reaches its threshold. Its state is (anchor, remaining, rate),
re-anchored only when the rate changes; nobody's clock depends on who else is watching. Clocks of one need
lie side by side; those of one person form a list, from which the dead are dropped when it is next walked.
"""

from sim.agents.resident import report_rate
from sim.compiled import inner
from sim.events import push
from sim.randomness import REPORT, exponential
from sim.state import EV_REPORT, INERT, IS_MERCHANT, UNDER_14


@inner
def _file(s, q):
    push(s, s.pair["anchor"][q] + s.pair["remaining"][q] / s.pair["rate"][q], EV_REPORT, q, s.pair["need"][q])


@inner
def is_due(s, q, t):
    """Whether clock `q` really fires at `t`: an event filed before its rate changed is out of date."""
    rate = s.pair["rate"][q]
    return rate > 0.0 and s.pair["anchor"][q] + s.pair["remaining"][q] / rate == t


@inner
def first_observer(s, n):
    """Return the first of the people next to the owner, in index order, who see need `n`.

    People are numbered along a path through the buildings, so the nearest are those numbered next.
    """
    owner = s.need["owner"][n]
    c = s.need["community"][n]
    count = s.need["pair_count"][n]
    if s.person["flags"][owner] & IS_MERCHANT:
        low = s.community["merchant_start"][c]
        high = low + s.community["merchants"][c]
    else:
        low = s.community["resident_start"][c]
        high = low + s.community["observers"][c]
    return max(low, min(owner - count // 2, high - count))


@inner
def start_clocks(s, n, t):
    """Set one clock for each person who sees need `n`."""
    start = s.need["pair_start"][n]
    count = s.need["pair_count"][n]
    if count == 0:
        return
    p = first_observer(s, n)
    base = s.par["reporting_base_rate_per_day"][0]
    weight = s.par["reporting_trust_weight"][0]
    key = s.clock["key"][0]
    severity = s.need["severity"][n]
    owner_key = s.need["owner_key"][n]
    ordinal = s.need["ordinal"][n]
    for q in range(start, start + count):
        s.pair["person"][q] = p
        s.pair["need"][q] = n
        s.pair["reports"][q] = 0
        s.pair["anchor"][q] = t
        s.pair["rate"][q] = 0.0
        s.pair["next"][q] = -1
        if not s.person["flags"][p] & (UNDER_14 | INERT):
            rate = report_rate(
                base, s.person["propensity"][p], severity, weight, s.attitude["trust"][p], s.person["cost"][p]
            )
            if rate > 0.0:
                s.pair["rate"][q] = rate
                s.pair["remaining"][q] = exponential(key, REPORT, 0, s.person["key"][p], owner_key, ordinal)
                s.pair["next"][q] = s.person["pair_head"][p]
                s.person["pair_head"][p] = q
                _file(s, q)
        p += 1


@inner
def restart_clock(s, q, t):
    """Set the clock of a person who has just reported: the same problem again, not before a while."""
    n = s.pair["need"][q]
    s.pair["reports"][q] += 1
    s.pair["anchor"][q] = t + s.par["reporting_repeat_after_days"][0]
    s.pair["remaining"][q] = exponential(
        s.clock["key"][0],
        REPORT,
        s.pair["reports"][q],
        s.person["key"][s.pair["person"][q]],
        s.need["owner_key"][n],
        s.need["ordinal"][n],
    )
    _file(s, q)


@inner
def stop_clocks(s, n):
    """Stop all clocks of need `n`: it is solved."""
    start = s.need["pair_start"][n]
    for q in range(start, start + s.need["pair_count"][n]):
        s.pair["rate"][q] = 0.0


@inner
def _scale(s, q, factor, t):
    anchor = s.pair["anchor"][q]
    rate = s.pair["rate"][q]
    if t > anchor:
        s.pair["remaining"][q] = max(0.0, s.pair["remaining"][q] - rate * (t - anchor))
        s.pair["anchor"][q] = t
    s.pair["rate"][q] = rate * factor
    _file(s, q)


@inner
def scale_person(s, p, factor, t):
    """Multiply the rate of every clock of person `p`: trust or the cheapest channel changed."""
    if factor == 1.0:
        return
    last = -1
    q = s.person["pair_head"][p]
    while q >= 0:
        following = s.pair["next"][q]
        if s.pair["rate"][q] > 0.0:
            _scale(s, q, factor, t)
            last = q
        elif last < 0:
            s.person["pair_head"][p] = following
        else:
            s.pair["next"][last] = following
        q = following


@inner
def scale_need(s, n, factor, t):
    """Multiply the rate of every clock of need `n`: its published status changed."""
    if factor == 1.0:
        return
    start = s.need["pair_start"][n]
    for q in range(start, start + s.need["pair_count"][n]):
        if s.pair["rate"][q] > 0.0:
            _scale(s, q, factor, t)
