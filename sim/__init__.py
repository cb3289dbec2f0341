"""One run: what happens in a community.

This package knows nothing of experiments or analysis. The public names load on first use, so that
``import sim`` costs nothing until something is simulated.
"""

import importlib
from typing import Any

from sim.engine.modules import expect

# What the engine puts together when it is first used.
expect("sim.mechanism_list", "sim.initial_state")

_PUBLIC = {
    "load_scenario": "sim.scenario.loading",
    "simulate": "sim.simulation",
    "Run": "sim.simulation",
    "Records": "sim.records.tables",
    "CommunityModel": "sim.agents.model",
    "Scenario": "sim.parameters.scenario",
    "InputError": "sim.errors",
}

__all__ = list(_PUBLIC)


def __getattr__(name: str) -> Any:
    if name in _PUBLIC:
        return getattr(importlib.import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'sim' has no attribute {name!r}")
