"""What an interval allows one to say of a difference.

A difference is called one only where its interval excludes zero; with a single replication nothing is known
about it. The words are higher and lower: whether that is good is for the reader.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.comparison.table import arms, difference_columns, place_of
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
    place = place_of(comparison, name)
    # Number by number: a page asks dozens of times, and making a row of a table takes longer than six cells.
    columns = (f"{names[0]}_mean", f"{other}_mean", *difference_columns(comparison, other))
    base, mean, middle, low, high = (float(comparison[column].iloc[place]) for column in columns)
    return Finding(name, metric(name).unit, base, mean, middle, low, high)
