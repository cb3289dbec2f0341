"""The shelf: what is put aside is chased month by month, and struck off the list in the end."""

import numpy as np
import pytest

from sim.records.tables import Records
from tests.truth.community import THREE, run

_MONTHS, _HOURS = 3, 0.05
#: Everything is refused at once and for good.
_REFUSED: dict[str, object] = {
    **THREE,
    "community.residents": 1500,
    "horizon_days": 400,
    "followup_days": 0,
    "referral.accept_probability": 1e-9,
    "referral.retries": 0,
    "referral.escalation": "false",
    "referral.chasing_hours_per_month": _HOURS,
    "reporting.repeat_after_days": 36500,
}


@pytest.fixture(scope="module")
def records() -> Records:
    # Seventy-five days end at the chasing of the third month.
    return run({**_REFUSED, "referral.shelf_days": 75}, 1, 0)


def test_a_case_is_chased_for_its_months_and_struck_off(records: Records) -> None:
    cases = records.cases[records.cases["status"] == "shelved"]
    shelved_at = records.built.state.track["queued_at"][cases["case_id"]]
    passed = np.floor((400.0 - shelved_at) / 30.0)
    gone = cases["entered_at"].isna().to_numpy()
    assert gone.sum() > 500
    assert (~gone).sum() > 500
    assert np.array_equal(gone, passed >= _MONTHS)
    stays = cases["days_in_system"].to_numpy()[gone]
    np.testing.assert_allclose(stays, (shelved_at - cases["reported_at"].to_numpy())[gone] + 30.0 * _MONTHS)
    chasing = records.daily["staff_hours_chasing"].iloc[-1]
    assert chasing == pytest.approx(_HOURS * np.minimum(passed, _MONTHS).sum())


def test_what_lies_there_is_counted_day_by_day(records: Records) -> None:
    cases = records.cases[records.cases["status"] == "shelved"]
    shelved_at = np.sort(records.built.state.track["queued_at"][cases["case_id"]])
    ends = records.daily["day"].to_numpy() + 1.0
    there = np.searchsorted(shelved_at, ends) - np.searchsorted(shelved_at, ends - 30.0 * _MONTHS, "right")
    assert np.array_equal(records.daily["on_shelf"].to_numpy(), there)


def test_the_shelf_comes_to_rest_only_if_it_is_cleared(records: Records) -> None:
    """By Little: what is shelved in a day times the days until it is struck off; without an end it grows."""
    for_ever = run(_REFUSED, 1, 0).daily["on_shelf"].to_numpy()
    cleared = records.daily["on_shelf"].to_numpy()
    rate = for_ever[-1] / 400.0
    assert cleared[150:].mean() == pytest.approx(30.0 * _MONTHS * rate, rel=0.05)
    assert for_ever[-1] > 3 * cleared[-1]


def test_what_was_struck_off_comes_back_by_a_report() -> None:
    again = run({**_REFUSED, "referral.shelf_days": 30, "reporting.repeat_after_days": 120}, 1, 0)
    cases = again.cases
    back = cases[cases["reopened"] > 0]
    assert len(back) > 200
    # Nobody reports more often than every 120 days, and by the thirtieth all had been struck off.
    assert (back["days_in_system"] > 25.0).all()
    last = again.daily.iloc[-1]
    assert last["open_cases"] == (cases["reported_at"].notna() & cases["entered_at"].notna()).sum()
    assert last["on_shelf"] == ((cases["status"] == "shelved") & cases["entered_at"].notna()).sum()
