"""What an agent in Mesa asks of its model. Views know this alone; the model knows the views."""

from typing import Protocol

from sim.engine.tables.run import State
from sim.parameters.scenario import Scenario
from sim.world.population import World


class Community(Protocol):
    """A model whose agents are places in the engine's columns: `sim.agents.model.CommunityModel`."""

    settings: Scenario

    @property
    def state(self) -> State:
        """The engine's arrays, as they are now, to be read."""

    @property
    def writable(self) -> State:
        """The engine's arrays, for setters alone."""

    @property
    def world(self) -> World:
        """What existed at time 0."""

    @property
    def categories(self) -> tuple[str, ...]:
        """Names of the categories of need, in the order of their codes."""

    @property
    def time_days(self) -> float:
        """Days since time 0."""

    def check(self) -> None:
        """Raise if the engine ran out of room while something was set from outside."""
