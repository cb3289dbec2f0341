"""One run after another, in this process."""

from collections import deque

from experiments.executors.task import Outcome, Task, carry_out
from sim.parameters.scenario import Scenario


class Serial:
    """Carries tasks out here, one each time results are asked for."""

    name = "serial"
    slots = 1

    def __init__(self) -> None:
        self._waiting: deque[Task] = deque()

    @property
    def in_hand(self) -> int:
        """How many tasks it has in hand."""
        return len(self._waiting)

    def prepare(self, scenario: Scenario, simulate: str) -> None:
        """Nothing: the first run compiles."""

    def submit(self, task: Task) -> None:
        """Take a task."""
        self._waiting.append(task)

    def collect(self, block: bool = True) -> list[Outcome]:
        """Carry out the next task."""
        if not block:
            return []
        return [carry_out(self._waiting.popleft())]

    def forget(self) -> None:
        """Give up what is in hand."""
        self._waiting.clear()

    def close(self) -> None:
        """Nothing to end."""
