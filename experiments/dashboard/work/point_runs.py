"""The runs of a sweep on the page: simulated by its workers where they are not kept, few at a time.

What is kept of a run are its headline measures, so that another measure of the same points asks for nothing.
A run that the comparison has kept is not run again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.summaries.run_summary import RunSummary
from experiments.dashboard.state.scenario_pair import identity
from experiments.dashboard.state.sweep_fields import MEASURES
from experiments.dashboard.work import worker_tasks
from experiments.dashboard.work.comparison import Kept
from experiments.dashboard.work.few_ahead import few_ahead
from experiments.dashboard.work.worker_pool import WorkerPool
from sim.parameters.scenario import Scenario

Measured = Mapping[str, float]
#: Runs kept, and the memory they may take.
KEPT = 50_000
KEPT_BYTES = 100_000_000


def kept_points() -> Kept[Measured]:
    """Return a place to keep the measures of runs, the longest unused given up first."""
    return Kept(KEPT, KEPT_BYTES, lambda _: 2000)


def one_point(scenario: Scenario, seed: int, replication: int, place: int, number: int) -> Measured:
    """Run once in a worker, and return the headline measures."""
    return headline(worker_tasks.one_summary(scenario, seed, replication, place, number).estimates)


def headline(estimates: Measured) -> Measured:
    """Return the measures that a sweep can be asked for."""
    return {name: estimates[name] for name in MEASURES if name in estimates}


@dataclass
class PointRuns:
    """Runs of any scenarios with one seed; simulated where they are not kept and there are workers.

    Parameters
    ----------
    beside
        What the comparison has kept.
    workers
        None: what is not kept is missing, and `MissingError` says so.
    place, number
        Who waits, for `worker_tasks.one_summary`.
    tell
        Called after each run with the runs that are there, and those wanted.
    """

    seed: int
    kept: Kept[Measured]
    beside: Kept[RunSummary]
    workers: WorkerPool | None = None
    place: int = 0
    number: int = 0
    stopped: Callable[[], bool] = lambda: False
    tell: Callable[[int, int], None] = lambda done, of: None
    simulated: int = 0

    def values(self, scenarios: Sequence[Scenario], pairs: int, measure: str) -> npt.NDArray[np.float64]:
        """Return a measure, scenario by replication; NaN where a run does not have it.

        Raises
        ------
        MissingError
            If a run is not there and there are no workers.
        StoppedError
            If it was stopped.
        """
        keys = [identity(scenario) for scenario in scenarios]
        found: dict[tuple[str, int], Measured] = {}
        missing: dict[tuple[str, int], Scenario] = {}
        for replication in range(pairs):
            for key, scenario in zip(keys, scenarios, strict=True):
                known = self._known(key, replication)
                if known is None:
                    missing[key, replication] = scenario
                else:
                    found[key, replication] = known
        if missing:
            self._simulate(missing, found)
        rows = [[found[key, number].get(measure, np.nan) for number in range(pairs)] for key in keys]
        return np.array(rows, dtype=float)

    def _known(self, key: str, replication: int) -> Measured | None:
        at = (key, self.seed, replication)
        known = self.kept.get(at)
        if known is None and (summary := self.beside.get(at)) is not None:
            known = headline(summary.estimates)
            self.kept.put(at, known)
        return known

    def _simulate(
        self, missing: Mapping[tuple[str, int], Scenario], found: dict[tuple[str, int], Measured]
    ) -> None:
        there, wanted = len(found), len(found) + len(missing)

        def given(at: tuple[str, int]) -> tuple[Any, ...]:
            return one_point, missing[at], self.seed, at[1], self.place, self.number

        for at, measured in few_ahead(self.workers, list(missing), given, self.stopped):
            found[at] = measured
            self.kept.put((at[0], self.seed, at[1]), measured)
            self.simulated += 1
            self.tell(there + self.simulated, wanted)
