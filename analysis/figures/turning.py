"""One parameter over its values, and many at both ends of their ranges."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures import words
from analysis.figures.page.legends import add_legend
from analysis.figures.page.parameters import parameter_name
from analysis.figures.page.style import (
    LOOKS,
    Look,
    Provenance,
    footer,
    label,
    new_figure,
    panel_title,
    styled,
)
from analysis.figures.published import lines_over, panel_label
from analysis.findings.turning import Swing

#: Height of a row, and of each further line of its name.
_ROW_INCHES, _LINE_INCHES = 0.26, 0.12
#: A difference is neither arm's, and has the colour of none.
_OF_BOTH = Look("#000000", "solid", "D")
_ENDS = {"low": ("o", "white", 0.13), "high": ("D", "black", -0.13)}


def turning_figure(
    table: pd.DataFrame,
    key: str,
    metric: str,
    titles: Mapping[str, str],
    now: Sequence[float] = (),
    language: str = "en",
    provenance: Provenance | None = None,
) -> Figure:
    """Draw a metric of two arms over a parameter, and beside it the paired difference.

    Parameters
    ----------
    table
        What `cogov sweep` writes: one row per value and arm.
    titles
        What the arms are called.
    now
        Values of the parameter that are marked as the present ones.
    """
    rows = table.assign(arm=[titles[arm] for arm in table["arm"]])
    named = {title: {"en": title, "zh": title} for title in titles.values()}
    with styled(language) as shown:
        figure, body = new_figure(3.2, footer_lines=2)
        left, right = body.subplots(1, 2)
        at = {level: float(level) for level in dict.fromkeys(rows[key])}
        for axes, value, letter in ((left, "mean", "a"), (right, "difference", "b")):
            part = rows[rows["difference"].notna()] if value == "difference" else rows
            looks = LOOKS if value == "mean" else (_OF_BOTH,)
            spec = {"x": key, "lines": "arm", "value": value, "labels": named}
            lines_over(axes, part, spec, at, shown, looks)
            _mark(axes, now)
            axes.set_xlabel(parameter_name(key, shown, 42))
            panel_title(axes, letter, panel_label(metric, value, shown), 2)
        handles, labels = left.get_legend_handles_labels()
        if now:
            handles.append(Line2D([], [], color="#555555", ls=":", lw=1.2))
            labels.append(words.word("turning_now", shown))
        add_legend(body, handles, [label(one) for one in labels], columns=3)
        footer(figure, words.word("turning_note", shown), provenance.footer(shown) if provenance else "")
    return figure


def tornado_figure(
    swings: Sequence[Swing],
    metric: str,
    now: float,
    language: str = "en",
    provenance: Provenance | None = None,
) -> Figure:
    """Draw the paired difference at both ends of each parameter's range, in the order given.

    Parameters
    ----------
    now
        The difference with all parameters as they are, which is marked.
    """
    scale = 100.0 if swings[0].low.found.unit == "share" else 1.0
    with styled(language) as shown:
        names = [_row_name(one, shown) for one in swings]
        height = sum(_ROW_INCHES + _LINE_INCHES * name.count("\n") for name in names)
        figure, body = new_figure(1.2 + max(1.0, height), footer_lines=2)
        axes = body.subplots(1, 1)
        for row, one in enumerate(swings):
            middles = [scale * end.found.difference for end in (one.low, one.high)]
            axes.plot(middles, [row, row], color="#BBBBBB", lw=4, solid_capstyle="butt", zorder=1)
            for (marker, fill, away), end in zip(_ENDS.values(), (one.low, one.high), strict=True):
                found = end.found
                ends = scale * np.array([found.low, found.high])
                axes.plot(ends, [row - away] * 2, color="black", lw=1.1, zorder=2)
                axes.plot(
                    scale * found.difference, row - away, marker, ms=4.5, mec="black", mfc=fill, zorder=3
                )
        axes.set_yticks(range(len(swings)), names)
        axes.set_ylim(len(swings) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        axes.axvline(0.0, color="#555555", lw=0.8, zorder=0)
        _mark(axes, [scale * now] if np.isfinite(now) else [])
        axes.grid(axis="x", color="#E5E5E5", lw=0.5)
        axes.set_xlabel(panel_label(metric, "difference", shown))
        handles = [
            Line2D([], [], color="black", marker=marker, mfc=fill, mec="black", lw=1.1, ms=4.5)
            for marker, fill, _ in _ENDS.values()
        ]
        handles.append(Line2D([], [], color="#555555", ls=":", lw=1.2))
        labels = [words.word(f"tornado_{name}", shown) for name in (*_ENDS, "now")]
        add_legend(body, handles, labels, columns=3)
        footer(figure, words.word("tornado_note", shown), provenance.footer(shown) if provenance else "")
    return figure


def _mark(axes: Axes, now: Sequence[float]) -> None:
    for value in dict.fromkeys(now):
        axes.axvline(value, color="#555555", ls=":", lw=1.2, zorder=1)


def _row_name(one: Swing, language: str) -> str:
    low, high = one.ends
    return parameter_name(one.key, language, 44) + f"\n{low:g} – {high:g}"
