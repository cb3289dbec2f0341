"""Crews: who takes the seats of events that organisers call, and what is booked for it."""

import math

import numpy as np
import pytest

from sim import Records, load_scenario, simulate
from sim.mechanisms.crews.replay import CrewRule, replay
from sim.rules.volunteer import (
    NEWCOMER,
    OF_THE_CREW,
    VISITOR,
    beyond_the_crew,
    habit,
    log_weight,
    out_of_reach,
    place_in_line,
    seat_goes_to,
    seats_of,
    surely_behind,
)
from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth.community import run
from tests.truth.equivalence import Experiment, Values

_ON = "crews.organisers_per_10k=100"
NEUTRAL = {
    "crews that nobody calls": Neutral(
        ("crews.newcomer_share=.5", "crews.memory_days=null", "crews.hours=9", "crews.seats_median=40"),
        (),
        ("crews.organisers_per_10k=0",),
    ),
    "organisers who call no event": Neutral(
        (_ON, "crews.events_per_year=0"), ("crews.organisers_per_10k=0",)
    ),
    "readiness where all have the same propensity": Neutral(
        ("crews.propensity_exponent=1",),
        ("crews.propensity_exponent=0",),
        (_ON, "reporting.propensity_sigma=0"),
    ),
}
AT_WORK = {
    "crews": (_ON, "crews.organisers_per_10k=0"),
    "newcomers": ("crews.newcomer_share=.5", "crews.newcomer_share=.01", _ON),
    "visitors": ("crews.visitor_share=.5", "crews.visitor_share=0", _ON),
    "acts so far": ("crews.acts_exponent=2", "crews.acts_exponent=0", _ON),
    "memory": ("crews.memory_days=1", "crews.memory_days=null", _ON),
    "readiness": ("crews.propensity_exponent=1", "crews.propensity_exponent=0", _ON),
    "paces": ("crews.events_sigma=1", "crews.events_sigma=0", _ON),
    "seats": ("crews.seats_sigma=1", "crews.seats_sigma=0", _ON),
}
COVERING = {
    "crews": (
        "co_governance",
        (
            *TINY,
            "county.communities=2",
            "crews.organisers_per_10k=200",
            "crews.events_per_year=300",
            "crews.events_sigma=.5",
            "crews.visitor_share=.2",
            "points.enabled=true",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "acts with a crew do not count",
        "rules/volunteer.py",
        "return acts_exponent * math.log(acts)",
        "return 0.0 * acts_exponent * math.log(acts)",
        "crews, acts in proportion",
    ),
    Break(
        "a fifth more newcomers",
        "rules/volunteer.py",
        "if luck < newcomer:",
        "if luck < 1.2 * newcomer:",
        "crews, acts in proportion",
    ),
    Break(
        "one person takes two seats",
        "mechanisms/crews/seats.py",
        'while j >= 0 and member[j]["crew"] != o:',
        "while j >= 0:",
        "tests/mechanisms/test_crews.py",
    ),
    Break(
        "who stays away is remembered for ever",
        "rules/volunteer.py",
        "fading = gap / memory_days if memory_days > 0.0 else 0.0",
        "fading = 0.0 * gap / memory_days if memory_days > 0.0 else 0.0",
        "tests/mechanisms/test_crews.py",
    ),
    Break(
        "events of crews take no hours",
        "mechanisms/crews/crews.py",
        's.community[c]["volunteer_hours"] += hours',
        's.community[c]["volunteer_hours"] += 0.0 * hours',
        "tests/mechanisms/test_crews.py",
    ),
]


def _in_proportion() -> Experiment:
    """One seat, members in proportion to their acts: Simon's process, of whom 1/(2 − ν) come exactly once."""
    newcomer = 0.1
    settings = {
        "community.residents": 6000,
        "demand.rate": 0,
        "horizon_days": 1000,
        "followup_days": 0,
        "crews.organisers_per_10k": 5,
        "crews.events_per_year": 2000,
        "crews.events_sigma": 0,
        "crews.seats_median": 1,
        "crews.seats_sigma": 0,
        "crews.newcomer_share": newcomer,
        "crews.visitor_share": 0,
        "crews.acts_exponent": 1,
        "crews.memory_days": "null",
        "crews.propensity_exponent": 0,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        acts = records.people["contributions"].to_numpy()
        crew = records.built.state.crew
        # The first seat of a crew must go to a newcomer.
        further = (acts > 0).sum() - crew.shape[0]
        return {
            "cases": int((acts > 0).sum()),
            "once only": float((acts == 1).sum() / (acts > 0).sum()),
            "newcomers": float(further / (acts.sum() - crew.shape[0])),
        }

    results = {"once only": 1.0 / (2.0 - newcomer), "newcomers": newcomer}
    return Experiment("crews, acts in proportion", once, results, replications=16)


LIMITS = [_in_proportion()]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


def _given(sizes: list[int], organisers: list[int] | None = None) -> tuple[np.ndarray, ...]:
    number = len(sizes)
    of = np.zeros(number, np.int64) if organisers is None else np.array(organisers)
    return np.arange(number, dtype=float), of, np.array(sizes)


def test_without_acts_memory_and_readiness_the_crew_is_uniform() -> None:
    """Twelve people, 400 events with four of them: each is at an event with 1/3, whoever was there before."""
    events, crew, seats = 400, 12, 4
    alike = CrewRule(0.0, 0.0, 0.0, 0.0, 0.0)
    spread, again = [], []
    for replication in range(100):
        came = replay(*_given([crew] + [seats] * events), alike, 3, replication)
        assert len(came.acts) == crew
        spread.append((came.acts - 1).var(ddof=1))
        again.append(float((came.acts - 1).mean()))
    share = seats / crew
    # Of a sample without replacement: variance p(1 − p), covariance −p(1 − p)/(m − 1) of two of the m.
    expected = events * share * (1.0 - share) * crew / (crew - 1)
    error = np.std(spread, ddof=1) / math.sqrt(len(spread))
    assert abs(np.mean(spread) - expected) < 4.0 * error
    assert error < 0.06 * expected
    assert again == [pytest.approx(events * share)] * len(again)


def test_seats_go_by_weight() -> None:
    """First in line with probability w / Σw, over luck spread evenly."""
    weights = np.array([1.0, 2.0, 5.0])
    luck = np.random.default_rng(1).random((20_000, 3))
    line = [[place_in_line(u, math.log(w)) for u, w in zip(one, weights, strict=True)] for one in luck]
    first = np.bincount(np.argmin(line, axis=1), minlength=3) / len(luck)
    np.testing.assert_allclose(first, weights / weights.sum(), atol=4.0 * 0.5 / math.sqrt(len(luck)))


def test_the_weight_of_a_member() -> None:
    assert math.exp(log_weight(habit(9, 0.5), 0.0, 10.0, 0.0)) == pytest.approx(3.0)
    assert math.exp(log_weight(habit(1, 0.5), 20.0, 10.0, 0.0)) == pytest.approx(math.exp(-2.0))
    assert math.exp(log_weight(habit(4, 0.5), 1e9, -1.0, math.log(3.0))) == pytest.approx(6.0)


def test_who_is_not_looked_at_would_not_have_had_a_seat() -> None:
    luck = np.random.default_rng(2)
    draws = 1.0 - luck.random(40_000) ** luck.integers(1, 12, 40_000)
    draws = np.clip(draws, 0.5 * 2.0**-52, 1.0 - 2.0**-53)
    weights, places = luck.normal(0.0, 8.0, 40_000), luck.normal(0.0, 3.0, 40_000)
    behind = 0
    for u, weight, place in zip(draws.tolist(), weights.tolist(), places.tolist(), strict=True):
        if surely_behind(u, weight, place):
            behind += 1
            assert place_in_line(u, weight) >= place
        if out_of_reach(weight, place):
            assert place_in_line(1.0 - 2.0**-53, weight) > place
    # … and most who would not are told by it.
    really = sum(
        place_in_line(u, weight) >= place for u, weight, place in zip(draws, weights, places, strict=True)
    )
    assert 0.3 * really < behind <= really
    # To the edge: as early as a place can be, and as late as it still tells nothing.
    assert out_of_reach(-40.0, 0.0)
    assert not out_of_reach(-36.7, 0.0)


def test_to_whom_a_seat_goes() -> None:
    assert [seat_goes_to(u, 0.2, 0.3) for u in (0.1, 0.3, 0.6)] == [NEWCOMER, VISITOR, OF_THE_CREW]
    assert [beyond_the_crew(u, 0.2, 0.3) for u in (0.5, 0.7)] == [VISITOR, NEWCOMER]
    assert beyond_the_crew(0.5, 0.0, 0.0) == NEWCOMER
    assert [seats_of(3.0, 0.0, 9.0, 10), seats_of(0.2, 0.0, 0.0, 10), seats_of(3.0, 2.0, 5.0, 10)] == [
        3,
        1,
        10,
    ]


def test_who_stays_away_is_forgotten() -> None:
    """Two come to the first event; then one seat. With a memory of a day the same person comes ever after."""
    sizes = [2] + [1] * 60
    forgetful = [
        replay(*_given(sizes), CrewRule(0.0, 0.0, 0.0, 0.2, 0.0), 1, r).acts.max() for r in range(40)
    ]
    patient = [replay(*_given(sizes), CrewRule(0.0, 0.0, 0.0, 0.0, 0.0), 1, r).acts.max() for r in range(40)]
    assert np.mean(forgetful) > 55
    assert np.mean(patient) < 40


def test_a_person_of_two_crews_is_one_person() -> None:
    """All seats beyond the first event go to visitors: the same two people, one organiser after the other."""
    came = replay(*_given([2, 2, 2, 2], [0, 1, 2, 3]), CrewRule(0.0, 1.0, 1.0, 0.0, 0.0), 1, 0)
    assert came.acts.tolist() == [4, 4]
    assert came.same_organiser == 0.0
    assert came.first.tolist() == [0.0, 0.0]
    assert came.last.tolist() == [3.0, 3.0]


def test_a_replay_gives_every_seat_and_nobody_two_at_once() -> None:
    rng = np.random.default_rng(2)
    sizes = rng.integers(1, 9, 500).tolist()
    organisers = rng.integers(0, 5, 500).tolist()
    came = replay(*_given(sizes, organisers), CrewRule(0.05, 0.05, 0.8, 20.0, 0.4), 1, 0)
    assert came.acts.sum() == sum(sizes)
    assert came.acts.max() <= 500
    assert 0.0 < came.same_organiser < 1.0
    again = replay(*_given(sizes, organisers), CrewRule(0.05, 0.05, 0.8, 20.0, 0.4), 1, 0)
    np.testing.assert_array_equal(came.acts, again.acts)


@pytest.fixture(scope="module")
def town() -> Records:
    words = ["community.residents=2000", "warmup_days=60", "horizon_days=200", "followup_days=60"]
    words += ["crews.organisers_per_10k=50", "crews.events_per_year=80", "crews.visitor_share=.1"]
    return simulate(load_scenario("co_governance", words), seed=2)


def test_acts_and_hours_are_booked_once(town: Records) -> None:
    last, state = town.daily.iloc[-1], town.built.state
    used = int(state.clock["members"][0])
    member, crew = state.member[:used], state.crew
    assert used > 20
    assert member["acts"].sum() == crew["seats"].sum() == last["crew_acts"]
    assert crew["events"].sum() == last["crew_events"] > 100
    assert last["crew_hours"] == pytest.approx(3.1 * last["crew_acts"])
    np.testing.assert_array_equal(
        np.bincount(member["person"], minlength=len(town.people)) > 0, state.volunteer["head"] >= 0
    )
    assert last["volunteers"] == (state.volunteer["head"] >= 0).sum()
    for_cases = last["volunteer_hours"] - last["volunteer_hours_council"] - last["crew_hours"]
    assert for_cases == pytest.approx(town.cases["volunteer_hours"].sum())
    acts = np.bincount(member["person"], weights=member["acts"], minlength=len(town.people))
    people = town.people
    assert (people["contributions"] >= acts).all()
    assert (people["volunteer_hours"] >= 3.1 * acts - 1e-9).all()
    assert people["contributions_counted"].sum() > 0
    assert not acts[~people["in_denominator"]].any()


def test_who_came_to_the_last_event_is_led_through_newest_first(town: Records) -> None:
    state = town.built.state
    member = state.member[: int(state.clock["members"][0])]
    several = 0
    for o, crew in enumerate(state.crew):
        found = []
        row = int(crew["came"])
        while row >= 0:
            found.append(row)
            row = int(member["behind"][row])
            assert len(found) <= len(member)
        last = np.flatnonzero((member["crew"] == o) & (member["event"] == crew["events"]))
        assert found == sorted(last, reverse=True)
        several += len(found) > 2
    assert several > 2


def test_nobody_has_two_seats_at_an_event(town: Records) -> None:
    state = town.built.state
    member = state.member[: int(state.clock["members"][0])]
    assert (member["acts"] <= state.crew["events"][member["crew"]]).all()
    assert (member["event"] <= state.crew["events"][member["crew"]]).all()
    pairs = member["person"] * (1 << 20) + member["crew"]
    assert len(np.unique(pairs)) == len(pairs)
    # One seat an event and no newcomers: one person, at all of them.
    alone = ["crews.seats_median=1", "crews.seats_sigma=0", "crews.newcomer_share=0", "crews.visitor_share=0"]
    words = ["community.residents=500", "warmup_days=0", "horizon_days=60", "followup_days=0"]
    words += ["crews.organisers_per_10k=20", "crews.events_per_year=200", "crews.events_sigma=0", *alone]
    state = simulate(load_scenario("administration_led", words), seed=1).built.state
    assert state.crew.shape[0] == state.clock["members"][0] == 1
    assert state.member["acts"][0] == state.crew["events"][0] > 0


def test_a_further_organiser_changes_nobody_elses_pace() -> None:
    few, more = (
        simulate(load_scenario("administration_led", [f"crews.organisers_per_10k={n}", *_SHORT]), seed=4)
        for n in (20, 40)
    )
    before, after = few.built.state.crew, more.built.state.crew
    assert after.shape[0] == 2 * before.shape[0]
    for name in ("key", "rate", "events"):
        np.testing.assert_array_equal(after[name][: before.shape[0]], before[name])


_SHORT = ["community.residents=1000", "warmup_days=0", "horizon_days=90", "followup_days=0"]


def test_memberships_find_room() -> None:
    """More newcomers than there is room for at first."""
    words = ["community.residents=30000", "demand.rate=0", "warmup_days=0", "horizon_days=30"]
    words += ["followup_days=0", "crews.organisers_per_10k=500", "crews.events_per_year=25"]
    words += ["crews.seats_median=40", "crews.seats_sigma=0", "crews.newcomer_share=1"]
    records = simulate(load_scenario("administration_led", words), seed=1)
    state = records.built.state
    used = int(state.clock["members"][0])
    assert used > 20_000
    assert (state.member["acts"][:used] > 0).all()
    assert used == records.daily["crew_acts"].iloc[-1]
