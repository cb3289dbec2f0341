"""Files with dates alone: what was closed on a day is known to the day, and said to the day."""

import numpy as np
import pytest

from analysis.calibration.clock import TeamClocks
from analysis.calibration.exposure import AGE_EDGES, count_exposure
from analysis.calibration.posterior import sample_posterior
from analysis.calibration.whole_days import closing_instants, closings_are_dates, dates_of, spread_over_days
from analysis.forecasts.window import Asked, Forecast, Known, Truth, Window
from experiments.city.backtests.work import to_the_day
from tests.city.test_calibrate import known_of

END = 7.0 * 30


def exact(hazard: float = 0.3, n: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(12)
    opened = np.sort(rng.uniform(0, END, n))
    closed = opened + rng.exponential(1.0 / hazard, n)
    return opened, np.where(closed < END, closed, np.nan)


def test_a_file_with_times_is_told_from_one_with_dates() -> None:
    opened, closed = exact()
    assert not closings_are_dates(opened, closed)
    assert closings_are_dates(opened, dates_of(opened, closed))
    assert closings_are_dates(np.floor(opened), np.floor(closed))
    assert not closings_are_dates(opened, np.full(len(opened), np.nan))


def test_spread_closings_stay_on_their_day_and_after_the_opening() -> None:
    opened, closed = exact()
    written = dates_of(opened, closed)
    spread = spread_over_days(opened, written)
    seen = np.isfinite(closed)
    assert np.array_equal(np.isfinite(spread), seen)
    assert (spread >= opened)[seen].all()
    np.testing.assert_array_equal(np.floor(spread[seen]), np.floor(closed[seen]))
    np.testing.assert_array_equal(dates_of(opened, spread)[seen], written[seen])
    np.testing.assert_array_equal(spread, spread_over_days(opened, written))


def test_the_first_requests_are_spread_alike_whatever_follows_them() -> None:
    opened, closed = exact()
    written = dates_of(opened, closed)
    whole = closing_instants(opened, written)
    np.testing.assert_array_equal(whole, spread_over_days(opened, written))
    np.testing.assert_array_equal(closing_instants(opened[:900], written[:900]), whole[:900])
    np.testing.assert_array_equal(closing_instants(opened, closed), closed)


@pytest.mark.parametrize("opened_to_the_day", [False, True])
def test_the_hazard_behind_dates_is_recovered(opened_to_the_day: bool) -> None:
    opened, closed = exact()
    written = dates_of(opened, closed)
    if opened_to_the_day:
        opened, written = np.floor(opened), np.floor(written)
    known = known_of(list(opened), list(spread_over_days(opened, written)), END)
    cells = count_exposure(known, TeamClocks(np.ones((1, 168)), 600))
    found = sample_posterior(
        known, cells, 40, np.random.default_rng(2), discount=1.0, sweeps=120, answers=False
    )
    hazard = (found.rate[:, 0] * found.pace[:, 0, :1])[:, (AGE_EDGES > 0.9) & (AGE_EDGES < 6)]
    assert hazard.mean() == pytest.approx(0.3, rel=0.08)
    assert found.at_once.mean() < 0.06


def test_forecasts_of_such_a_file_are_said_to_the_day() -> None:
    opened = np.array([10.0, 10.4, 11.9])
    window = Window(
        Known(10.0, ("a",), *(np.empty(0) for _ in range(2)), *(np.empty(0, np.int64) for _ in range(3))),
        Asked(opened, np.zeros(3, np.int64), np.arange(3)),
        Truth(np.empty(0), np.empty(0), np.empty(0)),
        20.0,
    )
    found = to_the_day(window, Forecast(np.array([[1.9, 0.2, np.inf], [0.0, 0.8, 0.05]]), np.array([[2.3]])))
    np.testing.assert_allclose(found.days, [[1.0, 0.0, np.inf], [0.0, 0.6, 0.0]])
    np.testing.assert_array_equal(found.backlog_days, [[2.0]])
