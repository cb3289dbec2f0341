"""The platform: who registers and stays active, roll-out, points."""

import math
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from sim import Records, Scenario, load_scenario, simulate
from sim.engine.randomness import run_key
from sim.engine.tables.people import REGISTERED
from sim.mechanisms.mutual_aid.initial_state import launch_times
from tests.guarantees.runs import NO_USERS
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth import exact
from tests.truth.community import isolated, run
from tests.truth.equivalence import Experiment, Values

#: Clocks for registering run for most people through most of the run.
MANY_JOIN = ("platform.enabled=true", "adoption.initial_registered=.02", "adoption.innovation_per_year=3")

#: Points that are often traded in.
POINTS = ("points.enabled=true", "points.redeem_at=10")

NEUTRAL = {
    "platform without users": Neutral(("platform.enabled=true",), ("platform.enabled=false",), NO_USERS),
    "platform that nobody can use": Neutral(
        ("platform.enabled=true",),
        ("platform.enabled=false",),
        ("adoption.net_use=0", "adoption.net_use_60plus=0"),
    ),
    "app as dear as the office": Neutral(
        ("platform.enabled=true",),
        ("platform.enabled=false",),
        ("reporting.cost_app=1", "mutual_aid.enabled=false", "reporting.published_status=false"),
        ("registered", "active", "adopters"),
    ),
    "campaign of no days": Neutral(("adoption.campaigns=[{start_day: 40, days: 0}]",), (), MANY_JOIN),
    "campaign that wins nobody": Neutral(
        ("adoption.campaigns=[{start_day: 40, days: 30}]", "adoption.campaign_rate_per_day=0"),
        (),
        MANY_JOIN,
    ),
    "points that move nobody": Neutral(
        (
            "points.enabled=true",
            "points.activity_factor=1",
            "points.help_factor=1",
            "points.redeem_at=10",
            "points.gaming_share=.1",
        ),
        ("points.enabled=false",),
    ),
    "points never traded in": Neutral(
        ("points.enabled=true", "points.redeem_at=1e9"), ("points.enabled=false",)
    ),
    "a platform that starts after the run": Neutral(
        ("platform.enabled=true", "platform.start_day=1000000"),
        ("platform.enabled=false",),
        ("reporting.published_status=false", "intake.merge_probability=0", "mutual_aid.enabled=false"),
        ("eligible",),
    ),
    "roll-out that nobody begins, so that all start at once": Neutral(
        ("platform.rollout_imitation_per_year=5",), ("platform.rollout_imitation_per_year=0",)
    ),
    "identity checks that refuse nobody there is": Neutral(
        ("adoption.verified_share_migrants=.1",),
        ("adoption.verified_share_migrants=1",),
        ("community.migrant_share=0",),
    ),
}
AT_WORK = {
    "platform": ("platform.enabled=true", "platform.enabled=false"),
    "campaign": ("adoption.campaigns=[{start_day: 40, days: 30}]", "adoption.campaigns=[]"),
    "points, activity": ("points.activity_factor=.2", "points.activity_factor=1", *POINTS),
    "points, help": ("points.help_factor=5", "points.help_factor=1", *POINTS),
    "roll-out": ("platform.start_day=50", "platform.start_day=0"),
    "identity": ("adoption.verified_share=.5", "adoption.verified_share=1"),
    "contact": ("adoption.contact_probability=1", "adoption.contact_probability=0"),
}
COVERING = {
    "adoption, everybody": (
        "verification/adoption",
        ("horizon_days=120", "verification.population=150"),
        1,
    ),
    "adoption, network": (
        "verification/adoption",
        ("horizon_days=120", "verification.population=150", "verification.network=random"),
        1,
    ),
}
BREAKS = [
    Break(
        "shared clock forgets the hazard used up",
        "mechanisms/platform/adoption.py",
        '["remaining"] - s.clock[0]["hazard"]) / rate',
        '["remaining"]) / rate',
        "Bass",
        part="diffusion",
    ),
    Break(
        "imitation half as strong",
        "rules/resident.py",
        "innovation + imitation * registered_share",
        "innovation + 0.5 * imitation * registered_share",
        "logistic",
        part="diffusion",
    ),
    Break(
        "own clocks forget the hazard used up",
        "mechanisms/platform/adoption.py",
        'max(0.0, a[p]["remaining"] - a[p]["rate"] * (t - a[p]["anchor"]))',
        'a[p]["remaining"]',
        "each with own clock",
        part="diffusion",
    ),
    Break(
        "activity fades too fast in the last stretch",
        "rules/resident.py",
        "return 90.0 + 90.0 *",
        "return 90.0 + 75.0 *",
        "retention",
        part="people",
    ),
    Break(
        "communities imitate half as much",
        "mechanisms/mutual_aid/initial_state.py",
        "innovation + imitation * started",
        "innovation + 0.5 * imitation * started",
        "roll-out among communities",
        part="lasting",
    ),
    Break(
        "help earns points beyond the cap",
        "rules/giving.py",
        "min(per_help, cap - usual - awarded_today)",
        "min(per_help, cap - awarded_today)",
        "tests/mechanisms/test_mutual_aid_books.py",
    ),
    Break(
        "a campaign a tenth too weak",
        "rules/resident.py",
        "imitation * registered_share + campaign",
        "imitation * registered_share + 0.9 * campaign",
        "campaign",
        part="takeup",
    ),
]


