"""What names a compiled function: all that is linked into it, and nothing else."""

import dis
import importlib
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import numba
import pytest

import sim
from sim.engine import contents
from sim.engine.compile_cache import EngineCache
from tests.each import each
from tests.sim.pieces import pieces

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")

NAMES = """
from sim.engine.contents import contents_hash
from sim.loop import advance, begin
from tests.sim.pieces import pieces
print(contents_hash(advance.compiled), contents_hash(begin.compiled))
for one in pieces():
    print(one.py_func.__qualname__, contents_hash(one))
"""


@pytest.fixture(scope="module")
def entries() -> dict[str, Any]:
    """Every function that Python calls in machine code."""
    found = {}
    for module in pkgutil.walk_packages(sim.__path__, "sim."):
        for value in vars(importlib.import_module(module.name)).values():
            value = getattr(value, "compiled", value)
            if isinstance(getattr(value, "_cache", None), EngineCache):
                found[value.py_func.__qualname__] = value
    assert len(found) > 20
    return found


@pytest.fixture(scope="module")
def functions(entries: dict[str, Any]) -> list[Any]:
    """Every function that is linked into one of them."""
    found = {one: None for each in entries.values() for one in contents.functions_of(each)}
    assert len(found) > 400
    return list(found)


def _codes(code: CodeType) -> list[CodeType]:
    inside = [each for each in code.co_consts if isinstance(each, CodeType)]
    return [code, *(further for each in inside for further in _codes(each))]


def _read(function: Any) -> dict[str, tuple[dict[str, Any], str]]:
    """Return what a function reads by name: a global, or an attribute of a module of ours."""
    found = {}
    for code in _codes(function.__code__):
        module = None
        for step in dis.get_instructions(code):
            if step.opname == "LOAD_GLOBAL" and step.argval in function.__globals__:
                found[step.argval] = (function.__globals__, step.argval)
                value = function.__globals__[step.argval]
                module = value if isinstance(value, ModuleType) else None
            elif step.opname in ("LOAD_ATTR", "LOAD_METHOD") and module is not None:
                if module.__name__.startswith("sim."):
                    found[f"{module.__name__}.{step.argval}"] = (vars(module), step.argval)
                module = None
            else:
                module = None
    return found


def test_nothing_in_compiled_code_is_of_an_unknown_kind(entries: dict[str, Any]) -> None:
    assert [name for name, one in entries.items() if not contents.is_known(one)] == []


def test_no_function_is_made_by_another_at_run_time(functions: list[Any]) -> None:
    """Numba tells such functions apart by a number that another process gives to others: linked, they mix."""
    assert [function.__qualname__ for function in functions if "<locals>" in function.__qualname__] == []


def test_every_number_that_a_function_reads_is_in_its_name(
    functions: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = 0
    own = contents._own.__wrapped__
    for function in functions:
        for known, name in _read(function).values():
            if type(known[name]) in (int, float, tuple, str):
                before = own(function)
                with monkeypatch.context() as patch:
                    value = known[name]
                    other = (*value, 1) if isinstance(value, tuple) else value * 2 or 1
                    patch.setitem(known, name, other if other != value else 1.5)
                    assert own(function)[0] != before[0], f"{function.__qualname__} reads {name}"
                changed += 1
    assert changed > 600


def test_every_function_that_is_called_is_followed(functions: list[Any]) -> None:
    reached = {function.__qualname__ for function in functions}
    called = 0
    for function in functions:
        for known, name in _read(function).values():
            if hasattr(known[name], "py_func"):
                assert contents._python(known[name]).__qualname__ in reached
                called += 1
    assert called > 800


def test_every_line_of_a_function_is_in_its_name(functions: list[Any]) -> None:
    own = contents._own.__wrapped__
    for function in functions[::7]:
        code, before = function.__code__, own(function)[0]
        steps = bytes([*code.co_code[:-2], dis.opmap["NOP"], 0])
        for other in (
            code.replace(co_code=steps),
            code.replace(co_consts=(*code.co_consts, 7.25)),
            code.replace(co_names=(*code.co_names, "further")),
        ):
            function.__code__ = other
            try:
                assert own(function)[0] != before, function.__qualname__
            finally:
                function.__code__ = code


def test_sources_that_make_machine_code_count() -> None:
    """Who reaches into the compiler is among the machinery, or an intrinsic found where it is used."""
    reach = {
        path.name
        for path in (ROOT / "sim").rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in ("llvmlite", "numba.extending"))
    }
    assert reach <= {*(file.name for file in contents.MACHINERY), "prefetch.py", "contents.py", "sources.py"}


EDITS = {
    "a number": ("mechanisms/referral/referral.py", "TOP_LEVEL = 2", "TOP_LEVEL = 1", True),
    "a rule": (
        "rules/resident.py",
        "return base_rate * propensity * math.exp(",
        "return 2.0 * base_rate * propensity * math.exp(",
        True,
    ),
    "an intrinsic": ("engine/prefetch.py", "for choice in (1, 3, 1)", "for choice in (0, 3, 1)", True),
    "how functions are compiled": ("engine/jit.py", '"_nrt": False', '"_nrt": True', True),
    "a docstring of a rule": ("rules/resident.py", '"""', '"""Of everyone: ', False),
    "a docstring of the machinery": ("engine/jit.py", '"""', '"""Once more: ', False),
    "a comment": ("mechanisms/referral/referral.py", "TOP_LEVEL = 2", "TOP_LEVEL = 2  # so\n\n", False),
    "a table's reader": ("records/tables.py", "\nimport", "\n_FURTHER = 12\nimport", False),
    "a parameter's meaning": ("parameters/staff.py", '"""', '"""Further: ', False),
}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    for name in ("sim", "tests/sim"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def _names(folder: Path) -> str:
    run = subprocess.run(
        [sys.executable, "-B", "-c", NAMES], cwd=folder, capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(folder), "PATH": "", "COGOV_CACHE_DIR": str(folder / "cache")},
    )  # fmt: skip
    return run.stdout


@pytest.fixture(scope="module")
def untouched(sources: Path) -> str:
    return _names(sources)


@each("what", EDITS)
def test_an_edit_counts_where_the_machine_code_is_another(what: str, sources: Path, untouched: str) -> None:
    name, old, new, counts = EDITS[what]
    path = sources / "sim" / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} no longer reads {old!r}: edit something else here"
    try:
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        after = _names(sources)
    finally:
        path.write_text(text, encoding="utf-8")
    assert after.split()[0] != untouched.split()[0] if counts else after == untouched


def test_an_edit_leaves_the_pieces_that_hold_none_of_it(sources: Path, untouched: str) -> None:
    name, old, new, _ = EDITS["a number"]
    path = sources / "sim" / name
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        after = _names(sources)
    finally:
        path.write_text(text, encoding="utf-8")
    lines = zip(untouched.splitlines()[1:], after.splitlines()[1:], strict=True)
    changed = {line.split()[0] for line, other in lines if line != other}
    holding = {
        one.py_func.__qualname__
        for one in pieces()
        if any("TOP_LEVEL" in _read(function) for function in contents.functions_of(one))
    }
    assert changed == holding
    assert 0 < len(changed) < len(pieces())
