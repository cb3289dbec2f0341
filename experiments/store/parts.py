"""Parts: Parquet files of finished runs, each on the disk whole or not there.

A part is written under a hidden name, flushed, renamed and its folder flushed; its name carries the session
that wrote it, so two processes never choose the same. A row is a run: who it is, its configuration, how it
went, and one column a number measured.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from experiments.files import PREFIX, flush, replace

#: What a metric's column is called in a part, so that no metric can be taken for something else.
METRIC = "metric."
DONE, FAILED = "done", "failed"
GROUP_ROWS = 1024
#: Texts that many rows share; Parquet keeps each once a row group.
REPEATED = ("simulate", "measure", "code", "configuration")


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


def write_part(folder: Path, name: str, table: pa.Table) -> Path:
    """Write one part, durably and in one step."""
    partial, final = folder / f"{PREFIX}{name}", folder / name
    try:
        pq.write_table(table, partial, compression="zstd", row_group_size=GROUP_ROWS)
        flush(partial, strict=True)
        replace(partial, final)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise
    flush(folder)
    return final


def part_names(folder: Path) -> list[str]:
    """Return the names of all parts, in order."""
    return sorted(
        entry.name
        for entry in os.scandir(folder)
        if entry.name.endswith(".parquet") and not entry.name.startswith(".")
    )


def read_runs(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return the identities in a part and whether each is done; nothing else is read."""
    table = pq.read_table(path, columns=["run", "status"], memory_map=False, use_threads=False)
    runs = np.array(table["run"].to_pylist(), "S24")
    done = np.array([status == DONE for status in table["status"].to_pylist()], bool)
    return runs, done


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
                with pq.ParquetFile(self._folder / part) as file:
                    there = [name for name in self._columns if name in file.schema_arrow.names]
                    self._piece = file.read_row_group(group, columns=there, use_threads=False)
                self._last = (part, group)
            at = np.flatnonzero(groups == group)
            yield at, self._piece.take(rows[at] % GROUP_ROWS)


def metric_names(folder: Path, part: str) -> list[str]:
    """Return the metrics a part holds."""
    return [
        name.removeprefix(METRIC) for name in pq.read_schema(folder / part).names if name.startswith(METRIC)
    ]
