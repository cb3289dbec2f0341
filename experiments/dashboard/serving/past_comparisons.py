"""The comparisons that a page has shown, newest first, each to be brought back.

Runs are not held here: `page_state.KEPT` has them as long as there is room. What is held of a result is its
table of measures.
"""

import itertools
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import solara

from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.work.comparison import Result

#: Beyond which the oldest is given up.
MOST = 30


@dataclass(frozen=True, eq=False)
class Past:
    """A whole result that was on the screen.

    Attributes
    ----------
    names
        Of both sides, as the table has them.
    """

    number: int
    view: View
    when: datetime
    names: tuple[str, str]
    table: pd.DataFrame


class PastComparisons:
    """Those of one page. A view stands there once, at the time when it was first seen whole."""

    def __init__(self) -> None:
        self.listed: solara.Reactive[tuple[Past, ...]] = solara.reactive(())
        self._numbers = itertools.count(1)

    def note(self, view: View, result: Result) -> None:
        """Put a result on the list, if it is whole and its view is not there."""
        listed = self.listed.value
        if result.whole and all(one.view != view for one in listed):
            now = datetime.now().astimezone()
            new = Past(next(self._numbers), view, now, result.names, result.table)
            self.listed.set((new, *listed)[:MOST])

    def view_of(self, number: int) -> View | None:
        """Return the view of a comparison; None if it is no longer on the list."""
        return next((one.view for one in self.listed.value if one.number == number), None)
