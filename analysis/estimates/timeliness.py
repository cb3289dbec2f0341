"""Is it answered in time: service standards and the first response.

*Service standards* (where `standards` are on): each reported case has a date by its tier, moved by pauses
and extensions. Among the cases that are due (solved, or the date has passed),

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

import numpy as np

from analysis.inputs.ledger import Needs, Records, counted_columns, window
from analysis.statistics import survival

RESPONSE_WORKING_DAYS = 1.0
RESPONSE_HORIZON = 30.0


def standards_met(records: Records) -> dict[str, float]:
    """Shares of due cases solved, and closed on the books, by their date; nothing without dates."""
    if "due_at" not in records.cases:
        return {}
    due, solved_in_time, closed = counted_columns(records, "due_at", "on_time", "closed_at")
    known = np.isfinite(due) & np.isfinite(solved_in_time)
    if not known.any():
        return {}
    return {
        "on_time_share": float(solved_in_time[known].mean()),
        "on_time_closed_share": float((closed[known] <= due[known]).mean()),
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
