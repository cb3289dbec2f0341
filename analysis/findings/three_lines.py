"""What a result says first, in words that follow the numbers: who gets heard, how fast, who takes part.

Three lines in this order, and below them one on all needs, reported or not, with the difference divided into
reporting and service. Each measure is called more or fewer, faster or slower only where the interval of its
difference excludes zero; otherwise *no difference shown*. With one replication nothing is called anything.
Numbers and words come from a table of `analysis.comparison.table`, for one scenario from one of
`analysis.comparison.scenario_summary`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.comparison.table import arms
from analysis.findings.finding import Finding, Findings
from analysis.findings.text_table import WIDTH, cell, interval_text, letter, number_text, value_text
from analysis.findings.three_line_words import WORDS
from analysis.findings.wrapping import beside, wrapped
from analysis.metrics import metric
from analysis.safe_text.plain_text import visible

#: Columns of the heads in a terminal.
HEADS = 17
TYPICAL = ("report_to_solution_median", "solved_7wd_from_report")
SLOWEST = ("solved_30d_from_report", "report_to_solution_p90")
KINDS = ("single", "multi", "60plus", "under60")
#: Told as a number of a hundred needs, after its verdict.
COUNTED = "reported_180d"


@dataclass(frozen=True)
class Line:
    """One line: a head of a few words, the verdict in a word or two (may be empty), and the text."""

    head: str
    verdict: str
    text: str


@dataclass(frozen=True)
class Block:
    """What is said of one scenario, or of one against the first; `title` says what is compared."""

    title: str
    lines: tuple[Line, ...]


def first_words(
    comparison: pd.DataFrame,
    titles: Mapping[str, str] | None = None,
    language: str = "en",
    replications: int | None = None,
) -> list[Block]:
    """Return the lines for each scenario against the first."""
    names = arms(comparison)
    called = {name: (titles or {}).get(name) or name.replace("_", " ") for name in names}
    number = replications if replications is not None else comparison.attrs.get("replications")
    blocks = []
    for place, name in enumerate(names[1:], start=1):
        letters = letter(0, language), letter(place, language)
        said = Said(comparison, name, letters, WORDS[language], language)
        title = said.words["title"].format(
            a=letters[0], b=letters[1], first=called[names[0]], second=called[name], runs=number or 1
        )
        blocks.append(Block(title, said.lines()))
    return blocks


def first_words_of_one(
    summary: pd.DataFrame, title: str, language: str = "en", replications: int | None = None
) -> Block:
    """Return the lines on one scenario alone."""
    words = WORDS[language]
    table = summary.set_index("metric")

    def told(name: str) -> str:
        if name not in table.index:
            return "–"
        unit = metric(name).unit
        value, low, high = (cell(table, name, column) for column in ("mean", "low", "high"))
        if np.isinf(value):
            return words["never_reached"]
        ends = interval_text(low, high, unit)
        text = value_text(value, unit) + (f" {ends}" if ends != "–" else "")
        return text if name == COUNTED else text + words[unit]

    texts = {key: words[f"one_{key}"].format_map(_Told(told)) for key in ("heard", "fast", "part", "all")}
    lines = [Line(words[f"head_{key}"], "", text) for key, text in texts.items()]
    number = replications or int(summary.attrs.get("replications", 1))
    head = words["title_one" if number > 1 else "title_one_run"].format(title=title, runs=number)
    return Block(head, tuple(lines))


def as_text(blocks: Sequence[Block], width: int = WIDTH) -> str:
    """Set blocks for a terminal: heads on the left, the text beside them, broken at the width."""
    paragraphs = []
    for block in blocks:
        lines = wrapped(visible(block.title), width)
        for line in block.lines:
            # A full-width colon has its own space.
            space = "" if line.verdict.endswith("：") else " "
            text = visible(f"{line.verdict}{space}{line.text}".strip())
            lines += beside(line.head, text, HEADS, width)
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


class _Told(dict[str, str]):
    """Fills a pattern: whatever name it asks for, the function tells."""

    def __init__(self, tell: Callable[[str], str]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, name: str) -> str:
        return self._tell(name)


def direction_of(found: Finding, never: int) -> int | None:
    """Return whether a measure is higher (1), lower (-1) or shows no difference (0); None: not known.

    Parameters
    ----------
    never
        In how many of the two arms it is reached in no replication.
    """
    if np.isinf(found.base) or np.isinf(found.other):
        # A quantile that one of them reaches always and the other never differs by more than can be measured;
        # where it is reached now and then, nothing is said.
        if found.base == found.other or never != 1:
            return None
        return int(np.sign(found.other - found.base))
    return {"higher": 1, "lower": -1, "unclear": 0}.get(found.verdict)


def difference_word(name: str, unit: str, direction: int | None, words: Mapping[str, str]) -> str:
    """Return what a difference of a measure is called; nothing where nothing is known about it."""
    if direction is None:
        return ""
    if direction == 0:
        return words["none_shown"]
    if name in (*TYPICAL, *SLOWEST) or name.startswith("solved_30d"):
        return words["faster" if direction * metric(name).better > 0 else "slower"]
    if unit == "days":
        return words["longer" if direction > 0 else "shorter"]
    return words["more" if direction > 0 else "fewer"]


class Said:
    """What is said of one scenario against the first: its lines, and the word for each measure."""

    def __init__(
        self,
        comparison: pd.DataFrame,
        other: str,
        letters: tuple[str, str],
        words: Mapping[str, str],
        language: str,
    ) -> None:
        self.comparison, self.other, self.letters = comparison, other, letters
        self.words, self.language = words, language
        self.found = Findings(comparison, other)
        self.arms = (arms(comparison)[0], other)
        self.nothing = words["open" if int(comparison.attrs.get("replications", 1)) == 1 else "unknown"]

    def lines(self) -> tuple[Line, ...]:
        """Return the three lines and the one below them."""
        heard, fast, part = (
            self.words[key].format_map(_Told(self.told)) for key in ("heard", "fast", "part")
        )
        lines = [
            Line(self.words["head_heard"], self.verdict_size(COUNTED), heard),
            Line(self.words["head_fast"], self.verdict_fast(), fast),
            self.kinds(),
            self.same_needs(),
            Line(self.words["head_part"], self.verdict_size("participation"), part),
            self.all_needs(),
        ]
        return tuple(line for line in lines if line is not None)

    def told(self, name: str) -> str:
        """Return a measure under both with the word for its difference: 8.0 → 8.6 days (slower)."""
        if name not in self.found:
            return "–"
        found = self.found[name]
        if name == COUNTED:
            return self.values(found)
        word = self.word(found)
        return self.with_unit(found) + (self.words["brackets"].format(word) if word else "")

    def with_unit(self, found: Finding) -> str:
        """Return a measure's values under both with their unit, which what is not reached has not."""
        return self.values(found) + (self.words[found.unit] if np.isfinite(found.other) else "")

    def values(self, found: Finding) -> str:
        """Return a measure's values under both; what neither reaches is said once."""
        if np.isinf(found.base) and np.isinf(found.other):
            return self.words["never_reached"]
        sides = [
            self.words["not_reached"] if np.isinf(value) else value_text(value, found.unit)
            for value in (found.base, found.other)
        ]
        return " → ".join(sides)

    def known(self, name: str) -> bool:
        """Whether there is a measure, and under both."""
        if name not in self.found:
            return False
        found = self.found[name]
        return not (np.isnan(found.base) or np.isnan(found.other))

    def word(self, found: Finding) -> str:
        """Return what a difference is called; nothing where nothing is known about it."""
        return difference_word(found.name, found.unit, self.direction(found), self.words)

    def direction(self, found: Finding) -> int | None:
        """Return whether a measure is higher (1), lower (-1) or shows no difference (0); None: not known."""
        return direction_of(found, len({name for name in self.arms if self.never(name, found.name)}))

    def never(self, arm: str, name: str) -> bool:
        """Whether a quantile is reached in no replication of a scenario."""
        notes = self.comparison.attrs.get("notes", ())
        return any(
            (one.metric, one.arm, one.minus, one.key) == (name, arm, "", "infinite") and one.some == one.of
            for one in notes
        )

    def speeds(self, names: Sequence[str]) -> set[int]:
        """Return in which directions measures of speed go: 1 faster, -1 slower."""
        found = [self.found[name] for name in names if name in self.found]
        signs = {(self.direction(one) or 0) * metric(one.name).better for one in found}
        return signs - {0}

    def size_key(self, name: str) -> str:
        """Return the key of the verdict on a number of people or needs; empty where nothing is known."""
        direction = self.direction(self.found[name])
        return "" if direction is None else {0: "size_same", 1: "size_more", -1: "size_fewer"}[direction]

    def verdict_size(self, name: str) -> str:
        """Return whether more or fewer are heard, or take part, under the second."""
        if name not in self.found:
            return ""
        key = self.size_key(name)
        return self.words[key].format(b=self.letters[1]) if key else self.nothing

    def verdict_fast(self) -> str:
        """Return whether handling is faster or slower under the second, for most and for the last ones."""
        key = self.speed()
        return self.words[key].format(b=self.letters[1]) if key else self.nothing

    def speed(self) -> str:
        """Return the key of the word for how fast handling is; empty where nothing is known about it."""
        names = [name for name in (*TYPICAL, *SLOWEST) if name in self.found]
        if all(self.direction(self.found[name]) is None for name in names):
            return ""
        typical, slowest = self.speeds(TYPICAL), self.speeds(SLOWEST)
        both = typical | slowest
        if len(both) < 2:
            return {(): "fast_same", (1,): "fast_faster", (-1,): "fast_slower"}[tuple(both)]
        if (typical, slowest) == ({1}, {-1}):
            return "fast_tail_slower"
        return "fast_tail_faster" if (typical, slowest) == ({-1}, {1}) else "fast_mixed"

    def kinds(self) -> Line | None:
        """Return for which needs and whom handling is faster, and for whom slower."""
        told: dict[str, list[str]] = {}
        for kind in KINDS:
            name = f"solved_30d_from_report_{kind}"
            if self.known(name):
                found = self.found[name]
                text = self.words[f"kind_{kind}"].format(self.with_unit(found))
                told.setdefault(self.word(found), []).append(text)
        if not told:
            return None
        listed = {word: self.words["comma"].join(texts) for word, texts in told.items()}
        parts = [self.words["kinds_of"].format(word, text) if word else text for word, text in listed.items()]
        return Line(
            self.words["head_kinds"], "", self.words["kinds"].format(self.words["semicolon"].join(parts))
        )

    def same_needs(self) -> Line | None:
        """Return how the time from report to solution differs for needs reported under both."""
        if not self.known_difference("both_reported_difference"):
            return None
        found = self.found["both_reported_difference"]
        word = {"higher": "slower", "lower": "faster", "unclear": "none_shown"}.get(found.verdict)
        ends = interval_text(found.low, found.high, found.unit, sign=True)
        text = self.words["same"].format(
            size=number_text(found.difference, 1, sign=True),
            ends="" if ends == "–" else f" {ends}",
            word=self.words["brackets"].format(self.words[word]) if word else "",
        )
        return Line(self.words["head_same"], "", text)

    def known_difference(self, name: str) -> bool:
        """Whether there is a difference that only two scenarios together have."""
        return name in self.found and bool(np.isfinite(self.found[name].difference))

    def all_needs(self) -> Line | None:
        """Return the mean over all needs with its reason, and its difference divided."""
        if "rmst180" not in self.found:
            return None
        whole = self.found["rmst180"]
        if not np.isfinite(whole.difference):
            return Line(self.words["head_all"], "", self.words["all_undefined"])
        first, second = (value_text(value, "days") for value in (whole.base, whole.other))
        parts = self.parts()
        text = self.words["all_divided" if parts else "all_whole"].format(
            difference=self.difference(whole), first=first, second=second, **parts
        )
        return Line(self.words["head_all"], "", text)

    def parts(self) -> dict[str, str]:
        """Return the parts of the difference; nothing where it is not divided."""
        names = {"reporting": "reporting_part", "service": "service_part"}
        if not all(self.known_difference(name) for name in names.values()):
            return {}
        return {key: self.difference(self.found[name]) for key, name in names.items()}

    def divided(self) -> str:
        """Return the difference over all needs and its parts in a line; empty where it is not known."""
        if not self.known_difference("rmst180"):
            return ""
        whole = self.difference(self.found["rmst180"])
        parts = self.parts()
        text = self.words["divided"].format(difference=whole)
        return text + (self.words["divided_parts"].format(**parts) if parts else "")

    def difference(self, found: Finding) -> str:
        """Return a difference in days with its interval; two decimals, so that parts add up as shown."""
        ends = [number_text(end, 2, sign=True) for end in (found.low, found.high)]
        known = np.isfinite(found.low) and np.isfinite(found.high)
        return number_text(found.difference, 2, sign=True) + (f" [{', '.join(ends)}]" if known else "")
