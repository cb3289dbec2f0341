"""One row of the table: what was measured, against what, and what it has to reach."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from benchmarks.timing import Spread


@dataclass(frozen=True)
class Goal:
    """What a figure must reach, and what we aim for."""

    at_least: float
    aim: float
    #: True for "times as fast", False for seconds, draws and gigabytes.
    more_is_better: bool = True

    def verdict(self, value: float) -> str:
        """Say which of the two is reached."""

        def reached(goal: float) -> bool:
            return value >= goal if self.more_is_better else value <= goal

        if reached(self.aim):
            return "aim"
        return "reached" if reached(self.at_least) else "MISSED"


@dataclass(frozen=True)
class Row:
    """One measured figure."""

    key: str
    work: str
    peer: str
    figure: Spread
    unit: str
    goal: Goal | None = None
    #: How we know that both sides did the same work.
    check: str = ""
    #: What the figure was made of, in seconds or as named.
    parts: dict[str, Spread | float | str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the row for the JSON file."""
        row = dataclasses.asdict(self)
        row["verdict"] = self.goal.verdict(self.figure.median) if self.goal else ""
        return row


@dataclass(frozen=True)
class LeftOut:
    """A peer that is not there."""

    peer: str
    why: str


def number(value: float) -> str:
    """Format to three significant digits, without exponents."""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 0.001 else f"{value:.2e}"


def line(row: Row) -> str:
    """Return the row as lines of text."""
    figure = row.figure
    text = f"{row.work}\n    against {row.peer}\n" if row.peer else f"{row.work}\n"
    text += f"    {number(figure.median)} {row.unit}  ({number(figure.low)} to {number(figure.high)}"
    text += f", {figure.repetitions} repetition{'s' if figure.repetitions != 1 else ''})"
    if row.goal:
        sign = "at least" if row.goal.more_is_better else "at most"
        text += f"   {sign} {number(row.goal.at_least)}, aim {number(row.goal.aim)}: "
        text += row.goal.verdict(figure.median)
    parts = []
    for name, part in row.parts.items():
        if isinstance(part, Spread):
            parts.append(f"{name} {number(part.median)} s")
        else:
            parts.append(f"{name} {number(part) if isinstance(part, float) else part}")
    if parts:
        text += f"\n    {'; '.join(parts)}"
    if row.check:
        text += f"\n    same work: {row.check}"
    return text
