"""A published experiment that is a command: its words, and which of its table must come out again."""

import contextlib
import io
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.published.definition import CommandFile, checked
from sim.errors import InputError, did_you_mean
from sim.input_files.documents import is_file

if TYPE_CHECKING:
    import pandas as pd


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
    said = checked(CommandFile, dict(content), path)
    return CommandEntry(
        name=path.stem,
        file=path,
        title=said.title.model_dump(),
        question=said.question.strip(),
        reading=said.reading.strip(),
        grade=said.grade,
        command=said.command,
        words=tuple(map(str, said.words)),
        table=said.table,
        keys=tuple(said.keys),
        numbers=said.numbers,
        figure=said.figure,
    )


def rerun(
    entry: CommandEntry, command: Callable[[list[str]], None], work: Path, folder: Path, jobs: int
) -> "tuple[pd.DataFrame, Path | None]":
    """Run the command in a folder of its own, `work`; return what must come out again, and its figure if any.

    `command` carries out the words of a command. The figure is copied into `folder`.
    """
    who = ["executor=serial"] if jobs == 1 else ["executor=processes", f"jobs={jobs}"]
    # What it prints is for whoever asks it; here the table speaks.
    with contextlib.redirect_stdout(io.StringIO()):
        command([*entry.words, f"out={work}", *who])
    found = _table(entry, work)
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
        if not is_file(work / entry.figure):
            raise InputError("figure", entry.figure, f"a figure that cogov {entry.command} draws", entry.file)
        picture = folder / f"{entry.name}{Path(entry.figure).suffix}"
        shutil.copyfile(work / entry.figure, picture)
    return table.sort_values(list(entry.keys), ignore_index=True), picture


def _table(entry: CommandEntry, work: Path) -> "pd.DataFrame":
    """Return the table that the command wrote, after checking that it holds what the entry names."""
    # Entries are looked up where words are checked, long before there is a table.
    import pandas as pd

    if not is_file(work / entry.table):
        raise InputError("table", entry.table, f"a table that cogov {entry.command} writes", entry.file)
    found = pd.read_csv(work / entry.table)
    columns = dict.fromkeys(entry.numbers, "numbers")
    for ends in entry.numbers.values():
        columns |= dict.fromkeys([ends] if isinstance(ends, str) else ends or (), "numbers")
    columns |= {name: "keys" for name in entry.keys if name not in columns}
    for name, key in columns.items():
        if name not in found.columns:
            hint = did_you_mean(name, map(str, found.columns))
            raise InputError(key, name, f"a column of {entry.table}", entry.file, hint)
        if key == "numbers" and not pd.api.types.is_numeric_dtype(found[name]):
            raise InputError(key, name, f"a column of numbers of {entry.table}", entry.file)
    return found
