"""What one open page holds: the view, the result on the screen, and what was clicked.

A page has its own state; workers and kept runs are shared by all. What a part of the page reads is a
reactive variable of Solara: setting it redraws that part.
"""

import itertools
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any

import solara

from analysis.summaries.run_summary import RunSummary
from experiments.arguments.key_values import whole_number
from experiments.dashboard.serving.hotline import Hotline
from experiments.dashboard.serving.past_comparisons import PastComparisons
from experiments.dashboard.serving.people_state import PeopleState
from experiments.dashboard.serving.server import Served
from experiments.dashboard.serving.sweep_state import SweepState
from experiments.dashboard.serving.target_state import TargetState
from experiments.dashboard.serving.third_state import ThirdState
from experiments.dashboard.serving.upload import Upload
from experiments.dashboard.state.address import TABS, Place, language_of, offered, read, written
from experiments.dashboard.state.controls import further_keys, further_of, read_value
from experiments.dashboard.state.saved_scenarios import address_name, on_its_world, save, view_name
from experiments.dashboard.state.scenario_pair import LARGEST_PAIRS, SIDES, View, arms, title, unpaired
from experiments.dashboard.words.page_words import word
from experiments.dashboard.work.comparison import HeadStart, Kept, Result, head_start
from sim.errors import InputError
from sim.scenario.seeds import LARGEST_SEED

KEPT: Kept[RunSummary] = Kept()
#: Every comparison has a number of its own: a place that one page leaves is another's next.
NUMBERS = itertools.count(1)
#: Steps that can be taken back.
LONGEST_PAST = 100


@dataclass(frozen=True, eq=False)
class Held:
    """A slider under the hand: its view, its value, the browser's number, and that of the workers' work."""

    view: View
    value: float
    number: int
    work: int = field(default_factory=lambda: next(NUMBERS))


