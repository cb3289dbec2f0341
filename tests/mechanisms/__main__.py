"""Run what the tests hold about one mechanism: ``make test-mechanism M=patrol``.

Its own files in this folder, and its covering runs, compiled and not.
"""

import sys
from pathlib import Path

import pytest

from tests.mechanisms.names import mechanism_names

_FOLDER = Path(__file__).parent
_COVERING = _FOLDER.parent / "guarantees" / "test_covering_runs.py"


def main(words: list[str]) -> int:
    """Run the tests and return the exit status."""
    names = mechanism_names()
    name, *further = words or [""]
    if name not in names:
        said = f"no mechanism is called {name!r}" if name else "which mechanism?"
        print(f"{said}; make test-mechanism M=NAME, NAME one of: {', '.join(names)}", file=sys.stderr)
        return 2
    files = [_FOLDER / f"test_{name}.py", *sorted(_FOLDER.glob(f"test_{name}_*.py"))]
    return int(pytest.main([*map(str, files), str(_COVERING), f"--mechanism={name}", "-q", *further]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
