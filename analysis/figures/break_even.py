"""Where the advantage turns: the difference over what is assumed about sessions.

Small multiples: one panel a share of time that goes into paperwork; across, the effect of the convener on a
unit's acceptance; upwards, how many cases a session can take. Colour runs from blue over grey to yellow with
lightness rising all the way (cividis), so that the sign survives a grey print.
"""

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import words
from analysis.figures.page.style import Provenance, footer, new_figure, panel_title, styled
from analysis.findings.text_table import number_text

NEEDED = (
    "convener_effect",
    "session_capacity",
    "paperwork",
    "difference",
    "difference_low",
    "difference_high",
)
NUMBERS_UP_TO = 8
"""Cells are numbered on grids of at most so many columns."""


def break_even_figure(
    table: pd.DataFrame, language: str = "en", provenance: Provenance | None = None
) -> Figure:
    """Draw the difference in RMST180 over convener effect, session capacity and paperwork.

    Parameters
    ----------
    table
        One row per cell: convener_effect, session_capacity, paperwork, difference, difference_low,
        difference_high. The difference is in days, negative where the second regime is sooner. Missing cells
        stay blank.
    """
    missing = [name for name in NEEDED if name not in table.columns]
    if missing:
        raise ValueError(f"the break-even table lacks {', '.join(missing)}")
    if table.empty:
        raise ValueError("the break-even table has no rows")
    levels = np.sort(table["paperwork"].unique())
    reach = float(np.nanmax(np.abs(table["difference"].to_numpy(float)))) or 1.0
    scale = Normalize(-reach, reach)
    with styled(language) as shown:
        columns = min(len(levels), 4)
        rows = -(-len(levels) // columns)
        figure, body = new_figure(1.1 + 2.25 * rows, footer_lines=2)
        panels = body.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        mesh: Any = None
        for number, axes in enumerate(panels.ravel()):
            if number >= len(levels):
                axes.set_visible(False)
                continue
            part = table[table["paperwork"] == levels[number]]
            mesh = _panel(axes, part, table, scale, panel_columns=columns)
            letter = "abcdefghijklmnop"[number]
            panel_title(axes, letter, words.word("even_title", shown).format(levels[number]), columns)
        bar = body.colorbar(mesh, ax=panels, shrink=0.9, pad=0.01, aspect=25)
        bar.set_label(words.word("even_bar", shown))
        bar.ax.axhline(0.0, color="black", lw=1.5)
        body.supylabel(words.word("even_y", shown), fontsize=8)
        last = panels[-1, : len(levels) - columns * (rows - 1)]
        last[len(last) // 2].set_xlabel(words.word("even_x", shown))
        bounded = np.isfinite(table[["difference_low", "difference_high"]].to_numpy(float)).any()
        note = words.word("even_note" if bounded else "even_note_plain", shown)
        footer(figure, note, provenance.footer(shown) if provenance else "")
    return figure


def _panel(
    axes: Axes, part: pd.DataFrame, whole: pd.DataFrame, scale: Normalize, panel_columns: int
) -> QuadMesh:
    across = np.sort(whole["convener_effect"].unique())
    upwards = np.sort(whole["session_capacity"].unique())

    def grid(name: str) -> np.ndarray:
        pivot = part.pivot_table(
            index="session_capacity", columns="convener_effect", values=name, dropna=False
        )
        return pivot.reindex(index=upwards, columns=across).to_numpy(float)

    difference, low, high = grid("difference"), grid("difference_low"), grid("difference_high")
    x, y = np.arange(len(across)), np.arange(len(upwards))
    mesh = axes.pcolormesh(
        x,
        y,
        np.ma.masked_invalid(difference),
        cmap="cividis",
        norm=scale,
        shading="nearest",
        edgecolors="white",
        linewidth=0.4,
    )
    for row, column in zip(*np.nonzero((low <= 0) & (high >= 0)), strict=True):
        axes.add_patch(
            Rectangle(
                (column - 0.5, row - 0.5), 1, 1, fill=False, hatch="////", ec="#000000", lw=0, alpha=0.55
            )
        )
    _zero_contour(axes, x, y, difference)
    if len(across) * panel_columns <= 3 * NUMBERS_UP_TO:
        _numbers(axes, difference, scale)
    axes.set_xticks(x, [f"{value:g}" for value in across])
    axes.set_yticks(y, [f"{value:g}" for value in upwards])
    axes.set(xlim=(-0.5, len(across) - 0.5), ylim=(-0.5, len(upwards) - 0.5))
    axes.tick_params(length=2)
    return mesh


def _zero_contour(axes: Axes, x: np.ndarray, y: np.ndarray, difference: np.ndarray) -> None:
    """Draw the break-even line, where there is one to draw, from edge to edge of the panel."""
    if min(difference.shape) < 2 or not np.nanmin(difference) < 0 < np.nanmax(difference):
        return
    # Cells reach half a step beyond their centres; without the margin the line would stop short of the frame.
    wide = np.pad(difference, 1, mode="edge")
    across = np.concatenate([[x[0] - 0.5], x, [x[-1] + 0.5]])
    upwards = np.concatenate([[y[0] - 0.5], y, [y[-1] + 0.5]])
    axes.contour(across, upwards, np.ma.masked_invalid(wide), levels=[0.0], colors="white", linewidths=3.6)
    axes.contour(across, upwards, np.ma.masked_invalid(wide), levels=[0.0], colors="black", linewidths=2.0)


def _numbers(axes: Axes, difference: np.ndarray, scale: Normalize) -> None:
    colours = mpl.colormaps["cividis"]
    for (row, column), value in np.ndenumerate(difference):
        if np.isfinite(value):
            dark = float(scale(value)) < 0.55
            # The patch behind the number interrupts hatch and line, as in a labelled contour.
            axes.text(
                column,
                row,
                number_text(float(value), 0),
                ha="center",
                va="center",
                fontsize=6.5,
                zorder=5,
                color="white" if dark else "black",
                bbox={"boxstyle": "square,pad=0.1", "fc": colours(scale(value)), "lw": 0},
            )
