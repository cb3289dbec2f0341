"""The pieces of the loop that are compiled and kept each on its own."""

from typing import Any

import sim.loop  # noqa: F401  (with it every handler and every listener is there)
from sim.engine.dispatch import _handlers
from sim.engine.moments import MOMENTS


def pieces() -> list[Any]:
    """Return what handles an event and what follows a moment."""
    found = [one.function for one in _handlers.values()]
    found += [each.function for one in MOMENTS.values() for each in one.listeners]
    return list(dict.fromkeys(found))
