"""Reporting clocks: one unit-exponential threshold for each observer of each open need.

A clock fires when the integrated hazard reaches its threshold. Its state is (anchor, remaining, rate),
re-anchored only when the rate changes; nobody's clock depends on who else is watching. Clocks of one need
lie side by side; those of one person form a list, from which the dead are dropped when it is next walked.
"""

from sim.agents.resident import report_rate
from sim.compiled import inner
from sim.events import push
from sim.processes.incident import incident_of
from sim.randomness import REPORT, exponential
from sim.state import CHRONIC, EV_REPORT, INERT, IS_MERCHANT, UNDER_14


@inner
def _file(s, q):
    push(s, s.pair[q]["anchor"] + s.pair[q]["remaining"] / s.pair[q]["rate"], EV_REPORT, q, s.pair[q]["need"])


@inner
def first_observer(s, n):
    """Return the first of the people next to the owner, in index order, who see need `n`.

    People are numbered along a path through the buildings, so the nearest are those numbered next.
    """
    owner = s.need[n]["owner"]
    c = s.need[n]["community"]
    if s.need[n]["flags"] & CHRONIC:
        return s.incident[incident_of(s, n)]["merchant_start"]
    count = s.need[n]["pair_count"]
    if s.person[owner]["flags"] & IS_MERCHANT:
        low = s.community[c]["merchant_start"]
        high = low + s.community[c]["merchants"]
    else:
        low = s.community[c]["resident_start"]
        high = low + s.community[c]["observers"]
    return max(low, min(owner - count // 2, high - count))


@inner
def _beside_the_market(s, n, count):
    """Return the first of the residents who see the market of need `n` flooded, after its merchants."""
    i = incident_of(s, n)
    c = s.need[n]["community"]
    neighbours = count - s.incident[i]["merchants"]
    middle = s.need[n]["owner"] - s.community[c]["merchant_start"]
    at = middle * s.community[c]["observers"] // s.community[c]["merchants"] - neighbours // 2
    low = s.community[c]["resident_start"]
    return low + max(0, min(at, s.community[c]["observers"] - neighbours))


@inner
def start_clocks(s, n, t):
    """Set one clock for each person who sees need `n`."""
    start = s.need[n]["pair_start"]
    count = s.need[n]["pair_count"]
    if count == 0:
        return
    p = first_observer(s, n)
    base = s.par[0]["reporting_base_rate_per_day"]
    weight = s.par[0]["reporting_trust_weight"]
    key = s.clock[0]["key"]
    severity = s.need[n]["severity"]
    owner_key = s.need[n]["owner_key"]
    ordinal = s.need[n]["ordinal"]
    last = p + count
    if s.need[n]["flags"] & CHRONIC:
        last = p + s.incident[incident_of(s, n)]["merchants"]
    for q in range(start, start + count):
        if p == last:
            p = _beside_the_market(s, n, count)
        s.pair[q]["person"] = p
        s.pair[q]["need"] = n
        s.pair[q]["reports"] = 0
        s.pair[q]["anchor"] = t
        s.pair[q]["rate"] = 0.0
        s.pair[q]["next"] = -1
        if not s.person[p]["flags"] & (UNDER_14 | INERT):
            rate = report_rate(
                base, s.person[p]["propensity"], severity, weight, s.person[p]["trust"], s.person[p]["cost"]
            )
            if rate > 0.0:
                s.pair[q]["rate"] = rate
                s.pair[q]["remaining"] = exponential(key, REPORT, 0, s.person[p]["key"], owner_key, ordinal)
                s.pair[q]["next"] = s.person[p]["pair_head"]
                s.person[p]["pair_head"] = q
                _file(s, q)
        p += 1


@inner
def restart_clock(s, q, t):
    """Set the clock of a person who has just reported: the same problem again, not before a while."""
    n = s.pair[q]["need"]
    s.pair[q]["reports"] += 1
    s.pair[q]["anchor"] = t + s.par[0]["reporting_repeat_after_days"]
    s.pair[q]["remaining"] = exponential(
        s.clock[0]["key"],
        REPORT,
        s.pair[q]["reports"],
        s.person[s.pair[q]["person"]]["key"],
        s.need[n]["owner_key"],
        s.need[n]["ordinal"],
    )
    _file(s, q)


@inner
def stop_clocks(s, n):
    """Stop all clocks of need `n`: it is solved."""
    start = s.need[n]["pair_start"]
    for q in range(start, start + s.need[n]["pair_count"]):
        s.pair[q]["rate"] = 0.0


@inner
def _scale(s, q, factor, t):
    anchor = s.pair[q]["anchor"]
    rate = s.pair[q]["rate"]
    if t > anchor:
        s.pair[q]["remaining"] = max(0.0, s.pair[q]["remaining"] - rate * (t - anchor))
        s.pair[q]["anchor"] = t
    s.pair[q]["rate"] = rate * factor
    _file(s, q)


@inner
def scale_person(s, p, factor, t):
    """Multiply the rate of every clock of person `p`: trust or the cheapest channel changed."""
    if factor == 1.0:
        return
    last = -1
    q = s.person[p]["pair_head"]
    while q >= 0:
        following = s.pair[q]["next"]
        if s.pair[q]["rate"] > 0.0:
            _scale(s, q, factor, t)
            last = q
        elif last < 0:
            s.person[p]["pair_head"] = following
        else:
            s.pair[last]["next"] = following
        q = following


@inner
def scale_need(s, n, factor, t):
    """Multiply the rate of every clock of need `n`: its published status changed."""
    if factor == 1.0:
        return
    start = s.need[n]["pair_start"]
    for q in range(start, start + s.need[n]["pair_count"]):
        if s.pair[q]["rate"] > 0.0:
            _scale(s, q, factor, t)
