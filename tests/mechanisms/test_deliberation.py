"""Councils: who comes, what is put to them, how opinions move, what they may decide."""

import math

import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

from sim import load_scenario, simulate
from sim.records.tables import Records
from sim.rules.council_member import confidence, decided, first_opinion, quorum_met
from tests.guarantees.runs import STAFF_ALONE, TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.mechanisms.deliberation_systems import SYSTEMS, held, passing

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
    "confidence": ("deliberation.confidence=.5", "deliberation.confidence=0", *COUNCILS, *STAFF_ALONE),
    "petitions": ("deliberation.weight_petitions=50", "deliberation.weight_petitions=0", *COUNCILS),
    "agenda": ("deliberation.agenda=above", "deliberation.agenda=data", *COUNCILS),
    "electorate": ("deliberation.electorate=community", "deliberation.electorate=building", *COUNCILS),
    "outreach": ("deliberation.outreach=.6", "deliberation.outreach=0", *COUNCILS, *STAFF_ALONE),
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
        "tests/mechanisms/test_deliberation.py",
        part="councils",
    ),
    Break(
        "in talks of two one side moves",
        "mechanisms/deliberation/opinions.py",
        "moved(there, here, step)",
        "there",
        "tests/mechanisms/test_deliberation.py",
        part="councils",
    ),
    Break(
        "solved needs stay in the opinion database",
        "mechanisms/deliberation/agenda.py",
        "        if _unsolved(s, n):\n            s.docket",
        "        if n >= 0:\n            s.docket",
        "tests/mechanisms/test_deliberation.py",
        part="councils",
    ),
    Break(
        "funds without end",
        "mechanisms/deliberation/decision.py",
        '        s.council[c]["spent"] += cost\n',
        "",
        "tests/mechanisms/test_deliberation.py",
        part="councils",
    ),
    Break(
        "those who came learn nothing",
        "rules/council_member.py",
        "    return value + step * (1.0 - value)\n",
        "    return value\n",
        "tests/mechanisms/test_deliberation.py",
        part="councils",
    ),
]


LIMITS = SYSTEMS

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


#: Everybody comes, and talks until nothing moves.
_TALK: dict[str, object] = {
    "community.residents": 200,
    "deliberation.every_weeks": 20,
    "deliberation.invited": 200,
    "deliberation.size": 200,
    "deliberation.attend_probability": 1,
    "deliberation.attend_cap": 1,
    "deliberation.support_width": 1,
    "deliberation.skill_confidence": 0,
    "deliberation.topics": 3,
    "demand.rate": 3,
}


def _talked(**settings: object) -> tuple[Records, np.ndarray, np.ndarray]:
    """Return the records, the opinions at the end of the last topic, and those before anybody talked."""
    records = held({**_TALK, **{f"deliberation.{key}": value for key, value in settings.items()}}, 1, 0)
    state = records.built.state
    size = records.settings.deliberation.size
    count = int(state.council["seated"][0])
    assert count == 200
    # The table of the last council is the last block of places.
    end = state.seat["opinion"][size : size + count].copy()
    silent = held(
        {
            **_TALK,
            **{f"deliberation.{key}": value for key, value in settings.items()},
            "deliberation.rounds": 0,
        },
        1,
        0,
    )
    start = silent.built.state.seat["opinion"][size : size + count].copy()
    return records, start, end


def test_degroot_without_a_bound_the_plenary_agrees_on_the_mean() -> None:
    """Everybody weighs the same: deviations shrink by 1 − μ a round, the mean stays."""
    _, start, end = _talked(confidence=1, openness=0.5, rounds=5)
    assert start.std() == pytest.approx(math.sqrt(1 / 12), rel=0.1)
    assert end.mean() == pytest.approx(start.mean(), abs=1e-12)
    np.testing.assert_allclose(end - start.mean(), 0.5**5 * (start - start.mean()), atol=1e-12)


def test_consensus_is_one_less_the_ratio_of_variances() -> None:
    records, start, end = _talked(confidence=1, openness=0.5, rounds=2)
    assert end.var() / start.var() == pytest.approx(0.5**4, rel=1e-9)
    np.testing.assert_allclose(records.meetings["consensus"], 1 - 0.5**4, rtol=1e-9)


@pytest.mark.parametrize("bound", [0.1, 0.2, 0.3])
def test_talks_of_two_conserve_the_mean(bound: float) -> None:
    _, start, end = _talked(opinion_rule="pairs", confidence=bound, openness=0.5, rounds=3)
    assert end.mean() == pytest.approx(start.mean(), abs=1e-12)
    assert end.var() < start.var()
    assert abs(end - start).max() > 0.5 * bound


