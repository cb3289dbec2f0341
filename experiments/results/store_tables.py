"""What a store holds as a table: each configuration a point, what varies between them as columns."""

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.metrics import metric, value_range
from analysis.statistics.intervals import student_interval
from experiments.arguments.key_values import shown
from experiments.store import Store
from experiments.store.parts import DONE, METRIC, metric_names
from sim.errors import InputError, did_you_mean

ARM = "store"


def points_of(folder: Path, metrics: Sequence[str]) -> tuple[pd.DataFrame, list[str], dict[str, Any]]:
    """Summarise the finished runs of a store.

    Returns
    -------
    tuple
        The table of `analysis.figures.sweep` (one row per point and metric), the names of what varies, and
        facts for the report: how many runs, of which version of the code.

    Notes
    -----
    A store may hold runs of several versions of the model; those of the version used last count. Parameters
    that vary only together (the switches of two scenarios, say) are one column, called by the first of them.
    """
    with Store(folder, read_only=True) as store:
        frames = _finished(store, metrics)
        known = sorted({name for part in store.index.parts for name in _metrics_in(store, part)})
    frames = [frame for frame in frames if len(frame)]
    if not frames:
        raise InputError("report", str(folder), "a store with finished runs", hint="there is none in it")
    for name in metrics:
        if name not in known:
            hint = did_you_mean(name, known) or f"there are {', '.join(known[:6])}, …"
            raise InputError("metric", name, "a metric of these runs", hint=hint)
    runs = pd.concat(frames, ignore_index=True).drop_duplicates("run")
    last = str(runs["code"].iloc[-1])
    older = int((runs["code"] != last).sum())
    runs = runs[runs["code"] == last]
    groups = {str(text): mine for text, mine in runs.groupby("configuration", sort=False)}
    configurations = list(groups)
    columns = varying([json.loads(text) for text in configurations])
    rows = []
    for point, mine in enumerate(groups.values()):
        for name in metrics:
            values = mine[METRIC + name].to_numpy(float)
            whole = student_interval(values, bounds=value_range(name))
            rows.append(
                {"point": point}
                | {key: column[point] for key, column in columns.items()}
                | {"arm": ARM, "metric": name, "unit": metric(name).unit}
                | {end: float(getattr(whole, end)) for end in ("mean", "low", "high")}
                | {"replications": int(np.isfinite(values).sum())}
            )
    facts = {
        "runs": len(runs),
        "runs_of_other_versions": older,
        "points": len(configurations),
        "code_hash": last,
    }
    return pd.DataFrame(rows), list(columns), facts


def _finished(store: Store, metrics: Sequence[str]) -> list[pd.DataFrame]:
    """Return the finished runs part by part, with these numbers only; configurations are kept once."""
    columns = ["run", "status", "code", "configuration", *(METRIC + name for name in metrics)]
    texts = ["code", "configuration"]
    frames = []
    for _, table in store.tables(columns, shared=texts):
        frame = table.to_pandas()
        frames.append(frame[frame["status"] == DONE].astype(dict.fromkeys(texts, object)))
    return frames


def _metrics_in(store: Store, part: str) -> list[str]:
    return [] if part in store.passed_over else metric_names(store.parts, part)


def varying(configurations: Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    """Return what varies between configurations: name to its value in each."""
    flat = [dict(_leaves(configuration, "")) for configuration in configurations]
    keys = list(dict.fromkeys(key for values in flat for key in values))
    together: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for key in keys:
        seen: dict[str, int] = {}
        pattern = tuple(seen.setdefault(shown(values.get(key)), len(seen)) for values in flat)
        if len(seen) > 1:
            together[pattern].append(key)
    columns = {}
    for group in together.values():
        name = group[0] if len(group) == 1 else f"{group[0]} (+{len(group) - 1})"
        column = [values.get(group[0]) for values in flat]
        plain = all(isinstance(value, int | float) and not isinstance(value, bool) for value in column)
        columns[name] = column if plain else [shown(value) for value in column]
    return columns


def _leaves(node: Any, prefix: str) -> list[tuple[str, Any]]:
    if not isinstance(node, dict):
        return [(prefix, node)]
    return [
        leaf
        for key, value in node.items()
        for leaf in _leaves(value, f"{prefix}.{key}" if prefix else str(key))
    ]
