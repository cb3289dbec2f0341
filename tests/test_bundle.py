"""The bundle that installs without internet: what is chosen, what is looked at, what the scripts say."""

import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
spec = importlib.util.spec_from_file_location("bundle", ROOT / "scripts" / "bundle.py")
bundle: Any = importlib.util.module_from_spec(spec)
sys.modules["bundle"] = bundle
spec.loader.exec_module(bundle)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = bundle.pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
TARGETS = [bundle.Target(platform, python) for platform in bundle.PLATFORMS for python in ("3.12", "3.13")]
LINUX = bundle.Target("manylinux_2_28_x86_64", "3.12")


def chosen(target: Any) -> dict[str, str]:
    return {pin.name: pin.version for pin in bundle.selected(LOCK, bundle.roots(PROJECT), target)}


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_each_platform_gets_what_it_needs_and_no_tools(target: Any) -> None:
    names = chosen(target)
    assert {"numba", "llvmlite", "antlr4-python3-runtime", "solara-assets", "salib", "tzdata"} <= set(names)
    assert not {"pytest", "playwright", "mypy", "sphinx", "simpy", "hatchling", "appnope", "pythran"} & set(
        names
    )
    assert ("colorama" in names) == (target.platform == "win_amd64")
    assert ("pexpect" in names) == (target.platform != "win_amd64")


def test_the_lock_is_read_whole() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert len(LOCK) == sum("==" in line and not line.startswith(" ") for line in text.splitlines())
    assert sum(len(pin.hashes) for pin in LOCK) == text.count("--hash=sha256:")
    assert all(pin.via and pin.hashes for pin in LOCK)


def test_what_the_lock_lacks_is_named() -> None:
    lock = [pin for pin in LOCK if pin.name != "numba"]
    with pytest.raises(bundle.BundleError, match="lacks numba"):
        bundle.selected(lock, bundle.roots(PROJECT), LINUX)


@pytest.mark.parametrize("wrong", [("win32", "3.12"), ("win_amd64", "3.11"), ("win_amd64", "latest")])
def test_a_target_that_cannot_be_is_refused(wrong: tuple[str, str], capsys: Any) -> None:
    assert bundle.main(list(wrong)) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def wheel(folder: Path, name: str, *requires: str) -> Path:
    path = folder / name
    project, version = name.split("-")[:2]
    lines = [f"Name: {project}", f"Version: {version}", *(f"Requires-Dist: {one}" for one in requires)]
    with zipfile.ZipFile(path, "w") as content:
        content.writestr(
            f"{project}-{version}.dist-info/METADATA", "Metadata-Version: 2.1\n" + "\n".join(lines) + "\n"
        )
    return path


@pytest.fixture
def small(tmp_path: Path) -> tuple[Path, list[Any], list[Any]]:
    """A folder of wheels that is right, with what is pinned and asked for."""
    wheel(tmp_path, "cogov-0.1.0-py3-none-any.whl")
    one = wheel(
        tmp_path,
        "one-1.0-cp312-cp312-manylinux_2_17_x86_64.whl",
        "two>=2; extra == 'more'",
        "tzdata; sys_platform == 'win32'",
    )
    two = wheel(tmp_path, "two-2.0-py3-none-any.whl")
    pins = [
        bundle.Pin(name, version, "", "", {bundle.sha256(path)}, {"cogov"})
        for name, version, path in (("one", "1.0", one), ("two", "2.0", two))
    ]
    return tmp_path, pins, [bundle.Requirement("one[more]>=1")]


def faults(small: Any, target: Any = LINUX) -> str:
    return "; ".join(bundle.check(*small, target))


def test_a_whole_folder_has_no_faults(small: Any) -> None:
    assert faults(small) == ""


def test_a_changed_wheel_is_seen(small: Any) -> None:
    path = next(small[0].glob("two*"))
    path.write_bytes(path.read_bytes() + b"x")
    assert "two-2.0-py3-none-any.whl has a hash that the lock does not know" in faults(small)


def test_a_wheel_of_another_platform_or_python_is_seen(small: Any) -> None:
    assert "does not fit win_amd64" in faults(small, bundle.Target("win_amd64", "3.12"))
    assert "one asks for tzdata" in faults(small, bundle.Target("win_amd64", "3.12"))
    assert "does not fit manylinux_2_28_x86_64 with Python 3.13" in faults(
        small, bundle.Target("manylinux_2_28_x86_64", "3.13")
    )


