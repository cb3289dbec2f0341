"""Bars of a ranking: their order, intervals, and what they are measured in."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from analysis.figures.ranking import MOST_ROWS, ranking_figure

TABLE = pd.DataFrame(
    {
        "mechanism": ["platform", "session capacity"],
        "value": [-2.9, 1.7],
        "low": [-3.1, 1.4],
        "high": [-2.6, 2.0],
    }
)
COLUMNS = {"value": ("low", "high")}


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("en", "Mean time to true solution, all needs, ≤180 d (days)"),
        ("zh", "全部诉求的平均真实解决时间（180天封顶） (天)"),
    ],
)
def test_the_axis_says_what_the_bars_are_measured_in(language: str, label: str) -> None:
    figure = ranking_figure(TABLE, COLUMNS, "mechanism", language=language, outcome="rmst180")
    (axes,) = figure.axes
    assert axes.get_xlabel().split("\n")[1:] == [label]
    assert [bar.get_y() + 0.5 * bar.get_height() for bar in axes.patches] == pytest.approx([0, 1])
    np.testing.assert_allclose([bar.get_width() for bar in axes.patches], TABLE["value"])
    ends = [segment[:, 0] for segment in axes.collections[0].get_segments()]
    np.testing.assert_allclose(ends, TABLE[["low", "high"]].to_numpy())


def test_shares_have_no_unit() -> None:
    figure = ranking_figure(TABLE, COLUMNS, "mechanism")
    assert figure.axes[0].get_xlabel() == "contribution to the difference"


def test_the_smallest_are_left_out_and_said_to_be() -> None:
    many = pd.concat([TABLE] * MOST_ROWS, ignore_index=True)
    figure = ranking_figure(many, COLUMNS, "mechanism")
    assert len(figure.axes[0].patches) == MOST_ROWS
    texts = [text.get_text() for text in figure.findobj(Text)]
    assert any(f"{MOST_ROWS} smaller ones" in text for text in texts)
