"""Patrol and couriers: what is found that nobody has reported."""

import math

import numpy as np
import pandas as pd
import pytest

from sim import Records, load_scenario, simulate
from sim.agents import Cadre
from sim.agents.model import CommunityModel
from sim.errors import InputError
from tests.guarantees.runs import NO_USERS, TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth.community import counted, run
from tests.truth.equivalence import Experiment, Values

NEUTRAL = {
    "patrol of no hours": Neutral(
        ("patrol.homes_visited_per_hour=50", "patrol.homes_passed_per_hour=500", "patrol.elder_factor=3"),
        (),
        ("patrol.hours_per_week=0",),
    ),
    "couriers without a platform": Neutral(
        ("patrol.couriers_per_10k=50",), (), ("platform.enabled=false", "patrol.courier_report_probability=1")
    ),
    "couriers who report nothing": Neutral(
        ("patrol.couriers_per_10k=50", "patrol.courier_report_probability=0"), ()
    ),
    "couriers of no hours": Neutral(
        ("patrol.couriers_per_10k=50", "patrol.courier_by_phone=true", "patrol.courier_hours_per_day=0"), ()
    ),
    "a telephone that no courier holds": Neutral(("patrol.courier_by_phone=true",), ()),
    "visits that ask for no account": Neutral(
        ("patrol.registered_factor=0",),
        ("patrol.registered_factor=1",),
        (*NO_USERS, "patrol.hours_per_week=3"),
    ),
}
AT_WORK = {
    "patrol": ("patrol.hours_per_week=2", "patrol.hours_per_week=0"),
    "homes passed": (
        "patrol.homes_passed_per_hour=5",
        "patrol.homes_passed_per_hour=80",
        "patrol.hours_per_week=2",
    ),
    "elders": ("patrol.elder_factor=3", "patrol.elder_factor=1", "patrol.hours_per_week=2"),
    "accounts": ("patrol.registered_factor=0", "patrol.registered_factor=1", "patrol.hours_per_week=2"),
    "couriers": ("patrol.couriers_per_10k=50", "patrol.couriers_per_10k=0"),
    "couriers' hours": (
        "patrol.courier_hours_per_day=12",
        "patrol.courier_hours_per_day=4",
        "patrol.couriers_per_10k=50",
        "patrol.courier_report_probability=.05",
    ),
    "couriers by telephone": (
        "patrol.courier_by_phone=true",
        "patrol.courier_by_phone=false",
        "patrol.couriers_per_10k=50",
        "patrol.courier_report_probability=.05",
        "platform.enabled=false",
    ),
}
COVERING = {
    "patrol, couriers, embedded cadres": (
        "co_governance",
        (
            *TINY,
            "county.communities=2",
            "county.size_sigma=.4",
            "staff.embedded=3",
            "embedded.allocation=need",
            "embedded.displaced=true",
            "patrol.hours_per_week=4",
            "patrol.couriers_per_10k=50",
            "patrol.courier_report_probability=.05",
            "patrol.registered_factor=.3",
            "joint_session.convener_links=county",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "patrol a tenth too keen",
        "rules/cadre.py",
        "return homes_per_hour * patrol_hours /",
        "return 1.1 * homes_per_hour * patrol_hours /",
        "patrol against one observer",
    ),
    Break(
        "couriers see private problems alone",
        "mechanisms/patrol/discovery_clocks.py",
        'if passing > 0.0 and s.need[n]["flags"] & PUBLIC:',
        'if passing > 0.0 and not s.need[n]["flags"] & PUBLIC:',
        "patrol and couriers",
    ),
    Break(
        "a registered owner's clock begins anew",
        "mechanisms/patrol/discovery_clocks.py",
        '["remaining"] = max(0.0, f[n]["remaining"] - done)',
        '["remaining"] = max(0.0, f[n]["remaining"] + 0.0 * done)',
        "patrol, owners register",
    ),
    Break(
        "who registers is visited as before",
        "mechanisms/platform/adoption.py",
        "        person_registered(s, p, t)\n",
        "",
        "patrol, owners register",
    ),
    Break(
        "patrol visits the young less",
        "rules/cadre.py",
        "    return registered_factor if registered else 1.0",
        "    return registered_factor if registered else 0.8",
        "patrol, age gradient",
    ),
    Break(
        "patrol costs no hours",
        "mechanisms/patrol/patrol.py",
        "            add_duty(s, server, t, hours)\n",
        "",
        "tests/mechanisms/test_patrol.py",
    ),
]


#: Two grids, each with its cadre, and a rate of reports slow enough to be beaten.
_RESIDENTS, _GRIDS, _HOUSEHOLD = 2000, 2, 2.5
_HOMES = _RESIDENTS / _GRIDS / _HOUSEHOLD
_WALK = 8.4
_PATROL = {
    "community.residents": _RESIDENTS,
    "community.grid_residents": _RESIDENTS / _GRIDS,
    "community.household_size": _HOUSEHOLD,
    "patrol.hours_per_week": _WALK,
    "demand.rate": 12,
}


def _homes_per_hour(rate_per_day: float) -> float:
    """Return the homes that an hour must cover for patrol to find at `rate_per_day`, round the clock."""
    return rate_per_day * 7.0 * _HOMES / _WALK


def _found(cases: pd.DataFrame, by: str = "cadre") -> np.ndarray:
    return (cases["found_by"] == by).to_numpy()


def _private() -> Experiment:
    """One observer and patrol: found first with probability r/(r + λ), known after 1/(r + λ)."""
    patrol, report = 0.06, 0.09
    settings = {
        **_PATROL,
        "patrol.homes_visited_per_hour": _homes_per_hour(patrol),
        # Nothing here is seen from outside.
        "patrol.homes_passed_per_hour": 0,
        "reporting.base_rate_per_day": report,
    }

    def once(seed: int, replication: int) -> Values:
        cases = counted(run(settings, seed, replication))
        wait = cases["reported_at"] - cases["arisen_at"]
        return {
            "cases": len(cases),
            "found first": float(_found(cases).mean()),
            "days until known": float(wait.mean()),
        }

    total = patrol + report
    results = {"found first": patrol / total, "days until known": 1.0 / total}
    return Experiment("patrol against one observer", once, results, replications=12)


def _public() -> Experiment:
    """Many observers, couriers and patrol: each first in proportion to its rate."""
    patrol, courier, report, seen_by = 0.05, 0.04, 0.003, 10
    settings = {
        **_PATROL,
        "patrol.homes_visited_per_hour": 0,
        "patrol.homes_passed_per_hour": _homes_per_hour(patrol),
        "patrol.couriers_per_10k": 20,
        "patrol.courier_hours_per_day": 8,
        "patrol.courier_passes_per_hour": 0.05,
        "patrol.courier_report_probability": courier / 8.0,
        "platform.enabled": "true",
        "adoption.initial_registered": 0,
        "adoption.innovation_per_year": 0,
        "adoption.imitation_per_year": 0,
        "adoption.contact_probability": 0,
        "demand.public_share": 1,
        "demand.exposure_median": seen_by,
        "demand.exposure_sigma": 0,
        "reporting.base_rate_per_day": report,
    }

    def once(seed: int, replication: int) -> Values:
        cases = counted(run(settings, seed, replication))
        return {
            "cases": len(cases),
            "found by cadres": float(_found(cases).mean()),
            "found by couriers": float(_found(cases, "courier").mean()),
        }

    total = patrol + courier + seen_by * report
    results = {"found by cadres": patrol / total, "found by couriers": courier / total}
    return Experiment("patrol and couriers against ten observers", once, results, replications=12)


def _age() -> Experiment:
    """Visits blind to age find more among the old, by as much as these report less."""
    patrol, base, phone, office = 0.04, 0.1, 0.2, 1.6
    settings = {
        **_PATROL,
        "patrol.homes_visited_per_hour": _homes_per_hour(patrol),
        "community.share_60plus": 0.5,
        "reporting.base_rate_per_day": base,
        "reporting.cost_phone": phone,
        "reporting.cost_office": office,
        "reporting.phone_share": 1,
        "reporting.phone_share_60plus": 0,
    }

    def share(cost: float) -> float:
        return patrol / (patrol + base * math.exp(-cost))

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        cases = counted(records)
        old = records.people.set_index("person_id")["age_60plus"]
        old = old.reindex(cases["requester_id"]).to_numpy()
        found = _found(cases)
        return {"cases": len(cases), "60+ over under 60": float(found[old].mean() / found[~old].mean())}

    results = {"60+ over under 60": share(office) / share(phone)}
    return Experiment("patrol, age gradient", once, results, replications=12)


def _registration() -> Experiment:
    """Nobody reports; owners register at rate g and are then visited φ times as often: the clock goes on."""
    patrol, registers, factor, window = 0.08, 0.05, 0.4, 40.0
    settings = {
        **_PATROL,
        "patrol.homes_visited_per_hour": _homes_per_hour(patrol),
        "patrol.registered_factor": factor,
        "demand.rate": 40,
        "horizon_days": int(window),
        "followup_days": 400,
        "reporting.base_rate_per_day": 0,
        "platform.enabled": "true",
        "adoption.net_use": 1,
        "adoption.able": 1,
        "adoption.initial_registered": 0,
        "adoption.innovation_per_year": registers * 365.0,
        "adoption.imitation_per_year": 0,
        "adoption.contact_probability": 0,
    }
    # Over the window, the share of needs that arise before their owner registers.
    before = (1.0 - math.exp(-registers * window)) / (registers * window)
    after = 1.0 / (factor * patrol)
    first = 1.0 / (patrol + registers)
    wait = before * (first + registers * first * after) + (1.0 - before) * after

    def once(seed: int, replication: int) -> Values:
        cases = counted(run(settings, seed, replication))
        return {
            "cases": len(cases),
            "days until found": float((cases["reported_at"] - cases["arisen_at"]).mean()),
        }

    return Experiment("patrol, owners register", once, {"days until found": wait}, replications=12)


LIMITS = [
    _private(),
    _public(),
    _age(),
    _registration(),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


_SHORT = ["warmup_days=20", "horizon_days=100", "followup_days=40"]
_TOWN = ["community.residents=2000", "community.merchants=40", *_SHORT]
_WALKING = [*_TOWN, "patrol.hours_per_week=3", "patrol.homes_visited_per_hour=4"]


@pytest.fixture(scope="module")
def walked() -> Records:
    return simulate(load_scenario("administration_led", _WALKING), seed=2)


def test_hours_walked_are_those_of_the_calendar(walked: Records) -> None:
    """Three hours for each cadre with a grid in each full week, booked to them and to nobody else."""
    cadres, daily = walked.cadres, walked.daily
    grid_workers = cadres["kind"] == "grid_worker"
    worked = walked.built.state.worked[1 : len(daily) + 1]
    expected = 3.0 * worked / 40.0 * grid_workers.sum()
    np.testing.assert_allclose(daily["staff_hours_patrol"], expected, rtol=1e-12)
    assert cadres["hours_patrol"].sum() == pytest.approx(daily["staff_hours_patrol"].iloc[-1], rel=1e-12)
    assert (cadres.loc[~grid_workers, "hours_patrol"] == 0).all()
    assert 0 < grid_workers.sum() < len(cadres)


def test_the_hours_walked_are_missing_elsewhere() -> None:
    """With everybody known at once, patrol finds nothing and takes hours: cases are solved later."""
    known = [*_TOWN, "reporting.base_rate_per_day=1000", "reporting.propensity_sigma=0", "demand.rate=1.2"]
    idle = simulate(load_scenario("administration_led", known), seed=2)
    walking = simulate(load_scenario("administration_led", [*known, "patrol.hours_per_week=8"]), seed=2)
    assert walking.daily["found"].iloc[-1] < 0.01 * len(walking.cases)
    waits = [one.cases["service_started_at"] - one.cases["reported_at"] for one in (idle, walking)]
    assert waits[1].mean() > waits[0].mean() + 0.1


def test_finds_are_made_in_shifts_and_have_no_reporter(walked: Records) -> None:
    cases = walked.cases
    found = cases[cases["origin"] == "patrol"]
    assert len(found) > 50
    assert (found["found_by"] == "cadre").all()
    assert (found["reporter_id"] == -1).all()
    assert found["channel"].isna().all()
    hour = found["reported_at"] % 1.0 * 24.0
    assert ((hour > 9.0) & (hour <= 17.0 + 1e-9)).all()
    assert (found["reported_at"] // 1.0 % 7.0 < 5).all()
    assert (cases["found_by"].notna() == (cases["origin"] == "patrol")).all()
    assert walked.daily["found"].iloc[-1] == len(found)
    assert (found["status"] != "withdrawn").all()


def test_finds_are_independent_of_each_other() -> None:
    """Needs of the same person, one after the other, are found or not as those of strangers are."""
    settings = {
        "patrol.hours_per_week": 8.4,
        "patrol.homes_visited_per_hour": 20,
        "reporting.base_rate_per_day": 0.05,
        "demand.rate": 40,
    }
    cases = counted(run(settings, 5, 0)).sort_values(["requester_id", "arisen_at"])
    found = (cases["found_by"] == "cadre").to_numpy(float)
    assert 0.2 < found.mean() < 0.8
    same = (cases["requester_id"].to_numpy()[1:] == cases["requester_id"].to_numpy()[:-1]).nonzero()[0]
    assert same.size > 50_000
    for first, second in ((found[same], found[same + 1]), (found[:-1], found[1:])):
        # Under independence the correlation of n pairs has a standard deviation of 1/sqrt(n).
        assert abs(np.corrcoef(first, second)[0, 1]) < 4.0 / np.sqrt(first.size)


def test_a_find_does_not_touch_other_peoples_luck() -> None:
    """Who reports first, and when, is the same with patrol and without, but for what patrol found before."""
    settings = {"reporting.base_rate_per_day": 0.02}
    walking = {**settings, "patrol.hours_per_week": 8.4, "patrol.homes_visited_per_hour": 20}
    without, with_patrol = (run(s, 5, 0).cases for s in (settings, walking))
    found = (with_patrol["origin"] == "patrol").to_numpy()
    assert 0.1 < found.mean() < 0.9
    np.testing.assert_array_equal(with_patrol["reported_at"][~found], without["reported_at"][~found])
    known = without["reported_at"].notna().to_numpy() & found
    assert (with_patrol["reported_at"][known] <= without["reported_at"][known]).all()


def test_a_cadres_walking_hours_can_be_set_and_the_clocks_follow() -> None:
    found = []
    for hours in (3.0, 3.0, 12.0, 0.0):
        model = CommunityModel(load_scenario("administration_led", _WALKING), seed=2)
        for _ in range(40):
            model.step()
        workers = [cadre for cadre in model.agents_by_type[Cadre] if cadre.kind == "grid_worker"]
        for cadre in workers:
            if hours != 3.0 or found:
                cadre.patrol_hours = hours
            assert cadre.find_rate(public=True) == pytest.approx(
                40.0 * hours / (2000 / len(workers) / 2.62 * 40.0)
            )
        model.run_model()
        found.append(model.records().daily["found"].to_numpy())
    kept, same, more, none = found
    np.testing.assert_array_equal(kept, same)
    assert more[-1] - more[40] > 1.3 * (kept[-1] - kept[40])
    assert none[-1] == none[40]


def test_walking_hours_are_not_set_where_nobody_patrols() -> None:
    model = CommunityModel(load_scenario("administration_led", _TOWN), seed=2)
    worker = next(cadre for cadre in model.agents_by_type[Cadre] if cadre.kind == "grid_worker")
    with pytest.raises(InputError, match="patrol_hours"):
        worker.patrol_hours = 2.0


def test_couriers_by_telephone_find_the_stated_share_and_cost_no_hours() -> None:
    """Nobody else speaks up: after T days a public problem is found with probability 1 − e^{−hT}."""
    settings = {
        "demand.public_share": 0.5,
        "demand.rate": 20,
        "horizon_days": 100,
        "followup_days": 0,
        "reporting.base_rate_per_day": 0,
        "patrol.couriers_per_10k": 20,
        "patrol.courier_hours_per_day": 10,
        "patrol.courier_passes_per_hour": 0.05,
        "patrol.courier_report_probability": 0.002,
        "patrol.courier_by_phone": "true",
    }
    records = run(settings, 5, 0)
    cases = records.cases
    hazard = 20 * 10 * 0.05 * 0.002
    age = 100 - cases["arisen_at"].to_numpy()
    public = cases["public"].to_numpy()
    found = _found(cases, "courier")
    assert not found[~public].any()
    expected = 1.0 - np.exp(-hazard * age[public])
    spread = math.sqrt((expected * (1.0 - expected)).sum())
    assert public.sum() > 4000
    assert abs(found[public].sum() - expected.sum()) < 4 * spread
    assert (cases.loc[found, "channel"] == "phone").all()
    assert records.daily["staff_hours_patrol"].iloc[-1] == 0