def test_a_source_a_stranger_and_a_gap_are_seen(small: Any) -> None:
    folder = small[0]
    (folder / "three-1.0.tar.gz").write_bytes(b"")
    wheel(folder, "four-1.0-py3-none-any.whl")
    next(folder.glob("two*")).unlink()
    next(folder.glob("cogov*")).unlink()
    text = faults(small)
    for fault in (
        "three-1.0.tar.gz is no wheel",
        "four-1.0-py3-none-any.whl is not what the lock pins",
        "cogov is missing",
        "two is missing",
        "one asks for two",
    ):
        assert fault in text


def test_a_wheel_too_old_for_what_asks_for_it_is_seen(small: Any) -> None:
    assert "cogov asks for one>=5" in "; ".join(
        bundle.check(small[0], small[1], [bundle.Requirement("one>=5")], LINUX)
    )


@pytest.fixture
def made(small: Any, tmp_path_factory: Any) -> Path:
    folder = tmp_path_factory.mktemp("a folder") / "bundle"
    shutil.copytree(small[0], folder / "wheels")
    bundle.write_parts(folder, LINUX, "0.1.0")
    return folder


def test_everything_is_there_and_has_its_checksum(made: Path) -> None:
    names = {"install.sh", "install.cmd", "install.py", "README.md", "requirements.lock", "requirements.txt",
             "bundle.json", "LICENSE", "SHA256SUMS", "wheels", "fonts", "README-cogov.zh.md"}  # fmt: skip
    assert {path.name for path in made.iterdir()} == names
    assert {path.suffix for path in (made / "fonts").iterdir()} == {".otf", ".txt"}
    for line in (made / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert bundle.sha256(made / name) == digest
    assert (
        len((made / "SHA256SUMS").read_text().splitlines()) == sum(p.is_file() for p in made.rglob("*")) - 1
    )
    assert "@" not in (made / "README.md").read_text(encoding="utf-8")
    assert "离线" in (made / "README.md").read_text(encoding="utf-8")
    lines = (made / "install.cmd").read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in lines[:-1])
    assert b"@PYTHON@" not in (made / "install.cmd").read_bytes() + (made / "install.sh").read_bytes()
    assert os.access(made / "install.sh", os.X_OK)
    assert "one==1.0 --hash=sha256:" in (made / "requirements.txt").read_text()


def install(made: Path, *words: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": path if path is not None else os.environ["PATH"], "HOME": str(made)}
    return subprocess.run(
        ["/bin/sh", made / "install.sh", *words], env=environment, capture_output=True, text=True, check=False
    )


def one_line(run: subprocess.CompletedProcess[str]) -> str:
    assert run.returncode == 1
    (line,) = run.stderr.splitlines()
    assert line.startswith("install: ")
    assert run.stdout == ""
    return line


@pytest.mark.skipif(os.name == "nt", reason="the script for Linux")
def test_the_script_says_in_one_line_what_is_missing(made: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "dirname").symlink_to(shutil.which("dirname"))
    assert "found no Python at all" in one_line(install(made, path=str(tools)))

    (tools / "python3").symlink_to(sys.executable)
    facts = json.loads((made / "bundle.json").read_text())
    for change, said in (
        ({"python": "3.99"}, "needs CPython 3.99, found CPython 3."),
        ({"system": "win32", "platform": "win_amd64"}, "is for win_amd64, this machine is linux"),
        ({"machine": "riscv"}, "take the bundle for it"),
        ({"glibc": "9.1"}, "needs a Linux with glibc 9.1 or newer"),
    ):
        ours = {"python": f"3.{sys.version_info.minor}", "machine": platform.machine(), **change}
        (made / "bundle.json").write_text(json.dumps({**facts, **ours}))
        assert said in one_line(install(made, path=str(tools)))
    (made / "bundle.json").write_text(json.dumps({**facts, **ours, "glibc": ""}))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_text("mine")
    assert "no environment of Python" in one_line(install(made, str(tmp_path / "mine"), path=str(tools)))
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["file"]
