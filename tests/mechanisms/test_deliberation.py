"""Councils: who comes, what is put to them, how opinions move, what they may decide."""

from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test

#: Councils often, with much that is stuck, of owners who mostly agree.
COUNCILS = (
    "deliberation.enabled=true",
    "deliberation.every_weeks=2",
    "deliberation.stuck_after_days=5",
    "deliberation.turnout=.9",
    "deliberation.support_mean=.6",
)

NEUTRAL = {
    "councils from after the end of the run on": Neutral(
        ("deliberation.enabled=true", "deliberation.every_weeks=100"), ("deliberation.enabled=false",)
    ),
    "councils to which nobody is invited and that cost nothing": Neutral(
        (
            "deliberation.enabled=true",
            "deliberation.every_weeks=2",
            "deliberation.invited=0",
            "deliberation.topics=0",
            "deliberation.preparation_hours=0",
            "deliberation.hours=0",
        ),
        ("deliberation.enabled=false",),
        leave_out=("councils",),
    ),
    "councils of no length that decide nothing": Neutral(
        (
            "deliberation.enabled=true",
            "deliberation.every_weeks=2",
            "deliberation.quorum=1.01",
            "deliberation.preparation_hours=0",
            "deliberation.hours=0",
            "deliberation.tie_probability=0",
        ),
        ("deliberation.enabled=false",),
        # Who came, and who voted, is still told.
        leave_out=(
            "councils",
            "attendances",
            "contributions",
            "contributions_counted",
            "votes",
            "votes_counted",
        ),
    ),
    "facilitator who adds nothing": Neutral(
        (
            "deliberation.facilitator=true",
            "deliberation.facilitator_confidence=0",
            "deliberation.facilitator_focus=0",
            "deliberation.facilitator_hours=0",
        ),
        ("deliberation.facilitator=false",),
        COUNCILS,
    ),
    "practice that changes nothing": Neutral(
        ("deliberation.learning=.6",),
        ("deliberation.learning=0",),
        (*COUNCILS, "deliberation.motivation_gain=0", "deliberation.skill_confidence=0"),
    ),
    "whom petitions hear, where they do not count": Neutral(
        ("deliberation.coverage_petitions=1", "deliberation.petition_factor_young=1"),
        ("deliberation.coverage_petitions=0",),
        (*COUNCILS, "deliberation.weight_petitions=0"),
    ),
}
AT_WORK = {
    "councils": ("deliberation.enabled=true", "deliberation.enabled=false", *COUNCILS[1:]),
    "facilitator": ("deliberation.facilitator=true", "deliberation.facilitator=false", *COUNCILS),
    "learning": ("deliberation.learning=.6", "deliberation.learning=0", *COUNCILS),
    "confidence": ("deliberation.confidence=.5", "deliberation.confidence=0", *COUNCILS),
    "petitions": ("deliberation.weight_petitions=50", "deliberation.weight_petitions=0", *COUNCILS),
    "agenda": ("deliberation.agenda=above", "deliberation.agenda=data", *COUNCILS),
    "electorate": ("deliberation.electorate=community", "deliberation.electorate=building", *COUNCILS),
    "outreach": ("deliberation.outreach=.6", "deliberation.outreach=0", *COUNCILS),
    "funds": ("deliberation.budget_per_year=0", "deliberation.budget_per_year=100000", *COUNCILS),
    "acquaintances": ("deliberation.tie_probability=.5", "deliberation.tie_probability=0", *COUNCILS),
}
COVERING = {
    "councils": (
        "co_governance",
        (
            *TINY,
            "county.communities=2",
            "deliberation.enabled=true",
            "deliberation.every_weeks=1",
            "deliberation.stuck_after_days=2",
            "deliberation.facilitator=true",
            "deliberation.turnout=.9",
            "deliberation.support_mean=.7",
            "deliberation.implementation_days=3",
            "deliberation.tie_probability=.2",
        ),
        1,
    ),
    "councils in pairs, of the whole community, on topics from above": (
        "administration_led",
        (
            *TINY,
            "deliberation.enabled=true",
            "deliberation.every_weeks=1",
            "deliberation.stuck_after_days=2",
            "deliberation.opinion_rule=pairs",
            "deliberation.electorate=community",
            "deliberation.agenda=above",
            "deliberation.turnout=.9",
            "deliberation.support_mean=.8",
            "deliberation.implementation_days=3",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "majority of all owners instead of those voting",
        "mechanisms/deliberation/decision.py",
        """        voting,
        yes,
        area_voting,
        area_yes,
""",
        """        owners,
        yes,
        area,
        area_yes,
""",
        "vote, turnout",
        part="councils",
    ),
    Break(
        "every other invitation is lost",
        "mechanisms/deliberation/deliberation.py",
        's.person[p]["key"], 0, 0) < probability',
        's.person[p]["key"], 0, 0) < 0.5 * probability',
        "attendance",
        part="councils",
    ),
    Break(
        "what is misfiled is lost",
        "mechanisms/deliberation/agenda.py",
        "                category = min(categories - 1, int(u / misfiled * categories))\n",
        "                continue\n",
        "channel, 40%",
        part="councils",
    ),
    Break(
        "quorum of owners without that of area",
        "rules/council_member.py",
        "        and area_voting >= quorum * area * (1.0 - slack)\n",
        "",
        "tests/truth/test_councils.py",
        part="councils",
    ),
    Break(
        "in talks of two one side moves",
        "mechanisms/deliberation/opinions.py",
        "moved(there, here, step)",
        "there",
        "tests/truth/test_councils.py",
        part="councils",
    ),
    Break(
        "solved needs stay in the opinion database",
        "mechanisms/deliberation/agenda.py",
        "        if _unsolved(s, n):\n            s.docket",
        "        if n >= 0:\n            s.docket",
        "tests/truth/test_councils.py",
        part="councils",
    ),
    Break(
        "funds without end",
        "mechanisms/deliberation/decision.py",
        '        s.council[c]["spent"] += cost\n',
        "",
        "tests/truth/test_councils.py",
        part="councils",
    ),
    Break(
        "those who came learn nothing",
        "rules/council_member.py",
        "    return value + step * (1.0 - value)\n",
        "    return value\n",
        "tests/truth/test_councils.py",
        part="councils",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
