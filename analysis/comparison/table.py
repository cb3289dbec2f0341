"""Two or more regimes side by side, paired by replication.

The table has one row per metric: its mean under each scenario with Student's t interval over replications,
the paired difference (second minus first) with its interval, and how much the pairing reduced the variance.
With three or more scenarios each is compared with the first, in columns ``difference_<name>`` and so on.
One replication gives means and a difference but no intervals.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparison.twins import paired_cases
from analysis.inputs.ledger import Records
from analysis.metrics import METRICS, metric, value_ranges
from analysis.statistics.intervals import (
    Note,
    Notes,
    note,
    paired_difference,
    paired_note,
    plain,
    student_interval,
)
from analysis.summaries.run_summary import RunSummary, against_first, summarise_run

CONFIDENCE = 0.95


def compare(records: Mapping[str, Sequence[Records]], confidence: float = CONFIDENCE) -> pd.DataFrame:
    """Compare scenarios from full records (all ledgers in memory at once; see `compare_summaries` for
    streaming).

    Parameters
    ----------
    records
        Scenario name to its runs; pairs are made by `replication`.
    """
    summaries = {name: [summarise_run(run) for run in runs] for name, runs in records.items()}
    pairs = []
    if len(records) == 2:
        first, second = records.values()
        twins = {int(run.replication): run for run in second}
        pairs = [
            paired_cases(run, twins[int(run.replication)]) for run in first if int(run.replication) in twins
        ]
    return compare_summaries(summaries, pairs, confidence)


def compare_summaries(
    summaries: Mapping[str, Sequence[RunSummary]],
    pairs: Sequence[Mapping[str, float]] = (),
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """Compare scenarios from summaries, each taken as soon as its run finished.

    Parameters
    ----------
    pairs
        What `analysis.comparison.twins.paired_cases` returned for each replication (two scenarios only); adds
        the rows on needs reported in both.
    """
    summaries = paired(summaries)
    tables = {name: table([item.estimates for item in items]) for name, items in summaries.items()}
    if pairs and len(tables) == 2:
        together = table(pairs)
        for name, side in zip(tables, ("first", "second"), strict=True):
            ending = f"__{side}"
            chosen = [str(column) for column in together.columns if str(column).endswith(ending)]
            extra = together[chosen].set_axis([column.removesuffix(ending) for column in chosen], axis=1)
            tables[name] = tables[name].join(extra)
    others = list(summaries)[1:]
    apart = {
        name: table([{"replication": float(item.replication), **item.apart} for item in summaries[name]])
        for name in others
        if all(item.apart for item in summaries[name])
    }
    return compare_tables(tables, confidence, apart if len(apart) == len(others) else {})


def paired(summaries: Mapping[str, Sequence[RunSummary]]) -> dict[str, list[RunSummary]]:
    """Compare the runs of every scenario with those of the first, replication by replication.

    Runs without a twin under the first scenario stay as they are.
    """
    base, *_ = summaries
    first = {one.replication: one for one in summaries[base]}
    found = {base: [against_first([one])[0] for one in summaries[base]]}
    for name, runs in summaries.items():
        if name != base:
            twins = [(first.get(one.replication), one) for one in runs]
            found[name] = [one if twin is None else against_first([twin, one])[1] for twin, one in twins]
    return found


def table(estimates: Sequence[Mapping[str, float]]) -> pd.DataFrame:
    """Put the estimates of several runs into a table: one row per replication, one column per metric."""
    names = list(dict.fromkeys(name for item in estimates for name in item if name != "replication"))
    numbers = [item.get("replication", place) for place, item in enumerate(estimates)]
    # One block of numbers: columns put together one by one take three times as long.
    values = np.array([[item.get(name, np.nan) for name in names] for item in estimates], float)
    index = pd.Index(np.array(numbers, dtype=np.int64), name="replication")
    result = pd.DataFrame(values.reshape(len(estimates), len(names)), index=index, columns=pd.Index(names))
    result = result.sort_index()
    if result.index.has_duplicates:
        raise ValueError("a replication occurs twice in one scenario")
    return result


def compare_tables(
    tables: Mapping[str, pd.DataFrame],
    confidence: float = CONFIDENCE,
    apart: Mapping[str, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Compare scenarios from one table a scenario, as `table` makes it.

    Replications missing in an arm are left out of all arms, so that every column rests on the same ones.

    Parameters
    ----------
    apart
        Of every scenario but the first, a table of metrics that only its difference from the first has.
    """
    comparison, common = _side_by_side(tables, confidence)
    if not apart:
        return comparison
    rows = _differences(
        comparison, {name: found.reindex(common) for name, found in apart.items()}, confidence
    )
    whole = pd.concat([comparison, rows], ignore_index=True)
    whole = whole.set_index("metric").loc[ordered_metrics(list(whole["metric"]))].reset_index()
    whole.attrs = dict(comparison.attrs)
    return whole


