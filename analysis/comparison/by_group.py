"""Measures by group over replications, in long form: what `by_group.csv` holds.

A row is a measure of a group under a scenario, or the paired difference of a scenario from the first. `n` is
how many needs a run are in the denominator, on average over replications; of a difference, under that of the
two where there are fewer.

Differences are told of divisions by what needs and their owners are (`analysis.inputs.groups`): under both
scenarios the same needs are in a group. A *small* group, with fewer than `SMALL` needs a run in the
denominator, keeps its values and its n and has no difference: a share of a handful is mostly luck, and looks
like a finding. That twenty are enough is assumed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparison.table import CONFIDENCE
from analysis.estimates.by_group import GroupTable
from analysis.inputs.groups import OF_OUTCOME
from analysis.metrics import metric, value_ranges
from analysis.statistics.intervals import paired_difference, student_interval
from analysis.summaries.run_summary import RunSummary

SMALL = 20.0
COLUMNS = ("scenario", "group", "level", "metric", "unit", "mean", "low", "high", "n")
#: What `scenario` says of the difference of two scenarios; of several, with the scenario's name behind it.
DIFFERENCE = "difference"


@dataclass(frozen=True)
class _Cells:
    """Group, level and metric of each row, and its values and denominators: a row a replication."""

    group: list[str]
    level: list[str]
    metric: list[str]
    values: dict[str, npt.NDArray[np.float64]]
    number: dict[str, npt.NDArray[np.float64]]


def by_group_table(
    summaries: Mapping[str, Sequence[RunSummary]], confidence: float = CONFIDENCE
) -> pd.DataFrame:
    """Return the measures by group of one scenario or several, with paired differences from the first.

    Replications missing in an arm are left out of all. Groups without a need in any run are left out, and
    there is no row at all where no run has groups.
    """
    found = _cells(summaries)
    if found is None:
        return pd.DataFrame(columns=list(COLUMNS))
    names = list(summaries)
    ranges = value_ranges(found.metric)
    number = {name: found.number[name].mean(axis=0) for name in names}
    blocks: list[tuple[Any, ...]] = []
    for name in names:
        one = student_interval(found.values[name], confidence, ranges)
        blocks.append((name, one.mean, one.low, one.high, number[name], None))
    of_needs = np.array([group not in OF_OUTCOME for group in found.group])
    for name in names[1:]:
        apart = paired_difference(found.values[names[0]], found.values[name], confidence, ranges)
        fewer = np.minimum(number[names[0]], number[name])
        told = np.where(fewer >= SMALL, 0.0, np.nan)
        label = difference_name(names, name)
        blocks.append((label, apart.mean + told, apart.low + told, apart.high + told, fewer, of_needs))
    return _long(found, blocks)


def difference_name(names: Sequence[str], name: str) -> str:
    """Return what the column `scenario` says of a scenario's difference from the first."""
    return DIFFERENCE if len(names) == 2 else f"{DIFFERENCE}_{name}"


def _long(found: _Cells, blocks: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Return one row for each cell and block, those of a cell side by side."""
    cells = np.arange(len(found.metric))
    rows = [cells if kept is None else cells[kept] for *_, kept in blocks]
    cell = np.concatenate(rows)
    order = np.argsort(cell, kind="stable")
    cell = cell[order]
    scenario = np.repeat(np.array([label for label, *_ in blocks], dtype=object), [len(row) for row in rows])
    numbers = [
        np.concatenate([block[place][row] for block, row in zip(blocks, rows, strict=True)])[order]
        for place in (1, 2, 3, 4)
    ]
    units = {name: metric(name).unit for name in dict.fromkeys(found.metric)}
    texts = (found.group, found.level, found.metric, [units[name] for name in found.metric])
    group, level, name, unit = (np.array(text, dtype=object)[cell] for text in texts)
    columns = (scenario[order], group, level, name, unit, *numbers)
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def _cells(summaries: Mapping[str, Sequence[RunSummary]]) -> _Cells | None:
    """Lay the tables of all runs out beside each other; None where there are none."""
    runs = {name: {one.replication: one.groups for one in items} for name, items in summaries.items()}
    first, *rest = runs.values()
    common = sorted(set(first).intersection(*rest))
    tables = [{table.division: table for table in mine[r]} for mine in runs.values() for r in common]
    divisions = list(dict.fromkeys(division for table in tables for division in table))
    if not divisions:
        return None
    cells = _Cells([], [], [], {}, {})
    values, number = [], []
    for division in divisions:
        mine = [table.get(division) for table in tables]
        known = [one for one in mine if one is not None]
        levels = list(dict.fromkeys(level for one in known for level in one.levels))
        metrics = list(dict.fromkeys(name for one in known for name in one.metrics))
        block = np.full((2, len(tables), len(levels), len(metrics)), np.nan)
        block[1] = 0.0
        for place, one in enumerate(mine):
            if one is not None:
                _lay_out(block, place, one, levels, metrics)
        anything = block[1].max(axis=(0, 2)) > 0
        block = block[:, :, anything]
        levels = [level for level, there in zip(levels, anything, strict=True) if there]
        cells.group.extend([division] * (len(levels) * len(metrics)))
        cells.level.extend(level for level in levels for _ in metrics)
        cells.metric.extend(metrics * len(levels))
        values.append(block[0].reshape(len(tables), -1))
        number.append(block[1].reshape(len(tables), -1))
    every, size = np.hstack(values), np.hstack(number)
    for place, name in enumerate(runs):
        rows = slice(place * len(common), (place + 1) * len(common))
        cells.values[name], cells.number[name] = every[rows], size[rows]
    return cells


def _lay_out(
    block: npt.NDArray[np.float64],
    place: int,
    table: GroupTable,
    levels: Sequence[str],
    metrics: Sequence[str],
) -> None:
    if table.levels == tuple(levels) and table.metrics == tuple(metrics):
        block[0, place], block[1, place] = table.values, table.number
        return
    at = np.ix_(
        [levels.index(level) for level in table.levels], [metrics.index(name) for name in table.metrics]
    )
    block[0, place][at], block[1, place][at] = table.values, table.number
