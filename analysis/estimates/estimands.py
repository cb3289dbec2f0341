"""The estimands of one run.

All over every need that arose in the counting window unless the name says otherwise, all by true solution: a
need that stayed silent, was withdrawn, shelved, closed on paper or is open has not been solved.

Notation: A_i time of arising, R_i first report, S_i true solution (infinite if none), W the working
days from time 0.

1. RMST180 = mean of min(S - A, 180), days a need.
2. P(W(S) - W(A) <= 7) over all needs.
3. Shares of needs that 180 days after arising are solved (by whom), closed on paper, shelved, withdrawn,
   silent or open. They sum to one.
4. P(S - A <= 60 | two or more organisations needed).
5. Hours per truly solved need: `analysis.estimates.workload`.
6. Participation and equity: `analysis.estimates.participation`; estimand 2 for requesters of 60 and over
   and under.

What a comparison says first stands elsewhere: who is heard, and how the difference of 1 divides into
reporting and service, in `analysis.estimates.heard_and_served`; how fast reports are solved in
`analysis.estimates.from_report`. Estimand 1 never stands alone: it counts a need that nobody reports with 180
days, so that silence cannot pass for speed, and for that reason it moves with reporting more than with
service.

Where a run follows needs for less than the limit, 1, 2 and 4 become Kaplan-Meier estimates, and 3 is taken
over the needs that were followed for 180 days.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.estimates.boards import boards, called
from analysis.estimates.cogovernance import cogovernance_index
from analysis.estimates.from_report import from_report
from analysis.estimates.group_equity import group_ratios
from analysis.estimates.handling import handling
from analysis.estimates.heard_and_served import heard_and_served
from analysis.estimates.littles_law import little_ratio
from analysis.estimates.mutual_aid import mutual_aid
from analysis.estimates.need_types import types_solved
from analysis.estimates.participation import (
    merchants_delivering,
    requesters,
    resident_rates,
    unit_rates,
)
from analysis.estimates.retention import retention
from analysis.estimates.ties_and_trust import ties_and_trust
from analysis.estimates.timeliness import first_response, standards_met
from analysis.estimates.verification import verification_estimates
from analysis.estimates.workload import flows, workload
from analysis.inputs.ledger import HORIZON_DAYS, STATUSES, Flags, Floats, Needs, Records, counted, frame
from analysis.metrics import SOLVERS
from analysis.statistics import survival

PROMPT_WORKING_DAYS = 7.0
MULTI_ORGANISATION_DAYS = 60.0
UNSOLVED_ENDINGS = ("paper_closed", "shelved", "withdrawn", "silent", "open")


class Read:
    """What estimates read of a run, taken out of its records when first asked for."""

    def __init__(self, records: Records) -> None:
        self.records = records

    @functools.cached_property
    def needs(self) -> Needs:
        """The counted needs."""
        return counted(self.records)

    @functools.cached_property
    def people(self) -> pd.DataFrame:
        """The people."""
        return frame(self.records, "people")

    @functools.cached_property
    def per_day(self) -> dict[str, Floats]:
        """What happened on each day."""
        return flows(frame(self.records, "daily"))


def estimate(records: Records, read: Read | None = None) -> dict[str, float]:
    """Compute every metric of one run; the key `replication` says which replication it was.

    `read` is what has been read of these records, where that is at hand.
    """
    run = Read(records) if read is None else read
    result = {"replication": float(records.replication)}
    for part in PARTS:
        result |= part.make(run)
    return result


def asked(*names: str) -> Callable[[Records], dict[str, float]]:
    """Return what computes these metrics of one run alone, with the values of `estimate`.

    A metric that the run does not have is left out, as `estimate` leaves it out.
    """
    known = {name for part in PARTS for name in part.names}
    rest = set(names) - known
    parts = [part for part in PARTS if (rest and not part.names) or not part.names.isdisjoint(names)]

    def some(records: Records) -> dict[str, float]:
        run = Read(records)
        found: dict[str, float] = {}
        for part in parts:
            found |= part.make(run)
        return {name: found[name] for name in names if name in found}

    return some


def by_organisations(needs: Needs) -> dict[str, float]:
    """Estimand 1 among needs that one organisation can solve, and among those that take more."""
    single = needs.organisations == 1
    return {
        "rmst180_single": restricted_mean_need(needs, among=single),
        "rmst180_multi": restricted_mean_need(needs, among=~single),
    }


def age_gap(needs: Needs, people: Any) -> dict[str, float]:
    """Estimand 6: estimand 2 for requesters of 60 and over, for those under, and the difference."""
    old, young = requesters(needs, people, "age_60plus") if "age_60plus" in people else _nobody(needs)
    first, second = solved_within_working_days(needs, old), solved_within_working_days(needs, young)
    return {"solved_7wd_60plus": first, "solved_7wd_under60": second, "solved_7wd_age_gap": first - second}


def restricted_mean_need(needs: Needs, horizon: float = HORIZON_DAYS, among: Flags | None = None) -> float:
    """Estimand 1: mean of min(S - A, 180 d) over all needs, or those marked."""
    duration, followed = needs.solved - needs.arisen, needs.followed
    if among is not None:
        duration, followed = duration[among], followed[among]
    if len(duration) == 0:
        return float("nan")
    if followed.min() >= horizon:
        return float(np.fmin(duration, horizon).mean())
    return survival.restricted_mean(*survival.censor(duration, followed), horizon)[0]


def solved_within_working_days(
    needs: Needs, among: Flags | None = None, limit: float = PROMPT_WORKING_DAYS
) -> float:
    """Estimand 2: P(solved within 7 working days of arising), over all needs or those marked."""
    duration = needs.worked("solved") - needs.worked("arisen")
    followed = needs.worked("run_end") - needs.worked("arisen")
    if among is not None:
        duration, followed = duration[among], followed[among]
    return survival.probability_within(duration, followed, limit)


def endings(needs: Needs, horizon: float = HORIZON_DAYS) -> dict[str, float]:
    """Estimand 3: how needs stand 180 days after arising; `ending_solved` and the five others sum to one.

    A need is solved if its true solution came in time; else silent if nobody had reported it; else closed
    on paper or withdrawn if its latest closing came in time; else shelved if the ledger says so (the ledger
    keeps no time of shelving); else open.
    """
    watched = needs.followed >= horizon
    number = int(watched.sum())
    limit = needs.arisen + horizon
    solved = watched & (needs.solved <= limit)
    rest = watched & ~solved
    silent = rest & ~(needs.reported <= limit)
    rest &= ~silent
    marked = {"silent": silent}
    for name in ("paper_closed", "withdrawn"):
        marked[name] = rest & (needs.status == STATUSES.index(name)) & (needs.closed <= limit)
    marked["shelved"] = rest & (needs.status == STATUSES.index("shelved"))
    marked["open"] = rest & ~(marked["paper_closed"] | marked["withdrawn"] | marked["shelved"])

    def share(flags: Flags) -> float:
        return float(flags.sum()) / number if number else float("nan")

    result = {"ending_solved": share(solved)}
    for code, name in enumerate(SOLVERS):
        result[f"ending_solved_{name}"] = share(solved & (needs.solved_by == code))
    for name in UNSOLVED_ENDINGS:
        result[f"ending_{name}"] = share(marked[name])
    return result


def solved_multi_organisation(needs: Needs, limit: float = MULTI_ORGANISATION_DAYS) -> float:
    """Estimand 4: P(solved within 60 d) among needs that take two or more organisations."""
    several = needs.organisations >= 2
    return survival.probability_within((needs.solved - needs.arisen)[several], needs.followed[several], limit)


def unsolved_curve(needs: Needs, at: Floats) -> Floats:
    """Share of all needs not truly solved a time after arising, NaN beyond what any need was followed for."""
    if len(needs) == 0:
        return np.full(len(at), np.nan)
    time, seen = survival.censor(needs.solved - needs.arisen, needs.followed)
    curve = survival.kaplan_meier(time, seen, None).at(at)
    return np.where(at <= needs.followed.max(), curve, np.nan)


def _nobody(needs: Needs) -> tuple[Flags, Flags]:
    return (np.zeros(len(needs), dtype=bool),) * 2


@dataclass(frozen=True)
class Part:
    """Some metrics and what makes them; a run need not have all of these. Without names: all others."""

    names: frozenset[str]
    make: Callable[[Read], dict[str, float]]


def _part(names: str, make: Callable[[Read], dict[str, float]]) -> Part:
    return Part(frozenset(names.split()), make)


#: What makes the metrics of one run, in the order of the result.
PARTS: tuple[Part, ...] = (
    _part("rmst180", lambda run: {"rmst180": restricted_mean_need(run.needs)}),
    _part("solved_7wd", lambda run: {"solved_7wd": solved_within_working_days(run.needs)}),
    _part("reported_180d days_unreported days_in_service", lambda run: heard_and_served(run.needs)),
    _part(
        "report_to_solution_median report_to_solution_p90 report_to_solution_mean "
        "solved_7wd_from_report solved_30d_from_report solved_30d_from_report_single "
        "solved_30d_from_report_multi solved_30d_from_report_60plus solved_30d_from_report_under60",
        lambda run: from_report(run.needs, run.people),
    ),
    _part(
        "ending_solved ending_solved_desk ending_solved_cadre ending_solved_unit "
        "ending_solved_joint_session ending_solved_neighbour ending_solved_merchant "
        "ending_solved_social_organisation ending_solved_deliberation ending_paper_closed "
        "ending_shelved ending_withdrawn ending_silent ending_open",
        lambda run: endings(run.needs),
    ),
    _part("solved_60d_multi", lambda run: {"solved_60d_multi": solved_multi_organisation(run.needs)}),
    _part("rmst180_single rmst180_multi", lambda run: by_organisations(run.needs)),
    _part(
        "hours_per_solved hours_per_solved_staff hours_per_solved_unit hours_per_solved_volunteer "
        "paperwork_share overtime_hours_per_week overtime_share on_call_hours_per_week utilisation "
        "session_cases_per_week sessions_per_week session_hours_per_week session_hours_share "
        "duplicate_hours_per_week staff_hours_available_per_week open_cases_mean open_cases_growth "
        "registered_end trust_end",
        lambda run: workload(run.records, run.per_day),
    ),
    _part(
        "participation contribution decision voice participation_60plus participation_under60 "
        "voice_60plus voice_under60 gini_acts top1_share_acts top10_share_acts once_only_acts "
        "gini_reports top1_share_reports top10_share_reports",
        lambda run: resident_rates(run.people),
    ),
    _part(
        "solved_7wd_60plus solved_7wd_under60 solved_7wd_age_gap", lambda run: age_gap(run.needs, run.people)
    ),
    _part("merchants_delivering", lambda run: {"merchants_delivering": merchants_delivering(run.people)}),
    _part("unit_delivery unit_attendance", lambda run: unit_rates(frame(run.records, "units"))),
    _part(
        "reported_ratio_age solved_ratio_age time_ratio_age reported_ratio_tenure solved_ratio_tenure "
        "time_ratio_tenure reported_ratio_literacy solved_ratio_literacy time_ratio_literacy "
        "theil_time theil_time_between",
        lambda run: group_ratios(run.needs, run.people),
    ),
    _part(
        "duplicate_share handoffs_mean bounces_mean bounced_twice_share shelved_share_reported "
        "reopened_share resolution_rate_reported closed_rate_reported paper_share_of_closed sham_gap "
        "satisfaction_mean",
        lambda run: handling(run.records, run.needs),
    ),
    _part("on_time_share on_time_closed_share", lambda run: standards_met(run.records, run.needs)),
    _part(
        "cases_reported recorded_solved_share satisfied_rated satisfied_reported overdue_share "
        "closed_at_once_share solved_at_once_share repeated_share case_staff_hours_per_solved "
        "case_unit_hours_per_solved",
        lambda run: boards(run.records, run.needs),
    ),
    _part(
        "stated_response stated_resolution stated_satisfaction true_response_called "
        "true_resolution_called true_satisfaction_called answered_of_called",
        lambda run: called(run.records),
    ),
    _part("first_response_1wd first_response_mean", lambda run: first_response(run.records, run.needs)),
    _part("little_ratio", lambda run: little_ratio(run.records)),
    _part("active_of_registered returned_90d", lambda run: retention(run.records)),
    _part(
        "gini_volunteer_hours helped_of_small helped_days helped_distance visits_made_share",
        lambda run: mutual_aid(run.records, run.needs),
    ),
    _part(
        "ties_mean isolated_share trust_spread trust_age_gap ties_made_per_1000",
        lambda run: ties_and_trust(run.records),
    ),
    _part(
        "cogovernance_index cogovernance_index_multi", lambda run: cogovernance_index(run.records, run.needs)
    ),
    _part("types_solved types_solved_least", lambda run: types_solved(run.records, run.needs)),
    # The bare queue and the bare diffusion name some metrics after days.
    _part("", lambda run: verification_estimates(run.records)),
)
