"""The reports of a comparison and of one scenario: one HTML file that needs nothing else, also without a
network.

Its first page is what a director reads: heard, handled, taking part, hours, one figure, what they rest on and
what would change them; the second says the same in words. Then come the figures, what is assumed, all
measures, and how to make it again.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.comparison.table import arms, difference_columns
from analysis.findings.remarks import from_stored
from analysis.findings.strip import FURTHER, Strip, strip, strip_of_one
from analysis.findings.text_table import cell, interval_text, note_lines, unit_text, value_text
from analysis.findings.three_lines import Block, first_words, first_words_of_one
from analysis.findings.who_gains import with_groups
from analysis.metrics import HEADLINE, METRICS, metric
from analysis.report import front_page as front
from analysis.report import html_page as page
from analysis.report.by_group import group_section
from analysis.report.html_page import Page
from analysis.report.robustness import changes, changes_of_one, differing
from analysis.report.sections import Evidence, evidence_section, reproduce_section
from analysis.report.words import CAPTIONS, WORDS
from sim.input_files.file_errors import naming

GROUPS = ("detail", "secondary", "social", "selected")


def write_report(
    path: Path | str,
    comparison: pd.DataFrame,
    figures: Mapping[str, Path | str],
    manifest: Mapping[str, Any],
    *,
    evidence: Evidence = (),
    titles: Mapping[str, str] | None = None,
    pairs: pd.DataFrame | None = None,
    groups: pd.DataFrame | None = None,
    language: str = "en",
    question: str | None = None,
    unfolded: bool = False,
) -> Path:
    """Write the report of a comparison.

    Parameters
    ----------
    comparison
        What `analysis.comparison.table.compare` returned.
    figures
        Figure name to its PNG or SVG file, in the order shown; `CAPTIONS` has the names with a caption.
    manifest
        What the run wrote down about itself. Used if present: command, seed, replications, config_hash,
        code_hash, versions, started, finished, configuration, made_by (what made the report in place of the
        command); all of it is appended.
    evidence
        Parameters, as `analysis.report.sections.Evidence` has them.
    titles
        Scenario name to what the report calls it.
    pairs
        What `analysis.comparison.twins.pair_summary` returned.
    groups
        What `analysis.comparison.by_group.by_group_table` returned.
    question
        Replaces the standard question.
    unfolded
        Whether all tables lie open, as they must on paper.

    Returns
    -------
    Path
        The file written.
    """
    words = words_of(language)
    names = arms(comparison)
    called = {name: (titles or {}).get(name) or name.replace("_", " ") for name in names}
    number = comparison.attrs.get("replications", manifest.get("replications"))
    replications = int(number) if isinstance(number, (int, float)) else None
    title = words["title"].format(" / ".join(called.values()))
    sheet = Page(title, language, unfolded, headed=False)
    remarks = from_stored(manifest.get("remarks"))
    table = comparison.set_index("metric")
    equal, unequal = _fairness(comparison, names, words)
    warnings = [unequal, *(_overload(table, f"{name}_mean", called[name], words) for name in names)]
    found = changes(comparison, called, pairs, language)
    blocks, further = _second(comparison, called, groups, language, replications)
    asked = words["question_text"].format(called[names[0]], " / ".join(called[name] for name in names[1:]))
    numbers = strip(comparison, called, language, replications)
    sheet.add(
        front.first_page(
            numbers,
            remarks,
            figures,
            front.rests_on(
                evidence, [*differing(evidence, language), equal, unequal], replications, language
            ),
            found,
            title,
        ),
        front.second_page(numbers, remarks, question or asked, blocks, further, found, warnings[1:]),
        *figure_section(_behind(figures), language),
        *evidence_section(sheet, evidence),
        page.heading(words["table"]),
        page.paragraph(words["table_note"] + (words["table_note_two"] if len(names) == 2 else "")),
        _table(comparison, HEADLINE, called, language),
        _notes(comparison, HEADLINE, called, language),
        sheet.folded(words["pairs"], _pairs(pairs, words, language)),
        *group_section(sheet, groups, called),
        page.heading(words["detail"]),
        *[
            sheet.folded(
                words[f"group_{group}"],
                _table(comparison, group_of(group), called, language)
                + _notes(comparison, group_of(group), called, language),
            )
            for group in GROUPS
        ],
        *reproduce_section(sheet, manifest, replications),
    )
    return write_page(path, sheet)


def write_run_report(
    path: Path | str,
    summary: pd.DataFrame,
    figures: Mapping[str, Path | str],
    manifest: Mapping[str, Any],
    *,
    title: str,
    scenario: str,
    evidence: Evidence = (),
    groups: pd.DataFrame | None = None,
    language: str = "en",
    question: str | None = None,
    unfolded: bool = False,
) -> Path:
    """Write the report of one scenario, from what `analysis.comparison.scenario_summary` returned.

    Parameters
    ----------
    title
        What the report calls the scenario.
    scenario
        Its name, as on the command line.
    """
    words = words_of(language)
    replications = int(manifest.get("replications", summary.attrs.get("replications", 1)))
    sheet = Page(words["title_run"].format(title), language, unfolded, headed=False)
    remarks = from_stored(manifest.get("remarks"))
    found = changes_of_one(summary, scenario, language)
    asked = words["question_run"].format(title)
    numbers = strip_of_one(summary, title, language, replications)
    sheet.add(
        front.first_page(
            numbers,
            remarks,
            figures,
            front.rests_on(evidence, [], replications, language),
            found,
            sheet.title,
        ),
        front.second_page(
            numbers,
            remarks,
            question or asked,
            [first_words_of_one(summary, title, language, replications)],
            None,
            found,
            [_overload(summary.set_index("metric"), "mean", title, words)],
        ),
        *figure_section(_behind(figures), language),
        *evidence_section(sheet, evidence),
        page.heading(words["table"]),
        page.paragraph(words["table_note_run"]),
        _summary_table(summary, HEADLINE, language),
        _notes(summary, HEADLINE, {}, language),
        *group_section(sheet, groups, {scenario: title}),
        page.heading(words["detail"]),
        *[
            sheet.folded(
                words[f"group_{group}"],
                _summary_table(summary, group_of(group), language)
                + _notes(summary, group_of(group), {}, language),
            )
            for group in GROUPS
        ],
        *reproduce_section(sheet, manifest, replications),
    )
    return write_page(path, sheet)


def words_of(language: str) -> Mapping[str, str]:
    """Return the fixed words in a language.

    Raises
    ------
    ValueError
        If there are none in that language.
    """
    if language not in WORDS:
        raise ValueError(f"language must be one of {', '.join(WORDS)}, not {language!r}")
    return WORDS[language]


def write_page(path: Path | str, sheet: Page) -> Path:
    """Write a page to a file; returns the file."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with naming(path):
        path.write_text(sheet.render(), encoding="utf-8")
    return path


