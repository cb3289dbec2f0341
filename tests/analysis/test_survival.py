"""Survival estimates against cases reckoned by hand and against known distributions."""

import numpy as np
import pytest
from scipy.stats import expon

from analysis.statistics import survival

# Freireich's 6-MP arm (Klein & Moeschberger, table 1.1): remission in weeks, + censored.
SIX_MP = np.array([6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], dtype=float)
SIX_MP_SEEN = np.arange(21) < 9


def test_kaplan_meier_by_hand():
    curve = survival.kaplan_meier(np.array([1.0, 2, 2, 3, 5]), [True, True, False, True, False])
    # 4/5, then 3/4 of that, then 1/2 of that: the one censored at 2 leaves after the event at 2.
    assert curve.at([0.5, 1, 2, 3, 9]) == pytest.approx([1, 0.8, 0.6, 0.3, 0.3])


def test_kaplan_meier_published_values():
    curve = survival.kaplan_meier(SIX_MP, SIX_MP_SEEN)
    assert curve.at([6, 7, 10, 13, 16, 22, 23]) == pytest.approx(
        [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4
    )
    assert curve.quantile(0.5) == 23


def test_band_holds_the_estimate_and_widens_with_confidence():
    narrow, wide = (survival.kaplan_meier(SIX_MP, SIX_MP_SEEN, level) for level in (0.8, 0.99))
    assert (narrow.low <= narrow.survival).all()
    assert (narrow.survival <= narrow.high).all()
    inside = (narrow.survival > 0) & (narrow.survival < 1)
    assert (wide.low[inside] < narrow.low[inside]).all()
    assert (wide.high[inside] > narrow.high[inside]).all()


def test_quantile_never_reached_is_infinite():
    curve = survival.kaplan_meier(np.array([1.0, 2, 3, 4]), [True, False, False, False])
    assert curve.quantile(0.5) == np.inf
    assert curve.quantile(0.25) == 1.0


def test_nothing_observed():
    curve = survival.kaplan_meier(np.array([]), [])
    assert curve.at([1.0]) == pytest.approx([1.0])
    assert np.isnan(survival.restricted_mean(np.array([]), [], 10.0)[0])


def test_restricted_mean_by_hand():
    durations, seen = np.array([1.0, 2, 2, 3, 5]), np.array([True, True, False, True, False])
    mean, variance = survival.restricted_mean(durations, seen, 4.0)
    # Areas: 1 + .8 + .6 + .3 = 2.7. Remaining area after each event: 1.7, .9, .3.
    assert mean == pytest.approx(2.7)
    assert variance == pytest.approx(1.7**2 / 20 + 0.9**2 / 12 + 0.3**2 / 2)


def test_restricted_mean_without_censoring_is_the_mean_of_the_capped_times():
    durations = np.random.default_rng(1).exponential(50, 400)
    mean, variance = survival.restricted_mean(durations, np.ones(400, dtype=bool), 60.0)
    capped = np.minimum(durations, 60.0)
    assert mean == pytest.approx(capped.mean())
    assert variance == pytest.approx(capped.var() / 400)


def test_restricted_mean_recovers_a_censored_exponential():
    rng = np.random.default_rng(2)
    truth = 30 * (1 - np.exp(-60 / 30))
    inside = []
    for _ in range(200):
        event, leaving = rng.exponential(30, 300), rng.exponential(60, 300)
        mean, variance = survival.restricted_mean(np.minimum(event, leaving), event <= leaving, 60.0)
        inside.append(abs(mean - truth) < 1.96 * np.sqrt(variance))
    # 95 % nominal; two hundred tries have a standard error of 1.5 points.
    assert 0.90 <= np.mean(inside) <= 0.99


def test_aalen_johansen_by_hand():
    result = survival.aalen_johansen(np.array([1.0, 2, 3, 3, 4, 6]), [1, 2, 0, 1, 2, 0])
    # At risk 6, 5, 4, 2, 1; survival 5/6, 4/6, 3/6, 1/4.
    assert result.at(1, [0.5, 1, 2, 3, 9]) == pytest.approx([0, 1 / 6, 1 / 6, 2 / 6, 2 / 6])
    assert result.at(2, [1, 2, 3, 4]) == pytest.approx([0, 1 / 6, 1 / 6, 1 / 6 + 1 / 2 / 2])
    assert result.survival[-1] == pytest.approx(1 / 4)


def test_aalen_johansen_adds_up_with_kaplan_meier():
    rng = np.random.default_rng(3)
    time = np.round(rng.exponential(10, 500), 1)
    cause = rng.integers(0, 4, 500)
    result = survival.aalen_johansen(time, cause)
    at = np.linspace(0, 40, 81)
    total = sum(result.at(k, at) for k in (1, 2, 3))
    assert total == pytest.approx(1 - survival.kaplan_meier(time, cause > 0).at(at))


def test_aalen_johansen_without_censoring_is_the_plain_share():
    rng = np.random.default_rng(4)
    time, cause = rng.exponential(10, 300), rng.integers(1, 3, 300)
    result = survival.aalen_johansen(time, cause)
    assert result.at(2, 8.0) == pytest.approx(np.mean((time <= 8) & (cause == 2)))


def test_aalen_johansen_recovers_competing_exponentials():
    rng = np.random.default_rng(5)
    first, second, leaving = (
        rng.exponential(20, 20000),
        rng.exponential(40, 20000),
        rng.exponential(50, 20000),
    )
    time = np.minimum(np.minimum(first, second), leaving)
    cause = np.where(time == leaving, 0, np.where(time == first, 1, 2))
    result = survival.aalen_johansen(time, cause)
    total = 1 / 20 + 1 / 40
    for k, rate in ((1, 1 / 20), (2, 1 / 40)):
        assert result.at(k, 15.0) == pytest.approx(rate / total * (1 - np.exp(-15 * total)), abs=0.012)


def test_probability_within_is_the_share_when_all_were_watched():
    duration = np.array([1.0, 5.0, np.nan, 20.0])
    assert survival.probability_within(duration, np.full(4, 10.0), 7.0) == 0.5


def test_probability_within_corrects_for_those_who_left():
    rng = np.random.default_rng(6)
    event = rng.exponential(10, 40000)
    followed = rng.uniform(0, 30, 40000)
    duration = np.where(event <= followed, event, np.nan)
    naive = np.mean(duration <= 12)
    found = survival.probability_within(duration, followed, 12.0)
    truth = expon.cdf(12, scale=10)
    assert found == pytest.approx(truth, abs=0.01)
    assert naive < truth - 0.1
