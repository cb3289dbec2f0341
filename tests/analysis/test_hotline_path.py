"""The hotline's path: months, volumes, plain forecasts, and the fit, which finds what runs were made with."""

import datetime

import numpy as np
import pytest

from analysis.estimates.boards import DAILY_RATIOS, called
from analysis.validation.hotline import (
    FITTED,
    HOTLINE,
    PREDICTED,
    SCENARIO,
    counts,
    day,
    forecasts,
    given,
    rate,
)
from experiments import hotline_path
from sim import load_scenario, simulate


def test_days_are_those_of_the_scenario() -> None:
    start = load_scenario(SCENARIO).calendar.start_date
    assert day(datetime.date.fromisoformat(start)) == 0
    assert [month.since for month in (*FITTED, *PREDICTED)] == [0, 9, 34, 71]
    assert [month.after - month.first for month in (*FITTED, *PREDICTED)] == [31, 31, 30, 31]
    assert FITTED[0].first == day(datetime.date(2019, 1, 1)) == load_scenario(SCENARIO).cards.start_day


def test_volumes_are_given_year_by_year() -> None:
    scenario = load_scenario(SCENARIO, [f"{key}={value}" for key, value in given().items()])
    surges = scenario.shocks.surges
    assert [surge.factor for surge in surges] == [1.59, 2.09, 2.58, 3.08, 3.08]
    assert [surge.days for surge in surges] == [366, 365, 365, 365, 366]
    assert surges[-1].start_day + 366 == PREDICTED[-1].after == scenario.warmup_days + scenario.horizon_days
    assert given({}, FITTED[-1].after)["shocks.surges"] == "[]"


def test_plain_forecasts_pass_through_both_points() -> None:
    for month, expected in zip(FITTED, (0.5, 0.7), strict=True):
        found = forecasts(0.5, 0.7, month)
        assert found["straight line"] == pytest.approx(expected)
        assert found["logistic curve"] == pytest.approx(expected)
    later = forecasts(0.5, 0.7, PREDICTED[0])
    assert later["last value"] == 0.7
    assert later["straight line"] == 1.0
    # Two points of the logit, nine months apart, thirty-four months on.
    assert later["logistic curve"] == pytest.approx(1.0 / (1.0 + (3.0 / 7.0) ** (34.0 / 9.0)))


def test_rates_are_those_of_the_counting_window() -> None:
    month = FITTED[0]
    records = simulate(
        load_scenario(SCENARIO, ["warmup_days=400", "horizon_days=31", "followup_days=0"]), seed=3
    )
    found, whole = counts(records, month), called(records)
    assert {name for name, *_ in DAILY_RATIOS} == set(whole)
    assert rate(records, "stated resolution", month) == whole["stated_resolution"]
    assert rate(records, "true resolution", month) == whole["true_resolution_called"]
    assert found["called"] > found["called_solved"] > 0
    nobody = simulate(
        load_scenario("administration_led", ["community.residents=300", "horizon_days=30"]), seed=3
    )
    assert called(nobody) == {}


def test_the_fit_finds_what_made_the_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Against rates that follow a known law of the three numbers: exactly these are found."""
    true = hotline_path.Fit(0.2, 0.8, 0.4)

    def law(settings, months, replications, seed=0):
        base, effect = settings["closing.base_probability"], settings["cards.accept_effect"]
        solved = np.array([[1.0 - base - 0.1 + 0.1 * effect * (month.since > 0) for month in months]])
        return {
            "stated resolution": solved,
            "stated satisfaction": solved + settings["call.says_satisfied"] * (1.0 - solved),
        }

    rates = law({**true.settings(hotline_path.RIDGE[0])}, FITTED, 1)
    targets = [
        month._replace(
            resolution=float(rates["stated resolution"][0, k]),
            satisfaction=float(rates["stated satisfaction"][0, k]),
        )
        for k, month in enumerate(FITTED)
    ]
    monkeypatch.setattr(hotline_path, "FITTED", tuple(targets))
    monkeypatch.setattr(hotline_path, "rates", law)
    found = hotline_path.fit(hotline_path.RIDGE[0], 1)
    assert found == pytest.approx(true, abs=0.02)


def test_rows_say_what_they_predict() -> None:
    kinds = [row.kind for row in HOTLINE]
    assert kinds.count("calibrated") == 4
    assert kinds.count("genuine") == 8
    assert all(bool(row.predicts) == (row.kind == "genuine") for row in HOTLINE)
    assert len({row.name for row in HOTLINE}) == len(HOTLINE)


def test_the_study_takes_no_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert hotline_path.main(["seed=1"]) == 2
    assert "seed=1" in capsys.readouterr().err
