"""Columns of names: codes with the names they stand for."""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd


@lru_cache(maxsize=64)
def _names(names: tuple[str, ...]) -> pd.CategoricalDtype:
    # Made anew for each column of each table, these types took half of the time of a ledger.
    return pd.CategoricalDtype(list(names))


def named(codes: np.ndarray, names: tuple[str, ...]) -> pd.Categorical:
    """Return codes as names, -1 as a gap."""
    return pd.Categorical.from_codes(codes, dtype=_names(tuple(names)), validate=False)


def stamp(scenario: str, replication: int, rows: int) -> dict[str, Any]:
    """Return the columns with which every table begins: of which run its rows are."""
    return {
        "scenario": named(np.zeros(rows, np.int8), (scenario,)),
        "replication": np.full(rows, replication, np.int32),
    }
