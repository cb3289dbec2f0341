"""Do people come back: the share who act again within 90 days of their first act in the window.

An act is a first report of a need, or a completed help for somebody else's need: what the ledger knows with
its time. (Votes, gifts, and later reports of the same need have no times of their own there.) For each
resident with an act in the counting window the clock starts at the first one and ends at the next; those
who do not act again are censored when the run ends. The figure is 1 - S(90), S the Kaplan-Meier estimate of
not having come back. Acts at the same moment count as one.

Assumed: when a run ends is unrelated to who comes back. A resident who acts often before the window starts
is taken from the first act inside it, so the figure is for all who act in a year, not for newcomers.

References
----------
.. [1] Kaplan & Meier (1958), JASA 53, 457-481.
"""

import numpy as np

from analysis.inputs.ledger import Floats, Records, frame, has, window
from analysis.statistics.survival import probability_within

RETURN_DAYS = 90.0


def retention(records: Records) -> dict[str, float]:
    """Share of those who acted that came back within 90 days; of the registered who are active at the end."""
    result: dict[str, float] = {}
    daily = frame(records, "daily")
    if has(daily, "registered", "active"):
        day = daily["day"].to_numpy()
        last = daily[day == window(records.settings)[1] - 1]
        registered = float(last["registered"].sum())
        if registered > 0:
            result["active_of_registered"] = float(last["active"].sum()) / registered
    cases = records.cases
    if not has(cases, "reporter_id", "helper_id"):
        return result
    who = np.concatenate([cases["reporter_id"].to_numpy(np.int64), cases["helper_id"].to_numpy(np.int64)])
    when = np.concatenate([cases["reported_at"].to_numpy(float), cases["solved_at"].to_numpy(float)])
    keep = (who >= 0) & np.isfinite(when)
    people = frame(records, "people")
    if "in_denominator" in people:
        adults = people["in_denominator"].to_numpy(bool)
        keep &= np.isin(who, people["person_id"].to_numpy(np.int64)[adults])
    first, after = window(records.settings)
    run_end = after + float(records.settings.followup_days)
    gaps, followed = returns(who[keep], when[keep], first, after, run_end)
    if len(gaps):
        result["returned_90d"] = probability_within(gaps, followed, RETURN_DAYS)
    return result


def returns(
    who: np.ndarray, when: Floats, first: float, after: float, run_end: float
) -> tuple[Floats, Floats]:
    """Return for each who acted in the window the time to the next act (NaN: none) and how long watched."""
    inside = when >= first
    who, when = who[inside], when[inside]
    order = np.lexsort((when, who))
    who, when = who[order], when[order]
    if len(who) == 0:
        return np.empty(0), np.empty(0)
    fresh = np.concatenate([[True], (who[1:] != who[:-1]) | (when[1:] > when[:-1])])
    who, when = who[fresh], when[fresh]
    starts = np.concatenate([[True], who[1:] != who[:-1]])
    position = np.flatnonzero(starts)
    following = np.minimum(position + 1, len(who) - 1)
    again = (who[following] == who[position]) & (following > position)
    gap = np.where(again, when[following] - when[position], np.nan)
    counted = when[position] < after
    return gap[counted], (run_end - when[position])[counted]
