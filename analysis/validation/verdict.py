"""From the measured values of a row to its verdict.

*Verification*: met if the whole 95 % interval lies within the margin (equivalence, not absence of a
difference). *Calibrated* and *genuine*: met if the mean lies in the range; where the interval crosses the
range's end, the verdict says so. A row whose source gives a direction alone is met if the whole interval lies
there.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.statistics.intervals import student_interval
from analysis.validation.row import Row

MET, MISSED, ABSENT = "met", "missed", "not in this version"
_UNEXPLAINED = "Nobody has explained this miss yet."


@dataclass(frozen=True)
class Judgement:
    """A row, what was simulated, and what follows."""

    row: Row
    mean: float
    low: float
    high: float
    replications: int
    verdict: str
    explanation: str


def judge(row: Row, values: Sequence[float]) -> Judgement:
    """Compare a row's target with its values, one a replication."""
    if not row.available:
        return Judgement(row, math.nan, math.nan, math.nan, 0, ABSENT, row.absent)
    interval = student_interval(np.asarray(values, dtype=float))
    mean, low, high = float(interval.mean), float(interval.low), float(interval.high)
    used = int(np.isfinite(np.asarray(values, dtype=float)).sum())
    if not math.isfinite(mean):
        return Judgement(row, mean, low, high, used, MISSED, "The runs had nothing to measure it by.")
    inside = row.low <= mean <= row.high
    bounded = math.isfinite(low) and math.isfinite(high)
    crossing = bounded and ((low < row.low <= high) or (low <= row.high < high))
    if row.kind == "verification" or row.whole:
        met = inside and bounded and not crossing
    else:
        met = inside
    parts = []
    if not met:
        if row.kind == "verification" and inside:
            parts.append("Too few replications to tell: the interval is wider than the margin.")
        else:
            parts.append((row.too_low if low < row.low else row.too_high) or _UNEXPLAINED)
    if crossing and row.kind != "verification":
        parts.append("The interval reaches across the end of the range.")
    if row.note:
        parts.append(row.note)
    return Judgement(row, mean, low, high, used, MET if met else MISSED, " ".join(parts))


def table(outcomes: Iterable[Judgement]) -> pd.DataFrame:
    """Return the outcomes as a table, one row each."""
    return pd.DataFrame(
        [
            {
                "kind": outcome.row.kind,
                "row": outcome.row.name,
                "label": outcome.row.en,
                "unit": outcome.row.unit,
                "target": outcome.row.target,
                "target_low": outcome.row.low,
                "target_high": outcome.row.high,
                "simulated": outcome.mean,
                "simulated_low": outcome.low,
                "simulated_high": outcome.high,
                "verdict": outcome.verdict,
                "explanation": outcome.explanation,
                "predicts": outcome.row.predicts,
                "source": outcome.row.source,
                "scenario": outcome.row.scenario if outcome.row.available and not outcome.row.run else "",
                "settings": " ".join(outcome.row.overrides),
                "replications": outcome.replications,
            }
            for outcome in outcomes
        ]
    )
