"""What a folder of results says about how it was made."""

import hashlib
import json
import platform
import shlex
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from experiments.arguments import Study

MANIFEST_VERSION = 1
PACKAGES = ("numpy", "numba", "scipy", "pandas", "pyarrow", "mesa", "pydantic", "hydra-core", "matplotlib")
SOURCES = ("sim", "scenarios", "experiments", "analysis")


def manifest(
    command: str,
    words: Sequence[str],
    study: Study,
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
    scenarios = {scenario.name: scenario.model_dump(mode="json") for scenario in study.scenarios}
    exact = json.dumps([scenarios, study.seed, study.replications], sort_keys=True)
    return {
        "manifest_version": MANIFEST_VERSION,
        "status": status,
        "command": shlex.join(["cogov", command, *words]),
        "seed": study.seed,
        "replications": len(finished),
        "replications_asked": study.replications,
        "replications_finished": list(finished),
        "executor": study.executor,
        "jobs": study.jobs,
        "scenarios": scenarios,
        "config_hash": hashlib.sha256(exact.encode()).hexdigest()[:20],
        "code_hash": code_hash(),
        "versions": versions(),
        "machine": {"system": platform.system(), "processor": platform.machine()},
        "started": started.isoformat(timespec="seconds"),
        "finished": ended.isoformat(timespec="seconds"),
        "seconds": round((ended - started).total_seconds(), 3),
        **(more or {}),
    }


def code_hash() -> str:
    """Hash of all source and scenario files, the same wherever they are installed."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for package in SOURCES:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".yaml"):
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def versions() -> dict[str, str]:
    """Versions of this program, Python and the libraries that shape results."""
    found = {"cogov": version(), "python": sys.version.split()[0]}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def version() -> str:
    """Version of this program."""
    try:
        return metadata.version("cogov")
    except metadata.PackageNotFoundError:
        return "not installed"
