"""The report's tables by group: who gains and loses, the boards as recorded and in truth, all divisions."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.comparison.by_group import SMALL
from analysis.findings.group_words import division_label, level_label
from analysis.findings.text_table import interval_text, value_text
from analysis.findings.who_gains import MEASURES, Groups, cell_text, measure_label
from analysis.metrics import metric
from analysis.report import html_page as page
from analysis.report.html_page import Page
from analysis.report.words import WORDS

#: The rows of the boards: as recorded, as stated at call-backs, in truth (each empty where there is no such
#: measure), and what it is called.
BOARDS = (
    (
        ("first_response_1wd", "stated_response", ""),
        ("answered within 1 working day", "1个工作日内响应（响应率）"),
    ),
    (
        ("recorded_solved_share", "stated_resolution", "resolution_rate_reported"),
        ("solved", "解决（解决率）"),
    ),
    (("satisfied_rated", "stated_satisfaction", "satisfied_reported"), ("satisfied", "满意（满意率）")),
    (("on_time_closed_share", "", "on_time_share"), ("on time, of those due", "按时（应办结者）")),
    (("overdue_share", "", ""), ("overdue, of those due", "逾期（应办结者）")),
    (("closed_at_once_share", "", "solved_at_once_share"), ("within 1 working day", "1个工作日内办结")),
    (("repeated_share", "", ""), ("reported more than once", "被重复反映")),
    (("reopened_share", "", ""), ("reopened", "重新打开")),
)
#: What the tables of every division have, a column a measure.
COLUMNS = (
    "cases_reported",
    "first_response_1wd",
    "recorded_solved_share",
    "resolution_rate_reported",
    "satisfied_rated",
    "on_time_share",
    "closed_at_once_share",
    "report_to_solution_median",
    "case_staff_hours_per_solved",
    "case_unit_hours_per_solved",
)
UNITS = ("unit_delivery", "unit_attendance", "unit_hours")


def group_section(sheet: Page, table: pd.DataFrame | None, called: Mapping[str, str]) -> list[str]:
    """Return the section by group of one scenario or several; nothing where there are no groups.

    Parameters
    ----------
    table
        What `analysis.comparison.by_group.by_group_table` returned.
    called
        Scenario name to what the report calls it, in order.
    """
    if table is None or not len(table):
        return []
    words, groups = WORDS[sheet.language], Groups(table, list(called))
    first, *others = called
    parts = [page.heading(words["groups"])]
    if others:
        parts.append(page.paragraph(words["groups_note"].format(called[first], SMALL)))
        parts += [_who_gains(groups, name, called[name], len(others), sheet.language) for name in others]
    else:
        parts.append(page.paragraph(words["groups_note_one"].format(SMALL)))
        parts.append(_of_one(groups, first, sheet.language))
    parts += [page.paragraph(words["boards_note"]), _boards(groups, called, sheet.language)]
    for division in groups.levels:
        if division not in ("all", "age", "tenure", "area"):
            title = words["group_division"].format(division_label(division, sheet.language))
            parts.append(sheet.folded(title, _division(groups, division, called, sheet.language)))
    return parts


def _heads(names: Sequence[str], language: str) -> list[str]:
    """Return the heads of columns of measures, with their units."""
    return [measure_label(name, language) for name in names]


def _rows(groups: Groups, language: str) -> list[tuple[str, str, str]]:
    """Return division, level and label: the whole, then people and places."""
    return [
        (division, level, level_label(division, level, language))
        for division, level in [("all", "all"), *groups.people()]
    ]


def _who_gains(groups: Groups, other: str, title: str, others: int, language: str) -> str:
    head = title if others > 1 else WORDS[language]["group"]
    lines = [
        [label, *(cell_text(groups.cell(other, division, level, name), name) for name in MEASURES)]
        for division, level, label in _rows(groups, language)
    ]
    return page.table([head, *_heads(MEASURES, language)], lines)


def _of_one(groups: Groups, name: str, language: str) -> str:
    lines = []
    for division, level, label in _rows(groups, language):
        cells = []
        for measure in MEASURES:
            mean, low, high, number = groups.value(name, division, level, measure)
            unit = metric(measure).unit
            ends = interval_text(low, high, unit) if number >= SMALL else f"(n {number:.0f})"
            cells.append(f"{value_text(mean, unit)} {'' if ends == '–' else ends}".strip())
        lines.append([label, *cells])
    return page.table([WORDS[language]["group"], *_heads(MEASURES, language)], lines)


def _boards(groups: Groups, called: Mapping[str, str], language: str) -> str:
    """Return what the boards say of the whole beside what was; a column with nothing in it is left out."""
    words = WORDS[language]

    def told(name: str, measure: str) -> str:
        mean = groups.value(name, "all", "all", measure)[0] if measure else np.nan
        return f"{value_text(mean, 'share')} %" if np.isfinite(mean) else "–"

    columns = []
    for name, title in called.items():
        for place, key in enumerate(("recorded", "stated", "in_truth")):
            cells = [told(name, names[place]) for names, _ in BOARDS]
            if any(cell != "–" for cell in cells):
                columns.append((words[key].format(title), cells))
    lines = [
        [label[language == "zh"], *(cells[row] for _, cells in columns)]
        for row, (_, label) in enumerate(BOARDS)
    ]
    return page.table([words["metric"], *(head for head, _ in columns)], lines)


def _division(groups: Groups, division: str, called: Mapping[str, str], language: str) -> str:
    """Return the measures of each group of a division, a line a group and scenario."""
    words = WORDS[language]
    measures = UNITS if division == "unit_kind" else COLUMNS
    lines = []
    for level in groups.levels[division]:
        for name, title in called.items():
            found = [groups.value(name, division, level, measure) for measure in measures]
            cells = [
                value_text(mean, metric(measure).unit)
                for measure, (mean, *_) in zip(measures, found, strict=True)
            ]
            who = [title] if len(called) > 1 else []
            lines.append([level_label(division, level, language), *who, f"{found[0][3]:.0f}", *cells])
    heads = [words["group"], *([words["point_arm"]] if len(called) > 1 else []), "n"]
    kind = "divided" if len(called) > 1 else ""
    return page.table([*heads, *_heads(measures, language)], lines, kind=kind)
