"""Luck belongs to identities: who else there is, and in which order, changes nothing for anybody."""

import pandas as pd
import pytest

from sim import simulate
from sim.records.tables import Records
from sim.simulation import Run
from sim.state_digest import first_difference
from tests.guarantees.runs import REGIMES, bits, differing_columns, scenario

#: Communities that share nothing: streets of their own, and nothing for the county to do.
SEPARATE = (
    "community.residents=400",
    "community.merchants=20",
    "county.communities_per_street=1",
    "demand.level_given_organisations=[[.7, .3, 0], [.4, .6, 0], [.3, .7, 0]]",
)
SHARED = ("community.residents=400", "community.merchants=20", "county.communities_per_street=2")
#: Numbers on the tape of the whole county.
NUMBERS = ("case_id", "incident_id")


def _of_community(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    return frame[frame["community"] == number].reset_index(drop=True)


def _differ(first: Records, second: Records, number: int, tables: tuple[str, ...]) -> list[str]:
    found = []
    for table in tables:
        left = _of_community(getattr(first, table), number)
        right = _of_community(getattr(second, table), number)
        assert len(left) > 0
        found += [f"{table}.{c}" for c in left if c not in NUMBERS and bits(left[c]) != bits(right[c])]
    return found


@pytest.mark.parametrize("extra", [1, 7])
@pytest.mark.parametrize("regime", REGIMES)
def test_one_more_resident_whom_nobody_sees_changes_nobodys_row(regime: str, extra: int) -> None:
    alone = scenario(regime)
    joined = scenario(regime, f"community.extra_inert_residents={extra}")
    first, second = simulate(alone), simulate(joined)
    columns = differing_columns(first, second, tables=("cases", "daily", "units", "cadres"))
    # Rows of people differ in number, so only what is indexed otherwise can be compared array by array.
    arrays = ("case", "track", "server", "pool", "line", "unit", "leg", "moment")
    where = first_difference(Run.start(alone), Run.start(joined), arrays) if columns else None
    assert not columns, f"{columns}; {where}"
    known = second.people["person_id"].isin(first.people["person_id"])
    new = second.people[~known]
    assert len(new) == extra
    everybody_else = second.people[known].reset_index(drop=True)
    assert not [c for c in everybody_else if bits(everybody_else[c]) != bits(first.people[c])]
    assert not new["in_denominator"].any()
    assert not new[["reports", "contributions", "ties", "registered", "eligible"]].to_numpy().any()


def test_where_people_stand_in_the_arrays_does_not_matter() -> None:
    # One more in each community moves everybody after the first by as many rows.
    settings = scenario("co_governance", *SEPARATE, "county.communities=3")
    moved = scenario("co_governance", *SEPARATE, "county.communities=3", "community.extra_inert_residents=1")
    first, second = simulate(settings), simulate(moved)
    assert not differing_columns(first, second, tables=("cases", "daily", "units", "cadres"))


def test_the_residents_are_counted_without_the_one_nobody_sees() -> None:
    first = simulate(scenario("co_governance")).people["in_denominator"].sum()
    second = simulate(scenario("co_governance", "community.extra_inert_residents=3")).people
    assert second["in_denominator"].sum() == first


@pytest.mark.parametrize("regime", REGIMES)
def test_a_community_that_shares_nothing_is_the_same_in_any_company(regime: str) -> None:
    of_three = simulate(scenario(regime, *SEPARATE, "county.communities=3"))
    of_five = simulate(scenario(regime, *SEPARATE, "county.communities=5"))
    for number in range(3):
        assert not _differ(of_three, of_five, number, ("cases", "daily", "people", "units"))


@pytest.mark.parametrize("regime", REGIMES)
def test_the_tape_of_a_community_is_the_same_in_any_company(regime: str) -> None:
    tape = ["requester_id", "category", "organisations_needed", "level_needed", "priority"]
    tape += ["work_hours", "arisen_at", "public"]
    person = ["person_id", "kind", "age_60plus", "age_under14", "migrant", "grid", "eligible", "propensity"]
    of_three = simulate(scenario(regime, *SHARED, "county.communities=3"))
    of_five = simulate(scenario(regime, *SHARED, "county.communities=5"))
    for number in range(3):
        for table, columns in (("cases", tape), ("people", person)):
            left = _of_community(getattr(of_three, table), number)
            right = _of_community(getattr(of_five, table), number)
            assert not [c for c in columns if bits(left[c]) != bits(right[c])]


def test_communities_that_share_units_do_meet_there() -> None:
    of_three = simulate(scenario("co_governance", *SHARED, "county.communities=3"))
    of_five = simulate(scenario("co_governance", *SHARED, "county.communities=5"))
    assert _differ(of_three, of_five, 2, ("cases",))


def test_the_first_of_several_communities_is_the_only_one_of_one() -> None:
    alone = simulate(scenario("co_governance", *SEPARATE, "county.communities=1"))
    of_four = simulate(scenario("co_governance", *SEPARATE, "county.communities=4"))
    assert not _differ(alone, of_four, 0, ("cases", "daily", "people", "units"))


def test_a_larger_household_or_grid_changes_nobodys_luck() -> None:
    # Without sorting, which is what people of one grid have in common.
    alone = "reporting.sorting_share=0"
    small = simulate(scenario("co_governance", "community.grid_residents=100", alone))
    large = simulate(scenario("co_governance", "community.grid_residents=800", alone))
    for column in ("person_id", "age_60plus", "migrant", "eligible", "propensity"):
        assert bits(small.people[column]) == bits(large.people[column])
    for column in ("requester_id", "work_hours", "arisen_at"):
        assert bits(small.cases[column]) == bits(large.cases[column])
