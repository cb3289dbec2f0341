"""The finding in words, following the numbers.

A difference is called one only where its interval excludes zero; otherwise the sentence says that none is
clear, and how large one could be. With a single replication it says that nothing is known about the
uncertainty. The words are longer, shorter, higher, lower: whether that is good is for the reader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.comparison.table import arms, difference_columns, row
from analysis.findings.text_table import cell, interval_text, value_text
from analysis.metrics import HEADLINE, metric

PRIMARY = "rmst180"


@dataclass(frozen=True)
class Finding:
    """One metric of one scenario against the first: the difference and how clear it is.

    `verdict` is ``lower``, ``higher``, ``unclear`` (the interval contains zero) or ``single`` (no interval).
    """

    name: str
    unit: str
    base: float
    other: float
    difference: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """Return what the interval allows one to say."""
        if not (np.isfinite(self.low) and np.isfinite(self.high)):
            return "single"
        if self.low > 0:
            return "higher"
        return "lower" if self.high < 0 else "unclear"


def finding(comparison: pd.DataFrame, name: str, scenario: str | None = None) -> Finding:
    """Read a metric out of a comparison."""
    names = arms(comparison)
    other = scenario or names[1]
    line = row(comparison, name)
    middle, low, high = (float(line[column]) for column in difference_columns(comparison, other))
    return Finding(
        name,
        metric(name).unit,
        float(line[f"{names[0]}_mean"]),
        float(line[f"{other}_mean"]),
        middle,
        low,
        high,
    )


def answer(
    comparison: pd.DataFrame,
    titles: Mapping[str, str] | None = None,
    language: str = "en",
    replications: int | None = None,
) -> str:
    """State the primary finding with its uncertainty: a sentence for each scenario against the first."""
    names = arms(comparison)
    called = {name: (titles or {}).get(name) or name.replace("_", " ") for name in names}
    number = replications if replications is not None else comparison.attrs.get("replications")
    sentences = [
        _primary(finding(comparison, PRIMARY, name), called[names[0]], called[name], language, number)
        for name in names[1:]
    ]
    return " ".join(sentences) if language == "en" else "".join(sentences)


def single_answer(
    summary: pd.DataFrame, title: str, language: str = "en", replications: int | None = None
) -> str:
    """State what was found about one scenario with its uncertainty: time to a solution, share in time."""
    table = summary.set_index("metric")

    def told(name: str) -> str:
        unit = metric(name).unit
        mean, low, high = (cell(table, name, column) for column in ("mean", "low", "high"))
        ends = interval_text(low, high, unit)
        return value_text(mean, unit) + (f" {ends}" if ends != "–" else "")

    if PRIMARY not in table.index or not np.isfinite(cell(table, PRIMARY, "mean")):
        return _UNDEFINED_ONE[language].format(title)
    several = bool(np.isfinite(cell(table, PRIMARY, "low")))
    return _SINGLE[language]["several" if several else "one"].format(
        title=title,
        mean=told(PRIMARY),
        prompt=told("solved_7wd"),
        runs=replications or 1,
    )


def overview(
    comparison: pd.DataFrame,
    language: str = "en",
    scenario: str | None = None,
    metrics: Sequence[str] = HEADLINE,
) -> list[tuple[str, list[str]]]:
    """Sort the headline metrics into higher, lower, not clear and without interval under the other scenario.

    Returns
    -------
    list
        Pairs of heading and labels; headings without metrics are left out.
    """
    present = set(comparison["metric"])
    heads = {
        "higher": ("Higher", "更高"),
        "lower": ("Lower", "更低"),
        "unclear": ("No clear difference", "无明显差异"),
        "single": ("No interval", "无区间"),
    }
    sorted_: dict[str, list[str]] = {key: [] for key in heads}
    for name in metrics:
        if name in present:
            found = finding(comparison, name, scenario)
            if np.isfinite(found.difference):
                shown = value_text(found.difference, found.unit, sign=True)
                sorted_[found.verdict].append(
                    f"{metric(name).label(language)} ({shown}{_unit(found.unit, language)})"
                )
    column = 1 if language == "zh" else 0
    return [(heads[key][column], labels) for key, labels in sorted_.items() if labels]


def _primary(found: Finding, base: str, other: str, language: str, replications: int | None) -> str:
    if not np.isfinite(found.difference):
        return _UNDEFINED[language].format(base=base, other=other)
    size, low, high = abs(found.difference), found.low, found.high
    near, far = sorted((abs(low), abs(high))) if found.verdict in ("lower", "higher") else (low, high)
    alone = found.verdict == "single" and (replications or 1) > 1
    return _PRIMARY[language]["alone" if alone else found.verdict].format(
        base=base,
        other=other,
        size=f"{size:.1f}",
        near=_number(near),
        far=_number(far),
        signed=_number(found.difference, sign=True),
        first=f"{found.base:.1f}",
        second=f"{found.other:.1f}",
        runs=_runs(replications, language),
    )


_PRIMARY: dict[str, dict[str, str]] = {
    "en": {
        "lower": (
            "Over all needs that arose, the mean time to a true solution, capped at 180 days, is {size} days "
            "shorter under {other} than under {base} ({second} against {first} days; 95 % interval of the "
            "difference {near} to {far} days shorter{runs})."
        ),
        "higher": (
            "Over all needs that arose, the mean time to a true solution, capped at 180 days, is {size} days "
            "longer under {other} than under {base} ({second} against {first} days; 95 % interval of the "
            "difference {near} to {far} days longer{runs})."
        ),
        "unclear": (
            "No clear difference in the mean time to a true solution, capped at 180 days, between {other} "
            "and {base} ({second} against {first} days): the difference is {signed} days and its 95 % "
            "interval, {near} to {far}, contains zero{runs}."
        ),
        "single": (
            "In this one replication the mean time to a true solution, capped at 180 days, is {second} days "
            "under {other} and {first} days under {base}, a difference of {signed} days; one replication "
            "says nothing about the uncertainty, so this is no finding yet."
        ),
        "alone": (
            "In the one replication in which it is defined for both, the mean time to a true solution, "
            "capped at 180 days, differs by {signed} days between {other} and {base}; that says nothing "
            "about the uncertainty, so this is no finding{runs}."
        ),
    },
    "zh": {
        "lower": (
            "在全部发生的诉求中，{other}下的平均真实解决时间（180天封顶）比{base}短{size}天"
            "（{second}天对{first}天；差的95%区间为短{near}至{far}天{runs}）。"
        ),
        "higher": (
            "在全部发生的诉求中，{other}下的平均真实解决时间（180天封顶）比{base}长{size}天"
            "（{second}天对{first}天；差的95%区间为长{near}至{far}天{runs}）。"
        ),
        "unclear": (
            "{other}与{base}的平均真实解决时间（180天封顶）无明显差异（{second}天对{first}天）："
            "差为{signed}天，95%区间{near}至{far}含零{runs}。"
        ),
        "single": (
            "仅此一次重复中，平均真实解决时间（180天封顶）在{other}下为{second}天，在{base}下为{first}天，"
            "相差{signed}天；一次重复不能说明不确定性，尚不构成结论。"
        ),
        "alone": (
            "平均真实解决时间（180天封顶）仅在一次重复中两者均有定义，{other}与{base}相差{signed}天；"
            "这不能说明不确定性，尚不构成结论{runs}。"
        ),
    },
}
_UNDEFINED = {
    "en": "The mean time to a true solution is not defined for {other} against {base}.",
    "zh": "无法比较{other}与{base}的平均真实解决时间。",
}


_UNDEFINED_ONE = {
    "en": "The mean time to a true solution is not defined for {}.",
    "zh": "{}的平均真实解决时间没有定义。",
}
_SINGLE: dict[str, dict[str, str]] = {
    "en": {
        "several": (
            "Under {title} the mean time to a true solution, over all needs that arose and capped at 180 "
            "days, is {mean} days, and {prompt} % are solved within 7 working days (95 % intervals over "
            "{runs} replications)."
        ),
        "one": (
            "In this one replication of {title} the mean time to a true solution, over all needs that arose "
            "and capped at 180 days, is {mean} days, and {prompt} % are solved within 7 working days; one "
            "replication says nothing about the uncertainty."
        ),
    },
    "zh": {
        "several": (
            "在{title}下，全部发生的诉求的平均真实解决时间（180天封顶）为{mean}天，"
            "7个工作日内解决的占{prompt}%（{runs}次重复的95%区间）。"
        ),
        "one": (
            "在{title}的这一次重复中，全部发生的诉求的平均真实解决时间（180天封顶）为{mean}天，"
            "7个工作日内解决的占{prompt}%；一次重复不能说明不确定性。"
        ),
    },
}


def _runs(replications: int | None, language: str) -> str:
    if not replications:
        return ""
    return f"; {replications} paired replications" if language == "en" else f"；{replications}次配对重复"


def _number(value: float, sign: bool = False) -> str:
    return value_text(value, "days", sign)


def _unit(unit: str, language: str) -> str:
    chinese = language == "zh"
    return {
        "days": "天" if chinese else " days",
        "share": "个百分点" if chinese else " percentage points",
        "hours": "小时" if chinese else " hours",
    }.get(unit, "")
