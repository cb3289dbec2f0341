"""The three rates (三率) as stated at call-backs, and the true ones over the same cases.

Whoever is called may not answer, and may say of a case that is not solved that it is. Each spell of a case
counts once, with the first call. Counters are kept from time 0, so that any stretch of days has its rates.
"""

from sim.engine.declare import draw, whole
from sim.engine.jit import inner
from sim.engine.randomness import uniform
from sim.engine.tables.cases import SOLVED
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import COMMUNITY_WORKS
from sim.mechanisms.case.rows import CLOSURE
from sim.mechanisms.staff.cards import count_answer
from sim.rules.resident import answer_probability

ANSWERS = draw(75, "ANSWERS", ("0", "need", "call"))
SAYS = draw(76, "SAYS", ("0", "need", "call"))
COMMUNITY.add("called", whole("cases called, once a spell", daily=60))
COMMUNITY.add("called_contacted", whole("of these, truly contacted in time", daily=61))
COMMUNITY.add("called_solved", whole("of these, truly solved", daily=62))
COMMUNITY.add("called_satisfied", whole("of these, truly satisfied", daily=63))
COMMUNITY.add("answered", whole("of these, answered", daily=64))
COMMUNITY.add("stated_contacted", whole("of the answers, those that say contacted in time", daily=65))
COMMUNITY.add("stated_solved", whole("of the answers, those that say solved", daily=66))
COMMUNITY.add("stated_satisfied", whole("of the answers, those that say satisfied", daily=67))
CLOSURE.add("counted_spell", whole("1 + last spell that a call has counted for, 0 none"))


@inner
def _answers(s, n, solved):
    """Whether whoever reported case `n` answers this call."""
    p = answer_probability(s.par[0]["call_answer_intercept"], s.par[0]["call_answer_effect"], solved)
    call = s.closure[n]["called_back"]
    return uniform(s.clock[0]["key"], ANSWERS, call, 0, s.need[n]["owner_key"], s.need[n]["ordinal"]) < p


@inner
def call(s, n, t):
    """Call whoever reported case `n`; return whether they answer and say that it is not solved."""
    c = s.need[n]["community"]
    s.closure[n]["called_back"] += 1
    s.community[c]["called_back"] += 1
    solved = s.case[n]["status"] == SOLVED
    said = uniform(
        s.clock[0]["key"],
        SAYS,
        s.closure[n]["called_back"],
        0,
        s.need[n]["owner_key"],
        s.need[n]["ordinal"],
    )
    says_solved = solved or said < s.par[0]["call_says_solved"]
    answers = _answers(s, n, 1.0 if solved else 0.0)
    if s.closure[n]["counted_spell"] != s.track[n]["spell"] + 1:
        s.closure[n]["counted_spell"] = s.track[n]["spell"] + 1
        satisfied = solved and s.case[n]["satisfaction"] >= s.par[0]["call_satisfied_from"]
        contacted = s.case[n]["first_response_at"] - s.case[n]["reported_at"] <= s.par[0]["call_contact_days"]
        s.community[c]["called"] += 1
        s.community[c]["called_contacted"] += contacted
        s.community[c]["called_solved"] += solved
        s.community[c]["called_satisfied"] += satisfied
        if answers:
            says_satisfied = satisfied or said < s.par[0]["call_says_satisfied"]
            s.community[c]["answered"] += 1
            s.community[c]["stated_contacted"] += contacted
            s.community[c]["stated_solved"] += says_solved
            s.community[c]["stated_satisfied"] += says_satisfied
            worked = s.need[n]["flags"] & COMMUNITY_WORKS != 0
            count_answer(s, n, worked, int(contacted) + int(says_solved) + int(says_satisfied), t)
    return answers and not says_solved
