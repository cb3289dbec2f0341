"""Is it answered in time: service standards and the first response.

*Service standards*: each reported case has a date. Where `standards` are on it goes by the case's tier, and
pauses and extensions move it (`due_at`); elsewhere it is `trust.standard_days` working days after the report,
by the number of organisations. Among the cases that are due (solved, or the date has passed),

    solved by its date / due,    closed on the books by its date / due.

The second counts closings on paper, which is what an office reports; the first does not. A case closed,
found unsolved and closed again counts by its latest closing.

*First response*: from the first report until anybody spoke to whoever reported, in working days. Reported
cases without a response are censored when the run ends; P(response within 1 working day) and the restricted
mean over 30 working days are Kaplan-Meier estimates where that matters. Only reported needs can be
answered, so between regimes these compare selected groups.

References
----------
.. [1] GB/T 33358-2016, government hotline service: acknowledgement and handling times.
.. [2] Klein & Moeschberger (2003), Survival Analysis, 2nd ed., sections 4.2 and 4.5.
"""

from collections.abc import Mapping

import numpy as np

from analysis.inputs.ledger import Flags, Needs, Records, columns, counted, counted_columns, window
from analysis.statistics import survival

RESPONSE_WORKING_DAYS = 1.0
RESPONSE_HORIZON = 30.0


def standards_met(records: Records, needs: Needs | None = None) -> dict[str, float]:
    """Shares of due cases solved, and closed on the books, by their date; nothing without dates."""
    marks = due(records, counted(records) if needs is None else needs)
    if not marks or not marks["due"].any():
        return {}
    number = float(marks["due"].sum())
    return {
        "on_time_share": float(marks["solved_in_time"].sum()) / number,
        "on_time_closed_share": float(marks["closed_in_time"].sum()) / number,
    }


def due(records: Records, needs: Needs) -> Mapping[str, Flags]:
    """Mark the cases that are due, those solved and those closed in time, and the overdue; or nothing.

    Nothing where neither the ledger has dates nor the settings say how long a solution may take.
    """
    cases = columns(records)
    date = (
        np.asarray(cases["due_at"], float)[needs.rows] if "due_at" in cases else np.full(len(needs), np.nan)
    )
    if np.isfinite(date).any():
        told = np.asarray(cases["on_time"], float)[needs.rows]
        owed = np.isfinite(date) & np.isfinite(told)
        solved, closed = owed & (told > 0), owed & (needs.closed <= date)
    else:
        trust = getattr(records.settings, "trust", None)
        if trust is None:
            return {}
        days = np.asarray(trust.standard_days)[np.clip(needs.organisations, 1, 3) - 1]
        start = needs.worked("reported")
        took = needs.worked("solved") - start
        owed = needs.is_reported & ((needs.worked("run_end") - start >= days) | np.isfinite(took))
        solved = owed & (took <= days)
        closed = owed & (needs.worked("closed") - start <= days)
    return {
        "due": owed,
        "solved_in_time": solved,
        "closed_in_time": closed,
        "overdue": owed & ~closed,
    }


def first_response(records: Records, needs: Needs) -> dict[str, float]:
    """How soon reported needs are first answered."""
    (answered,) = counted_columns(records, "first_response_at")
    reported = np.isfinite(needs.reported)
    if not reported.any():
        return {}
    clock, start = needs.clock, needs.reported[reported]
    end = window(records.settings)[1] + float(records.settings.followup_days)
    # Somebody who helped before the report was made had answered by then.
    duration = np.maximum(clock.between(start, answered[reported]), 0.0)
    followed = clock.elapsed(np.array(end)) - clock.elapsed(start)
    time, seen = survival.censor(duration, followed)
    return {
        "first_response_1wd": survival.probability_within(duration, followed, RESPONSE_WORKING_DAYS),
        "first_response_mean": survival.restricted_mean(time, seen, RESPONSE_HORIZON)[0],
    }
