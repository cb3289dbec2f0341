"""A place at rest: the same whatever the run's length, and level through the counted year.

Equivalence by two one-sided tests over replications (`tests/truth/equivalence.py`): a margin of 5 % and a
power of at least .95, or the test fails. Between runs of different length the margin is 10 % for
utilisation and 15 % for cases in hand: people go on learning that reporting works, at first some 3 % more
work a year. Of the default place, without weekly bursts, which are noise here.
"""

import functools
import math

import numpy as np
import pytest
from scipy import stats

from analysis.estimates.at_rest import at_rest
from analysis.estimates.estimands import estimate
from analysis.summaries.run_summary import summarise_run
from sim import load_scenario, simulate
from tests.truth.equivalence import LEVEL, compare, power_of

_YEAR = 364
_MARGIN, _POWER = 0.05, 0.95
_PLACE = {
    "followup_days": 0,
    "demand.weekly_cv": 0.0,
    "demand.local_cv": 0.0,
}
#: What is compared, and within what.
_MEASURES = {"in hand": 3 * _MARGIN, "utilisation": 2 * _MARGIN, "solved_7wd_from_report": _MARGIN}
_RUNS = 80


def _open_in_hand(records: object) -> np.ndarray:
    """Return open cases that are not on the shelf, at the end of each day."""
    daily = records.daily.groupby("day")[["open_cases", "on_shelf"]].sum()  # type: ignore[attr-defined]
    return (daily["open_cases"] - daily["on_shelf"]).to_numpy(float)


@functools.lru_cache(maxsize=8)
def _years(name: str, warmup: int, years: int, seed: int) -> np.ndarray:
    """Return the measures of the counted days, a row a run."""
    settings = {**_PLACE, "warmup_days": warmup, "horizon_days": years * _YEAR}
    scenario = load_scenario(name, settings)
    rows = []
    for replication in range(_RUNS):
        records = simulate(scenario, seed, replication)
        found = estimate(records)
        in_hand = _open_in_hand(records)[warmup : warmup + years * _YEAR].mean()
        rows.append([in_hand, found["utilisation"], found["solved_7wd_from_report"]])
    return np.array(rows)


def _assert_same(first: np.ndarray, second: np.ndarray) -> None:
    """The means of independent runs are equal within the margins, with the power stated."""
    for column, (measure, margin) in enumerate(_MEASURES.items()):
        _assert_equal(first[:, column], second[:, column], margin, measure)


def _assert_equal(first: np.ndarray, second: np.ndarray, margin: float, what: str) -> None:
    mean = 0.5 * (first.mean() + second.mean())
    error = math.sqrt(first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second)) / mean
    difference = (second.mean() - first.mean()) / mean
    degrees = len(first) + len(second) - 2
    worst = abs(difference) + stats.t.ppf(1.0 - LEVEL, degrees) * error
    power = power_of(error, margin, degrees)
    assert worst < margin, f"{what}: {first.mean():.4g} and {second.mean():.4g}, off by up to {worst:.3f}"
    assert power > _POWER, f"{what}: power only {power:.3f}"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["administration_led", "co_governance"])
def test_a_counted_year_is_the_same_after_one_year_and_after_two(name: str) -> None:
    _assert_same(_years(name, _YEAR, 1, 21), _years(name, 2 * _YEAR, 1, 22))


def test_a_counted_year_is_the_same_whether_others_follow_it() -> None:
    """Of a longer run the first counted year is the same, bit for bit; and two years have the mean of one."""
    settings = {**_PLACE, "warmup_days": _YEAR}
    one, more = (
        simulate(load_scenario("co_governance", {**settings, "horizon_days": days}), 1, 0)
        for days in (_YEAR, 3 * _YEAR)
    )
    days = 2 * _YEAR
    assert np.array_equal(_open_in_hand(one)[:days], _open_in_hand(more)[:days])
    _assert_same(_years("co_governance", _YEAR, 1, 21), _years("co_governance", _YEAR, 2, 25))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "staff"), [("administration_led", 18), ("co_governance", 13)])
def test_cases_in_hand_are_level_through_the_counted_year(name: str, staff: int) -> None:
    """Within 5 % between its first and its last third: without a season, which would count as change."""
    level = {
        "staff.per_10k": staff,
        "warmup_days": _YEAR,
        "horizon_days": _YEAR,
        "demand.season_amplitude": 0,
    }
    scenario = load_scenario(name, {**_PLACE, **level})
    third = _YEAR // 3
    ratios, used = [], []
    for replication in range(180):
        records = simulate(scenario, 23, replication)
        counted = _open_in_hand(records)[_YEAR:]
        ratios.append((counted[-third:].mean() - counted[:third].mean()) / counted.mean())
        if replication < 20:
            used.append(estimate(records)["utilisation"])
    verdict = compare(f"{name}, {np.mean(used):.2f} used", 1.0, 1.0 + np.array(ratios), _MARGIN, 180)
    assert verdict.equivalent, str(verdict)
    assert verdict.power > _POWER, str(verdict)


def test_a_place_that_drowns_is_no_place_at_rest() -> None:
    """The rest above is no empty claim: with too few staff, or without warm-up, the same measure says so."""
    drowned = load_scenario("administration_led", {**_PLACE, "staff.per_10k": 9, "horizon_days": _YEAR})
    cold = load_scenario("administration_led", {**_PLACE, "warmup_days": 0, "horizon_days": _YEAR})
    usual = load_scenario("administration_led", {**_PLACE, "horizon_days": _YEAR})
    found = {}
    for label, scenario in (("drowned", drowned), ("cold", cold), ("usual", usual)):
        curves = [summarise_run(simulate(scenario, 24, replication)).curves for replication in range(20)]
        rest = at_rest([one["week_open_cases"] - one["week_on_shelf"] for one in curves], scenario)
        assert rest is not None
        found[label] = rest
    assert found["drowned"].restless
    assert found["drowned"].drift.change > 0.15
    assert found["cold"].warmup_too_short
    assert not found["usual"].restless
    assert not found["usual"].warmup_too_short
