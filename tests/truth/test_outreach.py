"""Patrol, embedded cadres and conveners: what must hold exactly, whatever the luck."""

import itertools

import numpy as np
import pytest

from sim import Records, load_scenario, simulate
from sim.agents import Cadre
from sim.agents.model import CommunityModel
from sim.errors import InputError
from sim.initial_state import build, cadre_speed
from sim.mechanisms.staff.embedded_cadres import attendance
from sim.rules.cadre import comes_today
from sim.rules.unit import authority, has_link
from tests.truth.community import counted, run
from tests.truth.coordination import SESSION, THREE

_SHORT = ["warmup_days=20", "horizon_days=100", "followup_days=40"]
_TOWN = ["community.residents=2000", "community.merchants=40", *_SHORT]
_WALKING = [*_TOWN, "patrol.hours_per_week=3", "patrol.homes_visited_per_hour=4"]
#: A small county like Cangnan, its cadres in proportion.
_COUNTY = ["county.communities=4", "county.residents=6000", "community.merchants=20", *_SHORT]


@pytest.fixture(scope="module")
def walked() -> Records:
    return simulate(load_scenario("administration_led", _WALKING), seed=2)


# --- patrol ----------------------------------------------------------------------------------------------


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


# --- embedded cadres -------------------------------------------------------------------------------------


def _posted(*overrides: str) -> np.ndarray:
    built = build(load_scenario("cangnan_embedded_cadres", [*overrides, *_SHORT]), 1, 0)
    state = built.state
    embedded = state.server["days_per_week"] > 0
    place = state.pool["community"][state.server["pool"][embedded]]
    return np.bincount(place, minlength=state.community.shape[0])


@pytest.mark.parametrize("allocation", ["even", "need"])
def test_the_cadres_of_cangnan_are_allotted_without_remainder(allocation: str) -> None:
    # Fewer residents are as good: what counts is how 1,398 go to 171.
    posted = _posted("county.residents=17100", f"embedded.allocation={allocation}", "community.merchants=1")
    assert posted.sum() == 1398
    if allocation == "even":
        assert set(posted) == {8, 9}
        return
    words = ["county.residents=17100", "community.merchants=1", *_SHORT]
    built = build(load_scenario("cangnan_embedded_cadres", words), 1, 0)
    demand = load_scenario("cangnan_embedded_cadres", words).demand
    expected = demand.rate * built.state.community["residents"] + demand.merchant_rate
    assert posted.std() > 2
    assert (np.abs(posted - 1398 * expected / expected.sum()) < 1.0).all()


def test_who_comes_on_how_many_days() -> None:
    """Over n working days an embedded cadre is there n·share times, to within one."""
    for share, phase in itertools.product((0.2, 0.3, 0.5, 0.77, 1.0), (0.0, 0.3, 0.618, 0.99)):
        came = np.cumsum([comes_today(float(day), share, phase) for day in range(400)])
        assert np.abs(came - share * np.arange(1, 401)).max() <= 1.0
        assert share < 1.0 or came[-1] == 400


@pytest.fixture(scope="module")
def sent() -> Records:
    words = [*_COUNTY, "staff.embedded=6", "demand.rate=1.5", "staff.per_10k=10", "county.size_sigma=.5"]
    return simulate(load_scenario("administration_led", words), seed=2)


def test_hours_of_embedded_cadres(sent: Records) -> None:
    """What they did is booked as theirs, is no more than their days had, and is part of the staff's hours."""
    cadres, last = sent.cadres, sent.daily[sent.daily["day"] == sent.daily["day"].max()]
    own = cadres[cadres["kind"] == "embedded"]
    assert len(own) == 24
    uses = [name for name in cadres.columns if name.startswith("hours_") and name != "hours_available"]
    server = sent.built.state.server
    owed = server["debt"][server["days_per_week"] > 0].sum()
    assert own[uses].sum().sum() - owed == pytest.approx(last["embedded_hours"].sum(), rel=1e-12)
    assert 0 < last["embedded_hours"].sum() < last["staff_hours_cases"].sum()
    # The last job may reach beyond the last day.
    assert (own["hours_cases"] < own["hours_available"] + 30).all()
    days = 160 * 5 / 7
    assert own["hours_available"].sum() == pytest.approx(
        24 * days * 0.3 * 8 * cadre_speed(sent.settings), rel=0.03
    )
    assert cadres["hours_available"].sum() == pytest.approx(last["staff_hours_available"].sum(), rel=1e-12)


