"""Measuring in a process of its own: what start-up, compiling and memory need, since none happens twice."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def environment(cache: Path | None = None) -> dict[str, str]:
    """Return the environment of a child; with `cache`, compiled code is looked for in that folder alone."""
    variables = dict(os.environ)
    if cache is not None:
        variables["COGOV_CACHE_DIR"] = str(cache)
        variables["NUMBA_CACHE_DIR"] = str(cache)
    return variables


def _run(command: list[str], variables: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=variables, cwd=folder, capture_output=True, text=True, check=False)


def seconds(command: list[str], cache: Path | None = None, folder: Path = ROOT, status: int = 0) -> float:
    """Return how long a command takes, from starting the process to its end with this exit status."""
    start = time.perf_counter()
    run = _run(command, environment(cache), folder)
    elapsed = time.perf_counter() - start
    if run.returncode != status:
        raise RuntimeError(f"{' '.join(command)}: {run.stderr.strip().splitlines()[-1:]}")
    return elapsed


def answer(module: str, *arguments: str) -> Any:
    """Run one of our modules in a fresh process and return what it printed as JSON."""
    command = [sys.executable, "-m", module, *arguments]
    run = _run(command, environment(), ROOT)
    if run.returncode:
        raise RuntimeError(f"{module}: {run.stderr.strip().splitlines()[-1:]}")
    return json.loads(run.stdout.splitlines()[-1])


def peak_memory_bytes() -> int:
    """Return the most memory this process has held.

    On Linux from the kernel's mark for this program: `ru_maxrss` of a child starts at the size of the parent
    that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for text in status.read_text(encoding="utf-8").splitlines():
            if text.startswith("VmHWM:"):
                return int(text.split()[1]) * 1024
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
