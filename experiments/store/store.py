"""The folder that keeps runs: open it, ask what is there, append, read.

``store.json`` says what the folder is; ``parts/`` holds the runs; ``sessions/`` one manifest a use (versions,
code state, command line, times, what was done), and the claims of whoever is at work; ``lock`` orders them.
"""

import contextlib
import json
import platform
import re
import secrets
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.output.manifest import code_hash, versions
from experiments.store.index import Index, Place
from experiments.store.locks import SESSION, Session, living, locked
from experiments.store.mark import check_mark, now
from experiments.store.part_files import PARTIAL, part_names
from experiments.store.parts import (
    METRIC,
    PartReader,
    Row,
    metric_names,
    read_runs,
    table_of,
    write_part,
)
from experiments.store.study import RESERVED, Study
from experiments.store.unreadable import Unusable, names_in, reason_of, say_passed_over
from experiments.system.files import PREFIX, remove, write_text
from experiments.system.interrupts import closed, opened, uninterrupted
from sim.errors import InputError
from sim.input_files.documents import ordinary

_MANIFEST = re.compile(SESSION + r"\.json")
_PARTIAL_MANIFEST = re.compile(re.escape(PREFIX) + rf"(?P<owner>{SESSION})\.json-.*")


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
    there
        It must be there already.

    Notes
    -----
    Parts that cannot be read are named, counted and passed over: their runs are not in the store, and are
    computed again when asked for. They stay where they are.
    """

    def __init__(
        self, folder: Path | str, command: str = "", read_only: bool = False, there: bool = False
    ) -> None:
        self.folder = Path(folder)
        self.command = command or shlex.join(sys.argv)
        self.read_only = read_only
        self.there = there or read_only
        self.parts = self.folder / "parts"
        self.sessions = self.folder / "sessions"
        self.index = Index()
        self.passed_over: dict[str, Unusable] = {}
        self.session: Session | None = None
        self._written = 0
        self._facts: dict[str, Any] = {}

    def __enter__(self) -> Self:
        try:
            self._open()
            self.refresh()
        except BaseException as error:
            # Whoever fails or is interrupted here is not left.
            self.__exit__(type(error), error, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with uninterrupted():
            self._close(kind)

    def _close(self, kind: type[BaseException] | None) -> None:
        closed(self)
        if self.session is None:
            return
        status = "complete" if kind is None else "interrupted" if kind is KeyboardInterrupt else "failed"
        if self._facts:
            self._facts |= {"status": status, "finished": now()}
            with contextlib.suppress(OSError):
                self._write_facts()
        self.session.close()
        self.session = None

    def lock(self) -> contextlib.AbstractContextManager[None]:
        """Hold the lock of the store: for moments, while looking at claims and setting one's own."""
        return locked(self.folder / "lock")

    def refresh(self) -> None:
        """Enter the parts that have come since the last look."""
        before = len(self.passed_over)
        for name in self._part_names():
            if self.index.has_part(name) or name in self.passed_over:
                continue
            try:
                self.index.add(name, *read_runs(self.parts / name))
            except FileNotFoundError:
                continue
            except Unusable as reason:
                self.passed_over[name] = reason
        say_passed_over({self.parts / name: why for name, why in list(self.passed_over.items())[before:]})

    def tables(
        self, columns: Sequence[str] | None, shared: Sequence[str] = (), only: str = ""
    ) -> Iterator[tuple[str, pa.Table]]:
        """Yield each part that can be read with these of its columns (None: all).

        Parameters
        ----------
        shared
            Texts that many rows share, to be kept once.
        only
            The one part wanted.
        """
        for name in [only] if only else list(self.index.parts):
            try:
                with pq.ParquetFile(self.parts / name, read_dictionary=list(shared)) as file:
                    have = file.schema_arrow.names
                    chosen = have if columns is None else [column for column in columns if column in have]
                    table = file.read(columns=chosen, use_threads=False)
            except FileNotFoundError:
                hint = "another process has just tidied it: give the command again"
                raise InputError("store", str(self.folder), "a store at rest", hint=hint) from None
            except (OSError, pa.ArrowException) as error:
                self.passed_over[name] = Unusable(reason_of(error))
                say_passed_over({self.parts / name: self.passed_over[name]})
                continue
            yield name, table

    def _part_names(self) -> list[str]:
        try:
            return part_names(self.parts)
        except FileNotFoundError:
            return []  # a store nobody has used yet
        except OSError as error:
            raise InputError(
                "store", str(self.folder), "a folder that can be read", hint=f"parts: {reason_of(error)}"
            ) from None

    def append(self, rows: Sequence[Row]) -> None:
        """Write finished runs as one part."""
        if not rows:
            return
        assert self.session is not None, "this store was opened only to be read"
        name = write_part(self.parts, f"{self.session.name}-{self._written:06d}", table_of(rows)).name
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
        try:
            if not self.there:
                self.folder.mkdir(parents=True, exist_ok=True)
            check_mark(self.folder, self.there)
            if not self.read_only:
                self.parts.mkdir(exist_ok=True)
                self.sessions.mkdir(exist_ok=True)
                self._begin_session()
        except OSError as error:
            access = "read" if self.read_only else "written"
            hint = reason_of(error) + (f": {error.filename}" if error.filename else "")
            raise InputError("store", str(self.folder), f"a folder that can be {access}", hint=hint) from None

    def _begin_session(self) -> None:
        # Names sort by when sessions began, those of one second too.
        began = datetime.now()
        name = f"{began:%Y%m%d-%H%M%S}-{began.microsecond:05x}{secrets.token_hex(2)[:3]}"
        with uninterrupted(), self.lock():
            self.session = Session(self.sessions, name)
            opened(self, lambda: self._close(KeyboardInterrupt))
            self.session.others()  # removes the claims of those that have ended
            self.remove_partials()
        self._facts = {
            "session": name,
            "status": "begun",
            "command": self.command,
            "code_hash": code_hash(),
            "commit": _commit(),
            "versions": versions(),
            "machine": {"system": platform.system(), "processor": platform.machine()},
            "started": now(),
        }
        try:
            self._write_facts()
        except BaseException:
            self.session.close()
            self.session = None
            raise

    def remove_partials(self) -> None:
        """Remove what killed processes had begun to write; call under the lock."""
        alive = set(living(self.sessions))
        for folder, form in ((self.parts, PARTIAL), (self.sessions, _PARTIAL_MANIFEST)):
            for name in names_in(folder):
                begun = form.fullmatch(name)
                if begun and begun["owner"] not in alive and not (folder / name).is_symlink():
                    with contextlib.suppress(OSError):
                        remove(folder / name)

    def _write_facts(self) -> None:
        text = json.dumps(self._facts, ensure_ascii=False, indent=2) + "\n"
        write_text(self.sessions / f"{self._facts['session']}.json", text)


def manifests(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the manifests of all sessions of a store, oldest first; what is no manifest is passed over."""
    passed: dict[Path, Exception] = {}
    for name in filter(_MANIFEST.fullmatch, names_in(folder / "sessions")):
        path = folder / "sessions" / name
        try:
            facts = json.loads(ordinary(path).read_text(encoding="utf-8"))
            if not isinstance(facts, dict):
                raise ValueError("no manifest")
        except OSError as error:
            passed[path] = Unusable(reason_of(error))
        except (ValueError, RecursionError):
            passed[path] = Unusable("no manifest of a session")
        else:
            plain = {key: value for key, value in facts.items() if isinstance(value, str | int | float)}
            unknown = {"started": "–", "status": "–", "command": "–"}
            yield unknown | plain | {"session": name.removesuffix(".json")}
    say_passed_over(passed)


def _commit() -> str | None:
    """Return the commit of the checkout this program runs from, marked where files differ from it."""
    here = Path(__file__).resolve().parents[2]
    words = ["git", "-C", str(here), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        found = subprocess.run(words, capture_output=True, check=True, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.decode(errors="replace").strip() or None
