"""What all tests share."""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

#: Dots an inch of the pictures that no test looks at.
COARSE_DPI = 30
#: Names the file that is there once the engine is compiled.
COMPILED = "COGOV_TESTS_COMPILED"
COMPILE = """
from sim import load_scenario, simulate
small = ["community.residents=100", "warmup_days=0", "horizon_days=1", "followup_days=0"]
simulate(load_scenario("co_governance", small))
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--mechanism``, for `python -m tests.mechanisms`."""
    parser.addoption("--mechanism", help="of the covering runs, only those that pass through this mechanism")


def pytest_configure() -> None:
    """Let Ctrl-C work here and in all that is started: in the background a shell switches it off."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Compile the engine once, before several workers would each do the same, while they read the tests."""
    done = Path(tempfile.mkdtemp(prefix="cogov-tests-")) / "compiled"
    os.environ[COMPILED] = str(done)
    atexit.register(shutil.rmtree, done.parent, ignore_errors=True)

    def compile_once() -> None:
        # A failure here is left for the tests to report.
        root = Path(__file__).parents[1]
        try:
            subprocess.run([sys.executable, "-c", COMPILE], cwd=root, capture_output=True, check=False)
        finally:
            done.touch()

    threading.Thread(target=compile_once, daemon=True).start()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Wait, in each worker, until the engine is compiled."""
    if hasattr(session.config, "workerinput"):
        while not Path(os.environ[COMPILED]).exists():
            time.sleep(0.1)


@pytest.fixture(scope="session", autouse=True)
def coarse_pictures() -> Iterator[int]:
    """Let pictures be small where nobody looks at them: drawing is most of what a comparison takes here.

    Yields the resolution of print, for the tests that do look.
    """
    from analysis.figures.page import style

    fine = style.PRINT_DPI
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(style, "PRINT_DPI", COARSE_DPI)
        yield fine


@pytest.fixture(scope="session", autouse=True)
def as_eager_as_at_first() -> Iterator[None]:
    """No test may slow down those after it, and all that they start, by letting this process stand back."""
    before = niceness()
    yield
    assert niceness() == before


def niceness() -> int:
    """Return how far this process stands back; 0 where the system does not know such a thing."""
    return os.getpriority(os.PRIO_PROCESS, 0) if hasattr(os, "getpriority") else 0
