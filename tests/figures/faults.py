"""What is wrong with a figure's layout, by the boxes of what is drawn: cut off, one over another, no room."""

import itertools
import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.transforms import Bbox

#: Boxes may touch: so many dots, of 100 an inch, are let pass.
_HAIR = 1.5
#: A panel smaller than this shows nothing, in dots.
_SMALLEST_PANEL = 40.0


def faults(figure: Figure) -> list[str]:
    """Return in words all that is wrong, nothing if the figure can be read."""
    with warnings.catch_warnings():
        # A layout that does not fit is given up with a warning.
        warnings.simplefilter("error")
        try:
            shown = _drawn(figure)
        except UserWarning as warning:
            return [f"layout: {warning}"]
    legends = [
        (legend, legend.get_window_extent()) for legend in figure.findobj(Legend) if legend.get_visible()
    ]
    panels = [axes for axes in figure.findobj(Axes) if axes.get_visible() and axes.axison]
    return [
        *_outside(figure, shown, legends),
        *_over_each_other(shown),
        *_under_a_legend(shown, legends, panels),
        *_in_a_foreign_panel(shown, panels),
        *_small(panels),
    ]


def _drawn(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Lay a figure out; returns the texts that are really drawn (no ticks out of range) and their boxes."""
    found: list[Text] = []

    def record(item: Text, renderer: object, *rest: object, **more: object) -> None:
        if item.get_text().strip() and item.get_visible():
            found.append(item)

    figure.set_dpi(100)
    engine = figure.get_layout_engine()
    assert engine is not None
    engine.execute(figure)
    figure.set_layout_engine("none")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", record)
        figure.draw_without_rendering()
    return [(item, box) for item in dict.fromkeys(found) for box in _boxes(item)]


def _boxes(item: Text) -> list[Bbox]:
    """Return the box of a text; of lines that begin together a box each, since some are short or empty."""
    box, lines = item.get_window_extent(), item.get_text().split("\n")
    if len(lines) == 1 or item.get_rotation() or item.get_ha() != "left":
        return [box]
    height, longest = box.height / len(lines), max(map(_letters, lines))
    return [
        Bbox.from_bounds(box.x0, box.y1 - height * (number + 1), box.width * _letters(line) / longest, height)
        for number, line in enumerate(lines)
        if line.strip()
    ]


def _letters(line: str) -> int:
    return sum(2 if ord(one) > 0x2E7F else 1 for one in line)


def _said(item: Text) -> str:
    return repr(item.get_text())


def _clash(one: Bbox, other: Bbox) -> bool:
    return (
        min(one.x1, other.x1) - max(one.x0, other.x0) > _HAIR
        and min(one.y1, other.y1) - max(one.y0, other.y0) > _HAIR
    )


def _outside(
    figure: Figure, shown: list[tuple[Text, Bbox]], legends: list[tuple[Legend, Bbox]]
) -> Iterator[str]:
    page = figure.bbox
    boxes = [(_said(item), box) for item, box in shown] + [("a legend", box) for _, box in legends]
    for name, box in boxes:
        if box.x0 < page.x0 - 1 or box.x1 > page.x1 + 1 or box.y0 < page.y0 - 1 or box.y1 > page.y1 + 1:
            yield f"{name} leaves the page"


def _over_each_other(shown: list[tuple[Text, Bbox]]) -> Iterator[str]:
    for (one, box), (other, second) in itertools.combinations(shown, 2):
        if one is not other and _clash(box, second):
            yield f"{_said(one)} and {_said(other)} lie over each other"


def _under_a_legend(
    shown: list[tuple[Text, Bbox]], legends: list[tuple[Legend, Bbox]], panels: list[Axes]
) -> Iterator[str]:
    for legend, box in legends:
        own = set(legend.findobj(Text))
        name = f"the legend of {[text.get_text() for text in legend.get_texts()]}"
        for item, other in shown:
            if item not in own and _clash(box, other):
                yield f"{name} lies over {_said(item)}"
        for axes in panels:
            if _clash(box, axes.get_window_extent()):
                if axes is not legend.axes:
                    yield f"{name} lies over a panel"
                elif _has_data(axes, box):
                    yield f"{name} lies over what its panel shows"
    for (_, box), (_, other) in itertools.combinations(legends, 2):
        if _clash(box, other):
            yield "two legends lie over each other"


def _has_data(axes: Axes, box: Bbox) -> bool:
    """Tell whether a line, a marker or a bar of a panel passes through a box."""
    for line in axes.get_lines():
        path = line.get_transform().transform_path(line.get_path()).interpolated(20)
        points = path.vertices[np.isfinite(path.vertices).all(axis=1)]
        if len(points) and box.count_contains(points):
            return True
    return any(_clash(patch.get_window_extent(), box) for patch in axes.patches)


def _in_a_foreign_panel(shown: list[tuple[Text, Bbox]], panels: list[Axes]) -> Iterator[str]:
    for axes in panels:
        own = set(axes.findobj(Text))
        for item, box in shown:
            if item not in own and _clash(box, axes.get_window_extent()):
                yield f"{_said(item)} lies over a panel that it is not of"


def _small(panels: list[Axes]) -> Iterator[str]:
    for axes in panels:
        box = axes.get_window_extent()
        if axes.get_label() != "<colorbar>" and min(box.width, box.height) < _SMALLEST_PANEL:
            yield f"a panel is {box.width:.0f} by {box.height:.0f} dots"
