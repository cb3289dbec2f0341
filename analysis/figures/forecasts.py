"""What was forecast beside what happened: weeks with their bands, and durations of the largest categories."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from analysis.figures import words
from analysis.figures.page.legends import add_legend
from analysis.figures.page.paper import lowest
from analysis.figures.page.style import LOOKS, Provenance, footer, label, new_figure, styled
from analysis.forecasts.scores import (
    HORIZON_DAYS,
    Distribution,
    Part,
    drawn,
    interval,
    observed,
    pooled,
    weekly,
)

_NAME_LETTERS = 46
#: Ages on the logarithmic axis of durations: from five minutes on.
_SHORTEST_DAYS = 5.0 / 1440.0
_TICKS = {1 / 24: "1 h", 0.25: "6 h", 1.0: "1 d", 7.0: "7 d", 30.0: "30 d"}
_TICKS_ZH = {1 / 24: "1小时", 0.25: "6小时", 1.0: "1天", 7.0: "7天", 30.0: "30天"}


class Panel(NamedTuple):
    """A category (None: the whole city) and what it is called."""

    code: int | None
    name: str


def weekly_figure(
    parts: Sequence[Part], panels: Sequence[Panel], language: str = "en", provenance: Provenance | None = None
) -> Figure:
    """Draw closings a week and the backlog at its end, forecast with its 90 % band, beside what happened."""
    with styled(language) as shown:
        figure, body = new_figure(0.95 * len(panels) + 0.75, footer_lines=2)
        axes = body.subplots(len(panels), 2, sharex=True, squeeze=False)
        for row, panel in zip(axes, panels, strict=True):
            counts = [weekly(*part, panel.code) for part in parts]
            seen = [weekly(part[0], None, panel.code) for part in parts]
            ends = np.concatenate(
                [window.known.origin + 7.0 * np.arange(1, window.weeks + 1) for window, _ in parts]
            )
            weeks = (ends - parts[0][0].known.origin) / 7.0
            for one, name in zip(row, ("closings", "backlog"), strict=True):
                draws = np.concatenate([getattr(part, name) for part in counts], axis=1)
                happened = np.concatenate([getattr(part, name) for part in seen])
                _band(one, weeks, draws, happened)
            row[0].set_title(label(panel.name, _NAME_LETTERS), fontsize=7.5)
        axes[0, 1].set_title(words.word("forecast_backlog", shown), loc="right", fontsize=7.5)
        axes[0, 0].set_title(words.word("forecast_closings", shown), loc="right", fontsize=7.5)
        for one in axes[-1]:
            one.set_xlabel(words.word("forecast_weeks", shown))
        footer(figure, words.word("forecast_note", shown), provenance.footer(shown) if provenance else "")
    return figure


def _band(axes: Axes, weeks: np.ndarray, draws: np.ndarray, happened: np.ndarray) -> None:
    low, high = interval(draws)
    axes.fill_between(weeks, low, high, color=LOOKS[0].colour, alpha=0.25, lw=0)
    axes.plot(weeks, np.median(draws, axis=0), color=LOOKS[0].colour, lw=1.1)
    axes.plot(weeks, happened, "o", color="black", ms=3.2)
    lowest, highest = float(min(low.min(), happened.min())), float(max(high.max(), happened.max()))
    # From zero, unless nothing but the top of the panel would be used.
    base = 0.0 if lowest < 0.6 * highest else lowest - 0.15 * (highest - lowest) - 1.0
    axes.set_ylim(base, highest + 0.1 * (highest - base) + 1e-9)
    axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))


def durations_figure(
    methods: Mapping[str, Sequence[Part]],
    panels: Sequence[Panel],
    horizon: float = HORIZON_DAYS,
    language: str = "en",
    provenance: Provenance | None = None,
) -> Figure:
    """Draw the share closed by age, forecast by each method and observed, for each category."""
    columns = 2
    rows = -(-len(panels) // columns)
    with styled(language) as shown:
        figure, body = new_figure(1.35 * rows + 0.95, footer_lines=2)
        axes = body.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        for one, panel in zip(axes.flat, panels, strict=False):
            for look, (name, parts) in zip(LOOKS, methods.items(), strict=False):
                days, _, _ = pooled(parts, panel.code)
                _curve(one, drawn(days), horizon, color=look.colour, ls=look.line, label=label(name))
            _, happened, watched = pooled(next(iter(methods.values())), panel.code)
            seen = words.word("forecast_observed", shown)
            _curve(one, observed(happened, watched), horizon, color="black", lw=2.0, alpha=0.55, label=seen)
            one.set_title(label(panel.name, _NAME_LETTERS), fontsize=7.5)
            one.set_ylim(0, 1)
        ticks = _TICKS_ZH if shown == "zh" else _TICKS
        first = axes[0, 0]
        first.set_xscale("log")
        first.set_xlim(_SHORTEST_DAYS, horizon)
        first.xaxis.set_major_locator(FixedLocator(list(ticks)))
        first.xaxis.set_minor_locator(NullLocator())
        first.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _tick(ticks, x)))
        add_legend(body, *first.get_legend_handles_labels(), columns=3, room=0.2)
        for one in lowest(axes.flat, len(panels), columns):
            one.set_xlabel(words.word("forecast_age", shown))
        for one in axes[:, 0]:
            one.set_ylabel(words.word("forecast_share", shown))
        footer(figure, provenance.footer(shown) if provenance else "")
    return figure


def _tick(ticks: Mapping[float, str], value: float) -> str:
    return next((text for at, text in ticks.items() if abs(at / value - 1.0) < 1e-6), "")


def _curve(axes: Axes, curve: Distribution, horizon: float, **look: Any) -> None:
    ages = np.geomspace(_SHORTEST_DAYS, horizon, 400)
    axes.plot(ages, curve.at(ages), **look)
