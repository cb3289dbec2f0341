"""Which folder compiled code is kept in: one that nobody else can change, or a private one."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.engine import cache_folder as chosen

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no owner to look at")


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """Choose as a new process would, with these variables alone; private folders go below `tmp_path`."""
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(chosen.tempfile, "tempdir", str(private))
    monkeypatch.setattr(chosen, "_told", set())
    monkeypatch.setattr(chosen.atexit, "register", lambda *_: None)

    def choose(**variables: str) -> Path:
        for name in ("COGOV_CACHE_DIR", "NUMBA_CACHE_DIR", "XDG_CACHE_HOME", "COGOV_CACHE_OF_PARENT"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return chosen.cache_folder.__wrapped__()

    yield choose
    os.environ.pop("COGOV_CACHE_OF_PARENT", None)


def the_line(capsys: Any) -> str:
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    assert "COGOV_CACHE_DIR" in lines[0]
    assert "about a minute" in lines[0]
    return lines[0]


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("variable", ["COGOV_CACHE_DIR", "NUMBA_CACHE_DIR"])
def test_a_folder_of_ours_is_used_and_kept_from_others(
    choose: Any, tmp_path: Path, capsys: Any, variable: str
) -> None:
    before = os.umask(0o002)
    try:
        folder = choose(**{variable: str(tmp_path / "a" / "b")})
    finally:
        os.umask(before)
    assert folder.parent == tmp_path / "a" / "b"
    assert [mode(path) for path in (tmp_path / "a", tmp_path / "a" / "b", folder)] == [0o700] * 3
    assert capsys.readouterr().err == ""


def test_our_own_variable_comes_before_numbas(choose: Any, tmp_path: Path) -> None:
    folder = choose(COGOV_CACHE_DIR=str(tmp_path / "ours"), NUMBA_CACHE_DIR=str(tmp_path / "numbas"))
    assert folder.parent == tmp_path / "ours"
    assert not (tmp_path / "numbas").exists()


@pytest.mark.parametrize("variable", ["COGOV_CACHE_DIR", "NUMBA_CACHE_DIR", "XDG_CACHE_HOME"])
@pytest.mark.parametrize("others", [0o777, 0o1777])
def test_a_folder_that_others_may_write_to_is_not(
    choose: Any, tmp_path: Path, capsys: Any, variable: str, others: int
) -> None:
    folder = tmp_path / "shared"
    (folder / "cogov").mkdir(parents=True)
    folder.chmod(others)
    (folder / "cogov").chmod(others)
    found = choose(**{variable: str(folder)})
    assert found.is_relative_to(tmp_path / "private")
    assert mode(found.parent) == 0o700
    assert str(folder) in the_line(capsys)


def test_a_folder_of_ours_in_one_where_all_may_write_but_not_rename(choose: Any, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp").chmod(0o1777)
    assert choose(COGOV_CACHE_DIR=str(tmp_path / "tmp" / "mine")).parent == tmp_path / "tmp" / "mine"
    (tmp_path / "tmp").chmod(0o777)
    assert choose(COGOV_CACHE_DIR=str(tmp_path / "tmp" / "mine")).is_relative_to(tmp_path / "private")


@pytest.mark.parametrize("owned", ["folder", "above", "compiled"])
def test_another_users_folder_is_not_used(
    choose: Any, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch, owned: str
) -> None:
    above = tmp_path / "above"
    folder = choose(COGOV_CACHE_DIR=str(above / "folder"))
    stranger = {"folder": folder.parent, "above": above, "compiled": folder}[owned]
    real = os.lstat

    def lstat(path: Any, **more: Any) -> os.stat_result:
        status = real(path, **more)
        if Path(path) == stranger:
            fields = list(status)
            fields[4] = 54321
            return os.stat_result(fields)
        return status

    monkeypatch.setattr(os, "lstat", lstat)
    assert choose(COGOV_CACHE_DIR=str(above / "folder")).is_relative_to(tmp_path / "private")
    assert f"{stranger} belongs to another user" in the_line(capsys)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may give a folder away")
def test_root_does_not_use_what_a_user_owns(choose: Any, tmp_path: Path, capsys: Any) -> None:
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, 54321, 54321)
    assert choose(HOME=str(home)).is_relative_to(tmp_path / "private")
    assert "belongs to another user" in the_line(capsys)
    assert list(home.iterdir()) == []


def test_links_are_followed_and_every_folder_on_the_way_is_looked_at(
    choose: Any, tmp_path: Path, capsys: Any
) -> None:
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "far")
    folder = choose(COGOV_CACHE_DIR=str(tmp_path / "link" / "away"))
    assert folder.resolve().parent == tmp_path / "far" / "away"
    assert capsys.readouterr().err == ""
    (tmp_path / "far").chmod(0o777)
    assert choose(COGOV_CACHE_DIR=str(tmp_path / "link" / "away")).is_relative_to(tmp_path / "private")
    the_line(capsys)


@pytest.mark.parametrize("target", ["itself", "nothing"])
def test_a_link_to_nowhere_costs_a_line(choose: Any, tmp_path: Path, capsys: Any, target: str) -> None:
    (tmp_path / "itself").symlink_to(tmp_path / target)
    assert choose(COGOV_CACHE_DIR=str(tmp_path / "itself")).is_relative_to(tmp_path / "private")
    the_line(capsys)


def test_a_group_of_several_is_others_and_a_group_of_our_own_is_not(
    choose: Any, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(0o775)
    monkeypatch.setattr(chosen, "_is_our_own_group", lambda group: True)
    assert choose(COGOV_CACHE_DIR=str(folder)).parent == folder
    monkeypatch.setattr(chosen, "_is_our_own_group", lambda group: False)
    assert choose(COGOV_CACHE_DIR=str(folder)).is_relative_to(tmp_path / "private")
    the_line(capsys)


def test_a_group_is_our_own_if_it_is_the_users_by_name_and_has_no_other_member(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import grp
    import pwd
    from types import SimpleNamespace as Entry

    monkeypatch.setattr(pwd, "getpwuid", lambda _: Entry(pw_name="ann", pw_gid=1000))
    cases = [("ann", [], True), ("ann", ["ann"], True), ("ann", ["bob"], False), ("staff", [], False)]
    for name, members, ours in cases:
        group = Entry(gr_name=name, gr_mem=members)
        monkeypatch.setattr(grp, "getgrgid", lambda _, group=group: group)
        assert chosen._is_our_own_group.__wrapped__(1000) is ours
    assert chosen._is_our_own_group.__wrapped__(100) is False


@pytest.mark.parametrize("home", ["/nonexistent/home", "", "relative"])
def test_without_a_home(choose: Any, tmp_path: Path, capsys: Any, home: str) -> None:
    assert choose(HOME=home).is_relative_to(tmp_path / "private")
    the_line(capsys)
    assert not Path("/nonexistent").exists()


@pytest.mark.parametrize(
    "failure", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")]
)
def test_a_home_that_cannot_be_written_to(
    choose: Any, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch, failure: OSError
) -> None:
    real = Path.mkdir

    def mkdir(path: Path, *rest: Any, **more: Any) -> None:
        if path.is_relative_to(tmp_path / "home"):
            raise failure
        real(path, *rest, **more)

    (tmp_path / "home").mkdir()
    monkeypatch.setattr(Path, "mkdir", mkdir)
    assert choose(HOME=str(tmp_path / "home")).is_relative_to(tmp_path / "private")
    assert str(failure.strerror) in the_line(capsys)


def test_a_file_in_the_place_of_the_folder(choose: Any, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "file").write_text("mine")
    assert choose(COGOV_CACHE_DIR=str(tmp_path / "file")).is_relative_to(tmp_path / "private")
    the_line(capsys)
    assert (tmp_path / "file").read_text() == "mine"


def test_old_folders_of_ours_go_and_nothing_else(choose: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(chosen, "_FOLDERS_KEPT", 0)
    monkeypatch.setattr(chosen._remove_outdated, "__defaults__", ("compiled-*", 0))
    root = tmp_path / "root"
    names = {
        "compiled-0123456789abcdef0123": True,
        "compiled-notes": False,
        "compiled-0123456789abcdef0123.bak": False,
        "compiled-0123456789ABCDEF0123": False,
    }
    for name in names:
        (root / name).mkdir(parents=True)
        (root / name / "file").write_text("x")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = root / "compiled-aaaaaaaaaaaaaaaaaaaa"
    link.symlink_to(elsewhere)
    (root / "compiled-bbbbbbbbbbbbbbbbbbbb").write_text("a file")
    long_ago = time.time() - 30 * 86400
    for path in root.iterdir():
        os.utime(path, (long_ago, long_ago), follow_symlinks=False)
    now = choose(COGOV_CACHE_DIR=str(root))
    kept = {name for name, goes in names.items() if not goes} | {link.name, "compiled-bbbbbbbbbbbbbbbbbbbb"}
    assert {path.name for path in root.iterdir()} == kept | {now.name}
    assert elsewhere.exists()


CHILD = """
import os, subprocess, sys
from sim.engine.cache_folder import cache_folder
folder = cache_folder()
print(folder, oct(folder.parent.stat().st_mode & 0o777))
if len(sys.argv) > 1:
    child = subprocess.run([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE, text=True)
    print(child.stdout, end="")
    assert folder.is_dir()
"""


def test_what_it_starts_shares_a_private_folder_and_it_goes_at_the_end(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COGOV_")}
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    environment |= {"TMPDIR": str(tmp_path), "COGOV_CACHE_DIR": str(shared)}
    run = subprocess.run(
        [sys.executable, "-c", CHILD, CHILD],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    ours, theirs = run.stdout.splitlines()
    assert ours == theirs
    assert ours.endswith("0o700")
    assert len(run.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["shared"]
    assert list(shared.iterdir()) == []
