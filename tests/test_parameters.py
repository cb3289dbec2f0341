"""Declarations of parameters: complete, consistent, and refusing what makes no sense."""

import copy
import math
import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from sim.parameters.scenario import (
    GRADES,
    Parameter,
    Scenario,
    describe,
    flatten,
    parameters_by_key,
    unpaired_keys,
)
from tests.each import each

ROWS = describe()
NUMBERS = [row for row in ROWS if row.type.startswith(("a number", "a whole number"))]


def with_value(key: str, value: Any) -> Scenario:
    nested: Any = value
    for part in reversed(key.split(".")):
        nested = {part: nested}
    return Scenario.model_validate(nested)


def test_every_parameter_says_what_it_is() -> None:
    for row in ROWS:
        assert row.text.endswith("."), row.key
        assert row.grade in GRADES, row.key


def test_measured_and_published_values_name_a_source() -> None:
    assert [row.key for row in ROWS if row.grade in ("measured", "published") and not row.source] == []


def test_assumed_numbers_have_a_range_around_their_default() -> None:
    for row in NUMBERS:
        if row.grade in ("assumed", "calibrated") and row.default is not None:
            assert row.low is not None, row.key
            assert row.high is not None, row.key
        if row.low is not None and row.high is not None and row.default is not None:
            assert row.low <= row.default <= row.high, row.key
            assert row.low < row.high, row.key


@each("row", NUMBERS, ids=lambda row: row.key)
def test_plausible_values_are_accepted_and_others_refused(row: Parameter) -> None:
    for value in (row.low, row.high):
        if value is not None and row.key != "paperwork.base_share":
            with_value(row.key, int(value) if "whole" in row.type else value)
    beyond = 1 if "whole" in row.type else 1e-6
    if row.hard_low is not None:
        below = row.hard_low if row.open_low else row.hard_low - beyond
        with pytest.raises(ValidationError):
            with_value(row.key, int(below) if "whole" in row.type else below)
    if row.hard_high is not None:
        above = row.hard_high if row.open_high else row.hard_high * 1.01 + beyond
        with pytest.raises(ValidationError):
            with_value(row.key, math.ceil(above) if "whole" in row.type else above)


@each("row", NUMBERS, ids=lambda row: row.key)
def test_nothing_but_a_finite_number_is_a_number(row: Parameter) -> None:
    for value in (True, "1", math.nan, math.inf, [1], {}):
        with pytest.raises(ValidationError):
            with_value(row.key, value)


def test_whole_numbers_serve_as_numbers_but_not_the_other_way_round() -> None:
    assert with_value("demand.rate", 1).demand.rate == 1.0
    with pytest.raises(ValidationError):
        with_value("community.residents", 9000.5)
    with pytest.raises(ValidationError):
        with_value("community.residents", 9000.0)


@each(
    ("key", "value"),
    [
        ("demand.organisations_shares", [0.5, 0.3, 0.1]),
        ("demand.level_given_organisations", [[1, 0, 0], [0, 1, 0], [0, 0.5, 0]]),
        ("demand.category_shares", {"market": 0.5}),
        ("demand.category_shares", {"market": 0.5, "weather": 0.5}),
        ("demand.work_hours", [1, 2]),
        ("verification.priority_shares", [0.5, 0.6]),
        ("adoption.retention", [0.4, 0.5, 0.3]),
        ("adoption.retention", [0.5, 0.4, 0.0]),
        ("paperwork.base_share", 0.7),
        ("community", {"share_60plus": 0.6, "share_under14": 0.6}),
        ("calendar.start_date", "2023-02-30"),
        ("calendar.start_date", "02.01.2023"),
        ("calendar.shift_start_hour", 20),
        ("joint_session", {"enabled": True, "weekday": 6}),
        ("county", {"communities": 10, "residents": 9}),
        ("verification", {"service_distribution": "erlang", "service_cv": 0.9}),
        ("verification", {"network": "file"}),
        ("trust.standard_days", [7, 0, 15]),
    ],
)
def test_values_that_contradict_each_other_are_refused(key: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        with_value(key, value)


def test_scenarios_cannot_be_changed_or_extended() -> None:
    scenario = Scenario()
    with pytest.raises(AttributeError, match="load_scenario") as found:
        scenario.demand.rate = 1.0
    assert "\n" not in str(found.value)
    with pytest.raises(TypeError, match="load_scenario"):
        scenario.demand.category_shares["dispute"] = 1.0
    with pytest.raises(TypeError, match="load_scenario"):
        scenario.demand.category_shares.update(dispute=1.0)
    assert pickle.loads(pickle.dumps(scenario)) == copy.deepcopy(scenario) == scenario
    with pytest.raises(ValidationError):
        Scenario.model_validate({"demand": {"rates": 1.0}})


def test_values_survive_a_round_trip() -> None:
    scenario = with_value("adoption.campaigns", [{"start_day": 10, "days": 30}])
    assert Scenario.model_validate(scenario.model_dump(mode="json")) == scenario


def test_level_shares_add_up_to_the_published_ones() -> None:
    demand = Scenario().demand
    overall = [
        sum(
            share * row[level]
            for share, row in zip(demand.organisations_shares, demand.level_given_organisations)
        )
        for level in range(3)
    ]
    assert overall == pytest.approx([0.60, 0.28, 0.12], abs=5e-3)


def test_keys_cover_every_value_of_a_scenario() -> None:
    def leaves(node: Any, prefix: str) -> list[str]:
        found = []
        for name in type(node).model_fields:
            child = getattr(node, name)
            key = f"{prefix}{name}"
            found += leaves(child, f"{key}.") if hasattr(type(child), "model_fields") else [key]
        return found

    assert leaves(Scenario(), "") == list(parameters_by_key()) == list(flatten(Scenario()))


@each(
    ("key", "value", "tape"),
    [
        ("community.residents", 100, True),
        ("demand.rate", 0.1, True),
        ("warmup_days", 0, True),
        ("reporting.propensity_sigma", 1.0, True),
        ("ties.mean_degree", 1.0, True),
        ("ties.after_help", 0.0, False),
        ("staff.per_10k", 10.0, False),
        ("reporting.trust_weight", 0.0, False),
        ("platform.enabled", True, False),
    ],
)
def test_what_breaks_pairing_is_marked(key: str, value: Any, tape: bool) -> None:
    assert unpaired_keys(Scenario(), with_value(key, value)) == ([key] if tape else [])


def test_hard_bounds_are_in_the_words_of_an_error() -> None:
    rows = parameters_by_key()
    assert rows["demand.rate"].allowed == "a number from 0 to 1000 (per resident-year)"
    assert rows["units.background_load"].allowed == "a number from 0 below 1 (share)"
    assert rows["ledger"].allowed == "one of all, sample, none"