def _retention() -> Experiment:
    """People who become active at time 0 are still active at 30, 90 and 180 days in the stated shares."""
    shares = {30: 0.55, 90: 0.42, 180: 0.31}
    # Between those days the hazard is constant.
    between = {60: math.sqrt(0.55 * 0.42), 135: math.sqrt(0.42 * 0.31)}
    expected = shares | between
    residents = 10_000
    settings = {
        "community.residents": residents,
        "horizon_days": 200,
        "followup_days": 0,
        "demand.rate": 0,
        "platform.enabled": "true",
        "adoption.net_use": 1,
        "adoption.able": 1,
        "adoption.initial_registered": 1,
        "adoption.initial_active": 1,
        "adoption.innovation_per_year": 0,
        "adoption.imitation_per_year": 0,
    }

    def once(seed: int, replication: int) -> Values:
        daily = run(settings, seed, replication).daily
        active = daily["active"].to_numpy() / residents
        return {"cases": residents, **{f"active after {t} days": active[t - 1] for t in expected}}

    results = {f"active after {t} days": share for t, share in expected.items()}
    return Experiment("retention", once, results, replications=10)


def _campaign() -> Experiment:
    """Nobody joins but in a campaign: 1 − e^(−rate·days) of those who can, and nobody after its end."""
    residents, starts, lasts, rate = 20_000, 10, 180, -math.log(0.55) / 180.0
    settings = {
        "community.residents": residents,
        "horizon_days": 260,
        "followup_days": 0,
        "demand.rate": 0,
        "platform.enabled": "true",
        "adoption.net_use": 1,
        "adoption.able": 1,
        "adoption.initial_registered": 0,
        "adoption.innovation_per_year": 0,
        "adoption.imitation_per_year": 0,
        "adoption.contact_probability": 0,
        "adoption.campaigns": f"[{{start_day: {starts}, days: {lasts}}}]",
        "adoption.campaign_rate_per_day": rate,
    }
    days = {"half way": 100, "at its end": 190, "long after": 250}

    def once(seed: int, replication: int) -> Values:
        registered = run(settings, seed, replication).daily["registered"].to_numpy() / residents
        assert registered[starts - 1] == 0.0
        return {"cases": residents, **{name: registered[day - 1] for name, day in days.items()}}

    def joined(day: int) -> float:
        return 1.0 - math.exp(-rate * min(lasts, day - starts))

    return Experiment("campaign", once, {name: joined(day) for name, day in days.items()}, replications=12)


def _rollout(communities: int) -> Experiment:
    """Communities start the platform as in Bass's model among so many."""
    p, q, days, together = 0.01, 0.08, (15, 30, 60), 100
    settings = {
        "platform.enabled": "true",
        "platform.rollout_innovation_per_year": 365 * p,
        "platform.rollout_imitation_per_year": 365 * q,
    }

    def once(seed: int, replication: int) -> Values:
        scenario = isolated(settings)
        keys = [run_key(seed, together * replication + k) for k in range(together)]
        times = np.array([launch_times(scenario, key, communities) for key in keys])
        started = {f"started by day {t}": float((times <= t).sum()) / together for t in days}
        return {"cases": together * communities, **started}

    results = {
        f"started by day {t}": exact.expected_adopters(communities, 0, p, q, communities, float(t))
        for t in days
    }
    return Experiment("roll-out among communities", once, results, replications=40)


