"""The generated tables of docs/odd.md: state variables, schedule, submodels, parameters, sources of
randomness.

Usage: python -m experiments.odd           write the tables into docs/odd.md
       python -m experiments.odd --check   exit with 1 if they no longer say what the code says

Everything between a line `<!-- generated: NAME -->` and `<!-- end -->` is replaced; the rest is written by
hand.
"""

import importlib
import pkgutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from experiments.arguments.key_values import shown
from experiments.output.generated_blocks import table, with_sections, write_or_check
from sim import mechanisms
from sim.engine.declare import all_draws, all_events, all_records
from sim.engine.dispatch import handlers
from sim.engine.tables.run import State
from sim.mechanism_list import MECHANISMS
from sim.parameters.scenario import GRADES, describe

FILE = Path(__file__).resolve().parents[1] / "docs" / "odd.md"


def state_variables() -> str:
    """A table an array: field, what it holds, unit, type."""
    records = all_records()
    blocks = []
    for array in State._fields:
        if array in records:
            rows = [
                [f"`{name}`", column.text, column.unit, "number" if column.kind == "f8" else "whole"]
                for name, column in records[array].columns.items()
            ]
            head = f"**`{array}`**: {records[array].what}\n\n"
            blocks.append(head + table(("field", "meaning", "unit", "type"), rows))
    return "\n\n".join(blocks)


def schedule() -> str:
    """The kinds of event, in the order in which they happen at the same instant."""
    rows = [
        [str(handler.event), f"`{one.name}`", one.text, f"`{handler.name}`"]
        for one, handler in zip(all_events().values(), handlers(MECHANISMS), strict=True)
    ]
    return table(("order", "event", "what happens", "function in `sim/mechanisms`"), rows)


def submodels() -> str:
    """One line a module of `sim.mechanisms`: the first of its docstring."""
    rows = []
    for found in pkgutil.walk_packages(mechanisms.__path__, "sim.mechanisms."):
        if found.ispkg or found.name.endswith(".initial_state"):
            continue
        text = (importlib.import_module(found.name).__doc__ or "").strip().split("\n\n")[0]
        rows.append([f"`{found.name.removeprefix('sim.mechanisms.')}`", " ".join(text.split())])
    return table(("module", "idea"), rows)


def parameters() -> str:
    """Every parameter: default, unit, plausible range, grade, source, meaning."""
    rows = []
    for row in describe():
        if row.key in ("name", "description", "evidence") or row.key.startswith("title."):
            continue
        plausible = f"{row.low:g} – {row.high:g}" if row.low is not None and row.high is not None else ""
        default = shown(row.default)
        default = default if len(default) <= 60 else f"{default[:57]}…"
        about = " ".join(part for part in (row.text, row.note) if part)
        rows.append([f"`{row.key}`", default, row.unit, plausible, row.grade, row.source, about])
    head = ("parameter", "default", "unit", "plausible", "grade", "source", "meaning")
    grades = "\n".join(f"- *{grade}*: {text}" for grade, text in GRADES.items())
    return f"{grades}\n\n{table(head, rows)}"


def streams() -> str:
    """Every question that is drawn: its stream, and what each of its draws is about."""
    rows = []
    for number, one in all_draws().items():
        for a, rest, occasion in one.about:
            rows.append([str(number), f"`{one.name}`", a, rest, occasion])
    return table(("stream", "question", "a", "b, c", "occasion"), rows)


SECTIONS: dict[str, Callable[[], str]] = {
    "state": state_variables,
    "schedule": schedule,
    "submodels": submodels,
    "parameters": parameters,
    "streams": streams,
}


def renewed(text: str) -> str:
    """Return the document with its generated tables as the code has them now."""
    return with_sections(text, SECTIONS)


def main(words: Sequence[str]) -> int:
    """Write the tables, or check them."""
    return write_or_check(words, FILE, renewed, "docs/odd.md", "python -m experiments.odd")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
