"""Who gains and who loses: groups of people and places against the first scenario, dots with their intervals.

Of one scenario the values themselves.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.comparison.by_group import DIFFERENCE, SMALL, difference_name
from analysis.figures import words
from analysis.figures.page.legends import add_heading, add_legend
from analysis.figures.page.style import (
    LONGEST_TITLE,
    Provenance,
    footer,
    label,
    looks,
    new_figure,
    styled,
)
from analysis.findings.group_words import level_label
from analysis.findings.who_gains import Groups
from analysis.metrics import metric

MEASURES = ("reported_180d", "solved_30d_from_report", "rmst180")
#: More areas than these do not fit a page and are left to the table.
AREAS_DRAWN = 24
#: Room between divisions, in rows.
GAP = 0.6


def groups_figure(
    table: pd.DataFrame,
    titles: Mapping[str, str] | None = None,
    language: str = "en",
    provenance: Provenance | None = None,
) -> Figure:
    """Draw the measures of groups of people and places, a panel a measure, in one column of rows.

    Parameters
    ----------
    table
        What `analysis.comparison.by_group.by_group_table` returned.
    titles
        Scenario name to what the figure calls it, in the order of the comparison.
    """
    names = list(titles or ()) or _scenarios(table)
    groups = Groups(table, names)
    rows = [("all", "all"), *groups.people()]
    if sum(division == "area" for division, _ in rows) > AREAS_DRAWN:
        rows = [row for row in rows if row[0] != "area"]
    heights = _heights(rows)
    drawn = {name: difference_name(names, name) for name in names[1:]} or {names[0]: names[0]}
    with styled(language) as shown:
        plain = {name: (titles or {}).get(name) or name.replace("_", " ") for name in names}
        called = {name: label(title, LONGEST_TITLE) for name, title in plain.items()}
        room = max(1.0, 0.6 * len(drawn))
        figure, body = new_figure(0.19 * room * (-heights[-1] + 1.5) + 1.0)
        panels = body.subplots(1, len(MEASURES), sharey=True)
        for axes, name in zip(panels, MEASURES, strict=True):
            _panel(axes, groups, rows, heights, drawn, name, shown)
        panels[0].set_yticks(heights, [label(level_label(*row, shown)) for row in rows])
        panels[0].set_ylim(heights[-1] - 0.7, 0.7)
        several = len(names) > 1
        head = (
            words.word("groups_difference", shown).format(called[names[0]]) if several else called[names[0]]
        )
        add_heading(body, head)
        if several:
            appearance = looks(names)
            handles = [
                Line2D([], [], color=appearance[name].colour, marker=appearance[name].marker, lw=1.3, ms=4.5,
                       label=called[name])
                for name in drawn
            ]  # fmt: skip
            add_legend(body, handles, columns=2, below=True)
        note = words.word("groups_note" if several else "groups_note_one", shown)
        footer(
            figure,
            note.format(words.word("groups_paired", shown)),
            provenance.footer(shown) if provenance else "",
        )
    return figure


def _scenarios(table: pd.DataFrame) -> list[str]:
    names = [str(name) for name in table["scenario"].unique()]
    differences = [name for name in names if name.startswith(DIFFERENCE)]
    return [name for name in names if name not in differences]


def _heights(rows: Sequence[tuple[str, str]]) -> list[float]:
    """Return where each row stands, from the top down, with room between divisions."""
    found, at = [], 0.0
    for place, (division, _) in enumerate(rows):
        if place:
            at -= 1.0 + (GAP if division != rows[place - 1][0] else 0.0)
        found.append(at)
    return found


def _panel(
    axes: Axes,
    groups: Groups,
    rows: Sequence[tuple[str, str]],
    heights: Sequence[float],
    drawn: Mapping[str, str],
    name: str,
    language: str,
) -> None:
    scale = 100.0 if metric(name).unit == "share" else 1.0
    appearance = looks(groups.names)
    several = len(groups.names) > 1
    offsets = np.linspace(0.25, -0.25, len(drawn)) if len(drawn) > 1 else np.zeros(1)
    few = []
    for offset, (arm, scenario) in zip(offsets, drawn.items(), strict=True):
        look = appearance[arm]
        for (division, level), height in zip(rows, heights, strict=True):
            mean, low, high, number = groups.value(scenario, division, level, name)
            if number < SMALL:
                few.append((height + offset, number))
                continue
            clear = not several or low > 0 or high < 0
            ends = np.array([low, high]) * scale
            if np.isfinite(ends).all():
                axes.plot(
                    ends, [height + offset] * 2, color=look.colour, lw=1.4, solid_capstyle="butt", zorder=2
                )
            if np.isfinite(mean):
                axes.plot(
                    mean * scale, height + offset, look.marker, ms=4.2, mec=look.colour, mew=1.1,
                    mfc=look.colour if clear else "white", zorder=3,
                )  # fmt: skip
    if several:
        axes.axvline(0.0, color="#555555", lw=0.8, zorder=1)
        axes.margins(x=0.08)
    for height, number in few:
        axes.annotate(
            f"n {number:.0f}", (0.98, height), xycoords=("axes fraction", "data"), va="center", ha="right",
            fontsize=6.5, color="#777777",
        )  # fmt: skip
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.grid(axis="x", color="#E5E5E5", lw=0.5)
    axes.spines["left"].set_visible(False)
    unit = "" if scale == 1.0 else words.word("sweep_points", language) if several else " (%)"
    axes.set_xlabel(words.word(f"groups_{name}", language) + unit, labelpad=2)
