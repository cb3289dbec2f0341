"""The shape of the house: who imports whom, how light `sim` is, how long modules are, what is committed."""

import ast
import graphlib
import importlib.util
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
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

#: The folders of a package from the bottom up ("." holds the package's own modules, unless one is named): a
#: module imports from its own folder and from those before it.
LAYERS = {
    "sim": (
        "errors",
        "as_html",
        "input_files",
        "engine",
        "engine/tables",
        "engine/daily_series",
        "engine/dispatch",
        "parameters",
        "rules",
        "request_file",
        "city",
        "world",
        "scenario",
        "demand",
        "mechanisms",
        "mechanisms/staff",
        "mechanisms/case",
        "mechanisms/platform",
        "mechanisms/mutual_aid",
        "mechanisms/crews",
        "mechanisms/plural_supply",
        "mechanisms/field_service",
        "mechanisms/referral",
        "mechanisms/deliberation",
        "mechanisms/intake",
        "mechanisms/patrol",
        "mechanisms/flooding",
        "mechanisms/city_teams",
        "mechanisms/reporting",
        "world_and_tape",
        "initial_state",
        "records",
        "mechanism_list",
        "loop",
        "simulation",
        "state_digest",
        "agents",
        ".",
    ),
    "analysis": (
        ".",
        "safe_text",
        "statistics",
        "request_files",
        "calibration",
        "forecasts",
        "forecasts/rivals",
        "inputs",
        "estimates",
        "summaries",
        "comparison",
        "validation",
        "findings/parameter_texts_zh",
        "findings",
        "figures/page",
        "figures",
        "report",
    ),
    "experiments": (
        "system",
        "arguments",
        "chinese/scenario_texts",
        "chinese",
        "runs",
        "executors",
        "output",
        "store",
        "designs",
        "results",
        "staffing",
        "city",
        "city/backtests",
        "city/import_file",
        "published",
        "dashboard/words",
        "dashboard/state",
        "dashboard/work",
        "dashboard/serving",
        "dashboard/parts",
        "dashboard/panels",
        "dashboard/panels/hotline",
        "dashboard/panels/sweep",
        "dashboard/panels/target",
        "dashboard/panels/third",
        "dashboard",
        "command_line",
        ".",
    ),
}
#: Imports that run back up, "importing module -> imported module", with the reason; at most one a package.
BACK_UP: dict[str, dict[str, str]] = {"sim": {}, "analysis": {}, "experiments": {}}

FILES_AT_MOST = 20
#: Folders with more files side by side, as many as there are now: they may only become fewer.
CROWDED_STILL: dict[str, int] = {}

LINES_AT_MOST = 400
#: No reason makes a module longer than this.
LINES_IN_NO_CASE = 500
#: Longer modules of before this rule, with their lines now: they may only become shorter.
LONG_STILL: dict[str, int] = {}
#: Modules over `LINES_AT_MOST`, each with the reason why it is still one idea.
LONGER_MODULES: dict[str, str] = {}

#: What `import sim.parameters.scenario` must not pull in: a sweep's workers and the command line's help
#: start with it.
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
    try:
        graphlib.TopologicalSorter(imports_between(modules_of(package))).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def modules_of(package: str, root: Path = ROOT) -> dict[str, Path]:
    """The modules of a package by name."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted((root / package).rglob("*.py"))
    }


def named_in_strings(path: Path, package: str) -> set[str]:
    """Modules that a file loads by name: a string that is a module's name, or begins a name put together."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = node.value.partition(":")[0].rstrip(".")
            if re.fullmatch(rf"{package}(\.\w+)+", name):
                found.add(name)
    return found


def against_the_layers(package: str, layers: Sequence[str], root: Path = ROOT) -> list[str]:
    """The imports, written as "importing module -> imported module", that run up; folders without a layer."""
    paths = modules_of(package, root)
    folder = {}
    for name, path in paths.items():
        alone = path.relative_to(root / package).with_suffix("").as_posix()
        folder[name] = alone if alone in layers else path.parent.relative_to(root / package).as_posix()
    wrong = [f"{package}/{name} has no layer" for name in sorted({*folder.values()} - {*layers})]
    wrong += [f"{package}/{name} holds no module" for name in layers if name not in folder.values()]
    height = {name: layers.index(where) for name, where in folder.items() if where in layers}
    for name, others in imports_between(paths).items():
        others |= named_in_strings(paths[name], package) & set(paths)
        wrong += [
            f"{name} -> {other}" for other in sorted(others) if height.get(other, 0) > height.get(name, 99)
        ]
        if re.search(r"(?m)^\s*from \.", paths[name].read_text(encoding="utf-8")):
            wrong.append(f"{name} imports without saying from where")
    return wrong


