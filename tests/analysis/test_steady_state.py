"""When a series has come to rest: MSER and the drift on series whose answer is known."""

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analysis.estimates.at_rest import BIAS_ABOVE, DRIFT_ABOVE, AtRest, at_rest
from analysis.findings.remarks import remarks
from analysis.statistics.steady_state import Drift, drift, mser
from sim.scenario.loading import load_scenario

_YEAR = 365.25 / 7.0


def _autoregressive(rng: np.random.Generator, n: int, correlation: float, start: float = 0.0) -> np.ndarray:
    """Return a first-order autoregressive series of mean 10 and innovations of one, from `start` off it."""
    values = np.empty(n)
    off = start
    for k in range(n):
        values[k] = 10.0 + off
        off = correlation * off + rng.standard_normal()
    return values


def test_mser_by_hand() -> None:
    # Sums of squares over the squared length: 108/36, 2.8/25, 2.75/16, 2/9, …
    assert mser([10.0, 0.0, 1.0, 0.0, 2.0, 1.0]) == 1
    assert mser([1.0, 2.0, 1.0, 2.0, 1.0, 2.0]) == 0
    # A line never settles, nor can so few be judged.
    assert mser(np.arange(40.0)) is None
    assert mser([1.0, 2.0, 3.0]) is None


def test_batches_are_judged_by_their_means() -> None:
    rng = np.random.default_rng(3)
    values = _autoregressive(rng, 400, 0.5, 60.0)
    means = values.reshape(-1, 5).mean(axis=1)
    point = mser(means)
    assert point is not None
    assert mser(values, 5) == 5 * point
    # A last batch that is not full is left out.
    assert mser([*values, 1e9], 5) == 5 * point


@pytest.mark.parametrize("correlation", [0.5, 0.8, 0.9])
def test_an_initial_transient_is_left_out_and_no_more(correlation: float) -> None:
    """A start 30 innovations off dies as φ^t: the mean of what is left has lost the bias, and little else."""
    rng = np.random.default_rng(1)
    whole, left, points = [], [], []
    spread = 1.0 / math.sqrt(1.0 - correlation**2)
    for _ in range(300):
        values = _autoregressive(rng, 500, correlation, 30.0)
        point = mser(values, 5)
        if point is None:
            continue
        points.append(point)
        whole.append(values.mean() - 10.0)
        left.append(values[point:].mean() - 10.0)
    # What is expected of the whole mean's bias, in closed form.
    bias = 30.0 * (1.0 - correlation**500) / (1.0 - correlation) / 500.0
    error = 1.0 / (1.0 - correlation) / math.sqrt(500.0)
    assert np.mean(whole) == pytest.approx(bias, abs=4.0 * error / math.sqrt(len(whole)))
    assert abs(np.mean(left)) < 0.15 * bias
    # The root mean square error is nearly that of a series that starts at rest.
    assert math.sqrt(np.mean(np.square(left))) < 1.25 * error
    gone = math.log(spread / 30.0) / math.log(correlation)
    assert gone - 5 <= np.median(points) < gone + 60
    # Some end in the second half by chance, and are said to be too short.
    assert len(points) > 255


def test_a_series_at_rest_is_left_whole_as_a_rule() -> None:
    rng = np.random.default_rng(2)
    points = [mser(_autoregressive(rng, 500, 0.5), 5) for _ in range(300)]
    settled = [point for point in points if point is not None]
    assert len(settled) > 250
    assert np.median(settled) <= 50


def test_a_season_is_no_transient() -> None:
    """A wave of a fifth over a year and a half: without a year's length its trough would be left out."""
    weeks = np.arange(80)
    rng = np.random.default_rng(4)
    noise = rng.standard_normal((200, 80))
    wave = 50.0 * (1.0 - 0.2 * np.cos(2.0 * math.pi * weeks / _YEAR))
    start = -50.0 * np.exp(-weeks / 3.0)
    points = [mser(wave + start + one, year=_YEAR) for one in noise]
    known = [point for point in points if point is not None]
    assert len(known) > 190
    # The start has sunk to the noise of one by the twelfth week.
    assert 6 <= np.median(known) <= 16
    blind = [mser(wave + start + one) for one in noise]
    assert sum(point is None or point > 20 for point in blind) > 190


