"""Runs that together pass through all compiled code, small enough to do without the compiler."""

from collections.abc import Iterable

from sim import load_scenario, simulate
from tests.guarantees.runs import fingerprint
from tests.mechanisms.collect import COVERING


def covering_fingerprints(labels: Iterable[str] = COVERING) -> dict[str, dict[str, str]]:
    """Run those of `COVERING` and return their fingerprints."""
    found = {}
    for label in labels:
        name, overrides, seed = COVERING[label]
        found[label] = fingerprint(simulate(load_scenario(name, overrides), seed=seed))
    return found
