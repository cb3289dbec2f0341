"""Hours: what a true solution costs and who pays, and how busy the staff are.

Hours come from the daily series, which holds every hour spent, whatever it was spent on: visits, sessions,
duplicates, chasing shelved cases. The cost of a solution is a ratio of flows over the counting window,

    hours per truly solved need = sum of hours spent in the window / needs truly solved in the window,

split by who pays (staff, units, volunteers). Staff hours available are reported beside it, because a
comparison is fair only where they are equal.
"""

import numpy as np
import pandas as pd

from analysis.ledger import Floats, Records, frame, window

STAFF_HOURS = (
    "staff_hours_cases",
    "staff_hours_sessions",
    "staff_hours_duplicates",
    "staff_hours_chasing",
)
PAYERS = ("staff", "unit", "volunteer")
WEEK = 7.0


def workload(records: Records) -> dict[str, float]:
    """Hours per truly solved need, utilisation, sessions and shared context, over the counting window."""
    daily = counted_days(records)
    if daily.empty:
        return {}
    staff = float(daily[list(STAFF_HOURS)].to_numpy(float).sum())
    sessions = float(daily["staff_hours_sessions"].sum())
    available = float(daily["staff_hours_available"].sum())
    hours = {
        "staff": staff,
        "unit": float(daily["unit_hours"].sum()),
        "volunteer": float(daily["volunteer_hours"].sum()),
    }
    solved = float(daily["solved"].sum())
    community_weeks = len(daily) / WEEK
    result = {"hours_per_solved": _ratio(sum(hours.values()), solved)}
    for payer in PAYERS:
        result[f"hours_per_solved_{payer}"] = _ratio(hours[payer], solved)
    result |= {
        "utilisation": _ratio(staff, available),
        "session_cases_per_week": float(daily["session_cases"].sum()) / community_weeks,
        "sessions_per_week": float((daily["session_cases"] > 0).sum()) / community_weeks,
        "session_hours_per_week": sessions / community_weeks,
        "session_hours_share": _ratio(sessions, staff),
        "duplicate_hours_per_week": float(daily["staff_hours_duplicates"].sum()) / community_weeks,
        "staff_hours_available_per_week": available / community_weeks,
        "open_cases_mean": float(daily["open_cases"].sum()) / daily["day"].nunique(),
    }
    last = daily[daily["day"] == daily["day"].max()]
    result["registered_end"] = float(last["registered"].sum())
    result["trust_end"] = float(last["trust_mean"].mean())
    return result


def weekly_series(records: Records) -> dict[str, Floats]:
    """Whole weeks of the run, all communities together: hours summed, open cases averaged."""
    daily = frame(records, "daily")
    if daily.empty:
        return {}
    day = daily["day"].to_numpy(np.int64)
    weeks = (int(day.max()) + 1) // 7
    keep = day < 7 * weeks
    week = day[keep] // 7

    def total(name: str) -> Floats:
        return np.bincount(week, weights=daily[name].to_numpy(float)[keep], minlength=weeks)

    result = {f"week_{name}": total(name) for name in (*STAFF_HOURS, "staff_hours_available")}
    result["week_open_cases"] = total("open_cases") / WEEK
    result["week_volunteer_hours"] = total("volunteer_hours")
    result["week_unit_hours"] = total("unit_hours")
    return result


def counted_days(records: Records) -> pd.DataFrame:
    """Return the rows of the daily series that lie in the counting window."""
    daily = frame(records, "daily")
    if daily.empty:
        return daily
    start, stop = window(records.settings)
    day = daily["day"].to_numpy(float)
    return daily.loc[(day >= start) & (day < stop)]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
