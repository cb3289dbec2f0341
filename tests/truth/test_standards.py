"""Service standards, case by case: dates, pauses and extensions are arithmetic and must be exact."""

import numpy as np
import pandas as pd
import pytest

from sim import load_scenario, simulate
from sim.engine.calendar import worked_at
from sim.records.tables import Records

_BUSY = (
    "community.residents=4000",
    "warmup_days=0",
    "horizon_days=200",
    "followup_days=0",
    "staff.per_10k=8",
    "staff.patience_days=60",
    "demand.rate=1",
    "reporting.base_rate_per_day=0.05",
    "referral.accept_probability=0.3",
    "referral.reopen_after_days=20",
    "standards.enabled=true",
)
_LENGTHS = np.array([2.0, 24.0, 3 * 8.0, 7 * 8.0, 15 * 8.0])


def _run(*overrides: str) -> Records:
    return simulate(load_scenario("administration_led", [*_BUSY, *overrides]), seed=2)


def _known(records: Records) -> pd.DataFrame:
    cases = records.cases
    return cases[cases["reported_at"].notna() & (cases["reopened"] == 0)]


def _tier(cases: pd.DataFrame) -> np.ndarray:
    plain = np.array([2, 3, 4])[cases["organisations_needed"].to_numpy() - 1]
    return np.where(cases["priority"] == 0, 1, plain)


def _worked(records: Records, times: np.ndarray) -> np.ndarray:
    worked = records.built.state.worked
    return np.array([worked_at(worked, 9.0, float(t)) for t in times])


def test_without_pauses_a_case_is_due_after_its_standard() -> None:
    records = _run("standards.pause_shelved=false", "standards.extension_probability=0")
    cases = _known(records)
    tier = _tier(cases)
    due, reported = cases["due_at"].to_numpy(), cases["reported_at"].to_numpy()
    clock = tier < 2
    assert clock.sum() > 30
    assert (~clock).sum() > 500
    np.testing.assert_allclose((due - reported)[clock] * 24.0, _LENGTHS[tier[clock]])
    hours = _worked(records, due[~clock]) - _worked(records, reported[~clock])
    np.testing.assert_allclose(hours, _LENGTHS[tier[~clock]], atol=1e-6)
    assert (cases["paused_days"] == 0).all()
    assert (cases["extensions"] == 0).all()


@pytest.mark.parametrize("outside", ["true", "false"])
def test_pauses_move_the_date_by_their_length(outside: str) -> None:
    """Round the clock a date is the report, the standard and the days of standing still, to rounding."""
    records = _run(
        "calendar.round_the_clock=true",
        "standards.extension_probability=0",
        f"standards.pause_outside={outside}",
    )
    cases = _known(records)
    cases = cases[cases["due_at"].notna()]
    paused = cases["paused_days"].to_numpy()
    assert (paused > 0).sum() > (200 if outside == "true" else -1)
    expected = cases["reported_at"].to_numpy() + _LENGTHS[_tier(cases)] / 24.0 + paused
    np.testing.assert_allclose(cases["due_at"].to_numpy(), expected, atol=1e-9)


def test_a_case_put_aside_is_not_due() -> None:
    records = _run("standards.working_days=[200,300,300]", "standards.extension_probability=0")
    cases = records.cases
    aside = cases[(cases["status"] == "shelved") & (cases["priority"] != 0)]
    assert len(aside) > 10
    assert aside["due_at"].isna().all()
    assert aside["on_time"].isna().all()
    assert (aside["paused_days"] > 0).all()


def test_more_time_is_applied_for_once_with_the_stated_probability() -> None:
    chance = 0.4
    more = (
        "standards.pause_shelved=false",
        f"standards.extension_probability={chance}",
        "standards.extension_share=.5",
        "standards.extension_hours=2",
        "intake.minutes=0",
        "routing.misroute_hours=0",
    )
    records = _run("calendar.round_the_clock=true", *more)
    cases = _known(records)
    length = _LENGTHS[_tier(cases)] / 24.0
    reported = cases["reported_at"].to_numpy()
    ended = cases["closed_at"].fillna(records.moments["time"]).to_numpy()
    asked = ended > reported + 0.8 * length + 1e-9
    extended = cases["extensions"].to_numpy()
    assert not extended[~asked].any()
    n = int(asked.sum())
    assert n > 500
    assert abs(extended[asked].mean() - chance) < 4.0 * np.sqrt(chance * (1 - chance) / n)
    np.testing.assert_allclose(
        cases["due_at"].to_numpy(), reported + length * (1.0 + 0.5 * extended), atol=1e-9
    )
    hours = records.daily.groupby("day")["staff_hours_handling"].sum().iloc[-1]
    assert hours == pytest.approx(2.0 * records.cases["extensions"].sum())


def test_on_time_is_solved_by_the_date() -> None:
    records = _run()
    cases = records.cases
    now = records.moments["time"]
    solved, due = cases["solved_at"], cases["due_at"]
    assert (cases.loc[solved <= due, "on_time"] == 1).all()
    assert (cases.loc[(solved > due) | (solved.isna() & (due <= now)), "on_time"] == 0).all()
    assert cases.loc[solved.isna() & (due > now), "on_time"].isna().all()
    assert 0.02 < cases["on_time"].mean() < 0.98


def test_a_category_has_its_own_tier() -> None:
    records = _run(
        "standards.pause_shelved=false",
        "standards.extension_probability=0",
        "standards.category_tiers={utilities: 0}",
    )
    cases = _known(records)
    own = cases[(cases["category"] == "utilities") & (cases["priority"] != 0)]
    assert len(own) > 20
    np.testing.assert_allclose((own["due_at"] - own["reported_at"]).to_numpy() * 24.0, 2.0)
