"""A place at rest: the same whatever the run's length, and level through the counted year.

Equivalence by two one-sided tests over replications (`tests/truth/equivalence.py`): a margin of 5 % and a
power of at least .95, or the test fails. Of the default place, without weekly bursts, which are noise here.
The busier a place, the longer it takes to come to rest, and the more its cases in hand vary: at nine tenths
of its hours three years, and a margin of 10 % here (of 400 runs the change is −.3 %, standard error 1.1).
"""

import functools

import numpy as np
import pytest

from analysis.estimates.at_rest import at_rest
from analysis.estimates.estimands import estimate
from analysis.summaries.run_summary import summarise_run
from sim import load_scenario, simulate
from tests.truth.equivalence import compare

_YEAR = 364
_MARGIN, _POWER = 0.05, 0.95
_PLACE = {
    "followup_days": 0,
    "demand.weekly_cv": 0.0,
    "demand.local_cv": 0.0,
}
_RUNS = 150


def _open_in_hand(records: object) -> np.ndarray:
    """Return open cases that are not on the shelf, at the end of each day."""
    daily = records.daily.groupby("day")[["open_cases", "on_shelf"]].sum()  # type: ignore[attr-defined]
    return (daily["open_cases"] - daily["on_shelf"]).to_numpy(float)


@functools.lru_cache(maxsize=2)
def _two_years(name: str) -> dict[str, np.ndarray]:
    """Return cases in hand and reports of the second and of the third year of each run."""
    settings = {**_PLACE, "warmup_days": _YEAR, "horizon_days": 2 * _YEAR}
    scenario = load_scenario(name, settings)
    in_hand, reports = [], []
    for replication in range(_RUNS):
        records = simulate(scenario, 21, replication)
        in_hand.append(_open_in_hand(records)[_YEAR : 3 * _YEAR].reshape(2, _YEAR).mean(axis=1))
        reported = records.daily.groupby("day")["reported"].sum().to_numpy(float)
        reports.append(np.diff(reported[_YEAR - 1 : 3 * _YEAR : _YEAR]))
    return {"in hand": np.array(in_hand), "reports": np.array(reports)}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["administration_led", "co_governance"])
def test_a_counted_year_is_the_same_after_one_year_and_after_two(name: str) -> None:
    for measure, years in _two_years(name).items():
        change = (years[:, 1] - years[:, 0]) / years.mean()
        verdict = compare(f"{name}, {measure}", 1.0, 1.0 + change, _MARGIN, _RUNS)
        assert verdict.equivalent, str(verdict)
        assert verdict.power > _POWER, str(verdict)


def test_a_counted_year_is_the_same_whether_others_follow_it() -> None:
    """Bit for bit, whatever the length of the run."""
    settings = {**_PLACE, "warmup_days": _YEAR}
    one, more = (
        simulate(load_scenario("co_governance", {**settings, "horizon_days": days}), 1, 0)
        for days in (_YEAR, 3 * _YEAR)
    )
    days = 2 * _YEAR
    assert np.array_equal(_open_in_hand(one)[:days], _open_in_hand(more)[:days])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "staff", "years", "margin"),
    [
        ("administration_led", 18, 1, _MARGIN),
        ("co_governance", 12, 1, _MARGIN),
        ("administration_led", 8, 3, 2 * _MARGIN),
    ],
)
def test_cases_in_hand_are_level_through_the_counted_year(
    name: str, staff: int, years: int, margin: float
) -> None:
    """Between its first and its last third: without a season, which would count as change."""
    warmup, runs = years * _YEAR, 180
    level = {
        "staff.per_10k": staff,
        "warmup_days": warmup,
        "horizon_days": _YEAR,
        "demand.season_amplitude": 0,
    }
    scenario = load_scenario(name, {**_PLACE, **level})
    third = _YEAR // 3
    ratios, used = [], []
    for replication in range(runs):
        records = simulate(scenario, 23, replication)
        counted = _open_in_hand(records)[warmup:]
        ratios.append((counted[-third:].mean() - counted[:third].mean()) / counted.mean())
        if replication < 20:
            used.append(estimate(records)["utilisation"])
    verdict = compare(f"{name}, {np.mean(used):.2f} used", 1.0, 1.0 + np.array(ratios), margin, runs)
    assert verdict.equivalent, str(verdict)
    assert verdict.power > _POWER, str(verdict)


def test_a_place_that_drowns_is_no_place_at_rest() -> None:
    """The rest above is no empty claim: with too few staff, or without warm-up, the same measure says so."""
    drowned = load_scenario("administration_led", {**_PLACE, "staff.per_10k": 6, "horizon_days": _YEAR})
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
