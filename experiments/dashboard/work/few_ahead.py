"""Work for the page's workers, few pieces ahead, so that who else waits for them has its turn."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from experiments.dashboard.work.worker_pool import WorkerPool
from experiments.dashboard.work.worker_tasks import StoppedError
from experiments.system.faults import WorkerDied


class MissingError(Exception):
    """A run is not there, and there are no workers to simulate it."""


def few_ahead[P](
    workers: WorkerPool | None,
    pieces: Sequence[P],
    given: Callable[[P], tuple[Any, ...]],
    stopped: Callable[[], bool],
) -> Iterator[tuple[P, Any]]:
    """Have pieces of work done in about their order; yield each with its result as it comes.

    Parameters
    ----------
    given
        What a piece is to a worker: a function, and what it is called with.

    Raises
    ------
    MissingError
        If there is work and there are no workers.
    StoppedError
        If it was stopped before all was done.
    WorkerDied
        If a worker process died.
    """
    left = list(pieces)[::-1]
    if left and workers is None:
        raise MissingError
    waiting: dict[Future[Any], P] = {}
    try:
        while left or waiting:
            if stopped():
                raise StoppedError
            while left and workers is not None and len(waiting) <= workers.jobs:
                piece = left.pop()
                waiting[workers.submit(*given(piece))] = piece
            for future in wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)[0]:
                yield waiting.pop(future), future.result()
    except BrokenProcessPool:
        raise WorkerDied("a worker process died; out of memory? Try fewer jobs=") from None
    except CancelledError:
        raise StoppedError from None
    finally:
        for future in waiting:
            future.cancel()
