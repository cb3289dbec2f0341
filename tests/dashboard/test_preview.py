"""A slider that is being moved: a few pairs of the last value, and nothing of it in address or history."""

import importlib.util
import threading
from concurrent.futures import Future
from typing import Any

import pytest

from experiments.dashboard.state.scenario_pair import View, arms
from experiments.dashboard.work.comparison import Kept, Result, pairs_of
from tests.dashboard.conftest import PAIRS, compared

if importlib.util.find_spec("solara") is None:
    pytest.skip("the extra `dashboard` is not installed", allow_module_level=True)

from experiments.dashboard.panels.live_preview import PREVIEW_PAIRS, preview
from experiments.dashboard.panels.strip import note
from experiments.dashboard.serving.page_state import PageState

KEY = "staff.per_10k"


def moved(value: float, number: int) -> dict[str, Any]:
    return {"key": KEY, "side": 1, "value": value, "number": number}


def looked(state: PageState, cancel: threading.Event | None = None) -> None:
    preview(state, state.held.value, cancel or threading.Event())


def on_screen(state: PageState) -> tuple[View, Result]:
    shown = state.on_screen()
    assert shown is not None
    return shown


def test_what_is_seen_while_a_slider_moves_is_a_preview(page_state: PageState) -> None:
    before, address = page_state.view.value, page_state.address()
    assert page_state.standing() == ("current", False)
    page_state.drag(moved(8.0, 1))
    # Nothing is there yet: what is on the screen is of the value before.
    assert page_state.standing() == ("old", True)
    looked(page_state)
    assert page_state.previewed.value == 1
    assert page_state.standing() == ("preview", True)
    view, result = on_screen(page_state)
    assert view == before.with_change(1, KEY, 8.0)
    assert (result.pairs, result.wanted) == (PREVIEW_PAIRS, PAIRS)
    for language, told in (("en", "while you drag"), ("zh", "拖动预览")):
        text = note("preview", True, result, language, page_state.preview.value)
        assert told in text
        assert all(number in text for number in ("8", str(PREVIEW_PAIRS), str(PAIRS)))
    assert (page_state.view.value, page_state.address(), page_state.past.value) == (before, address, ())


def test_what_is_let_go_is_asked_for_and_begins_with_the_preview(page_state: PageState, workers: Any) -> None:
    for number, value in enumerate((8.0, 9.0), 1):
        page_state.drag(moved(value, number))
        looked(page_state)
    seen = on_screen(page_state)[1]
    before = page_state.view.value
    workers.runs.clear()
    page_state.changed({"key": KEY, "side": 1, "value": 9.0})
    # History and address know the value that was let go, and none on the way.
    assert page_state.past.value == (before,)
    assert "8" not in page_state.address().split(f"b.{KEY}=")[1]
    assert page_state.standing() == ("partial", True)
    assert on_screen(page_state)[1] is seen
    compared(page_state)
    # The pairs of the preview are not run again.
    assert [replication for _, replication in workers.runs] == list(range(PREVIEW_PAIRS, PAIRS))
    assert page_state.standing() == ("current", False)
    assert on_screen(page_state)[1].whole


def test_a_slider_put_back_shows_what_was_there(page_state: PageState, workers: Any) -> None:
    before = on_screen(page_state)
    page_state.drag(moved(8.0, 1))
    looked(page_state)
    assert on_screen(page_state) != before
    page_state.drag(None)
    assert on_screen(page_state) == before
    workers.runs.clear()
    compared(page_state)
    assert (workers.runs, on_screen(page_state)) == ([], before)
    assert page_state.standing() == ("current", False)
    assert page_state.past.value == ()


def test_the_last_value_wins(page_state: PageState, workers: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    page_state.drag(moved(8.0, 1))
    older = page_state.held.value
    submit, cancel = workers.submit, threading.Event()

    def moved_on(*work: Any) -> Any:
        # In the middle of the older preview the hand is elsewhere.
        if page_state.held.value is older:
            page_state.drag(moved(9.0, 2))
            cancel.set()
        return submit(*work)

    monkeypatch.setattr(workers, "submit", moved_on)
    workers.runs.clear()
    preview(page_state, older, cancel)
    # No more of it than was given out at once, and it is not shown.
    assert len(workers.runs) <= 2 * workers.jobs
    assert page_state.standing() == ("old", True)
    looked(page_state)
    assert on_screen(page_state)[0].changes[1] == {KEY: 9.0}
    # One that ends late is not shown either.
    preview(page_state, older, threading.Event())
    assert on_screen(page_state)[0].changes[1] == {KEY: 9.0}


def test_a_refused_value_is_told_when_it_is_let_go(page_state: PageState) -> None:
    page_state.drag(moved(-5.0, 3))
    assert page_state.held.value is None
    assert page_state.previewed.value == 3
    assert not page_state.error.value
    page_state.changed({"key": KEY, "side": 1, "value": -5.0})
    assert page_state.error.value


def test_a_preview_that_begins_late_takes_no_workers_from_the_answer(
    page_state: PageState, workers: Any
) -> None:
    page_state.drag(moved(8.0, 1))
    held = page_state.held.value
    page_state.changed(moved(8.0, 2))
    answer = workers.asked[page_state.place]
    # The thread of the preview comes to it only now.
    preview(page_state, held, threading.Event())
    assert workers.asked[page_state.place] == answer > held.work


def test_a_slider_moved_again_and_put_back_has_its_answer(page_state: PageState) -> None:
    page_state.changed(moved(8.0, 1))
    # Before the answer is looked for, another value is under the hand, which stops the runs begun for it.
    page_state.drag(moved(9.0, 2))
    held = page_state.held.value
    assert held is not None
    looked(page_state)
    page_state.changed(moved(8.0, 3))
    # What is asked for with an older number is not heard.
    assert page_state.begun(page_state.view.value).number > held.work


def test_who_gives_up_late_takes_no_newer_run_along(
    workers: Any, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = workers.submit
    monkeypatch.setattr(workers, "jobs", 3)
    monkeypatch.setattr(workers, "submit", lambda *work: submit(*work) if work[3] < 2 else Future())
    older = pairs_of(workers, Kept(), arms(view), 1, 50, place=5, number=1, first_look=-1.0)
    next(older)
    workers.ask(5, 2)
    older.close()
    assert workers.asked[5] == 2
    newer = pairs_of(workers, Kept(), arms(view), 1, 50, place=5, number=3, first_look=-1.0)
    next(newer)
    newer.close()
    assert workers.asked[5] == -1
