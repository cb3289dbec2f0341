"""One scenario: each metric with its mean over replications and Student's t interval."""

from collections.abc import Sequence

import pandas as pd

from analysis.comparison.table import CONFIDENCE, ordered_metrics, table
from analysis.estimates.estimands import estimate
from analysis.inputs.ledger import Records
from analysis.metrics import metric, value_ranges
from analysis.statistics.intervals import Note, Notes, note, student_interval
from analysis.summaries.run_summary import RunSummary


def summarise(records: Sequence[Records] | Records, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """Summarise the runs of one scenario (or a single run): columns metric, unit, mean, low, high."""
    runs = records if isinstance(records, Sequence) else [records]
    return summarise_table(table([estimate(run) for run in runs]), confidence)


def summarise_runs(summaries: Sequence[RunSummary], confidence: float = CONFIDENCE) -> pd.DataFrame:
    """Summarise one scenario from the summaries of its runs."""
    return summarise_table(table([item.estimates for item in summaries]), confidence)


def summarise_table(estimates: pd.DataFrame, confidence: float = CONFIDENCE) -> pd.DataFrame:
    """Summarise a table with one row per replication and one column per metric."""
    names = ordered_metrics([str(column) for column in estimates.columns])
    values = estimates[names].to_numpy(float)
    interval = student_interval(values, confidence, value_ranges(names))
    summary = pd.DataFrame(
        {
            "metric": names,
            "unit": [metric(name).unit for name in names],
            "mean": interval.mean,
            "low": interval.low,
            "high": interval.high,
        }
    )
    notes = [Note(name, "", "", *note(values[:, place])) for place, name in enumerate(names)]
    summary.attrs["notes"] = Notes(one for one in notes if one.key)
    summary.attrs["replications"] = len(estimates)
    return summary
