"""Who gains and who loses, by age, tenure and area, and what it costs in hours: from the measures by group.

A group gains where the mean time to a true solution, over all its needs, reported or not, is lower and the
95 % interval of the paired difference excludes zero; it loses where it is higher. A small group is called
small, and nothing else. Areas are counted and not named: each is one of many chances for an interval to
exclude zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.comparison.by_group import SMALL, difference_name
from analysis.findings.group_words import level_label
from analysis.findings.text_table import interval_text, unit_text, value_text
from analysis.findings.three_lines import Block, Line
from analysis.metrics import metric

#: Divisions of people and places, in the order told.
DIVISIONS = ("age", "tenure", "area")
#: What a group is told by: who is heard, how fast, over all needs, and hours of staff and units.
MEASURES = (
    "reported_180d",
    "solved_30d_from_report",
    "rmst180",
    "case_staff_hours_per_solved",
    "case_unit_hours_per_solved",
)
GAIN = "rmst180"
HOURS = ("case_staff_hours_per_solved", "case_unit_hours_per_solved")

_WORDS = {
    "en": {
        "head": "Who gains",
        "cost": "What it costs",
        "gain": "days to a true solution, all needs of a group, reported or not: {}.",
        "lower": "fewer for {}",
        "higher": "more for {}",
        "unclear": "no difference shown for {}",
        "small": "too few needs to tell: {}",
        "alone": "{}",
        "areas": "of {} areas fewer in {}, more in {}",
        "hours": "hours charged to cases, a truly solved need: staff {}, units {}.",
        "comma": ", ",
        "semicolon": "; ",
        "word_lower": " (fewer)",
        "word_higher": " (more)",
        "word_unclear": " (no difference shown)",
    },
    "zh": {
        "head": "谁受益",
        "cost": "代价",
        "gain": "各群体全部诉求（无论是否反映）的平均真实解决时间，天：{}。",
        "lower": "缩短：{}",
        "higher": "延长：{}",
        "unclear": "未见差异：{}",
        "small": "诉求太少，无法判断：{}",
        "alone": "{}",
        "areas": "{}个网格中缩短{}个、延长{}个",
        "hours": "每件真实解决的个案工时：社区{}，单位{}。",
        "comma": "、",
        "semicolon": "；",
        "word_lower": "（更少）",
        "word_higher": "（更多）",
        "word_unclear": "（未见差异）",
    },
}


@dataclass(frozen=True)
class Cell:
    """One measure of one group under the first scenario and another, and the paired difference."""

    first: float
    other: float
    difference: float
    low: float
    high: float
    number: float

    @property
    def small(self) -> bool:
        """Whether too few needs are in the denominator for a difference."""
        return self.number < SMALL

    @property
    def verdict(self) -> str:
        """Return lower, higher, unclear, small, or alone where one replication has no interval."""
        if self.small:
            return "small"
        if np.isfinite(self.low) and np.isfinite(self.high):
            return "lower" if self.high < 0 else "higher" if self.low > 0 else "unclear"
        return "unclear" if self.difference == 0 else "alone"


class Groups:
    """The table of measures by group, for looking up.

    Parameters
    ----------
    table
        What `analysis.comparison.by_group.by_group_table` returned.
    names
        The scenarios, the first being what the others are compared with.
    """

    def __init__(self, table: pd.DataFrame, names: Sequence[str]) -> None:
        self.names = list(names)
        # Column by column as lists: walking over a column of texts takes many times as long.
        keys, numbers = (
            [table[column].tolist() for column in columns]
            for columns in (("scenario", "group", "level", "metric"), ("mean", "low", "high", "n"))
        )
        self._rows = dict(zip(zip(*keys, strict=True), zip(*numbers, strict=True), strict=True))
        self.levels: dict[str, list[str]] = {}
        for group, level in dict.fromkeys(zip(keys[1], keys[2], strict=True)):
            self.levels.setdefault(group, []).append(level)

    def value(self, scenario: str, group: str, level: str, name: str) -> tuple[float, float, float, float]:
        """Return mean, low, high and n; undefined, with an n of 0, where there is no such row."""
        mean, low, high, number = self._rows.get(
            (scenario, group, level, name), (np.nan, np.nan, np.nan, 0.0)
        )
        return mean, low, high, number

    def cell(self, other: str, group: str, level: str, name: str) -> Cell:
        """Return a measure of a group under the first scenario and another."""
        apart = self.value(difference_name(self.names, other), group, level, name)
        first, second = (self.value(arm, group, level, name)[0] for arm in (self.names[0], other))
        return Cell(first, second, *apart)

    def people(self) -> list[tuple[str, str]]:
        """Return the groups of people and places, each once: merchants and needs of nobody with the ages."""
        found = []
        for group in DIVISIONS:
            levels = self.levels.get(group, [])
            once = [one for one in levels if group == "age" or one not in ("merchant", "no_owner")]
            found += [(group, level) for level in once]
        return found


def with_groups(
    blocks: Sequence[Block], table: pd.DataFrame, names: Sequence[str], language: str = "en"
) -> list[Block]:
    """Add to what is said first who gains and what it costs, for each scenario against the first."""
    if not len(table):
        return list(blocks)
    groups = Groups(table, names)
    added = []
    for block, other in zip(blocks, names[1:], strict=True):
        added.append(Block(block.title, (*block.lines, *lines(groups, other, language))))
    return added


def lines(groups: Groups, other: str, language: str = "en") -> list[Line]:
    """Return who gains and who loses under a scenario against the first, and the hours; or nothing."""
    words = _WORDS[language]
    told = [text for text in (_people(groups, other, words, language), _areas(groups, other, words)) if text]
    found = [Line(words["head"], "", words["gain"].format(words["semicolon"].join(told)))] if told else []
    cells = [groups.cell(other, "all", "all", name) for name in HOURS]
    if all(np.isfinite([cell.first, cell.other]).all() for cell in cells):
        texts = [_change(cell, "hours", words) for cell in cells]
        found.append(Line(words["cost"], "", words["hours"].format(*texts)))
    return found


def _people(groups: Groups, other: str, words: Mapping[str, str], language: str) -> str:
    listed: dict[str, list[str]] = {}
    for group, level in groups.people():
        if group != "area":
            cell = groups.cell(other, group, level, GAIN)
            text = level_label(group, level, language)
            if not cell.small:
                text += f" {value_text(cell.difference, 'days', sign=True)}"
            listed.setdefault(cell.verdict, []).append(text)
    order = ("lower", "higher", "unclear", "alone", "small")
    parts = [words[key].format(words["comma"].join(listed[key])) for key in order if key in listed]
    return words["semicolon"].join(parts)


def _areas(groups: Groups, other: str, words: Mapping[str, str]) -> str:
    """Return in how many areas things are better and worse; nothing with one replication or one area."""
    levels = [level for group, level in groups.people() if group == "area"]
    verdicts = [groups.cell(other, "area", level, GAIN).verdict for level in levels]
    if len(levels) < 2 or "alone" in verdicts:
        return ""
    return words["areas"].format(len(levels), verdicts.count("lower"), verdicts.count("higher"))


def _change(cell: Cell, unit: str, words: Mapping[str, str]) -> str:
    sides = " → ".join(value_text(value, unit) for value in (cell.first, cell.other))
    return sides + words.get(f"word_{cell.verdict}", "")


def measure_label(name: str, language: str = "en") -> str:
    """Return what a column of a measure is called, with its unit."""
    unit = unit_text(metric(name).unit, language)
    brackets = "（{}）" if language == "zh" else " ({})"
    return metric(name).label(language) + (brackets.format(unit) if unit else "")


def cell_text(cell: Cell, name: str) -> str:
    """Return a measure of a group: its value under the other scenario, and the difference."""
    unit = metric(name).unit
    value = value_text(cell.other, unit)
    if cell.small:
        return f"{value} (n {cell.number:.0f})" if np.isfinite(cell.other) else "–"
    ends = interval_text(cell.low, cell.high, unit, sign=True)
    apart = value_text(cell.difference, unit, sign=True)
    # Difference and interval stay in one line.
    return f"{value} ({apart}" + (")" if ends == "–" else f"\u00a0{ends})")
