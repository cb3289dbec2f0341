"""What a city's file looks like: its weeks and hours, what is open, and where practice changed."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.page.legends import add_legend
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
from analysis.request_files.breaks import Break
from analysis.request_files.findings import Findings
from analysis.request_files.weekly_pattern import weekly_flow, weekly_share_closed
from sim.request_file.loading import RequestStream

_PANELS_AT_MOST = 6
WORDS: dict[str, Mapping[str, str]] = {
    "en": {
        "flow": "Requests opened and closed each week", "open": "Open at the end of each week",
        "hours": "Share of requests by hour", "days": "Share of requests by weekday", "opened": "opened",
        "closed": "closed", "weekdays": "Mo Tu We Th Fr Sa Su", "within": "{}: share closed within {:g} d",
        "hour": "hour", "none": "no time of day", "source": "file {}",
    },
    "zh": {
        "flow": "每周受理与办结", "open": "每周末未办结", "hours": "按钟点的份额", "days": "按星期的份额",
        "opened": "受理", "closed": "办结",
        "weekdays": "一 二 三 四 五 六 日", "within": "{}：{:g}天内办结的份额",
        "hour": "时", "none": "没有钟点", "source": "文件 {}",
    },
}  # fmt: skip


def write_request_file(
    found: Findings, stream: RequestStream, folder: Path, provenance: Provenance, language: str = "en"
) -> dict[str, Path]:
    """Draw and save the figures; returns the pictures by name."""
    pictures = {
        "weeks": save(
            weeks_figure(found, stream, language, provenance), folder / "weeks", provenance, "weeks"
        )
    }
    if found.breaks:
        drawn = breaks_figure(found, stream, language, provenance)
        pictures["breaks"] = save(drawn, folder / "breaks", provenance, "breaks")
    return {name: files["png"] for name, files in pictures.items()}


def weeks_figure(found: Findings, stream: RequestStream, language: str, provenance: Provenance) -> Figure:
    """Draw weeks, weekdays and hours of a file, and what is open."""
    words = WORDS[language]
    came, went, still = weekly_flow(stream.arisen_at, stream.closed_at)
    days = np.datetime64(found.start_date) + 7 * np.arange(len(came)).astype("timedelta64[D]")
    with styled(language):
        figure, body = new_figure(4.4)
        axes = body.subplots(2, 2)
        axes[0, 0].plot(days, came, color=LOOKS[0].colour, label=words["opened"])
        if found.has_closings:
            axes[0, 0].plot(days, went, color=LOOKS[1].colour, ls=LOOKS[1].line, label=words["closed"])
            axes[0, 1].plot(days, still, color=LOOKS[2].colour)
        add_legend(body, *axes[0, 0].get_legend_handles_labels(), room=0.2)
        panel_title(axes[0, 0], "A", words["flow"])
        panel_title(axes[0, 1], "B", words["open"])
        for one in axes[0]:
            one.set_ylim(bottom=0)
            one.tick_params(axis="x", labelrotation=30)
        axes[1, 0].bar(np.arange(7), found.weekly.by_weekday, color=LOOKS[0].colour)
        axes[1, 0].set_xticks(range(7), words["weekdays"].split())
        panel_title(axes[1, 0], "C", words["days"])
        panel_title(axes[1, 1], "D", words["hours"])
        if found.weekly.has_hours:
            axes[1, 1].bar(np.arange(24), found.weekly.by_hour, color=LOOKS[0].colour)
            axes[1, 1].set_xlabel(words["hour"])
        else:
            axes[1, 1].text(0.5, 0.5, words["none"], ha="center", transform=axes[1, 1].transAxes)
        footer(figure, provenance.footer(language), words["source"].format(label(Path(stream.file).name)))
    return figure


def breaks_figure(found: Findings, stream: RequestStream, language: str, provenance: Provenance) -> Figure:
    """Draw the categories with a break: the surest first."""
    by_category: dict[int, list[Break]] = {}
    for one in sorted(found.breaks, key=lambda one: one.p_value):
        by_category.setdefault(one.category, []).append(one)
    shown = list(by_category.items())[:_PANELS_AT_MOST]
    words = WORDS[language]
    with styled(language):
        rows = (len(shown) + 1) // 2
        figure, body = new_figure(0.5 + 1.9 * rows)
        axes = np.atleast_1d(body.subplots(rows, 2, squeeze=False)).ravel()
        for one in axes[len(shown) :]:
            one.set_axis_off()
        for place, (category, here) in enumerate(shown):
            _panel(axes[place], "ABCDEF"[place], found, stream, category, here, words)
        footer(figure, provenance.footer(language), words["source"].format(label(Path(stream.file).name)))
    return figure


def _panel(
    axes: Axes, letter: str, found: Findings, stream: RequestStream, category: int, here: Sequence[Break],
    words: Mapping[str, str],
) -> None:  # fmt: skip
    """Draw by week of opening the share closed within the span that shows the first of the breaks best."""
    spans = {1.0: "closed_1_day", 7.0: "closed_7_days", 30.0: "closed_30_days"}
    apart = {
        span: abs(getattr(here[0].before, name) - getattr(here[0].after, name))
        for span, name in spans.items()
    }
    span = max(apart, key=lambda one: apart[one])
    rows = stream.category == category
    opened, closed = stream.arisen_at[rows], stream.closed_at[rows]
    known = opened + span <= found.until
    share = weekly_share_closed(opened[known], closed[known], span)
    days = np.datetime64(found.start_date) + 7 * np.arange(len(share)).astype("timedelta64[D]")
    axes.plot(days, share, color=LOOKS[0].colour, marker=".", markersize=3)
    for one in here:
        date: Any = np.datetime64(found.start_date + timedelta(one.day))
        axes.axvline(date, color=LOOKS[1].colour, lw=1.2, ls="--")
    axes.set_ylim(-0.02, 1.02)
    axes.tick_params(axis="x", labelrotation=30)
    panel_title(axes, letter, words["within"].format(label(found.label(category), 40), span))
