"""How many replications a given precision takes: Stein's rule in two stages.

A first stage of n0 replications gives a spread s. Then

    n = max(n0, ceil((t s / h)^2)),    t = Student's quantile at n0 - 1 degrees of freedom,

replications in all make the interval  mean of n +- t s / sqrt(n)  at most h to either side. The spread of the
first stage is independent of the mean of normal values, so the interval covers at least as often as it says
(Stein 1945, Annals of Mathematical Statistics 16:243-258). Stopping as soon as an ordinary interval looks
narrow enough does not: it stops where the spread happens to look small. The rule needs two waves of runs,
whatever the executor, and gives the same number again when resumed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.statistics.intervals import UNBOUNDED, Bounds, Interval, cut, student_interval
from experiments.executors.task import Executor
from experiments.store.computing import Progress, submit
from experiments.store.store import Store
from experiments.store.study import Study

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Precision:
    """What is asked: the interval of `metric` reaches at most `half_width` to either side.

    Parameters
    ----------
    first
        Replications of the first stage; fewer than ten waste runs, since t is then large.
    most
        Not more replications than these, even if the interval stays wider.
    """

    metric: str
    half_width: float
    confidence: float = 0.95
    first: int = 20
    most: int = 10_000


def replications_needed(first_stage: npt.ArrayLike, asked: Precision) -> int:
    """Return how many replications in all the precision takes, from the values of the first stage."""
    values = _defined(first_stage)
    if len(values) < 2:
        return asked.first
    reach = _quantile(len(values), asked.confidence) * float(values.std(ddof=1))
    if reach <= 0.0:
        return asked.first
    return max(asked.first, min(asked.most, math.ceil((reach / asked.half_width) ** 2)))


def stein_interval(values: npt.ArrayLike, asked: Precision, bounds: Bounds = UNBOUNDED) -> Interval:
    """Return the interval of the mean of all replications, its width from the first stage alone."""
    whole = np.asarray(values, float)
    if np.isinf(whole).any():
        return student_interval(whole, asked.confidence, bounds)
    first, defined = _defined(whole[: asked.first]), _defined(whole)
    if len(first) < 2:
        nothing = np.asarray(np.nan)
        return Interval(np.asarray(defined.mean() if len(defined) else np.nan), nothing, nothing)
    mean = np.asarray(defined.mean())
    reach = _quantile(len(first), asked.confidence) * first.std(ddof=1) / math.sqrt(len(defined))
    return Interval(mean, *cut(mean, mean - reach, mean + reach, bounds))


def submit_precisely(
    store: Store,
    study: Study,
    executor: Executor,
    asked: Precision,
    against: Sequence[int] | None = None,
    retry: bool = False,
) -> tuple[Study, list[Progress]]:
    """Compute the first stage of every point, then what each still needs.

    Parameters
    ----------
    against
        For each point the point it is compared with (itself: none). Where there is one, the precision is that
        of the paired difference, and both points get the same replications.

    Returns
    -------
    Study, list of Progress
        The study with the replications it came to, and what each of the two stages did.
    """
    partner = list(against) if against is not None else list(range(len(study.points)))
    stage = study.with_replications(asked.first)
    told = [submit(store, stage, executor, retry)]
    values = measured(store, stage, asked.metric)
    wanted = [asked.first] * len(study.points)
    references = {other for point, other in enumerate(partner) if other != point}
    for point, other in enumerate(partner):
        if other == point and point in references:
            continue  # gets what those compared with it need
        compared = values[point] - values[other] if other != point else values[point]
        needed = replications_needed(compared, asked)
        wanted[point] = max(wanted[point], needed)
        wanted[other] = max(wanted[other], needed)
    whole = study.with_replications(wanted)
    told.append(submit(store, whole, executor, retry))
    return whole, told


def measured(store: Store, study: Study, metric: str) -> Floats:
    """Return one metric, one row per point and one column per replication; NaN where there is no number."""
    most = max((study.replications_of(point) for point in range(len(study.points))), default=0)
    values = np.full((len(study.points), most), np.nan)
    for block in store.blocks(study, [metric]):
        at = block["point"].to_numpy(int), block["replication"].to_numpy(int)
        values[at] = block[metric].to_numpy(float)
    return values


def _defined(values: npt.ArrayLike) -> Floats:
    whole = np.asarray(values, float)
    return whole[np.isfinite(whole)]


def _quantile(number: int, confidence: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(number - 1, 0.5 + confidence / 2.0))
