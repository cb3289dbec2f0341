"""The keys of every command that simulates: how many runs, where to, and who carries them out."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.arguments.key_values import whole_number
from sim.errors import InputError
from sim.input_files.documents import user_path
from sim.parameters.scenario import Scenario
from sim.scenario.seeds import LARGEST_SEED

LARGEST_REPLICATIONS = 100_000
EXECUTORS = ("serial", "processes")
#: Of every command that simulates.
COMMON_KEYS = ("seed", "replications", "out", "executor", "jobs")

#: Of commands that can also work on a Dask cluster.
CLUSTER_EXECUTORS = (*EXECUTORS, "dask")

CLUSTER_KEYS = (*COMMON_KEYS, "executor.address")


@dataclass(frozen=True)
class RunPlan:
    """What a command was asked to run, checked."""

    scenarios: tuple[Scenario, ...]
    seed: int
    replications: int
    out: Path
    executor: str
    jobs: int
    address: str = ""


@dataclass(frozen=True)
class ExecutorChoice:
    """Who carries out runs: the executor's name, worker processes here, address of a Dask scheduler."""

    executor: str
    jobs: int
    address: str = ""


def executor_choice(
    own: dict[str, str], default: str = "serial", executors: Sequence[str] = CLUSTER_EXECUTORS
) -> ExecutorChoice:
    """Read who carries out the runs; `default` is the command's own choice where nothing is said."""
    jobs = whole_number("jobs", own.get("jobs"), processors(), 1, 1024)
    address = own.get("executor.address", "")
    executor = own.get("executor")
    if executor is None and address and "dask" in executors:
        executor = "dask"
    elif executor is None:
        executor = default if "jobs" not in own else "processes" if jobs > 1 else "serial"
    if executor not in executors:
        raise InputError("executor", executor, f"one of {', '.join(executors)}")
    if executor == "serial" and "jobs" in own and jobs > 1:
        raise InputError("jobs", jobs, "1 with executor=serial", hint="use executor=processes")
    if address and executor != "dask":
        raise InputError("executor.address", address, "left out", hint=f"executor={executor} needs none")
    if address and not re.fullmatch(r"(tcp|tls|ucx|inproc|ws|wss)://\S+", address):
        raise InputError(
            "executor.address", address, "the address of a Dask scheduler, such as tcp://127.0.0.1:8786"
        )
    return ExecutorChoice(executor, 1 if executor == "serial" else jobs, address)


def run_plan(
    own: dict[str, str],
    scenarios: Sequence[Scenario],
    command: str,
    replications: int,
    executors: Sequence[str] = EXECUTORS,
    default: str = "serial",
) -> RunPlan:
    """Read the common keys; `replications` and `default`, who carries out the runs, are the command's own."""
    chosen = executor_choice(own, default, executors)
    repeat = whole_number("replications", own.get("replications"), replications, 1, LARGEST_REPLICATIONS)
    out = own.get("out", f"out/{command}")
    if not out:
        raise InputError("out", out, "the name of a folder")
    return RunPlan(
        scenarios=tuple(scenarios),
        seed=whole_number("seed", own.get("seed"), 1, 0, LARGEST_SEED),
        replications=repeat,
        out=user_path(out, "out"),
        executor=chosen.executor,
        jobs=chosen.jobs,
        address=chosen.address,
    )


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    # More processes than this cannot be waited for on Windows.
    return min(os.cpu_count() or 1, 60)
