"""Paired differences of the headline estimands with their intervals."""

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.comparison.table import arms, difference_columns
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
from analysis.findings.text_table import cell, number_text
from analysis.metrics import HEADLINE, metric

UNIT_ORDER = ("days", "share", "hours")


def forest_figure(
    comparison: pd.DataFrame,
    titles: Mapping[str, str] | None = None,
    metrics: Sequence[str] = HEADLINE,
    language: str = "en",
    provenance: Provenance | None = None,
) -> Figure:
    """Draw the differences from the first scenario, one panel per unit, since days and shares share no axis.

    Parameters
    ----------
    comparison
        What `analysis.comparison.table.compare` returned.
    titles
        Scenario name to what the figure calls it.
    """
    names = arms(comparison)
    table = comparison.set_index("metric")
    rows = [name for name in metrics if name in table.index]
    units = [unit for unit in UNIT_ORDER if any(metric(name).unit == unit for name in rows)]
    groups = {unit: [name for name in rows if metric(name).unit == unit] for unit in units}
    others = names[1:]
    with styled(language) as shown:
        plain = {name: (titles or {}).get(name) or name.replace("_", " ") for name in names}
        called = {name: label(title, LONGEST_TITLE) for name, title in plain.items()}
        heights = [len(groups[unit]) * max(1.0, 0.75 * len(others)) + 0.9 for unit in units]
        figure, body = new_figure(0.34 * sum(heights) + 0.65)
        panels = body.subplots(len(units), 1, height_ratios=heights, squeeze=False)[:, 0]
        for axes, unit in zip(panels, units, strict=True):
            _panel(axes, table.loc[groups[unit]], names, unit, shown)
        if len(others) == 1:
            head = words.word("forest_title", shown).format(called[others[0]], called[names[0]])
            add_heading(body, head)
        else:
            appearance = looks(names)
            handles = [
                Line2D(
                    [],
                    [],
                    color=appearance[name].colour,
                    marker=appearance[name].marker,
                    lw=1.3,
                    ms=4.5,
                    label=words.word("forest_title", shown).format(called[name], called[names[0]]),
                )
                for name in others
            ]
            add_legend(body, handles, columns=1)
        footer(figure, words.word("forest_note", shown), provenance.footer(shown) if provenance else "")
    return figure


def _panel(axes: Axes, table: pd.DataFrame, names: Sequence[str], unit: str, language: str) -> None:
    scale = 100.0 if unit == "share" else 1.0
    appearance = looks(names)
    others = names[1:]
    spread = 0.0 if len(others) == 1 else 0.5 / (len(others) - 1)
    limits = [0.0]
    wanted = list(table.index)
    for place, name in enumerate(others):
        look = appearance[name]
        colour = "black" if len(others) == 1 else look.colour
        middle, low, high = (f"{column}" for column in difference_columns(table, name))
        for line, key in enumerate(wanted):
            height = -line + (0.25 - place * spread if spread else 0.0)
            mean = cell(table, key, middle) * scale
            ends = np.array([cell(table, key, low), cell(table, key, high)]) * scale
            clear = bool(np.isfinite(ends).all() and (ends[0] > 0 or ends[1] < 0))
            if np.isfinite(ends).all():
                axes.plot(ends, [height, height], color=colour, lw=1.6, solid_capstyle="butt", zorder=2)
                limits += list(ends)
            if np.isfinite(mean):
                limits.append(mean)
                axes.plot(
                    mean,
                    height,
                    look.marker if spread else "o",
                    ms=5,
                    mec=colour,
                    mew=1.2,
                    mfc=colour if clear else "white",
                    zorder=3,
                )
            axes.annotate(
                _numbers(mean, ends, unit),
                (1.01, height),
                xycoords=("axes fraction", "data"),
                va="center",
                fontsize=7.5,
                color=colour,
                annotation_clip=False,
            )
    reach = max(limits) - min(limits) or 1.0
    axes.set_xlim(min(limits) - 0.08 * reach, max(limits) + 0.08 * reach)
    axes.axvline(0.0, color="#555555", lw=0.8, zorder=1)
    axes.set_ylim(-len(wanted) + 0.4, 0.6)
    axes.set_yticks(
        [-line for line in range(len(wanted))],
        [textwrap.fill(metric(key).label(language), 40 if language == "en" else 24) for key in wanted],
    )
    axes.tick_params(axis="y", length=0)
    if spread:
        for line in range(1, len(wanted)):
            axes.axhline(0.5 - line, color="#CCCCCC", lw=0.5, zorder=0)
    axes.xaxis.set_major_locator(MaxNLocator(6))
    axes.set_xlabel(words.word(f"forest_unit_{unit}", language), labelpad=2)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color="#E5E5E5", lw=0.5)


def _numbers(mean: float, ends: np.ndarray, unit: str) -> str:
    if not np.isfinite(mean):
        return "–"
    digits = 1 if unit == "share" else 2 if abs(mean) < 1 else 1
    if not np.isfinite(ends).all():
        return number_text(mean, digits, sign=True)
    low, high = (number_text(float(end), digits, sign=True) for end in ends)
    return f"{number_text(mean, digits, sign=True)}  [{low}, {high}]"
