"""The sets in which Mesa keeps a model's agents, closed to writing: nobody joins or leaves a run."""

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

from mesa.agentset import _HardKeyAgentSet

from sim.agents.live import GUIDE


class Members(_HardKeyAgentSet):
    """A set of agents that only its model may change; what is selected from it is an ordinary set."""

    def __init__(self, agents: Iterable[Any], random: Any = None, owner: Any = None) -> None:
        # A set made by Mesa out of this one has no owner and is open.
        self._is_open = True
        super().__init__(agents, random)
        self._is_open = owner is None

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """Let the model itself enter or take out agents."""
        before, self._is_open = self._is_open, True
        try:
            yield
        finally:
            self._is_open = before

    def _check(self) -> None:
        if not self._is_open:
            raise TypeError(f"nobody can be added to or taken out of a model's agents; {GUIDE}")

    def add(self, agent: Any) -> None:
        """Add an agent, if the set is open."""
        self._check()
        super().add(agent)

    def discard(self, agent: Any) -> None:
        """Take an agent out, if the set is open."""
        self._check()
        super().discard(agent)

    def remove(self, agent: Any) -> None:
        """Take an agent out, if the set is open."""
        self._check()
        super().remove(agent)

    def select(
        self,
        filter_func: Any = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type | None = None,
    ) -> Any:
        """Select agents into a set of their own."""
        if inplace:
            self._check()
        return super().select(filter_func, at_most, inplace, agent_type)