def test_the_drift_of_a_line_is_its_change_between_the_middles_of_the_thirds() -> None:
    line = 30.0 + 0.3 * np.arange(60)
    change = line[40:].mean() - line[:20].mean()
    assert drift(line).change == pytest.approx(change / line.mean())
    assert drift(line).error == pytest.approx(0.0, abs=1e-6)
    wave = 4.0 * np.sin(2.0 * math.pi * np.arange(60) / _YEAR + 1.0)
    assert drift(line + wave, _YEAR).change == pytest.approx(change / (line + wave).mean())
    for short in ([1.0, 2.0, 3.0], np.zeros(50)):
        assert math.isnan(drift(short).change)


@pytest.mark.parametrize("year", [None, _YEAR])
def test_the_error_of_a_drift_is_about_right(year: float | None) -> None:
    """Series at rest with a correlation as that of weekly cases in hand: few lie 2.5 errors from none."""
    rng = np.random.default_rng(5)
    found = [drift(_autoregressive(rng, 52, 0.7), year) for _ in range(600)]
    changes = np.array([one.change for one in found])
    errors = np.array([one.error for one in found])
    assert changes.mean() == pytest.approx(0.0, abs=4.0 * changes.std() / math.sqrt(600))
    assert 0.75 < np.median(errors) / changes.std() < 1.25
    assert np.mean(np.abs(changes) > 2.5 * errors) < 0.06


def _settings(**changed: Any) -> SimpleNamespace:
    demand = SimpleNamespace(season_amplitude=0.2, stream=None)
    return SimpleNamespace(**{"warmup_days": 70, "horizon_days": 364, "demand": demand, **changed})


def _series(start: float, slope: float, season: float = 0.0, runs: int = 4) -> list[np.ndarray]:
    weeks = np.arange(75)
    rng = np.random.default_rng(6)
    level = 50.0 + start * np.exp(-weeks / 5.0) + slope * weeks
    level += 50.0 * season * np.sin(2.0 * math.pi * weeks / _YEAR)
    return [level + rng.standard_normal(75) for _ in range(runs)]


def test_a_place_at_rest_is_said_to_be() -> None:
    found = at_rest(_series(-50.0, 0.0, 0.15), _settings())
    assert found is not None
    assert found.settled_days <= 140
    assert not found.warmup_too_short
    assert not found.restless


def test_a_start_that_is_counted_is_seen() -> None:
    found = at_rest(_series(-50.0, 0.0, 0.15), _settings(warmup_days=0))
    assert found is not None
    assert found.warmup_too_short
    assert 70 <= found.settled_days <= 180
    assert found.bias < -BIAS_ABOVE
    assert not found.restless


def test_a_trend_is_seen_whatever_the_season() -> None:
    for season in (0.0, 0.15):
        found = at_rest(_series(-50.0, 0.4, season), _settings())
        assert found is not None
        assert found.restless
        # 35 weeks between the middles of the thirds, over the level about the middle of the year.
        assert found.drift.change == pytest.approx(0.4 * 35.0 / 64.0, rel=0.2)


def test_too_few_weeks_say_nothing() -> None:
    assert at_rest([], _settings()) is None
    assert at_rest(_series(0.0, 0.0), _settings(horizon_days=70)) is None
    assert at_rest([np.zeros(75)], _settings()) is None
    assert at_rest([np.ones(20)], _settings()) is None


def _keys(rest: AtRest, **means: float) -> dict[str, str]:
    name = "administration_led"
    found = remarks({name: load_scenario(name)}, {name: {"utilisation": 0.7, **means}}, rest={name: rest})
    return {remark.key: remark.en for remark in found}


def test_what_is_not_at_rest_is_said_in_a_line_with_its_figure() -> None:
    quiet = Drift(0.02, 0.03)
    assert not _keys(AtRest(42.0, 0.0, quiet))
    short = _keys(AtRest(217.0, -0.083, quiet))
    assert list(short) == ["warm_up"]
    assert "settle by day 217" in short["warm_up"]
    assert "8 % below" in short["warm_up"]
    grows = _keys(AtRest(math.inf, 0.0, Drift(0.36, 0.05)))
    assert list(grows) == ["restless"]
    assert "+36 % of their mean (95 %: ± 10)" in grows["restless"]
    assert "70 % of staff hours" in grows["restless"]
    # Not what luck explains, nor what is small.
    assert not _keys(AtRest(42.0, 0.0, Drift(0.36, 0.15)))
    assert not _keys(AtRest(42.0, 0.0, Drift(0.99 * DRIFT_ABOVE, 0.001)))
    # Where the runs say so, the growth of the backlog is not said a second time.
    assert "backlog" not in _keys(AtRest(42.0, 0.0, quiet), utilisation=0.9, open_cases_growth=9.0)
