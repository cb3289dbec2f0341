"""What `cogov backtest` prints: the summary of its scores, in English and Chinese."""

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.forecasts.scores import CITY
from analysis.forecasts.summary import better_in, means
from analysis.safe_text.plain_text import shortened
from experiments.city.backtests.work import Backtest, Question

_WORDS: dict[str, tuple[str, str]] = {
    # key: (English, Chinese)
    "city": ("the whole city", "全市"),
    "kaplan_meier": ("Kaplan–Meier", "Kaplan–Meier"),
    "kaplan_meier_28": ("Kaplan–Meier, last 28 days", "Kaplan–Meier（近28天）"),
    "lognormal": ("lognormal, censored", "删失对数正态"),
    "boosted": ("boosted hazard", "梯度提升风险"),
    "boosted_backlog": ("boosted hazard with backlog", "梯度提升风险（含在办量）"),
    "calibrated": ("calibrated city", "标定的城市"),
    "head": (
        "{known:,} requests known, {backlog:,} of them open; {asked:,} forecast from {origin} to {until}",
        "已知{known:,}件，其中在办{backlog:,}件；预测{origin}至{until}提出的{asked:,}件",
    ),
    "origins": (" from {} origins", "（{}个起点）"),
    "mean": (
        "Mean over the {number} largest categories, durations up to {horizon:g} days:",
        "最大{number}类的均值（时长比较到{horizon:g}天）：",
    ),
    "without": (
        "The same without those whose practice changed within the window:",
        "同上，不含期间办理方式改变的类别：",
    ),
    "changed": ("Practice changed: {}: {}.", "办理方式改变：{}：{}。"),
    "whole": ("The whole city:", "全市："),
    "better": ("{}: nearer to what happened (KS) than", "{}：比以下方法更接近实际（KS）"),
    "in": ("  {method} in {better} of {of}", "  {method}：{of}类中的{better}类"),
    "all": ("all of them", "全部方法"),
    "surges": (
        "Surged or slowed: requests, median and P90 in days, largest backlog with its 90 % interval:",
        "激增或变慢的类别：件数、中位数与P90（天）、最大在办量（附90%区间）：",
    ),
    "left_out": (
        "Left out: {}; it needs the extra `forecast` (scikit-learn).",
        "未比较：{}；需安装附加组件 `forecast`（scikit-learn）。",
    ),
}
_COLUMNS = {
    "ks": ("KS", 7, ".3f"),
    "e1": ("1 d", 7, ".3f"),
    "e7": ("7 d", 7, ".3f"),
    "e30": ("30 d", 7, ".3f"),
    "median_error": ("median", 8, ".2f"),
    "p90_error": ("P90", 8, ".2f"),
    "crps": ("CRPS", 7, ".2f"),
    "coverage_closings": ("closings", 10, ".2f"),
    "coverage_backlog": ("backlog", 9, ".2f"),
}
_NAME = 30


def word(key: str, language: str) -> str:
    """Return a word or sentence in a language; a key without one stays as it is."""
    pair = _WORDS.get(key)
    return key if pair is None else pair[1 if language == "zh" else 0]


def told(
    result: Backtest, ours: str, asked: Question, left_out: Collection[str], language: str = "en"
) -> Iterator[str]:
    """Yield the lines of the summary."""
    yield word("head", language).format(
        known=len(result.windows[0].known.row),
        backlog=len(result.windows[0].known.open),
        asked=sum(len(window.asked.row) for window in result.windows),
        origin=asked.origin,
        until=asked.until,
    ) + (word("origins", language).format(len(result.windows)) if len(result.windows) > 1 else "")
    for name in left_out:
        yield word("left_out", language).format(name)
    yield ""
    yield word("mean", language).format(number=len(result.categories), horizon=asked.horizon_days)
    yield from _table(means(result.table), language)
    changed = [one.category for one in result.changed]
    if changed and len(changed) < len(result.categories):
        yield ""
        yield word("without", language)
        yield from _table(means(result.table, changed), language)
    for one in result.changed:
        yield word("changed", language).format(one.category, one.reason)
    yield ""
    yield word("whole", language)
    city = result.table[result.table["category"] == CITY].set_index("method")
    yield from _table(city, language)
    wins = better_in(result.table, ours)
    if len(wins):
        yield ""
        yield word("better", language).format(word(ours, language))
        for row in wins.to_dict("records"):
            method = word(str(row["method"]), language)
            yield word("in", language).format(method=method, better=row["better"], of=row["of"])
    if len(result.surges):
        yield ""
        yield word("surges", language)
        yield from _surges(result.surges, ours, language)


def _table(rows: pd.DataFrame, language: str) -> Iterator[str]:
    yield " " * _NAME + "".join(f"{title:>{width}}" for title, width, _ in _COLUMNS.values())
    for method, row in rows.iterrows():
        cells = "".join(
            f"{_number(float(row[name]), form):>{width}}" for name, (_, width, form) in _COLUMNS.items()
        )
        yield f"{word(str(method), language):<{_NAME}}" + cells


def _surges(table: pd.DataFrame, ours: str, language: str) -> Iterator[str]:
    shown = [ours, "kaplan_meier"] if ours != "kaplan_meier" else [ours]
    for category, rows in table.groupby("category", sort=False):
        first = rows.iloc[0].to_dict()
        yield f"  {shortened(str(category), 60)} ({first['requests']}): " + _three(first, "observed")
        for method in shown:
            for row in rows[rows["method"] == method].to_dict("records"):
                yield f"    {word(method, language):<{_NAME}}" + _three(row, "forecast")


def _three(row: Mapping[Any, Any], kind: str) -> str:
    values = [float(row.get(f"{name}_{kind}", math.nan)) for name in ("median", "p90", "backlog")]
    text = f"{_number(values[0], '.2f'):>8}{_number(values[1], '.2f'):>8}{_number(values[2], '.0f'):>8}"
    if kind == "forecast" and "backlog_low" in row:
        text += f" [{row['backlog_low']:.0f}, {row['backlog_high']:.0f}]"
    return text


def _number(value: float, form: str) -> str:
    if math.isnan(value):
        return "–"
    return format(value, form) if math.isfinite(value) else "> end"
