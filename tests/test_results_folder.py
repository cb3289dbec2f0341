"""What a killed run leaves behind, and what is never taken for it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.leftovers import hold, remove_leftovers
from experiments.output import OutputFolder

ROOT = Path(__file__).resolve().parents[1]
HANGING = """
import sys, time
from pathlib import Path
from experiments.output import OutputFolder
with OutputFolder(Path(sys.argv[1])) as output:
    (output.partial / "cases.parquet").write_bytes(b"half a file")
    print("writing", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def writer(tmp_path: Path):
    """A process in the middle of writing into a folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HANGING, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs locks on folders")
def test_the_next_run_clears_away_what_a_killed_one_left(tmp_path: Path, writer) -> None:
    left = list(tmp_path.glob(".partial-*"))
    assert len(left) == 1
    # While the other writes, its folder is not touched.
    with OutputFolder(tmp_path):
        assert left[0].exists()
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert left[0].exists()
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with OutputFolder(tmp_path):
        assert not left[0].exists()
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_single_file_is_left_over_after_an_hour(tmp_path: Path) -> None:
    new, old = tmp_path / ".partial-new", tmp_path / ".partial-old"
    for path in (new, old):
        path.write_text("x", encoding="utf-8")
    os.utime(old, (time.time() - 4000, time.time() - 4000))
    assert remove_leftovers(tmp_path) == 1
    assert new.exists()
    assert not old.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs locks on folders")
def test_a_folder_is_held_by_one(tmp_path: Path) -> None:
    first = hold(tmp_path)
    assert first is not None
    assert hold(tmp_path) is None
    os.close(first)
    again = hold(tmp_path)
    assert again is not None
    os.close(again)
