"""The shape of the house: who imports whom, how light `sim` is, how long modules are, what is committed."""

import ast
import graphlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("sim", "scenarios", "experiments", "analysis", "benchmarks")

#: What each package may import of the others. Data flows one way.
MAY_IMPORT = {
    "scenarios": set(),
    "sim": {"scenarios"},
    "analysis": {"sim", "scenarios"},
    "experiments": {"analysis", "sim", "scenarios"},
    "benchmarks": {"experiments", "analysis", "sim", "scenarios"},
}

LINES_AT_MOST = 400
#: Longer modules, each with the reason why it is still one idea.
LONGER_MODULES: dict[str, str] = {
    "sim/dictionary.py": "a table: what every field and event means, and no logic",
    "sim/randomness.py": "the table of every question that is drawn, and the generator",
    "sim/records.py": "what every mechanism adds to the tables, column by column",
    "sim/state.py": "a table: every field of every array with its meaning, and no logic",
}

#: What `import sim.parameters` must not pull in: a sweep's workers and the command line's help start with it.
HEAVY = ("pandas", "pyarrow", "matplotlib", "hydra", "mesa", "networkx", "scipy.stats", "numba")


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def imported_names(path: Path) -> Iterator[tuple[int, str]]:
    """Every absolute import in a file, at the top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.lineno, node.module


def committed_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_imports_go_one_way() -> None:
    wrong = []
    for path in modules():
        package = path.relative_to(ROOT).parts[0]
        for line, name in imported_names(path):
            other = name.split(".")[0]
            if other in PACKAGES and other != package and other not in MAY_IMPORT[package]:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
            if other == "tests":
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports the tests")
    assert not wrong, "\n".join(wrong)


def imports_between(paths: dict[str, Path]) -> dict[str, set[str]]:
    """Which of the modules named each of them imports, whether by module or by a name in it."""
    found: dict[str, set[str]] = {}
    for name, path in paths.items():
        others = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                parts = {f"{node.module}.{alias.name}" for alias in node.names} & set(paths)
                others |= parts or {node.module}
            elif isinstance(node, ast.Import):
                others |= {alias.name for alias in node.names}
        found[name] = (others & set(paths)) - {name}
    return found


@pytest.mark.parametrize("package", ["sim", "experiments", "analysis"])
def test_no_module_imports_itself_in_a_circle(package: str) -> None:
    paths = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted((ROOT / package).rglob("*.py"))
    }
    try:
        graphlib.TopologicalSorter(imports_between(paths)).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_the_walk_sees_imports_inside_functions(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text(
        "import os\ndef f():\n    from analysis.statistics.survival import km\n", encoding="utf-8"
    )
    assert [name for _, name in imported_names(source)] == ["os", "analysis.statistics.survival"]


@pytest.mark.parametrize("module", ["sim", "sim.parameters"])
def test_sim_starts_light(module: str) -> None:
    code = f"import sys, {module}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_a_module_is_one_idea() -> None:
    lengths = {}
    for path in modules():
        lengths[path.relative_to(ROOT).as_posix()] = len(path.read_text(encoding="utf-8").splitlines())
    too_long = {name: n for name, n in lengths.items() if n > LINES_AT_MOST and name not in LONGER_MODULES}
    assert not too_long, f"split these, or list them in LONGER_MODULES with the reason: {too_long}"
    settled = [name for name in LONGER_MODULES if lengths.get(name, 0) <= LINES_AT_MOST]
    assert not settled, f"no longer over {LINES_AT_MOST} lines, take them off the list: {settled}"


def test_the_lock_names_no_source() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|/(home|root|opt|tmp)/", lock)
    pinned = re.findall(r"^[A-Za-z0-9][A-Za-z0-9._-]*==", lock, flags=re.MULTILINE)
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9][A-Za-z0-9._-]*==)", lock)[1:]
    assert len(pinned) > 20
    assert all("--hash=sha256:" in block for block in blocks)


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    # Written in two halves, so that this file does not find itself.
    place = re.compile("|".join(["/ro" + "ot/", "/wo" + "rk/", "/Us" + r"ers/\w+/", "/ho" + r"me/\w+/"]))
    found = []
    for name in committed_files():
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {match.group()}" for match in place.finditer(text)]
    assert not found, "\n".join(found)


def test_what_is_installed_says_that_it_has_types() -> None:
    from hatchling.builders.wheel import WheelBuilder

    files = {file.relative_path for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    assert {f"{package}/py.typed" for package in ("sim", "analysis", "experiments")} <= files
