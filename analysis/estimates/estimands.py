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
from analysis.estimates.workload import workload
from analysis.inputs.ledger import HORIZON_DAYS, STATUSES, Flags, Floats, Needs, Records, counted, frame
from analysis.metrics import SOLVERS
from analysis.statistics import survival

PROMPT_WORKING_DAYS = 7.0
MULTI_ORGANISATION_DAYS = 60.0
UNSOLVED_ENDINGS = ("paper_closed", "shelved", "withdrawn", "silent", "open")


def estimate(records: Records) -> dict[str, float]:
    """Compute every metric of one run; the key `replication` says which replication it was."""
    needs = counted(records)
    people = frame(records, "people")
    result = {"replication": float(records.replication)}
    result["rmst180"] = restricted_mean_need(needs)
    result["solved_7wd"] = solved_within_working_days(needs)
    result |= heard_and_served(needs)
    result |= from_report(needs, people)
    result |= endings(needs)
    result["solved_60d_multi"] = solved_multi_organisation(needs)
    single = needs.organisations == 1
    result["rmst180_single"] = restricted_mean_need(needs, among=single)
    result["rmst180_multi"] = restricted_mean_need(needs, among=~single)
    result |= workload(records)
    result |= resident_rates(people)
    result |= age_gap(needs, people)
    result["merchants_delivering"] = merchants_delivering(people)
    result |= unit_rates(frame(records, "units"))
    result |= group_ratios(needs, people)
    result |= handling(records)
    result |= standards_met(records, needs)
    result |= boards(records, needs)
    result |= called(records)
    result |= first_response(records, needs)
    result |= little_ratio(records)
    result |= retention(records)
    result |= mutual_aid(records, needs)
    result |= ties_and_trust(records)
    result |= cogovernance_index(records, needs)
    result |= types_solved(records, needs)
    return result | verification_estimates(records)


def age_gap(needs: Needs, people: pd.DataFrame) -> dict[str, float]:
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
    clock = needs.clock
    duration = clock.between(needs.arisen, needs.solved)
    followed = clock.elapsed(np.array(needs.run_end)) - clock.elapsed(needs.arisen)
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
