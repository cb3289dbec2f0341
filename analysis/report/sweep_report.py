"""The report of a sweep, or of what a store holds: one metric over what was varied, point by point."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.findings.parameter_names import parameter_name
from analysis.findings.text_table import interval_text, unit_text, value_text
from analysis.metrics import metric
from analysis.report import html_page as page
from analysis.report.comparison_report import figure_section, words_of, write_page
from analysis.report.html_page import Page
from analysis.report.sections import Evidence, evidence_section, reproduce_section
from analysis.report.words import CHANGES, SWEEPS, WORDS

#: Points listed in the report; a design may have thousands.
LISTED = 60
_MOST_LEVELS = 12


def write_sweep_report(
    path: Path | str,
    table: pd.DataFrame,
    varied: Sequence[str],
    metrics: Sequence[str],
    figures: Mapping[str, Path | str],
    manifest: Mapping[str, Any],
    *,
    evidence: Evidence = (),
    titles: Mapping[str, str] | None = None,
    language: str = "en",
    question: str | None = None,
    unfolded: bool = False,
) -> Path:
    """Write the report of a sweep.

    Parameters
    ----------
    table
        One row per point, scenario and metric: the columns `varied`, then arm, metric, unit, mean, low, high,
        replications and, with several scenarios, difference, difference_low, difference_high.
    metrics
        What was summarised; the first is the question.
    """
    words = words_of(language)
    arms = list(dict.fromkeys(table["arm"]))
    called = {name: (titles or {}).get(name) or str(name).replace("_", " ") for name in arms}
    what = metric(metrics[0]).label(language)
    listed = words["comma"].join(_in_words(key, language) for key in varied)
    sheet = Page(words["title_sweep"].format(" / ".join(called.values())), language, unfolded)
    sheet.add(
        page.heading(words["question"]),
        page.paragraph(question or words["question_sweep"].format(what, listed)),
        page.heading(words["answer"]),
        *[
            page.paragraph(line, "answer")
            for line in sweep_answer(table, varied, metrics[0], called, language)
        ],
        page.paragraph(words["assumed_warning"]),
        *figure_section(figures, language),
        page.heading(words["table_sweep"]),
        page.paragraph(words["table_sweep_note"]),
        *[_points(table[table["metric"] == name], varied, name, called, language) for name in metrics],
        page.heading(words["changes"]),
        page.items(_changes(table, varied, metrics[0], arms, language)),
        *evidence_section(sheet, evidence),
        *reproduce_section(sheet, manifest, manifest.get("replications")),
    )
    return write_page(path, sheet)


def sweep_answer(
    table: pd.DataFrame, varied: Sequence[str], name: str, called: Mapping[str, str], language: str = "en"
) -> list[str]:
    """State what a sweep found about a metric: a sentence for each scenario compared, or one in all."""
    words = SWEEPS[language]
    rows = table[table["metric"] == name]
    arms = list(called)
    unit, label = metric(name).unit, metric(name).label(language)
    if len(arms) == 1:
        known = rows[np.isfinite(rows["mean"])]
        if known.empty:
            return [words["nothing"].format(label)]
        ends = [
            _told(known.loc[place], ("mean", "low", "high"), unit, varied, language)
            for place in (known["mean"].idxmin(), known["mean"].idxmax())
        ]
        return [words["runs"].format(label, len(known), *ends)]
    sentences = []
    for other in arms[1:]:
        mine = rows[(rows["arm"] == other) & np.isfinite(rows["difference"])]
        if mine.empty:
            sentences.append(words["nothing"].format(label))
            continue
        low, high = mine["difference_low"].to_numpy(float), mine["difference_high"].to_numpy(float)
        below, above = int((high < 0).sum()), int((low > 0).sum())
        ends = [
            _told(
                mine.loc[place],
                ("difference", "difference_low", "difference_high"),
                unit,
                varied,
                language,
                sign=True,
            )
            for place in (mine["difference"].idxmin(), mine["difference"].idxmax())
        ]
        counts = (len(mine), below, above, len(mine) - below - above)
        sentences.append(words["differences"].format(label, called[other], called[arms[0]], *counts, *ends))
    return sentences


def strongest(rows: pd.DataFrame, varied: Sequence[str], value: str) -> tuple[str, float, float] | None:
    """Return what moves a value most, by the spread of means over its levels (or sixths), and their ends."""
    best: tuple[str, float, float] | None = None
    for key in varied:
        levels: Any = rows[key]
        if levels.nunique() > _MOST_LEVELS:
            levels = pd.qcut(pd.to_numeric(levels, errors="coerce"), 6, duplicates="drop")
        means = rows.groupby(levels, sort=True, observed=True)[value].mean().dropna()
        if len(means) < 2:
            continue
        if best is None or means.max() - means.min() > best[2] - best[1]:
            best = (key, float(means.min()), float(means.max()))
    return best


def _told(
    row: pd.Series,
    columns: tuple[str, str, str],
    unit: str,
    varied: Sequence[str],
    language: str,
    sign: bool = False,
) -> str:
    """Return a value with its unit, its interval, and the point where it stands."""
    middle, low, high = (float(row[name]) for name in columns)
    ends = interval_text(low, high, unit, sign)
    shown = f"{value_text(middle, unit, sign)} {unit_text(unit, language)}".strip()
    at = WORDS[language]["comma"].join(f"{key}={_level(row[key])}" for key in varied[:4])
    return SWEEPS[language]["at"].format(shown, f" {ends}" if ends != "–" else "", at)


def _changes(
    table: pd.DataFrame, varied: Sequence[str], name: str, arms: Sequence[str], language: str
) -> list[str]:
    words = CHANGES[language]
    rows = table[table["metric"] == name]
    value = "difference" if len(arms) > 1 else "mean"
    rows = rows[np.isfinite(rows[value])]
    lines = []
    if (found := strongest(rows, varied, value)) is not None:
        unit = metric(name).unit
        low, high = (value_text(end, unit, sign=value == "difference") for end in found[1:])
        lines.append(words["strongest"].format(page.quoted(found[0]), low, high))
    few = rows["replications"].min() if "replications" in rows and len(rows) else 0
    if few == 1:
        lines.append(words["one_each"])
    key = "sensitivity" if len(arms) > 1 else "sensitivity_one"
    named = f"[{','.join(arms[:2])}]" if len(arms) > 1 else arms[0]
    lines.append(words[key].format(page.quoted(named)))
    return lines


def _points(
    rows: pd.DataFrame, varied: Sequence[str], name: str, called: Mapping[str, str], language: str
) -> str:
    words = WORDS[language]
    unit = metric(name).unit
    several = len(called) > 1
    head = [*varied, *([words["point_arm"]] if several else []), words["mean"], words["interval"]]
    head += [words["difference"], words["interval"]] if several else []
    lines = []
    for _, row in rows.head(LISTED).iterrows():
        line = [_level(row[key]) for key in varied] + ([called[row["arm"]]] if several else [])
        line += [
            value_text(float(row["mean"]), unit),
            interval_text(float(row["low"]), float(row["high"]), unit),
        ]
        if several:
            ends = float(row["difference_low"]), float(row["difference_high"])
            line += [
                value_text(float(row["difference"]), unit, sign=True),
                interval_text(*ends, unit, sign=True),
            ]
        lines.append([*line, f"{int(row['replications'])}"])
    heading = f"{metric(name).label(language)} ({unit_text(unit, language) or '–'})"
    left = page.paragraph(words["sweep_first"].format(LISTED, len(rows))) if len(rows) > LISTED else ""
    return page.paragraph(heading) + left + page.table([*head, words["replications"]], lines)


def _in_words(key: str, language: str) -> str:
    """Return what was varied in words, with the key; what is none of a parameter stays."""
    name = parameter_name(key, language)
    return key if name == key else f"{name} ({key})"


def _level(value: Any) -> str:
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    return f"{value:g}" if isinstance(value, int | float | np.number) else str(value)
