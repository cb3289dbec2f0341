"""Signals at random moments: nothing finished is lost, nothing half-written, the same bytes after going on.

Commands run in children of this process, which has loaded everything once; `make studies` sends 200 signals
to the engine itself, the tests a few to stand-ins.
"""

import contextlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq

from experiments.store.parts import write_part

SMALL = ["warmup_days=10", "horizon_days=30", "followup_days=10"]
PLACE = ["community.residents=300", "community.merchants=10"]
WORDS = {
    "run": ["run", "replications=12"],
    "compare": ["compare", "replications=8"],
    "sweep": ["sweep", "staff.per_10k=8,12,16", "replications=6"],
    "staffing": [
        "staffing", "scenario=administration_led", "staffing.team=staff.per_10k", "replications=6",
        "staffing.most=24", "staffing.target.metric=first_response", "staffing.target.within_days=3",
        "staffing.target.share=.5", "staffing.confidence=.5",
    ],
    "gc": ["store", "gc"],
}  # fmt: skip
SIGNALS = [getattr(signal, name, signal.SIGTERM) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGKILL")]
_LONGEST_SECONDS = 300.0


@dataclass
class Told:
    """What was sent to which command, how it ended, and what does not hold."""

    seed: int
    signals: int = 0
    rounds: int = 0
    sent: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return it in a few words."""
        sent = ", ".join(f"{count} {name}" for name, count in sorted(self.sent.items()))
        ended = ", ".join(f"{count} with {name}" for name, count in sorted(self.ended.items()))
        return f"{self.signals} signals in {self.rounds} rounds (seed {self.seed}): {sent}; ended {ended}"


@dataclass
class Trials:
    """A course of rounds in a folder; each: signals to one command, then the same command undisturbed."""

    scratch: Path
    chance: random.Random
    quick: bool
    told: Told
    seconds: dict[str, float] = field(default_factory=dict)
    tables: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def words(self, command: str, folder: Path, several: bool = False) -> list[str]:
        where = [] if command == "gc" else [*SMALL, f"out={folder / 'out'}"]
        if command in ("sweep", "gc"):
            where.append(f"store={folder / 'store'}")
        if command in ("sweep", "staffing"):
            where += ["executor=processes", "jobs=2"] if several else ["executor=serial"]
        elif command in ("run", "compare") and several:
            where.append("jobs=2")
        place = [] if self.quick or command == "gc" else PLACE
        return [*WORDS[command], *place, *where]

    def reference(self, command: str) -> None:
        """The same command undisturbed, and how long it takes; of the store after the sweep."""
        folder = self.scratch / f"reference-{command}"
        if command == "gc":
            self.a_store(folder)
        began = time.monotonic()
        self.undisturbed(command, folder)
        self.seconds[command] = time.monotonic() - began
        self.tables[command] = tables(self.scratch / "reference-sweep" if command == "gc" else folder)

    def a_store(self, folder: Path) -> None:
        """A store in many parts, each there twice, as after many small uses."""
        shutil.copytree(self.scratch / "reference-sweep" / "store", folder / "store")
        for part in parts(folder):
            table = pq.read_table(part, use_threads=False)
            part.unlink()
            for row in range(len(table)):
                for copy in range(2):
                    write_part(
                        part.parent, f"20200101-000000-{row:04x}{copy:04x}-000000", table.slice(row, 1)
                    )

    def undisturbed(self, command: str, folder: Path) -> None:
        status, err = self.attempt(self.words(command, folder), None, 0.0, folder)
        self.hold(status == 0, f"{command} undisturbed ended with {status}: {err}")

    def round(self, most: int) -> None:
        """Send up to `most` signals, then let the command go on and compare."""
        self.told.rounds += 1
        command = self.chance.choice(list(self.seconds))
        folder = self.scratch / f"round-{self.told.rounds}"
        if command == "gc":
            self.a_store(folder)
        best = finished(folder)
        for _ in range(min(most, self.chance.randint(2, 5))):
            several = not self.quick and command != "gc" and self.chance.random() < 0.2
            number = self.chance.choice(SIGNALS)
            moment = self.chance.uniform(0.0, 1.05 * self.seconds[command]) * (3.0 if several else 1.0)
            before = self.told.signals
            status, err = self.attempt(self.words(command, folder, several), number, moment, folder)
            if self.told.signals > before:
                self.told.sent[f"{command} {number.name}"] += 1
                self.told.ended[str(status)] += 1
            what = f"{command} {number.name} after {moment:.3f} s, status {status}, {err!r}"
            self.hold(len(err.splitlines()) <= 1, f"more than one line: {what}")
            # Before it listens, a process ends by the signal itself, and has begun nothing.
            self.hold(status in (0, 130, -number), what)
            if status != -signal.SIGKILL:
                self.hold(leftovers(folder) == [], f"left {leftovers(folder)}: {what}")
                there = finished(folder)
                self.hold(there >= best, f"{there} finished after {best}: {what}")
                best = max(best, there)
            elif command in ("sweep", "staffing", "gc"):
                self.hold(finished(folder) >= best, f"{finished(folder)} finished after {best}: {what}")
        self.undisturbed(command, folder)
        self.hold(leftovers(folder) == [], f"{command}: left {leftovers(folder)} at the end")
        if command == "gc":
            rows = [run for part in parts(folder) for run in runs_of(part)]
            self.hold(len(rows) == len(set(rows)), "rows kept twice")
            self.undisturbed("sweep", folder)
        here = tables(folder)
        wanted = self.tables[command]
        other = [name for name in wanted if here.get(name) != wanted[name]]
        self.hold(here.keys() == wanted.keys() and not other, f"{command}: other bytes in {other}")
        shutil.rmtree(folder)

    def attempt(
        self, words: Sequence[str], number: signal.Signals | None, moment: float, folder: Path
    ) -> tuple[int, str]:
        """Carry out a command in a child; send it a signal after so many seconds."""
        folder.mkdir(exist_ok=True)
        said = self.scratch / "stderr"
        to_parent, ready = os.pipe()
        child = os.fork()
        if not child:
            child_main(words, said, ready, self.quick)
        os.close(ready)
        os.read(to_parent, 1)
        os.close(to_parent)
        if number is not None:
            group = number != signal.SIGKILL and self.chance.random() < 0.5
            time.sleep(moment)
            if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                self.told.signals += 1
                (os.killpg if group else os.kill)(child, number)
        status = ended(child)
        self.hold(status is not None, f"hangs: {' '.join(words)}")
        self.hold(alone(child), f"processes left of {' '.join(words)}")
        return -9 if status is None else status, said.read_text(encoding="utf-8")

    def hold(self, holds: bool, text: str) -> None:
        if not holds:
            self.told.faults.append(text)


def child_main(words: Sequence[str], said: Path, ready: int, quick: bool) -> None:
    """What a child does: the command, in a process group of its own, as a terminal starts it."""
    status = 1
    try:
        os.setpgid(0, 0)
        from analysis.figures.page import style
        from experiments.cli import main

        style.PRINT_DPI = 20
        if quick:
            from experiments.results import presentation

            presentation.draw = lambda *rest: None
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for name in ("SIGTERM", "SIGHUP"):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", 1, closefd=False)
        simulate = None
        if quick and words[0] != "store":
            import fake_simulation

            simulate = fake_simulation.simulate
        os.write(ready, b".")
        os.close(ready)
        status = main(list(words), simulate)
    except KeyboardInterrupt:
        status = 130  # before it listened
    finally:
        os._exit(status)


def ended(child: int) -> int | None:
    """Wait for a child; return its status, negative for a signal, None if it does not end."""
    deadline = time.monotonic() + _LONGEST_SECONDS
    while time.monotonic() < deadline:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def alone(group: int) -> bool:
    """Whether all processes that a child started have ended, at the latest a moment after it."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with contextlib.suppress(PermissionError):
            try:
                os.killpg(group, 0)
            except ProcessLookupError:
                return True
            if all_zombies(group):
                return True
        time.sleep(0.02)
    return False


def all_zombies(group: int) -> bool:
    """Whether what is left of a group only waits to be collected, by whoever that is the task of here."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, of = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:3]
            if of == str(group) and state != "Z":
                return False
    return Path("/proc").is_dir()


def parts(folder: Path) -> list[Path]:
    found = [*folder.glob("store/parts/[!.]*.parquet"), *folder.glob("out/store/parts/[!.]*.parquet")]
    return sorted(found)


def runs_of(part: Path) -> list[str]:
    return pq.read_table(part, columns=["run"], use_threads=False)["run"].to_pylist()


def finished(folder: Path) -> int:
    """How much is finished: runs in the store, or replications that the manifest and every table have."""
    if (folder / "store").is_dir() or (folder / "out" / "store").is_dir():
        return len({run for part in parts(folder) for run in runs_of(part)})
    path = folder / "out" / "manifest.json"
    if not path.exists():
        return 0
    facts = json.loads(path.read_text(encoding="utf-8"))
    done = facts["replications_finished"]
    for name in ("cases", "daily", "people"):
        table = pq.read_table(path.with_name(f"{name}.parquet"), columns=["replication"], use_threads=False)
        if sorted(set(table["replication"].to_pylist())) != done:
            return -1  # half-written
    if not all((folder / "out" / name).exists() for name in facts["files"]):
        return -1
    return len(done)


def tables(folder: Path) -> dict[str, bytes]:
    """The tables that a command wrote: they do not name the folder, as manifest and figures do."""
    out = folder / "out"
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.suffix in (".csv", ".parquet") and "store" not in path.relative_to(out).parts
    }


def leftovers(folder: Path) -> list[str]:
    """What nobody needs once a command has ended."""
    found = [*folder.rglob(".partial-*"), *folder.rglob("*.claims")]
    return sorted(path.relative_to(folder).as_posix() for path in found)


def trials(scratch: Path, wanted: int, seed: int, quick: bool = False) -> Told:
    """Send so many signals; stops at the first fault."""
    load(quick)
    told = Told(seed)
    course = Trials(scratch, random.Random(seed), quick, told)
    for command in WORDS:
        if not (quick and command == "staffing"):
            course.reference(command)
    deadline = time.monotonic() + (300 if quick else 7200)
    while told.signals < wanted and not told.faults and time.monotonic() < deadline:
        course.round(wanted - told.signals)
    return told


def load(quick: bool) -> None:
    """Import once what every child needs."""
    import importlib

    for name in (
        "experiments.command_line.run", "experiments.command_line.compare", "experiments.command_line.sweep",
        "experiments.designs.sweep_tables", "experiments.staffing.command", "experiments.command_line.store",
        "experiments.store.maintenance", "analysis.figures", "analysis.figures.sweep",
        "analysis.comparison.scenario_summary", "analysis.report.comparison_report",
        "analysis.comparison.twins", "analysis.comparison.table", "scipy.stats",
    ):  # fmt: skip
        importlib.import_module(name)
    if not quick:
        from sim import load_scenario, simulate

        for name in ("administration_led", "co_governance"):
            simulate(load_scenario(name, [*PLACE, *SMALL]))
