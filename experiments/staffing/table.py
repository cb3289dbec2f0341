"""The teams that were tried, a row each."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from experiments.staffing.search import Search
from sim.engine.tables.staff import CADRE_KINDS

_WEEKS_A_MONTH = 365.0 / 7.0 / 12.0


#: Columns of the utilisation of each kind of staff.
KINDS = tuple(f"utilisation_{kind}" for kind in CADRE_KINDS)


def teams_table(search: Search) -> pd.DataFrame:
    """Return the table of all teams, smallest first.

    `one_more_adds`: what a further person of the first team adds to the share answered in time, on the same
    years; NaN where that team was not simulated. `recovery_weeks`: how long hours left over take to work off
    a backlog of one month's work, a flow without chance; infinite where none are left over. `recovery_days`,
    `recovery_days_high`: median and .95-quantile over years of the time to recover from a surge, as
    `experiments.staffing.recovery` measures it; infinite where it takes longer than the run, NaN where
    not asked. `years_without_reports`: of `years`, those in which nobody reported; they count as met and
    are left out of `share` and its quantiles. `excess_cases`, `excess_left`: means of its greatest excess
    and of the share left at the end.
    """
    rows = []
    for counts in sorted(search.years):
        years = search.years[counts]
        if not years:
            continue
        found = search.verdict(counts)
        mean = {name: _mean([getattr(year, name) for year in years]) for name in years[0]._fields}
        spare = mean["available_hours"] - mean["demanded_hours"]
        row: dict[str, Any] = {"counts": "+".join(map(str, counts))}
        row |= {team.key: count for team, count in zip(search.question.teams, counts, strict=True)}
        row |= {
            "cost": search.cost(counts),
            "years": len(years),
            "share": mean["share"],
            "share_low": _quantile([year.share for year in years], 0.05),
            "share_high": _quantile([year.share for year in years], 0.95),
            "years_without_reports": sum(math.isnan(year.share) for year in years),
            "years_met": found.years_met,
            "years_met_low": found.low,
            "years_met_high": found.high,
            "meets_target": found.met,
            "sure": found.sure,
            "reports": mean["reports"],
            "mean_days": mean["mean_days"],
            "utilisation": mean["utilisation"],
            **{name: mean[name] for name in KINDS},
            "unit_utilisation": mean["unit_utilisation"],
            "demanded_hours_per_week": mean["demanded_hours"],
            "available_hours_per_week": mean["available_hours"],
            "paperwork_hours_per_week": mean["paperwork_hours"],
            "one_more_adds": _one_more(search, counts),
            "recovery_weeks": _weeks_to_work_off(mean["demanded_hours"], spare),
            **_recovery(search, counts),
            "shown": len(years) > 1,
        }
        rows.append(row)
    return pd.DataFrame(rows)


def _weeks_to_work_off(demanded: float, spare: float) -> float:
    """Return the weeks that a month's work takes beside what arrives; infinite without hours left over."""
    if math.isnan(demanded) or math.isnan(spare):
        return math.nan
    return demanded * _WEEKS_A_MONTH / spare if spare > 0 else math.inf


def _quantile(values: Sequence[float], level: float) -> float:
    known = [value for value in values if not math.isnan(value)]
    return float(np.quantile(known, level)) if known else math.nan


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan


def _one_more(search: Search, counts: tuple[int, ...]) -> float:
    """Return the mean paired difference that one more person makes to the share."""
    more = search.years.get((counts[0] + 1, *counts[1:]), [])
    pairs = list(zip(search.years[counts], more, strict=False))
    if not pairs:
        return math.nan
    return _mean([after.share - before.share for before, after in pairs])


def _recovery(search: Search, counts: tuple[int, ...]) -> dict[str, float]:
    names = ("recovery_days", "recovery_days_high", "excess_cases", "excess_left")
    found = search.recoveries.get(counts, [])
    if not found:
        return dict.fromkeys(names, math.nan)
    days, excess, left = np.array(found).T
    # Of whole days only: between a day and never there is nothing to interpolate.
    levels = np.quantile(days, (0.5, 0.95), method="higher")
    return dict(zip(names, map(float, (*levels, _mean(excess), _mean(left))), strict=True))
