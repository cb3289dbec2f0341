"""What an open page holds of a hotline's own file beside the file: what was changed, and work on it."""

from collections.abc import Callable, Sequence
from typing import Any

import solara

from experiments.city.import_file.needs import KEYS, need_value
from experiments.dashboard.serving import request_file as reader
from experiments.dashboard.serving.job import Job
from experiments.dashboard.serving.request_file import Reading
from experiments.dashboard.serving.server import Served
from experiments.dashboard.state.hotline_commands import Kept, StaffChange, kept
from sim.errors import InputError

Needs = dict[str, dict[str, float]]
#: Steps of more or fewer hands, at most.
MOST_STEPS = 400


class Hotline:
    """The steps after the file."""

    def __init__(self) -> None:
        #: What was set of categories, and which file that is of.
        self.needs: solara.Reactive[tuple[tuple[str, str], Needs]] = solara.reactive((("", ""), {}))
        self.needs_error: solara.Reactive[InputError | str] = solara.reactive("")
        #: What of it is in the mapping.
        self.written: solara.Reactive[Needs] = solara.reactive({})
        self.apply_asked = solara.reactive(0)
        self.applied = 0
        self.check = Job()
        self.what_if = Job()
        self.team = solara.reactive("")
        self.steps = solara.reactive(1)
        self.present: solara.Reactive[int | None] = solara.reactive(None)

    def close(self) -> None:
        """Give up what is under way: the page is closed."""
        self.check.close()
        self.what_if.close()

    def needs_of(self, reading: Reading) -> Needs:
        """Return what was set of the categories of a file."""
        of, needs = self.needs.value
        return needs if of == (reading.name, reading.first_text) else {}

    def set_need(self, reading: Reading, event: dict[str, Any]) -> None:
        """Set what a category asks of the organisations; what a mapping would refuse is one line."""
        category, key = str(event["category"]), str(event["key"])
        if key not in KEYS or category not in reading.stream.categories:
            return
        needs = {label: dict(values) for label, values in self.needs_of(reading).items()}
        try:
            needs.setdefault(category, {})[key] = need_value(category, key, str(event["text"]).strip()[:40])
        except InputError as error:
            self.needs_error.set(error)
            # The fields show what was refused; sent anew they show what holds.
            self.needs.set((self.needs.value[0], dict(self.needs.value[1])))
            return
        self.needs_error.set("")
        self.needs.set(((reading.name, reading.first_text), needs))

    def apply(self, asked: int, reading: Reading, done: Callable[[Reading], None]) -> None:
        """Write what was set into the mapping, once for each time it was asked for."""
        if asked <= self.applied:
            return
        self.applied = asked
        needs = self.needs_of(reading)
        try:
            done(reader.with_needs(reading, needs, Served.start.out / "requests"))
        except InputError as error:
            self.needs_error.set(error)

    def change(self, teams: Sequence[str]) -> StaffChange:
        """Return the change of staff that is set, in one of the teams."""
        team = self.team.value if self.team.value in teams else teams[0]
        return StaffChange(team, self.steps.value, self.present.value)

    def step(self, more: Any) -> None:
        """Take one step of more or fewer hands."""
        steps = self.steps.value + (1 if int(more) > 0 else -1)
        self.steps.set(max(-MOST_STEPS, min(MOST_STEPS, steps)))

    def set_present(self, text: Any) -> None:
        """Set how many work in the team now; empty: not known."""
        text = str(text).strip()
        if not text:
            self.present.set(None)
        elif text.isdecimal() and 0 < int(text) <= 100_000:
            self.present.set(int(text))


def kept_of(reading: Reading) -> Kept:
    """Return what the commands need to know of a file that was read."""
    folder = Served.start.out / "hotline"
    return kept(reading.file, reading.mapping, reading.stream.digest, reading.found, folder)
