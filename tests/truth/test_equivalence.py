"""The procedure of the tests: its error rates, its power, and that it refuses what it should."""

import numpy as np
import pytest

from tests.truth.equivalence import (
    cases_for,
    compare,
    mm1_relative_variance,
    power_of,
    regression_mean,
)
from tests.truth.queues import queues


def test_planned_cases() -> None:
    assert mm1_relative_variance(0.8) == pytest.approx(123.5, abs=0.1)
    assert cases_for(mm1_relative_variance(0.8), 0.03) == pytest.approx(2.44e6, rel=0.01)


def test_variance_is_as_planned() -> None:
    """Without controls, M/M/1 waits vary as Whitt's formula says, so the planned numbers hold."""
    experiment = queues()[1]
    runs = [experiment.run(5, replication) for replication in range(200)]
    waits = np.array([run["mean wait"] for run in runs])
    cases = np.mean([run["cases"] for run in runs])
    relative = waits.var(ddof=1) / waits.mean() ** 2 * cases
    # 199 degrees of freedom: ± 30 % is three standard errors.
    assert relative == pytest.approx(mm1_relative_variance(0.6), rel=0.3)


def test_power_is_as_stated() -> None:
    luck = np.random.default_rng(1)
    error = 0.008
    passed = [
        compare("", 1.0, 1.0 + error * np.sqrt(20) * luck.standard_normal(20), 0.03, 1).equivalent
        for _ in range(4000)
    ]
    assert np.mean(passed) == pytest.approx(power_of(error, 0.03, 19), abs=0.02)


def test_a_wrong_mean_rarely_passes() -> None:
    """A value off by just the margin is called equivalent in 5 % of all cases at most."""
    luck = np.random.default_rng(2)
    passed = [
        compare("", 1.0, 1.03 + 0.03 * luck.standard_normal(20), 0.03, 1).equivalent for _ in range(4000)
    ]
    assert np.mean(passed) < 0.06


def test_controls_keep_the_mean_and_shrink_the_error() -> None:
    luck = np.random.default_rng(3)
    estimates, stated = [], []
    for _ in range(2000):
        control = luck.standard_normal((30, 2))
        values = 5.0 + control @ [2.0, -1.0] + 0.5 * luck.standard_normal(30)
        mean, error, degrees = regression_mean(values, control)
        estimates.append(mean)
        stated.append(error)
    assert degrees == 27
    assert np.mean(estimates) == pytest.approx(5.0, abs=0.01)
    assert np.std(estimates) == pytest.approx(np.mean(stated), rel=0.1)
    assert np.mean(stated) < 0.12
