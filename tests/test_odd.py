"""The ODD document says what the code says: every field, event, parameter and submodel, and nothing else."""

from pathlib import Path

import pytest

import sim.engine.tables
from experiments import odd
from sim import load_scenario
from sim.initial_state import build
from sim.records.descriptions import ENTITIES, EVENTS, FIELDS

ROOT = Path(__file__).resolve().parents[1]
#: Records whose fields are those of another: the daily series keeps counters of a community.
SHARED = {"DAY"}
#: Arrays that hold parameters, or more of what another array holds.
KNOWN = {"par", "daily", "today", "spare", "heap"}


def test_every_field_of_every_array_is_described_and_no_other() -> None:
    types = odd.array_types()
    assert set(types) - SHARED == set(ENTITIES) == set(FIELDS)
    for name in ENTITIES:
        assert set(FIELDS[name]) == set(types[name].names or ()), (
            f"describe the fields of {name} in sim/records/descriptions.py"
        )
        assert ENTITIES[name][0] in sim.engine.tables.State._fields
    state = build(load_scenario("co_governance", ["community.residents=50"]), seed=1, replication=0).state
    arrays = {field for field in state._fields if getattr(state, field).dtype.names}
    missing = arrays - {array for array, _ in ENTITIES.values()} - KNOWN
    assert not missing, (
        f"describe these arrays in sim/records/descriptions.py, its MODULES included: {missing}"
    )
    for meanings in FIELDS.values():
        assert all(meaning.text for meaning in meanings.values())


def test_every_event_is_described_in_its_order() -> None:
    assert list(EVENTS) == list(odd.event_kinds()), "describe new events in sim/records/descriptions.py"


def test_the_document_is_up_to_date() -> None:
    text = odd.FILE.read_text(encoding="utf-8")
    assert odd.renewed(text) == text, "run: .venv/bin/python -m experiments.odd"
    for section in odd.SECTIONS:
        assert f"<!-- generated: {section} -->" in text


def test_drift_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    text = odd.FILE.read_text(encoding="utf-8")
    monkeypatch.setitem(EVENTS, "SHIFT", "something else")
    assert odd.renewed(text) != text
    assert odd.main(["--check"]) == 1


@pytest.mark.parametrize("name", ["odd", "stress", "trace"])
def test_what_the_documents_point_to_exists(name: str) -> None:
    import re

    text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+?)(?:#[\w-]+)?\)", text):
        if "://" not in target:
            assert (ROOT / "docs" / target).exists(), f"docs/{name}.md points to {target}"
    for path in re.findall(
        r"`((?:sim|analysis|experiments|tests|scenarios|docs|benchmarks)/[\w./-]+)`", text
    ):
        assert (ROOT / path).exists(), f"docs/{name}.md names {path}"
