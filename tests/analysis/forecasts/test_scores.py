"""Scores against known answers."""

import numpy as np
import pytest
from scipy import integrate

from analysis.forecasts.scores import (
    CITY,
    Distribution,
    covered,
    crps,
    drawn,
    interval,
    largest_distance,
    observed,
    score,
    score_table,
    weekly,
)
from analysis.forecasts.window import Forecast, Window, open_at
from tests.analysis.forecasts.synthetic import ORIGIN, exponential, made_window

MEAN = 6.0


def exact_forecast(window: Window, mean: float = MEAN, draws: int = 200, seed: int = 2) -> Forecast:
    """Draws of the law itself: exponential times have no memory, so the backlog waits as long again."""
    rng = np.random.default_rng(seed)
    return Forecast(
        rng.exponential(mean, (draws, len(window.asked.row))),
        rng.exponential(mean, (draws, len(window.known.open))),
    )


def test_the_true_law_is_close_and_a_wrong_one_is_as_far_as_it_is() -> None:
    window = made_window(exponential(MEAN), per_day=150)
    true = score([(window, exact_forecast(window))])
    # 1.63 / sqrt(n): passed by chance in one of a hundred.
    assert true["ks"] < 1.63 / np.sqrt(true["requests"])
    assert abs(true["median_error"]) < 0.4
    assert abs(true["e7"]) < 0.03
    wrong = score([(window, exact_forecast(window, 2 * MEAN))])
    # Between exponential laws of means m and 2m the distance is greatest where exp(-x/2m) is a half: 1/4.
    assert wrong["ks"] == pytest.approx(0.25, abs=0.03)
    assert wrong["e7"] == pytest.approx(np.exp(-7 / MEAN) - np.exp(-7 / (2 * MEAN)), abs=0.03)
    assert wrong["median_error"] == pytest.approx(MEAN * np.log(2), abs=0.5)
    assert wrong["p90_error"] == pytest.approx(MEAN * np.log(10), abs=2.0)
    assert wrong["crps"] > true["crps"]


def test_the_true_law_covers_as_often_as_it_says() -> None:
    windows = [made_window(exponential(MEAN), seed, per_day=10) for seed in range(40)]
    found = [score([(window, exact_forecast(window, seed=100))]) for window in windows]
    for name in ("closings", "backlog"):
        # Forty windows of four dependent weeks: .9 within .08; whole numbers make intervals a little wide.
        assert 0.84 <= np.mean([one[f"coverage_{name}"] for one in found]) <= 0.98
    late = [score([(window, exact_forecast(window, 2 * MEAN))]) for window in windows]
    assert np.mean([one["coverage_backlog"] for one in late]) < 0.2


def test_crps_is_the_integral_of_the_squared_difference() -> None:
    rng = np.random.default_rng(3)
    days = rng.exponential(5.0, (7, 4))
    days[rng.random(days.shape) < 0.3] = np.inf
    truth = np.array([0.0, 4.0, 31.0, np.inf])
    limits = np.array([20.0, 20.0, 20.0, 11.0])
    for column, (value, happened, limit) in enumerate(zip(crps(days, truth, limits), truth, limits)):

        def squared(x: float, column: int = column, happened: float = happened) -> float:
            return float((np.mean(days[:, column] <= x) - (happened <= x)) ** 2)

        jumps = sorted({min(x, limit) for x in (*days[:, column], happened)} - {limit})
        assert value == pytest.approx(integrate.quad(squared, 0, limit, points=jumps, limit=200)[0], abs=1e-6)


def test_crps_of_an_exponential_law_is_the_known_one() -> None:
    rng = np.random.default_rng(4)
    mean, happened = 5.0, 3.0
    draws = rng.exponential(mean, (200_000, 1))
    # Of an exponential law: y + 2 m exp(-y / m) - 3 m / 2.
    known = happened + 2 * mean * np.exp(-happened / mean) - 1.5 * mean
    assert crps(draws, np.array([happened]), 1e9)[0] == pytest.approx(known, abs=0.03)


