"""Worker processes that stay alive between two movements of a slider.

Starting a process and loading the compiled engine takes longer than twenty pairs of runs. The workers are
therefore started once. One that dies (out of memory) is replaced, and whoever waited for it is told.
"""

import contextlib
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from experiments.dashboard.work import worker_tasks
from experiments.executors.workers import one_thread_each
from experiments.system.interrupts import interrupts_blocked

#: Pages that can wait for a comparison of their own at the same time.
PLACES = 256


class WorkerPool:
    """A pool of worker processes, and a way to tell them that nobody waits any more.

    Parameters
    ----------
    jobs
        How many processes.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._context = multiprocessing.get_context("spawn")
        # Without a lock: a worker that is killed while it looks would take it along, and every page would
        # wait for it for ever. One number is read and written whole.
        self._asked = self._context.Array("q", PLACES, lock=False)
        self._told = self._context.Array("q", PLACES, lock=False)
        self._free = set(range(PLACES))
        self._lock = threading.Lock()
        # Apart from the one above, which is held while a process is started; of the server alone.
        self._asking = threading.Lock()
        self._pool = self._new_pool()
        self.ready = threading.Event()

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.jobs,
            mp_context=self._context,
            initializer=worker_tasks.start,
            initargs=(self._asked, self._told),
        )

    def warm(self) -> None:
        """Start all processes; the first one compiles the engine if need be, the others find it compiled."""
        with one_thread_each():
            self.submit(worker_tasks.warm).result()
            for future in [self.submit(worker_tasks.warm) for _ in range(2 * self.jobs)]:
                future.result()
        self.ready.set()

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Give work to the next free process."""
        with self._lock, interrupts_blocked():
            try:
                return self._pool.submit(work, *arguments)
            except BrokenProcessPool:
                self._pool = self._new_pool()
                return self._pool.submit(work, *arguments)

    def new_place(self) -> int:
        """Return a place in the list of what is asked for, for a page of its own until `free_place`."""
        with self._lock:
            if not self._free:
                raise RuntimeError("too many pages are open")
            place = min(self._free)
            self._free.remove(place)
            return place

    def free_place(self, place: int) -> None:
        """Give a place back; what still runs for it stops."""
        self.ask(place, -1)
        with self._lock:
            self._free.add(place)

    def ask(self, place: int, number: int) -> None:
        """Say which comparison a page waits for, −1 none; runs for any other stop.

        Whoever asks late for what the page no longer waits for, a thread of a slider that was let go, is not
        heard: numbers grow.
        """
        with self._asking:
            if number < 0 or number >= self._asked[place]:
                self._asked[place] = number
                self._told[place] = 0

    def waits_for(self, place: int) -> int:
        """Return the comparison that a page waits for, −1 none."""
        return int(self._asked[place])

    def give_up(self, place: int, number: int) -> None:
        """Say that a page no longer waits for a comparison; nothing if it waits for another by now."""
        with self._asking:
            if self._asked[place] == number:
                self._asked[place] = -1

    def told(self, place: int) -> int:
        """Return what a worker told last of its work for a page."""
        return int(self._told[place])

    def close(self) -> None:
        """End the processes; runs under way are given up."""
        for place in range(PLACES):
            self._asked[place] = -1
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            with contextlib.suppress(OSError):
                process.terminate()
