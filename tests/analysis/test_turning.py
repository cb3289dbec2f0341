"""Where a difference turns, and what moves it: by intervals whose answer is known."""

from typing import Any

import numpy as np
import pytest

from analysis.findings.turning import Stretch, Swing, apart, stretches, swing, turns, widest_first
from experiments.designs.sweep_tables import point_rows

ARMS = ["a", "b"]
#: Pairs: whatever an arm does, its luck is added to both.
LUCK = np.array([-2.0, 0.0, 1.0, 1.0, 0.0])


def directions(*found: int | None) -> list[tuple[float, float]]:
    return turns(stretches([float(value) for value in range(len(found))], found))


def test_it_turns_between_the_last_of_one_direction_and_the_first_of_the_other() -> None:
    assert directions(-1, -1, 0, 0, 1, 1) == [(1.0, 4.0)]
    assert directions(1, -1) == [(0.0, 1.0)]
    assert directions(-1, None, 1, 0, -1) == [(0.0, 2.0), (2.0, 4.0)]


@pytest.mark.parametrize("found", [(-1, -1), (-1, 0, -1), (0, 0), (0, 1, None), (None,), ()])
def test_it_turns_nowhere_without_both_directions(found: tuple[int | None, ...]) -> None:
    assert directions(*found) == []


def test_stretches_are_as_long_as_the_same_may_be_said() -> None:
    assert stretches([0.1, 0.2, 0.3, 0.4], [-1, -1, 0, -1]) == [
        Stretch(-1, (0.1, 0.2)),
        Stretch(0, (0.3,)),
        Stretch(-1, (0.4,)),
    ]


def rows_of(values: np.ndarray, name: str = "rmst180") -> list[dict[str, Any]]:
    return point_rows(name, values, ARMS, {})


def pair(difference: float, spread: float = 0.1) -> np.ndarray:
    """Both arms, far apart in luck and near each other: the pairs alone tell the difference."""
    first = 100.0 + 20.0 * LUCK
    return np.array([first, first + difference + spread * LUCK])


def test_what_may_be_said_follows_the_paired_interval() -> None:
    for difference, expected in ((-3.0, -1), (3.0, 1), (0.0, 0)):
        values = pair(difference)
        # Of two arms that are not paired nothing could be said: their luck is far larger.
        assert values[0].std() > 3.0 * abs(difference)
        assert apart(rows_of(values), values).direction == expected
    wide = pair(3.0, spread=10.0)
    assert apart(rows_of(wide), wide).direction == 0


def test_what_one_arm_never_reaches_is_longer_there() -> None:
    name = "report_to_solution_median"
    never = np.array([np.full(5, 9.0) + LUCK, np.full(5, np.inf)])
    assert apart(rows_of(never, name), never).direction == 1
    now_and_then = never.copy()
    now_and_then[1, 0] = 30.0
    assert apart(rows_of(now_and_then, name), now_and_then).direction is None


def of(key: str, low: float, high: float, spread: float = 0.1) -> Swing:
    """A parameter at whose ends the difference is so large; the spread is that of the change."""
    values = np.vstack([pair(low), pair(high, spread)])
    return swing(key, (0.0, 1.0), rows_of(values), values)


@pytest.mark.parametrize(
    ("low", "high", "spread", "effect"),
    [
        (-3.0, 2.0, 0.1, "turns"),
        (2.0, -3.0, 0.1, "turns"),
        (0.0, 3.0, 0.1, "one_end"),
        (1.0, 3.0, 0.1, "size"),
        (2.0, 2.0, 0.3, "none"),
        (2.0, 6.0, 10.0, "none"),
    ],
)
def test_an_effect_follows_the_interval_of_the_change(
    low: float, high: float, spread: float, effect: str
) -> None:
    found = of("k", low, high, spread)
    assert found.effect == effect
    assert found.change.difference == pytest.approx(high - low)
    # However far apart the means are, no change is shown where its interval holds zero.
    assert (found.change.low < 0 < found.change.high) is (effect == "none")


def test_what_is_not_reached_has_no_change() -> None:
    values = np.vstack([pair(1.0), pair(2.0)])
    # In one pair neither arm reaches it: there is no difference, and none is made up from the other pairs.
    values[2:, 2] = np.inf
    found = swing("k", (0.0, 1.0), rows_of(values), values)
    assert found.effect == "unknown"
    assert np.isnan(found.width)


def test_the_widest_comes_first_and_what_has_no_width_last() -> None:
    values = np.vstack([pair(1.0), pair(2.0)])
    values[1] = np.inf
    none = swing("none", (0.0, 1.0), rows_of(values), values)
    order = widest_first([none, of("narrow", 1.0, 1.5), of("wide", 4.0, -1.0), of("middle", -2.0, 0.0)])
    assert [one.key for one in order] == ["wide", "middle", "narrow", "none"]
