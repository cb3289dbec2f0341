"""Neighbours' help: how many of the needs that were small enough, how soon, from how far, by how many.

The ledger does not say whom neighbours were offered; what it knows is which needs could have gone to them.
Over reported needs of one organisation at community level whose work is at most `mutual_aid.max_hours`,

    match rate = those whose true solution came by a neighbour's or merchant's hand / all of them.

A merchant who mends what lies before the shop was asked by nobody and does not count: such a case ends in the
moment in which it is begun, while a helper's work begins its hours before the solution.

*Time* is from the first report to that solution; *distance* the number of residents along the community's
path between the two (residents are numbered along it), median. The load of helping is the Gini coefficient
of volunteer hours over everybody of 14 and over; *visits* are those of standing pairs, made over due.
Helped needs are a selected group: easy ones, of people with ties or an account.

References
----------
.. [1] Gini (1912), as in `analysis.statistics.concentration`.
"""

import numpy as np

from analysis.inputs.ledger import Needs, Records, counted_columns, frame, growth, has
from analysis.metrics import SOLVERS
from analysis.statistics import concentration


def mutual_aid(records: Records, needs: Needs) -> dict[str, float]:
    """Match rate, time, distance, concentration of helping, and visits made."""
    result: dict[str, float] = {}
    people, daily = frame(records, "people"), frame(records, "daily")
    if has(people, "volunteer_hours", "in_denominator"):
        adults = people["in_denominator"].to_numpy(bool)
        result["gini_volunteer_hours"] = concentration.gini(people["volunteer_hours"].to_numpy(float)[adults])
    if has(daily, "visits", "visits_made"):
        due, made = (growth(daily, name, records.settings) for name in ("visits", "visits_made"))
        if due > 0:
            result["visits_made_share"] = made / due
    cases = records.cases
    limit = getattr(getattr(records.settings, "mutual_aid", None), "max_hours", None)
    if "helper_id" not in cases or limit is None:
        return result
    level, work, helper = counted_columns(records, "level_needed", "work_hours", "helper_id")
    small = (needs.organisations == 1) & (level == 0) & np.isfinite(needs.reported) & (work <= limit)
    helped = (helper >= 0) & np.isfinite(needs.solved) & ~_before_the_shop(records, needs, work)
    if small.any():
        result["helped_of_small"] = float((small & helped).sum() / small.sum())
    if helped.any():
        taken = np.maximum((needs.solved - needs.reported)[helped], 0.0)
        result["helped_days"] = float(np.nanmean(taken)) if np.isfinite(taken).any() else float("nan")
        apart = distances(people["person_id"].to_numpy(np.int64), people["community"].to_numpy(),
                          needs.requester_id[helped], helper[helped])  # fmt: skip
        if len(apart):
            result["helped_distance"] = float(np.median(apart))
    return result


def _before_the_shop(records: Records, needs: Needs, work: np.ndarray) -> np.ndarray:
    """Mark what a merchant mended before the shop: solved without the hours that a helper's work takes."""
    started = counted_columns(records, "service_started_at")[0]
    hands_on = np.isclose(needs.solved - started, work / 24.0, rtol=0.0, atol=1e-6)
    return (needs.solved_by == SOLVERS.index("merchant")) & ~hands_on


def distances(
    identity: np.ndarray, community: np.ndarray, first: np.ndarray, second: np.ndarray
) -> np.ndarray:
    """Return how many people along the path lie between two, for the pairs of one community.

    People stand in the table in the order in which they live along the path.
    """
    order = np.argsort(identity, kind="stable")
    places = []
    for who in (first, second):
        found = np.minimum(np.searchsorted(identity[order], who), len(identity) - 1)
        places.append(np.where(identity[order][found] == who, order[found], -1))
    known = (places[0] >= 0) & (places[1] >= 0)
    known &= community[places[0]] == community[places[1]]
    return np.abs(places[0] - places[1])[known]
