"""A study takes the place of another whole or not at all, wherever it is stopped."""

import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from experiments.cli import main
from experiments.output.abandoned_folders import hold
from experiments.output.output_folder import OutputFolder
from experiments.output.ownership import MANIFEST

#: The child of a fork does nothing but change names.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
FACTS = {
    "manifest_version": 1,
    "command": "cogov run",
    "versions": {},
    "scenarios": {"a": {}},
    "replications_finished": [0],
}
#: The old study has files that the new one has, and others; folders too.
OLD = ["cases.parquet", "summary.csv", "comparison.csv", "figures/main.png", "figures/zh/main.png"]
NEW = ["cases.parquet", "summary.csv", "stream_account.csv", "figures/main.png", "plots/a.svg"]


def study(folder: Path, names: list[str], content: str) -> None:
    with OutputFolder(folder, names) as output:
        for name in names:
            output.add_text(name, f"{content} {name}")
        output.finish({**FACTS, "seed": content})


def state(folder: Path) -> dict[str, str]:
    """All files but the hidden ones, and folders that are empty."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if name.startswith("."):
            continue
        if path.is_file():
            found[name] = path.read_text(encoding="utf-8")
        elif not any(path.iterdir()):
            found[name] = "an empty folder"
    return found


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    """The folder with the old study and a note, and as it is when the new one has taken its place."""
    folder = tmp_path_factory.mktemp("both")
    study(folder, OLD, "old")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    before = state(folder)
    study(folder, NEW, "new")
    return before, state(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    study(tmp_path / "out", OLD, "old")
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    return tmp_path / "out"


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def failing_from(step: int, until: int, patch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Let changes of names number `step` to `until` fail; returns how many were tried."""
    real, tried = os.replace, [0]

    def replace(source: Any, target: Any) -> None:
        tried[0] += 1
        if step <= tried[0] <= until:
            raise OSError(errno.EIO, "Input/output error", str(target))
        real(source, target)

    patch.setattr(os, "replace", replace)
    return lambda: tried[0]


def steps(folder: Path) -> int:
    with pytest.MonkeyPatch.context() as patch:
        tried = failing_from(10_000, 10_000, patch)
        study(folder, NEW, "new")
        return tried()


def test_what_stands_there_when_nothing_goes_wrong(folder: Path, both: Any) -> None:
    assert set(both[0]) == {*OLD, MANIFEST, "notes.txt"}
    assert set(both[1]) == {*NEW, MANIFEST, "notes.txt"}
    assert json.loads(both[1][MANIFEST])["files"] == [*sorted(NEW), MANIFEST]
    # The journal, six old files and six new ones.
    assert steps(folder) == 13


@pytest.mark.parametrize("step", range(1, 14))
def test_a_step_that_fails_is_taken_back(step: int, folder: Path, both: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        failing_from(step, step, patch)
        with pytest.raises(OSError, match="Input/output error"):
            study(folder, NEW, "new")
    assert state(folder) == both[0]
    assert hidden(folder) == []


@pytest.mark.parametrize("step", range(1, 14))
@pytest.mark.parametrize("last", [0, 2, 10_000])
def test_where_taking_back_fails_too_the_next_start_has_one_of_both(
    step: int, last: int, folder: Path, both: Any
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        failing_from(step, step + last, patch)
        with pytest.raises(OSError, match="Input/output error"):
            study(folder, NEW, "new")
    with OutputFolder(folder):
        assert state(folder) in both
    assert hidden(folder) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", range(1, 14))
def test_killed_at_a_step_the_next_start_has_one_of_both(
    step: int, after: bool, folder: Path, both: Any
) -> None:
    in_a_child(lambda: killed_at(step, after, folder))
    # What a reader sees: a manifest stands only beside its own files.
    if (folder / MANIFEST).exists():
        assert all((folder / name).exists() for name in json.loads((folder / MANIFEST).read_text())["files"])
    with OutputFolder(folder):
        assert state(folder) in both
    assert hidden(folder) == []


def in_a_child(work: Callable[[], None]) -> None:
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL


def killed_at(step: int, after: bool, folder: Path) -> None:
    real, tried = os.replace, [0]

    def replace(source: Any, target: Any) -> None:
        tried[0] += 1
        if tried[0] == step and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        real(source, target)
        if tried[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)

    os.replace = replace
    study(folder, NEW, "new")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_while_finishing_what_a_killed_one_left(folder: Path, both: Any) -> None:
    """Again and again, one step further each time."""
    in_a_child(lambda: killed_at(3, False, folder))
    for _ in range(20):
        child = os.fork()
        if not child:
            killed_at(2, False, folder)
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            break
    with OutputFolder(folder):
        assert state(folder) == both[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("step", [4, 8, 12])
def test_what_came_into_the_folder_meanwhile_is_not_overwritten(step: int, folder: Path, both: Any) -> None:
    in_a_child(lambda: killed_at(step, False, folder))
    missing = next(name for name in NEW if not (folder / name).exists())
    (folder / missing).parent.mkdir(exist_ok=True)
    (folder / missing).write_text("theirs", encoding="utf-8")
    status = main(["run", f"out={folder}"], lambda *a, **k: 1 / 0)
    assert status in (1, 2)
    assert (folder / missing).read_text(encoding="utf-8") == "theirs"
    # Nothing of either study is lost: what is not in place waits in the hidden folder.
    everywhere = {path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}
    old = {f"old {name}" for name in OLD}
    assert old <= everywhere


def test_a_report_is_read_after_an_interrupted_publication(folder: Path, both: Any) -> None:
    from experiments.results.reading import read_results

    if hasattr(os, "fork"):
        in_a_child(lambda: killed_at(9, True, folder))
        assert not (folder / MANIFEST).exists()
        assert read_results(folder).manifest["seed"] == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="needs locks on folders")
def test_two_that_write_into_one_folder_come_one_after_the_other(folder: Path, both: Any) -> None:
    with OutputFolder(folder, NEW) as first:
        for name in NEW:
            first.add_text(name, f"new {name}")
        study(folder, [*OLD, "notes2.txt"], "other")
        first.finish({**FACTS, "seed": "new"})
    assert state(folder) == both[1]
    assert hold(folder) is not None
