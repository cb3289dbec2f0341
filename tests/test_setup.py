"""The set-up script, in a folder with a space in its name and a machine of our making."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ("bash", "cat", "cut", "dirname", "mkdir", "ln", "rm", "sed", "tail", "sha256sum", "shasum", "perl")

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")

BROKEN_SHIM = "#!/bin/sh\necho 'command not found' >&2\nexit 127\n"
TOO_OLD = '#!/bin/sh\ncase "$2" in *version_info*) exit 1 ;; esac\nexit 1\n'
#: Makes the environment it is asked for, installs nothing, and writes down what it was asked.
PRETENDING_UV = """#!/bin/sh
echo "$@" >> calls.txt
case "$1" in
    venv) mkdir -p .venv/bin; for last; do :; done; ln -sf "{python}" "$last/bin/python" ;;
    python) exit 2 ;;
esac
"""


def script(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "a folder" / "co gov"
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "setup.sh", folder / "scripts")
    (folder / "requirements.lock").write_text("nothing==1\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text("", encoding="utf-8")
    commands = tmp_path / "commands"
    commands.mkdir()
    for tool in TOOLS:
        if found := shutil.which(tool):
            (commands / tool).symlink_to(found)
    return folder


def setup(checkout: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    commands = checkout.parents[1] / "commands"
    environment = {"PATH": str(commands), "HOME": str(checkout.parents[1]), "CI": "true", **variables}
    return subprocess.run(
        [commands / "bash", checkout / "scripts" / "setup.sh"],
        cwd=os.sep,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_says_in_one_line_what_is_missing(checkout: Path) -> None:
    commands = checkout.parents[1] / "commands"
    script(commands / "python3.12", BROKEN_SHIM)
    script(commands / "python3", TOO_OLD)
    run = setup(checkout)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1
    assert "Python 3.12" in run.stderr
    assert not (checkout / ".venv").exists()


def test_skips_a_shim_that_does_not_run_and_then_does_nothing_more(checkout: Path) -> None:
    commands = checkout.parents[1] / "commands"
    script(commands / "python3.12", BROKEN_SHIM)
    script(commands / "python3.13", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    script(commands / "uv", PRETENDING_UV.format(python=sys.executable))
    first = setup(checkout)
    assert first.returncode == 0, first.stderr
    calls = (checkout / "calls.txt").read_text(encoding="utf-8")
    assert f"--python {sys.executable}" in calls
    assert "--require-hashes" in calls
    assert "--no-deps --no-build-isolation -e ." in calls

    second = setup(checkout)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert (checkout / "calls.txt").read_text(encoding="utf-8") == calls

    (checkout / "requirements.lock").write_text("nothing==2\n", encoding="utf-8")
    assert "installing" in setup(checkout).stdout


def test_finds_a_python_that_only_pyenv_has(checkout: Path, tmp_path: Path) -> None:
    versions = tmp_path / "py env" / "versions"
    for version, text in {"3.9.1": TOO_OLD, "3.12.4": f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'}.items():
        (versions / version / "bin").mkdir(parents=True)
        script(versions / version / "bin" / "python", text)
    script(checkout.parents[1] / "commands" / "uv", PRETENDING_UV.format(python=sys.executable))
    run = setup(checkout, PYENV_ROOT=str(tmp_path / "py env"))
    assert run.returncode == 0, run.stderr
    assert "ready" in run.stdout


def test_starts_without_a_home_and_whatever_cdpath_says(checkout: Path, tmp_path: Path) -> None:
    commands = checkout.parents[1] / "commands"
    script(commands / "python3.12", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    script(commands / "uv", PRETENDING_UV.format(python=sys.executable))
    (tmp_path / "decoy" / "scripts").mkdir(parents=True)
    # A shell looks for a relative folder there first, and prints where it went.
    environment = {
        "PATH": str(commands),
        "CDPATH": str(tmp_path / "decoy"),
        "PIP_USER": "1",
        "UV_SYSTEM_PYTHON": "1",
    }
    run = subprocess.run(
        [commands / "bash", "scripts/setup.sh"],
        cwd=checkout, env=environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    assert (checkout / ".venv").exists()
    assert [path.name for path in (tmp_path / "decoy").iterdir()] == ["scripts"]


def test_runs_where_nothing_makes_sha256_sums(checkout: Path) -> None:
    commands = checkout.parents[1] / "commands"
    for name in ("sha256sum", "shasum"):
        (commands / name).unlink(missing_ok=True)
    (commands / "cksum").symlink_to(shutil.which("cksum") or "cksum")
    script(commands / "python3.12", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    script(commands / "uv", PRETENDING_UV.format(python=sys.executable))
    assert "ready" in setup(checkout).stdout
    assert setup(checkout).stdout == ""
