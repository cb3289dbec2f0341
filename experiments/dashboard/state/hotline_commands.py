"""The command lines of the tab on a hotline's own file: what its buttons run, word for word."""

import hashlib
import math
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from analysis.request_files.findings import Findings
from experiments.city.import_file.importing import Options
from sim.errors import InputError

#: A backtest forecasts the last of so many parts of a file.
PARTS = 5
#: How much of the present staff one step is, where nobody said how many there are.
QUARTER = 0.25


@dataclass(frozen=True)
class Kept:
    """A file as the runs read it, and where what is made of it goes."""

    file: str
    mapping: str
    digest: str
    folder: Path
    since: str
    origin: str
    """First day of the last fifth."""
    until: str


def kept(file: Path, mapping: Path, digest: str, found: Findings, folder: Path) -> Kept:
    """Return what the commands need to know of a file that was read."""
    first = found.start_date + timedelta(days=math.floor(found.first_day))
    until = found.start_date + timedelta(days=math.floor(found.last_day) + 1)
    origin = until - timedelta(days=math.ceil((until - first).days / PARTS))
    mine = folder / f"{file.stem}-{digest[:8]}"
    return Kept(
        str(file), str(mapping), digest, mine, first.isoformat(), origin.isoformat(), until.isoformat()
    )


def import_words(name: str, options: Options) -> list[str]:
    """Return the words of `cogov import` for what was chosen."""
    words = [name]
    if options.residents is not None:
        words.append(f"residents={options.residents}")
    words += [f"{role}={heading}" for role, heading in options.columns.items()]
    if options.time_zone:
        words.append(f"time_zone={options.time_zone}")
    words += [f"time_format={one}" for one in options.time_format]
    if options.encoding:
        words.append(f"encoding={options.encoding}")
    return words


def _file_words(one: Kept) -> list[str]:
    return [f"demand.stream={one.file}", f"demand.mapping={one.mapping}"]


def calibrate_words(one: Kept) -> list[str]:
    """Return the words of `cogov calibrate` on the whole file."""
    return [*_file_words(one), f"calibrate.until={one.until}", f"out={one.folder / 'city'}"]


def backtest_words(one: Kept) -> list[str]:
    """Return the words of `cogov backtest` on the last fifth, beside Kaplan–Meier curves."""
    return [
        *_file_words(one),
        f"backtest.origin={one.origin}",
        f"backtest.until={one.until}",
        "backtest.rivals=[kaplan_meier]",
        f"out={one.folder / 'backtest'}",
    ]


@dataclass(frozen=True)
class StaffChange:
    """More or fewer hands in a team: so many steps, of persons where it is known how many there are."""

    team: str
    steps: int
    present: int | None = None

    def words(self) -> list[str]:
        """Return it in the words of `cogov what-if`."""
        if self.present is None:
            return [f"staff.{self.team}=x{1.0 + QUARTER * self.steps:g}"]
        return [
            f"officers.{self.team}={self.present}",
            f"staff.{self.team}={'+' if self.steps > 0 else '-'}{abs(self.steps)}",
        ]


def what_if_words(one: Kept, change: StaffChange) -> list[str]:
    """Return the words of `cogov what-if` on the calibrated city.

    Raises
    ------
    InputError
        If nothing is changed, or nobody is left.
    """
    if not change.steps:
        raise InputError("staff", change.steps, "more or fewer than now")
    left = change.present + change.steps if change.present is not None else 1.0 + QUARTER * change.steps
    if left <= 0:
        raise InputError("staff", left, "such that somebody is left")
    words = change.words()
    mark = hashlib.sha256("\n".join(words).encode()).hexdigest()[:8]
    city = f"calibrated={one.folder / 'city'}"
    return [city, *words, *_file_words(one), f"out={one.folder / f'what-if-{mark}'}"]


def line(command: str, words: Sequence[str]) -> str:
    """Return a command as it is typed."""
    return shlex.join(["cogov", command, *words])


def with_language(words: Sequence[str], language: str) -> list[str]:
    """Return words that make the command speak a language."""
    return [*words, f"language={language}"]
