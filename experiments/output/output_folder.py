"""Files of results that are complete or not there, in a folder of which only ours is touched.

Everything is first written into a hidden folder inside the output folder, flushed to disk, and then takes its
place as a whole (`publishing`). What is there already and not ours stays (`ownership`). The manifest comes
last and lists the files: where there is one, the files beside it belong to it.
"""

import contextlib
import errno
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from analysis.safe_text.spreadsheet import to_csv
from experiments.output.abandoned_folders import make_partial, one_at_a_time, remove_leftovers
from experiments.output.ownership import MANIFEST, Listing, check_targets, survey
from experiments.output.publishing import discard, publish
from experiments.system.files import write_text as write_text
from experiments.system.interrupts import closed, opened, uninterrupted
from sim.errors import InputError
from sim.input_files.file_errors import naming

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    from experiments.executors.replications import Finished


class OutputFolder:
    """One folder of results in the making, used as a context manager.

    Entering checks that the folder may be used and can be written, before anything is simulated. Leaving
    without `finish` removes what was begun and leaves an earlier study in the folder untouched. What a killed
    run left behind is finished or removed by the next one.

    Parameters
    ----------
    folder
        Made if it is not there.
    names
        Files that will be, or may be, written: checked on entering.
    """

    def __init__(self, folder: Path, names: Sequence[str] = ()) -> None:
        self.folder = folder
        self.before = Listing()
        self._names = [*names, MANIFEST]
        self._partial: Path | None = None
        self._lock: int | None = None
        self._made = False
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._schemas: dict[str, pa.Schema] = {}

    def __enter__(self) -> Self:
        try:
            # An interruption in the middle comes when everything can be removed again.
            with uninterrupted():
                opened(self, self._leave)
                self._enter()
        except OSError as error:
            self._leave()
            if error.errno == errno.ENOSPC:
                raise
            reason = error.strerror or type(error).__name__
            raise InputError("out", str(self.folder), "a folder that can be written", hint=reason) from None
        except BaseException:
            self._leave()
            raise
        return self

    def _enter(self) -> None:
        self._made = not os.path.lexists(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        with one_at_a_time(self.folder):
            remove_leftovers(self.folder)
            self.before = survey(self.folder)
            check_targets(self.folder, self._names, self.before.files)
            self._partial, self._lock = make_partial(self.folder)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with uninterrupted():
            self._leave()

    def _leave(self) -> None:
        closed(self)
        for writer in self._writers.values():
            import pyarrow as pa

            # After a full disk closing fails once more; the first error is the one to report.
            with contextlib.suppress(OSError, pa.ArrowException):
                writer.close()
            # Else it tries once more when it is collected, and says so.
            writer.is_open = False
        self._writers.clear()
        if self._partial is not None:
            discard(self._partial)
            self._partial = None
            if self._made:
                with contextlib.suppress(OSError):
                    self.folder.rmdir()  # nothing came of it
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    @property
    def partial(self) -> Path:
        """Where files are written until they are complete."""
        assert self._partial is not None, "use the folder in a with statement"
        return self._partial

    def add(self, finished: "Finished") -> None:
        """Append one replication: one row group for each scenario in each file."""
        for tables in finished.tables.values():
            for name, table in tables.items():
                self._append(name, table)

    def _append(self, name: str, table: "pa.Table") -> None:
        import pyarrow.parquet as pq

        path = self.partial / f"{name}.parquet"
        with naming(path):
            if name not in self._writers:
                self._schemas[name] = table.schema.remove_metadata()
                self._writers[name] = pq.ParquetWriter(path, self._schemas[name], compression="zstd")
            schema = self._schemas[name]
            # The same columns in the same order with the same types, or the file would not be one table.
            aligned = table.select(schema.names).cast(schema)
            self._writers[name].write_table(aligned, row_group_size=max(1, len(aligned)))

    def add_table(self, name: str, frame: "pd.DataFrame") -> None:
        """Write a small table as CSV."""
        self.add_text(name, to_csv(frame))

    def add_text(self, name: str, text: str) -> None:
        """Write a small text."""
        path = self.partial / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with naming(path):
            path.write_bytes(text.encode("utf-8", "backslashreplace"))

    def drop(self, *names: str) -> None:
        """Give up files in the making, and folders of them."""
        for path in self._files():
            if path.split("/")[0] in names:
                (self.partial / path).unlink(missing_ok=True)

    def _files(self) -> list[str]:
        found = (path.relative_to(self.partial) for path in self.partial.rglob("*") if path.is_file())
        return sorted(path.as_posix() for path in found if not path.parts[0].startswith("."))

    def finish(
        self, manifest: Mapping[str, Any], replaced: Callable[[str], bool] = lambda name: True
    ) -> list[str]:
        """Let everything take its place, the manifest last; return the names.

        Parameters
        ----------
        replaced
            Whether a file that the present manifest lists goes where it is not written anew.
        """
        with uninterrupted():
            for name, writer in self._writers.items():
                with naming(self.partial / f"{name}.parquet"):
                    writer.close()
            names = self._files()
            with one_at_a_time(self.folder):
                listed = survey(self.folder).files
                others = [name for name in listed if name not in names and name != MANIFEST]
                stale = [name for name in others if replaced(name)]
                kept = [name for name in others if not replaced(name)]
                content = {**manifest, "files": [*sorted([*names, *kept]), MANIFEST]}
                text = json.dumps(content, ensure_ascii=False, indent=2)
                self.add_text(MANIFEST, text + "\n")
                publish(self.partial, self.folder, [*names, MANIFEST], listed, stale)
            return [*names, MANIFEST]


def add_files(folder: Path, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    """Add files to a folder of results, beside what is there; those that are there already stay.

    Parameters
    ----------
    manifest
        What a folder says of itself that has no manifest yet.
    """
    new = {name: content for name, content in files.items() if not _holds(folder / name, content)}
    if not new:
        return
    with OutputFolder(folder, list(new)) as output:
        for name, content in new.items():
            with naming(output.partial / name):
                (output.partial / name).write_bytes(content)
        output.finish(output.before.manifest or manifest, replaced=lambda name: False)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.is_file() and path.read_bytes() == content
    except OSError:
        return False


def pictures(*names: str) -> Iterator[str]:
    """Yield the files of figures: each as picture and as vector."""
    for name in names:
        yield from (f"{name}.png", f"{name}.svg")
