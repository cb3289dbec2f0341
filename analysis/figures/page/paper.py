"""The page that a figure is drawn on: panels above, the source line below, as high as it takes."""

from collections.abc import Iterable, Iterator
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure
from matplotlib.gridspec import GridSpec

WIDTH_INCHES = 7.2
"""Two columns of a journal page (183 mm)."""

FOOTER_LINE_INCHES = 0.13


def columns_for(panels: int) -> int:
    """Return how many panels stand side by side, so that their headings have room and rows are filled."""
    return 2 if panels == 4 else min(panels, 3)


def lowest(panels: Iterable[Axes], number: int, columns: int) -> Iterator[Axes]:
    """Yield the panels, of so many in use row by row, that have none below; their axis across is labelled."""
    for place, axes in enumerate(panels):
        if place >= number:
            axes.set_visible(False)
        elif place + columns >= number:
            axes.tick_params(labelbottom=True)
            yield axes


class Page(Figure):
    """A figure of page width with a strip for the footer; `body` is what is above it."""

    def __init__(self, height_inches: float, footer_lines: int) -> None:
        super().__init__(figsize=(WIDTH_INCHES, height_inches))
        self.set_layout_engine("constrained", wspace=0.04)
        FigureCanvasAgg(self)
        self._below = (footer_lines + 0.5) * FOOTER_LINE_INCHES
        self._strips = GridSpec(2, 1, figure=self)
        self._share()
        parts: Any = [self.add_subfigure(self._strips[place]) for place in range(2)]
        self.body: SubFigure = parts[0]

    def grow(self, inches: float) -> None:
        """Make the page higher; the footer keeps its height."""
        self.set_figheight(self.get_figheight() + inches)
        self._share()

    def _share(self) -> None:
        self._strips.set_height_ratios((self.get_figheight() - self._below, self._below))
