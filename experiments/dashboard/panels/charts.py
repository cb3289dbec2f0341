"""The figures of the page as ECharts options: plain dictionaries, made from summaries.

Means and 95 % bands are Student's over replications, as in the figures of `cogov compare`. Colours and line
styles are those of the printed figures, told apart without colour too.
"""

from collections.abc import Sequence
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.estimates.workload import STAFF_HOURS
from analysis.figures import words
from analysis.figures.page.style import LOOKS
from analysis.statistics.intervals import NOT_NEGATIVE, Interval, student_interval
from analysis.summaries.run_summary import CURVE_AT, RunSummary
from experiments.dashboard.words.page_words import word
from experiments.dashboard.work.comparison import Result

COLOURS = (LOOKS[0].colour, LOOKS[1].colour)
#: The same for letters: the printed orange is too light on white to be read where letters are small.
INKS = (COLOURS[0], "#A84A00")
#: ECharts' dash patterns: A solid, B dashed.
DASHES: tuple[Any, Any] = ("solid", [7, 3])
SYMBOLS = ("circle", "rect")
RATES = (
    ("participation", "took_part"),
    ("contribution", "contribution"),
    ("decision", "decision"),
    ("voice", "voice"),
    ("merchants_delivering", "merchants"),
    ("unit_delivery", "units_delivered"),
    ("unit_attendance", "units_attended"),
)
_GRID = {"left": 44, "right": 16, "top": 66, "bottom": 42}
_ROUND = (1, 1.2, 1.4, 1.6, 2, 2.5, 3, 4, 5, 6, 8)  # times a power of ten: where an axis may end
_EVERY = 2  # one point a day is enough for a line on the screen


def charts(result: Result, titles: Sequence[str], language: str) -> dict[str, dict[str, Any]]:
    """Return the options of all figures."""
    sides = [result.summaries[name] for name in result.names]
    return {
        "handling": handling(sides, titles, language),
        "survival": survival(sides, titles, language),
        "participation": participation(sides, titles, language),
        "workload": workload(sides, titles, language),
        "backlog": backlog(sides, titles, language),
    }


def handling(sides: Sequence[Sequence[RunSummary]], titles: Sequence[str], language: str) -> dict[str, Any]:
    """Share of all reports not yet truly solved, by days since the report (Kaplan-Meier)."""
    names = []
    for title, summaries in zip(titles, sides, strict=True):
        values = [item.estimates["report_to_solution_median"] for item in summaries]
        median = float(student_interval(values).mean)
        told = words.word("never", language) if np.isinf(median) else f"{median:.1f}"
        names.append(f"{title}: {words.word('median', language).format(told)}")
    return _unsolved(sides, titles, names, "unsolved_from_report", language)


def survival(sides: Sequence[Sequence[RunSummary]], titles: Sequence[str], language: str) -> dict[str, Any]:
    """Share of all needs not yet truly solved, by days since they arose (Kaplan-Meier)."""
    names = []
    for title, summaries in zip(titles, sides, strict=True):
        mean = float(student_interval([item.estimates["rmst180"] for item in summaries]).mean)
        names.append(f"{title}: {words.word('mean_capped', language).format(mean)}")
    return _unsolved(sides, titles, names, "unsolved", language)


def _unsolved(
    sides: Sequence[Sequence[RunSummary]],
    titles: Sequence[str],
    names: Sequence[str],
    curve: str,
    language: str,
) -> dict[str, Any]:
    """Return the option of a share not yet truly solved by days; `names` are those of the legend."""
    x = CURVE_AT[::_EVERY]
    series: list[dict[str, Any]] = []
    for side, summaries in enumerate(sides):
        share = student_interval(np.array([item.curves[curve][::_EVERY] for item in summaries]))
        series += lines(names[side], side, x, _scaled(share, 100.0, 0.0, 100.0), len(summaries) > 1)
    key = "survival" if curve == "unsolved" else "handling"
    return option(
        word(f"{key}_title", language),
        series,
        {"name": word(f"{key}_axis", language), "min": 0, "max": 180, "interval": 30},
        {"min": 0, "max": 100},
        [*titles, word("tip_day", language)],
    )