@cache
def _adoption(overrides: tuple[str, ...]) -> Scenario:
    return load_scenario("verification/adoption", overrides)


def _curve(
    name: str, overrides: list[str], people: int, results: dict[int, float], replications: int
) -> Experiment:
    days = max(results) + 1
    settings = (*overrides, f"horizon_days={days}", "ledger=none")

    def once(seed: int, replication: int) -> Values:
        adopters = simulate(_adoption(settings), seed, replication).daily["adopters"].to_numpy()
        # The row of a day holds the count at its end.
        return {"cases": people, **{f"adopters on day {t}": float(adopters[t - 1]) for t in results}}

    expected = {f"adopters on day {t}": value for t, value in results.items()}
    return Experiment(name, once, expected, {}, replications)


def _large(people: int) -> list[Experiment]:
    p, q = 0.003, 0.05
    bass = {t: people * exact.bass(t, p, q) for t in (10, 20, 40, 60, 90)}
    rate, start = 0.05, 0.01
    logistic = {t: people * exact.logistic_share(t, rate, start) for t in (20, 60, 90, 120, 160)}
    size = f"verification.population={people}"
    return [
        _curve("Bass", [size, f"verification.p={p}", f"verification.q={q}"], people, bass, 8),
        _curve(
            "logistic",
            [
                size,
                "verification.p=0",
                "verification.q=0",
                f"verification.contact_rate={rate}",
                f"verification.initial={round(start * people)}",
            ],
            people,
            logistic,
            12,
        ),
    ]


def _small(people: int, folder: Path | None) -> Experiment:
    p, q, initial = 0.004, 0.06, 20
    overrides = [
        f"verification.population={people}",
        f"verification.p={p}",
        f"verification.q={q}",
        f"verification.initial={initial}",
    ]
    others = people
    name = f"Bass among {people}, complete network"
    if folder is not None:
        edges = np.array([(a, b) for a in range(people) for b in range(a)])
        file = folder / "complete.npy"
        np.save(file, edges)
        overrides += ["verification.network=file", f"verification.network_file={file}"]
        others = people - 1
        name = f"Bass among {people}, each with own clock"
    results = {t: exact.expected_adopters(people, initial, p, q, others, t) for t in (15, 30, 50)}
    return _curve(name, overrides, people, results, 500)


@cache
def _folder() -> TemporaryDirectory:
    return TemporaryDirectory()


