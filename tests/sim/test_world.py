"""The world: identities, shares, ties and organisations as the parameters ask for them."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.randomness import MERCHANT_BASE, PERSON_BITS
from sim.engine.tables.people import (
    ACTIVE,
    ELIGIBLE,
    HAS_PHONE,
    IS_MERCHANT,
    MIGRANT,
    OVER_60,
    REGISTERED,
    UNDER_14,
)
from sim.initial_state import Built, build
from sim.parameters.scenario import CATEGORIES
from sim.world.organisations import ORGANISATIONS
from sim.world.population import apportion
from tests.guarantees.runs import scenario

LARGE = ("community.residents=9000", "community.merchants=300", "warmup_days=0", "horizon_days=1")
BASE = "administration_led"


@pytest.fixture(scope="module")
def large() -> Built:
    return build(scenario("co_governance", *LARGE, "followup_days=0"), 1, 0)


def _within(count: int, size: int, share: float) -> bool:
    return abs(count / size - share) < 4.0 * math.sqrt(share * (1.0 - share) / size)


@given(st.integers(0, 10_000), st.lists(st.floats(0.01, 100.0), min_size=1, max_size=30))
def test_apportioned_numbers_add_up_and_are_within_one_of_their_share(
    total: int, weights: list[float]
) -> None:
    parts = apportion(total, np.array(weights))
    assert parts.sum() == total
    exact = total * np.array(weights) / sum(weights)
    assert np.all(np.abs(parts - exact) < 1.0 + 1e-6)


def test_every_person_has_an_identity_of_community_and_place() -> None:
    county = ("county.communities=3", "county.residents=3001")
    state = build(scenario(BASE, *county), 1, 0).state
    keys = state.person["key"]
    assert len(np.unique(keys)) == len(keys) == 3001 + 3 * 60
    assert np.array_equal(keys >> PERSON_BITS, state.person["community"])
    merchant = (state.person["flags"] & IS_MERCHANT) != 0
    assert np.array_equal((keys & ((1 << PERSON_BITS) - 1)) >= MERCHANT_BASE, merchant)
    assert state.community["observers"].tolist() == [1001, 1000, 1000]
    assert np.all(np.diff(keys) > 0)


def test_groups_have_their_shares(large: Built) -> None:
    settings = scenario("co_governance", *LARGE, "followup_days=0")
    flags = large.state.person["flags"][:9000]
    account = large.state.account["flags"][:9000]
    for flag, share in ((OVER_60, 0.15), (UNDER_14, 0.12), (MIGRANT, 0.5)):
        assert _within(np.count_nonzero(flags & flag), 9000, share)
    old = (flags & OVER_60) != 0
    for group, phone, eligible in (
        (old, 0.80, 0.43 * 0.50),
        (~old & ((flags & UNDER_14) == 0), 0.95, 0.78 * 0.77),
    ):
        size = int(group.sum())
        assert _within(np.count_nonzero(flags[group] & HAS_PHONE), size, phone)
        assert _within(np.count_nonzero(account[group] & ELIGIBLE), size, eligible)
    assert not np.any(account[(flags & UNDER_14) != 0])
    registered = (account & REGISTERED) != 0
    assert np.all(account[registered] & ELIGIBLE)
    assert _within(int(registered.sum()), 9000, settings.adoption.initial_registered)
    assert np.all(registered[(account & ACTIVE) != 0])


def test_without_a_platform_nobody_has_an_account() -> None:
    state = build(scenario(BASE), 1, 0).state
    assert not np.any(state.account["flags"] & (REGISTERED | ACTIVE))
    assert np.any(state.account["flags"] & ELIGIBLE)


def test_propensity_has_mean_one_and_the_spread_asked_for(large: Built) -> None:
    # What a grid has in common moves the mean of the few grids there are.
    logs = np.log(large.state.person["propensity"])
    assert logs.std() == pytest.approx(1.65, rel=0.05)
    assert logs.mean() == pytest.approx(-0.5 * 1.65**2, abs=0.4)


def test_trust_starts_within_its_bounds(large: Built) -> None:
    trust = large.state.person["trust"]
    assert 0.0 <= trust.min() <= trust.max() <= 1.0
    assert trust.mean() == pytest.approx(0.6, abs=0.01)
    assert trust.std() == pytest.approx(0.15, abs=0.01)
    assert large.state.community["trust_sum"][0] == pytest.approx(trust[:9000].sum(), rel=1e-12)


def test_ties_go_both_ways_and_never_to_oneself(large: Built) -> None:
    state = large.state
    owners = np.repeat(np.arange(state.person.shape[0]), np.diff(state.tie_start))
    assert np.all(owners != state.tie_to)
    there = Counter(zip(owners.tolist(), state.tie_to.tolist(), strict=True))
    back = Counter(zip(state.tie_to.tolist(), owners.tolist(), strict=True))
    assert there == back
    assert np.array_equal(np.diff(state.tie_start), state.account["degree"])
    merchant = (state.person["flags"] & IS_MERCHANT) != 0
    assert np.array_equal(merchant[owners], merchant[state.tie_to])


def test_ties_have_the_mean_degree_and_stay_mostly_nearby(large: Built) -> None:
    state = large.state
    assert np.diff(state.tie_start)[:9000].mean() == pytest.approx(5.0, rel=0.04)
    owners = np.repeat(np.arange(state.person.shape[0]), np.diff(state.tie_start))
    near = np.abs(owners - state.tie_to)[owners < 9000] < 146
    assert near.mean() == pytest.approx(0.8 + 0.2 * 2 * 146 / 9000, abs=0.03)


def test_registered_ties_are_counted(large: Built) -> None:
    state = large.state
    registered = (state.account["flags"] & REGISTERED) != 0
    for p in range(0, 9300, 37):
        ties = state.tie_to[state.tie_start[p] : state.tie_start[p + 1]]
        assert state.account["registered_ties"][p] == registered[ties].sum()


def test_ties_stay_within_the_community() -> None:
    state = build(scenario(BASE, "county.communities=3"), 1, 0).state
    owners = np.repeat(np.arange(state.person.shape[0]), np.diff(state.tie_start))
    assert np.array_equal(state.person["community"][owners], state.person["community"][state.tie_to])


def test_grids_and_households_are_stretches_of_the_path(large: Built) -> None:
    grid = large.state.conduct["grid"][:9000]
    assert np.all(np.diff(grid) >= 0)
    assert grid.max() + 1 == large.state.community["grids"][0] == round(9000 / 800)
    assert np.bincount(grid).min() > 700
    households = large.state.conduct["household"][:9000].max() + 1
    assert 9000 / households == pytest.approx(2.62, rel=0.01)


def test_units_stand_at_each_level_and_place() -> None:
    county = ("county.communities=5", "county.communities_per_street=2", "community.residents=9000")
    built = build(scenario(BASE, *county), 1, 0)
    unit = built.state.unit
    assert len(np.unique(unit["key"])) == unit.shape[0]
    counts = np.bincount(unit["level"]).tolist()
    assert counts == [5 * len(ORGANISATIONS[0]), 3 * len(ORGANISATIONS[1]), len(ORGANISATIONS[2])]
    for level, per_10k in enumerate(scenario(BASE, *county).units.officers_per_10k):
        officers = built.world.officers[unit["level"] == level].sum()
        assert officers == pytest.approx(per_10k * 4.5, abs=3 * 5)
    assert built.world.staff.tolist() == [round(60 * 0.9)] * 5
    assert np.all((unit["background_load"] > 0.5) & (unit["background_load"] <= 0.98))


def test_some_unit_of_each_level_may_act_on_each_category() -> None:
    for level in ORGANISATIONS:
        able = {category for organisation in level for category in organisation.categories}
        assert able <= set(CATEGORIES)
    everywhere = {c for level in ORGANISATIONS for organisation in level for c in organisation.categories}
    assert everywhere == set(CATEGORIES)