def workload(sides: Sequence[Sequence[RunSummary]], titles: Sequence[str], language: str) -> dict[str, Any]:
    """Staff hours used in each week over those available, in percent."""
    series: list[dict[str, Any]] = []
    weeks = np.arange(len(sides[0][0].curves["week_open_cases"])) + 1
    for side, summaries in enumerate(sides):
        shares = []
        for item in summaries:
            used = np.sum([item.curves[f"week_{name}"] for name in STAFF_HOURS], axis=0)
            there = item.curves["week_staff_hours_available"]
            shares.append(100.0 * np.divide(used, there, out=np.full(len(used), np.nan), where=there > 0))
        series += lines(
            titles[side],
            side,
            weeks,
            student_interval(np.array(shares), bounds=NOT_NEGATIVE),
            len(summaries) > 1,
        )
    return _weekly(word("workload_title", language), series, sides, titles, language)


def backlog(sides: Sequence[Sequence[RunSummary]], titles: Sequence[str], language: str) -> dict[str, Any]:
    """Open cases, the mean of each week."""
    series: list[dict[str, Any]] = []
    weeks = np.arange(len(sides[0][0].curves["week_open_cases"])) + 1
    for side, summaries in enumerate(sides):
        cases = student_interval(
            np.array([item.curves["week_open_cases"] for item in summaries]), bounds=NOT_NEGATIVE
        )
        series += lines(titles[side], side, weeks, cases, len(summaries) > 1)
    return _weekly(word("backlog_title", language), series, sides, titles, language)


def participation(
    sides: Sequence[Sequence[RunSummary]], titles: Sequence[str], language: str
) -> dict[str, Any]:
    """Rates of taking part, with their intervals; rows that are nothing on both sides are left out."""
    rows = []
    for name, label in RATES:
        values = [
            student_interval([100 * item.estimates.get(name, np.nan) for item in side], bounds=(0.0, 100.0))
            for side in sides
        ]
        if any(np.isfinite(value.mean) and value.mean > 0 for value in values):
            rows.append((words.word(label, language).replace("\n", " "), values))
    rows.reverse()
    ends = [end for _, values in rows for value in values for end in (value.mean, value.high)]
    reach = max((float(end) for end in ends if np.isfinite(end)), default=1.0)
    series: list[dict[str, Any]] = []
    for side in range(2):
        points, bars = [], []
        for line, (_, values) in enumerate(rows):
            here = values[side]
            if not np.isfinite(here.mean):
                continue
            at = line + (0.14 if side == 0 else -0.14)
            points.append([_round(here.mean), round(at, 3)])
            if np.isfinite(here.low):
                bars.append(
                    [_round(max(0.0, float(here.low))), _round(min(100.0, float(here.high))), round(at, 3)]
                )
        look = {"color": COLOURS[side]}
        series.append(
            {
                "name": titles[side],
                "type": "scatter",
                "data": points,
                "symbol": SYMBOLS[side],
                "symbolSize": 9,
                "itemStyle": look,
            }
        )
        series.append(
            {
                "name": f"_{titles[side]}",
                "type": "custom",
                "renderItem": "interval",
                "data": bars,
                "itemStyle": look,
            }
        )
    return {
        **_frame(word("participation_title", language), titles, 10),
        "grid": {**_GRID, "left": 214 if language == "en" else 120},
        "xAxis": {
            "type": "value",
            "name": word("share_axis", language),
            "nameLocation": "middle",
            "nameGap": 24,
            "min": 0,
            "max": min(100.0, _round_up(reach)),
            "axisLine": {"onZero": False},
        },
        "yAxis": {
            "type": "value",
            "min": -1,
            "max": len(rows),
            "interval": 1,
            "axisLabel": {"formatter": "rows", "color": "#222", "fontSize": 12},
            "axisTick": {"show": False},
            "axisLine": {"show": False, "onZero": False},
            "splitLine": {"show": False},
        },
        "rows": [label for label, _ in rows],
        "series": series,
    }


def _weekly(
    title: str,
    series: list[dict[str, Any]],
    sides: Sequence[Sequence[RunSummary]],
    titles: Sequence[str],
    language: str,
) -> dict[str, Any]:
    first, after = sides[0][0].counted_days
    series[0]["markArea"] = {
        "silent": True,
        "itemStyle": {"color": "rgba(0,0,0,0.04)"},
        "label": {"show": True, "position": "insideTop", "color": "#666", "fontSize": 11},
        "data": [
            [
                {"name": word("counted_band", language), "xAxis": round(first / 7, 1)},
                {"xAxis": round(after / 7, 1)},
            ]
        ],
    }
    weeks = len(sides[0][0].curves["week_open_cases"])
    return option(
        title,
        series,
        {"name": word("weeks_axis", language), "min": 0, "max": weeks},
        {"min": 0, "max": _round_up(_reach(series))},
        [*titles, word("tip_week", language)],
    )