LIMITS = [
    _retention(),
    _campaign(),
    _rollout(60),
    *_large(200_000),
    _small(200, None),
    _small(200, Path(_folder().name)),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


_PLACE = ["community.residents=1500", "community.merchants=60", "warmup_days=20", "horizon_days=200"]
_ALL = [
    *_PLACE,
    "followup_days=20",
    "demand.rate=2",
    "demand.helpable_share=.2",
    "adoption.initial_active=.6",
    "mutual_aid.act_probability=.05",
    "mutual_aid.offline_ties=true",
    "mutual_aid.reciprocity_factor=2",
    "charity_sale.enabled=true",
    "charity_sale.take_part_probability=.1",
    "donation.enabled=true",
    "donation.give_probability=.1",
    "standing_pair.enabled=true",
    "standing_pair.commit_probability=.05",
    "points.enabled=true",
    "points.redeem_at=50",
    "points.gaming_share=.1",
    "ties.fading_days=60",
    "ties.after_meeting=.3",
    "shortage.enabled=true",
    "shortage.start_day=60",
]


@pytest.fixture(scope="module", params=["administration_led", "co_governance"])
def records(request: pytest.FixtureRequest) -> Records:
    return simulate(load_scenario(request.param, _ALL), seed=5)


def test_points_and_clicks_are_no_participation() -> None:
    """Who collects by a program collects the cap to the day and has contributed nothing."""
    settings = [
        *_PLACE,
        "points.enabled=true",
        "points.gaming_share=1",
        "demand.rate=0",
        "crews.organisers_per_10k=0",
        "points.redeem_at=1e9",
    ]
    nobody_joins = [
        "demand.merchant_rate=0",
        "adoption.innovation_per_year=0",
        "adoption.imitation_per_year=0",
    ]
    records = simulate(load_scenario("co_governance", [*settings, *nobody_joins]), seed=2)
    points = records.points
    assert points is not None
    from_the_start = records.people["registered"].to_numpy() & (points["earned"].to_numpy() > 0)
    assert from_the_start.sum() > 100
    cap = records.settings.points.daily_cap
    np.testing.assert_allclose(points["earned"][from_the_start], cap * records.moments["time"], rtol=1e-9)
    assert not records.people[["contributions", "reports", "votes"]].to_numpy().any()


def test_help_fills_what_activity_leaves_of_the_cap() -> None:
    """Everybody active all the time and helping daily: exactly the cap a day, not a point more."""
    always = ["adoption.retention=[1,1,1]", "adoption.initial_registered=1", "adoption.initial_active=1"]
    settings = [
        *_PLACE,
        *always,
        "community.residents=40",
        "community.merchants=0",
        "demand.rate=600",
        "demand.organisations_shares=[1,0,0]",
        "demand.level_given_organisations=[[1,0,0],[1,0,0],[1,0,0]]",
        "demand.helpable_share=1",
        "reporting.base_rate_per_day=50",
        "mutual_aid.invitation=broadcast",
        "mutual_aid.act_probability=1",
        "mutual_aid.probability_cap=1",
        "mutual_aid.fatigue_halflife_days=.001",
        "mutual_aid.weekly_hours_cap=168",
        "reporting.propensity_sigma=0",
        "points.enabled=true",
        "points.per_active_day=4",
        "points.per_help=3",
        "points.daily_cap=10",
        "points.gaming_share=0",
        "points.redeem_at=1e9",
    ]
    records = simulate(load_scenario("co_governance", settings), seed=2)
    points, state = records.points, records.built.state
    assert points is not None
    days = int(state.clock["day"][0])
    done = records.cases[records.cases["helper_id"] >= 0]
    acts = done.assign(day=np.floor(done["solved_at"])).groupby(["helper_id", "day"]).size()
    # Three points an act, but no more than six a day beside the four of activity.
    expected = np.minimum(3 * acts, 6).groupby("helper_id").sum()
    earned = points.set_index("person_id")["earned"]
    for person, value in expected.items():
        assert earned[person] == pytest.approx(4 * days + value), person
    assert (acts >= 3).sum() > 100


def test_a_community_registers_on_its_own_day_and_not_before() -> None:
    settings = [
        "county.communities=6",
        "community.residents=400",
        "warmup_days=0",
        "horizon_days=300",
        "followup_days=0",
        "platform.start_day=40",
        "platform.rollout_innovation_per_year=2",
        "platform.rollout_imitation_per_year=4",
    ]
    records = simulate(load_scenario("co_governance", settings), seed=3)
    starts = records.built.state.community["platform_at"]
    assert (starts > 40).all()
    assert len(set(starts.tolist())) == 6
    for community, rows in records.daily.groupby("community"):
        ends = rows["day"] + 1
        assert (rows.loc[ends <= starts[community], "registered"] == 0).all()
        if starts[community] < 299:
            assert (rows.loc[ends > starts[community], "registered"] > 50).all()
    by_app = records.cases[records.cases["channel"] == "app"]
    assert (by_app["reported_at"] > starts[by_app["community"]]).all()
    state = records.built.state
    assert (state.account["flags"] < 64).all()


def test_whose_identity_is_refused_has_no_account() -> None:
    records = simulate(
        load_scenario("co_governance", [*_PLACE, "adoption.verified_share_migrants=0"]), seed=3
    )
    people = records.people
    assert not people.loc[people["migrant"], ["eligible", "registered", "active"]].to_numpy().any()
    assert people.loc[~people["migrant"], "registered"].mean() > 0.3
    state = records.built.state
    assert records.daily.iloc[0]["registered"] > 0
    assert (state.account["flags"] & REGISTERED != 0).sum() == records.daily.iloc[-1]["registered"]
