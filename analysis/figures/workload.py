"""What staff hours went into, week by week, against the hours there were, and the open cases."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.estimates.workload import STAFF_HOURS
from analysis.figures import words
from analysis.figures.page.legends import add_legend
from analysis.figures.page.paper import columns_for
from analysis.figures.page.style import (
    Provenance,
    footer,
    looks,
    new_figure,
    panel_title,
    scenario_titles,
    styled,
)
from analysis.statistics.intervals import NOT_NEGATIVE, student_interval
from analysis.summaries.run_summary import RunSummary

#: Height of a further row of panels.
_ROW_INCHES = 1.9
# Same order as STAFF_HOURS.
PURPOSES = (
    ("hours_cases", "#9ECAE1", ""),
    ("hours_handling", "#2171B5", ""),
    ("hours_sessions", "#CC79A7", "...."),
    ("hours_duplicates", "#E69F00", "\\\\\\\\"),
    ("hours_chasing", "#525252", ""),
    ("hours_travel", "#009E73", "////"),
    ("hours_council", "#8C2D04", "xxxx"),
    ("hours_patrol", "#F0E442", "++++"),
    ("hours_mobilisation", "#000000", ""),
)


def workload_figure(
    summaries: Mapping[str, Sequence[RunSummary]], language: str = "en", provenance: Provenance | None = None
) -> Figure:
    """Draw weekly staff hours by purpose for each scenario, and below them the open cases of all."""
    with styled(language) as shown:
        titles = scenario_titles(summaries, shown)
        columns = columns_for(len(summaries))
        rows = -(-len(summaries) // columns)
        figure, body = new_figure(5.0 + _ROW_INCHES * (rows - 1))
        grid = body.add_gridspec(rows + 1, columns, height_ratios=(*[1.15] * rows, 1.0))
        shared: Axes | None = None
        for number, (name, items) in enumerate(summaries.items()):
            row, column = divmod(number, columns)
            axes = body.add_subplot(grid[row, column], sharey=shared)
            _hours(axes, items)
            panel_title(axes, "abcdefgh"[number], titles[name], columns)
            if column == 0:
                axes.set_ylabel(words.word("hours_y", shown))
            else:
                axes.tick_params(labelleft=False)
            shared = shared or axes
        if shared is not None:
            shared.set_ylim(bottom=0)
        below = body.add_subplot(grid[rows, :])
        _open_cases(below, summaries, titles, shown)
        panel_title(below, "abcdefgh"[len(summaries)], words.word("open_title", shown))
        handles: list[Patch | Line2D] = [
            Patch(facecolor=colour, hatch=hatch, edgecolor="#222222", lw=0.5, label=words.word(key, shown))
            for key, colour, hatch in PURPOSES
            if any(_mean(items, f"week_staff_{key}").any() for items in summaries.values())
            if key != "hours_patrol" or _anybody_walks(summaries)
        ]
        handles.append(Line2D([], [], color="black", lw=1.3, label=words.word("hours_available", shown)))
        add_legend(body, handles, columns=6, handlelength=1.8, columnspacing=1.4)
        add_legend(body, *below.get_legend_handles_labels(), columns=3, below=True, room=0.2)
        note = words.replications(max(len(items) for items in summaries.values()), shown)
        footer(figure, note, provenance.footer(shown) if provenance else "")
    return figure


def _anybody_walks(summaries: Mapping[str, Sequence[RunSummary]]) -> bool:
    return any(_mean(items, "week_staff_hours_patrol").any() for items in summaries.values())


def _mean(items: Sequence[RunSummary], key: str) -> np.ndarray:
    series = [item.curves[key] for item in items if key in item.curves]
    return student_interval(np.array(series)).mean if series else np.empty(0)


def _hours(axes: Axes, items: Sequence[RunSummary]) -> None:
    available = _mean(items, "week_staff_hours_available")
    week = np.arange(len(available))
    base = np.zeros(len(week))
    for name, (_, colour, hatch) in zip(STAFF_HOURS, PURPOSES, strict=True):
        top = base + _mean(items, f"week_{name}")
        axes.fill_between(
            week, base, top, facecolor=colour, hatch=hatch, edgecolor="#222222", lw=0.3, step="mid"
        )
        base = top
    axes.plot(week, available, color="black", lw=1.3, drawstyle="steps-mid")
    axes.set_xlim(0, max(len(week) - 1, 1))
    _window(axes, items)


def _open_cases(
    axes: Axes, summaries: Mapping[str, Sequence[RunSummary]], titles: Mapping[str, str], language: str
) -> None:
    appearance = looks(summaries)
    last = 1
    for name, items in summaries.items():
        look = appearance[name]
        series = [item.curves["week_open_cases"] for item in items if "week_open_cases" in item.curves]
        if not series:
            continue
        interval = student_interval(np.array(series), bounds=NOT_NEGATIVE)
        week = np.arange(len(interval.mean))
        last = max(last, len(week) - 1)
        axes.plot(week, interval.mean, color=look.colour, ls=look.line, label=titles[name])
        axes.fill_between(week, interval.low, interval.high, color=look.colour, alpha=0.22, lw=0)
    axes.set(xlim=(0, last), xlabel=words.word("weeks_x", language), ylabel=words.word("open_y", language))
    top = axes.get_ylim()[1]
    axes.set_ylim(0, top * 1.02)
    for items in list(summaries.values())[:1]:
        start, stop = _window(axes, items)
        axes.annotate(
            words.word("counted", language),
            ((start + stop) / 2, 0.03),
            ha="center",
            fontsize=7,
            xycoords=("data", "axes fraction"),
            color="#555555",
        )


def _window(axes: Axes, items: Sequence[RunSummary]) -> tuple[float, float]:
    """Grey what lies outside the counting window."""
    start, stop = (day / 7.0 for day in items[0].counted_days)
    low, high = axes.get_xlim()
    for left, right in ((low, min(start, high)), (min(stop, high), high)):
        if right > left:
            axes.axvspan(left, right, color="white", alpha=0.55, lw=0, zorder=2.4)
    for edge in (start, stop):
        if low < edge < high:
            axes.axvline(edge, color="#555555", lw=0.7, ls=(0, (2, 2)), zorder=2.45)
    return start, min(stop, high)
