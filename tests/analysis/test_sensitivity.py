"""Indices through our own pipeline, against functions whose indices are known."""

import math

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("SALib")

from analysis.statistics.sensitivity import design, elementary_effects, indices, noise_share
from experiments.designs.factors import Factor

NAMES = ["x1", "x2", "x3"]


def _ishigami(points: np.ndarray) -> np.ndarray:
    """f = sin x₁ + 7 sin² x₂ + .1 x₃⁴ sin x₁, x uniform on [−π, π]."""
    factors = [Factor(name, -math.pi, math.pi) for name in NAMES]
    x1, x2, x3 = (np.array(factor.values(points[:, k])) for k, factor in enumerate(factors))
    return np.sin(x1) + 7.0 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


def _ishigami_exact() -> dict[str, tuple[float, float]]:
    """First-order and total indices (Ishigami & Homma 1990)."""
    a, b = 7.0, 0.1
    v1 = 0.5 * (1 + b * math.pi**4 / 5) ** 2
    v2 = a**2 / 8
    v13 = b**2 * math.pi**8 * (1 / 18 - 1 / 50)
    total = v1 + v2 + v13
    return {"x1": (v1 / total, (v1 + v13) / total), "x2": (v2 / total, v2 / total), "x3": (0.0, v13 / total)}


def test_ishigami_is_recovered() -> None:
    points = design(NAMES, "sobol", 4096, seed=1)
    noise = 0.3 * np.random.default_rng(1).standard_normal((len(points), 4))
    values = _ishigami(points)[:, None] + noise
    found = indices(NAMES, "sobol", points, values, seed=1).set_index("parameter")
    for name, (first, total) in _ishigami_exact().items():
        assert found.loc[name, "first"] == pytest.approx(first, abs=0.02)
        assert found.loc[name, "total"] == pytest.approx(total, abs=0.02)
    assert list(found.index) == ["x1", "x2", "x3"]


def test_the_noise_share_is_that_of_the_variance() -> None:
    rng = np.random.default_rng(2)
    signal = rng.standard_normal(20_000)[:, None]
    values = signal + 0.5 * rng.standard_normal((20_000, 5))
    assert noise_share(values) == pytest.approx(0.25 / 1.25, abs=0.005)
    # Luck shared by all points is no noise between points, but is in a single run's variance.
    assert noise_share(signal + np.zeros((1, 3))) == pytest.approx(0.0, abs=1e-12)
    assert math.isnan(noise_share(signal))


def test_morris_of_a_linear_function_is_its_slope() -> None:
    points = design(NAMES, "morris", 30, seed=1)
    values = (points @ np.array([2.0, -5.0, 0.0]))[:, None] + np.array([[0.0, 1.0, -3.0]])
    found = indices(NAMES, "morris", points, values, seed=1).set_index("parameter")
    assert list(found["mu"]) == pytest.approx([-5.0, 2.0, 0.0], abs=1e-12)
    assert list(found["sigma"]) == pytest.approx([0.0] * 3, abs=1e-12)
    assert list(found["noise_se"]) == pytest.approx([0.0] * 3, abs=1e-12)


def test_morris_says_what_chance_does() -> None:
    """Without any effect, mu of the mean over R replications has the standard error reported."""
    points = design(NAMES, "morris", 40, seed=1)
    rng = np.random.default_rng(5)
    mu, said = [], []
    for _ in range(60):
        table = indices(NAMES, "morris", points, rng.standard_normal((len(points), 6)), seed=1)
        mu += list(table["mu"])
        said += list(table["noise_se"] ** 2)
    assert np.std(mu) == pytest.approx(math.sqrt(np.mean(said)), rel=0.2)


def test_the_mean_size_that_chance_alone_gives_is_told() -> None:
    """Without an effect, mu* is what is said of chance; with one, it is not."""
    points = design(NAMES, "morris", 1000, seed=1)
    noise = 0.2 * np.random.default_rng(6).standard_normal((len(points), 3))
    found = indices(NAMES, "morris", points, 2.0 * points[:, :1] + noise, seed=1).set_index("parameter")
    for name in ("x2", "x3"):
        assert found.loc[name, "mu_star"] == pytest.approx(found.loc[name, "noise_mu_star"], rel=0.12)
        # sqrt(2/pi) · s / sqrt(R): two points a step of 2/3 apart.
        exact = math.sqrt(2 / math.pi) * 0.2 * math.sqrt(2) / (2 / 3) / math.sqrt(3)
        assert found.loc[name, "noise_mu_star"] == pytest.approx(exact, rel=0.08)
    assert found.loc["x1", "mu_star"] > 5 * found.loc["x1", "noise_mu_star"]


def test_elementary_effects_are_those_of_the_library() -> None:
    points = design(NAMES, "morris", 12, seed=3)
    values = np.stack([_ishigami(points), points @ np.array([1.0, 2.0, 3.0])], axis=1)
    found = indices(NAMES, "morris", points, values, seed=1).set_index("parameter")
    effects = elementary_effects(points, values).mean(axis=2)
    assert list(effects.mean(axis=1)) == pytest.approx([found.loc[name, "mu"] for name in NAMES])
    assert list(np.abs(effects).mean(axis=1)) == pytest.approx([found.loc[name, "mu_star"] for name in NAMES])


def test_the_total_index_that_chance_alone_gives_is_told() -> None:
    points = design(NAMES, "sobol", 1024, seed=1)
    noise = 0.5 * np.random.default_rng(7).standard_normal((len(points), 4))
    found = indices(NAMES, "sobol", points, 4.0 * points[:, :1] + noise, seed=1).set_index("parameter")
    for name in ("x2", "x3"):
        assert found.loc[name, "total"] == pytest.approx(found.loc[name, "noise_total"], rel=0.15)
    assert found.loc["x1", "total"] > 0.9


@pytest.mark.parametrize(("method", "block"), [("morris", 4), ("sobol", 5)])
def test_a_missing_outcome_costs_its_trajectory_and_no_other(method: str, block: int) -> None:
    points = design(NAMES, method, 8, seed=1)
    values = _ishigami(points)[:, None] + np.zeros((1, 2))
    whole = indices(NAMES, method, points[block:], values[block:], seed=1)
    values[2, 1] = math.nan
    pd.testing.assert_frame_equal(indices(NAMES, method, points, values, seed=1), whole)
    values[block : 7 * block] = math.nan
    with pytest.raises(ValueError, match="at least two"):
        indices(NAMES, method, points, values, seed=1)


def test_an_outcome_that_never_changes_has_no_indices() -> None:
    points = design(NAMES, "sobol", 8, seed=1)
    found = indices(NAMES, "sobol", points, np.ones((len(points), 2)), seed=1)
    assert (found[["first", "total"]] == 0.0).all().all()
