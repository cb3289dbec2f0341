"""What an interval allows one to say of a difference.

A difference is called one only where its interval excludes zero; with a single replication nothing is known
about it. The words are higher and lower: whether that is good is for the reader.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.comparison.table import arms, difference_columns
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


class Findings(Mapping[str, Finding]):
    """What a comparison says of each metric of one scenario against the first.

    The columns are read once: a page asks for some hundred numbers, and a cell of a table takes as long to
    read as its whole column.

    Parameters
    ----------
    scenario
        Which one is compared with the first; None: the second.
    """

    def __init__(self, comparison: pd.DataFrame, scenario: str | None = None) -> None:
        names = arms(comparison)
        other = scenario or names[1]
        columns = (f"{names[0]}_mean", f"{other}_mean", *difference_columns(comparison, other))
        numbers = zip(*(comparison[column].tolist() for column in columns), strict=True)
        self._rows = dict(zip(comparison["metric"].tolist(), numbers, strict=True))

    def __getitem__(self, name: str) -> Finding:
        if name not in self._rows:
            raise KeyError(f"the comparison has no metric {name}")
        return Finding(name, metric(name).unit, *self._rows[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def finding(comparison: pd.DataFrame, name: str, scenario: str | None = None) -> Finding:
    """Read one metric out of a comparison."""
    return Findings(comparison, scenario)[name]
