"""What the page compares, and what it saves: the scenarios every command would make, and the same numbers."""

import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from experiments.arguments.key_values import name_list, split_words
from experiments.arguments.scenarios import load_arms
from experiments.dashboard.state.saving import command, file_name, needs_files, scenario_text, write_files
from experiments.dashboard.state.scenario_pair import View, arms, identity, unpaired
from experiments.dashboard.words.page_words import LANGUAGES
from sim.errors import InputError
from sim.parameters.scenario import flatten
from sim.scenario.loading import load_scenario, scenario_names

ABOUT = {"name", "title.en", "title.zh", "description", "evidence"}


def numbers(scenario: object) -> dict[str, object]:
    return {key: value for key, value in flatten(scenario).items() if key not in ABOUT}


def test_a_slider_sets_what_an_override_sets(view: View) -> None:
    moved = view.with_change(1, "staff.per_10k", 12.5)
    assert numbers(arms(moved)[1]) == numbers(
        load_scenario("co_governance", [*view.words, "staff.per_10k=12.5"])
    )
    assert arms(moved)[0] == arms(view)[0]


def test_a_slider_moved_back_leaves_no_trace(view: View) -> None:
    there = view.with_change(1, "staff.per_10k", 12.5)
    assert there.with_change(1, "staff.per_10k", 18.0) == view
    assert identity(arms(there)[1]) != identity(arms(view)[1])


def test_two_of_a_kind_have_different_names_and_the_same_numbers(view: View) -> None:
    first, second = arms(replace(view, names=("co_governance", "co_governance")))
    assert first.name != second.name
    assert identity(first) == identity(second)


def test_what_no_command_accepts_is_refused(view: View) -> None:
    with pytest.raises(InputError, match=r"staff\.case_share"):
        arms(view.with_change(0, "staff.case_share", 1.5))
    with pytest.raises(InputError, match="joint_session"):
        arms(view.with_change(1, "joint_session.weekday", 6))


def test_the_world_is_changed_for_both(view: View) -> None:
    wider = view.with_shared("community.residents", 700)
    assert [arm.community.residents for arm in arms(wider)] == [700, 700]


CHANGED = [
    {},
    {"staff.per_10k": 12.345678901},
    {"platform.enabled": True, "intake.merge_probability": 0.3, "embedded.allocation": "need"},
    {"paperwork.platforms": 7, "reporting.base_rate_per_day": 1e-05},
]


@pytest.mark.parametrize("changes", CHANGED)
@pytest.mark.parametrize("name", ["administration_led", "co_governance", "red_tea_council"])
def test_a_saved_scenario_is_the_one_on_the_page(
    view: View, changes: dict[str, object], name: str, tmp_path: Path
) -> None:
    shown = View((name, "co_governance"), words=view.words)
    for key, value in changes.items():
        shown = shown.with_change(0, key, value)
    path = tmp_path / file_name(shown, 0)
    path.write_text(scenario_text(shown, 0), encoding="utf-8")
    assert numbers(load_scenario(str(path))) == numbers(arms(shown)[0])
    assert load_scenario(str(path)).name == arms(shown)[0].name


def test_the_command_gives_the_same_scenarios(view: View, tmp_path: Path) -> None:
    for shown in (
        view,
        view.with_shared("demand.rate", 0.7),
        view.with_change(1, "staff.per_10k", 11.0).with_change(0, "roster.absence", 0.04),
        replace(view, names=("co_governance", "co_governance")),
    ):
        written = write_files(shown, tmp_path)
        assert bool(written) == needs_files(shown)
        words = shlex.split(command(shown, tmp_path))
        assert words[:2] == ["cogov", "compare"]
        own, overrides = split_words(words[2:], ("scenarios", "seed", "replications"))
        again = load_arms(name_list(own["scenarios"]), overrides)
        assert [numbers(arm) for arm in again] == [numbers(arm) for arm in arms(shown)]
        assert (own["seed"], own["replications"]) == ("1", "3")


@pytest.mark.parametrize("name", ["a,b", "a]b", "it's", 'an "a"'])
def test_a_folder_whose_name_a_list_would_cut_is_in_quotes(view: View, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    shown = view.with_change(1, "staff.per_10k", 11.0)
    written = write_files(shown, folder)
    own, _ = split_words(shlex.split(command(shown, folder))[2:], ("scenarios", "seed", "replications"))
    assert [Path(one) for one in name_list(own["scenarios"])] == written


def test_a_scenario_file_of_ones_own(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("title: {en: Mine}\nstaff: {per_10k: 9}\n", encoding="utf-8")
    shown = View((str(mine), "administration_led")).with_change(0, "staff.case_share", 0.6)
    copy = tmp_path / "copy.yaml"
    copy.write_text(scenario_text(shown, 0), encoding="utf-8")
    assert numbers(load_scenario(str(copy))) == numbers(arms(shown)[0])


def test_the_font_that_comes_along_can_write_every_word() -> None:
    from matplotlib.ft2font import FT2Font

    from experiments.dashboard.serving.style import FONT_FILE, font_folder

    known = FT2Font(str(font_folder() / FONT_FILE)).get_charmap()
    page = Path(__file__).parents[2] / "experiments" / "dashboard"
    texts = "".join(path.read_text(encoding="utf-8") for path in page.rglob("*.py"))
    texts += "".join(scenario.title.zh for scenario in map(load_scenario, scenario_names()))
    chinese = {character for character in texts if "\u2e80" <= character <= "\uffef"}
    assert len(chinese) > 400
    assert not [character for character in sorted(chinese) if ord(character) not in known]


def test_every_word_is_there_in_both_languages() -> None:
    from experiments.dashboard.words import history_words, page_words

    for table in (page_words._WORDS, history_words._WORDS):
        for key, texts in table.items():
            assert len(texts) == len(LANGUAGES), key
            assert all(text.strip() for text in texts), key
            assert texts[0].count("{") == texts[1].count("{"), key


def test_scenarios_without_twins_are_told(view: View) -> None:
    assert unpaired(view) is None
    assert "shortage.enabled" in str(unpaired(replace(view, names=("administration_led", "mask_aid"))))
    assert unpaired(replace(view, names=("mask_shortage", "mask_aid"))) is None
