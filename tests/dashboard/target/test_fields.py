"""The fields of a service target: what they hold, in the address and as keys of the command."""

from dataclasses import replace

import pytest

from experiments.arguments.key_values import split_words
from experiments.dashboard.panels.target.panel import field_of
from experiments.dashboard.state import address
from experiments.dashboard.state.scenario_pair import View, arms, identity
from experiments.dashboard.state.target_fields import (
    CHOICES,
    NAMES,
    NUMBERS,
    Fields,
    ask_of,
    keys_of,
)
from experiments.dashboard.words.page_words import LANGUAGES
from experiments.staffing.question import KEYS
from sim.errors import InputError
from sim.parameters.scenario import flatten
from sim.scenario.loading import load_scenario
from tests.dashboard.conftest import NOWHERE

OTHER = Fields(
    "wait", 62.5, 3.25, "working", 99.9, 2, 40, 12, "staff.embedded", 0.7, "yes", 48.5
)  # fmt: skip
START = address.Place(View(("administration_led", "co_governance")), "en", "compare")


def test_what_goes_into_the_address_comes_out() -> None:
    place = replace(START, tab="target", target=OTHER)
    words = address.written(place, NOWHERE)
    assert words.count("target.") == len(NAMES)
    assert address.read(words, START, NOWHERE) == place
    # Usual fields are not named: a link that says nothing of a target stays as it was.
    assert "target." not in address.written(replace(place, target=Fields()), NOWHERE)


@pytest.mark.parametrize(
    "word", ["share=101", "share=x", "days=-1", "confidence=100", "years=2.5", "most=0", "wage=nan",
             "metric=speed", "beside=staff.per_10k", "both=maybe", "colour=red", "clock="]
)  # fmt: skip
def test_an_address_says_only_what_a_field_can_hold(word: str) -> None:
    with pytest.raises(InputError) as refused:
        address.read(f"target.{word}", START, NOWHERE)
    assert f"target.{word.partition('=')[0]}" in str(refused.value)


def test_every_field_decides_the_question_but_the_wage() -> None:
    view = View(("administration_led", "co_governance"))
    usual = ask_of(view, Fields(beside="staff.grid_workers"))
    for name in NAMES:
        changed = replace(Fields(beside="staff.grid_workers"), **{name: getattr(OTHER, name)})
        assert (ask_of(view, changed) == usual) is (name == "wage"), name
    assert ask_of(replace(view, pairs=9), Fields()) == ask_of(view, Fields())
    assert ask_of(replace(view, seed=9), Fields()) != ask_of(view, Fields())


def test_the_keys_are_those_of_the_command() -> None:
    keys = keys_of(OTHER)
    assert set(keys) <= set(KEYS)
    asked = ask_of(View(("administration_led", "co_governance")), OTHER).questions()[0]
    target = asked.target
    assert (target.metric, target.clock, target.within_days) == ("wait", "working", 3.25)
    assert (target.share, target.confidence) == (0.625, 0.999)
    assert [(team.key, team.cost) for team in asked.teams] == [
        ("staff.per_10k", 1.0),
        ("staff.embedded", 0.7),
    ]
    assert (asked.teams[0].fewest, asked.most) == (2, 40)
    assert asked.surge is None


def test_both_sides_are_asked_about_as_the_page_compares_them() -> None:
    view = (
        View(("administration_led", "co_governance"), words=("community.residents=900",), seed=3)
        .with_change(0, "staff.case_share", 0.612345678)
        .with_change(1, "joint_session.enabled", False)
        .with_shared("demand.rate", 0.31)
    )
    ask = ask_of(view, Fields(both="yes", years=7))
    for (_, base, words), arm, line in zip(ask.sides, arms(view), ask.commands(), strict=True):
        assert identity(load_scenario(base, words)) == identity(arm)
        assert line.endswith("seed=3 replications=7")
    # Its team alone is another in the scenario of a question.
    one = ask.questions()[0]
    before, after = flatten(arms(view)[0]), flatten(one.scenario((5,)))
    differing = {key for key, value in after.items() if before[key] != value}
    assert differing - {"name"} == {"staff.per_10k"}


def test_the_command_shown_can_be_typed() -> None:
    import shlex

    view = View(("administration_led", "co_governance")).with_change(0, "staff.per_10k", 9.5)
    cogov, command, *words = shlex.split(ask_of(view, OTHER).commands()[0])
    assert (cogov, command) == ("cogov", "staffing")
    own, overrides = split_words(words, ("scenario", *KEYS, "seed", "replications"))
    assert own["scenario"] == "administration_led"
    assert overrides == ["staff.per_10k=9.5"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_its_words(language: str) -> None:
    for name in NAMES:
        drawn = field_of(name, getattr(Fields(), name), language)
        assert drawn["label"]
        assert (name in CHOICES) is bool(drawn["choices"])
        assert (name in NUMBERS) is ("low" in drawn)
