"""What makes two processes compute the same runs: what can change a number, and nothing else."""

import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from experiments.runs import function_references
from sim.engine import sources

MEASURE = "analysis.estimates.estimands:estimate"


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    function_references.code_version.cache_clear()
    yield
    function_references.code_version.cache_clear()


def version(measure: str = MEASURE) -> str:
    function_references.code_version.cache_clear()
    return function_references.code_version(function_references.ENGINE, measure)


def test_two_builds_of_one_python_share_runs_but_no_machine_code(monkeypatch: pytest.MonkeyPatch) -> None:
    runs, code = version(), sources.machine_hash()
    monkeypatch.setattr(sys, "version", "3.12.99 (main, Jan 1 2031, 00:00:00) [another compiler]")
    assert version() == runs
    assert sources.machine_hash() != code


def test_one_processor_has_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {}
    for name in ("x86_64", "AMD64", "aarch64", "arm64"):
        monkeypatch.setattr(sources.platform, "machine", lambda name=name: name)
        found[name] = version()
    assert found["x86_64"] == found["AMD64"] != found["aarch64"] == found["arm64"]


@pytest.mark.parametrize("what", ["python", "implementation", "system", "numpy", "numba", "scipy", "pandas"])
def test_what_can_change_a_number_makes_another_run(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version()
    if what == "python":
        monkeypatch.setattr(sys, "version_info", type(sys.implementation)(major=3, minor=99))
    elif what == "implementation":
        monkeypatch.setattr(sys, "implementation", type(sys.implementation)(name="another"))
    elif what == "system":
        monkeypatch.setattr(sys, "platform", "another")
    else:
        real = metadata.version
        monkeypatch.setattr(metadata, "version", lambda name: "9.9" if name == what else real(name))
    after = version()
    monkeypatch.undo()
    assert after != before


def test_a_measure_of_ones_own_counts_wherever_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Also where the name begins as that of a package of ours does.
    for name in ("measure_of_mine", "simple"):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.syspath_prepend(folder)
        found = set()
        for text in ("def f(records): return {}\n", "def f(records): return {'a': 1}\n"):
            (folder / f"{name}_measure.py").write_text(text)
            found.add(version(f"{name}_measure:f"))
        assert len(found) == 2


def test_a_measure_beside_the_engines_folder_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The checkout is the working folder as a rule: `sim_mine.py` beside `sim` is no part of `sim`."""
    (tmp_path / "experiments").mkdir()
    (tmp_path / "sim").mkdir()
    monkeypatch.setattr(
        function_references, "__file__", str(tmp_path / "experiments" / "runs" / "function_references.py")
    )
    monkeypatch.syspath_prepend(tmp_path)
    found = set()
    for text in ("def f(records): return {}\n", "def f(records): return {'a': 1}\n"):
        (tmp_path / "sim_mine.py").write_text(text)
        found.add(version("sim_mine:f"))
    assert len(found) == 2


def test_what_lies_deeper_in_the_analysis_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    deep = tmp_path / "analysis" / "deeper"
    deep.mkdir(parents=True)
    (tmp_path / "experiments").mkdir()
    monkeypatch.setattr(
        function_references, "__file__", str(tmp_path / "experiments" / "runs" / "function_references.py")
    )
    found = set()
    for text in ("A = 1\n", "A = 2\n"):
        (deep / "module.py").write_text(text)
        found.add(version())
    assert len(found) == 2
