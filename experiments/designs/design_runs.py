"""What the commands that run a design share: a store, an executor, and a table of outcomes."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.arguments.run_plan import RunPlan
from experiments.chinese.terminal_words import tell
from experiments.designs.factors import Factor
from experiments.designs.study_words import Condition
from experiments.executors import Executor, open_executor
from experiments.output.remarks import remarks_of, say_first
from experiments.runs.function_references import ESTIMANDS, metrics_reference
from experiments.store import Design, Store, Study, submit
from experiments.store.parts import FAILED
from sim.errors import InputError
from sim.parameters.scenario import Scenario, flatten

#: A study goes on without so large a share of its points.
MISSING_AT_MOST = 0.1
Floats = npt.NDArray[np.float64]


class RunsFailed(Exception):
    """Some runs of a design failed, so that there is no answer."""

    status = 1

    def __init__(self, failed: int, runs: int, error: str, folder: Path) -> None:
        super().__init__(f"{failed} of {runs} runs failed, kept in {folder}; the first: {error}")


@contextlib.contextmanager
def workshop(plan: RunPlan, command: str) -> Iterator[tuple[Store, Executor]]:
    """Yield the store of a study, in its folder of results, and who carries out its runs."""
    with (
        Store(plan.out / "store", command) as store,
        open_executor(plan.executor, plan.jobs, plan.address) as workers,
    ):
        yield store, workers


def outcomes(
    store: Store,
    workers: Executor,
    design: Design,
    plan: RunPlan,
    metrics: Sequence[str],
    failing: bool = False,
    alone: bool = False,
) -> dict[str, Floats]:
    """Run every point of a design and return each metric, point by replication.

    Parameters
    ----------
    failing
        Runs may fail: they are NaN here, and rows of the store with their error.
    alone
        Measure these metrics and no others. Else all are: another outcome, or a condition on another, is then
        a question about the same runs, at one and a half times the price of a usual run and four times that
        of a small one.

    Raises
    ------
    RunsFailed
        If runs failed that may not, or all; the others are kept.
    """
    measure = metrics_reference(metrics) if alone else ESTIMANDS
    study = Study(design, seed=plan.seed, replications=plan.replications, measure=measure)
    submit(store, study, workers)
    frame = store.rows(study, list(metrics))
    if not failing or (frame["status"] == FAILED).all():
        refuse_failed(frame, store)
    shape = (len(design), plan.replications)
    found = {}
    for metric in metrics:
        values = np.full(shape, np.nan)
        at = frame["point"].to_numpy(int), frame["replication"].to_numpy(int)
        values[at] = frame[metric].to_numpy(float)
        found[metric] = values
    return found


def of_the_reform(varied: Sequence[Factor], arms: Sequence[Scenario]) -> list[str]:
    """Return the varied parameters in which two scenarios differ: what the second changes."""
    first, last = flatten(arms[0]), flatten(arms[-1])
    return [factor.key for factor in varied if first[factor.key] != last[factor.key]]


def over_design(
    varied: Sequence[Factor],
    points: Any,
    arms: Sequence[Scenario],
    plan: RunPlan,
    metrics: Sequence[str],
    command: str,
    conditions: Sequence[Condition] = (),
) -> tuple[dict[str, Floats], npt.NDArray[np.bool_]]:
    """Run a design; return each outcome, or its paired difference of two arms, and which points count.

    Outcomes are point by replication. What counts are the points at which the first arm, averaged over
    replications, meets all `conditions`.

    A parameter in which two arms differ is varied in the second alone: it is part of what is compared, and
    the first stays what it is. All others have the same value in both. Runs that failed, or do not have the
    outcome, are NaN, as long as they are few.
    """
    columns = {factor.key: factor.values(points[:, k]) for k, factor in enumerate(varied)}
    levers = of_the_reform(varied, arms)
    both = {key: column for key, column in columns.items() if key not in levers}
    grids = [Design(arm, both if arm is not arms[-1] else columns) for arm in arms]
    for grid in grids:
        grid.check()
    with workshop(plan, command) as (store, workers):
        names = list(dict.fromkeys([*metrics, *(condition.metric for condition in conditions)]))
        found = [outcomes(store, workers, grid, plan, names, failing=True) for grid in grids]
    differences = {}
    for metric in metrics:
        values = found[-1][metric] if len(found) == 1 else found[1][metric] - found[0][metric]
        missing = int(np.isnan(values).any(axis=1).sum())
        where = plan.out / "store"
        if missing > MISSING_AT_MOST * len(values):
            hint = f"missing at {missing} of {len(values)} points; cogov store show store={where}"
            raise InputError("metric", metric, "an outcome that nearly every run has", hint=hint)
        if missing:
            facts = missing, len(values), metric, where
            print(tell("{} of {} points have runs without {} (cogov store show store={}).", *facts))
        differences[metric] = values
    asked = np.ones(len(points), dtype=bool)
    for condition in conditions:
        asked &= condition.met(found[0][condition.metric])
    return differences, asked


def tell_asked(
    asked: npt.NDArray[np.bool_], conditions: Sequence[Condition], arms: Sequence[Scenario]
) -> None:
    """Say how many points are asked about, where there are conditions."""
    if conditions:
        kind = arms[0].name, ", ".join(map(str, conditions))
        count = int(asked.sum()), len(asked)
        print(tell("{} of {} points are places of the kind asked about: in {} {}.", *count, *kind))


def tell_varied(varied: Sequence[Factor], left: Sequence[str], arms: Sequence[Scenario]) -> None:
    """Say what to know first, what cannot be varied, and what is varied in the second scenario alone."""
    say_first(remarks_of(arms))
    if left:
        print(tell("Not varied (a list, or null here): {}.", ", ".join(left)))
    levers = of_the_reform(varied, arms)
    if levers:
        print(tell("Varied in {} alone, where the two differ: {}.", arms[-1].name, ", ".join(levers)))


def refuse_failed(frame: pd.DataFrame, store: Store) -> None:
    """Raise RunsFailed if there are failed runs in a table of runs."""
    failed = frame[frame["error"].astype(str) != ""]
    if len(failed):
        raise RunsFailed(len(failed), len(frame), str(failed["error"].iloc[0]), store.folder)
