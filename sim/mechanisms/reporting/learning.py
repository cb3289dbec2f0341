"""Learning that reporting works: how readily a person reports follows how their own report ended.

Everybody who reported a case learns how it ended. It counts as served once it is truly solved; as not served
when the person gives it up, when it is put aside, and, of a case closed on paper only, when whoever reported
finds that nothing was solved. The last ending counts; what is open, or never was theirs, teaches nothing.
A lesson may be forgotten: after an exponential time without another one, whoever learned it is as before.
"""

from sim.engine.declare import draw, event, whole
from sim.engine.dispatch import on
from sim.engine.event_queue import push
from sim.engine.jit import inner
from sim.engine.moments import after
from sim.engine.prefetch import prefetch_field
from sim.engine.randomness import exponential
from sim.engine.tables.people import CONDUCT
from sim.mechanisms.moments import readiness_changed, report_ended
from sim.rules.resident import learned_factor

FORGET = draw(73, "FORGET", ("0", "person, 0", "lessons learned"))
EV_FORGET = event(43, "FORGET", "a person forgets how a report of theirs last ended")
CONDUCT.add(
    "outcome", whole("how a report of theirs last ended in this run: 1 solved, −1 not, 0 none or forgotten")
)
CONDUCT.add("lessons", whole("reports of theirs that ended in this run, where lessons are forgotten"))


@inner
def learned(s, p):
    """Return the factor on the reporting hazards of person `p` for how their own reports ended."""
    weight = s.par[0]["reporting_learning_weight"]
    if weight == 0.0:
        return 1.0
    return learned_factor(weight, float(s.conduct[p]["outcome"]))


@inner
def fetch_lessons(s, n):
    """Ask for what the people around the owner of need `n`, who are about to see it, have learned."""
    if n < s.need.shape[0] and s.par[0]["reporting_learning_weight"] != 0.0:
        p = s.need[n]["owner"] - s.need[n]["pair_count"] // 2
        for k in range(min(4, s.need[n]["pair_count"])):
            prefetch_field(s.conduct, p + k, "outcome")


@inner
def _forget_later(s, p, t):
    """Draw when what was just learned is forgotten; a lesson learned meanwhile comes in its place."""
    mean = s.par[0]["reporting_learning_memory_days"]
    if mean <= 0.0:
        return
    lessons = s.conduct[p]["lessons"] + 1
    s.conduct[p]["lessons"] = lessons
    wait = exponential(s.clock[0]["key"], FORGET, lessons, 0, s.person[p]["key"], 0)
    push(s, t + wait * mean, EV_FORGET, p, lessons)


@on(EV_FORGET)
def forget(s, p, lessons, t):
    """Let person `p` forget their last lesson, unless there has been another since."""
    if s.conduct[p]["lessons"] == lessons:
        _remember(s, p, 0, t)


@inner
def _learn(s, p, outcome, t):
    _forget_later(s, p, t)
    _remember(s, p, outcome, t)


@inner
def _remember(s, p, outcome, t):
    before = s.conduct[p]["outcome"]
    if outcome == before:
        return
    s.conduct[p]["outcome"] = outcome
    weight = s.par[0]["reporting_learning_weight"]
    readiness_changed(s, p, learned_factor(weight, float(outcome - before)), t)


@after(report_ended, 10)
def learn(s, n, outcome, t):
    """Let all who reported need `n` learn how that ended; nothing is noted where nobody learns."""
    if s.par[0]["reporting_learning_weight"] == 0.0:
        return
    first = s.case[n]["reporter"]
    if first >= 0:
        _learn(s, first, outcome, t)
    start = s.need[n]["pair_start"]
    for q in range(start, start + s.need[n]["pair_count"]):
        if s.pair[q]["reports"] > 0 and s.pair[q]["person"] != first:
            _learn(s, s.pair[q]["person"], outcome, t)
