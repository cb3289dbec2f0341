"""What was simulated over what was published, row by row, in three panels that are kept apart.

Each row is drawn relative to its target, on a logarithmic axis, so that shares, days and ratios can stand
in one panel; the grey band is what counts as met.
"""

import math
import textwrap
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from analysis.figures import words
from analysis.figures.page.style import Provenance, footer, new_figure, styled
from analysis.validation.row import KINDS
from analysis.validation.verdict import ABSENT, MET, Judgement

_ROOM = 62
_LINE = 0.75
"""Letters in a line of a row's name, and the height of each further line, in rows."""

_REACH = 8.0
"""Ratios beyond this, or below its inverse, are drawn at the edge with an arrow."""


def validation_figure(
    outcomes: Sequence[Judgement], language: str = "en", provenance: Provenance | None = None
) -> Figure:
    """Draw the rows that this version can be held to; the others are left to the table."""
    groups = {kind: [o for o in outcomes if o.row.kind == kind and o.verdict != ABSENT] for kind in KINDS}
    groups = {kind: mine for kind, mine in groups.items() if mine}
    labels = {kind: [_label(o, language) for o in mine] for kind, mine in groups.items()}
    heights = [_places(names)[-1] + 1.5 for names in labels.values()]
    with styled(language) as shown:
        figure, body = new_figure(0.2 * sum(heights) + 0.9, footer_lines=2)
        panels = body.subplots(len(groups), 1, height_ratios=heights, sharex=True, squeeze=False)[:, 0]
        for axes, (kind, mine) in zip(panels, groups.items(), strict=True):
            _panel(axes, mine, labels[kind])
            axes.set_title(KINDS[kind][1 if shown == "zh" else 0])
        panels[-1].set_xlabel(words.word("valid_x", shown))
        footer(figure, words.word("valid_note", shown), provenance.footer(shown) if provenance else "")
    return figure


def _label(outcome: Judgement, language: str) -> str:
    """Return a row's name in as many lines as it needs."""
    said = outcome.row.label(language)
    # A Chinese character is twice as wide, and lines may break between any two.
    return textwrap.fill(said, _ROOM if language == "en" else _ROOM // 2, break_on_hyphens=False)


def _places(labels: Sequence[str]) -> list[float]:
    """Return how far down each row's middle stands: a row of several lines takes as much room."""
    sizes = [1.0 + _LINE * label.count("\n") for label in labels]
    return [sum(sizes[:number]) + 0.5 * size - 0.5 for number, size in enumerate(sizes)]


def _panel(axes: Axes, outcomes: Sequence[Judgement], labels: Sequence[str]) -> None:
    places = _places(labels)
    axes.set_xscale("log")
    axes.set_xlim(1.0 / _REACH, _REACH)
    axes.set_ylim(-places[-1] - 0.7, 0.7)
    axes.axvline(1.0, color="#555555", lw=0.8, zorder=1)
    for line, outcome in zip(places, outcomes, strict=True):
        row = outcome.row
        low, high = _ratio(row.low, row.target), _ratio(row.high, row.target)
        axes.barh(-line, high - low, left=low, height=0.62, color="#D9D9D9", zorder=0)
        ends = [_ratio(outcome.low, row.target), _ratio(outcome.high, row.target)]
        if all(math.isfinite(end) for end in ends):
            axes.plot(ends, [-line, -line], color="black", lw=1.3, solid_capstyle="butt", zorder=2)
        raw = outcome.mean / row.target
        marker = "o"
        if math.isfinite(raw) and not 1.0 / _REACH < raw < _REACH:
            marker = ">" if raw >= _REACH else "<"
        met = outcome.verdict == MET
        at = min(max(_ratio(outcome.mean, row.target), 1.04 / _REACH), _REACH / 1.04)
        if math.isfinite(raw):
            axes.plot(
                at, -line, marker, ms=5, mec="black", mew=1.0, mfc="black" if met else "white", zorder=3,
                clip_on=False,
            )  # fmt: skip
        mean, target = (
            f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" for value in (outcome.mean, row.target)
        )
        shown = f"{mean} / {target}" if math.isfinite(raw) else "–"
        axes.annotate(
            shown,
            (1.01, -line),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=6.5,
            annotation_clip=False,
        )
    axes.set_yticks([-line for line in places], labels, fontsize=6.5)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(FixedLocator([1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.spines["left"].set_visible(False)


def _ratio(value: float, target: float) -> float:
    if math.isnan(value):
        return math.nan
    return min(max(value / target, 1.0 / _REACH), _REACH)
