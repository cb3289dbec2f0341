"""Figures of published experiments, from their tables in long form.

*differences*: paired differences of several arms from the first. *decisions*: those of many arms, each from
its own scenario. *sweep*: one panel per metric, over one
thing that is varied, a line for each level of another. *break_even*: the surface of `break_even_figure`.
*map*: where which of two arms does better, `regime_map`.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import words
from analysis.figures.break_even import break_even_figure
from analysis.figures.decisions import decisions_figure
from analysis.figures.forest import forest_figure
from analysis.figures.page.legends import add_legend
from analysis.figures.page.style import (
    LOOKS,
    Look,
    Provenance,
    footer,
    label,
    new_figure,
    panel_title,
    save,
    styled,
    wrapped,
)
from analysis.figures.regime_map import regime_map
from analysis.findings.text_table import number_text
from analysis.metrics import metric

Spec = Mapping[str, Any]
"""The entry `figure` of an experiment's file: `kind`, and what that kind needs."""


def write_published(
    table: pd.DataFrame,
    spec: Spec,
    stem: Path,
    title: Mapping[str, str],
    provenance: Provenance,
    language: str = "en",
) -> Path:
    """Draw and save the figure of a published experiment as PNG and SVG; returns the PNG."""
    figure = published_figure(table, spec, language, provenance)
    return save(figure, stem, provenance, title=title["en"])["png"]


def published_figure(
    table: pd.DataFrame, spec: Spec, language: str = "en", provenance: Provenance | None = None
) -> Figure:
    """Draw the figure that an experiment asks for."""
    kind = spec["kind"]
    if kind == "differences":
        labels = {arm: _label(spec, arm, language) for arm in table["arm"].unique()}
        metrics = spec.get("metrics") or list(table["metric"].unique())
        return forest_figure(as_comparison(table), labels, metrics, language, provenance)
    if kind == "decisions":
        return decisions_figure(table, spec, language, provenance)
    if kind == "break_even":
        second = table["arm"].unique()[-1]
        surface = table[(table["arm"] == second) & (table["metric"] == "rmst180")]
        return break_even_figure(surface, language, provenance)
    if kind == "map":
        return regime_map(table, spec, language, provenance)
    return sweep_figure(table, spec, language, provenance)


def as_comparison(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of one cell in the form of `analysis.comparison.table`."""
    arms = list(table["arm"].unique())
    wide = table[table["arm"] == arms[0]][["metric", "unit"]].reset_index(drop=True)
    for place, arm in enumerate(arms):
        mine = table[table["arm"] == arm].reset_index(drop=True)
        for name in ("mean", "low", "high"):
            wide[f"{arm}_{name}"] = mine[name]
        if place:
            suffix = "" if len(arms) == 2 else f"_{arm}"
            for name in ("", "_low", "_high"):
                wide[f"difference{suffix}{name}"] = mine[f"difference{name}"]
    return wide


def sweep_figure(
    table: pd.DataFrame, spec: Spec, language: str = "en", provenance: Provenance | None = None
) -> Figure:
    """Draw one panel per metric: means, or differences from the first arm, over `x`; one line per `lines`.

    Parameters
    ----------
    spec
        `x`, `lines`: names of what varies, or "arm". `value`: "mean" or "difference". `metrics`: a panel
        each. `labels`: names of factors and levels to English and Chinese.
    """
    x, lines, value = spec["x"], spec["lines"], spec.get("value", "mean")
    metrics = list(spec.get("metrics") or table["metric"].unique())
    rows = table
    if value == "difference":
        rows = rows[rows["difference"].notna()]
    elif lines != "arm":
        rows = rows[rows["arm"] == rows["arm"].iloc[-1]]
    levels: list[Any] = list(dict.fromkeys(rows[x]))
    numeric = all(isinstance(level, int | float) for level in levels)
    at = {level: float(level) if numeric else float(n) for n, level in enumerate(levels)}
    columns = min(3, len(metrics))
    down = -(-len(metrics) // columns)
    with styled(language) as shown:
        figure, body = new_figure(1.0 + 2.1 * down, footer_lines=2)
        panels = body.subplots(down, columns, squeeze=False).ravel()
        for axes in panels[len(metrics) :]:
            axes.set_visible(False)
        for number, (axes, name) in enumerate(zip(panels, metrics, strict=False)):
            lines_over(axes, rows[rows["metric"] == name], spec, at, shown)
            panel_title(axes, "abcdefghijklmnopqrstuvwxyz"[number], panel_label(name, value, shown), columns)
            if numeric:
                axes.set_xlabel(wrapped(_label(spec, x, shown), 84 // columns))
            else:
                axes.set_xticks(
                    list(at.values()), [wrapped(_label(spec, level, shown), 16) for level in levels]
                )
                axes.set_xlim(-0.5, len(levels) - 0.5)
        handles, labels = panels[0].get_legend_handles_labels()
        add_legend(body, handles, labels, columns=3, title=_label(spec, lines, shown))
        footer(figure, words.word("sweep_note", shown), provenance.footer(shown) if provenance else "")
    return figure


def lines_over(
    axes: Axes,
    rows: pd.DataFrame,
    spec: Spec,
    at: Mapping[Any, float],
    language: str,
    looks: Sequence[Look] = LOOKS,
) -> None:
    """Draw the lines of one panel of `sweep_figure`; `at`: where each level of `x` stands."""
    value = spec.get("value", "mean")
    ends = ("low", "high") if value == "mean" else ("difference_low", "difference_high")
    groups = list(dict.fromkeys(rows[spec["lines"]]))
    spread = 0.0 if all(isinstance(level, int | float) for level in at) else 0.08
    for number, level in enumerate(groups):
        part = rows[rows[spec["lines"]] == level]
        scale = 100.0 if len(part) and part["unit"].iloc[0] == "share" else 1.0
        look = looks[number % len(looks)]
        across = [at[one] + spread * (number - (len(groups) - 1) / 2) for one in part[spec["x"]]]
        middle = part[value].to_numpy(float) * scale
        low, high = (part[name].to_numpy(float) * scale for name in ends)
        axes.plot(
            across,
            middle,
            color=look.colour,
            ls=look.line if not spread else "none",
            marker=look.marker,
            ms=4,
            label=_label(spec, level, language),
        )
        axes.vlines(across, low, high, color=look.colour, lw=1.1)
    if value == "difference":
        axes.axhline(0.0, color="#555555", lw=0.8, zorder=1)
    axes.grid(axis="y", color="#E5E5E5", lw=0.5)


def panel_label(name: str, value: str, language: str) -> str:
    """Return what a panel or an axis is called that shows a metric or its difference."""
    said = metric(name).label(language)
    unit = metric(name).unit
    if unit == "share":
        said += " (%)" if value == "mean" else words.word("sweep_points", language)
    elif shown := words.unit(unit, language):
        said += f" ({shown})"
    if value == "difference":
        said += words.word("sweep_difference", language)
    return said


def _label(spec: Spec, name: Any, language: str) -> str:
    said = (spec.get("labels") or {}).get(name)
    if said:
        return label(said["zh" if language == "zh" else "en"])
    if isinstance(name, float | int) and not isinstance(name, bool) and math.isfinite(name):
        return number_text(float(name), 0 if float(name).is_integer() else 2)
    return label(str(name).replace("_", " "))
