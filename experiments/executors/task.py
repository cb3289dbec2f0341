"""One run as a task, and what comes back: the same function whoever carries it out."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from experiments.runs.function_references import code_version, named_function
from sim.errors import one_line
from sim.parameters.scenario import Scenario

_LONGEST_ERROR = 500


@dataclass(frozen=True)
class Task:
    """One run to compute; functions are named, so that a worker anywhere can import them."""

    run: bytes
    scenario: Scenario
    seed: int
    replication: int
    simulate: str
    measure: str
    code: str
    #: Parameters that name a file, with the hash of what is in it where the study was planned.
    contents: Mapping[str, str] = field(default_factory=dict)


class OtherSources(RuntimeError):
    """A worker would compute with other sources, or from other files, than the study was planned with."""


@dataclass(frozen=True)
class Outcome:
    """What became of a task: its numbers, or None and what went wrong."""

    run: bytes
    values: Mapping[str, float] | None
    error: str
    seconds: float


class Executor(Protocol):
    """Carries out tasks, several at a time, in any order."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""

    @property
    def slots(self) -> int:
        """How many tasks it wants in hand."""

    @property
    def in_hand(self) -> int:
        """How many tasks it has in hand."""

    def prepare(self, scenario: Scenario, simulate: str) -> None:
        """Do what is to be done once before many runs: compile."""

    def submit(self, task: Task) -> None:
        """Take a task."""

    def collect(self, block: bool = True) -> list[Outcome]:
        """Return the tasks that are finished; wait until there is one, unless told not to `block`."""

    def forget(self) -> None:
        """Give up what is in hand."""

    def close(self) -> None:
        """End the workers."""


def carry_out(task: Task) -> Outcome:
    """Simulate and measure; what goes wrong is the outcome, unless the worker is not fit to work at all."""
    began = time.perf_counter()
    if code_version(task.simulate, task.measure) != task.code:
        raise OtherSources(
            "a worker has other sources than this process, or another version of Python or a library: bring "
            "them to the same versions and give the same command again"
        )
    if task.contents:
        _check_files(task)
    try:
        simulate, measure = named_function(task.simulate), named_function(task.measure)
        records = simulate(task.scenario, seed=task.seed, replication=task.replication)
        values = {
            str(name): float(value) for name, value in measure(records).items() if name != "replication"
        }
        return Outcome(task.run, values, "", time.perf_counter() - began)
    except Exception as error:
        text = one_line(f"{type(error).__name__}: {error}")[:_LONGEST_ERROR]
        return Outcome(task.run, None, text, time.perf_counter() - began)


def _check_files(task: Task) -> None:
    from experiments.runs.run_identity import contents

    try:
        here = contents(task.scenario)
    except (OSError, ValueError) as error:
        raise OtherSources(f"a worker cannot read a file of the study: {one_line(str(error))}") from None
    if here != task.contents:
        raise OtherSources(f"a worker reads another file than this process: {', '.join(task.contents)}")
