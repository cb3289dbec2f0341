"""The scores of a backtest in a few lines: means over the largest categories, and who is better where."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.forecasts.scores import CITY, MEASURES

#: Errors of either sign: their means are of sizes.
SIGNED = ("e1", "e7", "e30", "median_error", "p90_error")


def means(table: pd.DataFrame, without: Collection[str] = ()) -> pd.DataFrame:
    """Return for each method the mean of each measure over categories, each counting once; errors by size."""
    rows = table[(table["category"] != CITY) & ~table["category"].isin(list(without))].copy()
    for name in SIGNED:
        rows[name] = rows[name].abs()
    return rows.groupby("method", sort=False)[list(MEASURES)].mean()


def better_in(
    table: pd.DataFrame, ours: str, measure: str = "ks", without: Collection[str] = ()
) -> pd.DataFrame:
    """Return for each other method in how many categories `ours` has the smaller value, of how many.

    The last row, `all`, counts the categories in which it is better than every other.
    """
    rows = table[(table["category"] != CITY) & ~table["category"].isin(list(without))]
    wide = rows.pivot(index="category", columns="method", values=measure)
    others = [name for name in dict.fromkeys(rows["method"]) if name != ours]
    won = {name: int((wide[ours] < wide[name]).sum()) for name in others}
    if others:
        won["all"] = int(np.logical_and.reduce([wide[ours] < wide[name] for name in others]).sum())
    return pd.DataFrame({"method": list(won), "better": list(won.values()), "of": len(wide)})