def test_a_facilitator_conserves_the_mean() -> None:
    """Merging opinions moves nobody's weight: only the spread shrinks, by the focus, where nobody listens."""
    settings = {"confidence": 0, "facilitator_confidence": 0, "facilitator": "true", "facilitator_focus": 0.2}
    _, start, end = _talked(openness=0.5, rounds=3, **settings)
    np.testing.assert_allclose(end - start.mean(), 0.8**3 * (start - start.mean()), atol=1e-12)


@pytest.mark.parametrize(
    ("bound", "clusters", "within"), [(0.4, 1, 0), (0.2, 2, 0), (0.15, 3, 0), (0.1, 5, 1), (0.07, 7, 2)]
)
def test_clusters_of_opinion(bound: float, clusters: int, within: int) -> None:
    """Deffuant: about ⌊1/(2ε)⌋ groups remain, those of a few stragglers apart.

    Exactly so between two steps of that function for few groups; less exactly for many.
    """
    _, _, end = _talked(opinion_rule="pairs", confidence=bound, openness=0.3, rounds=60)
    ordered = np.sort(end)
    groups = np.split(ordered, np.flatnonzero(np.diff(ordered) > 0.05) + 1)
    large = [group for group in groups if len(group) >= 10]
    assert abs(len(large) - clusters) <= within
    assert math.floor(1 / (2 * bound)) == clusters


def test_unbiased_channels_with_full_coverage_make_no_error() -> None:
    settings: dict[str, object] = {
        "community.residents": 600,
        "deliberation.topics": 9,
        "deliberation.every_weeks": 8,
    }
    exact = held(settings, 1, 0).meetings
    assert len(exact) > 10
    assert (exact["fused_error"] < 1e-7).all()
    assert (exact["agenda_error"] < 1e-7).all()
    for bias in ("misfiled=.3", "web_loudness=1", "coverage_web=.3", "topics=2"):
        name, _, value = bias.partition("=")
        more = {"reporting.propensity_sigma": 1.65} if name == "web_loudness" else {}
        cover = {"deliberation.coverage_web": 0.3} if name != "topics" else {}
        biased = held({**settings, **more, **cover, f"deliberation.{name}": value}, 1, 0).meetings
        assert (biased["agenda_error"] > 0.02).all(), bias


def test_the_error_is_the_jensen_shannon_distance_to_the_needs_still_unsolved() -> None:
    """Counted anew from the ledger: whatever arose before the council and was not solved by then."""
    records = simulate(load_scenario("red_tea_council", ["followup_days=0", "deliberation.agenda=above"]), 2)
    meetings = records.meetings.drop_duplicates(["community", "council"])
    cases = records.cases
    names = list(cases["category"].cat.categories)
    above = records.settings.deliberation.topics_above
    weights = np.array([above.get(name, 0.0) for name in names])
    for _, row in meetings.iterrows():
        open_then = (cases["arisen_at"] < row["at"]) & ~(cases["solved_at"] < row["at"])
        true = cases["category"][open_then].value_counts().reindex(names).to_numpy(float)
        assert row["fused_error"] == pytest.approx(jensenshannon(weights, true, base=2), abs=1e-9)


def test_a_data_agenda_errs_less_than_one_from_above() -> None:
    data = simulate(load_scenario("red_tea_council"), 1).meetings
    above = simulate(load_scenario("red_tea_council", ["deliberation.agenda=above"]), 1).meetings
    assert data["fused_error"].mean() < above["fused_error"].mean()
    assert set(above["topic"].dropna()) <= set(load_scenario("red_tea_council").deliberation.topics_above)


#: Hours as in the scenario; votes pass more often, so that much is decided.
_READY = [
    "community.residents=6000",
    "deliberation.stuck_after_days=10",
    "deliberation.every_weeks=1",
    "deliberation.turnout=.9",
    "deliberation.support_mean=.7",
]


