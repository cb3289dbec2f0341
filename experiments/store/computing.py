"""The loop that computes what a store does not have.

The parent alone writes: finished runs gather for a moment and go to disk as one part. It holds the runs in
hand and that moment's results, whatever the size of the study. A run that fails is a row with its error.
"""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from experiments.executors.task import Executor, Outcome, Task
from experiments.runs.run_identity import contents
from experiments.store.parts import Row
from experiments.store.store import Store
from experiments.store.study import Run, Study
from experiments.system.interrupts import uninterrupted
from experiments.system.progress import progress_bar
from sim.parameters.scenario import Scenario

#: Results go to disk when they have gathered for so long, or are so many.
_SECONDS = 1.0
_ROWS = 256
#: Work claimed at a time, in seconds: what another process on the same store may have to wait for.
_CLAIM_SECONDS = 2.0
_CLAIM_AT_MOST = 256
#: How often to look whether another process has finished what it has in hand.
_LOOK_SECONDS = 0.2


@dataclass
class Progress:
    """What became of a study: runs wanted, found, computed here, by others meanwhile, and failed of all."""

    wanted: int
    found: int = 0
    computed: int = 0
    elsewhere: int = 0
    failed: int = 0

    @property
    def finished(self) -> int:
        """Runs that are in the store."""
        return self.found + self.computed + self.elsewhere


def submit(store: Store, study: Study, executor: Executor, retry: bool = False) -> Progress:
    """Compute the runs of a study that the store does not have.

    Parameters
    ----------
    executor
        From `experiments.executors`; stays open, for the next study.
    retry
        Compute those again that failed before.

    Raises
    ------
    KeyboardInterrupt
        After what is finished has been written; its text says how to go on.
    """
    progress = Progress(wanted=len(study))
    work = _Work(store, study, retry, progress)
    executor.prepare(study.points[0], study.simulate)
    try:
        with progress_bar(progress.wanted, "run") as bar:
            _drive(work, executor, bar)
    except KeyboardInterrupt:
        with uninterrupted():
            for outcome in executor.collect(block=False):
                work.accept(outcome)
            work.flush()
            work.release()
        raise KeyboardInterrupt(
            f"interrupted; {progress.finished} of {progress.wanted} runs are finished and kept in "
            f"{store.folder}; the same command goes on from there"
        ) from None
    except Exception:
        # What has gathered is good, whatever happened to the rest.
        with contextlib.suppress(Exception), uninterrupted():
            work.flush()
        raise
    finally:
        executor.forget()
        with contextlib.suppress(OSError):
            work.release()
            store.account(executor.name, asdict(progress))
    return progress


def _drive(work: "_Work", executor: Executor, bar: object) -> None:
    while True:
        while executor.in_hand < executor.slots:
            task = work.next()
            if task is None:
                break
            executor.submit(task)
        if executor.in_hand:
            for outcome in executor.collect():
                work.accept(outcome)
        else:
            work.flush()
            if work.over():
                break
            time.sleep(_LOOK_SECONDS)
        _show(bar, work.progress.finished)
    _show(bar, work.progress.finished)


def _show(bar: object, done: int) -> None:
    bar.update(done - bar.n)  # type: ignore[attr-defined]


class _Work:
    """The runs of a study on their way: missing, claimed, in hand, gathered."""

    def __init__(self, store: Store, study: Study, retry: bool, progress: Progress) -> None:
        self.store, self.study, self.retry, self.progress = store, study, retry, progress
        self._plan: Iterator[Run] = study.runs()
        self._planned_all = False
        self._elsewhere: list[Run] = []
        self._claimed: list[Run] = []
        self._in_hand: dict[bytes, Run] = {}
        self._gathered: list[Row] = []
        self._since = time.monotonic()
        self._seconds = 0.0
        self._mine: set[bytes] = set()
        self._last: tuple[int, Scenario, str] | None = None

    def next(self) -> Task | None:
        """Return the next run to compute, claimed for this process; None if there is none for now."""
        if not self._claimed:
            self._claim()
        if not self._claimed:
            return None
        run = self._claimed.pop()
        self._in_hand[run.identity] = run
        study, (scenario, _) = self.study, self._point(run.point)
        return Task(
            run=run.identity,
            scenario=scenario,
            seed=study.seed,
            replication=run.replication,
            simulate=study.simulate,
            measure=study.measure,
            code=study.code,
            contents=contents(scenario),
        )

    def accept(self, outcome: Outcome) -> None:
        """Take in what an executor finished; write when enough has gathered."""
        with uninterrupted():
            run = self._in_hand.pop(outcome.run)
            study = self.study
            self._gathered.append(
                Row(
                    run.identity,
                    self._point(run.point)[1],
                    study.simulate,
                    study.measure,
                    study.code,
                    study.seed,
                    run.replication,
                    outcome.values,
                    outcome.error,
                    outcome.seconds,
                )
            )
            self._seconds += outcome.seconds
            self.progress.computed += 1
            self.progress.failed += outcome.values is None
        if len(self._gathered) >= _ROWS or time.monotonic() - self._since > _SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what has gathered."""
        with uninterrupted():
            self.store.append(self._gathered)
            self._gathered = []
            self._since = time.monotonic()

    def release(self) -> None:
        """Give up every claim."""
        self._claimed = []
        if self.store.session is not None:
            with self.store.lock():
                self.store.session.hold(())

    def over(self) -> bool:
        """Whether every run of the study is in the store."""
        return self._planned_all and not self._elsewhere and not self._claimed and not self._in_hand

    def _point(self, point: int) -> tuple[Scenario, str]:
        """Return a point's scenario and configuration, made once for runs that follow one another."""
        if self._last is None or self._last[0] != point:
            self._last = (point, self.study.points[point], self.study.configuration(point))
        return self._last[1:]

    def _claim(self) -> None:
        """Claim the next missing runs that no other process has in hand."""
        if self._planned_all and not self._elsewhere:
            return
        session = self.store.session
        assert session is not None
        with uninterrupted(), self.store.lock():
            # First who has what, then what is there: a run leaves the first only after it is in the second.
            others = session.others()
            self.store.refresh()
            claimed = self._missing(others)
            self._mine = {*self._in_hand, *(row.run for row in self._gathered)}
            self._mine.update(run.identity for run in claimed)
            session.hold(self._mine)
        # Taken from the end.
        self._claimed = claimed[::-1]

    def _missing(self, others: set[bytes]) -> list[Run]:
        """Return the next runs to compute here, at most this process's share."""
        most = self._share()
        chosen: list[Run] = []
        waiting, self._elsewhere = self._elsewhere, []
        while len(chosen) < most:
            again = bool(waiting)
            run = waiting.pop(0) if waiting else next(self._plan, None)
            if run is None:
                self._planned_all = True
                break
            place = self.store.find(run.identity)
            if place is not None and (place.done or not self.retry):
                self.progress.found += not again
                self.progress.elsewhere += again
                self.progress.failed += not place.done
            elif run.identity in self._mine:
                self.progress.found += 1  # the same run at another point of the study
            elif run.identity in others:
                self._elsewhere.append(run)
            else:
                self._mine.add(run.identity)
                chosen.append(run)
        self._elsewhere += waiting
        return chosen

    def _share(self) -> int:
        """Return how many runs to claim: about two seconds of them."""
        computed = self.progress.computed
        if not computed or self._seconds <= 0.0:
            return 8
        return int(min(_CLAIM_AT_MOST, max(8, _CLAIM_SECONDS * computed / self._seconds)))
