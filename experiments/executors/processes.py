"""Several worker processes on this machine.

The engine is compiled by the parent before the first of them starts. A run whose worker dies is tried once
more, alone; a run that kills its worker there as well is a failed run.
"""

from experiments.executors.task import Outcome, Task, carry_out
from experiments.executors.workers import Answer, Workers
from experiments.runs.function_references import ENGINE, named_function
from experiments.runs.simulation import warm_cache
from experiments.system.faults import WorkerDied
from sim.parameters.scenario import Scenario

#: Tasks in hand for each worker: enough that none waits while the parent writes.
_AHEAD = 4
_DEATHS_AT_MOST = 3


class Processes:
    """Carries tasks out in `jobs` worker processes."""

    name = "processes"

    def __init__(self, jobs: int) -> None:
        self.slots = _AHEAD * jobs
        self._workers = Workers(jobs)
        self._tasks: dict[bytes, Task] = {}
        self._alone: set[bytes] = set()
        self._warm = False
        self._succeeded = False
        self._deaths = 0

    @property
    def in_hand(self) -> int:
        """How many tasks it has in hand."""
        return len(self._tasks)

    def prepare(self, scenario: Scenario, simulate: str) -> None:
        """Compile once, here."""
        if simulate == ENGINE and not self._warm:
            warm_cache([scenario], named_function(simulate))
            self._warm = True

    def submit(self, task: Task) -> None:
        """Take a task."""
        self._tasks[task.run] = task
        self._workers.submit(task.run, carry_out, task)

    def collect(self, block: bool = True) -> list[Outcome]:
        """Wait until a task is finished; return those that are."""
        while True:
            outcomes = [found for answer in self._workers.collect(block) if (found := self._outcome(answer))]
            if outcomes or not block or not self._tasks:
                return outcomes

    def forget(self) -> None:
        """Give up what is in hand."""
        self._workers.forget()
        self._tasks.clear()
        self._alone.clear()

    def close(self) -> None:
        """End the workers."""
        self._workers.close()

    def _outcome(self, answer: Answer) -> Outcome | None:
        """Return what became of a task; None if it is tried again."""
        task = self._tasks[answer.key]
        if isinstance(answer.error, WorkerDied):
            if task.run not in self._alone:
                self._alone.add(task.run)
                self._workers.submit(task.run, carry_out, task, alone=True)
                return None
            self._deaths += 1
            if not self._succeeded and self._deaths >= _DEATHS_AT_MOST:
                raise WorkerDied("worker processes die at once; out of memory?") from None
            outcome = Outcome(task.run, None, "WorkerDied: the run ended its process; out of memory?", 0.0)
        elif answer.error is not None:
            raise answer.error
        else:
            outcome = answer.value
            self._succeeded = True
        del self._tasks[answer.key]
        self._alone.discard(answer.key)
        return outcome
