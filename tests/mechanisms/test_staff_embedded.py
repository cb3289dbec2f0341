"""Embedded cadres, and staff called away: what must hold exactly, whatever the luck."""

import itertools

import numpy as np
import pandas as pd
import pytest

from sim import Records, load_scenario, simulate
from sim.errors import InputError
from sim.initial_state import build, cadre_speed
from sim.mechanisms.staff.embedded_cadres import attendance
from sim.rules.cadre import comes_today
from tests.guarantees.runs import STAFF_ALONE
from tests.truth.community import run

_SHORT = ["warmup_days=20", "horizon_days=100", "followup_days=40"]
_TOWN = ["community.residents=2000", "community.merchants=40", *_SHORT]
#: A small county like Cangnan, its cadres in proportion.
_COUNTY = ["county.communities=4", "county.residents=6000", "community.merchants=20", *_SHORT]


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
    own = (*STAFF_ALONE, "staff.per_10k=0", "staff.embedded=3", "embedded.days_per_week=1")
    words = [*_TOWN, *own]
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


def test_a_campaign_takes_its_share_of_every_working_day_and_no_more() -> None:
    campaigns = "[{start_day: 10, days: 21, share: .5}, {start_day: 24, days: 14, share: .7}]"
    settings = ["community.residents=2000", "horizon_days=60", "warmup_days=0", "followup_days=0"]
    scenario = load_scenario("administration_led", [*settings, f"shocks.mobilisation={campaigns}"])
    records = simulate(scenario, 1, 0)
    share = np.zeros(60)
    share[10:31] += 0.5
    share[24:38] += 0.7
    working = np.arange(60) % 7 < 5
    hours = np.minimum(1.0, share) * working * scenario.calendar.shift_hours * cadre_speed(scenario)
    staff = len(records.cadres)
    daily = (
        records.daily["staff_hours_mobilisation"].diff().fillna(records.daily["staff_hours_mobilisation"][0])
    )
    np.testing.assert_allclose(daily, hours * staff, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(records.cadres["hours_mobilisation"], hours.sum(), rtol=1e-12)


def test_staff_called_away_altogether_begin_no_case() -> None:
    settings = {"calendar.round_the_clock": "false", "calendar.shift_hours": 8, "community.residents": 500}
    settings |= {"staff.per_10k": 100, "demand.rate": 20}
    campaign = {"shocks.mobilisation": "[{start_day: 49, days: 14, share: 1}]"}
    away = run({**settings, **campaign}, 1, 0).cases
    there = run(settings, 1, 0).cases

    def begun(cases: pd.DataFrame) -> int:
        return int(((cases["service_started_at"] >= 49) & (cases["service_started_at"] < 63)).sum())

    assert begun(there) > 200
    assert begun(away) == 0
    waiting = away[(away["reported_at"] > 49) & (away["reported_at"] < 61)]
    assert (waiting["service_started_at"] > 63.3).all()
