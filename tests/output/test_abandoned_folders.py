"""What a killed run leaves behind, and what is never taken for it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.output.abandoned_folders import hold, make_partial, remove_leftovers
from experiments.output.output_folder import OutputFolder

ROOT = Path(__file__).resolve().parents[2]
HANGING = """
import sys, time
from pathlib import Path
from experiments.output.output_folder import OutputFolder
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
    with OutputFolder(tmp_path):
        assert not left[0].exists()
    assert list(tmp_path.iterdir()) == []


def test_what_only_looks_like_ours_is_let_be(tmp_path: Path) -> None:
    """Folders and files of that name without our marker, and a link to one of ours."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ours, lock = make_partial(elsewhere)
    assert lock is not None
    os.close(lock)
    out = tmp_path / "out"
    for name in (".partial-photos", ".partial-cogov-0123456789abcdef"):
        (out / name).mkdir(parents=True)
        (out / name / "mine").write_text("x", encoding="utf-8")
    (out / ".partial-file").write_text("x", encoding="utf-8")
    os.utime(out / ".partial-file", (1, 1))
    (out / ours.name).symlink_to(ours)
    assert remove_leftovers(out) == 0
    assert sorted(path.name for path in out.rglob("*")) == sorted(
        [".partial-photos", ".partial-cogov-0123456789abcdef", "mine", "mine", ".partial-file", ours.name]
    )
    assert (ours / ".cogov").exists()


@pytest.mark.parametrize("content", [None, b"", b"{}"])
def test_killed_while_it_marked_its_folder(tmp_path: Path, content: bytes | None) -> None:
    partial = tmp_path / ".partial-cogov-0123456789abcdef"
    partial.mkdir()
    if content is not None:
        (partial / ".cogov").write_bytes(content)
    assert remove_leftovers(tmp_path) == (content != b"{}")


@pytest.mark.skipif(sys.platform == "win32", reason="needs locks on folders")
def test_a_folder_is_held_by_one(tmp_path: Path) -> None:
    first = hold(tmp_path)
    assert first is not None
    assert hold(tmp_path) is None
    os.close(first)
    again = hold(tmp_path)
    assert again is not None
    os.close(again)
