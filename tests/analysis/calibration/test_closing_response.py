"""What a window of a file says of how closing answers to load, against answers that are known."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.calibration.closing_response import (
    RESPONSES,
    SUMMARIES,
    DailyCells,
    Window,
    closing_summaries,
    daily_cells,
    responses,
)
from analysis.calibration.pace import Pace
from tests.analysis.calibration.small_city import Truth, pace_of, simulated

PACE = Pace(
    edges=np.array([0.0, 2.0]),
    hazard=np.array([[0.5, 0.1]]),
    never=np.array([0.0]),
    working=np.arange(11.0)[None, :],
    at_once_days=0.0,
)


def window(**changes: object) -> Window:
    plain = Window(
        opened=np.array([0.0, 0.5]),
        closed=np.array([3.5, np.inf]),
        due=np.array([np.nan, np.nan]),
        team=np.zeros(2, dtype=np.int64),
        category=np.zeros(2, dtype=np.int64),
        urgent=np.zeros(2, dtype=bool),
        start=1,
        end=5,
    )
    return replace(plain, **changes)


def cells_of(what: Window, pace: Pace = PACE) -> DailyCells:
    return daily_cells(what, pace)


def test_expected_closings_are_the_hazard_over_the_time_open() -> None:
    """By hand: one request open on days 1 to 3.5 from age 1, one on days 1 to 5 from age .5."""
    cells = cells_of(window())
    assert cells.expected.sum() == pytest.approx((1.0 * 0.5 + 1.5 * 0.1) + (1.5 * 0.5 + 2.5 * 0.1))
    assert cells.closings.sum() == 1.0
    assert cells.day[cells.closings > 0.0].tolist() == [2]
    assert cells.backlog[0].tolist() == pytest.approx(
        [np.exp(-0.5 * 1) / np.exp(-0.5 * 1) * 2] + [2.0, 2.0, 1.0]
    )


def test_of_those_never_closed_less_is_expected_the_older_they_are() -> None:
    pace = replace(PACE, never=np.array([0.2]))
    expected = cells_of(window(), pace).expected.sum()

    def gone(age: float) -> float:
        return -np.log(0.2 + 0.8 * np.exp(-min(age, 2.0) * 0.5 - max(0.0, age - 2.0) * 0.1))

    assert expected == pytest.approx(gone(3.5) - gone(1.0) + gone(4.5) - gone(0.5))


def test_a_day_is_parted_where_the_due_time_comes_near() -> None:
    cells = cells_of(window(due=np.array([3.25, np.nan])))
    near = cells.covariates[:, RESPONSES.index("due_effect")] == 1.0
    assert cells.expected[near].sum() == pytest.approx((3.5 - 2.25) * 0.1)
    assert cells.expected.sum() == pytest.approx(cells_of(window()).expected.sum())


def test_closed_at_once_and_before_the_window_count_nowhere() -> None:
    early = window(opened=np.array([0.0, 2.0]), closed=np.array([0.9, 2.0 + 0.005]))
    assert cells_of(early, replace(PACE, at_once_days=0.0104)).closings.sum() == 0.0


def test_the_regression_is_that_of_statsmodels() -> None:
    import statsmodels.api as sm

    luck = np.random.default_rng(3)
    groups, days = 3, 60
    group, day = (index.ravel() for index in np.indices((groups, days)))
    covariates = luck.normal(0.0, 0.5, (groups * days, 4))
    expected = luck.gamma(5.0, 3.0, groups * days)
    rate = expected * np.exp(covariates @ [0.6, 0.3, -0.2, 0.8] + np.array([0.0, 0.4, -0.3])[group])
    closings = luck.poisson(rate).astype(float)
    cells = DailyCells(closings, expected, group, day, covariates, np.ones((groups, days)))
    found, fitted = responses(cells)
    levels = (group[:, None] == np.arange(groups)).astype(float)
    peer = sm.GLM(
        closings, np.hstack([covariates, levels]), family=sm.families.Poisson(), offset=np.log(expected)
    ).fit()
    assert found == pytest.approx(peer.params[:4], abs=1e-3)
    assert np.bincount(group, fitted) == pytest.approx(np.bincount(group, closings))


@pytest.mark.parametrize(
    ("truth", "name", "low", "high"),
    [
        (Truth(gamma=0.5), "response_gamma", 0.3, 0.6),
        (Truth(gamma=1.0), "response_gamma", 0.7, 1.1),
        (Truth(mobilisation=1.0), "response_mobilisation", 0.4, 1.5),
        (Truth(due_effect=1.0), "response_due_effect", 0.4, 1.1),
        (Truth(weekly_cv=0.4), "weekly_noise", 0.08, 0.2),
    ],
)
def test_each_response_moves_its_own_number(truth: Truth, name: str, low: float, high: float) -> None:
    """Two cities of 6,000 requests; the same with every response at rest lie outside the bounds, below."""
    place = SUMMARIES.index(name)
    seen, at_rest = (
        np.mean(
            [
                closing_summaries(simulated(what, np.random.default_rng(seed)), pace_of(120))[place]
                for seed in (0, 1)
            ]
        )
        for what in (truth, Truth())
    )
    assert low < seen < high
    assert at_rest < low


def test_a_window_without_requests_has_no_numbers_rather_than_false_ones() -> None:
    nothing = window(closed=np.array([0.5, 0.9]))
    found = closing_summaries(nothing, PACE)
    assert len(found) == len(SUMMARIES)
    assert np.isnan(found[SUMMARIES.index("weekly_noise")])
