"""The covering runs uncompiled: the same bits, no two questions share a key, every stream is used."""

import json
from typing import Any

import pytest

from sim.engine.declare import all_draws
from tests.guarantees.covering import covering_fingerprints
from tests.guarantees.runs import python
from tests.mechanisms.collect import COVERING, covering_runs_of

#: Drawn from only where the needs come from a request file.
OF_REQUEST_FILES = {"STREAM_OWNER", "SURGE"}
CODE = "import sys; from tests.guarantees.recorded_draws import main; main(sys.argv[1:])"


@pytest.fixture(scope="module")
def labels(request: pytest.FixtureRequest) -> list[str]:
    """All covering runs, or with ``--mechanism`` those that pass through it."""
    mechanism = request.config.getoption("--mechanism")
    return covering_runs_of(mechanism) if mechanism else list(COVERING)


@pytest.fixture(scope="module")
def uncompiled(labels: list[str]) -> Any:
    return json.loads(python(CODE, *labels, NUMBA_DISABLE_JIT="1"))


def test_compiled_or_not_the_bits_are_the_same(uncompiled: Any, labels: list[str]) -> None:
    faults = []
    for label, compiled in covering_fingerprints(labels).items():
        plain = uncompiled["runs"][label]["prints"]
        assert plain.keys() == compiled.keys()
        differ = [name for name, value in compiled.items() if plain[name] != value]
        if differ:
            faults.append(f"{label}: {', '.join(differ)}")
    assert not faults


def test_no_two_decisions_share_a_key(uncompiled: Any, labels: list[str]) -> None:
    assert list(uncompiled["runs"]) == labels
    idle = [label for label, run in uncompiled["runs"].items() if run["draws"] <= 100]
    assert not idle
    faults = {label: run["faults"] for label, run in uncompiled["runs"].items() if run["faults"]}
    assert not faults


def test_every_key_stays_within_its_words(uncompiled: Any) -> None:
    faults = {label: run["out_of_range"] for label, run in uncompiled["runs"].items() if run["out_of_range"]}
    assert not faults


def test_every_stream_is_drawn_from(uncompiled: Any, labels: list[str]) -> None:
    if len(labels) < len(COVERING):
        pytest.skip("only some of the covering runs were asked for")
    assert set(uncompiled["streams"]) == {one.name for one in all_draws().values()} - OF_REQUEST_FILES
