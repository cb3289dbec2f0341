"""Participation, equity and hours by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.estimands import estimate
from analysis.estimates.participation import merchants_delivering, resident_rates, unit_rates
from analysis.estimates.workload import weekly_series
from analysis.statistics import concentration
from tests.analysis.synthetic import hand_run, running_totals


def people(rows: list[dict[str, object]]) -> pd.DataFrame:
    blank = {"kind": "resident", "age_60plus": False, "in_denominator": True, "reports_counted": 0,
             "contributions_counted": 0, "votes_counted": 0}  # fmt: skip
    return pd.DataFrame([{**blank, "person_id": number, **row} for number, row in enumerate(rows)])


def test_gini_exact():
    assert concentration.gini([1, 1, 1, 1]) == pytest.approx(0.0)
    assert concentration.gini([0, 0, 0, 8]) == pytest.approx(0.75)
    assert concentration.gini([1, 2, 3, 4]) == pytest.approx(0.25)
    assert np.isnan(concentration.gini([0, 0]))


def test_gini_of_an_exponential_is_a_half():
    assert concentration.gini(np.random.default_rng(1).exponential(3, 40000)) == pytest.approx(0.5, abs=0.01)


def test_gini_is_the_area_above_the_lorenz_curve():
    values = np.random.default_rng(2).poisson(0.4, 1000)
    at = np.linspace(0, 1, 1001)
    area = np.trapezoid(concentration.lorenz(values, at), at)
    assert concentration.gini(values) == pytest.approx(1 - 2 * area, abs=1e-9)


def test_top_shares():
    values = [10, 5, 3, 2] + [0] * 6
    assert concentration.top_share(values, 0.1) == 0.5
    assert concentration.top_share(values, 0.15) == pytest.approx(0.625)
    assert concentration.top_share(values, 1.0) == 1.0
    assert concentration.once_only_share([1, 1, 1, 4, 0, 0]) == 0.75


def test_all_residents_of_14_and_over_are_in_the_denominator():
    found = resident_rates(people([
        {"reports_counted": 2}, {"contributions_counted": 1, "age_60plus": True}, {"votes_counted": 1},
        {"contributions_counted": 1, "votes_counted": 2}, {}, {}, {}, {"age_60plus": True},
        {"in_denominator": False, "contributions_counted": 9},
        {"kind": "merchant", "contributions_counted": 9},
    ]))  # fmt: skip
    assert found["voice"] == pytest.approx(1 / 8)
    assert found["contribution"] == pytest.approx(2 / 8)
    assert found["decision"] == pytest.approx(2 / 8)
    assert found["participation"] == pytest.approx(3 / 8)
    assert found["participation_60plus"] == 0.5
    assert found["participation_under60"] == pytest.approx(2 / 6)
    assert found["top10_share_acts"] == pytest.approx(0.8 * 3 / 5)
    assert found["gini_acts"] == pytest.approx(concentration.gini([0, 1, 1, 3, 0, 0, 0, 0]))


def test_merchants_and_units():
    assert merchants_delivering(people([
        {"kind": "merchant"}, {"kind": "merchant", "contributions_counted": 2}, {"contributions_counted": 5},
    ])) == 0.5  # fmt: skip
    units = pd.DataFrame(
        {"asks": [10, 30], "delivered": [5, 7], "sessions_asked": [4, 0], "sessions_attended": [3, 0]}
    )
    assert unit_rates(units) == pytest.approx({"unit_delivery": 0.3, "unit_attendance": 0.75})
    assert unit_rates(pd.DataFrame()) == {}


def daily(days: int, communities: int = 1, **warm_up: float) -> pd.DataFrame:
    """A series in which every day is alike, but for what is given for the first ten days."""
    day, community = (
        grid.ravel() for grid in np.meshgrid(np.arange(days), np.arange(communities), indexing="ij")
    )
    frame = pd.DataFrame({"day": day, "community": community})
    values = {
        "staff_hours_cases": 10.0, "staff_hours_sessions": 2.0, "staff_hours_duplicates": 1.0,
        "staff_hours_travel": 0.0, "staff_hours_council": 0.0,
        "staff_hours_chasing": 0.5, "staff_hours_handling": 0.25, "staff_hours_patrol": 0.25,
        "staff_hours_mobilisation": 0.0, "hours_overtime": 1.4, "hours_on_call": 0.5,
        "staff_hours_available": 28.0, "embedded_hours": 3.0,
        "unit_hours": 4.0, "volunteer_hours": 2.0,
        "solved": 5, "open_cases": 40, "registered": 100, "trust_mean": 0.5,
    }  # fmt: skip
    for name, value in values.items():
        frame[name] = value
    frame["session_cases"] = np.where(day % 7 == 2, 3, 0)
    for name, value in warm_up.items():
        frame.loc[day < 10, name] = value
    return running_totals(frame)


def test_hours_by_hand():
    table = daily(40, communities=2, staff_hours_cases=1000.0)  # the warm-up does not count
    table = table.sample(frac=1.0, random_state=1)  # nor does the order of the rows
    found = estimate(hand_run([], daily=table, warmup=10, horizon=28, followup=2))
    assert found["hours_per_solved"] == pytest.approx(20 / 5)
    assert found["hours_per_solved_staff"] == pytest.approx(11 / 5)
    assert found["hours_per_solved_unit"] == pytest.approx(7 / 5)
    assert found["hours_per_solved_volunteer"] == pytest.approx(2 / 5)
    assert found["utilisation"] == pytest.approx(0.5)
    assert found["sessions_per_week"] == pytest.approx(1.0)
    assert found["session_cases_per_week"] == pytest.approx(3.0)
    assert found["session_hours_per_week"] == pytest.approx(14.0)
    assert found["staff_hours_available_per_week"] == pytest.approx(196.0)
    assert found["overtime_hours_per_week"] == pytest.approx(9.8)
    assert found["overtime_share"] == pytest.approx(0.1)
    assert found["on_call_hours_per_week"] == pytest.approx(3.5)
    assert found["open_cases_mean"] == pytest.approx(80.0)
    assert found["registered_end"] == 200


def test_hours_of_a_mobilisation_are_staff_hours():
    table = daily(40, staff_hours_mobilisation=0.0)
    table["staff_hours_mobilisation"] = 7.0 * (table["day"] + 1)
    found = estimate(hand_run([], daily=table, warmup=10, horizon=28, followup=2))
    assert found["utilisation"] == pytest.approx((14 + 7) / 28)
    assert found["hours_per_solved_staff"] == pytest.approx((14 + 7 - 3) / 5)


def test_nothing_solved_has_no_price():
    table = daily(20)
    table["solved"] = 0
    assert np.isnan(estimate(hand_run([], daily=table, horizon=20, followup=0))["hours_per_solved"])


def test_weekly_series_drops_the_broken_week():
    series = weekly_series(hand_run([], daily=daily(17, communities=3)))
    assert series["week_staff_hours_cases"].tolist() == [210.0, 210.0]
    assert series["week_open_cases"].tolist() == [120.0, 120.0]


def test_a_daily_series_that_holds_no_running_totals_is_refused():
    table = daily(20)
    table["solved"] = np.where(table["day"] % 7 < 5, 5, 0)
    with pytest.raises(ValueError, match="solved must be a running total"):
        weekly_series(hand_run([], daily=table))
    with pytest.raises(ValueError, match="every day from 0"):
        weekly_series(hand_run([], daily=daily(20).drop(index=7)))