def figure_section(figures: Mapping[str, Path | str], language: str) -> list[str]:
    """Return the figures under their heading; nothing where there are none."""
    shown = [
        page.figure(Path(file), CAPTIONS[language].get(name, name.replace("_", " ")))
        for name, file in figures.items()
    ]
    return [page.heading(WORDS[language]["figures"]), *shown] if shown else []


def group_of(group: str) -> list[str]:
    """Return the metrics of a group."""
    return [name for name, entry in METRICS.items() if entry.group == group]


def _behind(figures: Mapping[str, Path | str]) -> dict[str, Path | str]:
    """Return the figures that stand behind the first page."""
    return {name: file for name, file in figures.items() if name != front.FIGURE}


def _second(
    comparison: pd.DataFrame,
    called: Mapping[str, str],
    groups: pd.DataFrame | None,
    language: str,
    replications: int | None,
) -> tuple[list[Block], Strip | None]:
    """Return what the second page has: of two scenarios sentences, of more the numbers behind the strip."""
    names = list(called)
    if len(names) > 2:
        return [], strip(comparison, called, language, replications, FURTHER)
    blocks = first_words(comparison, called, language, replications)
    return (blocks if groups is None else with_groups(blocks, groups, names, language)), None


def _notes(table: pd.DataFrame, metrics: Sequence[str], called: Mapping[str, str], language: str) -> str:
    """Return what is to be said of the numbers of a table: undefined, not reached, constant."""
    return page.items(note_lines(table, metrics, called, language))


