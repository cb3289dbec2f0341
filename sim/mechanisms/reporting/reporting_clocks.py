"""Reporting clocks: one unit-exponential threshold for each observer of each open need.

A clock fires when the integrated hazard reaches its threshold. Its state is (anchor, remaining, rate),
re-anchored only when the rate changes; nobody's clock depends on who else is watching. Clocks of one need
lie side by side; those of one person form a list, from which the dead are dropped when it is next walked.

Readiness may fade from the moment at which the problem is seen, so that whoever does not speak up soon may
never do so: whether somebody reports and when are two things. A problem may be seen anew (it grows worse):
then everybody's readiness begins again, with a new threshold.
"""

import math

from sim.engine.declare import draw, event
from sim.engine.dispatch import on
from sim.engine.event_queue import EV_REPORT, push
from sim.engine.hazard_clocks import hazard_now, rings_at, run_down
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.randomness import exponential
from sim.engine.tables.needs import CHRONIC
from sim.engine.tables.people import INERT, UNDER_14
from sim.mechanisms.case.incident import first_observer, incident_of
from sim.mechanisms.moments import need_arisen, need_gone, need_made_known, readiness_changed
from sim.mechanisms.platform.adoption import platform_runs
from sim.mechanisms.plural_supply.first_call import only_called_first
from sim.mechanisms.reporting.learning import learned
from sim.rules.resident import report_rate

REPORT = draw(8, "REPORT", ("observer", "need", "report ordinal"))
SEEN_AGAIN = draw(64, "SEEN_AGAIN", ("0", "need", "time seen"))
REPORT_ANEW = draw(65, "REPORT_ANEW", ("observer", "need", "time seen"))
EV_SEEN_AGAIN = event(39, "SEEN_AGAIN", "an open need is seen anew, and readiness to report begins again")

#: A clock never rings again once what is left of its hazard is less than this share of the threshold's unit.
_SPENT = 1e-12


@inner
def _file(s, q):
    clock = s.pair[q]
    fading = s.par[0]["reporting_fading_days"]
    at = rings_at(clock["anchor"], clock["remaining"], clock["rate"], clock["since"], fading)
    if at < math.inf:
        push(s, at, EV_REPORT, q, clock["need"])


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


@after(need_arisen, 10)
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
        s.pair[q]["since"] = t
        s.pair[q]["rate"] = 0.0
        s.pair[q]["next"] = -1
        if not s.person[p]["flags"] & (UNDER_14 | INERT):
            rate = report_rate(
                base, s.person[p]["propensity"], severity, weight, s.person[p]["trust"], s.person[p]["cost"]
            )
            if rate > 0.0:
                s.pair[q]["rate"] = rate * learned(s, p)
                s.pair[q]["remaining"] = exponential(key, REPORT, 0, s.person[p]["key"], owner_key, ordinal)
                s.pair[q]["next"] = s.person[p]["pair_head"]
                s.person[p]["pair_head"] = q
                _file(s, q)
        p += 1
    _see_again_later(s, n, 1, t)


@inner
def _see_again_later(s, n, times, t):
    """Draw when need `n` is seen anew; a flooded market shows itself with every rain."""
    rate = s.par[0]["reporting_seen_again_per_day"]
    if rate > 0.0 and not s.need[n]["flags"] & CHRONIC:
        key = s.clock[0]["key"]
        wait = exponential(key, SEEN_AGAIN, times, 0, s.need[n]["owner_key"], s.need[n]["ordinal"])
        push(s, t + wait / rate, EV_SEEN_AGAIN, n, times)


@on(EV_SEEN_AGAIN)
def see_again(s, n, times, t):
    """Let readiness begin again of all who see need `n`, but of those who have only just reported it."""
    if s.case[n]["solved_at"] == s.case[n]["solved_at"]:
        return
    start = s.need[n]["pair_start"]
    for q in range(start, start + s.need[n]["pair_count"]):
        if s.pair[q]["rate"] > 0.0 and s.pair[q]["anchor"] <= t:
            s.pair[q]["anchor"] = t
            s.pair[q]["since"] = t
            s.pair[q]["remaining"] = exponential(
                s.clock[0]["key"],
                REPORT_ANEW,
                times,
                s.person[s.pair[q]["person"]]["key"],
                s.need[n]["owner_key"],
                s.need[n]["ordinal"],
            )
            _file(s, q)
    _see_again_later(s, n, times + 1, t)


@inner
def restart_clock(s, q, t):
    """Set the clock of a person who has just reported: the same problem again, not before a while.

    What is still open then is seen anew, and readiness begins to fade from there.
    """
    n = s.pair[q]["need"]
    s.pair[q]["reports"] += 1
    s.pair[q]["anchor"] = t + s.par[0]["reporting_repeat_after_days"]
    s.pair[q]["since"] = s.pair[q]["anchor"]
    s.pair[q]["remaining"] = exponential(
        s.clock[0]["key"],
        REPORT,
        s.pair[q]["reports"],
        s.person[s.pair[q]["person"]]["key"],
        s.need[n]["owner_key"],
        s.need[n]["ordinal"],
    )
    _file(s, q)


@after(need_gone, 10)
def stop_clocks(s, n):
    """Stop all clocks of need `n`."""
    start = s.need[n]["pair_start"]
    for q in range(start, start + s.need[n]["pair_count"]):
        s.pair[q]["rate"] = 0.0


@inner
def _scale(s, q, factor, t):
    anchor = s.pair[q]["anchor"]
    rate = s.pair[q]["rate"]
    if t > anchor:
        s.pair[q]["remaining"] = run_down(
            anchor, s.pair[q]["remaining"], rate, s.pair[q]["since"], s.par[0]["reporting_fading_days"], t
        )
        s.pair[q]["anchor"] = t
    s.pair[q]["rate"] = rate * factor
    _file(s, q)


@inner
def _spent(s, q, t):
    """Whether readiness has faded for good, so that no change of the rate brings it back."""
    fading = s.par[0]["reporting_fading_days"]
    if fading <= 0.0 or s.par[0]["reporting_seen_again_per_day"] > 0.0:
        return False
    return hazard_now(s.pair[q]["rate"], s.pair[q]["since"], fading, t) * fading < _SPENT


@after(readiness_changed, 10)
def scale_person(s, p, factor, t):
    """Multiply the rate of every clock of person `p`: trust, the cheapest channel, what was learned."""
    if factor == 1.0:
        return
    last = -1
    q = s.person[p]["pair_head"]
    while q >= 0:
        following = s.pair[q]["next"]
        if s.pair[q]["rate"] > 0.0 and not _spent(s, q, t):
            _scale(s, q, factor, t)
            last = q
        elif last < 0:
            s.person[p]["pair_head"] = following
        else:
            s.pair[last]["next"] = following
        q = following


@inner
def _scale_need(s, n, factor, t):
    """Multiply the rate of every clock of need `n`: its published status changed."""
    if factor == 1.0:
        return
    start = s.need[n]["pair_start"]
    for q in range(start, start + s.need[n]["pair_count"]):
        if s.pair[q]["rate"] > 0.0:
            _scale(s, q, factor, t)


@after(need_made_known, 10)
def publish(s, n, t):
    """Let those who see need `n` read on the platform that it is known, where that is published."""
    if only_called_first(s, n):
        return
    if s.par[0]["reporting_published_status"] and platform_runs(s, s.need[n]["community"], t):
        _scale_need(s, n, s.par[0]["reporting_published_factor"], t)
