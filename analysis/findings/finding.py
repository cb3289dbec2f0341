"""What an interval allows one to say of a difference.

A difference is called one only where its interval excludes zero; with a single replication nothing is known
about it. The words are higher and lower: whether that is good is for the reader.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.comparison.table import arms, difference_columns, row
from analysis.metrics import metric


@dataclass(frozen=True)
class Finding:
    """One metric of one scenario against the first: the difference and how clear it is.

    `verdict` is ``lower``, ``higher``, ``unclear`` (the interval contains zero) or ``single`` (no interval).
    """

    name: str
    unit: str
    base: float
    other: float
    difference: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """Return what the interval allows one to say."""
        if not (np.isfinite(self.low) and np.isfinite(self.high)):
            return "single"
        if self.low > 0:
            return "higher"
        return "lower" if self.high < 0 else "unclear"


def finding(comparison: pd.DataFrame, name: str, scenario: str | None = None) -> Finding:
    """Read a metric out of a comparison."""
    names = arms(comparison)
    other = scenario or names[1]
    line = row(comparison, name)
    middle, low, high = (float(line[column]) for column in difference_columns(comparison, other))
    return Finding(
        name,
        metric(name).unit,
        float(line[f"{names[0]}_mean"]),
        float(line[f"{other}_mean"]),
        middle,
        low,
        high,
    )
