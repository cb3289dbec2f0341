"""Figures of a sweep: lines over one or two parameters, a heat map over two, a panel each over many.

Which it is follows from the table: one varied quantity gives one line per scenario; two give a heat map where
both have at least three levels, else a line for each level of the second; anything else (and designs that
spread points over ranges) gives one panel per parameter, one dot per point, and the mean of neighbours as a
line.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import words
from analysis.figures.page.legends import add_heading, add_legend
from analysis.figures.page.parameters import parameter_name
from analysis.figures.page.style import (
    LOOKS,
    Provenance,
    footer,
    label,
    new_figure,
    panel_title,
    save,
    styled,
)
from analysis.figures.published import panel_label, sweep_figure
from analysis.findings.text_table import number_text
from analysis.statistics.intervals import student_interval

#: Grids of at most so many cells across are numbered.
_NUMBERS_UP_TO = 12
_PANELS_AT_MOST = 6
_BINS = 6


def write_sweep(
    table: pd.DataFrame,
    varied: Sequence[str],
    metric: str,
    stem: Path,
    provenance: Provenance,
    language: str = "en",
) -> Path:
    """Draw and save the figure of a sweep as PNG and SVG; returns the PNG."""
    figure = design_figure(table, varied, metric, language, provenance)
    return save(figure, stem, provenance, title="sweep")["png"]


def design_figure(
    table: pd.DataFrame,
    varied: Sequence[str],
    metric: str,
    language: str = "en",
    provenance: Provenance | None = None,
) -> Figure:
    """Draw one metric of a sweep; of several scenarios the difference from the first where there are two.

    Parameters
    ----------
    table
        One row per point, scenario and metric: the columns `varied`, then arm, metric, unit, mean, low, high
        and, with several scenarios, difference, difference_low, difference_high.
    """
    rows = table[table["metric"] == metric].copy()
    arms = list(dict.fromkeys(rows["arm"]))
    levels = [list(dict.fromkeys(rows[key])) for key in varied]
    whole = len(rows) == len(arms) * math.prod(map(len, levels))
    value = "difference" if len(arms) == 2 else "mean"
    rows.attrs = {"first": arms[0], "later": arms[-1]}
    labels = {key: {one: parameter_name(key, one) for one in ("en", "zh")} for key in varied}
    labels["arm"] = {"en": "scenario", "zh": "情景"}
    if whole and len(varied) == 1:
        spec: dict[str, Any] = {"x": varied[0], "lines": "arm", "value": "mean", "labels": labels}
        return sweep_figure(rows, spec, language, provenance)
    if whole and len(varied) == 2 and len(arms) <= 2:
        if min(map(len, levels)) >= 3:
            return heat_map(rows, varied, metric, value, language, provenance)
        across, lines = sorted(varied, key=lambda key: -rows[key].nunique())
        spec = {"x": across, "lines": lines, "value": value, "labels": labels}
        return sweep_figure(rows, spec, language, provenance)
    return panels(rows, varied, metric, value, language, provenance)


def heat_map(
    rows: pd.DataFrame,
    varied: Sequence[str],
    metric: str,
    value: str,
    language: str = "en",
    provenance: Provenance | None = None,
) -> Figure:
    """Draw a metric over two parameters: colour and number the value, below it half the interval's width.

    A difference whose interval contains zero is hatched.
    """
    if value == "difference":
        rows = rows[rows["difference"].notna()]
    ends = ("low", "high") if value == "mean" else ("difference_low", "difference_high")
    scale = 100.0 if rows["unit"].iloc[0] == "share" else 1.0
    x, y = varied

    def grid(name: str) -> np.ndarray:
        pivot = rows.pivot_table(index=y, columns=x, values=name, dropna=False, sort=True)
        return pivot.to_numpy(float) * scale

    columns = sorted(rows[x].unique(), key=_order)
    upwards = sorted(rows[y].unique(), key=_order)
    middle, low, high = grid(value), grid(ends[0]), grid(ends[1])
    reach = float(np.nanmax(np.abs(middle))) or 1.0
    norm = (
        Normalize(-reach, reach) if value == "difference" else Normalize(np.nanmin(middle), np.nanmax(middle))
    )
    with styled(language) as shown:
        figure, body = new_figure(min(7.0, 1.6 + 0.5 * len(upwards)), footer_lines=2)
        axes = body.subplots(1, 1)
        mesh = axes.pcolormesh(
            np.arange(len(columns)), np.arange(len(upwards)), np.ma.masked_invalid(middle),
            cmap="cividis", norm=norm, shading="nearest", edgecolors="white", linewidth=0.4,
        )  # fmt: skip
        if value == "difference":
            for row, column in zip(*np.nonzero((low <= 0) & (high >= 0)), strict=True):
                corner = (column - 0.5, row - 0.5)
                axes.add_patch(
                    Rectangle(corner, 1, 1, fill=False, hatch="////", ec="#000000", lw=0, alpha=0.5)
                )
        if len(columns) <= _NUMBERS_UP_TO:
            _numbers(axes, middle, (high - low) / 2.0, norm)
        axes.set_xticks(np.arange(len(columns)), [_name(level) for level in columns])
        axes.set_yticks(np.arange(len(upwards)), [_name(level) for level in upwards])
        axes.set(xlabel=parameter_name(x, shown, 80), ylabel=parameter_name(y, shown, 30))
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        bar = body.colorbar(mesh, ax=axes, pad=0.02, aspect=25)
        bar.outline.set_visible(False)
        panel_title(axes, "", _heading(rows, metric, value, shown), 1)
        footer(figure, words.word(f"map_note_{value}", shown), provenance.footer(shown) if provenance else "")
    return figure


def _numbers(axes: Any, middle: np.ndarray, half: np.ndarray, norm: Normalize) -> None:
    colours = mpl.colormaps["cividis"]
    digits = _digits(middle)
    for (row, column), number in np.ndenumerate(middle):
        if not np.isfinite(number):
            continue
        said = number_text(float(number), digits)
        if np.isfinite(half[row, column]):
            said += f"\n±{half[row, column]:.{max(digits, 1)}f}"
        axes.text(
            column, row, said, ha="center", va="center", fontsize=6.0, linespacing=1.05,
            color="white" if float(norm(number)) < 0.55 else "black",
            bbox={"boxstyle": "square,pad=0.1", "fc": colours(norm(number)), "lw": 0},
        )  # fmt: skip


def panels(
    rows: pd.DataFrame,
    varied: Sequence[str],
    metric: str,
    value: str,
    language: str = "en",
    provenance: Provenance | None = None,
) -> Figure:
    """Draw one panel per parameter: one dot per point, and means of neighbours with 95 % intervals as a line.

    Of many parameters those are drawn that go with the value most (rank correlation).
    """
    if value == "difference":
        rows = rows[rows["difference"].notna()]
    keys = _strongest(rows, varied, value)
    scale = 100.0 if rows["unit"].iloc[0] == "share" else 1.0
    columns = min(3, len(keys))
    down = -(-len(keys) // columns)
    with styled(language) as shown:
        figure, body = new_figure(1.0 + 2.1 * down, footer_lines=2)
        drawn = body.subplots(down, columns, squeeze=False, sharey=True).ravel()
        for axes in drawn[len(keys) :]:
            axes.set_visible(False)
        for number, (axes, key) in enumerate(zip(drawn, keys, strict=False)):
            for place, (arm, part) in enumerate(rows.groupby("arm", sort=False, observed=True)):
                look = LOOKS[place % len(LOOKS)]
                across, names = _positions(part[key], rows[key])
                up = part[value].to_numpy(float) * scale
                axes.plot(across, up, look.marker, ms=2.2, color=look.colour, alpha=0.35, mew=0)
                _neighbours(axes, across, up, look, label(str(arm).replace("_", " ")), bool(names))
                if names:
                    axes.set_xticks(range(len(names)), names)
                    axes.set_xlim(-0.5, len(names) - 0.5)
            if value == "difference":
                axes.axhline(0.0, color="#555555", lw=0.8, zorder=1)
            axes.set_xlabel(parameter_name(key, shown, 84 // columns))
            axes.grid(axis="y", color="#E5E5E5", lw=0.5)
            panel_title(axes, "abcdefghijklmnop"[number], "", columns)
        heading = _heading(rows, metric, value, shown)
        if rows["arm"].nunique() > 1:
            add_legend(body, *drawn[0].get_legend_handles_labels(), columns=3, heading=heading)
        else:
            add_heading(body, heading)
        left = len(varied) - len(keys)
        note = words.word("panels_note", shown)
        if left:
            note += words.word("panels_left", shown).format(left)
        footer(figure, note, provenance.footer(shown) if provenance else "")
    return figure


def _heading(rows: pd.DataFrame, metric: str, value: str, language: str) -> str:
    """Return what is shown and, of a difference, between which scenarios."""
    said = panel_label(metric, value, language)
    if value == "difference":
        later, first = (label(str(rows.attrs[name]).replace("_", " ")) for name in ("later", "first"))
        said += ": " + words.word("forest_title", language).format(later, first)
    return said


def _neighbours(axes: Any, across: np.ndarray, up: np.ndarray, look: Any, name: str, named: bool) -> None:
    if named:
        groups = [up[across == level] for level in np.unique(across)]
        at = np.unique(across)
    else:
        order = np.argsort(across, kind="stable")
        pieces = [piece for piece in np.array_split(order, min(_BINS, max(1, len(order) // 3))) if len(piece)]
        groups, at = [up[piece] for piece in pieces], np.array([across[piece].mean() for piece in pieces])
    intervals = [student_interval(group) for group in groups]
    middle = np.array([float(interval.mean) for interval in intervals])
    axes.plot(
        at,
        middle,
        color=look.colour,
        ls="none" if named else look.line,
        marker=look.marker,
        ms=4,
        label=name,
    )
    low = [float(interval.low) for interval in intervals]
    axes.vlines(at, low, [float(interval.high) for interval in intervals], color=look.colour, lw=1.1)


def _positions(part: pd.Series, whole: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Return where values stand on an axis, and the names of what are not quantities."""
    if all(isinstance(level, int | float) and not isinstance(level, bool) for level in whole):
        return part.to_numpy(float), []
    levels = sorted(whole.unique(), key=_order)
    at: Mapping[Any, int] = {level: number for number, level in enumerate(levels)}
    return np.array([at[level] for level in part], float), [_name(level) for level in levels]


def _strongest(rows: pd.DataFrame, varied: Sequence[str], value: str) -> list[str]:
    if len(varied) <= _PANELS_AT_MOST:
        return list(varied)
    ranked = rows[value].rank()
    strength = {}
    for key in varied:
        across, _ = _positions(rows[key], rows[key])
        strength[key] = abs(pd.Series(across, index=rows.index).rank().corr(ranked))
    order = sorted(varied, key=lambda key: -np.nan_to_num(strength[key]))
    return order[:_PANELS_AT_MOST]


def _digits(values: np.ndarray) -> int:
    size = float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 0.0
    return 0 if size >= 1000 else 1 if size >= 10 else 2


def _order(level: Any) -> Any:
    return (isinstance(level, str), level)


def _name(level: Any) -> str:
    if isinstance(level, bool | np.bool_):
        return str(bool(level)).lower()
    return f"{level:g}" if isinstance(level, int | float | np.number) else label(level, 24)
