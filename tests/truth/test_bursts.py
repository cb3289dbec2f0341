"""Weeks that differ: how far counts of needs and of reports spread, in one place and over several."""

import math

import numpy as np
import pytest
from scipy import stats

from sim import load_scenario, simulate
from sim.demand.bursts import intensity, spread_of_needs, surviving_share
from sim.engine.randomness import run_key
from sim.initial_state import build
from tests.truth.community import isolated, run
from tests.truth.equivalence import compare

_COMMON, _LOCAL = 0.17, 0.19
_WEEKS, _A_WEEK, _PLACES = 700, 120.0, 2
#: Weeks at the start that are left out where reports come late: by then who needs are older is settled.
_START = 40
_PLACE = {
    "county.communities": _PLACES,
    "community.residents": 200,
    "demand.rate": _A_WEEK * 365.0 / 7.0 / 200.0,
    "demand.weekly_cv": _COMMON,
    "demand.local_cv": _LOCAL,
    "horizon_days": 7 * _WEEKS,
    "followup_days": 0,
}
#: What a place's weekly rate varies by, over its squared mean, and what two places share of it.
_OF_A_PLACE = (1.0 + _COMMON**2) * (1.0 + _LOCAL**2) - 1.0
_SHARED = _COMMON**2


def _weekly(at: np.ndarray, community: np.ndarray) -> np.ndarray:
    """Return the counts of each week, a row a community."""
    return np.array(
        [np.bincount((at[community == c] // 7).astype(int), minlength=_WEEKS) for c in range(_PLACES)]
    )


def _assert_spread(counts: list[np.ndarray]) -> None:
    """Within 10 %: the index of dispersion of a place's weeks, and the covariance of two places."""
    mean = float(np.mean([c.mean() for c in counts]))
    index = [float(c.var(axis=1, ddof=1).mean() / c.mean()) for c in counts]
    both = [float(np.cov(c)[0, 1] / c.mean() ** 2) for c in counts]
    weeks = sum(c.size for c in counts)
    dispersion = compare("index of dispersion", 1.0 + mean * _OF_A_PLACE, index, 0.10, weeks)
    shared = compare("variance in common", _SHARED, both, 0.15, weeks)
    for verdict in (dispersion, shared):
        assert verdict.equivalent, str(verdict)
        assert verdict.power > 0.95, str(verdict)


def test_weekly_needs_spread_by_what_is_common_and_what_is_a_places_own() -> None:
    """Index of dispersion 1 + m·((1 + cv²)(1 + local²) − 1) in a place; covariance of two places m²·cv²."""
    scenario = isolated(_PLACE)
    counts, chi = [], 0.0
    for replication in range(24):
        expected = _A_WEEK * np.diff(intensity(scenario, run_key(7, replication), 7 * _WEEKS))[:, ::7]
        need = build(scenario, 7, replication).state.need
        counts.append(_weekly(need["arisen_at"], need["community"]))
        chi += float(np.sum((counts[-1] - expected) ** 2 / expected))
    # Given the weeks' effects, counts are Poisson.
    weeks = 24 * _WEEKS * _PLACES
    assert 0.0005 < stats.chi2.cdf(chi, weeks) < 0.9995
    _assert_spread(counts)


@pytest.mark.parametrize("delay", [2.5, 12.0])
def test_weekly_reports_spread_as_asked_for_where_the_delay_is_given(delay: float) -> None:
    """Everybody's delay is exponential; with effects on needs so much larger, reports spread as stated."""
    settings = {
        **_PLACE,
        "demand.report_delay_days": delay,
        "reporting.base_rate_per_day": 1.0 / delay,
        "followup_days": 0,
    }
    counts = []
    for replication in range(24):
        cases = run(settings, 8, replication).cases
        heard = cases["reported_at"].notna().to_numpy()
        at = cases["reported_at"].to_numpy()[heard]
        community = cases["community"].to_numpy()[heard]
        counts.append(_weekly(at, community)[:, _START:])
    _assert_spread(counts)


def test_weekly_first_reports_of_the_default_place_spread_as_asked_for() -> None:
    """9,000 residents who differ, needs that many see, readiness that fades: the delay is not exponential.

    Only the season is left out, which would count as spread.
    """
    place = load_scenario(
        "administration_led",
        {
            "demand.weekly_cv": _COMMON,
            "demand.local_cv": _LOCAL,
            "demand.season_amplitude": 0.0,
            "warmup_days": 28,
            "horizon_days": 1092,
            "followup_days": 0,
        },
    )
    index, means, delays = [], [], []
    for replication in range(100):
        cases = simulate(place, seed=3, replication=replication).cases
        heard = cases[cases["reported_at"].notna()]
        weeks = np.bincount((heard["reported_at"] // 7).astype(int))[4:160]
        index.append(float(weeks.var(ddof=1) / weeks.mean()))
        means.append(float(weeks.mean()))
        delays.append(float((heard["reported_at"] - heard["arisen_at"]).mean()))
    assert np.mean(delays) == pytest.approx(place.demand.report_delay_days, rel=0.05)
    mean = float(np.mean(means))
    assert 20 < mean < 60
    verdict = compare("weekly first reports", 1.0 + mean * _OF_A_PLACE, index, 0.10, len(index) * 156)
    assert verdict.equivalent, str(verdict)
    assert verdict.power > 0.95, str(verdict)


def test_what_survives_a_delay_is_the_sum_over_the_weeks_it_mixes() -> None:
    lags = np.arange(1, 600)
    for delay, correlation in ((0.5, 0.0), (2.5, 0.0), (5.0, 0.6), (30.0, 0.3)):
        x = 7.0 / delay
        q = math.exp(-x)
        weights = np.concatenate([[1.0 - (1.0 - q) / x], (1.0 - q) ** 2 * q ** (lags - 1) / x])
        apart = np.abs(np.subtract.outer(np.arange(600), np.arange(600)))
        assert weights.sum() == pytest.approx(1.0, abs=1e-7)
        exact = weights @ correlation**apart @ weights if correlation else float(np.sum(weights**2))
        assert surviving_share(delay, correlation) == pytest.approx(exact, rel=1e-6)
    assert surviving_share(0.0) == 1.0
    assert surviving_share(1e-3) == pytest.approx(1.0, abs=1e-3)


def test_what_is_left_of_the_effects_on_needs_is_the_spread_asked_for() -> None:
    for delay in (0.0, 3.0, 20.0):
        common, local = spread_of_needs(isolated({**_PLACE, "demand.report_delay_days": delay}))
        share = surviving_share(delay)
        assert share * common**2 == pytest.approx(_SHARED)
        assert share * ((1.0 + common**2) * (1.0 + local**2) - 1.0) == pytest.approx(_OF_A_PLACE)


def test_a_communitys_effects_are_its_own_in_any_company() -> None:
    few, many = (isolated({**_PLACE, "county.communities": n}) for n in (2, 5))
    rows = [intensity(one, run_key(1, 0), 70) for one in (few, many)]
    assert rows[0].shape == (2, 71)
    assert np.array_equal(rows[0], rows[1][:2])
    alike = intensity(isolated({**_PLACE, "demand.local_cv": 0}), run_key(1, 0), 70)
    assert alike.shape == (1, 71)