def test_embedded_cadres_alone_serve_on_their_days() -> None:
    """A community without staff of its own is served on the days on which somebody comes, and on no other."""
    words = [*_TOWN, "staff.per_10k=0", "staff.embedded=3", "embedded.days_per_week=1"]
    cases = simulate(load_scenario("administration_led", words), seed=2).cases
    start = cases.loc[cases["solved_by"] == "cadre", "service_started_at"]
    assert len(start) > 10
    # Tuesdays, Thursdays and Fridays: the three spread over the week; the last has all other duties.
    assert set(np.floor(start) % 7) <= {1.0, 3.0, 4.0}


def test_an_embedded_cadre_who_comes_every_day_is_one_more_community_worker() -> None:
    words = [*_TOWN, "patrol.hours_per_week=2", "demand.rate=1", "embedded.authority=false"]
    # 2,000 residents have three grids; the fourth and fifth of five have none.
    staff = simulate(load_scenario("administration_led", [*words, "staff.per_10k=25"]), seed=2).cases
    sent = ["staff.per_10k=15", "staff.embedded=2", "embedded.days_per_week=5"]
    embedded = simulate(load_scenario("administration_led", [*words, *sent]), seed=2).cases
    for name in ("accepted_at", "service_started_at", "closed_at", "solved_at", "staff_hours"):
        np.testing.assert_allclose(embedded[name], staff[name], rtol=1e-9, err_msg=name)


def test_displaced_hours_come_from_the_units_that_send() -> None:
    """All hours together stay the same: what communities gain, officers of the street lose."""
    words = [*_COUNTY, "staff.embedded=2"]
    here, away = (
        build(load_scenario("administration_led", [*words, f"embedded.displaced={d}"]), 1, 0)
        for d in ("false", "true")
    )
    scenario = load_scenario("administration_led", words)

    def hours(level: int, built: object = here) -> float:
        unit = built.state.unit
        share = built.world.officers * (1.0 - unit["background_load"])
        return float(share[unit["level"] == level].sum())

    given = 8 * attendance(scenario) * cadre_speed(scenario)
    assert hours(1) - hours(1, away) == pytest.approx(given, rel=1e-12)
    assert hours(0) == hours(0, away)
    assert hours(2) == hours(2, away)
    # The engine works with these shares.
    pools = away.state.pool["unit"] >= 0
    load = away.state.unit["background_load"][away.state.pool["unit"][pools]]
    np.testing.assert_array_equal(away.state.pool["speed"][pools], 1.0 - load)


def test_more_than_the_units_have_cannot_be_displaced() -> None:
    words = [*_COUNTY, "staff.embedded=100", "embedded.displaced=true"]
    with pytest.raises(InputError, match=r"staff\.embedded"):
        build(load_scenario("administration_led", words), 1, 0)


# --- authority -------------------------------------------------------------------------------------------


def test_links_of_authority_in_every_case() -> None:
    """Whoever asks, is embedded or convenes: the highest counts, and reaches its own level and below."""
    for asker, embedded, convener, unit in itertools.product(range(3), repeat=4):
        highest = max(asker, embedded, convener)
        assert authority(asker, embedded, convener) == highest
        linked = 0.0 if highest == 0 else float(unit <= highest)
        assert has_link(highest, unit) == linked


def _letters_and_session(probability: float, **settings: object) -> tuple[np.ndarray, np.ndarray]:
    """Return, case by case, whether all agreed: asked by letter, and in a session."""
    one_chance = {
        **THREE,
        "units.work_days": 0.05,
        "referral.frailty_sd": 1,
        "referral.accept_probability": probability,
        "referral.retries": 0,
        "referral.escalation": "false",
        **settings,
    }
    letters = counted(run(one_chance, 7, 0))
    session = counted(run({**one_chance, **SESSION}, 7, 0))
    return tuple((cases["status"] == "solved").to_numpy() for cases in (letters, session))  # type: ignore[return-value]


def test_a_session_without_effect_and_links_gets_the_answers_that_letters_get() -> None:
    """Same rule, same luck: with δ_conv = 0, γ = 0 and no links the answers are the same, case by case."""
    letters, session = _letters_and_session(0.6)
    assert 0.2 < letters.mean() < 0.7
    np.testing.assert_array_equal(letters, session)


def test_a_convener_without_links_achieves_nothing_where_units_refuse() -> None:
    refusing = {"referral.link_effect": 9, "referral.frailty_sd": 0}
    letters, session = _letters_and_session(0.001, **refusing)
    assert letters.mean() < 0.001
    np.testing.assert_array_equal(letters, session)
    linked = _letters_and_session(0.001, **refusing, **{"joint_session.convener_links": "county"})[1]
    assert linked.mean() > 0.7
