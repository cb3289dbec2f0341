"""Worker processes on this machine, each with lines of its own to and from the parent.

The pool of the standard library has one pipe for the answers of all its workers. A worker that is ended while
it answers leaves half a message in it, and whoever reads there waits for the other half for ever: Ctrl-C in
the middle of a large answer, and the program never ended. Here what an ended worker left behind goes with its
line. The parent has no threads and no locks, so Ctrl-C may come at any moment, and it is known which call a
worker had in hand when it died.

Workers are started afresh (no inherited threads or locks), use one thread each for linear algebra and
compiled code, never hear Ctrl-C or another request to end, which is the parent's to answer, and end when the
parent does, however it ends.
"""

import atexit
import contextlib
import itertools
import multiprocessing
import os
import pickle
import queue
import signal
import threading
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from typing import Any

from experiments.executors.memory import keep_freed_memory, look_seldom
from experiments.system.faults import WorkerDied
from experiments.system.interrupts import ignore_stopping, interrupts_blocked, uninterrupted
from sim.engine.cache_folder import cache_folder
from sim.errors import one_line

THREAD_SETTINGS = (
    "NUMBA_NUM_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
)
#: Calls with a worker: the one it carries out, and one so that it need not wait for the parent.
_WITH_A_WORKER = 2
#: Python may miss a signal that comes in the instant before it begins to wait; then it sees it after this.
_LOOK_SECONDS = 1.0
_END_SECONDS = 5.0


#: All that were made, to be ended at the latest when this process ends.
_at_work: "weakref.WeakSet[Workers]" = weakref.WeakSet()


@atexit.register
def _end_all() -> None:
    """End workers before the standard library asks them to, which they do not hear, and waits for them."""
    for workers in list(_at_work):
        workers.close()


@dataclass(frozen=True)
class Answer:
    """What became of a call: its value, or what was raised."""

    key: Any
    value: Any
    error: BaseException | None = None


@dataclass
class _Call:
    key: Any
    content: bytes
    alone: bool


@dataclass
class _Worker:
    process: Any
    calls: Connection
    answers: Connection
    in_hand: deque[_Call] = field(default_factory=deque)


