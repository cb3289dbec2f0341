"""What one open page holds: the view, the result on the screen, and what was clicked.

A page has its own state; workers and kept runs are shared by all. What a part of the page reads is a
reactive variable of Solara: setting it redraws that part.
"""

import itertools
from dataclasses import replace
from typing import Any

import solara

from experiments.arguments.key_values import whole_number
from experiments.dashboard.serving.server import Served
from experiments.dashboard.serving.upload import Upload
from experiments.dashboard.state.controls import further_keys, read_value
from experiments.dashboard.state.scenario_pair import LARGEST_PAIRS, View, arms, title, unpaired
from experiments.dashboard.words.page_words import word
from experiments.dashboard.work.comparison import Kept, Result
from sim.errors import InputError
from sim.scenario.seeds import LARGEST_SEED

KEPT = Kept()
#: Every comparison has a number of its own: a place that one page leaves is another's next.
NUMBERS = itertools.count(1)


class PageState:
    """The state of one page."""

    def __init__(self) -> None:
        start = Served.start
        self.view: solara.Reactive[View] = solara.reactive(start.view)
        self.language = solara.reactive(start.language)
        self.tab = solara.reactive("compare")
        self.further: solara.Reactive[tuple[str, ...]] = solara.reactive(())
        self.result: solara.Reactive[tuple[View, Result] | None] = solara.reactive(None)
        self.progress: solara.Reactive[tuple[int, int] | None] = solara.reactive(None)
        self.cancelled = solara.reactive(False)
        #: The view whose comparison has ended: done, given up or failed; None while one is under way.
        self.settled: solara.Reactive[View | None] = solara.reactive(None)
        self.error = solara.reactive("")
        #: The last number by which the browser asked whether anybody is there; sent back, it is the answer.
        self.pong = solara.reactive(0)
        #: What was clicked on the map: a case, or a person and the day.
        self.case: solara.Reactive[int | None] = solara.reactive(None)
        self.person: solara.Reactive[tuple[int, int] | None] = solara.reactive(None)
        self.replication = solara.reactive(0)
        self.community = solara.reactive(0)
        self.day: int | None = None
        self.upload = Upload()
        self.place = Served.workers.new_place()
        self.shown = 0
        self.cancel_asked = False

    def set(self, view: View) -> None:
        """Show another view, if its scenarios can be made; else say what is wrong with it."""
        try:
            arms(view)
        except InputError as error:
            self.error.set(str(error))
            # The controls show what was refused; sent anew they show what holds.
            self.view.set(replace(self.view.value))
            return
        # Two choosers are changed one after the other: what has no twins is said, and not refused.
        self.error.set(unpaired(view))
        before = self.view.value
        if (view.names, view.shared, view.requests, view.seed) != (
            before.names,
            before.shared,
            before.requests,
            before.seed,
        ):
            # Cases and people of another world have other numbers.
            self.case.set(None)
            self.person.set(None)
            self.community.set(0)
        self.replication.set(min(self.replication.value, view.pairs - 1))
        self.view.set(view)

    def standing(self) -> tuple[str, bool]:
        """Return how the result stands to what is asked for, and whether an answer is being computed.

        ``current``: it answers it, in whole or as far as it was let run; ``partial``: it will, and more pairs
        are on their way; ``old``: it answers what was asked for before; ``none``: there is nothing to show.
        """
        view, shown = self.view.value, self.result.value
        working = self.settled.value != view
        if shown is not None and shown[0] == view:
            working = working and not shown[1].whole
            return ("partial" if working else "current"), working
        return ("old" if working and shown is not None else "none"), working

    def show(self, view: View, result: Result) -> None:
        """Put a result on the screen."""
        self.shown += 1
        self.result.set((view, result))

    def fail(self, text: str) -> None:
        """Say why there is no result; what was drawn of it so far goes, as it will not be finished."""
        shown = self.result.value
        if shown is not None and not shown[1].whole:
            self.result.set(None)
        self.error.set(text)

    def titles(self, view: View | None = None) -> list[str]:
        """Return what both sides are called."""
        view = view or self.view.value
        language = self.language.value
        names = [title(arm, language, bool(view.changes[side])) for side, arm in enumerate(arms(view))]
        if names[0] == names[1]:
            marks = (word("side_a", language), word("side_b", language))
            return [f"{name} {mark}" for name, mark in zip(names, marks, strict=True)]
        return names

    def close(self) -> None:
        """Give back what the page held: its place among the workers, and the file it read."""
        self.cancel_asked = True
        Served.workers.free_place(self.place)
        self.upload.forget()

    def cancel(self) -> None:
        """Stop the comparison under way; what there is stays."""
        self.cancel_asked = True
        Served.workers.ask(self.place, -1)

    def changed(self, event: dict[str, Any]) -> None:
        """Set what a slider, switch or choice says."""
        key, side = str(event["key"]), int(event["side"])
        value = read_value(key, event["value"])
        view = self.view.value
        self.set(view.with_shared(key, value) if side < 0 else view.with_change(side, key, value))

    def choose(self, event: dict[str, Any]) -> None:
        """Put another scenario on a side."""
        self.set(self.view.value.with_name(int(event["side"]), str(event["name"])))

    def reset(self, side: int) -> None:
        """Set a side back to its scenario."""
        self.set(self.view.value.with_name(int(side), self.view.value.names[int(side)]))

    def number(self, event: dict[str, Any]) -> None:
        """Set the seed or the number of pairs."""
        name = str(event["name"])
        low, high = (1, LARGEST_PAIRS) if name == "pairs" else (0, LARGEST_SEED)
        try:
            value = whole_number(name, str(event["value"]), 0, low, high)
        except InputError as error:
            self.error.set(str(error))
            self.view.set(replace(self.view.value))
            return
        self.set(replace(self.view.value, **{name: value}))

    def addable(self) -> list[str]:
        """Return the parameters that can be added to the sliders."""
        return [key for key in further_keys() if key not in self.further.value]

    def add(self, key: str) -> None:
        """Add a parameter to the sliders."""
        if key in self.addable():
            self.further.set((*self.further.value, key))
