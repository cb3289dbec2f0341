"""What a scenario's file says in its comments: what it represents, and why each value is what it is.

The header is the block of comments at the top. A comment behind a value, or in the lines right above it, is
about that value; above or behind the name of a group it is about all values in the group.
"""

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sim.errors import InputError
from sim.input_files.documents import is_file, read_text
from sim.scenario.loading import SCENARIO_FOLDER, scenario_file

_BASED_ON = re.compile(r"^based_on:\s*(\S+)")
_ENTRY = re.compile(r"^(\s*)([\w.]+):(.*)$")
_BEHIND = re.compile(r"\s#\s*(.*)$")


@dataclass
class Remarks:
    """Comments of a scenario's file and of the files it is based on, the file itself winning.

    `why` holds a comment for the key of a parameter or of a group; `origin` the scenario that sets a key.
    """

    header: list[str] = field(default_factory=list)
    why: dict[str, str] = field(default_factory=dict)
    origin: dict[str, str] = field(default_factory=dict)

    def of(self, key: str) -> tuple[str, str]:
        """Return why a parameter is what it is, and which scenario set it; empty where nothing is said."""
        parts = key.split(".")
        wholes = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
        why = next((self.why[name] for name in wholes if name in self.why), "")
        origin = next((self.origin[name] for name in wholes if name in self.origin), "")
        return why, origin


def remarks(name_or_path: str) -> Remarks:
    """Read the comments of a scenario and of what it is based on."""
    found = Remarks()
    _collect(scenario_file(name_or_path), found, ())
    return found


def _collect(file: Path, found: Remarks, chain: Sequence[Path]) -> None:
    lines = read_text(file, "scenario").splitlines()
    for line in lines:
        based = _BASED_ON.match(line)
        if based:
            basis = based[1].strip("'\"")
            beside = file.parent / basis
            # Lines are only looked at, so this may be a line of a text that happens to look like one.
            with contextlib.suppress(InputError):
                based_on = beside if is_file(beside) else scenario_file(basis)
                if based_on not in (*chain, file):
                    _collect(based_on, found, (*chain, file))
    header = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    found.header = [line.removeprefix("#").removeprefix(" ").rstrip() for line in lines[:header]]
    _entries(lines[header:], _name(file), found)


def _entries(lines: Sequence[str], origin: str, found: Remarks) -> None:
    stack: list[tuple[int, str]] = []
    above: list[str] = []
    for line in lines:
        if line.lstrip().startswith("#"):
            above.append(line.lstrip().lstrip("#").strip())
            continue
        entry = _ENTRY.match(line)
        if not entry:
            above = []
            continue
        depth, name, rest = len(entry[1]), entry[2], entry[3]
        while stack and stack[-1][0] >= depth:
            stack.pop()
        key = ".".join([*(part for _, part in stack), name])
        behind = _BEHIND.search(rest)
        words = [*above, *([behind[1].strip()] if behind else [])]
        above = []
        found.origin[key] = origin
        if words:
            found.why[key] = " ".join(words)
        else:
            found.why.pop(key, None)
        stack.append((depth, name))


def _name(file: Path) -> str:
    if file.is_relative_to(SCENARIO_FOLDER):
        return file.relative_to(SCENARIO_FOLDER).with_suffix("").as_posix()
    return file.stem
