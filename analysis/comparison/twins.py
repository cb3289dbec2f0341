"""Twins: the same need under two regimes, joined on its number on the tape.

A need arises at the same time, to the same person, with the same work in both runs of a replication; what
differs is what was done about it. With S the time of true solution and A of arising, and everything
unsolved after 180 d counted as 180 d, a need was solved *sooner* under the second regime if min(S_2 - A,
180) < min(S_1 - A, 180).
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.inputs.ledger import HORIZON_DAYS, Flags, Floats, Records, counted
from analysis.statistics.intervals import student_interval
from analysis.statistics.paired_restricted_mean import PairedMean, paired_restricted_mean

# Two solutions less than a minute apart are the same for a resident.
SAME_DAYS = 1.0 / 1440.0

_PAIR_LABELS: dict[str, tuple[str, str, str]] = {
    "solved_sooner": ("share", "Needs solved sooner", "解决更早的诉求"),
    "solved_later": ("share", "Needs solved later, or no longer", "解决更晚或不再解决的诉求"),
    "solved_same": ("share", "Needs solved at the same time", "同时解决的诉求"),
    "unsolved_both": ("share", "Needs solved in neither within 180 d", "180天内两种模式均未解决的诉求"),
    "solved_only_first": ("share", "Solved within 180 d only under the first", "180天内仅第一种模式解决"),
    "solved_only_second": ("share", "Solved within 180 d only under the second", "180天内仅第二种模式解决"),
    "reported_both": ("share", "Needs reported within 180 d in both", "180天内两种模式下均反映的诉求"),
    "reported_only_first": (
        "share",
        "Reported within 180 d only under the first",
        "180天内仅第一种模式下反映",
    ),
    "reported_only_second": (
        "share",
        "Reported within 180 d only under the second",
        "180天内仅第二种模式下反映",
    ),
    "difference_mean": ("days", "Mean difference per need, capped", "每件平均差（180天封顶）"),
    "difference_sd": ("days", "Spread of the difference between needs", "件间差异的标准差"),
    "difference_error": (
        "days",
        "Standard error of the mean difference within a run",
        "单次运行内平均差的标准误",
    ),
}


def case_differences(a: Records, b: Records) -> pd.DataFrame:
    """Join the counted needs of two runs of one replication.

    Returns
    -------
    DataFrame
        One row per need: `case_id`, `first_days` and `second_days` (from arising, capped at 180),
        `difference_days`, how long both were watched (`followed_days`), and the two times of report
        `first_reported_at`, `second_reported_at`.

    Raises
    ------
    ValueError
        If the runs are no twins: another replication, or the same number on the tape names another need.
    """
    if int(a.replication) != int(b.replication):
        raise ValueError(f"replications {a.replication} and {b.replication} are not twins")
    first, second = counted(a), counted(b)
    if np.array_equal(first.case_id, second.case_id):
        i = j = np.arange(len(first))
        identity = first.case_id
    else:
        identity, i, j = np.intersect1d(
            first.case_id, second.case_id, assume_unique=True, return_indices=True
        )
    if len(identity) == 0 and len(first) + len(second) > 0:
        raise ValueError(f"{a.scenario} and {b.scenario} share no needs: they cannot be compared in pairs")
    if not np.allclose(first.arisen[i], second.arisen[j], rtol=0.0, atol=1e-9):
        raise ValueError(
            f"{a.scenario} and {b.scenario} have different needs under the same number: "
            "a setting of the tape differs, so they cannot be compared in pairs"
        )
    arisen = first.arisen[i]
    first_days = np.fmin(first.solved[i] - arisen, HORIZON_DAYS)
    second_days = np.fmin(second.solved[j] - arisen, HORIZON_DAYS)
    return pd.DataFrame(
        {
            "case_id": identity,
            "first_days": first_days,
            "second_days": second_days,
            "difference_days": second_days - first_days,
            "arisen_at": arisen,
            "followed_days": np.minimum(first.followed[i], second.followed[j]),
            "first_reported_at": first.reported[i],
            "second_reported_at": second.reported[j],
        }
    )


def paired_cases(a: Records, b: Records) -> dict[str, float]:
    """Compare two runs of one replication need by need.

    Returns
    -------
    dict
        Shares of all common needs solved sooner, later and at the same time under the second (`solved_same`
        includes those solved in neither), the mean difference, and, for needs reported in both (a selected
        group), mean capped times for each run under `<metric>__first` and `<metric>__second`.
    """
    table = case_differences(a, b)
    first, second = table["first_days"].to_numpy(), table["second_days"].to_numpy()
    difference = second - first
    apart = _paired(table)
    sooner, later = difference < -SAME_DAYS, difference > SAME_DAYS
    open_first, open_second = first >= HORIZON_DAYS, second >= HORIZON_DAYS
    arisen = table["arisen_at"].to_numpy()
    reported_first = table["first_reported_at"].to_numpy()
    reported_second = table["second_reported_at"].to_numpy()
    heard_first, heard_second = (
        times - arisen <= HORIZON_DAYS for times in (reported_first, reported_second)
    )
    both = heard_first & heard_second
    result = {
        "replication": float(a.replication),
        "solved_sooner": _mean(sooner),
        "solved_later": _mean(later),
        "solved_same": _mean(~sooner & ~later),
        "unsolved_both": _mean(open_first & open_second),
        "solved_only_first": _mean(~open_first & open_second),
        "solved_only_second": _mean(open_first & ~open_second),
        "reported_both": _mean(both),
        "reported_only_first": _mean(heard_first & ~heard_second),
        "reported_only_second": _mean(~heard_first & heard_second),
        "difference_mean": apart.difference,
        "difference_sd": float(difference.std(ddof=1)) if len(difference) > 1 else float("nan"),
        "difference_error": apart.error,
    }
    for side, days, reported in (("first", first, reported_first), ("second", second, reported_second)):
        # A solution before the report took no time from the report on; an unsolved need counts 180 d.
        after = np.where(days < HORIZON_DAYS, np.maximum(arisen + days - reported, 0.0), HORIZON_DAYS)
        result[f"both_reported_to_solution_mean__{side}"] = _mean(after[both])
        result[f"both_reported_from_arising_mean__{side}"] = _mean(days[both])
    return result


def _paired(table: pd.DataFrame) -> PairedMean:
    """Return the paired difference in restricted mean, needs still open at the end of the run censored."""
    arms = []
    for side in ("first", "second"):
        days = table[f"{side}_days"].to_numpy()
        solved = days < HORIZON_DAYS
        arms.append((np.where(solved, days, np.minimum(table["followed_days"], HORIZON_DAYS)), solved))
    return paired_restricted_mean(arms[0], arms[1], HORIZON_DAYS)


def pair_summary(pairs: Sequence[dict[str, float]], language: str = "en") -> pd.DataFrame:
    """Summarise `paired_cases` over replications: columns metric, label, unit, mean, low, high."""
    names = list(_PAIR_LABELS)
    values = np.array([[pair[name] for name in names] for pair in pairs], dtype=float).reshape(-1, len(names))
    ends = np.array([_range(name) for name in names])
    interval = student_interval(values, bounds=(ends[:, 0], ends[:, 1]))
    return pd.DataFrame(
        {
            "metric": names,
            "label": [_PAIR_LABELS[name][2 if language == "zh" else 1] for name in names],
            "unit": [_PAIR_LABELS[name][0] for name in names],
            "mean": interval.mean,
            "low": interval.low,
            "high": interval.high,
        }
    )


def _range(name: str) -> tuple[float, float]:
    """Return the smallest and the largest value of a summary of pairs."""
    if _PAIR_LABELS[name][0] == "share":
        return 0.0, 1.0
    return (-HORIZON_DAYS if name == "difference_mean" else 0.0), HORIZON_DAYS


def _mean(values: Floats | Flags) -> float:
    return float(values.mean()) if len(values) else float("nan")
