"""A piece of work on the workers that a page waits for: asked for, under way, done, given up or failed."""

import itertools
import os
from collections.abc import Callable, Sequence
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any

import solara

from experiments.dashboard.serving.guard import FAULT, LOG
from experiments.dashboard.serving.server import Served
from experiments.dashboard.work.hotline_tasks import STAGES
from experiments.dashboard.work.worker_tasks import StoppedError
from sim.errors import InputError

#: Every piece of work has a number of its own, apart from those of comparisons.
_NUMBERS = itertools.count(1 << 40)
_LOOK = 0.25


@dataclass(frozen=True, eq=False)
class Asked:
    """What was asked for: the question, and the tasks that answer it, one after the other."""

    question: Any
    tasks: Sequence[tuple[Callable[..., Any], Sequence[str]]]
    number: int = field(default_factory=lambda: next(_NUMBERS))


class Job:
    """What a page holds of one kind of work; the last question counts."""

    def __init__(self) -> None:
        self.asked: solara.Reactive[Asked | None] = solara.reactive(None)
        #: Task, of how many, what is done in it, and how far it is from 0 to 1.
        self.progress: solara.Reactive[tuple[int, int, str, float] | None] = solara.reactive(None)
        #: A question with the values of its tasks.
        self.result: solara.Reactive[tuple[Any, list[Any]] | None] = solara.reactive(None)
        self.error: solara.Reactive[InputError | str] = solara.reactive("")
        self.cancelled = solara.reactive(False)
        self._place: int | None = None
        self._begun = 0

    def ask(self, question: Any, tasks: Sequence[tuple[Callable[..., Any], Sequence[str]]]) -> None:
        """Ask for work, unless some is under way."""
        if self.progress.value is None:
            self.error.set("")
            self.cancelled.set(False)
            self.progress.set((0, len(tasks), STAGES[0], 0.0))
            self.asked.set(Asked(question, tasks))

    def cancel(self) -> None:
        """Give up what is under way."""
        self.cancelled.set(True)
        if self._place is not None:
            Served.workers.ask(self._place, -1)

    def close(self) -> None:
        """Give everything back: the page is closed."""
        self.cancelled.set(True)
        place, self._place = self._place, None
        if place is not None:
            Served.workers.free_place(place)

    def run(self, asked: Asked | None) -> None:
        """Do what was asked for, once; runs in a thread of its own."""
        if asked is None or asked.number <= self._begun:
            return
        self._begun = asked.number
        try:
            values = [self._one(asked, number) for number in range(len(asked.tasks))]
            self.result.set((asked.question, values))
        except (StoppedError, _GivenUp):
            self.cancelled.set(True)
        except InputError as error:
            self.error.set(error)
        except BrokenProcessPool:
            self.error.set("a worker process died; out of memory? Try fewer jobs=")
        except Exception as error:
            debugging = os.environ.get("COGOV_DEBUG") == "1"
            LOG.error("work on a file failed: %s", type(error).__name__, exc_info=debugging)
            self.error.set(FAULT)
        finally:
            self.progress.set(None)

    def _one(self, asked: Asked, number: int) -> Any:
        if self._place is None:
            self._place = Served.workers.new_place()
        place = self._place
        while not Served.workers.ready.wait(_LOOK):
            self._see()
        self._see()
        Served.workers.ask(place, asked.number)
        task, words = asked.tasks[number]
        future = Served.workers.submit(task, list(words), place, asked.number)
        while not future.done():
            wait([future], timeout=_LOOK)
            if self.cancelled.value:
                # A place that was given back may be another page's by now.
                if self._place == place:
                    Served.workers.ask(place, -1)
                if future.cancel():
                    raise _GivenUp
            stage, share = divmod(Served.workers.told(place), 1000)
            now = (number, len(asked.tasks), STAGES[stage], share / 999)
            if now != self.progress.value:
                self.progress.set(now)
        return future.result()

    def _see(self) -> None:
        if self.cancelled.value:
            raise _GivenUp


class _GivenUp(Exception):
    """Nobody waits any more."""
