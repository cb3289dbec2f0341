"""How many people it takes, on the first screen: the answer of the tab, and in nobody's way."""

import threading
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import Any

import pytest

from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.state.target_fields import Fields, ask_of, both_sides
from experiments.dashboard.work.team_years import Years, kept_years, smallest
from tests.dashboard.conftest import SMALL, HereAndNow

FIELDS = Fields(years=4, most=6)


class Cancel(threading.Event):
    """As the page's: something happens after a wait, or nothing; no test waits for it."""

    def __init__(self, meanwhile: Any = None) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    def wait(self, timeout: float | None = None) -> bool:
        if self._meanwhile is not None:
            self._meanwhile()
        return self.is_set()


@pytest.fixture
def people(page_state: Any, workers: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    from experiments.dashboard.serving import people_state

    monkeypatch.setattr(people_state, "YEARS", kept_years())
    workers.new_place = lambda: 1
    workers.free_place = lambda place: workers.ask(place, -1)
    workers.runs.clear()
    return page_state.people


def asked(view: View) -> Any:
    return both_sides(View(view.names, words=SMALL), FIELDS)


def test_each_side_has_the_answer_of_the_tab(people: Any, view: View, workers: HereAndNow) -> None:
    people.look(asked(view), 1, Cancel())
    found = people.found.value
    assert found.ask == asked(view)
    assert not found.late
    assert people.simulated.value is None
    for question, answer in zip(asked(view).questions(), found.answers, strict=True):
        workers_own: Any = HereAndNow()
        alone = smallest(Years(question, 1, kept_years(), workers_own), FIELDS.years)
        assert answer.counts == alone.counts is not None
        # Teams beside the answer are for the tab alone.
        assert set(answer.search.years) < set(alone.search.years)


def test_the_fields_are_those_of_the_tab_and_b_is_asked_anyway(view: View) -> None:
    assert [side for side, *_ in ask_of(view, FIELDS).sides] == [0]
    assert [side for side, *_ in asked(view).sides] == [0, 1]
    assert dict(asked(view).own) == dict(ask_of(view, FIELDS).own)


def test_what_is_known_is_not_searched_again(people: Any, view: View, workers: HereAndNow) -> None:
    people.look(asked(view), 1, Cancel())
    there, before = people.found.value, len(workers.runs)
    people.look(asked(view), 2, Cancel())
    assert people.found.value is there
    # Another page: the years are there, and no worker is asked.
    people.found.set(None)
    taken: list[int] = []
    workers.new_place = lambda: taken.append(1) or 1
    people.look(asked(view), 3, Cancel())
    assert people.found.value.answers[0].counts == there.answers[0].counts
    assert len(workers.runs) == before
    assert taken == []


def test_another_question_has_an_answer_of_its_own(people: Any, view: View) -> None:
    people.look(asked(view), 1, Cancel())
    other = both_sides(View(view.names, words=SMALL), replace(FIELDS, days=FIELDS.days + 3))
    people.look(other, 2, Cancel())
    assert people.found.value.ask == other != asked(view)


def test_nothing_is_searched_before_the_page_is_still(people: Any, view: View, workers: HereAndNow) -> None:
    cancel = Cancel(lambda: cancel.set())
    people.look(asked(view), 1, cancel)
    assert people.found.value is None
    assert workers.runs == []


def test_a_change_of_the_page_ends_a_search_before_it_is_drawn(
    people: Any, page_state: Any, view: View, workers: Any
) -> None:
    given: list[int] = []
    submit = workers.submit

    def then_change(work: Any, *arguments: Any) -> Any:
        given.append(workers.asked[arguments[3]])
        if len(given) == 3:
            page_state.set(page_state.view.value.with_change(0, "staff.per_10k", 25.0))
            # Runs that this page still has among the workers stop now.
            assert workers.asked[arguments[3]] == -1
        return submit(work, *arguments)

    workers.submit = then_change
    people.look(asked(view), 7, Cancel())
    assert people.found.value is None
    assert people.simulated.value is None
    searched = [number for number in given if number == 7]
    assert 3 <= len(searched) <= 3 + workers.jobs


def test_a_late_stop_takes_nobody_elses_place(people: Any, view: View, workers: Any) -> None:
    def free(place: int) -> None:
        # The place is another page's before the search has noted that it is over.
        workers.asked[place] = 99
        people.stop()

    workers.free_place = free
    people.look(asked(view), 7, Cancel())
    assert workers.asked[1] == 99


def test_a_slider_under_the_hand_ends_a_search(people: Any, page_state: Any, view: View) -> None:
    def drag() -> None:
        page_state.drag({"key": "staff.per_10k", "side": 0, "value": 25.0, "number": 1})

    people.look(asked(view), 1, Cancel(drag))
    assert people.found.value is None


def test_what_takes_long_is_left_to_the_tab(people: Any, view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    from experiments.dashboard.panels.people import sentence
    from experiments.dashboard.serving import people_state

    monkeypatch.setattr(people_state, "PATIENCE", -1.0)
    people.look(asked(view), 1, Cancel())
    assert people.found.value.late
    for language, said in (("en", "the tab below can go on"), ("zh", "可在下面的页签继续查找")):
        assert said in sentence(asked(view), FIELDS, people.found.value, None, language)


def test_a_worker_that_dies_ends_it_without_a_word(people: Any, view: View, workers: Any) -> None:
    from experiments.dashboard.panels.people import sentence

    def dead(*_: Any) -> Any:
        raise BrokenProcessPool

    workers.submit = dead
    people.look(asked(view), 1, Cancel())
    assert people.simulated.value is None
    assert sentence(asked(view), FIELDS, people.found.value, None, "en") == ""


def test_a_question_that_is_refused_says_nothing(people: Any, view: View) -> None:
    from experiments.dashboard.panels.people import sentence

    wrong = Fields(fewest=9, most=3)
    ask = both_sides(view, wrong)
    people.look(ask, 1, Cancel())
    assert sentence(ask, wrong, people.found.value, None, "en") == ""


def test_the_answer_names_both_teams_and_what_there_is(people: Any, view: View) -> None:
    from experiments.dashboard.panels.people import sentence

    ask = asked(view)
    waiting = sentence(ask, FIELDS, None, None, "en")
    assert waiting.startswith(
        "Smallest team for 40 % of reports truly solved within 7 days, in 95 % of years:"
    )
    assert "12 years simulated so far" in sentence(ask, FIELDS, None, 12, "en")
    people.look(ask, 1, Cancel())
    a, b = (answer.counts[0] for answer in people.found.value.answers)
    said = sentence(ask, FIELDS, people.found.value, None, "en")
    assert f"A {a} persons (now 1), B {b} persons (now 1)." in said
    assert f"甲侧{a}人（现有1人）；乙侧{b}人（现有1人）" in sentence(
        ask, FIELDS, people.found.value, None, "zh"
    )
    # Of another target it says nothing.
    other = Fields(years=4, most=6, share=50.0)
    assert "persons" not in sentence(both_sides(view, other), other, people.found.value, None, "en")


def test_it_is_searched_only_at_rest_on_the_first_tab(page_state: Any) -> None:
    from experiments.dashboard.panels.people import at_rest

    assert at_rest(page_state)
    page_state.tab.set("map")
    assert not at_rest(page_state)
    page_state.tab.set("compare")
    page_state.target.progress.set(object())
    assert not at_rest(page_state)
    page_state.target.progress.set(None)
    view, whole = page_state.result.value
    page_state.result.set((view, replace(whole, pairs=whole.wanted - 1)))
    assert not at_rest(page_state)
    page_state.result.set((view, whole))
    assert at_rest(page_state)
    page_state.set(page_state.view.value.with_change(0, "staff.per_10k", 25.0))
    assert not at_rest(page_state)
