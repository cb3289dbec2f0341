"""A few pairs while a slider is being moved: the last value alone, at once, and nothing waits in a queue."""

from dataclasses import replace
from typing import Any

from experiments.dashboard.serving.page_state import KEPT, Held, PageState
from experiments.dashboard.serving.server import Served
from experiments.dashboard.state.scenario_pair import arms
from experiments.dashboard.work.comparison import pairs_of
from experiments.system.faults import WorkerDied
from sim.errors import InputError

#: How many: two are drawn where they come slowly, and these once the hand rests. With two the intervals are
#: thrice as wide as with four; more would come too late for a hand that moves.
PREVIEW_PAIRS = 4


def preview(page_state: PageState, held: Held | None, cancel: Any) -> None:
    """Run a few pairs of a value and show them; runs in a thread of its own, until there is a newer value.

    It asks for runs in the place of the comparison: whichever of the two asked last has the workers, and
    runs for any other value stop.
    """
    if held is None or not Served.workers.ready.is_set():
        return
    view = held.view
    few = min(PREVIEW_PAIRS, view.pairs)
    work = arms(view), view.seed, few, cancel.is_set, page_state.place, held.work
    try:
        for result in pairs_of(Served.workers, KEPT, *work):
            if not cancel.is_set():
                page_state.show_preview(held, replace(result, wanted=view.pairs))
    except (InputError, WorkerDied, RuntimeError):
        # The comparison says it, once the slider is let go.
        return
