"""The four kinds of agent: their decision rules, and their Mesa classes.

`resident`, `merchant`, `unit` and `cadre` hold the rules: numbers in, a number out, compiled. The engine and
the agent's own method call the same function. `views` holds the classes; it imports Mesa, which takes
seconds, so it loads on first use.
"""

import importlib
from typing import Any

_VIEWS = ("Resident", "Merchant", "Unit", "Cadre")

__all__ = list(_VIEWS)


def __getattr__(name: str) -> Any:
    if name in _VIEWS:
        return getattr(importlib.import_module("sim.agents.views"), name)
    raise AttributeError(f"module 'sim.agents' has no attribute {name!r}")
