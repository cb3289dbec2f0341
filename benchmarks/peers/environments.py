"""Peers in environments of their own (``make peers``): their packages do not go together with ours."""

import json
import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
#: One folder for each group of packages in pyproject.toml.
FOLDER = ROOT / ".tools"
_VERSION = "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))"


def interpreter(group: str) -> Path:
    """Return where the Python of a group is, or would be."""
    return FOLDER / group / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def version(package: str, group: str) -> str | None:
    """Return the version of a package in a group's environment; None if it is not there."""
    python = interpreter(group)
    if not python.exists():
        return None
    done = subprocess.run([python, "-c", _VERSION, package], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def missing(package: str, group: str) -> str:
    """Say where a package was looked for and how to get it."""
    return f"no package {package} in {FOLDER.name}/{group}; `make peers` installs it"


class Peer:
    """One peer in a process of its own, which waits without work between requests."""

    def __init__(self, module: str, group: str) -> None:
        self.module = module
        self._process = subprocess.Popen(
            [interpreter(group), "-m", "benchmarks.peers.child", module],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def ask(self, **asked: Any) -> dict[str, Any]:
        """Return the answer to one request.

        Raises
        ------
        RuntimeError
            If the peer ended without an answer.
        """
        assert self._process.stdin
        assert self._process.stdout
        with suppress(BrokenPipeError):  # that it ended is said below
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"benchmarks.peers.{self.module} ended with {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        assert self._process.stdout
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
