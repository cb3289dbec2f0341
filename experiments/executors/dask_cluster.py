"""A Dask cluster: one that is there already, or one on this machine.

Workers of a cluster that is already there need this program in the same version: a worker with other sources
refuses. The engine is compiled once a machine before work is handed out. A worker that dies loses nothing:
the scheduler gives its runs to others. It blames all that the worker held when it died, begun or not: what
was blamed several times is tried once more alone, and a run that ends workers even then is a failed run.
"""

import contextlib
from collections.abc import Iterator
from concurrent.futures import CancelledError
from typing import Any

from experiments.executors.task import Outcome, Task, carry_out
from experiments.executors.workers import one_thread_each
from experiments.runs.function_references import ENGINE, named_function
from experiments.runs.simulation import warm_cache
from experiments.system.interrupts import interrupts_blocked
from sim.engine.cache_folder import cache_folder
from sim.errors import InputError, one_line
from sim.parameters.scenario import Scenario

_AHEAD = 4
_CONNECT_SECONDS = 10


class Dask:
    """Carries tasks out on a cluster.

    Parameters
    ----------
    address
        Of the scheduler, ``tcp://host:port``; empty for a cluster on this machine.
    jobs
        Workers of a cluster on this machine.
    """

    name = "dask"

    def __init__(self, address: str = "", jobs: int = 1) -> None:
        self.address = address
        self._stack = contextlib.ExitStack()
        self._client = self._stack.enter_context(connect(address, jobs))
        self._tasks: dict[Any, Task] = {}
        #: Blamed for the death of several workers: to be tried again when nothing else is in hand.
        self._blamed: list[Task] = []
        self._alone: Task | None = None
        self._finished: Any = None
        self._warm = False
        self.slots = _AHEAD * max(2, jobs)

    @property
    def in_hand(self) -> int:
        """How many tasks it has in hand."""
        return len(self._tasks) + len(self._blamed)

    def prepare(self, scenario: Scenario, simulate: str) -> None:
        """Compile once on each machine."""
        self.slots = _AHEAD * max(2, sum(self._client.nthreads().values()))
        if simulate == ENGINE and not self._warm:
            self._client.run(warm, scenario, workers=one_a_machine(self._client))
            self._warm = True

    def submit(self, task: Task) -> None:
        """Take a task."""
        from distributed import as_completed

        future = self._client.submit(carry_out, task, pure=False)
        self._tasks[future.key] = task
        if self._finished is None:
            self._finished = as_completed()
        self._finished.add(future)

    def collect(self, block: bool = True) -> list[Outcome]:
        """Wait until a task is finished; return those that are."""
        found: list[Outcome] = []
        try:
            while self.in_hand and not found:
                if not self._tasks:
                    self._alone = self._blamed.pop(0)
                    self.submit(self._alone)
                batch = self._finished.next_batch(block=block)
                found = [outcome for future in batch if (outcome := self._outcome(future)) is not None]
                if not block:
                    break
            return found
        except (CancelledError, OSError):
            # What a run raises is its outcome: this comes from the connection.
            where = self.address or "on this machine"
            raise ConnectionError(f"the Dask scheduler {where} is gone; the same command goes on") from None

    def _outcome(self, future: Any) -> Outcome | None:
        """Return what came of a task; None if it is to be tried again."""
        from distributed import KilledWorker

        task = self._tasks.pop(future.key)
        try:
            return future.result()
        except KilledWorker:
            if task is not self._alone:
                self._blamed.append(task)
                return None
            return Outcome(task.run, None, "WorkerDied: the run ended several workers; out of memory?", 0.0)

    def forget(self) -> None:
        """Give up what is in hand."""
        if self._tasks:
            with contextlib.suppress(Exception):
                self._client.cancel(list(self._finished.futures))
        self._tasks.clear()
        self._blamed.clear()
        self._finished = None

    def close(self) -> None:
        """Leave the cluster, and end it if it is ours."""
        self._stack.close()


@contextlib.contextmanager
def connect(address: str, jobs: int) -> Iterator[Any]:
    """Yield a client of the cluster at an address, or of a new one on this machine."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        hint = "install the extra: cogov[dask]"
        raise InputError("executor", "dask", "one whose packages are installed", hint=hint) from None
    with contextlib.ExitStack() as stack:
        if not address:
            # Workers inherit the number of threads, that Ctrl-C is not for them, where compiled code lies.
            cache_folder()
            with one_thread_each(), interrupts_blocked(), dask.config.set(_LOCAL):
                cluster = stack.enter_context(
                    LocalCluster(
                        n_workers=jobs,
                        threads_per_worker=1,
                        processes=True,
                        host="127.0.0.1",
                        dashboard_address=None,
                        silence_logs="CRITICAL",
                    )
                )
                client = stack.enter_context(Client(cluster))
        else:
            try:
                client = stack.enter_context(Client(address, timeout=_CONNECT_SECONDS))
                if not client.nthreads():
                    client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
            except (OSError, ValueError, TypeError, ImportError) as error:
                raise InputError(
                    "executor.address",
                    address,
                    "the address of a Dask scheduler with workers, such as tcp://127.0.0.1:8786",
                    hint=one_line(str(error)).rstrip("."),
                ) from None
        yield client


#: The nanny sets numbers of threads of its own; those of the parent are to hold. A worker that exceeds its
#: share of memory is not stopped: runs need little, and a paused worker would never end the study.
_LOCAL = {
    "distributed.nanny.pre-spawn-environ": {
        "OMP_NUM_THREADS": 1,
        "MKL_NUM_THREADS": 1,
        "OPENBLAS_NUM_THREADS": 1,
    },
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
}


def one_a_machine(client: Any) -> list[str]:
    """Return one worker's address for each machine of a cluster."""
    found: dict[str, str] = {}
    for address, facts in client.scheduler_info(n_workers=-1)["workers"].items():
        found.setdefault(facts["host"], address)
    return list(found.values())


def warm(scenario: Scenario) -> None:
    """Compile the engine, on a worker."""
    warm_cache([scenario], named_function(ENGINE))