def _reach(series: Sequence[dict[str, Any]]) -> float:
    """Return how high an axis goes: to the top of the bands, unless they are far above the lines."""
    lines = [y for item in series if item["type"] == "line" for _, y in item["data"] if y is not None]
    tops = [point[2] for item in series if item["type"] == "custom" for point in item["data"]]
    highest = max(lines, default=1.0)
    return max(1e-9, min(max([1.08 * highest, *tops]), 1.6 * highest))


def _round_up(value: float) -> float:
    """Return the next round number."""
    power = 10.0 ** np.floor(np.log10(max(value, 1e-9)))
    return float(next((m for m in _ROUND if m * power >= value * (1 - 1e-9)), 10) * power)


def _frame(title: str, names: Sequence[str], mark: int = 25) -> dict[str, Any]:
    return {
        "animation": False,
        "title": {
            "text": title,
            "left": 4,
            "top": 0,
            "textStyle": {"fontSize": 14, "fontWeight": "bold", "color": "#222"},
        },
        "legend": {
            "data": list(names),
            "top": 20,
            "left": 0,
            "orient": "vertical",
            "itemGap": 2,
            "itemHeight": 8,
            "itemWidth": mark,
            "textStyle": {"fontSize": 12, "lineHeight": 16},
        },
    }


def option(
    title: str, series: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any], tips: list[str]
) -> dict[str, Any]:
    """Return the frame of a figure of lines; `tips`: how a tip calls the lines and the place on the axis."""
    names = [item["name"] for item in series if not item["name"].startswith("_")]
    return {
        **_frame(title, names),
        "tips": tips,
        "tooltip": {"trigger": "axis", "formatter": "lines", "confine": True},
        "grid": _GRID,
        "xAxis": {
            "type": "value",
            "nameLocation": "middle",
            "nameGap": 24,
            "splitLine": {"show": False},
            **x,
        },
        "yAxis": {"type": "value", **y},
        "series": series,
    }


def lines(name: str, side: int, x: np.ndarray, curve: Interval, banded: bool) -> list[dict[str, Any]]:
    """Return a line and its band, which the page draws as one area."""
    colour = COLOURS[side]
    line = {
        "name": name,
        "type": "line",
        "symbol": "none",
        "lineStyle": {"width": 2, "color": colour, "type": DASHES[side]},
        "itemStyle": {"color": colour},
        "data": _points(x, curve.mean),
        "z": 3,
    }
    if not banded:
        return [line]
    band = {
        "name": f"_band{side}",
        "type": "custom",
        "renderItem": "band",
        "clip": True,
        "silent": True,
        "itemStyle": {"color": colour, "opacity": 0.2},
        "data": [
            [at, low, high]
            for at, low, high in zip(_places(x), _rounded(curve.low), _rounded(curve.high), strict=True)
            if low is not None and high is not None
        ],
        "z": 2,
    }
    return [line, band]


def _scaled(curve: Interval, factor: float, low: float, high: float) -> Interval:
    return Interval(
        factor * curve.mean,
        np.clip(factor * curve.low, low, high),
        np.clip(factor * curve.high, low, high),
    )


def _points(x: np.ndarray, y: np.ndarray) -> list[list[float | None]]:
    return [[at, value] for at, value in zip(_places(x), _rounded(y), strict=True)]


def _places(values: np.ndarray) -> list[float]:
    """Return places on an axis: a parameter may be a few thousandths, and differ by less."""
    places: list[float] = significant(values, 6).tolist()
    return places


def _rounded(values: np.ndarray) -> list[float | None]:
    rounded: list[float] = significant(values, 4).tolist()
    return [value if isfinite(value) else None for value in rounded]


def _round(value: Any) -> float | None:
    value = float(value)
    return float(f"{value:.4g}") if isfinite(value) else None


def significant(values: npt.ArrayLike, digits: int) -> npt.NDArray[np.float64]:
    """Round numbers to so many significant digits; each is the nearest to its decimal, so it is short."""
    given = np.asarray(values, float)
    known = np.isfinite(given) & (given != 0.0)
    size = np.floor(np.log10(np.abs(given), out=np.zeros_like(given), where=known))
    after = digits - 1 - size
    # Powers of ten are whole and exact on one side of the point; on the other they are not.
    up, down = 10.0 ** np.maximum(after, 0.0), 10.0 ** np.maximum(-after, 0.0)
    return np.where(known, np.rint(given * up / down) * down / up, given)
