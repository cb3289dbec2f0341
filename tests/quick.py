"""A first look in less than a minute, without the compiler: ``make quick``, or ``make quick M=patrol``.

After an edit of `sim` the compiler takes longer than all of this. What is looked at: the shape of the house,
declarations, events and moments, scenarios and parameters, messages, documents; and of one mechanism (M) its
neutral values and the keys of its covering runs.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.mechanisms.names import mechanism_names

_ROOT = Path(__file__).parents[1]
_FILES = (
    "test_architecture.py",
    "test_odd.py",
    "test_parameters.py",
    "test_scenario.py",
    "test_bad_input.py",
    "test_input_files.py",
    "sim/test_declare.py",
    "sim/test_dispatch.py",
    "sim/test_moments.py",
    "sim/test_event_queue.py",
    "sim/test_calendar.py",
    "guarantees/test_keys.py",
    "guarantees/test_covering_runs.py",
    "site/test_documents.py",
    "site/test_two_languages.py",
)
#: Compares with compiled runs.
_LEFT_OUT = "test_at_work or test_limit or compiled_or_not"


def main(words: list[str]) -> int:
    """Run the tests and return the exit status."""
    mechanism = words[0] if words else "reporting"
    mechanisms = mechanism_names()
    if mechanism not in mechanisms:
        print(f"no mechanism is called {mechanism!r}; there are {', '.join(mechanisms)}", file=sys.stderr)
        return 2
    files = [*(f"tests/{name}" for name in _FILES), f"tests/mechanisms/test_{mechanism}.py::test_neutral"]
    options = ["-q", "-n", "0", "-k", f"not ({_LEFT_OUT})", f"--mechanism={mechanism}"]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, *files], cwd=_ROOT, env=environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
