"""What a sweep writes: runs as they are, their summary with intervals, manifest and figure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.metrics import metric, value_range
from analysis.safe_text.spreadsheet import to_csv
from analysis.statistics.intervals import Interval, difference_bounds, paired_difference, student_interval
from experiments.designs.sweep_plan import SweepPlan, config_hash
from experiments.output.manifest import MANIFEST_VERSION, code_hash, versions
from experiments.output.output_folder import OutputFolder
from experiments.store import Store, Study
from experiments.store.sequential_replications import Precision, measured, stein_interval
from experiments.system.language import language
from sim.input_files.file_errors import naming


def summarise(store: Store, study: Study, plan: SweepPlan) -> pd.DataFrame:
    """Return one row per point, scenario and metric: mean with interval, paired difference from the first.

    With a precision asked for, the intervals of its metric are those of the rule that chose the number of
    replications.
    """
    rows: list[dict[str, Any]] = []
    for name in plan.metrics:
        asked = plan.precision if plan.precision is not None and plan.precision.metric == name else None
        rows += point_rows(name, measured(store, study, name), plan.arms, plan.varied, asked)
    return pd.DataFrame(rows)


def point_rows(
    name: str,
    values: npt.NDArray[np.float64],
    arms: Sequence[str],
    varied: Mapping[str, Sequence[Any]],
    asked: Precision | None = None,
) -> list[dict[str, Any]]:
    """Return one row per point and scenario: a metric's mean with interval, paired difference from the first.

    Parameters
    ----------
    values
        Point by replication; at each point of the design all scenarios, in order.
    varied
        What was varied, with its value at each point and scenario.
    asked
        The precision that chose the number of replications, where one did.
    """
    rows: list[dict[str, Any]] = []
    bounds = value_range(name)
    for point in range(len(values)):
        mine, first = values[point], values[point - point % len(arms)]
        whole = (
            student_interval(mine, bounds=bounds) if asked is None else stein_interval(mine, asked, bounds)
        )
        row: dict[str, Any] = {"point": point // len(arms)}
        row |= {key: column[point] for key, column in varied.items()}
        row |= {"arm": arms[point % len(arms)], "metric": name, "unit": metric(name).unit}
        row |= _ends(whole, "")
        row["replications"] = int(np.isfinite(mine).sum())
        if len(arms) > 1:
            apart: Any = Interval(*(np.asarray(np.nan),) * 3)
            if point % len(arms):
                apart = (
                    paired_difference(first, mine, bounds=bounds)
                    if asked is None
                    else stein_interval(mine - first, asked, difference_bounds(bounds))
                )
            row |= _ends(apart, "difference")
        rows.append(row)
    return rows


def _ends(interval: Any, name: str) -> dict[str, float]:
    prefix = f"{name}_" if name else ""
    return {
        name or "mean": float(interval.mean),
        f"{prefix}low": float(interval.low),
        f"{prefix}high": float(interval.high),
    }


def write_results(
    output: OutputFolder, store: Store, study: Study, plan: SweepPlan, table: pd.DataFrame, started: datetime
) -> Path:
    """Write tables, manifest and figure; return the figure's path."""
    from analysis.figures import Provenance
    from analysis.figures.sweep import write_sweep

    write_runs(store, study, output.partial)
    output.add_table("sweep.csv", table)
    binary = output.partial / "sweep.parquet"
    with naming(binary):
        whole = pa.Table.from_pandas(table, preserve_index=False)
        pq.write_table(whole.replace_schema_metadata(), binary, compression="zstd")
    configured = config_hash(study)
    provenance = Provenance(configured, plan.command, versions()["cogov"])
    picture = write_sweep(
        table, list(plan.varied), plan.metrics[0], output.partial / "sweep", provenance, language()
    )
    ended = datetime.now().astimezone()
    facts = {
        "manifest_version": MANIFEST_VERSION,
        "command": plan.command,
        "scenarios": plan.arms,
        "overrides": plan.fixed,
        "varied": list(plan.varied),
        "points": len(study.points) // len(plan.arms),
        "runs": len(study),
        "seed": study.seed,
        "metrics": plan.metrics,
        "precision": None if plan.precision is None else plan.precision.half_width,
        "store": str(plan.store),
        "executor": plan.workers.executor,
        "jobs": plan.workers.jobs,
        "config_hash": configured,
        "code_hash": code_hash(),
        "versions": versions(),
        "started": started.isoformat(timespec="seconds"),
        "finished": ended.isoformat(timespec="seconds"),
        "seconds": round((ended - started).total_seconds(), 3),
    }
    output.finish(facts)
    return picture


def write_runs(store: Store, study: Study, folder: Path) -> None:
    """Write the table of all runs as CSV and Parquet, a piece at a time, the same bytes for the same runs."""
    names = store.metrics(study)
    blocks = store.blocks(study, names)
    text, binary = folder / "runs.csv", folder / "runs.parquet"
    writer: Any = None
    try:
        with naming(text), text.open("w", encoding="utf-8", newline="") as file:
            for number, block in enumerate(blocks):
                file.write(to_csv(block, header=number == 0))
                table = pa.Table.from_pandas(block, preserve_index=False).replace_schema_metadata()
                with naming(binary):
                    if writer is None:
                        writer = pq.ParquetWriter(binary, table.schema, compression="zstd")
                    writer.write_table(table.cast(writer.schema))
            with naming(binary):
                writer.close()
    finally:
        if writer is not None:
            # Else one that could not be closed tries once more when it is collected, and says so.
            writer.is_open = False
