"""What a command was asked to do: words `key=value`, split into its own keys and scenario overrides."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.documents import user_path
from sim.errors import InputError, did_you_mean
from sim.parameters import Scenario, describe, flatten, parameter_keys
from sim.scenario import load_scenario
from sim.seeds import LARGEST_SEED

LARGEST_REPLICATIONS = 100_000
EXECUTORS = ("serial", "processes")
LANGUAGES = ("en", "zh")
STUDY_KEYS = ("seed", "replications", "out", "executor", "jobs")
#: Of commands that can also work on a Dask cluster.
CLUSTER_EXECUTORS = (*EXECUTORS, "dask")
CLUSTER_KEYS = (*STUDY_KEYS, "executor.address")


@dataclass(frozen=True)
class Study:
    """What every command that simulates needs to know."""

    scenarios: tuple[Scenario, ...]
    seed: int
    replications: int
    out: Path
    executor: str
    jobs: int
    address: str = ""


@dataclass(frozen=True)
class Workers:
    """Who carries out runs: the executor's name, worker processes here, address of a Dask scheduler."""

    executor: str
    jobs: int
    address: str = ""


def split_words(words: Iterable[str], own_keys: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Separate the command's own keys (the last one wins) from overrides of scenario parameters."""
    own: dict[str, str] = {}
    overrides = []
    for word in words:
        if word.startswith("-"):
            raise InputError("option", word, "--help, or -m for run", hint="everything else is key=value")
        if word.startswith(("+", "~")):
            overrides.append(word)  # refused where overrides are read, with the reason
            continue
        key, equals, value = word.partition("=")
        key = key.strip()
        if not equals:
            hint = did_you_mean(key, [*own_keys, *parameter_keys()]) or "did you mean scenario=NAME?"
            raise InputError("argument", word, "written key=value", hint=hint)
        if key in own_keys:
            own[key] = _plain(key, value)
        elif key not in parameter_keys() and "." not in key and (hint := _close(key, own_keys)):
            raise InputError(key, value, f"one of {', '.join(own_keys)} or a parameter", hint=hint)
        else:
            overrides.append(word)
    return own, overrides


def workers(
    own: dict[str, str], default: str = "serial", executors: Sequence[str] = CLUSTER_EXECUTORS
) -> Workers:
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
    return Workers(executor, 1 if executor == "serial" else jobs, address)


def study(
    own: dict[str, str],
    scenarios: Sequence[Scenario],
    command: str,
    replications: int,
    executors: Sequence[str] = EXECUTORS,
    default: str = "serial",
) -> Study:
    """Read the common keys; `replications` and `default`, who carries out the runs, are the command's own."""
    chosen = workers(own, default, executors)
    repeat = whole_number("replications", own.get("replications"), replications, 1, LARGEST_REPLICATIONS)
    out = own.get("out", f"out/{command}")
    if not out:
        raise InputError("out", out, "the name of a folder")
    return Study(
        scenarios=tuple(scenarios),
        seed=whole_number("seed", own.get("seed"), 1, 0, LARGEST_SEED),
        replications=repeat,
        out=user_path(out, "out"),
        executor=chosen.executor,
        jobs=chosen.jobs,
        address=chosen.address,
    )


def load_arms(names: Sequence[str], overrides: Sequence[str]) -> list[Scenario]:
    """Load the scenarios of a comparison, overrides applied to each; refuse what cannot be paired."""
    if len(names) < 2:
        raise InputError(
            "scenarios", f"[{', '.join(names)}]", "at least two, [A,B]", hint="one alone: cogov run"
        )
    arms = [load_scenario(name, overrides) for name in names]
    labels = [arm.name for arm in arms]
    for label in labels:
        if labels.count(label) > 1:
            raise InputError(
                "scenarios",
                f"[{', '.join(names)}]",
                "scenarios with different names",
                hint=f"two are named {label!r}; give one file another `name:`",
            )
    for arm in arms[1:]:
        check_paired(arms[0], arm)
    return arms


def check_paired(first: Scenario, second: Scenario) -> None:
    """Refuse two scenarios whose cases have no twins in each other."""
    left, right = flatten(first), flatten(second)
    for row in describe():
        if row.tape and left[row.key] != right[row.key]:
            raise InputError(
                row.key,
                f"{shown(left[row.key])} in {first.name}, {shown(right[row.key])} in {second.name}",
                "the same in all scenarios compared, because it decides which needs and people there are",
                hint="set it for all with an override, or use `cogov run` for each (unpaired)",
            )


def name_list(value: str) -> list[str]:
    """Names of a list written `[A,B]` or `A,B`; quotes protect commas."""
    inner = value.strip()
    if inner.startswith("[") and inner.endswith("]"):
        inner = inner[1:-1]
    names = re.findall(r"""'[^']*'|"[^"]*"|[^,]+""", inner)
    names = [name.strip().strip("'\"") for name in names]
    return [name for name in names if name]


def language_of(own: Mapping[str, str]) -> str:
    """Return the language asked for, of a figure or a report."""
    language = own.get("language", "en")
    if language not in LANGUAGES:
        raise InputError("language", language, f"one of {', '.join(LANGUAGES)}")
    return language


def whole_number(key: str, value: str | None, default: int, low: int, high: int) -> int:
    """Read a whole number of the command line."""
    if value is None:
        return default
    text = value.strip()
    # Longer digit strings are out of every range, and slow to convert.
    if not re.fullmatch(r"[+-]?\d{1,20}", text, flags=re.ASCII) or not low <= int(text) <= high:
        raise InputError(key, value, f"a whole number from {low} to {high}")
    return int(text)


def shown(value: object) -> str:
    """A value as a user would write it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(shown(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shown(item)}" for key, item in value.items()) + "}"
    if hasattr(value, "model_dump"):
        return shown(value.model_dump())
    return str(value)


def _plain(key: str, value: str) -> str:
    if "${" in value:
        raise InputError(key, value, "a plain value", hint="interpolation (${...}) is not supported")
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value


def _close(key: str, own_keys: Sequence[str]) -> str:
    # A misspelt parameter is for the scenario to judge; it knows all names.
    return did_you_mean(key, own_keys) if not did_you_mean(key, parameter_keys()) else ""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    # More processes than this cannot be waited for on Windows.
    return min(os.cpu_count() or 1, 60)
