"""Who is heard and who is served: the same estimand for groups of residents, as a ratio, and Theil's index.

Needs owned by residents are divided three ways by their owner: *age* (60 and over against under), *tenure*
(migrants against locals) and *literacy* (those who cannot use an app by themselves against those who can).
For each division, group over rest,

    reported   P(reported within 180 d of arising)
    solved     P(solved within 180 d of arising)
    time       restricted mean time to a true solution, 180 d

The first named group is in the numerator, so a ratio of `reported` or `solved` under 1, or of `time` over
1, says that the old, the migrants or those without an app fare worse.

Theil's index of the capped times x_i = min(S_i - A_i, 180), over all these needs, splits exactly:

    T = (1/n) sum_i (x_i/m) ln(x_i/m) = sum_g w_g T_g + sum_g w_g ln(m_g/m),   w_g = n_g m_g / (n m),

the second sum being the part *between* the groups; the share between is over the cells of all three
divisions crossed. T needs every need to be watched for 180 d; where some were not, it is taken over those
that were.

References
----------
.. [1] Theil (1967), Economics and Information Theory, ch. 4.
.. [2] Shorrocks (1980), Econometrica 48, 613-625 (decomposition by groups).
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.estimates.participation import requesters
from analysis.inputs.ledger import HORIZON_DAYS, Flags, Floats, Needs
from analysis.statistics import concentration, survival

#: Division: column of the people's table, and whether its flag marks the group or the rest.
DIVISIONS = {"age": ("age_60plus", True), "tenure": ("migrant", True), "literacy": ("eligible", False)}


def group_ratios(needs: Needs, people: pd.DataFrame) -> dict[str, float]:
    """Ratios for each division, and Theil's index of the time to a solution with its share between groups."""
    result: dict[str, float] = {}
    cell = np.zeros(len(needs), np.int64)
    owned = np.zeros(len(needs), bool)
    for place, (name, (column, marks)) in enumerate(DIVISIONS.items()):
        if column not in people:
            continue
        flagged, rest = requesters(needs, people, column)
        group, others = (flagged, rest) if marks else (rest, flagged)
        owned |= group | others
        cell += group.astype(np.int64) << place
        for key, function in _MEASURES.items():
            result[f"{key}_ratio_{name}"] = _ratio(function(needs, group), function(needs, others))
    watched = owned & (needs.followed >= HORIZON_DAYS)
    if watched.any():
        capped = np.fmin((needs.solved - needs.arisen)[watched], HORIZON_DAYS)
        whole, between = concentration.theil(capped, cell[watched])
        result |= {"theil_time": whole, "theil_time_between": _ratio(between, whole)}
    return result


def _within(needs: Needs, times: Floats, among: Flags) -> float:
    return survival.probability_within((times - needs.arisen)[among], needs.followed[among], HORIZON_DAYS)


def _mean_time(needs: Needs, among: Flags) -> float:
    time, seen = survival.censor((needs.solved - needs.arisen)[among], needs.followed[among])
    return survival.restricted_mean(time, seen, HORIZON_DAYS)[0]


_MEASURES: dict[str, Callable[[Needs, Flags], float]] = {
    "reported": lambda needs, among: _within(needs, needs.reported, among),
    "solved": lambda needs, among: _within(needs, needs.solved, among),
    "time": _mean_time,
}


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")
