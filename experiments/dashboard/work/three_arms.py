"""Three arms on the page: runs that are not kept are simulated, and all are compared with the first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.comparison.table import compare_summaries
from analysis.summaries.run_summary import RunSummary
from experiments.arguments.scenarios import check_paired
from experiments.dashboard.state.scenario_pair import identity
from experiments.dashboard.work import worker_tasks
from experiments.dashboard.work.comparison import Kept
from experiments.dashboard.work.few_ahead import few_ahead
from experiments.dashboard.work.worker_pool import WorkerPool
from sim.parameters.scenario import Scenario

#: What the arms go by in the table: two of them may have one name.
LETTERS = ("a", "b", "c")


@dataclass(frozen=True, eq=False)
class Compared:
    """The comparison of three arms, the runs of each, and how many were simulated for it."""

    table: pd.DataFrame
    runs: dict[str, list[RunSummary]]
    simulated: int


def compared(
    scenarios: Sequence[Scenario],
    seed: int,
    pairs: int,
    kept: Kept[RunSummary],
    workers: WorkerPool | None = None,
    place: int = 0,
    number: int = 0,
    stopped: Callable[[], bool] = lambda: False,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> Compared:
    """Compare every arm with the first.

    Parameters
    ----------
    workers
        None: what is not kept is missing.
    place, number
        Who waits, for `worker_tasks.one_summary`.
    tell
        Called after each run with the runs that are there, and those wanted.

    Raises
    ------
    InputError
        If an arm has no twins in the first.
    MissingError
        If a run is not there and there are no workers.
    StoppedError
        If it was stopped.
    """
    for other in scenarios[1:]:
        check_paired(scenarios[0], other)
    named = {identity(scenario): scenario for scenario in scenarios}
    found: dict[tuple[str, int], RunSummary] = {}
    missing: list[tuple[str, int]] = []
    for replication in range(pairs):
        for name in named:
            summary = kept.get((name, seed, replication))
            if summary is None:
                missing.append((name, replication))
            else:
                found[name, replication] = summary

    def given(at: tuple[str, int]) -> tuple[Any, ...]:
        return worker_tasks.one_summary, named[at[0]], seed, at[1], place, number

    wanted = len(found) + len(missing)
    for (name, replication), summary in few_ahead(workers, missing, given, stopped):
        found[name, replication] = summary
        kept.put((name, seed, replication), summary)
        tell(len(found), wanted)
    runs = {
        letter: [found[identity(scenario), replication] for replication in range(pairs)]
        for letter, scenario in zip(LETTERS, scenarios, strict=True)
    }
    return Compared(compare_summaries(runs), runs, len(missing))
