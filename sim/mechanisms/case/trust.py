"""Satisfaction, expectation and trust: what an outcome leaves behind in people.

A case is judged once: solved within its standard, or not by then. The one concerned (who reported it, or
whose problem patrol found) learns it at first hand, the people tied to them by hearsay, and, where status is
published, the registered people who saw the problem by reading. Trust then changes how readily each of them
speaks up.
"""

from sim.engine.calendar import worked_at
from sim.engine.jit import inner
from sim.engine.prefetch import prefetch
from sim.engine.tables.cases import JUDGED
from sim.engine.tables.people import IS_MERCHANT, REGISTERED
from sim.mechanisms.case.standards import working_standard
from sim.mechanisms.moments import readiness_changed
from sim.rules.resident import (
    performance,
    satisfaction,
    trust_factor,
    updated_expectation,
    updated_trust,
)


@inner
def set_trust(s, p, value, t):
    """Set a person's trust, and with it the pace of every report they may yet make."""
    before = s.person[p]["trust"]
    if value == before:
        return
    s.person[p]["trust"] = value
    if not s.person[p]["flags"] & IS_MERCHANT:
        s.community[s.person[p]["community"]]["trust_sum"] += value - before
    readiness_changed(s, p, trust_factor(s.par[0]["reporting_trust_weight"], before, value), t)


@inner
def _learn(s, p, outcome, weight, t):
    if weight > 0.0:
        value = updated_trust(
            s.person[p]["trust"], outcome, weight, s.par[0]["trust_gain"], s.par[0]["trust_loss"]
        )
        set_trust(s, p, value, t)


@inner
def concerned(s, n):
    """Return whose case it is: the one who reported it, or where it was found on patrol the owner; or -1."""
    reporter = s.case[n]["reporter"]
    return reporter if reporter >= 0 else s.need[n]["owner"]


@inner
def judge(s, n, outcome, t):
    """Let the outcome of case `n` (1 solved within the standard, 0 not) change trust, once."""
    if s.track[n]["flags"] & JUDGED or not s.par[0]["trust_enabled"]:
        return
    s.track[n]["flags"] |= JUDGED
    p = concerned(s, n)
    if p < 0:
        return
    _learn(s, p, outcome, s.par[0]["trust_own_weight"], t)
    hearsay = s.par[0]["trust_story_weight"]
    if hearsay > 0.0:
        for k in range(s.tie_start[p], s.tie_start[p + 1]):
            prefetch(s.person, s.tie_to[k], 0)
        for k in range(s.tie_start[p], s.tie_start[p + 1]):
            _learn(s, s.tie_to[k], outcome, hearsay, t)
        k = s.person[p]["tie_head"]
        while k >= 0:
            if s.new_tie[k]["to"] >= 0:
                _learn(s, s.new_tie[k]["to"], outcome, hearsay, t)
            k = s.new_tie[k]["next"]
    published = s.par[0]["trust_published_weight"]
    if s.par[0]["reporting_published_status"] and published > 0.0:
        start = s.need[n]["pair_start"]
        for q in range(start, start + s.need[n]["pair_count"]):
            seen_by = s.pair[q]["person"]
            if seen_by >= 0 and seen_by != p and s.account[seen_by]["flags"] & REGISTERED:
                _learn(s, seen_by, outcome, published, t)


@inner
def standard_hours(s, n):
    """Return the service standard of need `n`, in working hours."""
    if s.standard.shape[0] > 0:
        return working_standard(s, n)
    k = s.need[n]["organisations"]
    if k <= 1:
        days = s.par[0]["trust_standard_days_0"]
    elif k == 2:
        days = s.par[0]["trust_standard_days_1"]
    else:
        days = s.par[0]["trust_standard_days_2"]
    return days * s.par[0]["calendar_shift_hours"]


@inner
def experience(s, n, solved, t):
    """Record the satisfaction of the one concerned with how case `n` ended, and move their expectation."""
    p = concerned(s, n)
    if p < 0:
        return
    start = s.par[0]["calendar_shift_start_hour"]
    elapsed = worked_at(s.worked, start, t) - worked_at(s.worked, start, s.case[n]["reported_at"])
    perf = performance(solved, elapsed, standard_hours(s, n))
    expectation = s.conduct[p]["expectation"]
    s.case[n]["satisfaction"] = satisfaction(
        perf,
        expectation,
        s.par[0]["trust_satisfaction_performance"],
        s.par[0]["trust_satisfaction_disconfirmation"],
        s.par[0]["trust_satisfaction_expectation"],
    )
    s.conduct[p]["expectation"] = updated_expectation(expectation, perf, s.par[0]["trust_expectation_step"])
