"""One run from start to end: build, advance, record."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.engine.state_pointer import pointer
from sim.engine.tables.run import State
from sim.errors import InputError
from sim.initial_state import Built, build, event_arrays, run_days
from sim.loop import DONE, FAULT, GROW, advance, begin
from sim.parameters.scenario import Scenario
from sim.records.tables import Records
from sim.scenario.seeds import checked_seed

#: Days between two looks at whether the run is to stop.
_STRIDE_DAYS = 30


@dataclass
class Run:
    """A run in progress: the arrays, and the seam between days."""

    scenario: Scenario
    seed: int
    replication: int
    built: Built
    _pointed: tuple[State, Any] | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    def start(cls, scenario: Scenario, seed: int = 1, replication: int = 0) -> "Run":
        """Build the state at time 0 and file what is known to come."""
        given: object = scenario
        if not isinstance(given, Scenario):
            shown = given if isinstance(given, str) else type(given).__name__
            raise InputError("scenario", shown, "a scenario made by sim.load_scenario")
        seed, replication = checked_seed("seed", seed), checked_seed("replication", replication)
        run = cls(scenario, seed, replication, build(scenario, seed, replication))
        begin(run._state())
        run.check_fault()
        return run

    @property
    def day(self) -> int:
        """Days run so far."""
        return int(self.built.state.clock["day"][0])

    @property
    def days(self) -> int:
        """Length of the run in days."""
        return run_days(self.scenario)

    def advance(self, until: int) -> None:
        """Run to the start of day `until`, growing arrays as needed."""
        until = min(until, self.days)
        while True:
            result = advance(self._state(), until)
            if result == DONE:
                return
            if result == FAULT:
                self.check_fault()
            if result == GROW:
                self._grow()

    def _state(self) -> Any:
        """Return the state as compiled code takes it, made anew only where an array was replaced."""
        state = self.built.state
        if self._pointed is None or self._pointed[0] is not state:
            self._pointed = state, pointer(state)
        return self._pointed[1]

    def _grow(self) -> None:
        state = self.built.state
        for name, used in (("new_tie", "new_ties"), ("transfer", "transfers"), ("member", "members")):
            old = getattr(state, name)
            if old.shape[0] and old.shape[0] - state.clock[used][0] < state.clock["exchange_margin"][0]:
                longer = np.zeros(2 * old.shape[0], old.dtype)
                longer[: old.shape[0]] = old
                self.built.state = state._replace(**{name: longer})
                return
        a_day = max(state.today.shape[0], state.heap.shape[0])
        larger = event_arrays(2 * state.event.shape[0], 2 * a_day)
        for name, array in larger.items():
            old = getattr(state, name)
            array[: old.shape[0]] = old
        self.built.state = state._replace(**larger)

    def check_fault(self) -> None:
        """Raise if the engine ran out of room."""
        fault = int(self.built.state.clock["fault"][0])
        if fault:
            raise RuntimeError(f"an array of the engine ran out of room (fault {fault})")

    def records(self) -> Records:
        """Return the records of the run so far."""
        return Records(self.scenario, self.seed, self.replication, self.built)


def simulate(
    scenario: Scenario,
    seed: int = 1,
    replication: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Records:
    """Run one scenario once.

    Parameters
    ----------
    scenario
        From `load_scenario`.
    seed, replication
        Two runs with the same seed and replication share their luck, whatever their scenarios.
    progress
        Called now and then with the days done and the days in all.

    Returns
    -------
    Records
        With `cases`, `daily`, `people`, `units`, `cadres`, `meetings` as data frames, and `moments`.
    """
    run = Run.start(scenario, seed, replication)
    while run.day < run.days:
        run.advance(run.day + _STRIDE_DAYS)
        if progress is not None:
            progress(run.day, run.days)
    return run.records()
