"""What would change the answer: what it rests on, where it turns round, and how to find out more.

Every line follows from the numbers at hand: assumed values in which the scenarios differ (`differing`),
groups of needs for which the difference has another sign, needs that fare the other way, and how many
replications an unclear one would take.
"""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.comparison.table import arms
from analysis.findings.finding import Finding, Findings
from analysis.findings.parameter_names import parameter_name
from analysis.findings.text_table import cell, letter, value_text
from analysis.metrics import metric
from analysis.report.html_page import quoted
from analysis.report.sections import Evidence, grade_of, span
from analysis.report.words import CHANGES

#: Measures that an answer is about: who is heard, how fast, and all needs.
PRIMARY = ("reported_180d", "report_to_solution_median", "solved_30d_from_report", "rmst180")
#: A measure, a part of it where its difference may turn round, what the part is, and how a turn is told.
_PARTS = (
    *[
        ("solved_30d_from_report", f"solved_30d_from_report_{kind}", kind, "turn_more", "turn_fewer")
        for kind in ("single", "multi", "60plus", "under60")
    ],
    ("rmst180", "rmst180_single", "rmst180_single", "turn_longer", "turn_shorter"),
    ("rmst180", "rmst180_multi", "rmst180_multi", "turn_longer", "turn_shorter"),
)
_NAMED = 4


def changes(
    comparison: pd.DataFrame,
    called: Mapping[str, str],
    pairs: pd.DataFrame | None = None,
    language: str = "en",
) -> list[str]:
    """Return what would change the answer of a comparison, a line each; commands stand between backquotes."""
    words = CHANGES[language]
    names = arms(comparison)
    called = {name: quoted(title) for name, title in called.items()}
    lines = []
    number = int(comparison.attrs.get("replications", 0))
    # Told by measure: of several scenarios each number goes with its letter.
    open_ones: dict[str, list[str]] = {}
    for place, other in enumerate(names[1:], start=1):
        lines += _turning(comparison, other, called[other], language)
        all_of_them = Findings(comparison, other)
        for found in (all_of_them[name] for name in PRIMARY if name in all_of_them):
            if found.verdict == "unclear" and number > 1 and (more := needed(found, number)):
                who = words["open_who"].format(letter(place, language)) if len(names) > 2 else ""
                open_ones.setdefault(metric(found.name).label(language), []).append(f"{more:,}{who}")
    if open_ones:
        told = [
            words["open_one"].format(label, words["comma"].join(numbers))
            for label, numbers in open_ones.items()
        ]
        lines.append(words["replications"].format(number, words["semicolon"].join(told)))
    if pairs is not None and not pairs.empty and len(names) == 2:
        table = pairs.set_index("metric")
        later, sooner = (cell(table, name, "mean") for name in ("solved_later", "solved_sooner"))
        if np.isfinite([later, sooner]).all():
            lines.append(words["needs"].format(100 * sooner, 100 * later, called[names[1]]))
    listed = quoted(f"[{','.join(names[:2])}]")
    return [
        *lines,
        *[words[key].format(listed) for key in ("sensitivity", "discover", "regime_map", "break_even")],
    ]


def changes_of_one(summary: pd.DataFrame, scenario: str, language: str = "en") -> list[str]:
    """Return what would change what was found about one scenario."""
    words = CHANGES[language]
    lines = []
    table = summary.set_index("metric")
    if "little_ratio" in table.index and abs(cell(table, "little_ratio", "mean") - 1.0) > 0.1:
        lines.append(words["unsettled"].format(cell(table, "little_ratio", "mean")))
    return [*lines, words["sensitivity_one"].format(quoted(scenario))]


def needed(found: Finding, number: int) -> int:
    """Return how many replications would make the interval end at zero if the difference stays as it is.

    An interval's half-width falls with the root of their number; 0 where there is no difference.
    """
    half = 0.5 * (found.high - found.low)
    if not (math.isfinite(half) and abs(found.difference) > 1e-9):
        return 0
    return math.ceil(number * (half / abs(found.difference)) ** 2)


def differing(evidence: Evidence, language: str = "en") -> list[str]:
    """Name the assumed values in which the scenarios differ."""
    words = CHANGES[language]
    assumed = [item for item in evidence if item.get("differs") and grade_of(item) == "assumed"]
    if not assumed:
        return []
    told = []
    for item in assumed[:_NAMED]:
        ends = words["plausible"].format(span(item)) if span(item) else ""
        # A name that is none of a parameter stays as it is, set as code.
        name = parameter_name(str(item["name"]), language)
        named = f"`{item['name']}`" if name == item["name"] else quoted(name)
        told.append(f"{named} {quoted(item.get('value'))}{ends}")
    rest = words["more"].format(len(assumed) - _NAMED) if len(assumed) > _NAMED else ""
    return [words["differing"].format(len(assumed), words["semicolon"].join(told) + rest)]


def _turning(comparison: pd.DataFrame, other: str, called: str, language: str) -> list[str]:
    """Say for which needs and people a difference is clearly of the other sign than over all."""
    words = CHANGES[language]
    clear = {"lower": -1, "higher": 1}
    found = Findings(comparison, other)
    lines = []
    for whole, part, kind, more, less in _PARTS:
        if whole not in found or part not in found:
            continue
        all_of_them, mine = found[whole], found[part]
        sign = clear.get(all_of_them.verdict, 0) or np.sign(all_of_them.difference)
        if clear.get(mine.verdict, 0) * sign < 0:
            size = value_text(abs(mine.difference), mine.unit)
            lines.append(words[more if mine.difference > 0 else less].format(words[kind], size, called))
    return lines
