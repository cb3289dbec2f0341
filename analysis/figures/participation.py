"""Who takes part: residents, merchants and units, how concentrated it is, and the old against the young."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from analysis.estimates.participation import LORENZ_AT
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
)
from analysis.statistics.intervals import Interval, student_interval
from analysis.summaries.run_summary import RunSummary

RESIDENT_ROWS = (
    ("took_part", "participation"),
    ("contribution", "contribution"),
    ("decision", "decision"),
    ("voice", "voice"),
)
OTHER_ROWS = (
    ("merchants", "merchants_delivering"),
    ("units_delivered", "unit_delivery"),
    ("units_attended", "unit_attendance"),
)
AGE_ROWS = (
    ("age_solved", "solved_7wd"),
    ("age_voice", "voice"),
    ("age_part", "participation"),
)


def participation_figure(
    summaries: Mapping[str, Sequence[RunSummary]], language: str = "en", provenance: Provenance | None = None
) -> Figure:
    """Draw rates of taking part, their concentration, and age against age.

    Summaries without Lorenz curves have no panel on concentration.
    """
    with styled(language) as shown:
        titles = scenario_titles(summaries, shown)
        appearance = looks(summaries)
        figure, body = new_figure(5.4)
        concentrated = any("lorenz_acts" in item.curves for items in summaries.values() for item in items)
        if concentrated:
            (residents, others), (concentration, ages) = body.subplots(2, 2, height_ratios=(1.0, 1.25))
            _concentration(concentration, summaries, shown)
            panel_title(concentration, "c", words.word("concentration_title", shown))
        else:
            panels = body.subplot_mosaic("ab;cc", height_ratios=(1.0, 1.25))
            residents, others, ages = (panels[letter] for letter in "abc")
        _rates(residents, summaries, RESIDENT_ROWS, shown)
        _rates(others, summaries, OTHER_ROWS, shown)
        others.set_xlim(-3, 103)
        _ages(ages, summaries, shown)
        last = "d" if concentrated else "c"
        for axes, letter, key in (
            (residents, "a", "residents_title"),
            (others, "b", "others_title"),
            (ages, last, "age_title"),
        ):
            panel_title(axes, letter, words.word(key, shown))
        handles = [
            Line2D([], [], color=look.colour, ls=look.line, marker=look.marker, ms=4.5, label=titles[name])
            for name, look in appearance.items()
        ]
        add_legend(body, handles, columns=3)
        grey = "#333333"
        kinds = [
            Line2D([], [], color=grey, marker="o", ms=3.5, lw=0, label=f"{last}: {words.word('old', shown)}"),
            Line2D(
                [],
                [],
                mec=grey,
                mfc="white",
                marker="o",
                ms=5.5,
                lw=0,
                label=f"{last}: {words.word('young', shown)}",
            ),
        ]
        if concentrated:
            kinds = [
                Line2D([], [], color=grey, lw=1.8, label=f"c: {words.word('acts', shown)}"),
                Line2D([], [], color=grey, lw=0.8, label=f"c: {words.word('reports', shown)}"),
                *kinds,
            ]
        add_legend(body, kinds, below=True, room=0.2)
        note = words.replications(max(len(items) for items in summaries.values()), shown)
        footer(figure, note, provenance.footer(shown) if provenance else "")
    return figure


def _interval(items: Sequence[RunSummary], name: str) -> Interval:
    shares = [100 * item.estimates.get(name, float("nan")) for item in items]
    return student_interval(shares, bounds=(0.0, 100.0))


def _offsets(number: int) -> np.ndarray:
    return np.linspace(0.16, -0.16, number) if number > 1 else np.zeros(1)


def _rates(
    axes: Axes, summaries: Mapping[str, Sequence[RunSummary]], rows: Sequence[tuple[str, str]], language: str
) -> None:
    appearance = looks(summaries)
    offsets = _offsets(len(summaries))
    for offset, (name, items) in zip(offsets, summaries.items(), strict=True):
        look = appearance[name]
        for line, (_, key) in enumerate(rows):
            interval = _interval(items, key)
            axes.plot([interval.low, interval.high], [-line + offset] * 2, color=look.colour, lw=1.6)
            axes.plot(interval.mean, -line + offset, look.marker, color=look.colour, ms=4.5)
    _name_rows(axes, [key for key, _ in rows], language)
    axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))
    axes.set_xlabel(words.word("share_x", language))


def _concentration(axes: Axes, summaries: Mapping[str, Sequence[RunSummary]], language: str) -> None:
    appearance = looks(summaries)
    top = 100 * (1.0 - LORENZ_AT[::-1])
    for name, items in summaries.items():
        look = appearance[name]
        for key, width in (("lorenz_acts", 1.8), ("lorenz_reports", 0.8)):
            curves = [item.curves[key] for item in items if key in item.curves]
            mean = student_interval(np.array(curves)).mean if curves else np.array([np.nan])
            if not np.isfinite(mean).all():
                continue
            # The Lorenz curve read from its upper end: what the most active share of people did.
            share = 100 * (1.0 - mean[::-1])
            axes.plot(top[1:], share[1:], color=look.colour, ls=look.line, lw=width)
    axes.plot(top[1:], top[1:], color="#999999", lw=0.7)
    axes.set_xscale("log")
    axes.set(
        xlim=(0.5, 100),
        ylim=(0, 102),
        xlabel=words.word("concentration_x", language),
        ylabel=words.word("concentration_y", language),
    )
    axes.xaxis.set_major_locator(FixedLocator([0.5, 1, 2, 5, 10, 20, 50, 100]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def _ages(axes: Axes, summaries: Mapping[str, Sequence[RunSummary]], language: str) -> None:
    appearance = looks(summaries)
    offsets = _offsets(len(summaries))
    for offset, (name, items) in zip(offsets, summaries.items(), strict=True):
        look = appearance[name]
        for line, (_, key) in enumerate(AGE_ROWS):
            old, young = (_interval(items, f"{key}_{group}").mean for group in ("60plus", "under60"))
            axes.plot([young, old], [-line + offset] * 2, color=look.colour, lw=1.2, zorder=1)
            axes.plot(
                young, -line + offset, look.marker, mfc="white", mec=look.colour, mew=1.2, ms=5.5, zorder=2
            )
            axes.plot(old, -line + offset, look.marker, color=look.colour, ms=3.5, zorder=3)
    _name_rows(axes, [key for key, _ in AGE_ROWS], language)
    axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))
    axes.set_xlabel(words.word("share_x", language))


def _name_rows(axes: Axes, keys: Sequence[str], language: str) -> None:
    axes.set_yticks([-line for line in range(len(keys))], [words.word(key, language) for key in keys])
    axes.set_ylim(-len(keys) + 0.5, 0.5)
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.grid(axis="x", color="#E5E5E5", lw=0.5)
    axes.spines["left"].set_visible(False)
