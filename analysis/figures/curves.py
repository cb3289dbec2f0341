"""The main figure: how fast reports are solved, how long needs stay unsolved, and how they end.

The first page of a report has its curves alone.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.patches import Patch

from analysis.estimates.estimands import UNSOLVED_ENDINGS
from analysis.figures import words
from analysis.figures.page.legends import add_legend
from analysis.figures.page.style import (
    Provenance,
    footer,
    looks,
    new_figure,
    panel_title,
    scenario_titles,
    styled,
    wrapped,
)
from analysis.metrics import SOLVERS
from analysis.statistics.intervals import student_interval
from analysis.summaries.run_summary import CURVE_AT, RunSummary

# Colour and hatch: staff in blues, sessions apart, residents and partners in hatched greens, unsolved last.
SEGMENTS: dict[str, tuple[str, str]] = {
    "solved_desk": ("#08306B", ""),
    "solved_cadre": ("#2171B5", ""),
    "solved_unit": ("#9ECAE1", ""),
    "solved_joint_session": ("#CC79A7", "...."),
    "solved_neighbour": ("#1B7837", "////"),
    "solved_merchant": ("#5AAE61", "////"),
    "solved_social_organisation": ("#A6DBA0", "////"),
    "solved_deliberation": ("#D9F0D3", "////"),
    "paper_closed": ("#E69F00", "\\\\\\\\"),
    "shelved": ("#525252", ""),
    "withdrawn": ("#A8A8A8", "xxxx"),
    "silent": ("#FFFFFF", "...."),
    "open": ("#F0F0F0", ""),
}
LABEL_FROM = 0.055


def main_figure(
    summaries: Mapping[str, Sequence[RunSummary]], language: str = "en", provenance: Provenance | None = None
) -> Figure:
    """Draw time from report to true solution over all reports, the same from arising over all needs, and the
    endings at 180 days.

    Parameters
    ----------
    summaries
        Scenario name to the summaries of its replications.
    """
    with styled(language) as shown:
        titles = scenario_titles(summaries, shown)
        figure, body = new_figure(4.9 + 0.55 * len(summaries))
        panels = body.subplot_mosaic("ab;cc", height_ratios=(2.3, 0.55 + 0.45 * len(summaries)))
        left, right, below = (panels[letter] for letter in "abc")
        _both_times(body, left, right, summaries, titles, shown)
        present = _endings(below, summaries, titles, shown)
        panel_title(below, "c", words.word("endings_title", shown), 1)
        if present:
            handles = [
                Patch(
                    facecolor=SEGMENTS[key][0],
                    hatch=SEGMENTS[key][1],
                    edgecolor="#222222",
                    lw=0.5,
                    label=_segment_label(key, shown),
                )
                for key in present
            ]
            add_legend(
                body,
                handles,
                columns=4,
                below=True,
                room=0.75,
                handlelength=1.8,
                columnspacing=1.2,
                fontsize=7,
            )
        _note(figure, summaries, shown, provenance)
    return figure


def answer_figure(
    summaries: Mapping[str, Sequence[RunSummary]], language: str = "en", provenance: Provenance | None = None
) -> Figure:
    """Draw what the first page of a report shows: the curves of `main_figure`, without the endings.

    Parameters
    ----------
    summaries
        Scenario name to the summaries of its replications.
    """
    with styled(language) as shown:
        figure, body = new_figure(2.7 + 0.2 * len(summaries))
        panels = body.subplot_mosaic("ab")
        _both_times(body, panels["a"], panels["b"], summaries, scenario_titles(summaries, shown), shown)
        _note(figure, summaries, shown, provenance)
    return figure


def _both_times(
    body: SubFigure,
    left: Axes,
    right: Axes,
    summaries: Mapping[str, Sequence[RunSummary]],
    titles: Mapping[str, str],
    language: str,
) -> None:
    """Draw the curves from the report and from arising, with one legend above them."""
    _curves(left, summaries, _with_medians(summaries, titles, language), "unsolved_from_report", language)
    _curves(right, summaries, _with_means(summaries, titles, language), "unsolved", language)
    # Above the panels, where no curve can run: regimes may cross anywhere inside.
    handles, named = left.get_legend_handles_labels()
    means = right.get_legend_handles_labels()[1]
    told = [f"{one}; {other}" for one, other in zip(named, means, strict=True)]
    add_legend(body, handles, told, columns=1, room=0.2 * len(told), labelspacing=0.3)
    panel_title(left, "a", words.word("reports_title", language))
    panel_title(right, "b", words.word("curves_title", language))


def _note(
    figure: Figure,
    summaries: Mapping[str, Sequence[RunSummary]],
    language: str,
    provenance: Provenance | None,
) -> None:
    note = words.replications(max(len(items) for items in summaries.values()), language)
    footer(figure, note, provenance.footer(language) if provenance else "")


def _with_medians(
    summaries: Mapping[str, Sequence[RunSummary]], titles: Mapping[str, str], language: str
) -> dict[str, str]:
    """Return each title with the median from report to solution."""
    found = {}
    for name, items in summaries.items():
        median = float(student_interval([item.estimates["report_to_solution_median"] for item in items]).mean)
        told = words.word("never", language) if np.isinf(median) else f"{median:.1f}"
        found[name] = f"{titles[name]}: a {words.word('median', language).format(told)}"
    return found


def _with_means(
    summaries: Mapping[str, Sequence[RunSummary]], titles: Mapping[str, str], language: str
) -> dict[str, str]:
    """Return the mean over all needs for each scenario."""
    found = {}
    for name in titles:
        mean = float(student_interval([item.estimates["rmst180"] for item in summaries[name]]).mean)
        found[name] = f"b {words.word('mean_capped', language).format(mean)}"
    return found


def _curves(
    axes: Axes,
    summaries: Mapping[str, Sequence[RunSummary]],
    titles: Mapping[str, str],
    curve: str,
    language: str,
) -> None:
    appearance = looks(summaries)
    for name, items in summaries.items():
        look = appearance[name]
        interval = student_interval(np.array([item.curves[curve] for item in items]))
        axes.plot(CURVE_AT, interval.mean, color=look.colour, ls=look.line, label=titles[name])
        if len(items) > 1:
            axes.fill_between(
                CURVE_AT,
                interval.low.clip(0, 1),
                interval.high.clip(0, 1),
                color=look.colour,
                alpha=0.22,
                lw=0,
            )
    axes.set(
        xlim=(0, 180),
        ylim=(0, 1.0),
        xlabel=words.word("curves_x" if curve == "unsolved" else "reports_x", language),
        ylabel=words.word("curves_y", language),
    )
    axes.set_xticks(np.arange(0, 181, 30))
    axes.grid(axis="y", color="#DDDDDD", lw=0.5)


def _endings(
    axes: Axes, summaries: Mapping[str, Sequence[RunSummary]], titles: Mapping[str, str], language: str
) -> list[str]:
    """Draw one bar per scenario; returns the endings that occur, in the order drawn."""
    keys = [f"solved_{name}" for name in SOLVERS] + list(UNSOLVED_ENDINGS)
    shares = {
        name: {
            key: float(student_interval([item.estimates[f"ending_{key}"] for item in items]).mean)
            for key in keys
        }
        for name, items in summaries.items()
    }
    axes.set_xlabel(words.word("endings_x", language))
    axes.set(xlim=(0, 100), yticks=[])
    axes.spines["left"].set_visible(False)
    if not all(np.isfinite(value) for arm in shares.values() for value in arm.values()):
        axes.text(50, 0.5, words.word("not_followed", language), ha="center", va="center")
        return []
    present = [key for key in keys if any(arm[key] > 0 for arm in shares.values())]
    height = 0.5
    for position, (name, arm) in enumerate(shares.items()):
        start = 0.0
        for key in present:
            colour, hatch = SEGMENTS[key]
            width = 100 * arm[key]
            axes.barh(
                -position, width, height, left=start, color=colour, hatch=hatch, edgecolor="#222222", lw=0.5
            )
            if arm[key] >= LABEL_FROM:
                dark = _luminance(colour) < 0.45
                axes.text(
                    start + width / 2,
                    -position,
                    f"{width:.0f}",
                    ha="center",
                    va="center",
                    fontsize=7,
                    color="white" if dark else "black",
                    bbox=None if not hatch else {"boxstyle": "square,pad=0.12", "fc": colour, "lw": 0},
                )
            start += width
        solved = 100 * sum(value for key, value in arm.items() if key.startswith("solved_"))
        axes.text(
            0,
            -position + height / 2 + 0.05,
            wrapped(f"{titles[name]}: {words.word('solved', language).format(solved)}", 110),
            va="bottom",
            fontsize=7.5,
        )
        axes.plot(
            [solved, solved],
            [-position - height / 2 - 0.07, -position + height / 2],
            color="black",
            lw=1.6,
            solid_capstyle="butt",
        )
    axes.set_ylim(-len(shares) + 0.6, 0.62)
    return present


def _segment_label(key: str, language: str) -> str:
    if key.startswith("solved_"):
        return words.solver(key.removeprefix("solved_"), language)
    return words.ending(key, language)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue
