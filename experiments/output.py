"""Files of results that are complete or not there.

Everything is first written into a hidden folder inside the output folder, flushed to disk, and then moved to
its final name in one step. The manifest comes last: where there is one, the files beside it belong to it.
"""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.spreadsheet import to_csv
from experiments.files import flush, replace
from experiments.files import write_text as write_text
from experiments.leftovers import PREFIX, hold, remove_leftovers
from experiments.runner import Finished
from sim.errors import InputError

MANIFEST = "manifest.json"
PRODUCTS = (
    "cases.parquet",
    "daily.parquet",
    "people.parquet",
    "units.parquet",
    "cadres.parquet",
    "suppliers.parquet",
    "transfers.parquet",
    "households.parquet",
    "pairs.parquet",
    "appeals.parquet",
    "points.parquet",
    "incidents.parquet",
    "meetings.parquet",
    "summary.csv",
    "comparison.csv",
    "stream_account.csv",
    "communities.csv",
    "report.html",
    "report.zh.html",
    "report.pdf",
    "report.zh.pdf",
    "figures",
)
"""Names this package writes; those left by an earlier study in the same folder are removed."""


class OutputFolder:
    """One folder of results in the making, used as a context manager.

    Entering checks that the folder can be written, before anything is simulated. Leaving without `finish`
    removes what was begun and leaves an earlier study in the folder untouched. What a killed run left behind
    is removed by the next one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._partial: Path | None = None
        self._lock: int | None = None
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._schemas: dict[str, pa.Schema] = {}

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            remove_leftovers(self.folder)
            self._partial = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self.folder))
            self._lock = hold(self._partial)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise InputError("out", str(self.folder), "a folder that can be written", hint=reason) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers.values():
            # After a full disk closing fails once more; the first error is the one to report.
            with contextlib.suppress(OSError, pa.ArrowException):
                writer.close()
        if self._partial is not None:
            shutil.rmtree(self._partial, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)

    @property
    def partial(self) -> Path:
        """Where files are written until they are complete."""
        assert self._partial is not None, "use the folder in a with statement"
        return self._partial

    def add(self, finished: Finished) -> None:
        """Append one replication: one row group for each scenario in each file."""
        for tables in finished.tables.values():
            for name, table in tables.items():
                self._append(name, table)

    def _append(self, name: str, table: pa.Table) -> None:
        if name not in self._writers:
            self._schemas[name] = table.schema.remove_metadata()
            path = self.partial / f"{name}.parquet"
            self._writers[name] = pq.ParquetWriter(path, self._schemas[name], compression="zstd")
        schema = self._schemas[name]
        # The same columns in the same order with the same types, or the file would not be one table.
        aligned = table.select(schema.names).cast(schema)
        self._writers[name].write_table(aligned, row_group_size=max(1, len(aligned)))

    def add_table(self, name: str, frame: pd.DataFrame) -> None:
        """Write a small table as CSV."""
        (self.partial / name).write_text(to_csv(frame), encoding="utf-8", newline="\n")

    def finish(self, manifest: dict[str, Any]) -> list[str]:
        """Move everything to its final name, the manifest last; return the names."""
        for writer in self._writers.values():
            writer.close()
        self._writers.clear()
        names = sorted(p.relative_to(self.partial).as_posix() for p in self.partial.rglob("*") if p.is_file())
        content = json.dumps({**manifest, "files": [*names, MANIFEST]}, ensure_ascii=False, indent=2)
        (self.partial / MANIFEST).write_bytes((content + "\n").encode("utf-8", "backslashreplace"))
        for name in [*names, MANIFEST]:
            flush(self.partial / name)
        with contextlib.suppress(FileNotFoundError):
            (self.folder / MANIFEST).unlink()
        self._remove_stale(names)
        for name in [*names, MANIFEST]:
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            replace(self.partial / name, target)
        for folder in {(self.folder / name).parent for name in names}:
            flush(folder)
        return [*names, MANIFEST]

    def _remove_stale(self, names: Iterable[str]) -> None:
        kept = {name.split("/")[0] for name in names}
        for product in PRODUCTS:
            old = self.folder / product
            if product not in kept and old.is_file():
                old.unlink()
        for language in ("en", "zh"):
            # Drawn by cogov report from what is replaced now.
            shutil.rmtree(self.folder / "figures" / language, ignore_errors=True)
        for old in (self.folder / "figures").glob("*.*"):
            if f"figures/{old.name}" not in names and old.suffix in (".png", ".svg"):
                old.unlink()