def test_councils_solve_cases_and_book_their_hours() -> None:
    records = simulate(load_scenario("red_tea_council", _READY), 1)
    meetings, daily, cases = records.meetings, records.daily, records.cases
    d = records.settings.deliberation
    by_council = cases["solved_by"] == "deliberation"
    assert by_council.sum() == meetings["solved"].sum() > 20
    assert (meetings["solved"] <= meetings["funded"]).all()
    assert (meetings["funded"] + meetings["refused"] <= meetings["cases"]).all()
    assert (meetings.loc[~meetings["passed"], ["funded", "refused", "solved"]] == 0).all(axis=None)
    assert (meetings["passed"] <= meetings["quorum"]).all()
    # Nothing is carried out sooner than it takes.
    done = meetings["implemented_at"].notna()
    assert (meetings["implemented_at"] - meetings["at"])[done].min() >= d.implementation_days
    held_councils = meetings.drop_duplicates(["community", "council"])
    last = daily.iloc[-1]
    assert last["councils"] == len(held_councils)
    assert last["staff_hours_council"] == pytest.approx(len(held_councils) * (d.preparation_hours + d.hours))
    seats = held_councils["attendants"].sum()
    own = seats * d.hours + len(held_councils) * d.facilitator_hours
    assert last["volunteer_hours_council"] == pytest.approx(own)
    assert records.people["attendances"].sum() == seats
    assert records.cadres["hours_council"].sum() == pytest.approx(last["staff_hours_council"])
    votes = (meetings["owners_share"] * meetings["owners"]).sum()
    assert records.people["votes"].sum() == pytest.approx(votes)
    assert 0 < records.people["votes_counted"].sum() < records.people["votes"].sum()


def test_funds_are_never_overspent() -> None:
    budget = 4000.0
    records = simulate(
        load_scenario("red_tea_council", [*_READY, f"deliberation.budget_per_year={budget}"]), 1
    )
    meetings = records.meetings
    spent = meetings.groupby([(meetings["at"] // 365).rename("year"), "community"])["funds"].sum()
    assert (spent <= budget).all()
    assert spent.max() > 0.5 * budget
    assert (meetings["passed"] & (meetings["cases"] > meetings["funded"] + meetings["refused"])).any()


@pytest.mark.parametrize(
    "nothing", ["deliberation.topics=0", "deliberation.quorum=1.01", "deliberation.budget_per_year=0"]
)
def test_without_topics_quorum_or_funds_councils_achieve_nothing_and_cost_hours(nothing: str) -> None:
    # What was closed on paper after others had done their part costs a council nothing.
    overrides = [*_READY, "closing.enabled=false", nothing]
    records = simulate(load_scenario("red_tea_council", overrides), 1)
    assert not (records.cases["solved_by"] == "deliberation").any()
    assert records.meetings["funds"].sum() == 0.0
    last = records.daily.iloc[-1]
    assert last["staff_hours_council"] > 100.0
    assert last["volunteer_hours_council"] > 1000.0


def test_those_who_came_come_again_more_often() -> None:
    """Repeat attendance: motivation and being invited again, against a council that teaches nothing."""

    def repeated(learning: float) -> float:
        overrides = [*_READY, f"deliberation.learning={learning}", "reporting.propensity_sigma=0"]
        attendances = simulate(load_scenario("red_tea_council", overrides), 1).people["attendances"]
        return float((attendances > 1).sum() / (attendances > 0).sum())

    assert repeated(0.5) > repeated(0.0) + 0.05


def test_meeting_makes_acquaintances() -> None:
    def ties(probability: float) -> int:
        overrides = [*_READY, f"deliberation.tie_probability={probability}", "ties.after_help=0"]
        return int(simulate(load_scenario("red_tea_council", overrides), 1).people["ties"].sum())

    assert ties(0.1) > ties(0.0)


def test_the_law() -> None:
    assert quorum_met(2 / 3, 30, 20, 30.0, 20.0)
    assert not quorum_met(2 / 3, 30, 19, 30.0, 25.0)
    assert not quorum_met(2 / 3, 30, 25, 30.0, 19.0)
    assert not quorum_met(1.01, 30, 30, 30.0, 30.0)
    assert decided(False, 0.5, 0.75, 20, 11, 20.0, 11.0)
    assert not decided(False, 0.5, 0.75, 20, 10, 20.0, 12.0)
    assert decided(True, 0.5, 0.75, 20, 15, 20.0, 15.0)
    assert not decided(True, 0.5, 0.75, 20, 15, 20.0, 14.9)
    assert first_opinion(0.5, 1.0, 0.9, True, 0.9) == 1.0
    assert confidence(0.25, 1.0, 0.1, True, 0.15) == pytest.approx(0.5)


def test_the_sums_of_the_two_stages() -> None:
    """Three owners of whom two must take part, by hand."""
    met, passed = passing(3, 0.5, 0.5, 2 / 3, 0.5, True)
    assert met == pytest.approx(4 / 8)
    # Two take part (3/8): both must agree, 1/4. Three (1/8): two or three, 1/2.
    assert passed == pytest.approx((3 / 8 * 1 / 4 + 1 / 8 * 1 / 2) / (4 / 8))
