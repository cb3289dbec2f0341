"""Shapley values and interactions, against games whose answer is known."""

import itertools

import numpy as np
import pytest

from analysis.statistics.shapley import (
    all_subsets,
    interactions_exact,
    interactions_of,
    orders,
    shapley_exact,
    shapley_sampled,
    subsets_of,
)


def _game(players: int, replications: int = 3, seed: int = 1) -> dict[int, np.ndarray]:
    rng = np.random.default_rng(seed)
    return {subset: rng.standard_normal(replications) for subset in all_subsets(players)}


@pytest.mark.parametrize("players", [1, 2, 5])
def test_values_add_up_to_the_difference(players: int) -> None:
    game = _game(players)
    whole = game[(1 << players) - 1] - game[0]
    np.testing.assert_allclose(shapley_exact(game, players).sum(axis=0), whole, atol=1e-12)
    sequences = orders(players, 6, seed=2)
    each = shapley_sampled(game, sequences)
    np.testing.assert_allclose(each.sum(axis=1), np.broadcast_to(whole, (6, 3)), atol=1e-12)


def test_values_are_the_mean_over_all_orders() -> None:
    game = _game(4)
    every = list(itertools.permutations(range(4)))
    np.testing.assert_allclose(shapley_exact(game, 4), shapley_sampled(game, every).mean(axis=0), atol=1e-12)


def test_the_glove_game() -> None:
    """One left glove and two right ones: 2/3, 1/6, 1/6 (textbook)."""
    game = {s: np.array([float(bool(s & 1) and bool(s & 6))]) for s in all_subsets(3)}
    np.testing.assert_allclose(shapley_exact(game, 3)[:, 0], [2 / 3, 1 / 6, 1 / 6])


def test_who_adds_nothing_gets_nothing_and_equals_get_the_same() -> None:
    game = {s: np.array([5.0 * (s & 1) + 2.0 * bool(s & 2) * bool(s & 4)]) for s in all_subsets(4)}
    np.testing.assert_allclose(shapley_exact(game, 4)[:, 0], [5.0, 1.0, 1.0, 0.0], atol=1e-12)


def test_interactions_of_a_sum_of_products() -> None:
    """Of a multilinear game the interaction index of two is the coefficient of their product."""
    found = interactions_of(lambda s: 3.0 * (s & 1) - 4.0 * bool(s & 2) * bool(s & 4), 3)
    assert found == {(0, 1): pytest.approx(0.0), (0, 2): pytest.approx(0.0), (1, 2): pytest.approx(-4.0)}


def test_three_together_are_shared_among_their_pairs() -> None:
    """The product of three has interaction 1/2 for each pair (Grabisch and Roubens)."""
    game = {s: np.array([float(s == 7)]) for s in all_subsets(3)}
    assert [float(v[0]) for v in interactions_exact(game, 3).values()] == pytest.approx([0.5] * 3)


def test_orders_come_with_their_reverses_and_need_only_their_own_subsets() -> None:
    sequences = orders(9, 10, seed=1)
    for order, back in zip(sequences[::2], sequences[1::2], strict=True):
        assert order == back[::-1]
    wanted = subsets_of(sequences)
    assert wanted[0] == 0
    assert wanted[-1] == 2**9 - 1
    assert len(wanted) <= 10 * 8 + 2
    rng = np.random.default_rng(1)
    shapley_sampled({s: rng.standard_normal(2) for s in wanted}, sequences)


def test_sampled_values_come_near_the_exact_ones() -> None:
    game = _game(6, replications=1)
    exact = shapley_exact(game, 6)[:, 0]
    each = shapley_sampled(game, orders(6, 2000, seed=3))[:, :, 0]
    pairs = each.reshape(-1, 2, 6).mean(axis=1)
    error = pairs.std(axis=0, ddof=1) / np.sqrt(len(pairs))
    assert (np.abs(each.mean(axis=0) - exact) < 4.5 * error).all()