@pytest.mark.parametrize("package", LAYERS)
def test_folders_stand_in_layers(package: str) -> None:
    excused = BACK_UP.get(package, {})
    assert len(excused) <= 1
    assert against_the_layers(package, LAYERS[package]) == list(excused)


def test_the_picture_in_contributing_is_this_house() -> None:
    place = ROOT / "docs" / "_site" / "house.py"
    spec = importlib.util.spec_from_file_location("house", place)
    assert spec is not None
    assert spec.loader is not None
    house = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(house)
    drawn = house.PICTURE.read_text(encoding="utf-8")
    assert drawn == house.draw(LAYERS), "draw it anew: .venv/bin/python docs/_site/house.py"


def test_the_walk_sees_what_runs_up(tmp_path: Path) -> None:
    for name, text in {
        "house/__init__.py": "",
        "house/low/__init__.py": "",
        "house/low/one.py": "def f():\n    from house.high import two\n",
        "house/low/three.py": 'import importlib\nimportlib.import_module("house.high.two")\n',
        "house/low/four.py": 'f"house.high.{name}"\nfrom house.low.one import f\n',
        "house/low/five.py": "from ..high import two\n",
        "house/high/__init__.py": "",
        "house/high/two.py": "from house.low.one import f\nimport house.low.three\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert against_the_layers("house", (".", "low", "high"), tmp_path) == [
        "house.low.five imports without saying from where",
        "house.low.four -> house.high",
        "house.low.one -> house.high.two",
        "house.low.three -> house.high.two",
    ]
    assert against_the_layers("house", (".", "high", "low"), tmp_path) == [
        "house.high.two -> house.low.one",
        "house.high.two -> house.low.three",
        "house.low.five imports without saying from where",
    ]
    assert "house/high has no layer" in against_the_layers("house", (".", "low"), tmp_path)
    assert "house/attic holds no module" in against_the_layers(
        "house", (".", "low", "high", "attic"), tmp_path
    )


def files_side_by_side(package: str, root: Path = ROOT) -> dict[str, int]:
    """How many modules, components and style sheets lie in each folder of a package."""
    found = (path for path in (root / package).rglob("*") if path.suffix in (".py", ".vue", ".css"))
    return dict(Counter(path.parent.relative_to(root).as_posix() for path in found))


def over(found: dict[str, int], most: int, still: dict[str, int]) -> list[str]:
    """What is over a limit and not among what may still be, what has grown there, and what is settled."""
    wrong = [
        f"{name}: {n}, at most {still.get(name, most)}"
        for name, n in found.items()
        if n > still.get(name, most)
    ]
    return wrong + [f"{name}: settled, take it off the list" for name in still if found.get(name, 0) <= most]


def test_no_folder_is_crowded() -> None:
    found: dict[str, int] = {}
    for package in ("sim", "experiments", "analysis"):
        found |= files_side_by_side(package)
    assert not over(found, FILES_AT_MOST, CROWDED_STILL)


def test_what_is_over_a_limit_is_seen(tmp_path: Path) -> None:
    (tmp_path / "house" / "attic").mkdir(parents=True)
    for number in range(3):
        (tmp_path / "house" / f"m{number}.py").touch()
    (tmp_path / "house" / "attic" / "page.vue").touch()
    (tmp_path / "house" / "attic" / "table.csv").touch()
    found = files_side_by_side("house", tmp_path)
    assert found == {"house": 3, "house/attic": 1}
    assert over(found, 3, {}) == []
    assert over(found, 2, {}) == ["house: 3, at most 2"]
    assert over(found, 1, {"house": 3}) == []
    assert over(found, 1, {"house": 2}) == ["house: 3, at most 2"]
    assert over(found, 1, {"house": 3, "house/attic": 1}) == ["house/attic: settled, take it off the list"]


def test_the_walk_sees_imports_inside_functions(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text(
        "import os\ndef f():\n    from analysis.statistics.survival import km\n", encoding="utf-8"
    )
    assert [name for _, name in imported_names(source)] == ["os", "analysis.statistics.survival"]


@pytest.mark.parametrize("module", ["sim", "sim.parameters.scenario"])
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
    assert not over(lengths, LINES_IN_NO_CASE, LONG_STILL)
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
