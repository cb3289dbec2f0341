"""Who carries out runs: this process, several, or a cluster; the numbers are the same, bit for bit.

    with open_executor("processes", jobs=2) as workers:
        submit(store, study, workers)

An executor takes tasks and hands back outcomes in any order; what it was asked to do and what came of it is
`task`. It stays open over several studies, so that a search pays for its workers once.

Builds on `runs` and `system`; every folder above may import it.
"""

import contextlib
from collections.abc import Iterator

from experiments.executors.serial import Serial
from experiments.executors.task import Executor

__all__ = ["Executor", "open_executor"]


@contextlib.contextmanager
def open_executor(name: str = "serial", jobs: int = 1, address: str = "") -> Iterator[Executor]:
    """Yield the executor of that name: ``serial``, ``processes``, ``dask``.

    Parameters
    ----------
    jobs
        Worker processes on this machine.
    address
        Of a Dask scheduler; empty for a cluster on this machine.
    """
    executor: Executor
    if name == "processes":
        from experiments.executors.processes import Processes

        executor = Processes(jobs)
    elif name == "dask":
        from experiments.executors.dask_cluster import Dask

        executor = Dask(address, jobs)
    else:
        executor = Serial()
    try:
        yield executor
    finally:
        executor.close()
