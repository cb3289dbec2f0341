"""Where which regime does better: the difference of two arms over what an office can measure.

A row of panels for each measure, a panel for each level of one thing that varies; across and upwards two
more. Colour is the difference, dark where the second regime does better and light where it does worse, so
that the sign survives a grey print. A cell whose interval contains zero has no colour: there nothing can be
told apart.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, FuncNorm, Normalize
from matplotlib.figure import Figure, SubFigure
from matplotlib.patches import Patch, Rectangle

from analysis.figures import words
from analysis.figures.page.legends import add_legend
from analysis.figures.page.style import Provenance, footer, label, new_figure, styled, wrapped
from analysis.findings.text_table import number_text
from analysis.metrics import metric

Spec = Mapping[str, Any]
#: Of a cell without colour.
_BLANK = "#F2F2F2"
_HATCH: dict[str, Any] = {"fill": True, "fc": _BLANK, "ec": "#9A9A9A", "hatch": "////", "lw": 0}
#: Mean of this under the first regime stands below the levels across, where the table has it.
LOAD = "utilisation"


def regime_map(
    table: pd.DataFrame, spec: Spec, language: str = "en", provenance: Provenance | None = None
) -> Figure:
    """Draw the difference of the last arm from the first, one row of panels per measure.

    Parameters
    ----------
    table
        The table of a published experiment in long form.
    spec
        `x`, `y`, `panels`: names of what varies. `metrics`: a row each. `labels`: names of factors, levels,
        arms and metrics to English and Chinese.
    """
    chosen = list(spec.get("metrics") or table["metric"].unique())
    arms = list(dict.fromkeys(table["arm"]))
    rows = table[(table["arm"] == arms[-1]) & table["metric"].isin(chosen)]
    levels: list[Any] = list(dict.fromkeys(rows[spec["panels"]]))
    with styled(language) as shown:
        figure, body = new_figure(1.3 + 1.75 * len(chosen), footer_lines=2)
        panels: Any = body.subplots(len(chosen), len(levels), sharey=True, squeeze=False)
        for number, (name, line) in enumerate(zip(chosen, panels, strict=True)):
            _row(body, line, rows[rows["metric"] == name], spec, levels)
            letter = "abcdefgh"[number]
            heads = [f"{letter}  {_heading(spec, name, shown)}", *[""] * (len(levels) - 1)]
            if number == 0:
                named = [_label(spec, level, shown) for level in levels]
                named[0] = f"{_label(spec, spec['panels'], shown)} {named[0]}"
                heads = [f"{head}\n{one}" for head, one in zip(heads, named, strict=True)]
            for axes, head in zip(line, heads, strict=True):
                axes.set_title(head, fontsize=8)
                axes.tick_params(labelbottom=number == len(chosen) - 1)
            line[0].set_ylabel(wrapped(_label(spec, spec["y"], shown), 20), fontsize=7.5)
        panels[-1][len(levels) // 2].set_xlabel(_label(spec, spec["x"], shown), fontsize=7.5)
        _loads(panels[-1], table[table["arm"] == arms[0]], spec, levels, shown)
        told = Patch(label=words.word("map_blank", shown), **_HATCH)
        add_legend(body, [told], right=True, fontsize=7)
        titles = [_label(spec, arm, shown) for arm in (arms[-1], arms[0])]
        note = words.word("map_note", shown).format(*titles)
        if not np.isfinite(rows["difference"]).all():
            note += words.word("map_not_reached", shown)
        footer(figure, note, provenance.footer(shown) if provenance else "")
    return figure


def _row(
    body: SubFigure, panels: Sequence[Axes], rows: pd.DataFrame, spec: Spec, levels: Sequence[Any]
) -> None:
    """Draw the panels of one measure with their colour bar."""
    better = metric(str(rows["metric"].iloc[0])).better
    scale = 100.0 if rows["unit"].iloc[0] == "share" else 1.0
    clear = rows[(rows["difference_low"] > 0) | (rows["difference_high"] < 0)]["difference"]
    reach = float(np.abs(clear[np.isfinite(clear)]).max()) * scale if np.isfinite(clear).any() else 1.0
    # By its root, so that the sign of a small difference shows beside a large one.
    norm = FuncNorm((_root, _square), -reach, reach)
    # Dark is what residents would ask for: fewer days, or more who take part.
    colours = mpl.colormaps["cividis_r" if better >= 0 else "cividis"]
    across, upwards = (sorted(set(np.asarray(rows[spec[axis]]).tolist())) for axis in ("x", "y"))
    for axes, level in zip(panels, levels, strict=True):
        part = rows[rows[spec["panels"]] == level]

        def grid(column: str, part: pd.DataFrame = part) -> np.ndarray:
            pivot = part.pivot_table(
                index=spec["y"], columns=spec["x"], values=column, dropna=False, aggfunc="first"
            )
            return np.asarray(pivot.reindex(index=upwards, columns=across).to_numpy(float) * scale)

        _cells(axes, grid("difference"), grid("difference_low"), grid("difference_high"), norm, colours)
        axes.set_xticks(range(len(across)), [f"{value:g}" for value in across])
        axes.set_yticks(range(len(upwards)), [f"{value:g}" for value in upwards])
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
    bar = body.colorbar(mpl.cm.ScalarMappable(norm, colours), ax=list(panels), pad=0.01, aspect=14)
    bar.outline.set_visible(False)
    ends = [-reach, -reach / 4, 0.0, reach / 4, reach]
    bar.set_ticks(ends, labels=[number_text(end, 1 if reach < 100 else 0, sign=True) for end in ends])
    bar.ax.tick_params(length=2, labelsize=6.5)
    bar.minorticks_off()


def _root(values: Any) -> Any:
    return np.sign(values) * np.sqrt(np.abs(values))


def _square(values: Any) -> Any:
    return np.sign(values) * np.square(values)


def _cells(
    axes: Axes, difference: np.ndarray, low: np.ndarray, high: np.ndarray, norm: Normalize, colours: Colormap
) -> None:
    """Draw coloured and numbered the cells that can be told apart, and hatched those that cannot."""
    known = np.isfinite(difference)
    told = known & ((low > 0) | (high < 0))
    axes.pcolormesh(
        np.arange(difference.shape[1]),
        np.arange(difference.shape[0]),
        np.ma.masked_where(~told, difference),
        cmap=colours,
        norm=norm,
        shading="nearest",
        edgecolors="white",
        linewidth=0.4,
    )
    digits = 1 if np.abs(difference[told]).max(initial=0.0) < 100 else 0
    for (row, column), value in np.ndenumerate(difference):
        if told[row, column]:
            # Lightness of the colour decides which number can be read on it.
            red, green, blue, _ = colours(norm(value))
            dark = 0.3 * red + 0.59 * green + 0.11 * blue < 0.5
            axes.text(
                column,
                row,
                number_text(float(value), digits, sign=True),
                ha="center",
                va="center",
                fontsize=6.2,
                color="white" if dark else "black",
            )
        elif not known[row, column]:
            # No interval: a quantile that is not reached, under one (infinite) or under both.
            said = number_text(float(value), 0, sign=True) if np.isinf(value) else "n.r."
            axes.text(column, row, said, ha="center", va="center", fontsize=6.2, color="#555555")
        else:
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, **_HATCH))
    axes.set(xlim=(-0.5, difference.shape[1] - 0.5), ylim=(-0.5, difference.shape[0] - 0.5))


def _loads(
    panels: Sequence[Axes], first: pd.DataFrame, spec: Spec, levels: Sequence[Any], language: str
) -> None:
    """Add to the levels across how much of their hours staff use there under the first regime."""
    used = first[first["metric"] == LOAD]
    if used.empty:
        return
    for axes, level in zip(panels, levels, strict=True):
        part = used[used[spec["panels"]] == level].groupby(spec["x"])["mean"].mean()
        names = [f"{value:g}\n{100 * load:.0f} %" for value, load in part.sort_index().items()]
        axes.set_xticks(range(len(names)), names)
        axes.tick_params(axis="x", labelsize=6.8)
    middle = panels[len(panels) // 2]
    middle.set_xlabel(f"{middle.get_xlabel()}\n{words.word('map_load', language)}", fontsize=7.5)


def _heading(spec: Spec, name: str, language: str) -> str:
    """Return what a row of panels shows, with its unit."""
    said = (
        _label(spec, name, language) if name in (spec.get("labels") or {}) else metric(name).label(language)
    )
    if metric(name).unit == "share":
        return said + words.word("sweep_points", language)
    unit = words.unit(metric(name).unit, language)
    return f"{said} ({unit})" if unit else said


def _label(spec: Spec, name: Any, language: str) -> str:
    said = (spec.get("labels") or {}).get(name)
    if said:
        return label(said["zh" if language == "zh" else "en"], 80)
    return f"{name:g}" if isinstance(name, int | float) else label(str(name).replace("_", " "))
