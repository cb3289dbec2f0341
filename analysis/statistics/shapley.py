"""How much of a difference each switch makes: Shapley values and two-way interactions.

With v(S) the outcome when the switches in S are set as in the second scenario and the others as in the first,

    φ_i = Σ_{S without i} |S|! (n − |S| − 1)! / n! · (v(S + i) − v(S)),

the mean of what switching i changes over all orders in which the n switches can be set; they add up to the
whole difference, Σ φ_i = v(all) − v(none) (Shapley 1953). The interaction of two is

    I_ij = Σ_{S without i, j} |S|! (n − |S| − 2)! / (n − 1)! · (v(S+i+j) − v(S+i) − v(S+j) + v(S))

(Grabisch & Roubens 1999). Where all 2^n subsets are too many, orders are drawn: each with its reverse, which
leaves φ unbiased and the sum exact for every order.
"""

import itertools
import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
#: Outcome by the set of switches set as in the second scenario, as bits; one entry a replication.
Game = Mapping[int, Floats]


def all_subsets(players: int) -> list[int]:
    """Return every set of players, as bits."""
    return list(range(1 << players))


def shapley_exact(game: Game, players: int) -> Floats:
    """Return the Shapley values, player by replication, from all subsets."""
    weight = [
        math.factorial(size) * math.factorial(players - size - 1) / math.factorial(players)
        for size in range(players)
    ]
    values = [np.zeros_like(game[0], dtype=float) for _ in range(players)]
    for subset in range(1 << players):
        size = subset.bit_count()
        for i in range(players):
            if not subset >> i & 1:
                values[i] += weight[size] * (game[subset | 1 << i] - game[subset])
    return np.array(values)


def interactions_exact(game: Game, players: int) -> dict[tuple[int, int], Floats]:
    """Return the interaction of every pair, from all subsets."""
    weight = [
        math.factorial(size) * math.factorial(players - size - 2) / math.factorial(players - 1)
        for size in range(players - 1)
    ]
    found = {}
    for i, j in itertools.combinations(range(players), 2):
        total = np.zeros_like(game[0], dtype=float)
        both = 1 << i | 1 << j
        for subset in range(1 << players):
            if subset & both:
                continue
            change = game[subset | both] - game[subset | 1 << i] - game[subset | 1 << j] + game[subset]
            total += weight[subset.bit_count()] * change
        found[i, j] = total
    return found


def orders(players: int, number: int, seed: int) -> list[tuple[int, ...]]:
    """Return `number` orders of the players, every second the reverse of the one before."""
    rng = np.random.default_rng(seed)
    found: list[tuple[int, ...]] = []
    while len(found) < number:
        order = tuple(int(player) for player in rng.permutation(players))
        found += [order, order[::-1]]
    return found[:number]


def subsets_of(sequences: Sequence[tuple[int, ...]]) -> list[int]:
    """Return the sets of players that the orders pass through, in order."""
    found = {0}
    for order in sequences:
        subset = 0
        for player in order:
            subset |= 1 << player
            found.add(subset)
    return sorted(found)


def shapley_sampled(game: Game, sequences: Sequence[tuple[int, ...]]) -> Floats:
    """Return what each player adds in each order: order by player by replication."""
    players = len(sequences[0])
    return np.array([_marginals(game, order, players) for order in sequences])


def _marginals(game: Game, order: tuple[int, ...], players: int) -> Floats:
    added = [np.zeros_like(game[0], dtype=float)] * players
    subset = 0
    for player in order:
        after = subset | 1 << player
        added[player] = game[after] - game[subset]
        subset = after
    return np.array(added)


def interactions_of(function: Callable[[int], float], players: int) -> dict[tuple[int, int], float]:
    """Return the interactions of a game given as a function; for tests and small studies."""
    game = {subset: np.array([function(subset)]) for subset in all_subsets(players)}
    return {pair: float(value[0]) for pair, value in interactions_exact(game, players).items()}
