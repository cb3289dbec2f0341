"""Little's law as a check on the books: arrivals times time in the system against open cases.

    L = lambda W,

L the open cases on an average day of the counting window (mean of the days' beginnings and ends), lambda
the reports of new needs a day in that window, W their mean time in the system until they end or the run
does. The figure is lambda W / L. It is 1 where the system is in balance; it is above 1 where the backlog
was still growing (those who come now wait longer than those already there), below 1 where it shrank. A
value far from 1 says that means over the window describe a system that had not settled, whatever their
intervals.

Assumed: the whole ledger is kept, and the run goes on long enough after the window for most cases to end.

References
----------
.. [1] Little (1961), Oper. Res. 9, 383-387.
.. [2] Little & Graves (2008), in Building Intuition, ch. 5 (finite windows, systems that do not start empty).
"""

import numpy as np

from analysis.inputs.ledger import Records, frame, has, window

#: How a case ends that leaves the system; the others are in it from their latest entry on.
ENDED = ("solved", "paper_closed", "withdrawn", "silent")


def little_ratio(records: Records) -> dict[str, float]:
    """Return lambda W / L; nothing where the records do not allow it."""
    settings, cases, daily = records.settings, records.cases, frame(records, "daily")
    whole = getattr(settings, "ledger", "all") == "all"
    if daily.empty or not whole or not has(cases, "days_in_system", "entered_at"):
        return {}
    first, after = (int(day) for day in window(settings))
    run_end = after + float(settings.followup_days)
    reported = cases["reported_at"].to_numpy(float)
    chosen = (reported >= first) & (reported < after)
    entered = cases["entered_at"].to_numpy(float)
    # A shelved case that was struck off the list has left as well.
    inside = chosen & ~cases["status"].isin(ENDED).to_numpy() & np.isfinite(entered)
    time = cases["days_in_system"].to_numpy(float).copy()
    time[inside] += run_end - entered[inside]
    ends = np.bincount(daily["day"].to_numpy(), weights=daily["open_cases"].to_numpy(float))
    starts = np.concatenate([[0.0], ends[:-1]])
    open_cases = 0.5 * (starts[first:after] + ends[first:after]).mean()
    if open_cases <= 0 or not chosen.any():
        return {}
    # lambda W is the time in the system of those who came, all together, per day of the window.
    return {"little_ratio": float(time[chosen].sum() / (after - first) / open_cases)}
