"""The site, built once for all workers."""

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """The folder with the built pages; a warning of the build is a failure."""
    folder = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        folder = folder.parent
    pages, said = folder / "site", folder / "site.log"
    with (folder / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text(build(pages, folder / "doctrees"), encoding="utf-8")
    assert said.read_text(encoding="utf-8") == ""
    return pages


def build(pages: Path, doctrees: Path) -> str:
    """Build as `make docs` does; return what was wrong, empty if nothing was."""
    flags = ["-W", "--keep-going", "-q", "-b", "html", "-d", str(doctrees)]
    command = [sys.executable, "-m", "sphinx", *flags, "docs", str(pages)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stderr[-4000:] or f"status {done.returncode}" if done.returncode else ""