class Workers:
    """Carries out calls in up to `jobs` processes, started when they are needed.

    Parameters
    ----------
    begin, arguments
        What every worker does first.
    """

    def __init__(
        self, jobs: int, begin: Callable[..., Any] | None = None, arguments: Sequence[Any] = ()
    ) -> None:
        self.jobs = jobs
        self._begin = (begin, tuple(arguments))
        self._workers: list[_Worker] = []
        self._waiting: deque[_Call] = deque()
        self._answers: deque[Answer] = deque()
        _at_work.add(self)

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def in_hand(self) -> int:
        """How many calls have been submitted and not been collected."""
        return len(self._waiting) + sum(len(worker.in_hand) for worker in self._workers) + len(self._answers)

    def submit(self, key: Any, function: Callable[..., Any], *arguments: Any, alone: bool = False) -> None:
        """Take a call; one that is to be `alone` comes next, while no other is carried out."""
        call = _Call(key, bytes(ForkingPickler.dumps((function, arguments))), alone)
        with uninterrupted():
            if alone:
                self._waiting.appendleft(call)
            else:
                self._waiting.append(call)
        self._hand_over()

    def collect(self, block: bool = True) -> list[Answer]:
        """Return what has been answered; wait until something is, unless told not to `block`."""
        while True:
            self._hand_over()
            busy = {worker.answers: worker for worker in self._workers if worker.in_hand}
            if busy:
                for line in wait(list(busy), 0.0 if self._answers or not block else _LOOK_SECONDS):
                    self._read(busy[line])  # type: ignore[index]
            if self._answers or not block or not busy:
                break
        with uninterrupted():
            found, self._answers = list(self._answers), deque()
        return found

    def in_order(self, function: Callable[..., Any], items: Iterable[Any]) -> Iterator[Any]:
        """Yield `function(item)` for each item, in order, a few ahead; what it raises is raised here."""
        left = enumerate(items)
        early: dict[int, Any] = {}
        for number in itertools.count():
            for key, item in itertools.islice(left, 2 * self.jobs - len(early) - self.in_hand):
                self.submit(key, function, item)
            while number not in early:
                answers = self.collect()
                if not answers:
                    return
                for answer in answers:
                    if answer.error is not None:
                        raise answer.error
                    early[answer.key] = answer.value
            yield early.pop(number)

    def forget(self) -> None:
        """Give up all calls; workers in the middle of one are ended."""
        with uninterrupted():
            self._waiting.clear()
            self._answers.clear()
            self._end([worker for worker in self._workers if worker.in_hand])

    def close(self) -> None:
        """End the workers, whatever they do."""
        with uninterrupted():
            self._waiting.clear()
            self._answers.clear()
            self._end(list(self._workers))

    def _hand_over(self) -> None:
        """Give waiting calls to the workers with the fewest in hand."""
        while self._waiting:
            call = self._waiting[0]
            busy = [worker for worker in self._workers if worker.in_hand]
            if busy and (call.alone or any(other.alone for worker in busy for other in worker.in_hand)):
                return
            with uninterrupted():
                least = min(self._workers, key=lambda worker: len(worker.in_hand), default=None)
                if (least is None or least.in_hand) and len(self._workers) < self.jobs:
                    least = self._start()
                if least is None or len(least.in_hand) >= _WITH_A_WORKER:
                    return
                least.in_hand.append(self._waiting.popleft())
                try:
                    least.calls.send_bytes(call.content)
                except OSError:
                    self._bury(least)

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        cache_folder()  # chosen here, so that workers share it
        calls, mine = context.Pipe(duplex=False)
        answers, back = context.Pipe(duplex=False)
        with one_thread_each(), interrupts_blocked(signal.SIGTERM):
            process = context.Process(target=_serve, args=(calls, back, *self._begin), daemon=True)
            process.start()
        # The worker alone holds the other ends: when it is gone, its lines are at an end.
        calls.close()
        back.close()
        worker = _Worker(process, mine, answers)
        self._workers.append(worker)
        return worker

    def _read(self, worker: _Worker) -> None:
        # Whole: half a message read is a line nobody can use.
        with uninterrupted():
            try:
                value, error = pickle.loads(worker.answers.recv_bytes())
            except (EOFError, OSError):
                self._bury(worker)
                return
            self._answers.append(Answer(worker.in_hand.popleft().key, value, error))

    def _bury(self, worker: _Worker) -> None:
        """Answer for a worker that died; what it had not begun is for others."""
        lost, *rest = worker.in_hand
        worker.in_hand.clear()
        self._answers.append(
            Answer(lost.key, None, WorkerDied("a worker process died; out of memory? Try fewer jobs="))
        )
        self._waiting.extendleft(reversed(rest))
        self._end([worker])

    def _end(self, workers: Sequence[_Worker]) -> None:
        for worker in workers:
            self._workers.remove(worker)
            # What asks the program to end is the parent's to answer: only this ends a worker.
            worker.process.kill()
            worker.calls.close()
            worker.answers.close()
        for worker in workers:
            worker.process.join(_END_SECONDS)


def _serve(calls: Connection, answers: Connection, begin: Callable[..., Any] | None, arguments: Any) -> None:
    """Carry out calls until the parent is gone."""
    ignore_stopping()
    keep_freed_memory()
    look_seldom()
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    # A thread reads, so that the parent can always write, and its end is noticed in the middle of a run.
    threading.Thread(target=_listen, args=(calls, waiting), daemon=True).start()
    failed: BaseException | None = None
    try:
        if begin is not None:
            begin(*arguments)
    except Exception as error:
        failed = error
    while True:
        content = waiting.get()
        try:
            if failed is not None:
                raise failed
            function, given = pickle.loads(content)
            answer = ForkingPickler.dumps((function(*given), None))
        except Exception as error:
            answer = ForkingPickler.dumps((None, _portable(error)))
        answers.send_bytes(answer)


def _listen(calls: Connection, waiting: "queue.SimpleQueue[bytes]") -> None:
    with contextlib.suppress(EOFError, OSError):
        while True:
            waiting.put(calls.recv_bytes())
    os._exit(0)


def _portable(error: BaseException) -> BaseException:
    """Return the error, or its text where it does not survive the way to the parent."""
    error.__traceback__ = None
    try:
        pickle.loads(ForkingPickler.dumps(error))
    except Exception:
        return RuntimeError(one_line(f"{type(error).__name__}: {error}"))
    return error


@contextlib.contextmanager
def one_thread_each() -> Iterator[None]:
    """Workers inherit these settings; several threads in each would fight over the same cores."""
    before = {name: os.environ.get(name) for name in THREAD_SETTINGS}
    os.environ.update(dict.fromkeys(THREAD_SETTINGS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
