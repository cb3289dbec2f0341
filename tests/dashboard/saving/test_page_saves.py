"""An open page: a side goes on as what it was saved as, and past comparisons come back without a run."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from experiments.dashboard.state.change_words import changes_in_words
from experiments.dashboard.state.scenario_pair import View
from tests.dashboard.conftest import compared

pytest.importorskip("solara")

from experiments.dashboard.page import choices
from experiments.dashboard.panels.past_panel import heads, row
from experiments.dashboard.panels.strip import glance
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.serving.past_comparisons import MOST
from experiments.dashboard.serving.server import Served
from experiments.dashboard.words.page_words import LANGUAGES

KEY = "staff.per_10k"


def change(state: PageState, value: float, side: int = 1) -> None:
    state.changed({"key": KEY, "side": side, "value": value})
    compared(state)


def offered_titles(state: PageState) -> list[str]:
    return [one["title"] for one in choices(state)[1]]


def test_what_was_saved_takes_the_place_of_the_side(page_state: PageState, workers: Any) -> None:
    change(page_state, 8.0)
    before, result = page_state.view.value, page_state.result.value
    workers.runs.clear()
    page_state.save_as({"side": 1, "name": "八人方案"})
    compared(page_state)
    # The same numbers, without a run; and undo leaves it.
    assert workers.runs == []
    assert page_state.titles()[1] == "八人方案"
    assert not page_state.view.value.changes[1]
    assert page_state.result.value[1].table["difference"].equals(result[1].table["difference"])
    assert page_state.saved_as.value == str(Served.start.out / "八人方案.yaml")
    assert offered_titles(page_state) == ["八人方案"]
    assert "b=saved/%E5%85%AB" in page_state.address()
    page_state.undo()
    assert page_state.view.value == before
    # Another page, which starts now, has it too, and an address leads to it.
    page_state.redo()
    other = PageState(page_state.address())
    assert offered_titles(other) == ["八人方案"]
    assert other.view.value == page_state.view.value


def test_what_cannot_be_saved_or_chosen_changes_nothing(page_state: PageState, tmp_path: Path) -> None:
    page_state.save_as({"side": 0, "name": "plan"})
    held = page_state.view.value
    for refused in (
        lambda: page_state.save_as({"side": 1, "name": "plan"}),
        lambda: page_state.save_as({"side": 1, "name": ""}),
        lambda: page_state.choose({"side": 1, "name": str(tmp_path / "elsewhere.yaml")}),
        lambda: page_state.choose({"side": 1, "name": "saved/none"}),
    ):
        (tmp_path / "elsewhere.yaml").write_text("name: elsewhere", encoding="utf-8")
        page_state.error.set("")
        refused()
        assert page_state.error.value
        assert page_state.view.value == held


def test_a_file_that_is_damaged_while_it_is_in_use(page_state: PageState) -> None:
    page_state.save_as({"side": 0, "name": "plan"})
    compared(page_state)
    path = Path(page_state.saved_as.value)
    path.write_bytes(b"{")
    # The page goes on with what it read; a new choice of it is one line that names the file.
    assert offered_titles(page_state) == []
    assert {"name": str(path), "title": "plan"} in choices(page_state)[0]
    change(page_state, 7.0)
    held = page_state.view.value
    page_state.choose({"side": 1, "name": str(path)})
    assert "plan.yaml" in str(page_state.error.value)
    assert page_state.view.value == held
    assert PageState(page_state.address()).error.value.file == str(path)


def test_a_file_edited_while_it_is_in_use_leaves_no_old_number(page_state: PageState) -> None:
    page_state.save_as({"side": 0, "name": "plan"})
    change(page_state, 7.0)
    before = page_state.result.value
    Path(page_state.saved_as.value).write_text("staff: {per_10k: 3}\n", encoding="utf-8")
    page_state.undo()
    page_state.redo()
    assert page_state.result.value is before
    # What is set from now on, also to the same, is computed from what the file says now.
    page_state.changed({"key": KEY, "side": 1, "value": 9.0})
    page_state.changed({"key": KEY, "side": 1, "value": 7.0})
    assert page_state.standing() != ("current", False)


def test_comparisons_are_listed_once_and_come_back_without_a_run(page_state: PageState, workers: Any) -> None:
    first = page_state.view.value
    change(page_state, 8.0)
    change(page_state, 9.0, side=0)
    listed = page_state.past_comparisons.listed.value
    assert [one.view.changes for one in listed] == [({KEY: 9.0}, {KEY: 8.0}), ({}, {KEY: 8.0}), ({}, {})]
    workers.runs.clear()
    page_state.bring_back(listed[-1].number)
    compared(page_state)
    assert (page_state.view.value, workers.runs) == (first, [])
    assert page_state.result.value[1].whole
    # Like any change it is undone; a number that is gone, or never was, does nothing.
    page_state.undo()
    assert page_state.view.value.changes == ({KEY: 9.0}, {KEY: 8.0})
    page_state.bring_back(10_000)
    assert page_state.view.value.changes == ({KEY: 9.0}, {KEY: 8.0})
    assert page_state.past_comparisons.listed.value == listed


def test_only_whole_comparisons_are_listed_and_the_oldest_goes(page_state: PageState) -> None:
    view, result = page_state.result.value
    part = replace(result, pairs=result.pairs - 1)
    page_state.show(view.with_change(0, KEY, 5.0), part)
    assert len(page_state.past_comparisons.listed.value) == 1
    for value in range(MOST):
        page_state.show(view.with_change(0, KEY, 8.0 + value / 10), result)
    listed = page_state.past_comparisons.listed.value
    assert len(listed) == MOST
    assert listed[-1].view.changes[0] == {KEY: 8.0}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_row_says_what_the_strip_said(page_state: PageState, language: str) -> None:
    page_state.language.set(language)
    change(page_state, 8.0)
    (one, _) = page_state.past_comparisons.listed.value
    told = row(page_state, one, language)
    tile = glance(page_state.result.value[1], language)["tiles"][0]
    assert heads(language)[-1] == tile["head"]
    assert (told["values"], told["difference"]) == (tile["values"], tile["difference"])
    assert "[" in told["difference"]
    assert [told["a"], told["b"]] == page_state.titles()
    assert (told["pairs"], told["seed"]) == (6, 1)


def test_changes_are_told_as_the_page_names_parameters(view: View) -> None:
    changed = (
        view.with_change(0, KEY, 7.5)
        .with_change(1, "platform.enabled", not view.base(1).platform.enabled)
        .with_shared("community.residents", 4000)
    )
    assert changes_in_words(changed, "en") == (
        "A: Community staff 18 → 7.5 persons per 10,000; B: Platform for residents on → off; "
        "World: Residents 4000 persons"
    )
    assert changes_in_words(changed, "zh") == (
        "甲：社区工作人员 18 → 7.5 人/万人；乙：居民端平台 开 → 关；社区与诉求：居民数 4000 人"
    )
    assert changes_in_words(view, "en") == "nothing"
    # Of a request file the name, and no folder.
    replayed = View(view.names, view.words, requests=("/tmp/a/热线.csv", "m.yaml"))
    assert changes_in_words(replayed, "en") == "World: 热线.csv"
