"""Who is heard, how long until then, how long after it; and the difference of two regimes divided so.

For a need let A be when it arises, R the days from then to its first report (or to its solution, should that
come first) and S the days from there to its true solution; either is infinite where it does not happen. One
horizon holds for both, H = 180 d from arising: a need first reported later has not been heard.

*Of one run*, over all needs,

    reported within H    P(report <= A + H),
    days unreported      mean of min(R, H),
    days in service      mean of min(R + S, H) - min(R, H),

and the last two add up to RMST180, the mean of min(R + S, H).

*Between two runs with the same needs* the plain split mixes two things: who is heard under one regime only
brings its days of service along, and more reporting passes for slower service. So f(R, S) = min(R + S, H) is
exchanged one argument at a time, in both orders, and averaged, which is the Shapley value of two players:

    reporting = 1/2 [f(R2, S1) - f(R1, S1)] + 1/2 [f(R2, S2) - f(R1, S2)],
    service   = 1/2 [f(R1, S2) - f(R1, S1)] + 1/2 [f(R2, S2) - f(R2, S1)].

They add up to f(R2, S2) - f(R1, S1) for every need, so their means add up to the difference of RMST180. A
need heard under one regime only takes its S from there for both: its service part is zero, and all that its
report changed is reporting. A need heard under neither contributes nothing to either part.

The division needs every need to be watched for H; otherwise there is none (NaN), and the days unreported and
in service are restricted means of Kaplan-Meier curves.

References
----------
.. [1] Shapley (1953), A value for n-person games.
.. [2] Das Gupta (1993), Standardization and decomposition of rates (two factors).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.inputs.ledger import HORIZON_DAYS, Floats, Needs
from analysis.statistics import survival


@dataclass(frozen=True)
class NeedTimes:
    """How long each counted need of one run took: days to the first report and from there to the solution.

    Attributes
    ----------
    heard
        R, infinite for a need not heard within the horizon.
    service
        S, infinite for a need heard and never solved, undefined (NaN) for one not heard.
    whole
        Whether every need was watched for the horizon.
    """

    case_id: npt.NDArray[np.int64]
    heard: Floats
    service: Floats
    whole: bool

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self.case_id.nbytes + self.heard.nbytes + self.service.nbytes


def need_times(needs: Needs) -> NeedTimes:
    """Return when each need of a run was heard and served."""
    heard = np.fmin(needs.reported, needs.solved) - needs.arisen
    heard = np.where(heard <= HORIZON_DAYS, heard, np.inf)
    with np.errstate(invalid="ignore"):
        service = np.where(np.isfinite(needs.solved), needs.solved - needs.arisen, np.inf) - heard
    whole = bool(len(needs) and needs.followed.min() >= HORIZON_DAYS)
    return NeedTimes(needs.case_id, heard, service, whole)


def heard_and_served(needs: Needs) -> dict[str, float]:
    """Share of all needs heard; mean days unreported and in service, which add up to RMST180."""
    if len(needs) == 0:
        return dict.fromkeys(("reported_180d", "days_unreported", "days_in_service"), float("nan"))
    silent = _restricted(np.fmin(needs.reported, needs.solved) - needs.arisen, needs.followed)
    total = _restricted(needs.solved - needs.arisen, needs.followed)
    return {
        "reported_180d": survival.probability_within(
            needs.reported - needs.arisen, needs.followed, HORIZON_DAYS
        ),
        "days_unreported": silent,
        "days_in_service": total - silent,
    }


def divide(
    first: tuple[Floats, Floats], second: tuple[Floats, Floats], horizon: float = HORIZON_DAYS
) -> tuple[Floats, Floats]:
    """Divide the difference of min(R + S, horizon), second minus first, need by need.

    Parameters
    ----------
    first, second
        R and S under each regime, the same needs in the same order; R infinite where a need was not heard.

    Returns
    -------
    tuple
        The reporting part and the service part of each need.
    """
    (heard_1, service_1), (heard_2, service_2) = first, second
    known_1, known_2 = np.isfinite(heard_1), np.isfinite(heard_2)
    service_1, service_2 = (
        np.where(known_1, service_1, np.where(known_2, service_2, 0.0)),
        np.where(known_2, service_2, np.where(known_1, service_1, 0.0)),
    )

    def days(heard: Floats, service: Floats) -> Floats:
        return np.minimum(heard + service, horizon)

    before, after = days(heard_1, service_1), days(heard_2, service_2)
    report_first, service_first = days(heard_2, service_1), days(heard_1, service_2)
    reporting = 0.5 * (report_first - before) + 0.5 * (after - service_first)
    service = 0.5 * (service_first - before) + 0.5 * (after - report_first)
    return reporting, service


def apart(first: NeedTimes, second: NeedTimes) -> dict[str, float]:
    """Return what sets two runs of one replication apart, second minus first, by the needs they share.

    `both_reported_difference` is over the needs heard under both: a selected group, but the same needs, so
    that who is heard plays no part in it.
    """
    names = ("reporting_part", "service_part", "both_reported_difference")
    if not (first.whole and second.whole):
        return dict.fromkeys(names, float("nan"))
    i: npt.NDArray[np.intp] | slice = slice(None)
    j: npt.NDArray[np.intp] | slice = slice(None)
    if not np.array_equal(first.case_id, second.case_id):
        _, i, j = np.intersect1d(first.case_id, second.case_id, assume_unique=True, return_indices=True)
    mine, theirs = (first.heard[i], first.service[i]), (second.heard[j], second.service[j])
    if len(mine[0]) == 0:
        return dict.fromkeys(names, float("nan"))
    reporting, service = divide(mine, theirs)
    both = np.isfinite(mine[0]) & np.isfinite(theirs[0])
    capped = [np.minimum(times[1][both], HORIZON_DAYS) for times in (mine, theirs)]
    values = (reporting.mean(), service.mean(), (capped[1] - capped[0]).mean() if both.any() else np.nan)
    return {name: float(value) for name, value in zip(names, values, strict=True)}


def _restricted(durations: Floats, followed: Floats) -> float:
    """Return the mean of durations cut at the horizon, NaN being one that never ended."""
    if followed.min() >= HORIZON_DAYS:
        return float(np.fmin(durations, HORIZON_DAYS).mean())
    return survival.restricted_mean(*survival.censor(durations, followed), HORIZON_DAYS)[0]