def test_distance_counts_only_ages_up_to_the_horizon() -> None:
    early = drawn(np.array([[1.0, 2.0, np.inf, np.inf]]))
    late = observed(np.array([1.0, 2.0, 50.0, 60.0]), np.full(4, np.inf))
    assert early.times.tolist() == [1.0, 2.0]
    assert largest_distance(early, late, 40.0) == 0.0
    assert largest_distance(early, late, 50.0) == 0.25
    assert early.quantile(0.5) == 2.0
    assert early.quantile(0.51) == np.inf
    at_once = Distribution(np.array([0.0]), np.array([1.0]))
    assert largest_distance(at_once, late, 40.0) == 1.0


def test_what_the_file_did_not_watch_is_censored_not_open() -> None:
    whole = made_window(exponential(MEAN), per_day=150)
    cut = made_window(exponential(MEAN), per_day=150, watched_until=ORIGIN + 30.0)
    assert np.isinf(cut.truth.days).sum() > 100
    forecast = exact_forecast(whole)
    assert score([(cut, forecast)])["ks"] < 0.04
    naive = observed(cut.truth.days, np.full(len(cut.truth.days), np.inf))
    assert largest_distance(drawn(forecast.days), naive, 30.0) > 0.1


def test_a_quantile_beyond_the_horizon_counts_as_the_horizon() -> None:
    window = made_window(exponential(MEAN))
    never = Forecast(
        np.full((3, len(window.asked.row)), np.inf), np.full((3, len(window.known.open)), np.inf)
    )
    found = score([(window, never)], horizon=60.0)
    truth = score([(window, exact_forecast(window))])
    assert found["median_error"] == pytest.approx(60.0 - np.median(window.truth.days), abs=0.1)
    assert np.isfinite(list(truth.values())).all()


def test_weeks_count_the_starting_backlog_and_new_requests_alike() -> None:
    window = made_window(exponential(MEAN))
    seen = weekly(window, None)
    assert window.weeks == len(seen.closings) == 4
    known, asked = window.known, window.asked
    arisen = np.concatenate([known.arisen_at[known.open], asked.arisen_at])
    closed = np.concatenate([known.origin + window.truth.backlog_days, asked.arisen_at + window.truth.days])
    ends = known.origin + 7.0 * np.arange(1, 5)
    assert seen.backlog.tolist() == open_at(ends, arisen, closed).tolist()
    edges = np.concatenate([[known.origin], ends])
    assert seen.closings.tolist() == np.histogram(closed[closed < ends[-1]], edges)[0].tolist()
    parts = [weekly(window, None, code) for code in range(2)]
    assert (parts[0].backlog + parts[1].backlog).tolist() == seen.backlog.tolist()
    assert (parts[0].closings + parts[1].closings).tolist() == seen.closings.tolist()


def test_an_interval_holds_its_ends() -> None:
    draws = np.arange(1, 101)[:, None]
    assert [end.tolist() for end in interval(draws)] == [[5], [95]]
    assert covered(draws, np.array([5])) == (1.0, 90.0)
    assert covered(draws, np.array([96])) == (0.0, 90.0)


def test_two_origins_are_scored_as_their_requests_together() -> None:
    one, two = (made_window(exponential(MEAN), seed) for seed in (5, 6))
    parts = [(one, exact_forecast(one)), (two, exact_forecast(two))]
    together = score(parts)
    alone = [score([part]) for part in parts]
    assert together["requests"] == sum(single["requests"] for single in alone)
    assert together["coverage_backlog"] == pytest.approx(np.mean([a["coverage_backlog"] for a in alone]))
    weights = [single["requests"] for single in alone]
    assert together["crps"] == pytest.approx(np.average([a["crps"] for a in alone], weights=weights))


def test_the_table_has_a_row_a_category_and_one_for_the_city() -> None:
    window = made_window(exponential(MEAN))
    table = score_table([("exact", [(window, exact_forecast(window, draws=20))])], [1, 0])
    assert table["category"].tolist() == ["kind 1", "kind 0", CITY]
    assert table["requests"].iloc[:2].sum() == table["requests"].iloc[2]
    assert table.notna().all().all()
