"""Declarations: numbers and names are taken once, and what is declared late is refused."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.engine import declare
from sim.engine.declare import Record, all_draws, all_events, draw, event, number, whole
from sim.engine.tables.communities import COMMUNITY

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    # Whatever is imported for the first time during a test would be declared in what is thrown away after it.
    declare.import_all()
    for name in ("RECORDS", "_events", "_draws"):
        monkeypatch.setattr(declare, name, dict(getattr(declare, name)))


def test_a_record_is_a_type_for_numpy() -> None:
    row = Record("made_up", "a row", when=number("when", "days"), who=whole("who"))
    row.add("often", whole("how often", daily=1))
    row.add("long", number("how long", "days", daily=0))
    rows = np.zeros(2, row)
    assert rows.dtype.names == ("when", "who", "long", "often")
    assert [rows.dtype[name].str[1:] for name in rows.dtype.names] == ["f8", "i8", "f8", "i8"]
    assert row.daily == ("long", "often")
    assert row.columns["often"].text == "how often"


def test_what_is_taken_is_refused() -> None:
    row = Record("made_up", "a row", when=number("when", daily=3))
    with pytest.raises(ValueError, match="made_up has a record already"):
        Record("made_up", "another")
    with pytest.raises(ValueError, match=r"made_up\.when is declared twice"):
        row.add("when", whole("again"))
    with pytest.raises(ValueError, match="place 3 of the daily series is taken by when"):
        row.add("other", whole("other", daily=3))
    number_of_rows = len(np.zeros(1, row))
    assert number_of_rows == 1
    with pytest.raises(ValueError, match=r"made_up\.late comes too late"):
        row.add("late", whole("late"))


def test_an_event_has_its_own_number_and_name() -> None:
    known = all_events()
    free = max(known) + 1
    assert event(free, "MADE_UP", "something happens") == free
    with pytest.raises(ValueError, match="MADE_UP has the number"):
        event(free, "OTHER", "something else")
    with pytest.raises(ValueError, match="MADE_UP has the number"):
        event(free + 1, "MADE_UP", "something else")
    assert all_events()[free].text == "something happens"


def test_a_draw_has_its_own_stream_and_name() -> None:
    taken = next(iter(all_draws().values()))
    with pytest.raises(ValueError, match=f"{taken.name} has the number {taken.stream} already"):
        draw(taken.stream, "MADE_UP", ("0", "need", "0"))
    with pytest.raises(ValueError, match=f"{taken.name} has the number"):
        draw(200, taken.name, ("0", "need", "0"))
    assert draw(200, "MADE_UP", ("0", "need", "0")) == 200


def test_the_numbers_are_those_of_the_first_edition() -> None:
    """Frozen: the order of events at one instant and the streams decide every result."""
    events = [one.name for one in all_events().values()]
    assert events[:6] == ["SERVER_FREE", "SHIFT", "INTAKE", "HELPED", "UNMATCHED", "ROUTE"]
    assert events[33:39] == ["PATROL", "FOUND", "CALL_BACK", "COUNTERSIGNED", "CONVENE", "MENU"]
    streams = {one.name: number for number, one in all_draws().items()}
    frozen = {"WORLD_PERSON": 1, "REPORT": 8, "APP": 28, "PATROL": 32, "ATTENDANCE": 38, "SURGE": 62}
    assert frozen.items() <= streams.items()
    assert COMMUNITY.daily[:3] == ("arisen", "reported", "duplicates")
    assert COMMUNITY.daily[46:49] == ("found_on_paper", "staff_hours_demanded", "partner_hours")


@pytest.mark.parametrize(
    "first", ["sim.world.population", "sim.mechanisms.patrol.patrol", "sim.records.tables"]
)
def test_whatever_is_imported_first_all_columns_are_there(first: str) -> None:
    code = f"""
import {first}
from sim.engine.tables.communities import COMMUNITY
print(*COMMUNITY.dtype.names)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == list(COMMUNITY.dtype.names or ())


def test_a_type_read_while_importing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "half.py").write_text(
        "from sim.engine.declare import Record, whole\n"
        "ROW = Record('made_up', 'a row', n=whole('n'))\n"
        "ROW.dtype\n",
        encoding="utf-8",
    )
    code = "from sim.engine.modules import expect; expect('half'); import half"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {code}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "half is still being imported" in done.stderr
