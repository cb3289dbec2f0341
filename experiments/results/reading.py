"""Results read back: what a folder holds, and its runs one by one, as the analysis takes them."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from experiments.output.abandoned_folders import remove_leftovers
from experiments.output.manifest import read_manifest
from experiments.output.ownership import MANIFEST
from experiments.store.mark import is_store
from sim.errors import InputError
from sim.input_files.documents import is_file, is_folder
from sim.parameters.scenario import Scenario

# What reads tables loads when one is read: a folder that holds no results is told at once.
if TYPE_CHECKING:
    import pandas as pd

READABLE = ("run", "compare", "sweep")
TABLES = ("cases", "daily", "people", "units")
_WANTED = f"a folder written by cogov {', '.join(READABLE)}, or a store"


@dataclass
class StoredRun:
    """One run out of files, with what `analysis.inputs.ledger.Records` asks for."""

    settings: Scenario
    scenario: str
    replication: int
    cases: "pd.DataFrame"
    daily: "pd.DataFrame"
    people: "pd.DataFrame"
    units: "pd.DataFrame"
    moments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    """What a folder holds: the command that wrote it (or "store") and its manifest."""

    folder: Path
    kind: str
    manifest: dict[str, Any]


def read_results(folder: Path) -> Results:
    """Find out what a folder holds.

    Raises
    ------
    InputError
        If it is not there, or holds nothing that can be reported on.
    """
    if not is_folder(folder):
        hint = "that is a file" if is_file(folder) else "there is no such folder"
        raise InputError("report", str(folder), _WANTED, hint=hint)
    if is_store(folder):
        return Results(folder, "store", {})
    with contextlib.suppress(OSError):
        # Results that a killed process was about to put in place.
        remove_leftovers(folder)
    path = folder / MANIFEST
    if not is_file(path):
        raise InputError("report", str(folder), _WANTED, hint=f"it has no {MANIFEST}")
    kind, manifest = read_manifest(path, "report")
    if kind not in READABLE:
        raise InputError("report", str(folder), _WANTED, hint=f"this was written by cogov {kind}")
    return Results(folder, kind, manifest)


def scenarios_of(results: Results) -> dict[str, Scenario]:
    """Return the scenarios of a run (one) or a comparison (two or more), as they were."""
    try:
        scenarios = {
            name: Scenario.model_validate(values) for name, values in results.manifest["scenarios"].items()
        }
    except (ValidationError, AttributeError) as error:
        first = str(error).splitlines()[1] if isinstance(error, ValidationError) else "no scenarios"
        raise InputError(
            "report",
            str(results.folder / MANIFEST),
            "scenarios that this version knows",
            hint=f"{first}; written by cogov {results.manifest.get('versions', {}).get('cogov', 'unknown')}",
        ) from None
    if (len(scenarios) == 1) != (results.kind == "run") or not scenarios:
        wanted = "one scenario of a run, or two and more of a comparison"
        hint = f"scenarios of this cogov {results.kind}: {len(scenarios)}"
        raise InputError("report", str(results.folder / MANIFEST), wanted, hint=hint)
    return scenarios


def runs_of(results: Results, scenarios: dict[str, Scenario]) -> Iterator[list[StoredRun]]:
    """Yield the runs of each replication, scenarios in order; one replication is in memory at a time."""
    tables = {name: _Groups(results.folder / f"{name}.parquet") for name in TABLES}
    for replication in results.manifest["replications_finished"]:
        yield [
            StoredRun(
                settings=settings,
                scenario=name,
                replication=int(replication),
                cases=tables["cases"].read(name, int(replication)),
                daily=tables["daily"].read(name, int(replication)),
                people=tables["people"].read(name, int(replication)),
                units=tables["units"].read(name, int(replication)),
            )
            for name, settings in scenarios.items()
        ]


@contextlib.contextmanager
def undamaged(path: Path) -> Iterator[None]:
    """Make of whatever goes wrong while files are read, or taken to pieces, one line that names them.

    What this program wrote can be read and estimated by it; what cannot was damaged, or is another version's.
    """
    import pyarrow as pa

    try:
        yield
    except (InputError, NotImplementedError):
        raise
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, OSError,
            pa.ArrowException) as error:  # fmt: skip
        if os.environ.get("COGOV_DEBUG") == "1":
            raise
        hint = f"damaged, or of another version: {type(error).__name__}: {error}"
        raise InputError("report", str(path), "written by cogov and unchanged", hint=hint) from None


class _Groups:
    """A Parquet file with a row group for each scenario and replication."""

    def __init__(self, path: Path) -> None:
        self._place: dict[tuple[str, int], int] = {}
        import pyarrow.parquet as pq

        self._file: pq.ParquetFile | None = None
        self._path = path
        if not is_file(path):
            if path.stem != "units":
                raise InputError("report", str(path.parent), _WANTED, hint=f"{path.name} is missing")
            return
        with undamaged(path):
            self._file = pq.ParquetFile(path)
            for number in range(self._file.num_row_groups):
                stamp = self._file.read_row_group(number, columns=["scenario", "replication"])
                if len(stamp):
                    first = stamp.slice(0, 1).to_pylist()[0]
                    self._place[str(first["scenario"]), int(first["replication"])] = number

    def read(self, scenario: str, replication: int) -> "pd.DataFrame":
        """Return the rows of one run; none where the run kept none."""
        import pandas as pd

        if self._file is None:
            return pd.DataFrame()
        number = self._place.get((scenario, replication))
        with undamaged(self._path):
            if number is None:
                return self._file.schema_arrow.empty_table().to_pandas()
            return self._file.read_row_group(number).to_pandas()