def _differences(
    comparison: pd.DataFrame, apart: Mapping[str, pd.DataFrame], confidence: float
) -> pd.DataFrame:
    """Return the rows of metrics that only differences have: no mean under either scenario."""
    names = list(next(iter(apart.values())).columns)
    units = [metric(name).unit for name in names]
    rows = pd.DataFrame({**dict.fromkeys(comparison.columns, np.nan), "metric": names, "unit": units})
    for name, found in apart.items():
        interval = student_interval(found[names].to_numpy(float), confidence, value_ranges(names))
        for column, values in zip(
            difference_columns(comparison, name), (interval.mean, interval.low, interval.high), strict=True
        ):
            rows[column] = values
    return rows


def _side_by_side(tables: Mapping[str, pd.DataFrame], confidence: float) -> tuple[pd.DataFrame, pd.Index]:
    """Return the comparison of the metrics that every scenario has, and the replications it rests on."""
    names = list(tables)
    if len(names) < 2:
        raise ValueError("a comparison needs two scenarios or more")
    common = tables[names[0]].index
    for name in names[1:]:
        common = common.intersection(tables[name].index)
    if len(common) == 0:
        raise ValueError("the scenarios share no replication")
    columns = ordered_metrics([str(column) for name in names for column in tables[name].columns])
    values = {name: tables[name].reindex(index=common, columns=columns).to_numpy(float) for name in names}
    ranges = value_ranges(columns)
    result: dict[str, object] = {"metric": columns, "unit": [metric(name).unit for name in columns]}
    for name in names:
        interval = student_interval(values[name], confidence, ranges)
        result[f"{name}_mean"] = interval.mean
        result[f"{name}_low"] = interval.low
        result[f"{name}_high"] = interval.high
    for name in names[1:]:
        suffix = "" if len(names) == 2 else f"_{name}"
        paired = paired_difference(values[names[0]], values[name], confidence, ranges)
        result[f"difference{suffix}"] = paired.mean
        result[f"difference{suffix}_low"] = paired.low
        result[f"difference{suffix}_high"] = paired.high
        result[f"variance_reduction{suffix}"] = paired.variance_reduction
    comparison = pd.DataFrame(result)
    comparison.attrs["replications"] = len(common)
    comparison.attrs["notes"] = _notes(columns, values)
    return comparison, common


def _notes(columns: Sequence[str], values: Mapping[str, npt.NDArray[np.float64]]) -> Notes:
    """Return what is to be said of each metric in each arm, and of each difference from the first."""
    first, *others = values
    silent = {arm: plain(table) for arm, table in values.items()}
    with np.errstate(invalid="ignore"):
        apart = {arm: plain(values[arm] - values[first]) for arm in others}
    found = []
    for place, name in enumerate(columns):
        for arm, table in values.items():
            if not silent[arm][place]:
                found.append(Note(name, arm, "", *note(table[:, place])))
        for arm in others:
            if not apart[arm][place]:
                pair = values[first][:, place], values[arm][:, place]
                found.append(Note(name, arm, first, *paired_note(*pair)))
    return Notes(one for one in found if one.key)


def ordered_metrics(found: Sequence[str]) -> list[str]:
    """Put metric names in the order of `analysis.metrics`, unknown ones last."""
    present = dict.fromkeys(found)
    known = [name for name in METRICS if name in present]
    return known + [name for name in present if name not in METRICS]


def arms(comparison: pd.DataFrame) -> list[str]:
    """Return the scenario names of a comparison, the first being what the others are compared with."""
    return [str(column)[: -len("_mean")] for column in comparison.columns if str(column).endswith("_mean")]


def difference_columns(comparison: pd.DataFrame, name: str) -> tuple[str, str, str]:
    """Return the columns holding a scenario's difference from the first, and its limits."""
    base = "difference" if "difference" in comparison.columns else f"difference_{name}"
    return base, f"{base}_low", f"{base}_high"


def row(comparison: pd.DataFrame, name: str) -> pd.Series:
    """Return the row of a metric.

    Raises
    ------
    KeyError
        If the comparison does not hold it.
    """
    try:
        return comparison.iloc[comparison["metric"].tolist().index(name)]
    except ValueError:
        raise KeyError(f"the comparison has no metric {name}") from None
