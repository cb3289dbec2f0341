"""Parts: Parquet files of finished runs, each on the disk whole or not there.

A part is written under a hidden name, flushed, renamed and its folder flushed. Its name carries the session
that wrote it, so two processes never choose the same, and a checksum of its content, so that a part that was
damaged later is known for it (those of the first edition carry none). A row is a run: who it is, its
configuration, how it went, and one column a number measured.
"""

import contextlib
import hashlib
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.store.part_files import PART
from experiments.store.unreadable import Unusable, reason_of
from experiments.system.files import PREFIX, flush, remove, replace
from sim.errors import one_line
from sim.input_files.file_errors import naming

#: What a metric's column is called in a part, so that no metric can be taken for something else.
METRIC = "metric."
DONE, FAILED = "done", "failed"
GROUP_ROWS = 1024
#: Texts that many rows share; Parquet keeps each once a row group.
REPEATED = ("simulate", "measure", "code", "configuration")
#: How parts are laid out, said in each; parts of the first edition do not say it.
LAYOUT = {b"cogov.part": b"1"}
COLUMNS = {
    **dict.fromkeys(("run", "status", "error", *REPEATED), pa.string()),
    **dict.fromkeys(("seed", "replication"), pa.int64()),
    "seconds": pa.float64(),
}


@dataclass(frozen=True)
class Row:
    """One finished run."""

    run: bytes
    configuration: str
    simulate: str
    measure: str
    code: str
    seed: int
    replication: int
    values: Mapping[str, float] | None
    error: str
    seconds: float


def table_of(rows: Sequence[Row]) -> pa.Table:
    """Return rows as a table."""
    names = sorted({name for row in rows for name in row.values or ()})
    columns: dict[str, Any] = {
        "run": pa.array([row.run.decode() for row in rows], pa.string()),
        "status": pa.array([FAILED if row.values is None else DONE for row in rows], pa.string()),
        "error": pa.array([row.error for row in rows], pa.string()),
        "seed": pa.array([row.seed for row in rows], pa.int64()),
        "replication": pa.array([row.replication for row in rows], pa.int64()),
        **{name: pa.array([getattr(row, name) for row in rows], pa.string()) for name in REPEATED},
        "seconds": pa.array([row.seconds for row in rows], pa.float64()),
    }
    for name in names:
        column = [None if row.values is None else row.values.get(name) for row in rows]
        columns[METRIC + name] = pa.array(column, pa.float64())
    return pa.table(columns)


def write_part(folder: Path, stem: str, table: pa.Table) -> Path:
    """Write one part, durably and in one step; return where it is."""
    sink = pa.BufferOutputStream()
    table = table.replace_schema_metadata(LAYOUT)
    pq.write_table(table, sink, compression="zstd", row_group_size=GROUP_ROWS)
    content = sink.getvalue()
    partial, final = folder / f"{PREFIX}{stem}.parquet", folder / f"{stem}.{checksum(content)}.parquet"
    try:
        with naming(partial):
            with partial.open("wb") as file:
                file.write(content)
            flush(partial, strict=True)
        replace(partial, final)
    except BaseException:
        with contextlib.suppress(OSError):
            remove(partial)
        raise
    flush(folder)
    return final


def checksum(content: Any) -> str:
    """Return the checksum that stands in a part's name."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def read_runs(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the identities in a part and whether each is done, having checked that it is one.

    Raises
    ------
    FileNotFoundError
        If it is not there.
    Unusable
        If it cannot be used.
    """
    named = PART.fullmatch(path.name)
    known = named["checksum"] if named else None
    content = _content(path)
    if known is not None and checksum(content) != known:
        raise Unusable("its content is not what was written", damaged=True)
    try:
        with pq.ParquetFile(pa.BufferReader(content)) as file:
            _check_layout(file.schema_arrow, trusted=known is not None)
            # Without a checksum it takes reading everything to know that everything can be read.
            table = file.read(columns=["run", "status"] if known else None, use_threads=False)
    except Unusable:
        raise
    except Exception as error:
        raise Unusable(one_line(f"no Parquet file that can be read: {error}")[:_LONGEST]) from None
    runs, status = table["run"].to_pylist(), table["status"].to_pylist()
    if not all(run is not None and _RUN.fullmatch(run) for run in runs):
        raise Unusable("its runs have no identities")
    if not all(value in (DONE, FAILED) for value in status):
        raise Unusable("it does not say how its runs went")
    return np.array(runs, "S24"), np.array([value == DONE for value in status], bool)


_RUN = re.compile("[0-9a-f]{24}")
_LONGEST = 200


def _content(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unusable("that is no file")  # opening a pipe would wait for ever
        return path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            raise Unusable("a link to nothing") from None
        raise
    except OSError as error:
        raise Unusable(reason_of(error)) from None


def _check_layout(schema: pa.Schema, trusted: bool) -> None:
    """Refuse what is laid out in another way; what is as it was written by us has our types."""
    layout = (schema.metadata or {}).get(b"cogov.part", b"1")
    if layout != LAYOUT[b"cogov.part"]:
        raise Unusable(f"of layout {layout.decode(errors='replace')[:20]}, which another version knows")
    names = schema.names
    for name in COLUMNS:
        if name not in names:
            raise Unusable(f"it has no column {name}")
    if trusted:
        return
    for name, kind in zip(names, schema.types, strict=True):
        wanted = pa.float64() if name.startswith(METRIC) else COLUMNS.get(name, kind)
        if kind != wanted or names.count(name) != 1:
            raise Unusable(one_line(f"its column {name[:60]} is of another type, or is there twice"))


class PartReader:
    """Reads chosen columns of chosen rows, one row group at a time."""

    def __init__(self, folder: Path, columns: Iterable[str]) -> None:
        self._folder = folder
        self._columns = list(columns)
        self._last: tuple[str, int] = ("", -1)
        self._piece: pa.Table = pa.table({})

    def take(self, part: str, rows: np.ndarray) -> Iterator[tuple[np.ndarray, pa.Table]]:
        """Yield positions in `rows` and the chosen columns there, row group by row group.

        Columns a part does not have are left out.
        """
        groups = rows // GROUP_ROWS
        for group in np.unique(groups).tolist():
            if self._last != (part, group):
                self._piece = self._read(part, group)
                self._last = (part, group)
            at = np.flatnonzero(groups == group)
            yield at, self._piece.take(rows[at] % GROUP_ROWS)

    def _read(self, part: str, group: int) -> pa.Table:
        with _told(self._folder / part), pq.ParquetFile(self._folder / part) as file:
            there = [name for name in self._columns if name in file.schema_arrow.names]
            return file.read_row_group(group, columns=there, use_threads=False)


def metric_names(folder: Path, part: str) -> list[str]:
    """Return the metrics a part holds."""
    with _told(folder / part):
        names = pq.read_schema(folder / part).names
    return [name.removeprefix(METRIC) for name in names if name.startswith(METRIC)]


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say which part could be read a moment ago and cannot be now."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise OSError(
            f"{path} could be read a moment ago: {reason_of(error)}; the same command computes again what it "
            "cannot read"
        ) from None
