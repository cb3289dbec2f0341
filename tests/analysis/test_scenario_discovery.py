"""A planted box is found, its restrictions and no others."""

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("ema_workbench")

from analysis.figures.scenario_discovery import boxes_figure, telling
from analysis.statistics.scenario_discovery import boxes


def _points(number: int, seed: int) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(rng.random((number, 6)), columns=list("abcdef"))
    table["regime"] = pd.Categorical(rng.choice(["plain", "convened"], number))
    return table


def _planted(table: pd.DataFrame) -> np.ndarray:
    return ((table["a"] < 0.4) & (table["b"] > 0.6) & (table["regime"] == "plain")).to_numpy()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_box_is_found(seed: int) -> None:
    table = _points(1500, seed)
    rng = np.random.default_rng(seed)
    # A twentieth of the points says the opposite.
    interesting = _planted(table) ^ (rng.random(len(table)) < 0.05)
    found = boxes(table, interesting, most=1)
    assert len(found) == 1
    limits = {limit.parameter: limit for limit in found[0].limits}
    assert set(limits) == {"a", "b", "regime"}
    assert limits["a"].low is None
    assert limits["a"].high == pytest.approx(0.4, abs=0.05)
    assert limits["b"].low == pytest.approx(0.6, abs=0.05)
    assert limits["regime"].values == ("plain",)
    assert found[0].density > 0.85
    inside = _planted(table)
    assert found[0].points == pytest.approx(inside.sum(), rel=0.15)


def test_what_is_spread_evenly_has_no_box() -> None:
    table = _points(600, 4)
    found = boxes(table, np.random.default_rng(4).random(600) < 0.3, most=2)
    # Peeling always finds something denser; what is left after dropping chance restrictions is little.
    assert all(box.coverage < 0.5 for box in found)


def test_all_or_nothing_has_no_box() -> None:
    table = _points(100, 5)
    assert boxes(table, np.zeros(100, bool)) == []
    assert boxes(table, np.ones(100, bool)) == []


def test_a_box_in_words() -> None:
    found = boxes(_points(1500, 1), _planted(_points(1500, 1)), most=1)[0]
    words = " and ".join(map(str, found.limits))
    assert words.startswith("a is at most 0.")
    assert "b is at least 0.6" in words
    assert words.endswith("regime is plain")


def _outcomes(table: pd.DataFrame) -> pd.DataFrame:
    worse = _planted(table)
    return table.assign(difference=np.where(worse, 2.0, -1.0), worse=worse)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_figure_shows_what_the_box_needs_most(language: str) -> None:
    table = _outcomes(_points(600, 1))
    found = boxes(table.drop(columns=["difference", "worse"]), table["worse"].to_numpy(), most=2)
    assert set(telling(table, found)) <= {"a", "b", "regime"}
    figure = boxes_figure(table, found, ("plain", "other"), language)
    figure.draw_without_rendering()
    above, below = figure.subfigs[0].axes
    assert {above.get_xlabel(), above.get_ylabel()} == set(telling(table, found))
    ranges = [label.get_text() for label in below.get_yticklabels()]
    assert ranges[: len(found[0].limits)] == [f"{x.parameter} {x.range()}" for x in found[0].limits]


def test_without_a_box_the_figure_shows_what_goes_with_the_outcome() -> None:
    table = _points(300, 2)
    table["difference"] = table["c"] - 2.0 * table["d"]
    table["worse"] = table["difference"] > 0
    assert telling(table, []) == ["d", "c"]
    boxes_figure(table, [], ("plain", "other")).draw_without_rendering()


def test_one_parameter_is_drawn_against_the_outcome() -> None:
    table = _points(100, 3)[["a"]].assign(difference=0.5, worse=False)
    figure = boxes_figure(table, [], ("plain", "other"))
    assert figure.subfigs[0].axes[0].get_xlabel() == "a"
