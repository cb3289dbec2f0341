"""Shocks as the test of cause: categories of which more came than ever, or that took longer than ever.

They are found by numbers, not by name. A *surge* is a category with a week in the window in which at least
`SURGE` times as many came as in a usual week before the origin. *Slowed* is one whose median, as observed,
is at least `SLOWER` times that of requests before the origin.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.forecasts.scores import HORIZON_DAYS, Part, drawn, observed, weekly
from analysis.forecasts.window import Window
from analysis.statistics.survival import kaplan_meier

SURGE, SLOWER = 3.0, 2.0
#: A week with fewer requests is no surge, a window with fewer no slowing.
FEWEST_IN_A_WEEK, FEWEST = 20, 40
#: Weeks before the origin that are the usual.
USUAL_WEEKS = 8
_QUANTILES = {"median": 0.5, "p90": 0.9}


def surges(window: Window, most: int = 10) -> pd.DataFrame:
    """Return the categories that surged or were slowed, those with the largest surge first.

    Columns: code, category, usual_a_week, most_in_a_week, surge (their ratio), usual_median, median, slower.
    """
    known, asked = window.known, window.asked
    rows = []
    weeks = min(USUAL_WEEKS, max(1, int((known.origin - known.arisen_at.min(initial=known.origin)) // 7)))
    for code in np.unique(asked.category):
        mine = asked.category == code
        before = known.category == code
        recent = before & (known.arisen_at >= known.origin - 7.0 * weeks)
        usual = np.count_nonzero(recent) / weeks
        opened = asked.arisen_at[mine] - known.origin
        counts = np.bincount((opened // 7).astype(int), minlength=1)
        highest = int(counts.max())
        curve = kaplan_meier(known.duration[before], known.seen[before], None)
        usual_median = curve.quantile(0.5)
        median = observed(window.truth.days[mine], window.truth.watched[mine]).quantile(0.5)
        surged = highest >= FEWEST_IN_A_WEEK and highest >= SURGE * max(usual, 1.0 / weeks)
        ratio = median / usual_median if 0 < usual_median < np.inf else float("nan")
        slowed = np.count_nonzero(mine) >= FEWEST and np.count_nonzero(before) >= FEWEST and ratio >= SLOWER
        if surged or slowed:
            rows.append(
                {
                    "code": int(code),
                    "category": known.categories[code],
                    "usual_a_week": usual,
                    "most_in_a_week": highest,
                    "surge": highest / max(usual, 1.0 / weeks),
                    "usual_median": usual_median,
                    "median": median,
                    "slower": ratio,
                }
            )
    columns = ["code", "category", "usual_a_week", "most_in_a_week", "surge"]
    table = pd.DataFrame(rows, columns=[*columns, "usual_median", "median", "slower"])
    return table.sort_values("surge", ascending=False, kind="stable", ignore_index=True).head(most)


def surge_table(
    found: pd.DataFrame, forecasts: Mapping[str, Part], horizon: float = HORIZON_DAYS
) -> pd.DataFrame:
    """Return observed and forecast median, P90 and largest backlog of each of the categories found.

    One row a category and method; quantiles beyond the horizon are infinite; `backlog` is the largest of the
    ends of weeks, with its 90 % interval over draws.
    """
    rows = []
    for one in found.to_dict("records"):
        code = int(one["code"])
        for method, (window, forecast) in forecasts.items():
            chosen = window.asked.category == code
            truth = window.truth
            seen = observed(truth.days[chosen], truth.watched[chosen])
            expected = drawn(forecast.days[:, chosen])
            row = {"category": one["category"], "requests": int(chosen.sum()), "method": method}
            for name, probability in _QUANTILES.items():
                row[f"{name}_observed"] = _within(seen.quantile(probability), horizon)
                row[f"{name}_forecast"] = _within(expected.quantile(probability), horizon)
            counts, happened = weekly(window, forecast, code), weekly(window, None, code)
            if len(happened.backlog):
                largest = counts.backlog.max(axis=1)
                low, middle, high = np.quantile(largest, (0.05, 0.5, 0.95))
                row |= {"backlog_observed": float(happened.backlog.max()), "backlog_forecast": float(middle)}
                row |= {"backlog_low": float(low), "backlog_high": float(high)}
            rows.append(row)
    return pd.DataFrame(rows)


def _within(days: float, horizon: float) -> float:
    return days if days <= horizon else float("inf")


def names(found: pd.DataFrame) -> Sequence[str]:
    """Return the categories found."""
    return [str(name) for name in found["category"]]
