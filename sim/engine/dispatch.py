"""Which function handles which event, and the compiled code that hands an event over.

A mechanism says beside its function what it handles: ``@on(EV_CHASE, stage=AT_SHELF)``. From what was said,
`dispatcher` writes one function, a branch an event. Its source can be read in a traceback, in a debugger and
with `cogov explain events`.
"""

import importlib
import inspect
import linecache
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sim.engine.declare import all_events, event_name
from sim.engine.jit import inner, piece
from sim.engine.modules import place_of
from sim.engine.tables import cases

#: Of an event that holds good while its case is in the spell in which it was filed, at whichever stage.
ANY = -1

_FILE = "<the dispatcher of events, written by sim.engine.dispatch>"

_STAGES = {number: name for name, number in vars(cases).items() if name.startswith("AT_")}


class Handler(NamedTuple):
    """What happens at one kind of event."""

    event: int
    function: Any
    stage: int | None
    takes: int

    @property
    def event_name(self) -> str:
        """The name of the event's number."""
        return event_name(self.event)

    @property
    def condition(self) -> str:
        """Where a case must be for the event to hold good, in words; empty if the function judges itself."""
        if self.stage is None:
            return ""
        at = "" if self.stage == ANY else _STAGES[self.stage].removeprefix("AT_").lower() + ", "
        return f"{at}same spell"

    @property
    def name(self) -> str:
        """Where the function stands, such as ``case.closing.chase``."""
        return place_of(self.function)


_handlers: dict[int, Handler] = {}


def on(event: int, stage: int | None = None) -> Callable[[Callable[..., Any]], Any]:
    """Compile a function and let it handle an event.

    Parameters
    ----------
    event
        What `sim.engine.declare.event` returned.
    stage
        For events about a case, filed with the case's spell as ordinal: the event is dropped unless the case
        is still in that spell and at this stage (`ANY`: at whichever stage).

    Notes
    -----
    The function takes the state and the time, and between them as much of the event as it needs: nothing,
    the entity, or the entity and the ordinal.
    """

    def register(function: Callable[..., Any]) -> Any:
        takes = len(inspect.signature(function).parameters) - 2
        if event in _handlers:
            raise ValueError(f"{event_name(event)} is handled by {_handlers[event].name} already")
        if not 0 <= takes <= 2:
            raise ValueError(f"{function.__name__} takes the state, up to two numbers of the event, the time")
        compiled = piece(function)
        _handlers[event] = Handler(event, compiled, stage, takes)
        return compiled

    return register


def handlers(modules: Iterable[str]) -> list[Handler]:
    """Import the modules named and return what handles each event, in the order of events.

    Raises
    ------
    ValueError
        If nobody handles an event.
    """
    for module in modules:
        importlib.import_module(module)
    missing = [event_name(number) for number in all_events() if number not in _handlers]
    if missing:
        raise ValueError(
            f"nobody handles {', '.join(missing)}: is the module that does in sim/mechanism_list.py?"
        )
    return [_handlers[number] for number in sorted(_handlers)]


def source(handled: Iterable[Handler]) -> str:
    """Return the source of the dispatcher."""
    lines = ["def handle(s, kind, i, j, t):", '    """Hand one event to its mechanism."""']
    branch = "if"
    for event, function, stage, takes in handled:
        name = function.__name__
        lines.append(f"    {branch} kind == {event_name(event)}:")
        indent = " " * 8
        if stage is not None:
            at = "" if stage == ANY else f's.track[i]["stage"] == {_STAGES[stage]} and '
            lines.append(f'{indent}if {at}s.track[i]["spell"] == j:')
            indent += " " * 4
        lines.append(f"{indent}{name}({', '.join(('s', 'i', 'j')[: takes + 1])}, t)")
        branch = "elif"
    return "\n".join(lines) + "\n"


def dispatcher(modules: Iterable[str]) -> Any:
    """Return the compiled function ``handle(s, kind, i, j, t)``.

    Numba and Python's tracebacks read its lines from `linecache`, since they stand in no file.
    """
    handled = handlers(modules)
    text = source(handled)
    known: dict[str, Any] = {"__name__": __name__}
    known.update({handler.event_name: handler.event for handler in handled})
    known.update({name: number for number, name in _STAGES.items()})
    for handler in handled:
        name = handler.function.__name__
        if name in known:
            raise ValueError(f"two handlers are called {name}")
        known[name] = handler.function
    linecache.cache[_FILE] = (len(text), None, text.splitlines(keepends=True), _FILE)
    exec(compile(text, _FILE, "exec"), known)
    return inner(known["handle"])
