"""The sliders: made from the schema, nothing promised that it does not allow."""

import pytest

from analysis.findings.parameter_names import parameter_name
from analysis.findings.parameter_texts import meaning
from experiments.dashboard.state.controls import (
    GROUPS,
    RANGES,
    WORLD,
    can_be_set,
    digits_of,
    further_keys,
    groups,
    nice,
    read_value,
)
from experiments.dashboard.state.scenario_pair import View, arms
from experiments.dashboard.words.page_words import LANGUAGES, PARAMETER_WORDS
from sim.parameters.scenario import parameters_by_key


def test_every_slider_is_a_parameter_with_a_name_in_both_languages() -> None:
    keys = [*(key for keys in GROUPS.values() for key in keys), *WORLD]
    assert set(keys) == set(PARAMETER_WORDS)
    for key in keys:
        assert all(PARAMETER_WORDS[key][language] for language in LANGUAGES)


def test_what_a_side_may_change_leaves_the_twins_twins() -> None:
    keys = [*(key for keys in GROUPS.values() for key in keys), *further_keys()]
    assert [key for key in keys if parameters_by_key()[key].tape] == []
    assert all(parameters_by_key()[key].tape for key in WORLD)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slider_shows_the_schema(view: View, language: str) -> None:
    further = tuple(further_keys())
    for group in groups(view.with_change(1, "staff.per_10k", 11.0), further, language):
        for row in group["rows"]:
            parameter = parameters_by_key()[row["key"]]
            assert row["grade"] == parameter.grade
            assert row["text"] == meaning(parameter, language)
            if language == "zh":
                assert row["label"] == parameter_name(parameter.key, "zh")
            assert can_be_set(parameter) or row["key"] in RANGES
            if row["kind"] == "number":
                assert row["low"] <= min(row["values"]) <= max(row["values"]) <= row["high"]
                assert parameter.hard_low is None or row["low"] >= parameter.hard_low
                assert parameter.hard_high is None or row["high"] <= parameter.hard_high


def test_both_ends_of_every_slider_are_accepted(view: View) -> None:
    for group in groups(view, tuple(further_keys()), "en"):
        for row in group["rows"]:
            if row["kind"] != "number":
                continue
            for end in (row["low"], row["high"]):
                value = read_value(row["key"], end)
                if row["shared"]:
                    view.with_shared(row["key"], value)
                else:
                    arms(view.with_change(0, row["key"], value))


def test_steps_are_round() -> None:
    assert [nice(step) for step in (0.17, 0.001, 0.0049, 3.0, 20)] == [0.1, 0.001, 0.002, 2.0, 20.0]
    assert [digits_of(step) for step in (0.1, 0.005, 1.0, 20.0)] == [1, 3, 0, 0]


def test_what_the_page_sends_becomes_the_parameters_type() -> None:
    assert read_value("paperwork.platforms", 3.0) == 3
    assert isinstance(read_value("paperwork.platforms", 3.0), int)
    assert read_value("platform.enabled", True) is True
    assert read_value("embedded.allocation", "need") == "need"
    assert read_value("staff.per_10k", 12.3) == 12.3
