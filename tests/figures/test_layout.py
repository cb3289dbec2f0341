"""Every figure can be read: no text is cut off, none lies over another, no legend over what is shown."""

from collections.abc import Iterator

import pytest

pytest.importorskip("matplotlib")

from matplotlib.figure import Figure

from tests.figures.every import Draw, of_others, of_scenarios
from tests.figures.faults import faults

_SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("number", "language"),
    [
        (1, "zh"),
        (2, "en"),
        (3, "en"),
        (4, "zh"),
        pytest.param(1, "en", marks=_SLOW),
        pytest.param(2, "zh", marks=_SLOW),
        pytest.param(3, "zh", marks=_SLOW),
        pytest.param(4, "en", marks=_SLOW),
    ],
)
def test_figures_of_scenarios_with_long_names_can_be_read(number: int, language: str) -> None:
    _check(of_scenarios(number, "long", language))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "number", [pytest.param(1, marks=_SLOW), 2, pytest.param(3, marks=_SLOW), pytest.param(4, marks=_SLOW)]
)
def test_figures_of_scenarios_with_names_as_shipped_can_be_read(number: int, language: str) -> None:
    _check(of_scenarios(number, "plain", language))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_other_figure_can_be_read(language: str) -> None:
    _check(of_others(language))


def test_faults_are_seen() -> None:
    figure = Figure((3, 2), dpi=100, layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], label="a line that the legend hides")
    axes.legend(loc="center")
    axes.text(0.1, 0.9, "one text")
    axes.text(0.12, 0.9, "another")
    figure.text(0.9, 0.5, "what leaves the page")
    figure.legend(axes.get_lines(), ["over the panel"], loc="lower left", bbox_to_anchor=(0.3, 0.3))
    said = " ".join(faults(figure))
    for wrong in (
        "'what leaves the page' leaves the page",
        "'one text' and 'another' lie over each other",
        "lies over what its panel shows",
        "lies over a panel",
    ):
        assert wrong in said


def _check(drawn: Iterator[tuple[str, Draw]]) -> None:
    found = {name: faults(draw()) for name, draw in drawn}
    assert {name: said for name, said in found.items() if said} == {}
