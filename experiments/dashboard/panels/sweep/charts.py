"""The figures of a sweep as ECharts options: both sides and their difference, and the tornado."""

import math
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from analysis.findings.parameter_names import name_and_unit, parameter_name
from analysis.metrics import metric
from analysis.safe_text.plain_text import display_width
from analysis.statistics.intervals import Interval
from experiments.dashboard.panels.charts import SYMBOLS, lines, option
from experiments.dashboard.panels.sweep.sentences import measure_text, unit_text_of
from experiments.dashboard.state.controls import nice
from experiments.dashboard.words.page_words import word
from experiments.dashboard.words.sweep_words import sweep_word
from experiments.dashboard.work.sweeping import Ends, Swept

#: A difference has the colour of neither side.
_BLACK, _GREY, _BAR = "#222", "#555", "#bbb"
_LABELS = 168
#: Height of a row of the tornado, and of what stands around the rows.
ROW, AROUND = 42, 112
#: Letters of a name beside a row; the table has all.
_LETTERS = 46
#: Letters of a title that fit into a line of the narrowest screen.
_TITLE_LETTERS = 44


def values_charts(
    swept: Swept, measure: str, titles: Sequence[str], now: tuple[float, float], language: str
) -> dict[str, dict[str, Any]]:
    """Return both figures of one parameter: the measure of both sides, and the paired difference."""
    x = np.array(swept.values, dtype=float)
    name = name_and_unit(swept.key, language)
    across = {"name": name, "min": float(x[0]), "max": float(x[-1])}
    series: list[dict[str, Any]] = []
    for side, title in enumerate(titles):
        rows = swept.table.iloc[side::2]
        mine = lines(title, side, x, _scaled(measure, *(rows[end] for end in ("mean", "low", "high"))), True)
        mine[0] |= {"symbol": SYMBOLS[side], "symbolSize": 7}
        series += mine
    series[0]["markLine"] = _present(now, language)
    label = measure_text(measure, language)
    tip = f"{parameter_name(swept.key, language)} {{}}"
    measured = option(
        label,
        series,
        across,
        _reach(series),
        [*titles, tip],
    )
    found = [one.found for one in swept.differences]
    ends = ([one.difference for one in found], [one.low for one in found], [one.high for one in found])
    title = sweep_word("chart_difference", language)
    apart = lines(title, 0, x, _scaled(measure, *map(np.array, ends)), True)
    apart[0] |= {"symbol": "diamond", "symbolSize": 8, "itemStyle": {"color": _BLACK}}
    apart[0]["lineStyle"] = {"width": 2, "color": _BLACK}
    apart[1]["itemStyle"] = {"color": _BLACK, "opacity": 0.15}
    apart[0]["markLine"] = _present(now, language, {"yAxis": 0, "label": {"show": False}})
    difference = option(
        f"{title}{unit_text_of(measure, language, of_difference=True)}",
        apart,
        across,
        _reach(apart, (0.0,)),
        [word("difference", language), "", tip],
    )
    return {"sweep_values": _with_room(measured), "sweep_difference": _with_room(difference)}


def ends_chart(found: Ends, measure: str, language: str) -> dict[str, dict[str, Any]]:
    """Return the tornado: the difference at both ends of each parameter's range, the widest on top."""
    swings = found.swings[::-1]
    scale = _scale(measure)
    bars = [
        [*_ordered(scale * one.low.found.difference, scale * one.high.found.difference), row]
        for row, one in enumerate(swings)
        if np.isfinite(one.width)
    ]
    series: list[dict[str, Any]] = [_intervals("_bars", bars, _BAR)]
    for name, away, fill in (("low", 0.17, "#fff"), ("high", -0.17, _BLACK)):
        title = sweep_word(f"chart_{name}", language)
        ends = [getattr(one, name).found for one in swings]
        points = [
            [_plain(scale * one.difference), row + away]
            for row, one in enumerate(ends)
            if np.isfinite(one.difference)
        ]
        spans = [
            [_plain(scale * one.low), _plain(scale * one.high), row + away]
            for row, one in enumerate(ends)
            if np.isfinite(one.low) and np.isfinite(one.high)
        ]
        series.append(_intervals(f"_{name}", spans, _BLACK))
        series.append(
            {
                "name": title,
                "type": "scatter",
                "data": points,
                "symbol": "circle" if name == "low" else "diamond",
                "symbolSize": 10,
                "itemStyle": {"color": fill, "borderColor": _BLACK, "borderWidth": 1.5},
                "z": 4,
            }
        )
    marks: list[dict[str, Any]] = [{"xAxis": 0, "label": {"show": False}, "lineStyle": {"type": "solid"}}]
    if np.isfinite(found.now.found.difference):
        marks.append({"xAxis": _plain(scale * found.now.found.difference), "name": "now"})
    series[2]["markLine"] = {**_LINE, "label": _named(sweep_word("chart_now", language)), "data": marks}
    unit = unit_text_of(measure, language, of_difference=True)
    drawn = option(
        sweep_word("chart_ends", language) + unit,
        series,
        {"axisLine": {"onZero": False}, "axisLabel": {"hideOverlap": True}, **_ends_of(series)},
        {
            "min": -1,
            "max": len(swings),
            "interval": 1,
            "axisLabel": {
                "formatter": "rows",
                "color": "#222",
                "fontSize": 11,
                "width": _LABELS - 12,
                "overflow": "break",
            },
            "axisTick": {"show": False},
            "axisLine": {"show": False, "onZero": False},
            "splitLine": {"show": False},
        },
        [],
    )
    del drawn["tooltip"]
    drawn["grid"] = {"left": _LABELS, "right": 18, "top": 84, "bottom": 28}
    drawn["legend"]["itemWidth"] = 10
    drawn["rows"] = [
        f"{_short(parameter_name(one.key, language))} ({one.ends[0]:g}–{one.ends[1]:g})" for one in swings
    ]
    return {"sweep_ends": drawn}


