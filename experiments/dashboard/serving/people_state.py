"""How many people the target of a page takes on both sides, searched while nobody waits for anything else.

It is the search of the tab for a target, on the same kept years, without its button: the first screen has an
answer for whoever opens the page. Whatever else is asked for ends it at once, and the years that it had are
kept; what takes long is left to the tab.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import solara

from experiments.dashboard.serving.guard import LOG
from experiments.dashboard.serving.long_work import TOLD_EVERY, place_among_workers
from experiments.dashboard.serving.server import Served
from experiments.dashboard.serving.target_state import YEARS
from experiments.dashboard.state.target_fields import Ask
from experiments.dashboard.work.few_ahead import MissingError
from experiments.dashboard.work.team_years import Answer, Years, smallest
from experiments.dashboard.work.worker_tasks import StoppedError
from experiments.system.faults import WorkerDied
from sim.errors import InputError

#: Seconds in which nothing is asked for before anything is done: to read the scenarios takes time from the
#: next movement of a slider.
STILL = 1.5
#: Seconds after which it is given up.
PATIENCE = 60.0


@dataclass(frozen=True, eq=False)
class People:
    """What is known of a question.

    Attributes
    ----------
    answers
        The answer of each side; none where the search took too long or failed, or the question has no answer.
    late
        Whether it took too long.
    """

    ask: Ask
    answers: tuple[Answer, ...] = ()
    late: bool = False


class PeopleState:
    """The state of such a search on one page."""

    def __init__(self) -> None:
        self.found: solara.Reactive[People | None] = solara.reactive(None)
        #: Years simulated so far; None while no search is under way.
        self.simulated: solara.Reactive[int | None] = solara.reactive(None)
        #: Place and number of the search under way, as workers know it.
        self._under_way: tuple[int, int] | None = None
        self._stops = 0

    def stop(self) -> None:
        """End a search: its runs stop now, not when the page is next drawn."""
        self._stops += 1
        if (work := self._under_way) is not None:
            # The place may be somebody else's by now.
            Served.workers.give_up(*work)

    def look(self, ask: Ask, number: int, cancel: Any) -> None:
        """Answer a question after a while of stillness: from kept years, else by a search.

        Parameters
        ----------
        number
            Of the work among that of all pages.
        cancel
            Set when something else is asked for.
        """
        known = self.found.value
        if known is not None and known.ask == ask:
            return
        stops, told = self._stops, None

        def left() -> bool:
            return bool(cancel.is_set()) or self._stops != stops

        if cancel.wait(STILL) or left():
            return
        try:
            told = People(ask, self._kept(ask))
        except MissingError:
            told = self._searched(ask, number, left)
        except InputError:
            # The tab says what is wrong with the question.
            told = People(ask)
        if told is not None and not cancel.is_set():
            self.found.set(told)

    def _kept(self, ask: Ask) -> tuple[Answer, ...]:
        questions = ask.questions()
        return tuple(smallest(Years(one, ask.seed, YEARS), ask.years, around=0) for one in questions)

    def _searched(self, ask: Ask, number: int, left: Callable[[], bool]) -> People | None:
        """Search on both sides; None if something else was asked for."""
        until, told, simulated, answers = time.monotonic() + PATIENCE, 0.0, 0, []

        def stopped() -> bool:
            return left() or time.monotonic() > until

        def tell(_team: tuple[int, ...], _done: int, _of: int) -> None:
            nonlocal told, simulated
            simulated += 1
            now = time.monotonic()
            if now - told >= TOLD_EVERY and not stopped():
                told = now
                self.simulated.set(simulated)

        try:
            with place_among_workers(number, stopped) as place:
                self._under_way = place, number
                if stopped():
                    raise StoppedError
                for one in ask.questions():
                    years = Years(one, ask.seed, YEARS, Served.workers, place, number, stopped, tell)
                    answers.append(smallest(years, ask.years, around=0))
            return People(ask, tuple(answers))
        except StoppedError:
            return None if left() else People(ask, late=True)
        except (WorkerDied, RuntimeError) as error:
            # Nobody asked for it: the tab tells what is wrong to whoever does.
            LOG.error("the search for a team ended: %s", type(error).__name__)
            return People(ask)
        finally:
            self._under_way = None
            self.simulated.set(None)
