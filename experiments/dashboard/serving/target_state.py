"""What one open page holds of its search for the smallest team: fields, answer, and how far it is."""

from dataclasses import dataclass

import solara

from experiments.dashboard.serving.long_work import LongWork
from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.state.target_fields import Ask, Fields, ask_of
from experiments.dashboard.work.team_years import Answer, kept_years
from sim.errors import InputError

#: Years of all pages, as `page_state.KEPT` has the runs of all comparisons.
YEARS = kept_years()


@dataclass(frozen=True, eq=False)
class Shown:
    """An answer on the screen: what was asked, with the view whose sides are named, and what was found.

    Attributes
    ----------
    simulated
        Years that were simulated for it.
    """

    ask: Ask
    view: View
    answers: tuple[Answer, ...]
    simulated: int


@dataclass(frozen=True)
class Progress:
    """How far a search is: side, team, years of it that are there, and wanted; and years simulated in all."""

    side: int = 0
    team: tuple[int, ...] = ()
    done: int = 0
    of: int = 0
    simulated: int = 0


class TargetState(LongWork[Progress]):
    """The state of the tab on one page."""

    def __init__(self) -> None:
        super().__init__(Progress())
        self.fields: solara.Reactive[Fields] = solara.reactive(Fields())
        self.shown: solara.Reactive[Shown | None] = solara.reactive(None)

    def set(self, name: str, text: str) -> None:
        """Set a field to what was typed, or say in a line why it cannot be."""
        try:
            found = self.fields.value.with_text(name, text)
        except InputError as error:
            self.error.set(error)
            return
        self.error.set("")
        self.fields.set(found)

    def standing(self, view: View) -> str:
        """Return how the answer stands to what is asked for: ``current``, ``old``, or ``none``."""
        shown = self.shown.value
        if shown is None:
            return "none"
        return "current" if shown.ask == ask_of(view, self.fields.value) else "old"
