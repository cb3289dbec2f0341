"""What one open page holds of its third arm: the choice, the comparison, and how far it is."""

from dataclasses import dataclass

import solara

from experiments.dashboard.serving.long_work import LongWork
from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.state.third_arm import NONE
from experiments.dashboard.work.three_arms import Compared


@dataclass(frozen=True, eq=False)
class Shown:
    """Three arms on the screen: of which view, with which third, and their comparison."""

    view: View
    choice: str
    found: Compared


class ThirdState(LongWork[tuple[int, int]]):
    """The state of the third arm on one page; its progress is runs that are there, and wanted."""

    def __init__(self) -> None:
        super().__init__((0, 0))
        self.choice = solara.reactive(NONE)
        self.shown: solara.Reactive[Shown | None] = solara.reactive(None)

    def choose(self, choice: str) -> None:
        """Choose the third arm, and have it run."""
        if choice != self.choice.value:
            self.error.set("")
            self.choice.set(choice)
            if choice != NONE:
                self.start()

    def standing(self, view: View) -> str:
        """Return how what is shown stands to what is asked for: ``current``, ``old``, or ``none``."""
        shown = self.shown.value
        if shown is None:
            return "none"
        return "current" if (shown.view, shown.choice) == (view, self.choice.value) else "old"
