"""Hours: what a true solution costs and who pays, and how busy the staff are.

Hours come from the daily series, which holds every hour spent, whatever it was spent on: visits and the way
there, intake, sessions, duplicates, chasing shelved cases, councils. The cost of a solution is a ratio of
flows over the counting window,

    hours per truly solved need = hours charged in the window / needs truly solved in the window,

split by who pays (staff, units, volunteers; the units also pay the cadres they have embedded). Hours
are charged when the duty falls due; where the charged exceed the available (utilisation above one), part of
them was still owed when the window closed. Staff hours available are reported beside it, because a comparison
is fair only where they are equal.
"""

from typing import Any

import numpy as np

from analysis.inputs.ledger import Floats, Records, frame, window

STAFF_HOURS = (
    "staff_hours_cases",
    "staff_hours_handling",
    "staff_hours_sessions",
    "staff_hours_duplicates",
    "staff_hours_chasing",
    "staff_hours_travel",
    "staff_hours_council",
    "staff_hours_patrol",
    "staff_hours_mobilisation",
)
#: Of the staff hours, those on call and after the shift; what they were spent on is counted above.
BESIDE_THE_SHIFT = ("hours_overtime", "hours_on_call")
PAYERS = ("staff", "unit", "volunteer")
WEEK = 7.0

# Running totals in the daily series; the other columns are states at the end of the day.
TOTALS = (
    *STAFF_HOURS,
    *BESIDE_THE_SHIFT,
    "staff_hours_available",
    "embedded_hours",
    "unit_hours",
    "volunteer_hours",
    "crew_hours",
    "solved",
    "session_cases",
)
STATES = ("open_cases", "on_shelf", "registered", "trust_mean")


def workload(records: Records, per_day: dict[str, Floats] | None = None) -> dict[str, float]:
    """Hours per truly solved need, utilisation, sessions and shared context, over the counting window.

    `per_day` is what `flows` made of the daily series, where that is at hand.
    """
    per_day = flows(frame(records, "daily")) if per_day is None else per_day
    first, after = (int(day) for day in window(records.settings))
    counted = {name: values[first:after] for name, values in per_day.items()}
    days, communities = counted["solved"].shape if counted else (0, 0)
    if days * communities == 0:
        return {}
    total = {name: float(counted[name].sum()) for name in TOTALS}
    staff = sum(total[name] for name in STAFF_HOURS)
    # What crews do solves no case. Embedded cadres work among the staff; their own units pay them.
    sent = total["embedded_hours"]
    hours = {
        "staff": staff - sent,
        "unit": total["unit_hours"] + sent,
        "volunteer": total["volunteer_hours"] - total["crew_hours"],
    }
    community_weeks = days * communities / WEEK
    result = {"hours_per_solved": _ratio(sum(hours.values()), total["solved"])}
    for payer in PAYERS:
        result[f"hours_per_solved_{payer}"] = _ratio(hours[payer], total["solved"])
    result |= paperwork_share(records.settings)
    return result | {
        "overtime_hours_per_week": total["hours_overtime"] / community_weeks,
        "overtime_share": _ratio(total["hours_overtime"], staff),
        "on_call_hours_per_week": total["hours_on_call"] / community_weeks,
        "utilisation": _ratio(staff, total["staff_hours_available"]),
        "session_cases_per_week": total["session_cases"] / community_weeks,
        "sessions_per_week": float((counted["session_cases"] > 0).sum()) / community_weeks,
        "session_hours_per_week": total["staff_hours_sessions"] / community_weeks,
        "session_hours_share": _ratio(total["staff_hours_sessions"], staff),
        "duplicate_hours_per_week": total["staff_hours_duplicates"] / community_weeks,
        "staff_hours_available_per_week": total["staff_hours_available"] / community_weeks,
        "open_cases_mean": float(counted["open_cases"].sum()) / days,
        "open_cases_growth": float((counted["open_cases"][-1] - counted["open_cases"][0]).sum())
        / community_weeks,
        "registered_end": float(counted["registered"][-1].sum()),
        "trust_end": float(counted["trust_mean"][-1].mean()),
    }


def paperwork_share(settings: Any) -> dict[str, float]:
    """Share of staff time that paperwork takes, r_0 + r_1 (m - 1)(1 - i) up to its cap, as the run had it.

    It is taken off the hours before they are called available.
    """
    if getattr(settings, "paperwork", None) is None:
        return {}
    from sim.scenario.compiled_parameters import paperwork

    return {"paperwork_share": paperwork(settings)}


def weekly_series(records: Records, per_day: dict[str, Floats] | None = None) -> dict[str, Floats]:
    """Whole weeks of the run, all communities together: hours summed, open cases averaged.

    `per_day` is what `flows` made of the daily series, where that is at hand.
    """
    per_day = flows(frame(records, "daily")) if per_day is None else per_day
    if not per_day:
        return {}
    weeks = len(per_day["solved"]) // 7

    def total(name: str) -> Floats:
        days = per_day[name][: 7 * weeks]
        return np.asarray(days.reshape(weeks, 7 * days.shape[1]).sum(axis=1))

    hours = (*STAFF_HOURS, "staff_hours_available", "unit_hours", "volunteer_hours")
    means = {f"week_{name}": total(name) / WEEK for name in ("open_cases", "on_shelf")}
    return {f"week_{name}": total(name) for name in hours} | means


def flows(daily: Any) -> dict[str, Floats]:
    """Turn the daily series into arrays of day by community: what happened each day, and states at its end.

    The series holds running totals since time 0; a day's share is its difference from the day before.

    Parameters
    ----------
    daily
        The table, or its columns.

    Raises
    ------
    ValueError
        If days are missing, or a total falls, so that it cannot be one.
    """
    if "day" not in daily or len(daily["day"]) == 0:
        return {}
    day, community = np.asarray(daily["day"]), np.asarray(daily["community"])
    place = day * (1 + community.max()) + community
    order = slice(None) if bool((np.diff(place) > 0).all()) else np.argsort(place, kind="stable")
    communities = len(np.unique(community))
    days = len(day) // communities
    if not np.array_equal(day[order], np.repeat(np.arange(days), communities)):
        raise ValueError("the daily series must have every day from 0 on for every community")

    def series(name: str, optional: bool) -> Floats:
        # Not every version knew of every use of hours, nor of the shelf.
        there = name in daily or not optional
        column = np.asarray(daily[name], float)[order] if there else np.zeros(len(day))
        return column.reshape(days, communities)

    result = {}
    for name in TOTALS:
        # Hours for which a series has no column were not spent.
        totals = series(name, name in STAFF_HOURS or name in BESIDE_THE_SHIFT or name == "crew_hours")
        result[name] = np.diff(totals, axis=0, prepend=0.0)
        if (result[name] < -1e-6).any():
            raise ValueError(f"daily series: {name} must be a running total since time 0, but it falls")
    return result | {name: series(name, name == "on_shelf") for name in STATES}


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