class PageState:
    """The state of one page.

    Parameters
    ----------
    query
        What the address says behind the question mark: where the page starts.
    """

    def __init__(self, query: str = "") -> None:
        start = Served.start
        self.view: solara.Reactive[View] = solara.reactive(start.view)
        self.language = solara.reactive(start.language)
        self.tab = solara.reactive(TABS[0])
        #: The views before this one, the last one last.
        self.past: solara.Reactive[tuple[View, ...]] = solara.reactive(())
        #: The views that were taken back, the one to come next last.
        self.future: solara.Reactive[tuple[View, ...]] = solara.reactive(())
        #: What the browser's address says, and what it was last told, or would have been.
        self.came = self.told = ""
        self.further: solara.Reactive[tuple[str, ...]] = solara.reactive(())
        self.result: solara.Reactive[tuple[View, Result] | None] = solara.reactive(None)
        self.past_comparisons = PastComparisons()
        #: The slider that is being moved, and what a few pairs say of a value of it.
        self.held: solara.Reactive[Held | None] = solara.reactive(None)
        self.preview: solara.Reactive[tuple[Held, Result] | None] = solara.reactive(None)
        #: The number of the last value that was looked at; sent back, it asks for the next one.
        self.previewed = solara.reactive(0)
        self.progress: solara.Reactive[tuple[int, int] | None] = solara.reactive(None)
        self.cancelled = solara.reactive(False)
        #: The view whose comparison has ended: done, given up or failed; None while one is under way.
        self.settled: solara.Reactive[View | None] = solara.reactive(None)
        self.error: solara.Reactive[InputError | str] = solara.reactive("")
        #: The file that was saved last under a name.
        self.saved_as = solara.reactive("")
        #: The last number by which the browser asked whether anybody is there; sent back, it is the answer.
        self.pong = solara.reactive(0)
        #: What was clicked on the map: a case, or a person and the day.
        self.case: solara.Reactive[int | None] = solara.reactive(None)
        self.person: solara.Reactive[tuple[int, int] | None] = solara.reactive(None)
        self.replication = solara.reactive(0)
        self.community = solara.reactive(0)
        self.day: int | None = None
        self.upload = Upload()
        self.target = TargetState()
        self.sweep = SweepState()
        self.third = ThirdState()
        self.people = PeopleState()
        #: What the comparison is broken down by.
        self.by = solara.reactive("")
        self.hotline = Hotline()
        self.place = Served.workers.new_place()
        #: What was given to the workers for a view before it was drawn.
        self._ahead: tuple[View, HeadStart] | None = None
        #: While it is entered the page is not drawn: what is set together is drawn once.
        self.together: AbstractContextManager[Any] = nullcontext()
        self.shown = 0
        self.cancel_asked = False
        self.go(query)
        self.past.set(())

    def set(self, view: View, stepping: bool = False) -> None:
        """Show another view, if its scenarios can be made; else say what is wrong with it.

        A change goes to the past; one that steps through past and future keeps them itself.
        """
        try:
            arms(view)
        except InputError as error:
            self.refuse(error)
            self.let_go()
            return
        before = self.view.value
        if view != before:
            self._set_out(view)
        with self.together:
            # Two choosers are changed one after the other: what has no twins is said, and not refused.
            self.error.set(unpaired(view) or "")
            if view != before and not stepping:
                self.past.set((*self.past.value, before)[-LONGEST_PAST:])
                self.future.set(())
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
            seen = self.preview.value
            if seen is not None and seen[0].view == view:
                # What was seen while the slider moved are the first pairs of the answer.
                self._put(view, seen[1])
            self.let_go()

    def _set_out(self, view: View) -> None:
        """Have the first runs of a view begun: to draw the page with it takes as long as one of them."""
        self._ahead = None
        self.people.stop()
        if Served.workers.ready.is_set() and not unpaired(view):
            of = arms(view), view.seed, view.pairs, self.place, next(NUMBERS)
            self._ahead = view, head_start(Served.workers, KEPT, *of)

    def begun(self, view: View) -> HeadStart:
        """Return the runs that were begun for a view, once; else a number for others."""
        ahead, self._ahead = self._ahead, None
        # A slider that was moved meanwhile has stopped them.
        if ahead and ahead[0] == view and Served.workers.waits_for(self.place) == ahead[1].number:
            return ahead[1]
        return HeadStart(next(NUMBERS), {})

    def refuse(self, error: InputError) -> None:
        """Say what cannot be set. The controls show what was refused; sent anew they show what holds."""
        self.error.set(error)
        self.view.set(replace(self.view.value))

    def let_go(self) -> None:
        """Show what was asked for, and no preview."""
        # This alone takes the preview off the screen, so that it is never taken for an answer.
        with self.together:
            self.held.set(None)
            self.preview.set(None)

    def drag(self, event: dict[str, Any] | None) -> None:
        """Look at what a slider says while it is being moved; None: it was let go where it was."""
        self.people.stop()
        if event is None:
            self.let_go()
            return
        view = self._with(event)
        try:
            arms(view)
        except InputError:
            # It is said when it is let go.
            self.previewed.set(int(event["number"]))
            return
        if not unpaired(view):
            self.held.set(Held(view, float(event["value"]), int(event["number"])))

    def show_preview(self, held: Held, result: Result) -> None:
        """Show what a few pairs say of a value, unless the hand is elsewhere by now."""
        if self.held.value is held:
            self.shown += 1
            with self.together:
                self.preview.set((held, result))
                self.previewed.set(held.number)

    def on_screen(self) -> tuple[View, Result] | None:
        """Return what is to be drawn: while a slider is being moved its preview, else the last result."""
        seen = self.preview.value
        if self.held.value is None or seen is None:
            return self.result.value
        return seen[0].view, seen[1]

    def start(self) -> Place:
        """Return where a page without an address of its own starts."""
        return Place(Served.start.view, Served.start.language, TABS[0])

    def address(self) -> str:
        """Return the address of what the page shows."""
        view = self.view.value
        file, target = view.requests is not None, self.target.fields.value
        place = Place(view, self.language.value, self.tab.value, file, target, self.by.value)
        place = replace(place, sweep=self.sweep.fields.value, third=self.third.choice.value)
        return written(place, Served.start.out)

    def go(self, query: str) -> None:
        """Show what an address says; one that cannot be used changes nothing, and one line says why."""
        self.came = query
        try:
            place = read(query, self.start(), Served.start.out)
        except InputError as error:
            self.language.set(language_of(query, self.language.value))
            self.error.set(error)
        else:
            # The file that is in use stays: an address does not hold it, so it cannot say another.
            requests = self.view.value.requests
            view = replace(place.view, requests=requests, shared={} if requests else place.view.shared)
            self.language.set(place.language)
            self.tab.set(place.tab)
            self.target.fields.set(place.target)
            self.sweep.fields.set(place.sweep)
            self.by.set(place.by)
            self.third.choose(place.third)
            self.further.set(tuple(dict.fromkeys([*self.further.value, *further_of(view)])))
            if view != self.view.value:
                self.set(view)
            else:
                self.error.set(unpaired(view) or "")
            if place.file and requests is None:
                allowed = "made while no request file was in use; choose the file again"
                self.error.set(InputError("address", "file=yes", allowed))
        self.told = self.address()

    def undo(self) -> None:
        """Take the last change of the view back."""
        if self.past.value:
            *before, last = self.past.value
            with self.together:
                self.past.set(tuple(before))
                self.future.set((*self.future.value, self.view.value))
                self.set(last, stepping=True)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self.future.value:
            *after, following = self.future.value
            with self.together:
                self.future.set(tuple(after))
                self.past.set((*self.past.value, self.view.value))
                self.set(following, stepping=True)

    def is_changed(self) -> bool:
        """Whether the view is another one than the page started with."""
        return self.view.value != self.start().view

    def start_again(self) -> None:
        """Take all changes back."""
        self.set(self.start().view)

    def standing(self) -> tuple[str, bool]:
        """Return how the result stands to what is asked for, and whether an answer is being computed.

        ``current``: it answers it, in whole or as far as it was let run; ``partial``: it will, and more pairs
        are on their way; ``old``: it answers what was asked for before; ``none``: there is nothing to show.
        ``preview``: a few pairs stand for a value of a slider that is being moved.
        """
        view, shown = self.view.value, self.result.value
        if self.held.value is not None:
            waiting = "none" if shown is None else "old"
            return (waiting if self.preview.value is None else "preview"), True
        working = self.settled.value != view
        if shown is not None and shown[0] == view:
            working = working and not shown[1].whole
            return ("partial" if working else "current"), working
        return ("old" if working and shown is not None else "none"), working

    def show(self, view: View, result: Result) -> None:
        """Put a result on the screen."""
        self.shown += 1
        self._put(view, result)

    def _put(self, view: View, result: Result) -> None:
        with self.together:
            self.result.set((view, result))
            self.past_comparisons.note(view, result)

    def bring_back(self, number: int) -> None:
        """Show a comparison again that was on the screen before."""
        view = self.past_comparisons.view_of(int(number))
        if view is not None:
            self.set(view)

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
        self.target.cancel()
        self.sweep.cancel()
        self.third.cancel()
        self.people.stop()
        Served.workers.free_place(self.place)
        self.upload.forget()
        self.hotline.close()

    def cancel(self) -> None:
        """Stop the comparison under way; what there is stays."""
        self.cancel_asked = True
        Served.workers.ask(self.place, -1)

    def changed(self, event: dict[str, Any]) -> None:
        """Set what a slider, switch or choice says."""
        self.set(self._with(event))

    def _with(self, event: dict[str, Any]) -> View:
        """Return the view that a slider, switch or choice asks for."""
        key, side, view = str(event["key"]), int(event["side"]), self.view.value
        value = read_value(key, event["value"])
        return view.with_shared(key, value) if side < 0 else view.with_change(side, key, value)

    def choose(self, event: dict[str, Any]) -> None:
        """Put another scenario on a side: one that the choosers offer."""
        side, name = int(event["side"]), str(event["name"])
        view, start = self.view.value, self.start().view
        try:
            if name in (*offered(), *start.names, *view.names):
                self.set(view.with_name(side, name))
                return
            path = view_name(address_name(name, Served.start.out), Served.start.out)
            if path is None:
                raise InputError(SIDES[side], name, "a scenario that the page offers")
            self.set(on_its_world(view.with_name(side, path), side, start))
        except InputError as error:
            self.refuse(error)

    def save_as(self, event: dict[str, Any]) -> None:
        """Save a side under a name, and go on with what was saved."""
        side, view = int(event["side"]), self.view.value
        try:
            path = save(view, side, str(event["name"]), Served.start.out)
        except InputError as error:
            self.saved_as.set("")
            self.refuse(error)
            return
        with self.together:
            self.saved_as.set(path)
            self.set(view.with_name(side, path))

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
            self.refuse(error)
            return
        self.set(replace(self.view.value, **{name: value}))

    def addable(self) -> list[str]:
        """Return the parameters that can be added to the sliders."""
        return [key for key in further_keys() if key not in self.further.value]

    def add(self, key: str) -> None:
        """Add a parameter to the sliders."""
        if key in self.addable():
            self.further.set((*self.further.value, key))
