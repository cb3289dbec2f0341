"""A file of the user's that has the name of a package of ours is named, in one line."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import cogov_start

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = Path(sysconfig.get_path("scripts")) / ("cogov.exe" if os.name == "nt" else "cogov")


def start(folder: Path, *words: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if path is not None:
        environment["PYTHONPATH"] = path
    command = [str(word) for word in words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def write(folder: Path, name: str, kind: str) -> Path:
    if kind == "module":
        (folder / f"{name}.py").write_text("print('theirs')\n", encoding="utf-8")
        return folder / f"{name}.py"
    (folder / name).mkdir()
    if kind == "package":
        (folder / name / "__init__.py").write_text("print('theirs')\n", encoding="utf-8")
    return folder / name


def refused(run: subprocess.CompletedProcess[str], theirs: Path) -> None:
    assert run.returncode == 2, run.stderr
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert line.startswith(f"cogov: {theirs} hides cogov's own package {theirs.stem!r}: rename it")
    assert len(line) < 1000


@pytest.mark.parametrize("kind", ["module", "package"])
@pytest.mark.parametrize("name", ["analysis", "experiments", "scenarios", "sim"])
def test_a_module_on_the_search_path_is_named(tmp_path: Path, name: str, kind: str) -> None:
    theirs = write(tmp_path, name, kind)
    refused(start(tmp_path, sys.executable, "-m", "cogov_start", "--version"), theirs)


@pytest.mark.skipif(not SCRIPT.exists(), reason="cogov is not installed here")
def test_the_installed_command_with_pythonpath(tmp_path: Path) -> None:
    theirs = write(tmp_path, "experiments", "package")
    refused(start(tmp_path, SCRIPT, "explain", path="."), theirs)
    # Without, the working folder is not searched.
    assert start(tmp_path, SCRIPT, "--version").stdout.startswith("cogov ")


def test_the_command_line_as_a_module(tmp_path: Path) -> None:
    for name in ("sim", "analysis"):
        folder = tmp_path / name[::-1]
        folder.mkdir()
        theirs = write(folder, name, "module")
        refused(start(folder, sys.executable, "-m", "experiments.cli", "explain"), theirs)


def test_a_script_of_ones_own_is_told_by_an_exception(tmp_path: Path) -> None:
    theirs = write(tmp_path, "analysis", "module")
    (tmp_path / "script.py").write_text("import experiments.command_line.compare\n", encoding="utf-8")
    run = start(tmp_path, sys.executable, "script.py")
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith(f"ImportError: {theirs} hides")


def test_a_folder_that_is_no_package_hides_nothing(tmp_path: Path) -> None:
    for name in cogov_start.PACKAGES:
        write(tmp_path, name, "folder")
    run = start(tmp_path, sys.executable, "-m", "cogov_start", "--version")
    assert (run.returncode, run.stderr) == (0, "")


def test_nothing_of_ours_is_taken_for_a_strangers() -> None:
    assert cogov_start.hidden(ROOT) == ""
