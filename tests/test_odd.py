"""The ODD document says what the code says: every field, event, parameter and submodel, and nothing else."""

from pathlib import Path

import numpy as np
import pytest

from experiments import odd
from sim import load_scenario
from sim.engine.declare import all_draws, all_events, all_records
from sim.engine.tables.run import State
from sim.initial_state import build
from sim.mechanisms.field_service.shifts import EV_SHIFT

ROOT = Path(__file__).resolve().parents[1]
#: Arrays that hold parameters, or more of what another array holds.
KNOWN = {"par", "daily", "today", "spare", "heap"}


def test_every_array_has_a_record_and_every_column_a_meaning() -> None:
    records = all_records()
    assert set(records) <= set(State._fields)
    state = build(load_scenario("co_governance", ["community.residents=50"]), seed=1, replication=0).state
    arrays = {field for field in state._fields if getattr(state, field).dtype.names}
    assert arrays - KNOWN <= set(records)
    for array, record in records.items():
        assert record.what, array
        assert getattr(state, array).dtype in (
            record.dtype,
            *([] if array in arrays else [np.dtype("f8")]),
        ), array
        without = [f"{array}.{name}" for name, column in record.columns.items() if not column.text]
        assert not without


def test_every_event_and_every_draw_has_a_meaning() -> None:
    assert list(all_events()) == list(range(len(all_events())))
    assert all(one.text for one in all_events().values())
    assert all(one.about and len(about) == 3 for one in all_draws().values() for about in one.about)


def test_the_document_is_up_to_date() -> None:
    text = odd.FILE.read_text(encoding="utf-8")
    assert odd.renewed(text) == text, "run: .venv/bin/python -m experiments.odd"
    for section in odd.SECTIONS:
        assert f"<!-- generated: {section} -->" in text


def test_drift_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    text = odd.FILE.read_text(encoding="utf-8")
    shift = all_events()[EV_SHIFT]._replace(text="something else")
    monkeypatch.setattr(odd, "all_events", lambda: all_events() | {EV_SHIFT: shift})
    assert odd.renewed(text) != text
    assert odd.main(["--check"]) == 1
    assert odd.main(["--chek"]) == 2


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
