"""Satisfaction, expectation and trust: what an outcome leaves behind in people.

A case is judged once: solved within its standard, or not by then. The one who reported it learns it at
first hand, the people tied to them by hearsay, and, where status is published, the registered people who
saw the problem by reading. Trust then changes how readily each of them speaks up.
"""

from sim.agents.resident import (
    performance,
    satisfaction,
    trust_factor,
    updated_expectation,
    updated_trust,
)
from sim.calendar import worked_at
from sim.compiled import inner
from sim.processes.clocks import scale_person
from sim.state import IS_MERCHANT, JUDGED, REGISTERED


@inner
def set_trust(s, p, value, t):
    """Set a person's trust, and with it the pace of every report they may yet make."""
    before = s.attitude["trust"][p]
    if value == before:
        return
    s.attitude["trust"][p] = value
    if not s.person["flags"][p] & IS_MERCHANT:
        s.community["trust_sum"][s.person["community"][p]] += value - before
    scale_person(s, p, trust_factor(s.par["reporting_trust_weight"][0], before, value), t)


@inner
def _learn(s, p, outcome, weight, t):
    if weight > 0.0:
        value = updated_trust(
            s.attitude["trust"][p], outcome, weight, s.par["trust_gain"][0], s.par["trust_loss"][0]
        )
        set_trust(s, p, value, t)


@inner
def judge(s, n, outcome, t):
    """Let the outcome of case `n` (1 solved within the standard, 0 not) change trust, once."""
    if s.track["flags"][n] & JUDGED or not s.par["trust_enabled"][0]:
        return
    s.track["flags"][n] |= JUDGED
    p = s.case["reporter"][n]
    if p < 0:
        return
    _learn(s, p, outcome, s.par["trust_own_weight"][0], t)
    hearsay = s.par["trust_story_weight"][0]
    if hearsay > 0.0:
        for k in range(s.tie_start[p], s.tie_start[p + 1]):
            _learn(s, s.tie_to[k], outcome, hearsay, t)
        k = s.person["tie_head"][p]
        while k >= 0:
            _learn(s, s.new_tie["to"][k], outcome, hearsay, t)
            k = s.new_tie["next"][k]
    published = s.par["trust_published_weight"][0]
    if s.par["reporting_published_status"][0] and published > 0.0:
        start = s.need["pair_start"][n]
        for q in range(start, start + s.need["pair_count"][n]):
            seen_by = s.pair["person"][q]
            if seen_by >= 0 and seen_by != p and s.account["flags"][seen_by] & REGISTERED:
                _learn(s, seen_by, outcome, published, t)


@inner
def standard_hours(s, n):
    """Return the service standard of need `n`, in working hours."""
    k = s.need["organisations"][n]
    if k <= 1:
        days = s.par["trust_standard_days_0"][0]
    elif k == 2:
        days = s.par["trust_standard_days_1"][0]
    else:
        days = s.par["trust_standard_days_2"][0]
    return days * s.par["calendar_shift_hours"][0]


@inner
def experience(s, n, solved, t):
    """Record the reporter's satisfaction with how case `n` ended, and move their expectation."""
    p = s.case["reporter"][n]
    if p < 0:
        return
    start = s.par["calendar_shift_start_hour"][0]
    elapsed = worked_at(s.worked, start, t) - worked_at(s.worked, start, s.case["reported_at"][n])
    perf = performance(solved, elapsed, standard_hours(s, n))
    expectation = s.attitude["expectation"][p]
    s.case["satisfaction"][n] = satisfaction(
        perf,
        expectation,
        s.par["trust_satisfaction_performance"][0],
        s.par["trust_satisfaction_disconfirmation"][0],
        s.par["trust_satisfaction_expectation"][0],
    )
    s.attitude["expectation"][p] = updated_expectation(expectation, perf, s.par["trust_expectation_step"][0])