_LINE: dict[str, Any] = {
    "silent": True,
    "symbol": "none",
    "lineStyle": {"color": _GREY, "type": "dotted", "width": 1.5},
}


def _present(now: tuple[float, float], language: str, *further: dict[str, Any]) -> dict[str, Any]:
    """Return the marks of the present values, one where both sides have the same."""
    marks: list[dict[str, Any]] = []
    for side, value in zip("ab", now, strict=True):
        text = sweep_word("chart_now_side", language).format(word(f"side_{side}", language))
        if now[0] == now[1]:
            text = sweep_word("chart_now", language)
        if not marks or now[0] != now[1]:
            marks.append({"xAxis": value, "label": _named(text)})
    look = {"lineStyle": {"color": _GREY, "type": "solid", "width": 1}}
    return {**_LINE, "data": [*marks, *({**one, **look} for one in further)]}


def _named(text: str) -> dict[str, Any]:
    return {"formatter": text, "position": "end", "color": "#444", "fontSize": 11}


def _intervals(name: str, spans: list[list[Any]], colour: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": "custom",
        "renderItem": "interval",
        "data": spans,
        "itemStyle": {"color": colour},
        "z": 3,
    }


def _scale(measure: str) -> float:
    return 100.0 if metric(measure).unit == "share" else 1.0


def _scaled(measure: str, mean: Any, low: Any, high: Any) -> Interval:
    return Interval(*(_scale(measure) * np.asarray(one, dtype=float) for one in (mean, low, high)))


def _short(name: str) -> str:
    return textwrap.shorten(name, _LETTERS, placeholder="…") if " " in name else name


def _with_room(drawn: dict[str, Any]) -> dict[str, Any]:
    """Give a figure of lines room above them: for a title of two lines, and for the mark of the present."""
    further = 18 if display_width(drawn["title"]["text"]) > _TITLE_LETTERS else 0
    drawn["title"]["textStyle"] |= {"width": 345, "overflow": "break", "lineHeight": 18}
    drawn["legend"]["top"] += further
    drawn["grid"] = {**drawn["grid"], "top": 84 + further}
    return drawn


def _reach(series: Sequence[dict[str, Any]], also: Iterable[float] = ()) -> dict[str, Any]:
    """Return from where to where the axis upwards goes: all bands, on round numbers."""
    values = [y for item in series for point in item["data"] for y in point[1:] if y is not None]
    return _round_ends([*values, *also])


def _ends_of(series: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return from where to where the axis across goes: all intervals, and no difference."""
    values = [x for item in series for point in item["data"] for x in point[:-1] if x is not None]
    return _round_ends([*values, 0.0])


def _round_ends(values: Sequence[float]) -> dict[str, Any]:
    least, most = min(values, default=0.0), max(values, default=1.0)
    step = nice((most - least) / 4.0 or 1.0)
    low, high = step * math.floor(least / step), step * math.ceil(most / step)
    return {"min": _plain(low), "max": _plain(high if high > low else low + step)}


def _ordered(first: float, second: float) -> tuple[float, float]:
    return _plain(min(first, second)), _plain(max(first, second))


def _plain(value: float) -> float:
    return float(f"{value:.6g}")
