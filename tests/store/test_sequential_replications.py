"""The rule for how many replications: it keeps its word about coverage, and the store gives it its runs."""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from analysis.statistics.intervals import student_interval
from experiments.executors import open_executor
from experiments.store import Store, Study
from experiments.store.sequential_replications import (
    Precision,
    measured,
    replications_needed,
    stein_interval,
    submit_precisely,
)

Make = Callable[..., Study]
STUDIES = 2000
ASKED = Precision("value", half_width=0.25, first=10)


def wilson(hits: int, trials: int, z: float = 2.576) -> tuple[float, float]:
    """99 % interval of a share."""
    share = hits / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    reach = z / (1 + z * z / trials) * math.sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
    return middle - reach, middle + reach


def by_steins_rule(luck: np.ndarray) -> tuple[float, float, int]:
    number = replications_needed(luck[: ASKED.first], ASKED)
    interval = stein_interval(luck[:number], ASKED)
    return float(interval.low), float(interval.high), number


def as_soon_as_it_looks_narrow(luck: np.ndarray) -> tuple[float, float, int]:
    """What the rule is not: stop where an ordinary interval is first narrow enough."""
    number = 3
    while True:
        interval = student_interval(luck[:number])
        if interval.high - interval.low <= 2 * ASKED.half_width:
            return float(interval.low), float(interval.high), number
        number += 1


def coverage(rule: Callable[[np.ndarray], tuple[float, float, int]], mean: float) -> tuple[int, float]:
    generator = np.random.default_rng(20261124)
    hits, widest = 0, 0.0
    for _ in range(STUDIES):
        low, high, _ = rule(generator.normal(mean, 1.0, 600))
        hits += low <= mean <= high
        widest = max(widest, high - low)
    return hits, widest


def test_the_interval_covers_as_often_as_it_says_and_is_as_narrow_as_asked() -> None:
    hits, widest = coverage(by_steins_rule, 3.0)
    low, high = wilson(hits, STUDIES)
    # At least .95; rounding up the number of replications makes it a little more.
    assert low > 0.925
    assert high > 0.95
    assert high < 0.975
    assert widest <= 2 * ASKED.half_width + 1e-12


def test_the_test_of_coverage_sees_a_rule_that_stops_too_soon() -> None:
    hits, _ = coverage(as_soon_as_it_looks_narrow, 3.0)
    assert wilson(hits, STUDIES)[1] < 0.95


def test_numbers_that_can_be_worked_out() -> None:
    first = np.array([1.0, 2.0, 3.0])  # s = 1, t(2) = 4.3027
    assert replications_needed(first, Precision("value", 0.5, first=3)) == math.ceil((4.3027 / 0.5) ** 2)
    assert replications_needed(first, Precision("value", 100.0, first=3)) == 3
    assert replications_needed(first, Precision("value", 0.01, first=3, most=50)) == 50
    assert replications_needed(np.ones(5), Precision("value", 0.1, first=5)) == 5
    assert replications_needed(np.full(5, np.nan), Precision("value", 0.1, first=5)) == 5
    interval = stein_interval(np.array([1.0, 2.0, 3.0, 2.0]), Precision("value", 5.0, first=3))
    assert float(interval.mean) == 2.0
    assert float(interval.high - interval.mean) == pytest.approx(4.302653 / 2)


def test_a_study_gets_the_replications_each_point_needs_and_no_more_when_resumed(
    study: Make, tmp_path: Path
) -> None:
    asked = Precision("value", half_width=0.5, first=6)
    with Store(tmp_path) as store, open_executor() as executor:
        whole, (first, second) = submit_precisely(store, study(), executor, asked)
        numbers = [whole.replications_of(point) for point in range(3)]
        # The same luck at every point, so the same number; and more than the first stage.
        assert len(set(numbers)) == 1
        assert numbers[0] > 6
        assert first.computed == 18
        assert second.computed == sum(numbers) - 18
        interval = stein_interval(measured(store, whole, "value")[0], asked)
        assert interval.high - interval.low <= 1.0
        again, told = submit_precisely(store, study(), executor, asked)
        assert [progress.computed for progress in told] == [0, 0]
        assert again.replications == whole.replications
        # Compared with the first point the luck cancels: the first stage is enough.
        paired, _ = submit_precisely(store, study(), executor, asked, against=[0, 0, 0])
        assert paired.replications == [6, 6, 6]
