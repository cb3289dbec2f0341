"""Functions by name, ``module:function``: what a worker anywhere can import, with their version.

``module:function(a,b)`` is what that function returns for the texts a and b: a measure made for a question.
"""

import functools
import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sim.engine.sources import library_versions, result_hash
from sim.errors import InputError

#: What makes the records of a run, and what reduces them to numbers, unless said otherwise.
ENGINE = "sim.simulation:simulate"
ESTIMANDS = "analysis.estimates.estimands:estimate"
_ASKED = "analysis.estimates.estimands:asked"
#: Libraries whose version may move an estimate; those below the engine are in `sim.engine.sources.LIBRARIES`.
_LIBRARIES = ("pandas", "scipy")
#: Modules that stores and scripts of earlier versions name, and where their functions are now.
_MOVED = {"analysis.estimands": "analysis.estimates.estimands"}


@functools.lru_cache(maxsize=32)
def named_function(reference: str) -> Callable[..., Any]:
    """Return the function a reference ``module:function`` or ``module:function(a,b)`` names."""
    module, name = split_reference(reference)
    name, made, texts = name.partition("(")
    try:
        function = getattr(importlib.import_module(module), name)
        return function(*texts.rstrip(")").split(",")) if made else function
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


def metrics_reference(names: Iterable[str]) -> str:
    """Return the name of the function that computes these metrics of a run and no others."""
    return f"{_ASKED}({','.join(sorted(set(names)))})"


def split_reference(reference: str) -> tuple[str, str]:
    """Return module and name of a reference."""
    module, colon, name = reference.partition(":")
    if not colon or not module or not name:
        raise InputError("measure", reference, "the name of a function, written module:function")
    return _MOVED.get(module, module), name


@functools.cache
def code_version(simulate: str, measure: str) -> str:
    """Return the hash of the sources that make a number: the model, the analysis, both functions named.

    With what of Python, of the machine and of the libraries can change it: see
    `sim.engine.sources.result_hash`.
    """
    digest = hashlib.sha256(f"{simulate} {measure} {result_hash()}".encode())
    root = Path(__file__).resolve().parents[2]
    files = set((root / "analysis").rglob("*.py"))
    for reference in (simulate, measure):
        found = importlib.util.find_spec(split_reference(reference)[0])
        if found is not None and found.origin is not None:
            path = Path(found.origin).resolve()
            if path.is_file() and not path.is_relative_to(root / "sim"):
                files.add(path)
    # Two files may have the same name; where a checkout lies is no part of it.
    for content in sorted((path.name.encode(), path.read_bytes()) for path in files):
        digest.update(b"\0".join(content))
    for version in library_versions(_LIBRARIES):
        digest.update(version.encode() + b"\0")
    return digest.hexdigest()[:20]
