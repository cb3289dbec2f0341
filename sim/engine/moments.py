"""Moments: a mechanism makes known that something has happened, and others act on it.

A mechanism calls a moment instead of the mechanisms that stand above it. Whoever acts says so beside its
function: ``@after(need_arisen, 20)``. From what was said one function a moment is written, a line a
function, in the order of the numbers; it can be read in a traceback and with `cogov explain events`.
"""

import inspect
import linecache
from collections.abc import Callable
from typing import Any, NamedTuple

import numba

from sim.engine.jit import Linked, inner, piece
from sim.engine.modules import import_all, place_of


class Listener(NamedTuple):
    """What happens at a moment."""

    order: int
    function: Any

    @property
    def name(self) -> str:
        """Where the function stands, such as ``case.closing.chase``."""
        return place_of(self.function)


class Moment:
    """Something that happens in the life of a run, and the functions that follow it.

    Attributes
    ----------
    name, meaning
        Of the function that declares it, and its docstring.
    arguments
        What the moment is called with and hands on, the state first.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.name = function.__name__
        self.meaning = inspect.getdoc(function) or ""
        self.arguments = tuple(inspect.signature(function).parameters)
        self._listeners: dict[int, Listener] = {}
        self._written: Any = None

    def add(self, order: int, function: Any) -> None:
        """Let a function follow, at a place in the order.

        Raises
        ------
        ValueError
            If the place is taken, the function takes other arguments, or the moment is in use already.
        """
        python = getattr(function, "py_func", function)
        if order in self._listeners:
            raise ValueError(f"{self.name}: place {order} is taken by {self._listeners[order].name}")
        if len(inspect.signature(python).parameters) != len(self.arguments):
            raise ValueError(
                f"{python.__name__} must take what {self.name} hands on: {', '.join(self.arguments)}"
            )
        if self._written is not None:
            raise ValueError(f"{self.name} is in use: {python.__name__} comes too late")
        self._listeners[order] = Listener(order, function)

    @property
    def listeners(self) -> list[Listener]:
        """What follows, in order."""
        import_all()
        return [self._listeners[order] for order in sorted(self._listeners)]

    @property
    def source(self) -> str:
        """The source of the function that calls all."""
        arguments = ", ".join(self.arguments)
        lines = [f"def {self.name}({arguments}):", f'    """{self.meaning}"""']
        lines += [f"    follow_{one.order}({arguments})  # {one.name}" for one in self.listeners]
        return "\n".join(lines) + "\n"

    def written(self) -> Any:
        """Return the compiled function that calls all; from then on nothing may be added."""
        if self._written is None:
            text = self.source
            known: dict[str, Any] = {"__name__": __name__}
            known.update({f"follow_{one.order}": one.function for one in self.listeners})
            file = f"<the moment {self.name}, written by {__name__}>"
            linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
            exec(compile(text, file, "exec"), known)
            self._written = inner(known[self.name])
        return self._written

    def __call__(self, *arguments: Any) -> None:
        self.written()(*arguments)


class _Declared(Linked):
    """A moment as compiled code calls it: typed and linked as the function that is written for it."""

    moment: Moment

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """Return how the written function is called."""
        return self.moment.written().get_call_template(args, kws)

    def get_overload(self, sig: Any) -> Any:
        """Return the written function's code."""
        return self.moment.written().get_overload(sig)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self.moment.written()(*arguments, **named)


#: Every moment by its name.
MOMENTS: dict[str, Moment] = {}


def moment(function: Callable[..., Any]) -> Any:
    """Declare a moment: the function's docstring says what has happened; its body is never run."""
    if function.__name__ in MOMENTS:
        raise ValueError(f"two moments are called {function.__name__}")
    one = MOMENTS[function.__name__] = Moment(function)
    if numba.config.DISABLE_JIT:
        return one
    declared = inner(function)
    del declared.get_call_template
    declared.__class__ = _Declared
    declared.moment = one
    return declared


def after(what: Any, order: int) -> Callable[[Callable[..., Any]], Any]:
    """Compile a function and let it follow a moment.

    Parameters
    ----------
    what
        What `moment` returned.
    order
        Place among those that follow the same moment; frozen, since results depend on it.
    """

    def register(function: Callable[..., Any]) -> Any:
        compiled = piece(function)
        getattr(what, "moment", what).add(order, compiled)
        return compiled

    return register
