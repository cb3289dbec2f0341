"""Keys: the search for shared ones finds them, and nothing that may be asked for has too few bits."""

import pytest

from sim import load_scenario
from sim.engine.declare import all_draws
from sim.engine.randomness import MERCHANT_BASE, PERSON_BITS
from sim.errors import InputError
from sim.parameters.scenario import parameters_by_key
from tests.guarantees.recorded_draws import faults

STREAM = {one.name: number for number, one in all_draws().items()}


def test_the_search_finds_what_it_looks_for() -> None:
    shared = {(1, 0, 1, 0, 0): ["one:3", "other:9"]}
    again = {(1, 0, 1, 0, 0): ["one:3", "one:3"]}
    known = {(STREAM["FRAILTY"], 0, 1, 0, 0): ["acceptance:3", "acceptance:3"]}
    asked_twice = {(STREAM["ACCEPT"], 0, 1, 0, 0): ["ask:3", "ask:3"]}
    assert faults(asked_twice)
    assert faults(shared)
    assert faults(again)
    assert not faults(known)


def test_stream_numbers_are_distinct_and_fit_their_bits() -> None:
    numbers = list(STREAM.values())
    assert len(set(numbers)) == len(numbers)
    assert all(0 < number < 256 for number in numbers)


def test_the_largest_county_allowed_has_a_key_for_everybody() -> None:
    known = parameters_by_key()
    communities = int(known["county.communities"].hard_high or 0)
    merchants = int(known["community.merchants"].hard_high or 0)
    assert ((communities - 1) << PERSON_BITS) + MERCHANT_BASE + merchants < 1 << 32
    assert MERCHANT_BASE + merchants < 1 << PERSON_BITS


@pytest.mark.parametrize(
    "overrides",
    [
        ["county.residents=2000000", "county.communities=1"],
        ["county.residents=1000001", "county.communities=2"],
        ["community.residents=500000", "community.extra_inert_residents=100000"],
    ],
)
def test_a_community_too_large_for_its_keys_is_refused(overrides: list[str]) -> None:
    with pytest.raises(InputError):
        load_scenario("administration_led", overrides)


def test_more_erlang_phases_than_their_bits_are_refused() -> None:
    erlang = ["verification.service_distribution=erlang"]
    load_scenario("verification/queue", [*erlang, "verification.service_cv=.1"])
    with pytest.raises(InputError):
        load_scenario("verification/queue", [*erlang, "verification.service_cv=.05"])
