"""The generated tables of docs/who-decides.md: every agent's decisions, and what each moves.

Usage: python -m experiments.decisions           write the tables into docs/who-decides.md
       python -m experiments.decisions --check   exit with 1 if they no longer say what the table says

The numbers are those of `experiments/published/decisions.csv` (`cogov reproduce decisions`).
"""

import importlib
import inspect
import math
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.safe_text.spreadsheet import read_csv
from experiments.arguments.key_values import shown
from experiments.output.generated_blocks import table, with_sections, write_or_check
from experiments.published.decision_list import DECISIONS, KINDS, Decision
from experiments.published.entry import Entry, load_cells
from experiments.published.inert_decisions import INERT
from sim import rules

FILE = Path(__file__).resolve().parents[1] / "docs" / "who-decides.md"
PAIR = ("administration_led", "co_governance")

#: The smallest differences of interest: below them nobody would staff, train or campaign otherwise.
TIMES: dict[str, float] = {
    "rmst180": 0.5,
    "service_part": 0.5,
    "report_to_solution_median": 0.5,
    "solved_7wd_from_report": 0.01,
    "solved_30d_from_report": 0.01,
}
PARTICIPATION: dict[str, float] = {
    "reported_180d": 0.01,
    "voice": 0.005,
    "participation": 0.001,
    "merchants_delivering": 0.003,
    "unit_delivery": 0.01,
}
#: What the cells call a measure.
SHORT = {
    "rmst180": "all needs",
    "service_part": "service part",
    "report_to_solution_median": "median",
    "solved_7wd_from_report": "within 7 wd",
    "solved_30d_from_report": "within 30 d",
    "reported_180d": "needs heard",
    "voice": "reported",
    "participation": "took part",
    "merchants_delivering": "merchants",
    "unit_delivery": "units delivered",
}
SHOWN_AT_MOST = 2
MOVES, LITTLE, UNDECIDED, NO, NOTHING = "moves", "little", "cannot tell", "no", "nothing at all"


@dataclass(frozen=True)
class Difference:
    """A paired difference with its interval, and the smallest one of interest."""

    metric: str
    unit: str
    mean: float
    low: float
    high: float
    least: float

    @property
    def verdict(self) -> str:
        """What the interval says: beyond zero and large enough, beyond zero, open, or too small to matter."""
        if self.mean == self.low == self.high == 0.0:
            return NOTHING
        if not math.isfinite(self.low + self.high):
            return UNDECIDED
        if self.low > 0.0 or self.high < 0.0:
            return MOVES if abs(self.mean) >= self.least else LITTLE
        return NO if max(-self.low, self.high) < self.least else UNDECIDED

    @property
    def text(self) -> str:
        """The measure with its difference and interval, as a cell has it."""
        scale, unit = (100.0, "") if self.unit == "share" else (1.0, " d")
        digits = 2 if self.metric in ("participation", "merchants_delivering") else 1
        mean, low, high = (_signed(value * scale, digits) for value in (self.mean, self.low, self.high))
        return f"{SHORT[self.metric]} {mean}{unit} [{low}, {high}]"


def _signed(value: float, digits: int) -> str:
    text = f"{value:+.{digits}f}"
    return text.replace("-", "−") if float(text) else text[1:]


def overall(differences: Sequence[Difference]) -> str:
    """Return the verdict of several measures together: the one that says most."""
    found = {one.verdict for one in differences}
    return next(word for word in (MOVES, UNDECIDED, LITTLE, NO, NOTHING) if word in found)


@cache
def entry() -> Entry:
    """The experiment."""
    return load_cells("decisions")


@cache
def published() -> pd.DataFrame:
    """Its table, by arm and metric."""
    found = read_csv(entry().expected.read_text(encoding="utf-8"), comment="#")
    return found.set_index(["arm", "metric"]).sort_index()


def arms_of(decision: Decision) -> dict[str, str]:
    """Return the arms of a decision by the scenario in which it is taken away."""
    ending = f".{decision.arm or decision.name}"
    return {arm.removesuffix(ending): arm for arm in entry().arms if arm.endswith(ending)}


def difference_of(arm: str, metric: str, least: float) -> Difference:
    """Return what an arm moves, of one measure."""
    row: Any = published().loc[(arm, metric)]
    mean, low, high = (float(row[f"difference{end}"]) for end in ("", "_low", "_high"))
    return Difference(metric, row["unit"], mean, low, high, least)


def differences(decision: Decision, arm: str, least: dict[str, float]) -> list[Difference]:
    """Return what an arm moves, of the measures of interest that count for a decision."""
    found = []
    for metric, least_one in least.items():
        if not decision.counts or metric in decision.counts:
            found.append(difference_of(arm, metric, least_one))
    return found


def verdicts(decision: Decision) -> dict[str, tuple[str, str]]:
    """Return by scenario whether a decision moves times, and whether participation."""
    found = {}
    for scenario, arm in arms_of(decision).items():
        times, part = (differences(decision, arm, least) for least in (TIMES, PARTICIPATION))
        found[scenario] = (overall(times) if times else NOTHING, overall(part))
    return found


def moves_neither(decision: Decision) -> bool:
    """Whether a decision moves neither times nor participation anywhere it was taken away."""
    return all(MOVES not in both for both in verdicts(decision).values())


def _where(scenario: str) -> str:
    return {PAIR[0]: "A", PAIR[1]: "C"}.get(scenario, f"`{scenario}`")


def _cell(decision: Decision, least: dict[str, float]) -> str:
    lines = []
    for scenario, arm in arms_of(decision).items():
        found = differences(decision, arm, least)
        if not found:
            continue
        strong = [one for one in found if one.verdict == MOVES]
        strong.sort(key=lambda one: -abs(one.mean) / one.least)
        said = "; ".join(one.text for one in strong[:SHOWN_AT_MOST]) or overall(found)
        lines.append(f"{_where(scenario)}: {said}")
    return "<br>".join(lines) or "not its measures"


