"""Compiled code that is kept: read only if it is ours and whole, and never in the way of a run."""

import importlib
import importlib.util
import itertools
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import pytest

from sim.engine import cache_folder as chosen
from sim.engine import compile_cache

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")

MODULE = """
from sim.engine.jit import entry

@entry
def tripled(a):
    return 3 * a
"""
_numbers = itertools.count()


class Kept:
    """A small function of a module that is imported afresh each time, and the folder its code is in."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "kept" / "compiled"
        self.folder.parent.mkdir(mode=0o700)
        self.folder.mkdir(mode=0o700)
        self.source = tmp_path / "a_module.py"
        self.source.write_text(MODULE, encoding="utf-8")

    def __call__(self, value: Any = 14) -> tuple[Any, bool]:
        """Return what the function returns in a process of its own, and whether it was compiled for that."""
        # Under one name: it is part of the names of the files.
        spec = importlib.util.spec_from_file_location("a_module", self.source)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        result = module.tripled(value)
        return result, not module.tripled.stats.cache_hits

    def file(self, ending: str) -> Path:
        (found,) = self.folder.glob(f"*.{ending}")
        return found


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    kept = Kept(tmp_path)
    monkeypatch.setattr(compile_cache, "cache_folder", lambda: kept.folder)
    monkeypatch.setattr(chosen, "_told", set())
    return kept


def test_what_is_kept_is_found_again(kept: Kept) -> None:
    assert kept() == (42, True)
    assert kept() == (42, False)
    assert kept(1.5) == (4.5, True)
    assert kept() == (42, False)
    assert kept(1.5) == (4.5, False)
    assert {path.suffix for path in kept.folder.iterdir()} == {".nbi", ".nbc"}
    if os.name != "nt":
        assert {path.stat().st_mode & 0o777 for path in kept.folder.iterdir()} == {0o600}


def test_with_other_settings_other_code(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept()
    monkeypatch.setattr(numba.config, "BOUNDSCHECK", 1)
    assert kept() == (42, True)


PARTS = """
from sim.engine.jit import rule

FACTOR = {factor}

@rule
def times(a):
    \"\"\"{doc}\"\"\"
    return FACTOR * a
"""
WHOLE_OF_PARTS = """
import its_parts
from sim.engine.jit import entry

@entry
def tripled(a):
    return its_parts.times(a)
"""


def test_a_number_that_is_linked_in_takes_effect_and_a_docstring_costs_nothing(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept.source.write_text(WHOLE_OF_PARTS, encoding="utf-8")

    def after(factor: int, doc: str) -> tuple[Any, bool]:
        sys.modules.pop("its_parts", None)
        importlib.invalidate_caches()
        (tmp_path / "its_parts.py").write_text(PARTS.format(factor=factor, doc=doc), encoding="utf-8")
        return kept()

    assert after(3, "As it was.") == (42, True)
    assert after(3, "Said in two\n\n    paragraphs.") == (42, False)
    assert after(4, "As it was.") == (56, True)
    assert after(3, "As it was.") == (42, False)
    sys.modules.pop("its_parts", None)


def test_a_piece_is_linked_as_it_is_and_few_of_its_versions_are_kept(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    piece = PARTS.replace("rule", "piece")

    def after(factor: int, whole: str = WHOLE_OF_PARTS) -> tuple[Any, int]:
        """Return the result, and how often the piece was found compiled."""
        sys.modules.pop("its_parts", None)
        importlib.invalidate_caches()
        (tmp_path / "its_parts.py").write_text(piece.format(factor=factor, doc=""), encoding="utf-8")
        kept.source.write_text(whole, encoding="utf-8")
        result, _ = kept()
        return result, sum(sys.modules["its_parts"].times.stats.cache_hits.values())

    edited = WHOLE_OF_PARTS.replace("its_parts.times(a)", "1 + its_parts.times(a)")
    assert [after(factor) for factor in range(3, 8)] == [(14 * factor, 0) for factor in range(3, 8)]
    assert after(7, edited) == (99, 1)
    assert after(3, edited) == (43, 0)
    assert len(list(kept.folder.glob("its_parts.*.nbi"))) == 3
    assert len(list(kept.folder.glob("a_module.*.nbi"))) == 7
    sys.modules.pop("its_parts", None)


def test_code_of_functions_as_they_used_to_be_is_removed_in_time(tmp_path: Path) -> None:
    for number in range(6):
        for name in (f"m.f-all.py312-{number}.nbi", f"m.f-all.py312-{number}.1.nbc"):
            (tmp_path / name).touch()
            os.utime(tmp_path / name, (number * 86400, number * 86400))
    (tmp_path / "m.g-all.py312-0.nbi").touch()
    chosen.remove_outdated_files(tmp_path, "m.f-all.py312", kept=4)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == [
        *(f"m.f-all.py312-{number}.{end}" for number in range(2, 6) for end in ("1.nbc", "nbi")),
        "m.g-all.py312-0.nbi",
    ]


class Trap:
    """Creates a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return os.mkdir, (str(self.path),)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8] = bytes(byte ^ 255 for byte in content[middle : middle + 8])
    path.write_bytes(content)


