"""A new convener, case by case: what lies on the shelf is called in, as far as there is room."""

import numpy as np
import pandas as pd
import pytest

from sim import load_scenario, simulate
from tests.truth.community import run
from tests.truth.coordination import SESSION, THREE

_STARTS, _END = 100.0, 200
#: Letters are refused and nothing comes back by itself; whoever is convened by the county commits.
_REFUSED: dict[str, object] = {
    **THREE,
    **SESSION,
    "community.residents": 400,
    "horizon_days": _END,
    "followup_days": 200,
    "units.work_days": 0.01,
    "referral.accept_probability": 1e-5,
    "referral.link_effect": 10,
    "referral.convener_effect": 10,
    "referral.retries": 0,
    "referral.escalation": "false",
    "joint_session.start_day": _STARTS,
    "joint_session.convener_links": "county",
}


def _first_session(at: float) -> float:
    first = 2 + 14 / 24
    return first + 7.0 * np.ceil((at - first) / 7.0)


def _shelved_before(cases: pd.DataFrame) -> pd.DataFrame:
    return cases[cases["reported_at"] < _STARTS - 1.0]


def test_what_was_shelved_is_solved_in_the_first_session_and_nothing_before() -> None:
    cases = run(_REFUSED, 1, 0).cases
    before = _shelved_before(cases)
    assert len(before) > 200
    assert (before["status"] == "solved").all()
    assert (before["solved_by"] == "joint_session").all()
    assert (before["reopened"] == 1).all()
    held = _first_session(_STARTS)
    assert before["solved_at"].min() > held
    # Parts take a quarter of an hour in the mean.
    assert before["solved_at"].max() < held + 1.0
    later = cases[(cases["reported_at"] > _STARTS + 7.0) & (cases["reported_at"] < 380.0)]
    assert (later["reopened"] == 0).all()
    assert (later["solved_by"] == "joint_session").all()


def test_without_a_convener_they_stay_on_the_shelf() -> None:
    cases = run({**_REFUSED, "joint_session.start_day": 10_000}, 1, 0).cases
    assert (cases["status"] == "shelved").all()


def test_where_two_are_needed_too_and_where_one_is_enough_never() -> None:
    two = {
        "demand.organisations_shares": "[0,1,0]",
        "demand.level_given_organisations": "[[1,0,0],[0,1,0],[0,1,0]]",
    }
    cases = _shelved_before(run({**_REFUSED, **two}, 1, 0).cases)
    assert (cases["status"] == "solved").all()
    one = {
        "demand.organisations_shares": "[1,0,0]",
        "demand.level_given_organisations": "[[0,1,0],[0,1,0],[0,1,0]]",
    }
    cases = run({**_REFUSED, **one}, 1, 0).cases
    assert (cases["status"] == "shelved").all()


@pytest.mark.parametrize("weeks", [3, 11])
def test_as_far_as_there_is_room_in_the_order_in_which_they_arose(weeks: int) -> None:
    """With room for r a week and a list of w weeks, the i-th is called in week ⌈i/r⌉, and r·w in all."""
    room = 5
    settings = {"joint_session.capacity": room, "joint_session.longest_wait_weeks": weeks}
    cases = _shelved_before(run({**_REFUSED, **settings}, 1, 0).cases)
    called = cases[cases["reopened"] > 0].sort_values("case_id")
    assert len(called) == room * weeks < len(cases)
    assert called["case_id"].tolist() == sorted(cases["case_id"])[: room * weeks]
    week = np.arange(len(called)) // room
    sessions = _first_session(_STARTS) + 7.0 * week
    assert (called["solved_at"].to_numpy() > sessions).all()
    assert (called["solved_at"].to_numpy() < sessions + 1.0).all()


def test_a_flooded_market_that_lay_shelved_is_remedied_once_somebody_convenes() -> None:
    """Refused by letter from the first rain on; all who wait for the lead are solved with it."""
    certain = [
        "referral.accept_probability=.05",
        "shocks.flood_accept_probability=.000000001",
        "shocks.flood_link_effect=40",
        "joint_session.absence_intercept=-50",
        "joint_session.absence_slope=0",
        "warmup_days=0",
        "horizon_days=400",
        "followup_days=200",
        "community.residents=2000",
        "shocks.rain_per_year=25",
        "shocks.rain_season_amplitude=0",
    ]
    begun = 300.0
    late = load_scenario("fenghua_waterlogging_convener", [*certain, f"joint_session.start_day={begun}"])
    market = simulate(late, 3).incidents
    assert market["fixed_at"].notna().all()
    assert (market["fixed_at"] > begun).all()
    never = load_scenario("fenghua_waterlogging_convener", [*certain, "joint_session.start_day=100000"])
    assert simulate(never, 3).incidents["fixed_at"].isna().all()
