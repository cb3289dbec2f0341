"""How fast what is reported is truly solved: every report in the denominator, solved or not.

Over all needs of the counting window that were ever reported, from the first report R to the true solution S,
nothing if the solution came first; closed on paper, shelved, withdrawn and open count as not solved. Later
reports of the same need have no times of their own in the ledger and are not counted again.

*Quantiles* (median, 90 %) are of all these durations, an unsolved need being beyond every number of days.
Where fewer than half, or 90 %, are solved within the run the quantile is not reached: infinite.

*Shares* within 7 working days and 30 days are Kaplan-Meier estimates where a report was watched for less.

Who reports differs between regimes, so between them these compare selected groups. What the same needs
took is said by `analysis.estimates.heard_and_served.apart` for those reported under both.
"""

from typing import Any

import numpy as np

from analysis.estimates.participation import requesters
from analysis.inputs.ledger import HORIZON_DAYS, Flags, Floats, Needs
from analysis.statistics import survival

PROMPT_WORKING_DAYS = 7.0
WITHIN_DAYS = 30.0


def from_report(needs: Needs, people: Any) -> dict[str, float]:
    """Quantiles and shares over all reports; the share within 30 days for kinds of needs and of people."""
    median, slow = quantiles(needs, 0.5, 0.9)
    several = needs.organisations >= 2
    old, young = (
        requesters(needs, people, "age_60plus") if "age_60plus" in people else (~several & several,) * 2
    )
    return {
        "report_to_solution_median": median,
        "report_to_solution_p90": slow,
        "report_to_solution_mean": restricted_mean_from_report(needs),
        "solved_7wd_from_report": solved_within_working_days_of_report(needs),
        "solved_30d_from_report": solved_within_days_of_report(needs),
        "solved_30d_from_report_single": solved_within_days_of_report(needs, ~several),
        "solved_30d_from_report_multi": solved_within_days_of_report(needs, several),
        "solved_30d_from_report_60plus": solved_within_days_of_report(needs, old),
        "solved_30d_from_report_under60": solved_within_days_of_report(needs, young),
    }


def quantiles(needs: Needs, *shares: float) -> list[float]:
    """Return the days within which so large a share of all reports is truly solved; infinite if never."""
    days, _ = _durations(needs)
    if len(days) == 0:
        return [float("nan")] * len(shares)
    ordered = np.sort(np.where(np.isnan(days), np.inf, days))
    # The first report by which at least this share is solved; rounding must not move it one on.
    return [float(ordered[max(0, int(np.ceil(share * len(days) - 1e-9)) - 1)]) for share in shares]


def restricted_mean_from_report(needs: Needs, horizon: float = HORIZON_DAYS) -> float:
    """Return the mean time from report to solution, cut at the horizon; unsolved ones censored at the end."""
    days, followed = _durations(needs)
    return survival.restricted_mean(*survival.censor(days, followed), horizon)[0]


def solved_within_days_of_report(
    needs: Needs, among: Flags | None = None, limit: float = WITHIN_DAYS
) -> float:
    """Return P(solved within so many days of the report), over all reports or those marked."""
    return survival.probability_within(*_durations(needs, among), limit)


def solved_within_working_days_of_report(needs: Needs, limit: float = PROMPT_WORKING_DAYS) -> float:
    """Return P(solved within so many working days of the report), over all reports."""
    start = needs.worked("reported")[needs.is_reported]
    duration = needs.worked("solved")[needs.is_reported] - start
    followed = needs.worked("run_end") - start
    return survival.probability_within(duration, followed, limit)


def unsolved_from_report(needs: Needs, at: Floats) -> Floats:
    """Share of all reports not truly solved a time after the report, NaN beyond what any was followed for."""
    days, followed = _durations(needs)
    if len(days) == 0:
        return np.full(len(at), np.nan)
    curve = survival.kaplan_meier(*survival.censor(days, followed), None).at(at)
    return np.where(at <= followed.max(), curve, np.nan)


def _durations(needs: Needs, among: Flags | None = None) -> tuple[Floats, Floats]:
    """Return the days from report to solution (NaN: none), and how long each report was watched."""
    chosen = needs.is_reported if among is None else needs.is_reported & among
    start = needs.reported[chosen]
    # A need solved before anybody else reported it took no time from the report on.
    return np.maximum(needs.solved[chosen] - start, 0.0), needs.run_end - start
