"""The measures of the boards: what a hotline's centre prints every month, as recorded and in truth.

Over the needs of the counting window, as the ledger stands when the run ends. What the books say stands
beside what happened:

    answered in time      P(first response within 1 working day of the report), of all reported
    recorded as solved    status solved or closed on paper / reported
    truly solved          true solution / reported
    satisfied, of rated   satisfaction of .5 and over / those who rated
    satisfied, of all     satisfaction of .5 and over / reported
    on time               truly solved by the date / due;   closed on the books by the date / due
    overdue               not closed on the books by the date / due
    closed at once        recorded as solved within 1 working day of the report / reported
    solved at once        truly solved within 1 working day of the report / reported
    repeated              reported more than once / reported
    reopened              reopened at least once / reported
    hours a solved case   hours of staff, and of units, charged to cases / truly solved

*Recorded* is what the office itself can know: `closed_at` (the latest closing or withdrawal) and `status`. A
rating is what whoever reported thinks of it, at the latest ending that they know of; whoever never heard of
an ending has not rated. That .5, the middle of the scale, is satisfied is assumed.

Dates and what is due: `analysis.estimates.timeliness`. Overdue is what was due and not closed by the date.

Hours are those charged to cases. Councils, patrols and the chasing of what is shelved belong to no case:
`analysis.estimates.workload` has all hours.

A measure is a line of `RATIOS`, or of `DAILY_RATIOS` if it is counted by day and not by need. A name that is
none of the facts here is taken for a column of the ledger; where that does not have it there is no measure.
"""

from typing import Any

import numpy as np

from analysis.estimates.timeliness import due
from analysis.inputs.ledger import STATUSES, Floats, Needs, Records, columns, frame, has, window

SATISFIED = 0.5
AT_ONCE_WORKING_DAYS = 1.0

#: Plain ratios of sums over the needs of a group: metric, the part, the whole.
RATIOS: tuple[tuple[str, str, str], ...] = (
    ("recorded_solved_share", "recorded", "reported"),
    ("resolution_rate_reported", "solved_reported", "reported"),
    ("satisfied_rated", "satisfied", "rated"),
    ("satisfied_reported", "satisfied", "reported"),
    ("on_time_closed_share", "closed_in_time", "due"),
    ("on_time_share", "solved_in_time", "due"),
    ("overdue_share", "overdue", "due"),
    ("closed_at_once_share", "closed_at_once", "reported"),
    ("solved_at_once_share", "solved_at_once", "reported"),
    ("repeated_share", "repeated", "reported"),
    ("reopened_share", "reopened_once", "reported"),
    ("case_staff_hours_per_solved", "staff_hours", "solved"),
    ("case_unit_hours_per_solved", "unit_hours", "solved"),
)
#: Ratios of counters of the daily series: metric, the part, the whole, as they grew in the counting window.
#: The series knows communities and no needs, so these are told of the whole and of each community.
DAILY_RATIOS: tuple[tuple[str, str, str], ...] = (
    ("stated_response", "stated_contacted", "answered"),
    ("stated_resolution", "stated_solved", "answered"),
    ("stated_satisfaction", "stated_satisfied", "answered"),
    ("true_response_called", "called_contacted", "called"),
    ("true_resolution_called", "called_solved", "called"),
    ("true_satisfaction_called", "called_satisfied", "called"),
    ("answered_of_called", "answered", "called"),
)
#: Of `RATIOS`, those that no other module of this folder computes for the whole.
HERE = (
    "recorded_solved_share",
    "satisfied_rated",
    "satisfied_reported",
    "overdue_share",
    "closed_at_once_share",
    "solved_at_once_share",
    "repeated_share",
    "case_staff_hours_per_solved",
    "case_unit_hours_per_solved",
)


def boards(records: Records, needs: Needs) -> dict[str, float]:
    """Return the measures for the whole, as far as no other module computes them."""
    if len(needs) == 0:
        return {}
    known = facts(records, needs)
    result = {"cases_reported": float(known["reported"].sum())} if whole_ledger(records) else {}
    for name, part, of in RATIOS:
        if name in HERE and {part, of} <= known.keys():
            number = float(known[of].sum())
            result[name] = float(known[part].sum()) / number if number else float("nan")
    return result


def called(records: Records) -> dict[str, float]:
    """Return the rates of `DAILY_RATIOS` for the whole; nothing where nobody was called."""
    daily = frame(records, "daily")
    wanted = [row for row in DAILY_RATIOS if has(daily, row[1], row[2])]
    if not wanted:
        return {}
    first, after = window(records.settings)
    day = daily["day"].to_numpy()
    # Totals since time 0, at the end of each day.
    end, before = np.flatnonzero(day == after - 1), np.flatnonzero(day == first - 1)

    def grown(name: str) -> float:
        values = daily[name].to_numpy()
        return float(np.nansum(values[end]) - np.nansum(values[before]))

    result = {}
    for name, part, of in wanted:
        if (number := grown(of)) > 0:
            result[name] = grown(part) / number
    return result


def whole_ledger(records: Records) -> bool:
    """Whether every case was kept: a sample cannot tell how many there were."""
    return bool(getattr(records.settings, "ledger", "all") == "all")


def facts(records: Records, needs: Needs) -> dict[str, Any]:
    """Return for each counted need what the measures count: flags and hours, one array a fact."""
    cases = columns(records)

    def column(name: str) -> Floats:
        return np.asarray(np.asarray(cases[name], float)[needs.rows])

    reported, solved = needs.is_reported, np.isfinite(needs.solved)
    rating = column("satisfaction")
    recorded = (needs.status == STATUSES.index("solved")) | (needs.status == STATUSES.index("paper_closed"))
    took = {name: needs.worked(name) - needs.worked("reported") for name in ("closed", "solved")}
    known = {
        "needs": np.ones(len(needs), dtype=bool),
        "reported": reported,
        "solved": solved,
        "solved_reported": solved & reported,
        "recorded": recorded & reported,
        "rated": np.isfinite(rating) & reported,
        "satisfied": (rating >= SATISFIED) & reported,
        "closed_at_once": recorded & (took["closed"] <= AT_ONCE_WORKING_DAYS),
        "solved_at_once": took["solved"] <= AT_ONCE_WORKING_DAYS,
        "repeated": (column("duplicates") > 0) & reported,
        "reopened_once": (column("reopened") > 0) & reported,
        "staff_hours": column("staff_hours"),
        "unit_hours": column("unit_hours"),
    }
    return {**known, **due(records, needs)}
