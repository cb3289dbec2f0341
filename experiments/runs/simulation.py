"""The simulation as commands use it: loaded on first use, compiled once before several workers start."""

from collections.abc import Callable, Sequence
from typing import Any

from sim.parameters.scenario import Scenario

Simulate = Callable[..., Any]
"""`simulate(scenario, seed=..., replication=...) -> Records`."""


def default_simulate() -> Simulate:
    """The simulation itself, imported on first use: it loads the compiler."""
    from sim.simulation import simulate

    return simulate


def warm_cache(scenarios: Sequence[Scenario], simulate: Simulate) -> None:
    """Compile once, here, before several workers would each do the same.

    A tiny run does it: machine code does not depend on the size of the community.
    """
    scenario = scenarios[0]
    tiny = scenario.model_copy(
        update={
            "warmup_days": 0,
            "horizon_days": 1,
            "followup_days": 0,
            "county": scenario.county.model_copy(update={"communities": 1, "residents": None}),
            "community": scenario.community.model_copy(update={"residents": 100, "merchants": 2}),
            "demand": scenario.demand.model_copy(update={"stream": None, "mapping": None}),
            "verification": scenario.verification.model_copy(update={"mode": "none"}),
        }
    )
    simulate(tiny, seed=0, replication=0)
