"""Which modules declare something: the machine imports them before it puts together what they declared."""

import importlib
import sys
from typing import Any

_expected: list[str] = []


def expect(*modules: str) -> None:
    """Note modules that declare events, followers of moments, columns or draws."""
    _expected.extend(name for name in modules if name not in _expected)


def import_all() -> None:
    """Import all modules that were noted, and those that they note in turn.

    Raises
    ------
    RuntimeError
        If one of them is only half imported: what is put together now would lack the rest of it.
    """
    for name in _expected:
        module = sys.modules.get(name)
        if module is not None and getattr(module.__spec__, "_initializing", False):
            raise RuntimeError(
                f"{name} is still being imported: what it declares can be used in functions only"
            )
        importlib.import_module(name)


def place_of(function: Any) -> str:
    """Return folder, module and name of a function, compiled or not."""
    python = getattr(function, "py_func", function)
    return ".".join((*python.__module__.split(".")[-2:], python.__name__))
