"""Each kind of event has one handler, and what is out of date is dropped before it."""

import linecache
import traceback
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from experiments.command_line.explain import explain_events
from sim.engine import dispatch
from sim.engine.declare import all_events
from sim.engine.dispatch import ANY, Handler, handlers, on, source
from sim.engine.event_queue import EV_REPORT
from sim.engine.tables.cases import AT_SHELF, TRACK
from sim.mechanism_list import MECHANISMS
from sim.mechanisms.case.closing import EV_CHASE
from sim.mechanisms.field_service.shifts import EV_SHIFT


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> dict[int, Handler]:
    """Nobody handles anything yet."""
    mine: dict[int, Handler] = {}
    monkeypatch.setattr(dispatch, "_handlers", mine)
    monkeypatch.setattr(dispatch, "all_events", lambda: sorted((EV_SHIFT, EV_REPORT, EV_CHASE)))
    monkeypatch.setattr(dispatch, "inner", lambda function: function)
    return mine


def begin(called: list[Any], stage: int | None = AT_SHELF) -> Any:
    """Let three functions handle three events; return the dispatcher."""

    @on(EV_SHIFT)
    def at_a_shift(s: Any, t: float) -> None:
        called.append(("shift", t))

    @on(EV_REPORT)
    def at_a_report(s: Any, q: int, t: float) -> None:
        called.append(("report", q, t))

    @on(EV_CHASE, stage=stage)
    def at_a_chase(s: Any, n: int, spell: int, t: float) -> None:
        called.append(("chase", n, spell, t))
        assert spell < 100

    return dispatch.dispatcher(())


def cases(stage: int, spell: int) -> Any:
    track = np.zeros(5, TRACK)
    track["stage"], track["spell"] = stage, spell
    return SimpleNamespace(track=track)


def test_a_function_gets_as_much_of_an_event_as_it_takes(only: Any) -> None:
    called: list[Any] = []
    handle = begin(called)
    handle(None, EV_SHIFT, 1, 2, 0.5)
    handle(None, EV_REPORT, 1, 2, 0.5)
    handle(cases(AT_SHELF, 2), EV_CHASE, 1, 2, 0.5)
    assert called == [("shift", 0.5), ("report", 1, 0.5), ("chase", 1, 2, 0.5)]


def test_what_is_out_of_date_is_dropped(only: Any) -> None:
    called: list[Any] = []
    handle = begin(called)
    handle(cases(AT_SHELF, 3), EV_CHASE, 1, 2, 0.5)
    handle(cases(AT_SHELF + 1, 2), EV_CHASE, 1, 2, 0.5)
    assert called == []


def test_at_any_stage_the_spell_alone_counts(only: Any) -> None:
    called: list[Any] = []
    handle = begin(called, ANY)
    handle(cases(AT_SHELF + 1, 3), EV_CHASE, 1, 2, 0.5)
    handle(cases(AT_SHELF + 1, 2), EV_CHASE, 1, 2, 0.5)
    assert called == [("chase", 1, 2, 0.5)]


def test_its_lines_are_read_in_a_traceback(only: Any) -> None:
    handle = begin([])
    with pytest.raises(AssertionError) as raised:
        handle(cases(AT_SHELF, 100), EV_CHASE, 1, 100, 0.5)
    linecache.checkcache()
    assert "at_a_chase(s, i, j, t)" in "".join(traceback.format_exception(raised.value))


def test_two_handlers_of_one_event_are_refused(only: Any) -> None:
    begin([])
    with pytest.raises(ValueError, match=r"EV_SHIFT is handled by sim\.test_dispatch"):
        begin([])


def test_an_event_that_nobody_handles_is_refused(only: Any) -> None:
    @on(EV_SHIFT)
    def at_a_shift(s: Any, t: float) -> None: ...

    with pytest.raises(ValueError, match="nobody handles EV_REPORT, EV_CHASE"):
        dispatch.dispatcher(())


def test_two_functions_of_one_name_are_refused(only: Any) -> None:
    def same(s: Any, t: float) -> None: ...

    for event in (EV_SHIFT, EV_REPORT, EV_CHASE):
        on(event)(same)
    with pytest.raises(ValueError, match="two handlers are called same"):
        dispatch.dispatcher(())


def test_a_function_that_takes_too_much_is_refused(only: Any) -> None:
    with pytest.raises(ValueError, match="up to two numbers"):

        @on(EV_SHIFT)
        def at_a_shift(s: Any, i: int, j: int, k: int, t: float) -> None: ...


def test_every_event_is_handled_in_its_order_and_explained() -> None:
    handled = handlers(MECHANISMS)
    assert [handler.event for handler in handled] == list(all_events())
    branches = [line.split()[3].rstrip(":") for line in source(handled).splitlines() if " kind == " in line]
    assert branches == [f"EV_{one.name}" for one in all_events().values()]
    events, _, followed = explain_events().partition("\n\nMoments")
    told = events.splitlines()[4:]
    assert [line.split()[0] for line in told] == [name.removeprefix("EV_") for name in branches]
    assert any(line.split()[:3] == ["CHASE", "case.closing.chase", "shelf,"] for line in told)
    assert [line.split()[1] for line in followed.splitlines() if line.startswith("need_gone")] == [
        "reporting.reporting_clocks.stop_clocks"
    ]
