"""A planted box is found, its restrictions and no others."""

import numpy as np
import pandas as pd
import pytest

pytest.importorskip("ema_workbench")

from analysis.discovery import boxes


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
