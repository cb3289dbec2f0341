"""All mechanisms' test files, found by their names, and what they declare together."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.mechanisms.checks import Break, CoveringRun
from tests.truth.equivalence import Experiment

_FOLDER = Path(__file__).parent
_WHOLE_MODEL = "tests.mechanisms.whole_model"


def _modules() -> Iterator[ModuleType]:
    yield importlib.import_module(_WHOLE_MODEL)
    for path in sorted(_FOLDER.glob("test_*.py")):
        yield importlib.import_module(f"tests.mechanisms.{path.stem}")


def _merged(table: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for module in MODULES:
        for label, value in getattr(module, table, {}).items():
            if label in found:
                raise ValueError(f"{module.__name__}: {table} has {label!r}, and so has another file")
            found[label] = value
    return found


MODULES = tuple(_modules())
#: The file of each mechanism. A file without these tables goes with the one that its name begins with.
MECHANISMS: dict[str, ModuleType] = {
    module.__name__.rpartition(".test_")[2]: module for module in MODULES[1:] if hasattr(module, "NEUTRAL")
}
COVERING: dict[str, CoveringRun] = _merged("COVERING")
LIMITS: list[Experiment] = [one for module in MODULES for one in getattr(module, "LIMITS", ())]
BREAKS: list[Break] = [one for module in MODULES for one in getattr(module, "BREAKS", ())]


def covering_runs_of(mechanism: str) -> list[str]:
    """Return the labels of the covering runs that pass through a mechanism."""
    module = MECHANISMS[mechanism]
    wanted = {*getattr(module, "COVERING", ()), *getattr(module, "COVERED_BY", ())}
    unknown = wanted - set(COVERING)
    if unknown:
        raise ValueError(f"{module.__name__}: COVERED_BY names runs that no file has: {sorted(unknown)}")
    return [label for label in COVERING if label in wanted]
