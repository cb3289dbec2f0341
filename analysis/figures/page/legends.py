"""Legends and headings around the panels: as wide as the page, in a room that the page grows by."""

from collections.abc import Sequence
from typing import Any

from matplotlib import rcParams
from matplotlib.artist import Artist
from matplotlib.figure import SubFigure
from matplotlib.legend import Legend

from analysis.figures.page.paper import Page
from analysis.figures.page.style import LETTERS_ACROSS, wrapped

#: Height that figures leave for legends, in inches: what is higher makes the page higher.
_ROOM_INCHES = 0.45
#: Part of the page's width that a legend may take.
_WIDEST = 0.99
#: Letters that the sign before an entry and its margins take.
_SIGN = 10


def add_legend(
    body: SubFigure,
    handles: Sequence[Artist],
    labels: Sequence[str] | None = None,
    *,
    columns: int | None = None,
    below: bool = False,
    right: bool = False,
    heading: str = "",
    room: float = _ROOM_INCHES,
    **look: Any,
) -> Legend | None:
    """Put a legend above or below the panels, in as many columns as the page is wide; none if it is empty.

    Parameters
    ----------
    columns
        At most so many; where they do not fit it is fewer.
    heading
        What stands over the entries.
    room
        Height that the figure already has for it, in inches; it grows by what is missing.
    """
    labels = [str(handle.get_label()) for handle in handles] if labels is None else labels
    if not labels:
        return None
    labels = [wrapped(one, LETTERS_ACROSS - _SIGN) if one.strip() else one for one in labels]
    where = f"outside {'lower' if below else 'upper'} {'right' if right else 'left'}"
    if heading:
        weight, size = rcParams["figure.titleweight"], rcParams["figure.titlesize"]
        look |= {
            "title": wrapped(heading, LETTERS_ACROSS),
            "title_fontproperties": {"weight": weight, "size": size},
            "alignment": "left",
        }
    wanted = min(columns or len(labels), len(labels))
    page = body.get_figure(root=True)
    for number in range(wanted, 0, -1):
        legend: Legend = body.legend(handles, labels, loc=where, ncols=number, **look)
        box = legend.get_window_extent()
        if box.width <= _WIDEST * page.bbox.width or number == 1:
            break
        legend.remove()
    if isinstance(page, Page):
        page.grow(max(0.0, box.height / page.dpi - room))
    return legend


def add_heading(body: SubFigure, text: str) -> None:
    """Put a heading above all panels."""
    body.suptitle(wrapped(text, LETTERS_ACROSS), x=0.01, ha="left")
