"""What the choosers offer: what can be compared with the other side first, and why the rest cannot."""

from pathlib import Path

import pytest

from experiments.dashboard.state.address import offered
from experiments.dashboard.state.offered_scenarios import apart_in, grouped
from experiments.dashboard.state.scenario_pair import View, unpaired
from experiments.dashboard.words.page_words import LANGUAGES
from tests.dashboard.conftest import SMALL

START = View(("administration_led", "co_governance"))


@pytest.mark.parametrize("words", [(), SMALL])
def test_what_is_offered_as_comparable_is(words: tuple[str, ...]) -> None:
    view = View(START.names, words=words)
    told = {name: apart_in(view, 1, name) for name in offered()}
    assert "" in told.values()
    assert any(told.values())
    for name, key in told.items():
        error = unpaired(view.with_name(1, name))
        assert (error is None) == (not key)
        assert error is None or error.key == key


def test_a_parameter_of_the_world_set_for_both_keeps_nobody_apart() -> None:
    name = "zhongdai_co_governance"
    assert name in offered()
    key = apart_in(START, 1, name)
    view = START
    while key:
        view = view.with_shared(key, 5)
        later = apart_in(view, 1, name)
        assert later != key
        key = later
    # Both of another place are comparable with each other.
    there = View(("zhongdai", "co_governance"))
    assert apart_in(there, 1, name) == ""
    assert apart_in(there, 0, "administration_led") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scenario_stands_under_one_heading(language: str, tmp_path: Path) -> None:
    for side, groups in enumerate(grouped(START, START, tmp_path, language)):
        names = [option["name"] for group in groups for option in group["options"]]
        assert sorted(names) == sorted(offered())
        assert [group["name"] for group in groups] == ["twins", "apart"]
        assert START.names[side] in [option["name"] for option in groups[0]["options"]]
        # Each says what it is, and those that cannot be compared in what they differ.
        lines = [[option["line"] for option in group["options"]] for group in groups]
        assert all(line for group in lines for line in group)
        head = {"en": "Differs in: ", "zh": "此项不同："}[language]
        assert not any(line.startswith(head) for line in lines[0])
        assert all(line.startswith(head) for line in lines[1])
