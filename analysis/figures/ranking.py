"""Factors ranked by what they do: bars with intervals, the largest on top."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures import words
from analysis.figures.page.parameters import parameter_name
from analysis.figures.page.style import Provenance, footer, new_figure, panel_title, styled
from analysis.metrics import metric

#: Height of a row, and of each further line of its name.
_ROW_INCHES, _LINE_INCHES = 0.2, 0.09
MOST_ROWS = 25


def ranking_figure(
    table: pd.DataFrame,
    columns: Mapping[str, tuple[str, str]],
    label: str,
    note: str = "",
    language: str = "en",
    provenance: Provenance | None = None,
    chance: Mapping[str, str] | None = None,
    outcome: str = "",
) -> Figure:
    """Draw one panel per column, one bar per row of the table, in the order of the table.

    Parameters
    ----------
    table
        Rows to draw, the first on top; at most `MOST_ROWS` are drawn.
    columns
        Column of the value to the columns of its lower and upper bound.
    label
        Column of the names of the rows.
    chance
        Column of the value to the column of what chance alone would make it, drawn as a mark on the bar.
    outcome
        Metric whose unit the values have; empty where they are shares.
    """
    rows = table.head(MOST_ROWS)
    marks = {value: name for value, name in (chance or {}).items() if value in columns and name in rows}
    with styled(language) as shown:
        names = [_name(str(name), shown) for name in rows[label]]
        height = _ROW_INCHES + _LINE_INCHES * max((name.count("\n") for name in names), default=0)
        figure, body = new_figure(1.0 + height * max(3, len(rows)), footer_lines=2)
        panels = body.subplots(1, len(columns), sharey=True, squeeze=False)[0]
        for letter, axes, (value, bounds) in zip("abcdef", panels, columns.items(), strict=False):
            _bars(axes, rows, value, bounds)
            if value in marks:
                _mark(axes, rows, marks[value])
            heading = words.word(f"ranking_{value}", shown)
            if len(columns) > 1:
                panel_title(axes, letter, heading, 2 * len(columns))
            else:
                axes.set_xlabel(heading + (f"\n{_outcome(outcome, shown)}" if outcome else ""))
                panels[0].set_yticks(np.arange(len(rows)), names)
        panels[0].set_ylim(len(rows) - 0.4, -0.6)
        notes = [note, words.word("ranking_chance", shown) if marks else ""]
        if len(table) > len(rows):
            notes.append(words.word("ranking_left", shown).format(len(table) - len(rows)))
        footer(figure, *notes, provenance.footer(shown) if provenance else "")
    return figure


def _name(name: str, language: str) -> str:
    """Return a row's name: a parameter in words, or a mechanism."""
    known = words.mechanism(name, language)
    return parameter_name(name, language, 44) if known == name else known


def _outcome(name: str, language: str) -> str:
    label, unit = metric(name).label(language), words.unit(metric(name).unit, language)
    return f"{label} ({unit})" if unit else label


def _mark(axes: Axes, rows: pd.DataFrame, name: str) -> None:
    y = np.arange(len(rows))
    axes.vlines(rows[name].to_numpy(float), y - 0.4, y + 0.4, color="#D55E00", lw=1.6)


def _bars(axes: Axes, rows: pd.DataFrame, value: str, bounds: Sequence[str]) -> None:
    y = np.arange(len(rows))
    x = rows[value].to_numpy(float)
    low, high = (rows[name].to_numpy(float) for name in bounds)
    axes.barh(y, x, height=0.65, color="#56B4E9", edgecolor="black", lw=0.5)
    reach = np.vstack([x - low, high - x]).clip(min=0.0)
    axes.errorbar(x, y, xerr=reach, fmt="none", ecolor="black", elinewidth=0.9, capsize=2)
    axes.axvline(0.0, color="black", lw=0.8)
    axes.tick_params(axis="y", length=0)
