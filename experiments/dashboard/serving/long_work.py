"""Work that a button starts and that takes a while: how far it is, how it ends, and the answer that stays.

It has a place of its own among the workers, so that it ends no comparison and none ends it. What kept runs
can answer is answered without the button.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any

import solara

from experiments.dashboard.serving.guard import FAULT, LOG
from experiments.dashboard.serving.server import Served
from experiments.dashboard.work.few_ahead import MissingError
from experiments.dashboard.work.worker_tasks import StoppedError
from experiments.system.faults import WorkerDied
from sim.errors import InputError

#: Seconds between two movements of the progress bar.
TOLD_EVERY = 0.25
Stopped = Callable[[], bool]


class LongWork[P]:
    """The state of such work on one page; `P` says how far it is.

    Parameters
    ----------
    at_first
        How far it is when it begins.
    """

    def __init__(self, at_first: P) -> None:
        self._at_first = at_first
        self.progress: solara.Reactive[P | None] = solara.reactive(None)
        self.error: solara.Reactive[InputError | str] = solara.reactive("")
        self.cancelled = solara.reactive(False)
        #: How often the work was asked for, and how many of these were begun.
        self.asked = solara.reactive(0)
        self.begun = 0
        self.cancel_asked = False
        #: Whether the tab was ever open: before, there is nothing to look up.
        self.seen = False

    def start(self) -> None:
        """Ask for the work."""
        if self.progress.value is None:
            self.asked.set(self.asked.value + 1)

    def cancel(self) -> None:
        """Stop it; what is there stays."""
        self.cancel_asked = True

    def carry_out[A](
        self,
        asked: int,
        current: bool,
        look_up: Callable[[Stopped], A],
        search: Callable[[Stopped], A],
        show: Callable[[A], None],
        cancel: Any,
    ) -> None:
        """Answer what is asked for: by work if the button was pressed, else if what is kept is enough.

        Parameters
        ----------
        asked
            How often the work was asked for when this thread was started.
        current
            Whether the answer on the screen is that to what is asked for, or nobody looks.
        look_up
            Answers from what is kept, or raises `MissingError`.
        search
            Answers with the workers.
        show
            Puts an answer on the screen.
        cancel
            Set when something else is asked for meanwhile.
        """
        pressed = asked > self.begun
        self.begun = max(self.begun, asked)
        if not pressed and current:
            self.progress.set(None)
            return
        if pressed:
            self.cancel_asked = False
            self.cancelled.set(False)
            self.error.set("")
            self.progress.set(self._at_first)
        else:
            self.progress.set(None)

        def stopped() -> bool:
            return bool(cancel.is_set() or self.cancel_asked)

        try:
            found = search(stopped) if pressed else look_up(stopped)
            if not cancel.is_set():
                show(found)
        except MissingError:
            pass
        except StoppedError:
            if not cancel.is_set():
                self.cancelled.set(True)
        except InputError as error:
            # What is half set on the page is refused when the work is asked for, not before.
            if pressed and not cancel.is_set():
                self.error.set(error)
        except (WorkerDied, RuntimeError) as error:
            self.error.set(str(error))
        except Exception as error:
            debugging = os.environ.get("COGOV_DEBUG") == "1"
            where = "" if debugging else " (COGOV_DEBUG=1 shows where)"
            LOG.error("work on the page failed: %s%s", type(error).__name__, where, exc_info=debugging)
            self.error.set(FAULT)
        finally:
            if not cancel.is_set():
                self.progress.set(None)


@contextlib.contextmanager
def place_among_workers(number: int, stopped: Stopped) -> Iterator[int]:
    """Wait for the workers and yield a place of one's own; runs for it stop when it is left.

    Raises
    ------
    StoppedError
        If nobody waits any more before the workers are there.
    """
    while not Served.workers.ready.wait(0.2):
        if stopped():
            raise StoppedError
    place = Served.workers.new_place()
    try:
        Served.workers.ask(place, number)
        yield place
    finally:
        Served.workers.free_place(place)