def _fairness(comparison: pd.DataFrame, names: Sequence[str], words: Mapping[str, str]) -> tuple[str, str]:
    """Say that all had the same staff hours, which a comparison of ways of organising presumes, or not."""
    table = comparison.set_index("metric")
    if "staff_hours_available_per_week" not in table.index:
        return "", ""
    hours = [cell(table, "staff_hours_available_per_week", f"{name}_mean") for name in names]
    if not np.isfinite(hours).all() or hours[0] <= 0:
        return "", ""
    if max(abs(value / hours[0] - 1.0) for value in hours) <= 0.01:
        return words["hours_equal"].format(hours[0]), ""
    return "", words["hours_differ"].format(words["comma"].join(f"{value:.1f}" for value in hours))


def _overload(table: pd.DataFrame, column: str, title: str, words: Mapping[str, str]) -> str:
    """Say where staff were charged with more hours than they had."""
    load = cell(table, "utilisation", column) if "utilisation" in table.index else 0.0
    return words["overloaded"].format(title, load) if load > 1.0 else ""


def _table(comparison: pd.DataFrame, metrics: Sequence[str], called: Mapping[str, str], language: str) -> str:
    words = WORDS[language]
    names = list(called)
    # Of several differences each has one cell with its interval: more columns would not fit a page.
    several = len(names) > 2
    head = [words["metric"], words["unit"], *called.values()]
    if several:
        head += [words["difference_of"].format(called[name]) for name in names[1:]]
    else:
        head += [words[key] for key in ("difference", "interval", "pairing")]
    lines = []
    for _, line in comparison[comparison["metric"].isin(list(metrics))].iterrows():
        means = [float(line[f"{name}_mean"]) for name in names]
        apart = [float(line[difference_columns(comparison, name)[0]]) for name in names[1:]]
        if np.isnan([*means, *apart]).all():
            continue
        unit = metric(str(line["metric"])).unit
        cells = [metric(str(line["metric"])).label(language), unit_text(unit, language)]
        for name, mean in zip(names, means, strict=True):
            limits = _interval(float(line[f"{name}_low"]), float(line[f"{name}_high"]), unit)
            cells.append(f"{value_text(mean, unit)} {limits}".strip())
        for name in names[1:]:
            middle, low, high = difference_columns(comparison, name)
            gain = float(line[middle.replace("difference", "variance_reduction", 1)])
            size = value_text(float(line[middle]), unit, sign=True)
            ends = interval_text(float(line[low]), float(line[high]), unit, sign=True)
            told = f"{gain:.1f}×" if np.isfinite(gain) else "–"
            cells += [f"{size} {ends}" if ends != "–" else size] if several else [size, ends, told]
        lines.append(cells)
    return page.table(head, lines)


def _summary_table(summary: pd.DataFrame, metrics: Sequence[str], language: str) -> str:
    words = WORDS[language]
    lines = []
    for _, line in summary[summary["metric"].isin(list(metrics))].iterrows():
        if np.isfinite(line["mean"]):
            entry = metric(str(line["metric"]))
            lines.append(
                [
                    entry.label(language),
                    unit_text(entry.unit, language),
                    value_text(float(line["mean"]), entry.unit),
                    interval_text(float(line["low"]), float(line["high"]), entry.unit),
                ]
            )
    return page.table([words[key] for key in ("metric", "unit", "mean", "interval")], lines)


def _pairs(pairs: pd.DataFrame | None, words: Mapping[str, str], language: str) -> str:
    if pairs is None or pairs.empty:
        return ""
    lines = [
        [
            str(line["label"]),
            unit_text(str(line["unit"]), language),
            value_text(float(line["mean"]), str(line["unit"])),
            interval_text(float(line["low"]), float(line["high"]), str(line["unit"])),
        ]
        for _, line in pairs.iterrows()
    ]
    return page.table([words[key] for key in ("metric", "unit", "mean", "interval")], lines)


def _interval(low: float, high: float, unit: str) -> str:
    return interval_text(low, high, unit) if np.isfinite(low) and np.isfinite(high) else ""
