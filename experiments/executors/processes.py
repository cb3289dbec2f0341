"""Several worker processes on this machine.

Workers are started afresh (no inherited threads or locks), use one thread each for linear algebra and
compiled code, ignore Ctrl-C, which is the parent's to answer, and end when the parent does, however it ends.
The engine is compiled by the parent before the first of them starts.

A worker that dies takes the runs in hand with it, and nobody knows which of them it was. Each is then tried
alone; a run that kills its worker there as well is a failed run.
"""

import multiprocessing
import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for

from experiments.executors.task import Outcome, Task, carry_out
from experiments.functions import ENGINE, named_function
from experiments.runner import WorkerDied, interrupts_blocked, one_thread_each, warm_cache
from sim.parameters import Scenario

#: Tasks in hand for each worker: enough that none waits while the parent writes.
_AHEAD = 4
_DEATHS_AT_MOST = 3


class Processes:
    """Carries tasks out in `jobs` worker processes."""

    name = "processes"

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.slots = _AHEAD * jobs
        self._pool: ProcessPoolExecutor | None = None
        self._others: set[multiprocessing.process.BaseProcess] = set()
        self._tasks: dict[Future[Outcome], Task] = {}
        self._suspects: list[Task] = []
        self._warm = False
        self._succeeded = False
        self._deaths = 0

    @property
    def in_hand(self) -> int:
        """How many tasks it has in hand."""
        return len(self._tasks) + len(self._suspects)

    def prepare(self, scenario: Scenario, simulate: str) -> None:
        """Compile once, here."""
        if simulate == ENGINE and not self._warm:
            warm_cache([scenario], named_function(simulate))
            self._warm = True

    def submit(self, task: Task) -> None:
        """Take a task."""
        try:
            self._tasks[self._hand_over(task, self.jobs)] = task
        except BrokenProcessPool:
            self._suspects.append(task)

    def collect(self, block: bool = True) -> list[Outcome]:
        """Wait until a task is finished; return those that are."""
        if not self._tasks:
            return self._try_alone() if block else []
        finished, _ = wait(self._tasks, timeout=None if block else 0, return_when=FIRST_COMPLETED)
        outcomes = []
        for future in finished:
            task = self._tasks.pop(future)
            try:
                outcomes.append(future.result())
                self._succeeded = True
            except BrokenProcessPool:
                self._suspects.append(task)
        if outcomes or not block:
            return outcomes
        return self.collect()

    def forget(self) -> None:
        """Give up what is in hand."""
        if self.in_hand:
            self._end()
        self._tasks.clear()
        self._suspects.clear()

    def close(self) -> None:
        """End the workers."""
        self._end()

    def _try_alone(self) -> list[Outcome]:
        if not self._suspects:
            return []
        self._end()
        task = self._suspects.pop(0)
        try:
            outcome = self._hand_over(task, 1).result()
            self._succeeded = True
        except BrokenProcessPool:
            self._deaths += 1
            if not self._succeeded and self._deaths >= _DEATHS_AT_MOST:
                raise WorkerDied("worker processes die at once; out of memory?") from None
            outcome = Outcome(task.run, None, "WorkerDied: the run ended its process; out of memory?", 0.0)
        if not self._suspects:
            self._end()  # the next is again a pool of all workers
        return [outcome]

    def _hand_over(self, task: Task, jobs: int) -> Future[Outcome]:
        # A pool starts its workers when it is given work.
        with one_thread_each(), interrupts_blocked():
            if self._pool is None:
                self._others = set(multiprocessing.active_children())
                self._pool = ProcessPoolExecutor(
                    jobs, mp_context=multiprocessing.get_context("spawn"), initializer=start_worker
                )
            return self._pool.submit(carry_out, task)

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        if pool is None:
            return
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - self._others:
            process.terminate()
            process.join(timeout=5)


def start_worker() -> None:
    """Make a process a worker: deaf to Ctrl-C, and gone when its parent is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
