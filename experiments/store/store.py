"""The folder that keeps runs: open it, ask what is there, append, read.

``store.json`` says what the folder is; ``parts/`` holds the runs; ``sessions/`` one manifest a use (versions,
code state, command line, times, what was done), and the claims of whoever is at work; ``lock`` orders them.
"""

import contextlib
import json
import platform
import secrets
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.plain_text import visible
from experiments.leftovers import PREFIX
from experiments.manifest import code_hash, versions
from experiments.output import write_text
from experiments.store.claims import Session, living, locked
from experiments.store.index import Index, Place
from experiments.store.parts import (
    METRIC,
    PartReader,
    Row,
    metric_names,
    part_names,
    read_runs,
    table_of,
    write_part,
)
from experiments.store.study import RESERVED, Study
from sim.errors import InputError

FORMAT = 1
STORE_FILE = "store.json"


class Store:
    """Runs on disk; a context manager.

    Parameters
    ----------
    folder
        Where it is, or will be.
    command
        The command line, for the manifest; default: of this process.
    read_only
        Only look: nothing is created, no session is opened.
    """

    def __init__(self, folder: Path | str, command: str = "", read_only: bool = False) -> None:
        self.folder = Path(folder)
        self.command = command or shlex.join(sys.argv)
        self.read_only = read_only
        self.parts = self.folder / "parts"
        self.sessions = self.folder / "sessions"
        self.index = Index()
        self.damaged: list[str] = []
        self.session: Session | None = None
        self._written = 0
        self._facts: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self._open()
        self.refresh()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.session is None:
            return
        status = "complete" if kind is None else "interrupted" if kind is KeyboardInterrupt else "failed"
        self._facts |= {"status": status, "finished": _now()}
        with contextlib.suppress(OSError):
            self._write_facts()
        self.session.close()
        self.session = None

    def lock(self) -> contextlib.AbstractContextManager[None]:
        """Hold the lock of the store: for moments, while looking at claims and setting one's own."""
        return locked(self.folder / "lock")

    def refresh(self) -> None:
        """Enter the parts that have come since the last look."""
        for name in part_names(self.parts):
            if self.index.has_part(name) or name in self.damaged:
                continue
            try:
                self.index.add(name, *read_runs(self.parts / name))
            except FileNotFoundError:
                continue
            except (OSError, pa.ArrowException):
                self.damaged.append(name)
                named = visible(self.parts / name)
                print(f"cogov: {named} cannot be read and is passed over", file=sys.stderr)

    def append(self, rows: Sequence[Row]) -> None:
        """Write finished runs as one part."""
        if not rows:
            return
        assert self.session is not None, "this store was opened only to be read"
        name = f"{self.session.name}-{self._written:06d}.parquet"
        write_part(self.parts, name, table_of(rows))
        self._written += 1
        runs = np.array([row.run for row in rows], "S24")
        self.index.add(name, runs, np.array([row.values is not None for row in rows], bool))

    def account(self, executor: str, counts: Mapping[str, int]) -> None:
        """Add to the manifest of this session what became of a study."""
        self._facts["executor"] = executor
        for name, number in counts.items():
            self._facts[name] = self._facts.get(name, 0) + number
        self._write_facts()

    def find(self, run: bytes) -> Place | None:
        """Return where a run lies, or None."""
        return self.index.find(run)

    def metrics(self, study: Study) -> list[str]:
        """Return the metrics that runs of a study have, in alphabetical order."""
        used = {place.part for _, _, place in self._places(study)}
        names: set[str] = set()
        for part in used:
            names.update(metric_names(self.parts, self.index.parts[part]))
        return sorted(names)

    def rows(self, study: Study, metrics: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the finished runs of a study as one tidy table, points and replications in order.

        Parameters
        ----------
        metrics
            The numbers wanted; None for all.
        """
        blocks = list(self.blocks(study, metrics))
        return pd.concat(blocks, ignore_index=True) if len(blocks) > 1 else blocks[0]

    def blocks(
        self, study: Study, metrics: Sequence[str] | None = None, size: int = 1000
    ) -> Iterator[pd.DataFrame]:
        """Yield the table of `rows` in pieces of `size` runs; at least one, which may be empty."""
        wanted = list(metrics) if metrics is not None else self.metrics(study)
        taken = {*RESERVED, *study.columns()}
        wanted = [name for name in wanted if name not in taken]
        reader = PartReader(self.parts, ["status", "error", *(METRIC + name for name in wanted)])
        block: list[tuple[int, int, Place]] = []
        yielded = False
        for item in self._places(study):
            block.append(item)
            if len(block) == size:
                yield self._frame(study, wanted, reader, block)
                yielded, block = True, []
        if block or not yielded:
            yield self._frame(study, wanted, reader, block)

    def _places(self, study: Study) -> Iterator[tuple[int, int, Place]]:
        for run in study.runs():
            place = self.index.find(run.identity)
            if place is not None:
                yield run.point, run.replication, place

    def _frame(
        self,
        study: Study,
        metrics: Sequence[str],
        reader: PartReader,
        block: Sequence[tuple[int, int, Place]],
    ) -> pd.DataFrame:
        size = len(block)
        points = [point for point, _, _ in block]
        columns: dict[str, Any] = {"point": np.array(points, np.int64)}
        for name, values in study.columns().items():
            columns[name] = [values[point] for point in points]
        columns["replication"] = np.array([replication for _, replication, _ in block], np.int64)
        columns["status"] = np.full(size, "", object)
        columns["error"] = np.full(size, "", object)
        columns |= {name: np.full(size, np.nan) for name in metrics}
        part = np.array([place.part for _, _, place in block], np.int64)
        row = np.array([place.row for _, _, place in block], np.int64)
        for number in np.unique(part).tolist():
            mine = np.flatnonzero(part == number)
            for at, piece in reader.take(self.index.parts[number], row[mine]):
                for name in piece.column_names:
                    values = piece[name].to_numpy()
                    columns[name.removeprefix(METRIC)][mine[at]] = values
        return pd.DataFrame(columns)

    def _open(self) -> None:
        file = self.folder / STORE_FILE
        try:
            if self.read_only:
                if not file.is_file():
                    raise InputError(
                        "store", str(self.folder), "a folder with a store", hint="nothing is there"
                    )
            else:
                self.parts.mkdir(parents=True, exist_ok=True)
                self.sessions.mkdir(exist_ok=True)
                if not file.exists():
                    facts = {"format": FORMAT, "made": _now(), "by": versions()["cogov"]}
                    write_text(file, json.dumps(facts, indent=2) + "\n")
            form = json.loads(file.read_text(encoding="utf-8")).get("format")
            if form != FORMAT:
                raise InputError("store", str(self.folder), f"a store of format {FORMAT}, not {form}")
            if not self.read_only:
                self._begin_session()
        except (ValueError, AttributeError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError("store", str(self.folder), "a folder with a store", file) from None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise InputError("store", str(self.folder), "a folder that can be written", hint=reason) from None

    def _begin_session(self) -> None:
        name = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
        with self.lock():
            self.session = Session(self.sessions, name)
            alive = {*living(self.sessions), name}
            for partial in self.parts.glob(f"{PREFIX}*"):
                owner = partial.name.removeprefix(PREFIX).rsplit("-", 1)[0]
                if owner not in alive:
                    partial.unlink(missing_ok=True)
        self._facts = {
            "session": name,
            "status": "begun",
            "command": self.command,
            "code_hash": code_hash(),
            "commit": _commit(),
            "versions": versions(),
            "machine": {"system": platform.system(), "processor": platform.machine()},
            "started": _now(),
        }
        self._write_facts()

    def _write_facts(self) -> None:
        text = json.dumps(self._facts, ensure_ascii=False, indent=2) + "\n"
        write_text(self.sessions / f"{self._facts['session']}.json", text)


def manifests(folder: Path) -> Iterable[dict[str, Any]]:
    """Yield the manifests of all sessions of a store, oldest first."""
    for path in sorted((folder / "sessions").glob("*.json")):
        with contextlib.suppress(OSError, ValueError):
            yield json.loads(path.read_text(encoding="utf-8"))


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _commit() -> str | None:
    """Return the commit of the checkout this program runs from, marked where files differ from it."""
    here = Path(__file__).resolve().parents[2]
    words = ["git", "-C", str(here), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        found = subprocess.run(words, capture_output=True, check=True, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.decode(errors="replace").strip() or None
