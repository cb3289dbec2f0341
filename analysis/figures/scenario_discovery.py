"""Where a regime does worse: the points of a design in two parameters, and the ranges that boxes take."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures import words
from analysis.figures.page.parameters import parameter_name
from analysis.figures.page.style import (
    LOOKS,
    Provenance,
    footer,
    label,
    new_figure,
    panel_title,
    styled,
    wrapped,
)
from analysis.statistics.scenario_discovery import Box, Limit, inside

_ROW_INCHES = 0.42
#: Columns of the table that are outcomes.
_OUTCOMES = ("difference", "worse")


def boxes_figure(
    points: pd.DataFrame,
    found: Sequence[Box],
    arms: tuple[str, str],
    language: str = "en",
    provenance: Provenance | None = None,
) -> Figure:
    """Draw the points in the two parameters that say most, and below it what each box takes of each range.

    Parameters
    ----------
    points
        One row per point: one column per parameter, `difference` and `worse`.
    found
        Boxes of `analysis.statistics.scenario_discovery`; empty if there is none.
    arms
        What the first scenario and the one that is worse are called.
    """
    rows = sum(len(box.limits) + 1 for box in found) or 1
    with styled(language) as shown:
        figure, body = new_figure(3.6 + 0.5 + _ROW_INCHES * rows, footer_lines=2)
        above, below = body.subplots(2, 1, height_ratios=(3.2, 0.5 + _ROW_INCHES * rows))
        _scatter(above, points, found, shown)
        # Names of parameters on the left and the legend leave a panel little more than half of the width.
        panel_title(above, "a", words.word("boxes_points", shown).format(label(arms[1]), label(arms[0])))
        _ranges(below, points, found, shown)
        panel_title(below, "b", words.word("boxes_ranges", shown), 1)
        footer(figure, words.word("boxes_note", shown), provenance.footer(shown) if provenance else "")
    return figure


def telling(points: pd.DataFrame, found: Sequence[Box]) -> list[str]:
    """Return the two parameters to draw: those the first box needs most, else those that go with the outcome.

    How much a box needs a restriction: by how much its density falls without it.
    """
    keys = [name for name in points.columns if name not in _OUTCOMES]
    worse = points["worse"].to_numpy(bool)
    ranks = pd.Series(points["difference"]).rank()
    going = {key: abs(_numbers(points[key]).rank().corr(ranks)) for key in keys}
    order = sorted(keys, key=lambda key: -np.nan_to_num(going[key]))
    if found:
        limits = found[0].limits

        def without(limit: Limit) -> float:
            others = tuple(other for other in limits if other is not limit)
            return float(worse[inside(others, points)].mean())

        needed = [limit.parameter for limit in sorted(limits, key=without)]
        order = needed + [key for key in order if key not in needed]
    return order[:2]


def _scatter(axes: Axes, points: pd.DataFrame, found: Sequence[Box], language: str) -> None:
    x, y = (*telling(points, found), "")[:2]
    across = _numbers(points[x])
    up = _numbers(points[y]) if y else points["difference"]
    worse = points["worse"].to_numpy(bool)
    for chosen, look, key in ((~worse, LOOKS[0], "boxes_not"), (worse, LOOKS[1], "boxes_worse")):
        face = look.colour if key == "boxes_worse" else "none"
        axes.scatter(
            across[chosen], up[chosen], s=11, marker=look.marker, facecolors=face, edgecolors=look.colour,
            linewidths=0.7, alpha=0.75, label=words.word(key, language),
        )  # fmt: skip
    named = parameter_name(y, language, 40) if y else words.word("forest_unit_other", language)
    axes.set(xlabel=parameter_name(x, language, 60), ylabel=named)
    for name, draw in ((x, axes.set_xticks), (y, axes.set_yticks)):
        if y and not pd.api.types.is_numeric_dtype(points[name]):
            levels = sorted(points[name].unique(), key=str)
            draw(range(len(levels)), [label(level, 24) for level in levels])
    for number, box in enumerate(found):
        limits = {limit.parameter: limit for limit in box.limits}
        if not {x, y} & set(limits):
            continue
        left, right = _ends(limits.get(x), across, points[x])
        low, high = _ends(limits.get(y), up, points[y]) if y else (float(up.min()), float(up.max()))
        look = LOOKS[(number + 2) % len(LOOKS)]
        axes.add_patch(
            Rectangle((left, low), right - left, high - low, fill=False, ec=look.colour, ls=look.line, lw=1.8)
        )
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))


def _ranges(axes: Axes, points: pd.DataFrame, found: Sequence[Box], language: str) -> None:
    axes.set(xlim=(-0.02, 1.02), xlabel=words.word("boxes_range_x", language))
    for side in ("left", "top", "right"):
        axes.spines[side].set_visible(False)
    if not found:
        axes.text(0.5, 0.5, words.word("boxes_none", language), ha="center", va="center", fontsize=8)
        axes.set_yticks([])
        axes.set_ylim(0, 1)
        return
    names, places, place = [], [], 0
    for number, box in enumerate(found):
        heading = words.word("boxes_box", language)
        heading = heading.format(number + 1, 100 * box.density, 100 * box.coverage)
        axes.text(0.0, place, heading, va="center", fontsize=7.5)
        place += 1
        look = LOOKS[(number + 2) % len(LOOKS)]
        for limit in box.limits:
            values = _numbers(points[limit.parameter])
            low, high = float(values.min()), float(values.max())
            left, right = _ends(limit, values, points[limit.parameter])
            width = high - low or 1.0
            axes.barh(place, 1.0, height=0.5, color="#DDDDDD")
            axes.barh(place, (right - left) / width, left=(left - low) / width, height=0.5, color=look.colour)
            names.append(wrapped(f"{parameter_name(limit.parameter, language)} {label(limit.range())}", 56))
            places.append(place)
            place += 1
    axes.set_yticks(places, names)
    axes.set_ylim(place - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)


def _ends(limit: Limit | None, values: pd.Series, column: pd.Series) -> tuple[float, float]:
    """Return where a restriction begins and ends on an axis; the whole axis without one."""
    low, high = float(values.min()), float(values.max())
    if limit is None:
        return low, high
    if limit.values:
        taken = [float(value) for value in values[column.isin(limit.values)].unique()]
        return min(taken), max(taken)
    return low if limit.low is None else limit.low, high if limit.high is None else limit.high


def _numbers(column: pd.Series) -> pd.Series:
    """Return a column as numbers: what is not a quantity by its place among its levels."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return column.astype(float)
    levels = {level: place for place, level in enumerate(sorted(column.unique(), key=str))}
    return pd.Series([float(levels[value]) for value in column], index=column.index)
