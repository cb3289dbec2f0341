"""What one open page holds of its sweeps: fields, the answer to either question, and how far it is."""

from dataclasses import dataclass

import solara

from experiments.dashboard.serving.long_work import LongWork
from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.state.sweep_fields import Ask, Fields, ask_of
from experiments.dashboard.work.point_runs import kept_points
from experiments.dashboard.work.sweeping import Answer
from sim.errors import InputError

#: Runs of all pages.
POINTS = kept_points()


@dataclass(frozen=True, eq=False)
class Shown:
    """An answer on the screen: what was asked, what was found, and how many runs were simulated for it."""

    ask: Ask
    answer: Answer
    simulated: int


class SweepState(LongWork[tuple[int, int]]):
    """The state of the tab on one page; its progress is runs that are there, and wanted."""

    def __init__(self) -> None:
        super().__init__((0, 0))
        self.fields: solara.Reactive[Fields] = solara.reactive(Fields())
        #: The last answer to each question.
        self.answers: solara.Reactive[dict[str, Shown]] = solara.reactive({})

    @property
    def shown(self) -> Shown | None:
        """The answer to the question that is open."""
        return self.answers.value.get(self.fields.value.question)

    def show(self, found: Shown) -> None:
        """Put an answer on the screen."""
        self.answers.set({**self.answers.value, found.ask.fields.question: found})

    def set(self, view: View, name: str, text: str) -> None:
        """Set a field to what was typed or chosen, or say in a line why it cannot be."""
        now = self.fields.value
        try:
            if name == "tick":
                found = now.toggled(text, ask_of(view, now).fields.ticked)
            else:
                found = now.about(text) if name == "parameter" else now.with_text(name, text)
        except InputError as error:
            self.error.set(error)
            return
        self.error.set("")
        self.fields.set(found)

    def standing(self, view: View) -> str:
        """Return how the answer stands to what is asked for: ``current``, ``old``, or ``none``."""
        shown = self.shown
        if shown is None:
            return "none"
        return "current" if shown.ask == ask_of(view, self.fields.value) else "old"
