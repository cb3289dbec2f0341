"""What a comparison comes to in ten numbers: heard, handled, taking part, hours, all needs.

The strip is the first thing in a report, and in the terminal where there are three scenarios or more. Its
numbers and words are those of `analysis.findings.three_lines`: a row for each measure, with every scenario's
value, its difference from the first and the word that the interval allows. One scenario alone has its values
with their intervals. The sentence above it keeps being heard and being handled apart: a regime that hears
more may handle more slowly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.comparison.table import arms
from analysis.findings.strip_words import WORDS
from analysis.findings.text_table import WIDTH, cell, interval_text, layout, letter, value_text
from analysis.findings.three_line_words import WORDS as LINE_WORDS
from analysis.findings.three_lines import COUNTED, KINDS, Said
from analysis.findings.wrapping import wrapped
from analysis.metrics import metric
from analysis.safe_text.plain_text import visible

#: What the strip shows, part by part.
ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("heard", (COUNTED,)),
    ("fast", ("report_to_solution_median", "solved_7wd_from_report", "solved_30d_from_report")),
    ("part", ("participation", "voice")),
    ("cost", ("hours_per_solved", "case_staff_hours_per_solved", "case_unit_hours_per_solved")),
    ("all", ("rmst180", "reporting_part", "service_part")),
)
#: What stands behind it, where several scenarios leave no room for whole sentences.
FURTHER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("fast", ("report_to_solution_p90", *(f"solved_30d_from_report_{kind}" for kind in KINDS))),
    ("part", ("merchants_delivering", "unit_delivery")),
    ("all", ("days_unreported", "days_in_service")),
)
#: The strip of a terminal, where for whom handling is faster has no line of its own.
WITH_KINDS = tuple((part, (*names, *FURTHER[0][1][1:]) if part == "fast" else names) for part, names in ROWS)
#: What the sentence above the strip says, and by which measure; how fast is told by four.
_LEAD = {"heard": COUNTED, "fast": "", "part": "participation", "cost": "hours_per_solved"}


@dataclass(frozen=True)
class Entry:
    """One scenario's number, and how it differs from the first scenario's.

    `clear` says whether the interval of the difference excludes zero; None where there is no interval. Of one
    scenario alone `difference` holds the interval of its value.
    """

    value: str
    difference: str = ""
    word: str = ""
    clear: bool | None = None


@dataclass(frozen=True)
class Row:
    """One measure: its part of the strip, what it is called, and an entry for each scenario."""

    part: str
    name: str
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Strip:
    """The strip and what goes with it.

    `letters` are what the scenarios go by and `titles` what they are called; `lead` says in a sentence what
    came out, empty of one scenario alone; `runs` says what it rests on.
    """

    letters: tuple[str, ...]
    titles: tuple[str, ...]
    lead: str
    runs: str
    rows: tuple[Row, ...]
    language: str

    @property
    def key(self) -> str:
        """Return which letter stands for which scenario."""
        # One scenario alone goes by its title, which stands above it already.
        told = [f"{one} {title}" for one, title in zip(self.letters, self.titles, strict=False)]
        return WORDS[self.language]["semicolon"].join([*told, self.runs])


def strip(
    comparison: pd.DataFrame,
    titles: Mapping[str, str] | None = None,
    language: str = "en",
    replications: int | None = None,
    rows: Sequence[tuple[str, Sequence[str]]] = ROWS,
) -> Strip:
    """Return the strip of a comparison of two scenarios or more.

    Parameters
    ----------
    titles
        Scenario name to what it is called.
    rows
        Which measures, part by part.
    """
    names, words = arms(comparison), WORDS[language]
    called = [(titles or {}).get(name) or name.replace("_", " ") for name in names]
    number = int(replications or comparison.attrs.get("replications", 1))
    letters = tuple(letter(place, language) for place in range(len(names)))
    said = [
        Said(comparison, other, (letters[0], letters[place]), LINE_WORDS[language], language)
        for place, other in enumerate(names[1:], start=1)
    ]
    found = [
        Row(part, name, words[name], _entries(name, said))
        for part, measures in rows
        for name in measures
        if name in said[0].found
    ]
    known = [row for row in found if any(entry.value != "–" or entry.difference for entry in row.entries)]
    runs = words["runs" if number > 1 else "runs_one"].format(runs=number)
    return Strip(letters, tuple(called), _lead(said, number, words), runs, tuple(known), language)


def strip_of_one(
    summary: pd.DataFrame, title: str, language: str = "en", replications: int | None = None
) -> Strip:
    """Return the strip of one scenario alone, from `analysis.comparison.scenario_summary`."""
    words, table = WORDS[language], summary.set_index("metric")
    number = int(replications or summary.attrs.get("replications", 1))
    rows = []
    for part, names in ROWS:
        for name in names:
            if name in table.index and not np.isnan(cell(table, name, "mean")):
                value, low, high = (cell(table, name, column) for column in ("mean", "low", "high"))
                ends = interval_text(low, high, metric(name).unit)
                entry = Entry(_value(name, value, language), "" if ends == "–" else ends)
                rows.append(Row(part, name, words[name], (entry,)))
    runs = words["runs_alone" if number > 1 else "runs_one"].format(runs=number)
    return Strip((), (title,), "", runs, tuple(rows), language)


def strip_text(found: Strip, width: int = WIDTH) -> str:
    """Set a strip for a terminal: the key, the sentence, and a table of values with the words."""
    words = WORDS[found.language]
    table = [["", "", *found.letters]]
    part = ""
    for row in found.rows:
        cells = [f"{_number(entry)} {entry.word if entry.clear else ''}".strip() for entry in row.entries]
        table.append([words[row.part] if row.part != part else "", row.label, *cells])
        part = row.part
    marked = words["marked"].format(first=found.letters[0])
    above = [*wrapped(visible(found.key), width), *wrapped(visible(found.lead), width)]
    return "\n".join([*above, "", layout(table, left=len(table[0])), *wrapped(marked, width)])


def _number(entry: Entry) -> str:
    """Return a value, or the difference of what only differences have."""
    return entry.difference.split(" ")[0] if entry.value == "–" and entry.difference else entry.value


def _entries(name: str, said: Sequence[Said]) -> tuple[Entry, ...]:
    """Return what a measure is under each scenario."""
    language = said[0].language
    entries = [Entry(_value(name, said[0].found[name].base, language))]
    for one in said:
        found = one.found[name]
        apart = value_text(found.difference, found.unit, sign=True) if np.isfinite(found.difference) else ""
        ends = interval_text(found.low, found.high, found.unit, sign=True)
        told = f"{apart} {ends}" if apart and ends != "–" else apart
        direction = one.direction(found)
        clear = None if direction is None else direction != 0
        entries.append(Entry(_value(name, found.other, language), told, one.word(found), clear))
    return tuple(entries)


def _value(name: str, value: float, language: str) -> str:
    """Return a value with its unit; a number of a hundred needs is one without."""
    words, unit = LINE_WORDS[language], metric(name).unit
    if np.isinf(value):
        return words["not_reached"]
    told = value_text(value, unit)
    return told if name == COUNTED or not np.isfinite(value) else told + words[unit]


def _lead(said: Sequence[Said], number: int, words: Mapping[str, str]) -> str:
    """Return in a sentence what came out: of one scenario against the first, or topic by topic of several."""
    if number < 2:
        return words["lead_one_run"]
    told = [(one.letters[1], {topic: _phrase(one, topic, words) for topic in _LEAD}) for one in said]
    if len(told) == 1:
        ((who, phrases),) = told
        start = words["lead"].format(who=who, first=said[0].letters[0])
        text = words["semicolon"].join(phrases.values())
    else:
        start = ""
        topics = [
            _by_topic([(who, phrases[topic]) for who, phrases in told], topic, words) for topic in _LEAD
        ]
        text = words["semicolon"].join(topics)
        text = text[:1].upper() + text[1:]
    return start + text + words["end"]


def _by_topic(told: Sequence[tuple[str, str]], topic: str, words: Mapping[str, str]) -> str:
    """Return what is said of one topic, once for all of which it is so; no difference comes last."""
    groups: dict[str, list[str]] = {}
    for who, phrase in told:
        groups.setdefault(phrase, []).append(who)
    same = words[f"{topic}_same"]
    order = sorted(groups, key=lambda phrase: phrase == same)
    return words["comma"].join(
        words["under"].format(
            what=words["none_shown"] if what == same and len(groups) > 1 else what,
            who=_listed(groups[what], words),
        )
        for what in order
    )


def _phrase(said: Said, topic: str, words: Mapping[str, str]) -> str:
    if topic == "fast":
        return words[said.speed() or "fast_unknown"]
    name = _LEAD[topic]
    direction = said.direction(said.found[name]) if name in said.found else None
    ending = {None: "unknown", 0: "same", 1: "more", -1: "fewer"}[direction]
    return words[f"{topic}_{ending}"]


def _listed(letters: Sequence[str], words: Mapping[str, str]) -> str:
    """Return letters as a list: A, B and C."""
    *most, last = letters
    return words["between"].join(most) + words["and"] + last if most else last