def other_machine(path: Path) -> None:
    content = pickle.dumps((("key of another machine",), b"code"))
    path.write_bytes(compile_cache.hashlib.sha256(content).digest() + content)


def become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "file").write_text("somebody's")


DAMAGES: dict[str, Callable[[Path], None]] = {
    "cut off": cut,
    "empty": lambda path: path.write_bytes(b""),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "another pickle": lambda path: path.write_bytes(pickle.dumps("0.1") + pickle.dumps([1, 2])),
    "of a module that is gone": lambda path: path.write_bytes(b"\x80\x04cno_such_module\nno_such_name\n."),
    "another machine's": other_machine,
    "gone": Path.unlink,
}


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_file_is_made_anew(
    kept: Kept, damage: Callable[[Path], None], ending: str, capsys: Any
) -> None:
    kept()
    damage(kept.file(ending))
    assert kept() == (42, True)
    assert kept() == (42, False)
    assert capsys.readouterr().err == ""


def test_garbled_machine_code_is_not_run(kept: Kept) -> None:
    kept()
    garble(kept.file("nbc"))
    assert kept() == (42, True)


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
def test_a_folder_in_the_place_of_a_file_costs_a_line_and_stays(kept: Kept, ending: str, capsys: Any) -> None:
    kept()
    become_folder(kept.file(ending))
    assert kept() == (42, True)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "COGOV_CACHE_DIR" in lines[0]
    assert (kept.file(ending) / "file").read_text() == "somebody's"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no owner to look at")
