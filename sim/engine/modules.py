"""Which modules declare something: the engine imports them before it puts together what they declared."""

import importlib
from typing import Any

_expected: list[str] = []


def expect(modules: tuple[str, ...]) -> None:
    """Note the modules that declare events, moments' followers, counters, draws or columns."""
    _expected.extend(name for name in modules if name not in _expected)


def import_all() -> None:
    """Import all modules that were noted.

    Raises
    ------
    RuntimeError
        If none were: what is put together then would lack every mechanism.
    """
    if not _expected:
        raise RuntimeError("no mechanism is known: import sim.mechanism_list first")
    for name in _expected:
        importlib.import_module(name)


def place_of(function: Any) -> str:
    """Return folder, module and name of a function, compiled or not."""
    python = getattr(function, "py_func", function)
    return ".".join((*python.__module__.split(".")[-2:], python.__name__))
