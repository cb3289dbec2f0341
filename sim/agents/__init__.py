"""The four kinds of agent as Mesa knows them: a model, and live views of places in the engine's columns.

What agents decide is in `sim.rules`. This folder stands on top of `sim`: nothing in it is imported by the
rest. It imports Mesa, which takes seconds, so the classes load on first use.
"""

import importlib
from typing import Any

_KINDS = ("Resident", "Merchant", "Unit", "Cadre")

__all__ = list(_KINDS)


def __getattr__(name: str) -> Any:
    if name in _KINDS:
        return getattr(importlib.import_module("sim.agents.people"), name)
    raise AttributeError(f"module 'sim.agents' has no attribute {name!r}")