@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("how", ["writable", "link"])
def test_a_file_that_others_could_have_written_is_not_read(
    kept: Kept, ending: str, how: str, tmp_path: Path
) -> None:
    kept()
    file, trap = kept.file(ending), pickle.dumps(Trap(tmp_path / "sprung"))
    if how == "writable":
        file.write_bytes(trap)
        file.chmod(0o666)
    else:
        (tmp_path / "theirs").write_bytes(trap)
        file.unlink()
        file.symlink_to(tmp_path / "theirs")
    assert kept() == (42, True)
    assert not (tmp_path / "sprung").exists()
    assert kept() == (42, False)


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), PermissionError(13, "Permission denied")]
)
def test_what_cannot_be_kept_costs_one_line(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capsys: Any, error: OSError
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(compile_cache.caching.os, "replace", fail)
    assert kept() == (42, True)
    assert kept(1.5) == (4.5, True)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert error.strerror in lines[0]
    assert "COGOV_CACHE_DIR" in lines[0]
    assert list(kept.folder.iterdir()) == []


def test_a_folder_removed_meanwhile_is_made_again(kept: Kept) -> None:
    kept()
    for path in kept.folder.iterdir():
        path.unlink()
    kept.folder.rmdir()
    assert kept() == (42, True)
    assert kept() == (42, False)


def test_another_checkout_of_the_same_sources_finds_the_code(kept: Kept, tmp_path: Path) -> None:
    kept()
    (tmp_path / "elsewhere").mkdir()
    kept.source = kept.source.rename(tmp_path / "elsewhere" / "a_module.py")
    assert kept() == (42, False)


THEIRS = """
import numba

@numba.njit(cache=True)
def doubled(a):
    return 2 * a
"""
USE = """
import numba
import sim.engine.jit
import theirs
assert theirs.doubled(21) == 42
print(theirs.doubled.stats.cache_path)
print(repr(numba.config.CACHE_DIR))
"""


@pytest.mark.parametrize("named", [False, True])
def test_functions_of_others_are_kept_where_numba_would_keep_them(tmp_path: Path, named: bool) -> None:
    (tmp_path / "theirs.py").write_text(THEIRS, encoding="utf-8")
    environment = {
        **os.environ,
        "COGOV_CACHE_DIR": str(tmp_path / "ours"),
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}",
    }
    environment.pop("NUMBA_CACHE_DIR", None)
    environment |= {"NUMBA_CACHE_DIR": str(tmp_path / "numba")} if named else {}
    run = subprocess.run(
        [sys.executable, "-c", USE], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    where, setting = run.stdout.splitlines()
    assert Path(where).parent == (tmp_path / "numba" if named else tmp_path)
    assert setting == repr(str(tmp_path / "numba") if named else "")


ATTACKED = """
import importlib
import importlib.util, sys
spec = importlib.util.spec_from_file_location("a_module", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
assert module.tripled(14) == 42
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no owner to look at")
def test_a_pickle_put_into_a_folder_that_others_may_write_to_does_not_run(tmp_path: Path) -> None:
    source, folder = tmp_path / "a_module.py", tmp_path / "folder"
    source.write_text(MODULE, encoding="utf-8")
    environment = {**os.environ, "COGOV_CACHE_DIR": str(folder), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", ATTACKED, str(source)]
    before = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert before.stderr == ""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 2
    for file in files:
        file.write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
    folder.chmod(0o777)
    after = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert not (tmp_path / "sprung").exists()
    assert after.returncode == 0, after.stderr
    assert len(after.stderr.splitlines()) == 1


WHOLE = """
from sim import load_scenario, simulate
small = ["community.residents=100", "warmup_days=0", "horizon_days=1", "followup_days=0"]
simulate(load_scenario("co_governance", small))
"""


def test_a_second_process_compiles_nothing_of_the_engine() -> None:
    """Generated functions are of a module that can be imported, or no process reads what they are part of."""
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-c", WHOLE], cwd=ROOT, capture_output=True, text=True, check=True
        )
    assert "compiling" not in run.stderr


LOADED = """
import sys
from sim.scenario.loading import load_scenario
from sim.simulation import simulate
scenario = load_scenario()
small = scenario.community.model_copy(update={"residents": 200, "merchants": 5})
days = {"warmup_days": 0, "horizon_days": 3, "followup_days": 0}
run = simulate(scenario.model_copy(update={**days, "community": small}))
print(sorted({"scipy.linalg", "numba.np.linalg"} & set(sys.modules)))
# What is compiled afterwards finds what Numba knows all the same.
import numba, numpy
print(numba.njit(lambda a: numpy.linalg.norm(a) + numpy.dot(a, a))(numpy.array([3.0, 4.0])))
"""


def test_loading_compiled_code_loads_nothing_that_compiling_needs() -> None:
    command = [sys.executable, "-c", LOADED]
    told = [
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout for _ in range(2)
    ]
    # The first may have compiled.
    assert told[1].splitlines() == ["[]", "30.0"]
