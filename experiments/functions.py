"""Functions by name, ``module:function``: what a worker anywhere can import, and a hash can stand for."""

import functools
import importlib
import sys
from collections.abc import Callable
from typing import Any

from sim.errors import InputError

#: What makes the records of a run, and what reduces them to numbers, unless said otherwise.
ENGINE = "sim.simulation:simulate"
ESTIMANDS = "analysis.estimands:estimate"


@functools.lru_cache(maxsize=32)
def named_function(reference: str) -> Callable[..., Any]:
    """Return the function a reference ``module:function`` names."""
    module, name = split_reference(reference)
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError):
        raise InputError("measure", reference, "the name of a function, written module:function") from None


def reference_of(function: Callable[..., Any] | str) -> str:
    """Return ``module:function`` of a function, refusing one that a worker could not import."""
    if isinstance(function, str):
        named_function(function)
        return function
    reference = f"{function.__module__}:{function.__qualname__}"
    module = sys.modules.get(function.__module__)
    if function.__module__ == "__main__" or getattr(module, function.__qualname__, None) is not function:
        raise InputError("measure", reference, "a function at the top of a module that can be imported")
    return reference


def split_reference(reference: str) -> tuple[str, str]:
    """Return module and name of a reference."""
    module, colon, name = reference.partition(":")
    if not colon or not module or not name:
        raise InputError("measure", reference, "the name of a function, written module:function")
    return module, name
