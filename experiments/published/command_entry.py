"""A published experiment that is a command: its words, and which of its table must come out again."""

import contextlib
import importlib
import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import InputError, did_you_mean

COMMANDS = ("staffing", "sensitivity", "attribute", "discover", "sweep")
KEYS = ("title", "question", "reading", "grade", "command", "words", "table", "keys", "numbers", "figure")


@dataclass(frozen=True)
class CommandEntry:
    """A published experiment: a command, its table, what tells rows apart and which numbers count.

    `numbers` gives for each the columns of its interval's ends, one with the half-width, or nothing where
    it has none.
    """

    name: str
    file: Path
    title: Mapping[str, str]
    question: str
    reading: str
    grade: str
    command: str
    words: tuple[str, ...]
    table: str
    keys: tuple[str, ...]
    numbers: Mapping[str, Any]
    figure: str | None

    @property
    def expected(self) -> Path:
        """The file with the table it must give."""
        return self.file.with_suffix(".csv")

    @property
    def how(self) -> str:
        """The command line it stands for."""
        return " ".join(["cogov", self.command, *self.words])

    def intervals(self) -> dict[str, tuple[str, str]]:
        """Return the columns of the table on file that hold the ends of each number's interval."""
        return {name: (f"{name}_low", f"{name}_high") for name in self.numbers}


def command_entry(path: Path, content: Mapping[str, Any]) -> CommandEntry:
    """Check the content of a file."""
    for key in content:
        if key not in KEYS:
            raise InputError(str(key), "", f"one of {', '.join(KEYS)}", path, did_you_mean(str(key), KEYS))
    for key in ("title", "question", "words", "table", "keys", "numbers"):
        if not content.get(key):
            raise InputError(key, "", "given in a published experiment", path)
    if content["command"] not in COMMANDS:
        raise InputError("command", content["command"], f"one of {', '.join(COMMANDS)}", path)
    return CommandEntry(
        name=path.stem,
        file=path,
        title=content["title"],
        question=content["question"].strip(),
        reading=content.get("reading", "").strip(),
        grade=content.get("grade", "assumed"),
        command=content["command"],
        words=tuple(map(str, content["words"])),
        table=content["table"],
        keys=tuple(content["keys"]),
        numbers=content["numbers"],
        figure=content.get("figure"),
    )


def rerun(entry: CommandEntry, out: Path, jobs: int) -> tuple[pd.DataFrame, Path | None]:
    """Run the command; return the rows and numbers that must come out again, and its figure if any."""
    work = out / "work"
    who = ["executor=serial"] if jobs == 1 else ["executor=processes", f"jobs={jobs}"]
    # What it prints is for whoever asks it; here the table speaks.
    with contextlib.redirect_stdout(io.StringIO()):
        importlib.import_module(f"experiments.{entry.command}").main([*entry.words, f"out={work}", *who])
    found = pd.read_csv(work / entry.table)
    table = found[list(entry.keys)].astype(str)
    for name, ends in entry.numbers.items():
        table[name] = found[name]
        if ends is None:
            table[f"{name}_low"] = table[f"{name}_high"] = found[name]
        elif isinstance(ends, str):
            table[f"{name}_low"], table[f"{name}_high"] = found[name] - found[ends], found[name] + found[ends]
        else:
            table[f"{name}_low"], table[f"{name}_high"] = found[ends[0]], found[ends[1]]
    picture = None
    if entry.figure is not None:
        picture = out / f"{entry.name}{Path(entry.figure).suffix}"
        shutil.copyfile(work / entry.figure, picture)
    return table.sort_values(list(entry.keys), ignore_index=True), picture
