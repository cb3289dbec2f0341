"""What `cogov backtest` prints: the summary of its scores, in English and Chinese."""

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.findings.text_table import layout
from analysis.forecasts.scores import CITY
from analysis.forecasts.summary import better_in, means
from analysis.safe_text.plain_text import display_width, shortened
from experiments.city.backtests.question import Question
from experiments.city.backtests.work import Backtest

_WORDS: dict[str, tuple[str, str]] = {
    "answer": ("Answer: {}", "答案：{}"),
    "nearest": (
        "{} is nearest to what happened, with a mean distance (KS) of {:.3f}.",
        "{}与实际最接近，平均距离（KS）为{:.3f}。",
    ),
    # key: (English, Chinese)
    "city": ("the whole city", "全市"),
    "kaplan_meier": ("Kaplan–Meier", "Kaplan–Meier"),
    "kaplan_meier_28": ("Kaplan–Meier, last 28 days", "Kaplan–Meier（近28天）"),
    "lognormal": ("lognormal, censored", "删失对数正态"),
    "boosted": ("boosted hazard", "梯度提升风险"),
    "boosted_backlog": ("boosted hazard with backlog", "梯度提升风险（含在办量）"),
    "calibrated": ("calibrated city", "校准后的城市"),
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
    "nearer": (
        "Durations: nearer to what happened than a plain Kaplan–Meier curve (mean KS {mine:.3f} against "
        "{plain:.3f}).",
        "时长：比普通的Kaplan–Meier曲线更接近实际（KS均值{mine:.3f}，曲线{plain:.3f}）。",
    ),
    "further": (
        "Durations: a plain Kaplan–Meier curve is nearer to what happened (mean KS {mine:.3f} against "
        "{plain:.3f}); do not rely on the calibrated city for them.",
        "时长：普通的Kaplan–Meier曲线更接近实际（KS均值{mine:.3f}，曲线{plain:.3f}）；时长请勿依赖校准后的城市。",
    ),
    "alike": (
        "Durations: no nearer to what happened than a plain Kaplan–Meier curve (mean KS {mine:.3f} against "
        "{plain:.3f}).",
        "时长：并不比普通的Kaplan–Meier曲线更接近实际（KS均值{mine:.3f}，曲线{plain:.3f}）。",
    ),
    "covered": (
        "Weekly counts: of the weeks, {0:.0%} of closings and {2:.0%} of backlogs lie in the 90 % interval "
        "(plain curve {1:.0%} and {3:.0%}).",
        "每周件数：{0:.0%}的周办结数、{2:.0%}的周末在办数落在90%区间内（普通曲线为{1:.0%}和{3:.0%}）。",
    ),
    "better": ("{}: nearer to what happened (KS) than", "{}：比以下方法更接近实际（KS）"),
    "in": ("  {method} in {better} of {of}", "  {method}：{of}类中的{better}类"),
    "all": ("all of them", "全部方法"),
    "surges": (
        "Surged or slowed: requests, median and P90 in days, largest backlog with its 90 % interval:",
        "激增或变慢的类别：件数、中位数与P90（天）、最大在办量（附90%区间）：",
    ),
    "written": ("Written to {}: {} and figures.", "已写入{}：{}及图。"),
    "left_out": (
        "Left out: {}; it needs the extra `forecast` (scikit-learn).",
        "未比较：{}；需安装附加组件 `forecast`（scikit-learn）。",
    ),
}
#: Columns of a table: English and Chinese heading, form of the number.
_COLUMNS = {
    "ks": ("KS", "KS", ".3f"),
    "e1": ("1 d", "1天", ".3f"),
    "e7": ("7 d", "7天", ".3f"),
    "e30": ("30 d", "30天", ".3f"),
    "median_error": ("median", "中位数", ".2f"),
    "p90_error": ("P90", "P90", ".2f"),
    "crps": ("CRPS", "CRPS", ".2f"),
    "coverage_closings": ("closings", "办结区间", ".2f"),
    "coverage_backlog": ("backlog", "在办区间", ".2f"),
}
_NAME = 30
_PLAIN = "kaplan_meier"
#: Closer means of KS than this are taken as alike.
_ALIKE = 0.005


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
    yield from verdict_lines(result, ours, language)
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
    yield from layout(score_lines(rows, language)).split("\n")


def score_lines(rows: pd.DataFrame, language: str) -> list[list[str]]:
    """Return scores by method in words, heads first."""
    zh = language == "zh"
    lines = [["", *(chinese if zh else english for english, chinese, _ in _COLUMNS.values())]]
    for method, row in rows.iterrows():
        cells = [_number(float(row[name]), form) for name, (_, _, form) in _COLUMNS.items()]
        lines.append([word(str(method), language), *cells])
    return lines


def verdict_lines(result: Backtest, ours: str, language: str) -> Iterator[str]:
    """Say in a sentence whether the city forecasts better than the plainest curve."""
    rows = means(result.table).to_dict("index")
    if ours == _PLAIN or ours not in rows or _PLAIN not in rows:
        return
    mine, plain = rows[ours], rows[_PLAIN]
    difference = mine["ks"] - plain["ks"]
    which = "nearer" if difference < -_ALIKE else "further" if difference > _ALIKE else "alike"
    yield word(which, language).format(mine=mine["ks"], plain=plain["ks"])
    shares = [row[name] for name in ("coverage_closings", "coverage_backlog") for row in (mine, plain)]
    if not any(math.isnan(share) for share in shares):
        yield word("covered", language).format(*shares)


def answer(result: Backtest, ours: str, language: str = "en") -> str:
    """Return in a line which method is nearest to what happened, with its distance."""
    rows = means(result.table)
    best = str(rows["ks"].idxmin())
    verdict = next(verdict_lines(result, ours, language), "")
    nearest = word("nearest", language).format(word(best, language), rows.at[best, "ks"])
    return word("answer", language).format(verdict or nearest)


def _surges(table: pd.DataFrame, ours: str, language: str) -> Iterator[str]:
    shown = [ours, _PLAIN] if ours != _PLAIN else [ours]
    for category, rows in table.groupby("category", sort=False):
        first = rows.iloc[0].to_dict()
        yield f"  {shortened(str(category), 60)} ({first['requests']}): " + _three(first, "observed")
        for method in shown:
            for row in rows[rows["method"] == method].to_dict("records"):
                name = word(method, language)
                yield f"    {name}{' ' * max(1, _NAME - display_width(name))}" + _three(row, "forecast")


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
