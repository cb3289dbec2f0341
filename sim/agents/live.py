"""What every live view is: a place in the engine's columns, and no more than that.

An agent holds its model and its index, never an array: arrays may be replaced when they grow. What could not
take effect is refused in one sentence rather than kept: the engine asks no agent's method what to do, and
knows no attribute that is not a column of its own.
"""

from typing import Any

import mesa

from sim.agents.protocol import Community
from sim.errors import InputError, did_you_mean

GUIDE = "see docs/guides/mesa.md"


def check(agent: object, name: str, value: Any, low: float, high: float) -> float:
    """Return a number that is to be written, after refusing what is none or lies beyond its bounds."""
    try:
        number = float("nan") if isinstance(value, bool | str | bytes) else float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if not low <= number <= high:
        raise InputError(f"{type(agent).__name__}.{name}", value, f"a number from {low:g} to {high:g}")
    return number


class Column:
    """An attribute that reads one field of one of the state's arrays at the agent's index."""

    def __init__(self, array: str, field: str, doc: str) -> None:
        self.array = array
        self.field = field
        self.__doc__ = doc

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn under which name the attribute is known."""
        self.name = name

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        """Return the value now."""
        if agent is None:
            return self
        return getattr(agent.model.state, self.array)[self.field][agent.index].item()

    def __set__(self, agent: Any, value: Any) -> None:
        """Refuse: what the engine derives other things from has a setter of its own."""
        raise AttributeError(f"{type(agent).__name__}.{self.name} is the engine's to change; {GUIDE}")


class Flag(Column):
    """An attribute that reads one bit of a field of flags."""

    def __init__(self, array: str, bit: int, doc: str) -> None:
        super().__init__(array, "flags", doc)
        self.bit = bit

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        """Return whether the bit is set."""
        if agent is None:
            return self
        return bool(super().__get__(agent, owner) & self.bit)


class _Fixed(type):
    """Classes whose methods the engine does not ask: replacing one would change nothing."""

    def __setattr__(cls, name: str, value: Any) -> None:
        """Refuse all but what Python and Mesa note about a class."""
        if not name.startswith("_"):
            raise TypeError(f"{cls.__name__}.{name} cannot be replaced: {_NOT_ASKED}")
        super().__setattr__(name, value)


_NOT_ASKED = (
    "the engine runs the rules of sim/agents, not the methods of agents; "
    "change the rule (docs/guides/change-a-rule.md) or set a parameter"
)


class View(mesa.Agent, metaclass=_Fixed):
    """An agent that is a place in the model's columns."""

    model: Community
    index: int

    def __init_subclass__(cls, **named: Any) -> None:
        """Refuse a class of somebody's own."""
        super().__init_subclass__(**named)
        if not cls.__module__.startswith("sim.agents."):
            raise TypeError(f"{cls.__name__} cannot be a kind of {cls.__bases__[0].__name__}: {_NOT_ASKED}")

    def __init__(self, model: Community, *index: int, **named: Any) -> None:
        # No other signature: create_agents and from_dataframe come here too.
        if not getattr(model, "_making", False) or named or len(index) != 1:
            raise TypeError(
                f"{type(self).__name__} cannot be created: who is there follows from the scenario "
                f"(such as community.residents), and model.agents_by_type holds everybody; {GUIDE}"
            )
        super().__init__(model)
        self.index = int(index[0])

    @classmethod
    def _at(cls, model: Community, index: int) -> Any:
        """Return a view that is not among the model's agents: to look at one without making them all."""
        view = cls.__new__(cls)
        view.__dict__.update(model=model, unique_id=None, pos=None, index=int(index))
        return view

    def __setattr__(self, name: str, value: Any) -> None:
        """Write what the engine goes on with; refuse all else."""
        kind = type(self).__name__
        known = getattr(type(self), name, None)
        if isinstance(known, Column) or (isinstance(known, property) and known.fset is not None):
            super().__setattr__(name, value)
        elif isinstance(known, property):
            raise AttributeError(f"{kind}.{name} is derived by the engine and cannot be set; {GUIDE}")
        elif callable(known):
            raise AttributeError(f"{kind}.{name} cannot be replaced: {_NOT_ASKED}")
        elif name in _MESAS and "index" not in vars(self):
            super().__setattr__(name, value)
        elif name in _MESAS:
            raise AttributeError(f"{kind}.{name} cannot be set: it says which place of the engine this is")
        else:
            hint = did_you_mean(name, (key for key in dir(type(self)) if not key.startswith("_")))
            hint = hint or "keep notes of your own in a dictionary by person_id, unit_id or index"
            raise AttributeError(f"{kind} has no attribute {name} that could be set; {hint}")

    def remove(self) -> None:
        """Refuse: the engine would go on with whoever was taken out of Mesa's lists."""
        raise TypeError(
            f"{type(self).__name__} cannot be removed: the engine would go on with it; "
            f"who is there follows from the scenario; {GUIDE}"
        )

    def step(self) -> None:
        """Refuse: the engine moves everybody at once."""
        raise TypeError(f"{type(self).__name__}.step does nothing: call model.step(), which runs a day")

    def advance(self) -> None:
        """Refuse: the engine moves everybody at once."""
        raise TypeError(f"{type(self).__name__}.advance does nothing: call model.step(), which runs a day")


#: Attributes that Mesa and the view set once.
_MESAS = ("model", "unique_id", "pos", "index")
