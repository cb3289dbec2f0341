"""What a folder of results says about how it was made."""

import functools
import hashlib
import json
import os
import platform
import shlex
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from experiments.arguments.run_plan import LARGEST_REPLICATIONS, RunPlan
from experiments.output.ownership import MANIFEST_VERSION
from sim.errors import InputError
from sim.input_files.documents import read_json
from sim.input_files.holiday_file import dates
from sim.input_files.roster_file import shifts
from sim.parameters.scenario import Scenario

PACKAGES = ("numpy", "numba", "scipy", "pandas", "pyarrow", "mesa", "pydantic", "hydra-core", "matplotlib")
SOURCES = ("sim", "scenarios", "experiments", "analysis")


def manifest(
    command: str,
    words: Sequence[str],
    plan: RunPlan,
    finished: Sequence[int],
    started: datetime,
    status: str,
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Everything needed to make the same results again.

    Parameters
    ----------
    command
        Name of the command.
    words
        The command line after the command's name.
    finished
        Replications that are in the files.
    status
        "complete" or "interrupted".
    more
        Further facts, of the request file for instance.
    """
    ended = datetime.now().astimezone()
    scenarios = {scenario.name: scenario.model_dump(mode="json") for scenario in plan.scenarios}
    return {
        "manifest_version": MANIFEST_VERSION,
        "status": status,
        "command": shlex.join(["cogov", command, *words]),
        "seed": plan.seed,
        "replications": len(finished),
        "replications_asked": plan.replications,
        "replications_finished": list(finished),
        "executor": plan.executor,
        "jobs": plan.jobs,
        "scenarios": scenarios,
        "config_hash": config_hash(plan.scenarios, plan.seed, plan.replications),
        "code_hash": code_hash(),
        "versions": versions(),
        "machine": {"system": platform.system(), "processor": platform.machine()},
        "started": started.isoformat(timespec="seconds"),
        "finished": ended.isoformat(timespec="seconds"),
        "seconds": round((ended - started).total_seconds(), 3),
        **_holidays(plan),
        **_rosters(plan),
        **(more or {}),
    }


class _WrittenRemark(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)
    key: str
    en: str
    zh: str


class _Written(BaseModel):
    """What readers of a manifest rely on; the rest is told as it stands."""

    model_config = ConfigDict(extra="allow", strict=True)
    command: str
    remarks: list[_WrittenRemark] | None = None
    versions: dict[str, str | None] = {}
    config_hash: str = ""


class _WrittenRuns(_Written):
    scenarios: Annotated[dict[str, dict[str, Any]], Field(min_length=1)]
    replications: Annotated[int, Field(ge=0, le=LARGEST_REPLICATIONS)] = 1
    replications_finished: Annotated[
        list[Annotated[int, Field(ge=0, lt=LARGEST_REPLICATIONS)]],
        Field(min_length=1, max_length=LARGEST_REPLICATIONS),
    ]


class _WrittenSweep(_Written):
    scenarios: Annotated[list[str], Field(min_length=1)]
    varied: list[str]
    metrics: Annotated[list[str], Field(min_length=1)]
    overrides: list[str] = []
    replications: Annotated[int, Field(ge=0, le=LARGEST_REPLICATIONS)] | None = None


def read_manifest(path: Path, key: str) -> tuple[str, dict[str, Any]]:
    """Return the command that wrote a folder of results, and its manifest, checked.

    Raises
    ------
    InputError
        If it is damaged or none of ours; it names `key` and the file.
    """
    wanted = "a manifest written by cogov"
    content = read_json(path, key, wanted)
    kind = ""
    if isinstance(content, dict):
        words = str(content.get("command", "")).split(maxsplit=2)
        kind = words[1] if len(words) > 1 else ""
    models: dict[str, type[_Written]] = {"run": _WrittenRuns, "compare": _WrittenRuns, "sweep": _WrittenSweep}
    try:
        models.get(kind, _Written).model_validate(content)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        at = ".".join(map(str, fault["loc"]))
        raise InputError(key, str(path), wanted, hint=f"it is damaged: {at}: {fault['msg']}") from None
    if not kind:
        raise InputError(key, str(path), wanted, hint="it names no command")
    return kind, content


def holds_more(before: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    """Whether earlier results are those of the same study, with at least the same replications finished."""
    same = ("config_hash", "code_hash", "versions")
    if not all(name in before and before[name] == facts[name] for name in same):
        return False
    if str(before["command"]).split()[1:2] != str(facts["command"]).split()[1:2]:
        return False
    finished = before.get("replications_finished")
    return isinstance(finished, list) and set(finished) >= set(facts["replications_finished"])


def brief_manifest(command: str, started: datetime, status: str = "complete", **more: Any) -> dict[str, Any]:
    """Return what a folder says that holds no runs of its own: the whole command line, versions, times."""
    return {
        "manifest_version": MANIFEST_VERSION,
        "status": status,
        "command": command,
        "code_hash": code_hash(),
        "versions": versions(),
        "started": started.isoformat(timespec="seconds"),
        "finished": datetime.now().astimezone().isoformat(timespec="seconds"),
        **more,
    }


def config_hash(scenarios: Sequence[Scenario], seed: int, asked: int) -> str:
    """Return what names a configuration: the same for two that give the same results.

    Parameters
    ----------
    asked
        Replications asked for.
    """
    exact = json.dumps([_by_content(scenarios), seed, asked], sort_keys=True)
    return hashlib.sha256(exact.encode()).hexdigest()[:20]


def _by_content(scenarios: Sequence[Scenario]) -> dict[str, Any]:
    """Return the scenarios with what files of holidays and rosters say in place of where they lie."""
    found = {}
    for scenario in scenarios:
        values = scenario.model_dump(mode="json")
        if scenario.calendar.holiday_dates:
            values["calendar"]["holidays"] = "file"
        if scenario.roster.shifts:
            values["roster"]["file"] = "file.csv"
        found[scenario.name] = values
    return found


def _holidays(plan: RunPlan) -> dict[str, Any]:
    """Return what the manifest says about files of holidays, by scenario; empty without one."""
    found = {}
    for scenario in plan.scenarios:
        text = scenario.calendar.holiday_dates
        if text:
            known = dates(text)
            found[scenario.name] = {
                "file": scenario.calendar.holidays,
                "sha256_of_dates": hashlib.sha256(text.encode()).hexdigest(),
                "off": sum(not works for _, works in known),
                "worked": sum(works for _, works in known),
                "first": known[0][0].isoformat(),
                "last": known[-1][0].isoformat(),
            }
    return {"holidays": found} if found else {}


def _rosters(plan: RunPlan) -> dict[str, Any]:
    """Return what the manifest says about files of rosters, by scenario; empty without one."""
    found = {
        scenario.name: {
            "file": scenario.roster.file,
            "sha256_of_shifts": hashlib.sha256(scenario.roster.shifts.encode()).hexdigest(),
            "shifts": len(shifts(scenario.roster.shifts)),
        }
        for scenario in plan.scenarios
        if scenario.roster.shifts
    }
    return {"rosters": found} if found else {}


def code_hash() -> str:
    """Hash of all source and scenario files, the same wherever they are installed."""
    root = str(Path(__file__).resolve().parents[2])
    digest = hashlib.sha256()
    for package in SOURCES:
        # By names: an object for each path takes three times as long.
        found = [
            [*os.path.relpath(folder, root).split(os.sep), file]
            for folder, _, files in os.walk(os.path.join(root, package))
            for file in files
            if os.path.splitext(file)[1] in (".py", ".yaml")
        ]
        for parts in sorted(found):
            digest.update("/".join(parts).encode())
            with open(os.path.join(root, *parts), "rb") as source:
                digest.update(source.read())
    return digest.hexdigest()[:20]


def versions() -> dict[str, str]:
    """Versions of this program, Python and the libraries that shape results."""
    return dict(_versions())


@functools.cache
def _versions() -> dict[str, str]:
    # Looking them up takes longer than a small command does.
    found = {"cogov": version(), "python": sys.version.split()[0]}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


@functools.cache
def version() -> str:
    """Version of this program."""
    try:
        return metadata.version("cogov")
    except metadata.PackageNotFoundError:
        return "not installed"
