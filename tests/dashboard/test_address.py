"""The view in the address: the same view comes out that went in, and nothing that the page does not offer."""

from dataclasses import replace

import pytest

from experiments.dashboard.state.address import (
    LONGEST,
    TABS,
    Place,
    language_of,
    offered,
    read,
    written,
)
from experiments.dashboard.state.controls import GROUPS, further_keys
from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.words.page_words import LANGUAGES
from sim.errors import InputError
from sim.parameters.scenario import flatten
from tests.dashboard.conftest import NOWHERE

START = Place(View(("administration_led", "co_governance"), pairs=3), "en", "compare")


def test_what_goes_in_comes_out() -> None:
    view = (
        replace(START.view, names=("co_governance", "administration_led"), seed=7, pairs=12)
        .with_change(0, "staff.per_10k", 9.35)
        .with_change(1, "platform.enabled", True)
        .with_change(1, "joint_session.capacity", 4)
        .with_shared("community.residents", 4000)
    )
    for language in LANGUAGES:
        for tab in TABS:
            place = Place(view, language, tab)
            query = written(place, NOWHERE)
            assert read(query, START, NOWHERE) == place
            assert written(read(query, START, NOWHERE), NOWHERE) == query


def test_every_switch_and_choice_survives() -> None:
    base = flatten(START.view.base(0))
    for key in [*(key for keys in GROUPS.values() for key in keys), *further_keys()]:
        if isinstance(base[key], bool):
            view = START.view.with_change(0, key, not base[key])
            assert f"a.{key}={str(not base[key]).lower()}" in written(replace(START, view=view), NOWHERE)


def test_an_address_without_words_is_the_start() -> None:
    assert read("", START, NOWHERE) == START
    assert read("lang=zh", START, NOWHERE) == replace(START, language="zh")


def test_an_address_says_all_that_was_changed() -> None:
    changed = replace(START, view=START.view.with_change(0, "staff.per_10k", 9.0))
    assert read("lang=en", changed, NOWHERE).view.changes == ({}, {})


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("lang=fr", "lang"),
        ("tab=<b>", "tab"),
        ("a=/etc/passwd", "a"),
        ("a=verification/queue", "a"),
        ("b=..%2F..%2Fsecret.yaml", "b"),
        ("pairs=0", "pairs"),
        ("pairs=1001", "pairs"),
        ("pairs=1e9", "pairs"),
        ("seed=-1", "seed"),
        ("seed=1&seed=2", "address"),
        ("nonsense", "address"),
        ("seed=%FF%FE", "address"),
        ("script=%3Cscript%3Ealert(1)%3C/script%3E", "address"),
        ("a.staff.per_10k=x", "a.staff.per_10k"),
        ("a.staff.per_10k=nan", "a.staff.per_10k"),
        ("a.staff.per_10k=1e999", "a.staff.per_10k"),
        ("a.staff.per_10k=-3", "staff.per_10k"),
        ("a.platform.enabled=1", "a.platform.enabled"),
        ("a.joint_session.capacity=2.5", "a.joint_session.capacity"),
        ("a.demand.stream=/etc/passwd", "address"),
        ("a.community.residents=2000", "address"),
        ("c.staff.per_10k=9", "address"),
        ("world.community.residents=800000000", "world.community.residents"),
        ("world.staff.per_10k=9", "address"),
        ("world.horizon_days=1e7", "world.horizon_days"),
        ("file=/etc/passwd", "file"),
        ("a" * (LONGEST + 1), "address"),
        ("&".join(f"k{n}=1" for n in range(1000)), "address"),
    ],
)
def test_what_the_page_does_not_offer_is_one_clear_line(query: str, key: str) -> None:
    with pytest.raises(InputError) as refused:
        read(query, START, NOWHERE)
    assert refused.value.key == key
    line = str(refused.value)
    assert "\n" not in line
    assert len(line) < 1000
    assert "must be" in line


def test_a_scenario_of_the_start_may_be_named() -> None:
    assert "administration_led" in offered()
    with pytest.raises(InputError):
        read("a=my_own.yaml", START, NOWHERE)


def test_the_language_of_a_wrong_address_is_known() -> None:
    assert language_of("seed=x&lang=zh", "en") == "zh"
    assert language_of("lang=fr", "en") == "en"
    assert language_of("%FF&&=;", "zh") == "zh"
