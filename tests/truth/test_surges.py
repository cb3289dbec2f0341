"""Surges and weeks that differ: how many needs, when, and what they leave as it is."""

import math

import numpy as np
import pytest
from scipy import stats

from sim import load_scenario
from sim.demand.bursts import intensity
from sim.demand.surges import FIRST_ORDINAL, surge_intensity
from sim.engine.randomness import run_key
from sim.engine.tables.people import INERT, UNDER_14
from sim.initial_state import build
from sim.mechanisms.flooding.initial_state import FIRST_ORDINAL as FIRST_FLOOD
from tests.truth.community import isolated

_SURGE = "[{start_day: 40, days: 20, factor: 3.5}]"


def _of_surge(need: np.ndarray) -> np.ndarray:
    return np.asarray((need["ordinal"] >= FIRST_ORDINAL) & (need["ordinal"] < FIRST_FLOOD))


def test_surges_leave_the_rest_of_the_tape_as_it_is() -> None:
    settings = {"demand.rate": 5, "community.residents": 500, "horizon_days": 100, "followup_days": 0}
    usual = build(isolated(settings), 1, 0).state
    more = build(isolated({**settings, "shocks.surges": _SURGE}), 1, 0).state
    own = ~_of_surge(more.need)
    assert (~own).sum() > 10
    assert np.all(np.diff(more.need["arisen_at"]) >= 0.0)
    for name in set(usual.need.dtype.names or ()) - {"pair_start", "leg_start", "incident"}:
        assert more.need[name][own].tobytes() == usual.need[name].tobytes(), name
    for name in set(usual.leg.dtype.names or ()) - {"need"}:
        assert more.leg[name][own[more.leg["need"]]].tobytes() == usual.leg[name].tobytes(), name
    assert np.array_equal(more.need["incident"], np.arange(len(more.need)))


def test_needs_of_a_surge_are_a_poisson_process_at_a_multiple_of_the_usual() -> None:
    settings = {
        "demand.rate": 4,
        "community.residents": 800,
        "community.merchants": 0,
        "demand.weekly_cv": 0.4,
        "warmup_days": 0,
        "horizon_days": 100,
        "followup_days": 0,
        "shocks.surges": _SURGE,
    }
    scenario = isolated(settings)
    counts, places = [], []
    for replication in range(200):
        state = build(scenario, 5, replication).state
        at = state.need["arisen_at"][_of_surge(state.need)]
        assert ((at >= 40.0) & (at < 60.0)).all()
        cumulative = intensity(scenario, run_key(5, replication), 100)[0]
        window = cumulative[60] - cumulative[40]
        adults = int((~(state.person["flags"] & (UNDER_14 | INERT)).astype(bool)).sum())
        rate = 4.0 / 365.0 / (1.0 - scenario.community.share_under14)
        counts.append((len(at), 2.5 * adults * rate * window))
        places.append((np.interp(at, np.arange(101), cumulative) - cumulative[40]) / window)
    found, expected = np.array(counts).T
    z = (found - expected) / np.sqrt(expected)
    assert abs(z.mean()) < 4.0 / math.sqrt(200)
    assert 0.0005 < stats.chi2.cdf((z**2).sum(), 200) < 0.9995
    assert stats.kstest(np.concatenate(places), "uniform").pvalue > 0.001


def test_surges_that_overlap_add_up() -> None:
    daily = np.arange(1.0, 11.0)
    surges = "[{start_day: 2, days: 4, factor: 3}, {start_day: 5, days: 9, factor: 1.5}]"
    scenario = isolated({"shocks.surges": surges})
    by_day = np.diff(surge_intensity(scenario, daily))
    assert by_day.tolist() == (np.array([0, 0, 2, 2, 2, 2.5, 0.5, 0.5, 0.5, 0.5]) * daily).tolist()


def test_a_queue_meets_the_surge_and_its_usual_arrivals() -> None:
    words = ["horizon_days=60", "warmup_days=0", "verification.arrival_rate=50"]
    usual = build(load_scenario("verification/queue", words), 1, 0).state.need
    scenario = load_scenario(
        "verification/queue", [*words, "shocks.surges=[{start_day: 20, days: 10, factor: 4}]"]
    )
    counts = []
    for replication in range(50):
        need = build(scenario, 1, replication).state.need
        at = need["arisen_at"][_of_surge(need)]
        assert ((at >= 20.0) & (at < 30.0)).all()
        counts.append(len(at))
        if replication == 0:
            own = need[~_of_surge(need)]
            for name in ("arisen_at", "work_hours", "priority", "ordinal"):
                assert own[name].tolist() == usual[name].tolist()
            assert np.all(np.diff(need["arisen_at"]) >= 0.0)
            assert need["incident"].tolist() == list(range(len(need)))
    assert np.mean(counts) == pytest.approx(1500.0, abs=4.0 * math.sqrt(1500 / 50))


_BURSTS: dict[str, object] = {
    "community.residents": 200,
    "demand.rate": 1453.0 * 365.0 / 7.0 / 200.0,
    "horizon_days": 7 * 500,
    "followup_days": 0,
}


def test_weekly_counts_spread_as_far_as_in_boston() -> None:
    """Index of dispersion 1 + m·cv²: 43 at 1,453 requests a week and a coefficient of variation of .17."""
    cv = 0.17
    scenario = isolated({**_BURSTS, "demand.weekly_cv": cv})
    counts, chi = [], 0.0
    for replication in range(4):
        weekly = np.diff(intensity(scenario, run_key(7, replication), 3500)[0])[::7]
        arisen = build(scenario, 7, replication).state.need["arisen_at"]
        found = np.bincount((arisen // 7).astype(int), minlength=500)
        chi += float(np.sum((found - 1453.0 * weekly) ** 2 / (1453.0 * weekly)))
        counts.append(found)
    # Given the weeks' effects, counts are Poisson.
    assert 0.0005 < stats.chi2.cdf(chi, 2000) < 0.9995
    every = np.concatenate(counts)
    expected = 1.0 + 1453.0 * cv * cv
    assert expected == pytest.approx(43.0, abs=0.01)
    # The variance of 2,000 weeks is known to about sqrt(2/2000) = 3 %, more for the skewness of the effects.
    assert every.var(ddof=1) / every.mean() == pytest.approx(expected, rel=0.14)


@pytest.mark.parametrize("correlation", [0.0, 0.6])
def test_effects_of_weeks_are_autoregressive_with_the_same_spread(correlation: float) -> None:
    scenario = isolated({**_BURSTS, "demand.weekly_cv": 0.5, "demand.weekly_correlation": correlation})
    logs = np.log(np.diff(intensity(scenario, run_key(3, 0), 7 * 5000)[0])[::7])
    sd = math.sqrt(math.log(1.25))
    spread = math.sqrt((1 + correlation**2) / (1 - correlation**2) / 2 / 5000)
    assert logs.std() / sd == pytest.approx(1.0, abs=4.0 * spread)
    for lag in (1, 2, 3):
        found = np.corrcoef(logs[lag:], logs[:-lag])[0, 1]
        assert found == pytest.approx(correlation**lag, abs=4.0 / math.sqrt(5000 / (1 + 2 * correlation)))