def _verdict(decision: Decision) -> str:
    """Return the verdict of the default pair; elsewhere that of the scenarios in which it was tried."""
    tried = verdicts(decision)
    of_pair = [both for scenario, both in tried.items() if scenario in PAIR]
    both = of_pair or list(tried.values())
    times, part = (any(one[place] == MOVES for one in both) for place in (0, 1))
    if times or part:
        said = "moves both" if times and part else "moves times" if times else "moves participation"
    elif any(UNDECIDED in one for one in both):
        said = "cannot tell"
    else:
        said = "moves neither"
    return f"**{said}**" + ("" if of_pair else "; not in the pair")


def _keys(decision: Decision) -> str:
    sets: dict[str, None] = {}
    for scenario, arm in arms_of(decision).items():
        own = entry().arms[scenario].get("set", {})
        settings = {key: value for key, value in entry().arms[arm]["set"].items() if key not in own}
        sets[", ".join(f"`{key}={shown(value)}`" for key, value in settings.items())] = None
    return "; ".join(sets)


def decisions_of(kind: str) -> str:
    """The table of one kind of agent."""
    rows = [
        [
            f"{one.what} (`{one.name}`): {one.on}",
            f"{one.instead}: {_keys(one)}",
            _cell(one, TIMES),
            _cell(one, PARTICIPATION),
            _verdict(one),
        ]
        for one in DECISIONS
        if one.kind == kind
    ]
    head = ("decision, and on what it depends", "instead", "times", "participation", "verdict")
    return table(head, rows)


def elsewhere() -> str:
    """What the settings are that have a name here and no scenario of their own."""
    lines = []
    for arm, content in entry().arms.items():
        if "scenario" in content and "." not in arm:
            settings = ", ".join(f"`{key}={shown(value)}`" for key, value in content["set"].items())
            lines.append(f"- `{arm}`: `{content['scenario']}` with {settings}")
    return "\n".join(lines)


def summary() -> str:
    """How many decisions of the pair move what, by kind of agent."""
    rows = []
    for kind in KINDS:
        pair = [
            [both for scenario, both in verdicts(one).items() if scenario in PAIR]
            for one in DECISIONS
            if one.kind == kind
        ]
        tried = [both for both in pair if both]
        times = [any(one[0] == MOVES for one in both) for both in tried]
        part = [any(one[1] == MOVES for one in both) for both in tried]
        neither = [not any(found) for found in zip(times, part, strict=True)]
        counts = (len(tried), sum(times), sum(part), sum(neither), len(pair) - len(tried))
        rows.append([kind, *map(str, counts)])
    head = ("whose", "in the pair", "move times", "move participation", "neither", "only elsewhere")
    return table(head, rows)


def inert() -> str:
    """Decisions that move neither in the pair: why, and where they do."""
    lines = []
    for one in DECISIONS:
        tried = verdicts(one)
        if not any(scenario in tried for scenario in PAIR) and not moves_neither(one):
            continue
        if any(MOVES in both for scenario, both in tried.items() if scenario in PAIR):
            continue
        elsewhere = [
            f"`{scenario}`" for scenario, both in tried.items() if scenario not in PAIR and MOVES in both
        ]
        works = f" It works in {', '.join(elsewhere)}." if elsewhere else ""
        why = INERT.get(one.name, "no reason is given.")
        lines.append(f"- `{one.name}` ({one.kind}): {why}{works}")
    return "\n".join(lines) or "None."


def rules_of_decisions() -> str:
    """Every rule, and the decisions that go by it."""
    users: dict[str, list[str]] = {}
    for one in DECISIONS:
        for rule in one.rules:
            users.setdefault(rule, []).append(f"`{one.name}`")
    rows = []
    for rule, text in all_rules():
        rows.append([f"`{rule}`", ", ".join(dict.fromkeys(users.get(rule, ()))) or "nobody's", text])
    return table(("rule in `sim/rules`", "decisions that go by it", "what it returns"), rows)


def all_rules() -> Iterator[tuple[str, str]]:
    """Every rule, as module.function, with the first line of its docstring."""
    for found in pkgutil.iter_modules(rules.__path__):
        module = importlib.import_module(f"{rules.__name__}.{found.name}")
        for name, one in vars(module).items():
            # Compiled or not, a rule has its Python function; what is imported belongs to another module.
            function = getattr(one, "py_func", one)
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                text = (function.__doc__ or "").strip().split("\n")[0]
                yield f"{found.name}.{name}", text.removeprefix("Return ")


def least() -> str:
    """The smallest differences of interest."""
    rows = []
    for metric, value in (TIMES | PARTICIPATION).items():
        found = difference_of(PAIR[1], metric, value)
        size = f"{100 * value:g} points" if found.unit == "share" else f"{value:g} d"
        rows.append([SHORT[metric], f"`{metric}`", size, found.text.removeprefix(f"{SHORT[metric]} ")])
    return table(("called here", "measure", "smallest difference of interest", "default pair, C − A"), rows)


SECTIONS: dict[str, Callable[[], str]] = {
    **{kind: partial(decisions_of, kind) for kind in KINDS},
    "summary": summary,
    "elsewhere": elsewhere,
    "least": least,
    "inert": inert,
    "rules": rules_of_decisions,
}


def renewed(text: str) -> str:
    """Return the document with its tables as the published numbers have them now."""
    return with_sections(text, SECTIONS)


def main(words: Sequence[str]) -> int:
    """Write the tables, or check them."""
    return write_or_check(words, FILE, renewed, "docs/who-decides.md", "python -m experiments.decisions")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
