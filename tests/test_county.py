"""Several communities that share street and county units."""

import numpy as np
import pandas as pd
import pytest

from sim import load_scenario, simulate

WINDOW = ["warmup_days=0", "horizon_days=120", "followup_days=60", "community.merchants=20"]
WINDOW += ["world.fixed=true"]


def county(communities: int, *more: str):
    words = [f"county.communities={communities}", f"county.residents={2000 * communities}", *WINDOW, *more]
    return simulate(load_scenario("co_governance", words))


@pytest.fixture(scope="module")
def three():
    return county(3, "county.communities_per_street=2")


def test_units_are_shared_by_level(three) -> None:
    units = three.units
    # Three communities of their own, two streets (of two and one community), one county.
    own = units[units["level"] == 0]
    assert sorted(own["community"].unique()) == [0, 1, 2]
    streets, top = units[units["level"] == 1], units[units["level"] == 2]
    assert len(streets) == 2 * streets["name"].nunique()
    assert top["name"].is_unique
    assert (units.loc[units["level"] > 0, "community"] == -1).all()
    assert top["asks"].sum() > 0


def test_every_community_has_its_people_needs_and_staff(three) -> None:
    residents = three.people[three.people["kind"] == "resident"]
    assert residents.groupby("community").size().to_dict() == {0: 2000, 1: 2000, 2: 2000}
    assert three.people["person_id"].is_unique
    assert set(three.cases["community"]) == {0, 1, 2}
    assert (three.daily.groupby("day").size() == 3).all()
    last = three.daily[three.daily["day"] == three.daily["day"].max()].set_index("community")
    counted = three.cases.groupby("community").size()
    np.testing.assert_array_equal(last["arisen"], counted)
    np.testing.assert_array_equal(last["solved"], three.cases.groupby("community")["solved_at"].count())


def test_a_community_has_the_same_tape_in_any_company(three) -> None:
    alone = county(1).cases
    among = three.cases[three.cases["community"] == 0]
    tape = ["requester_id", "category", "organisations_needed", "level_needed", "priority", "work_hours"]
    tape += ["arisen_at"]
    pd.testing.assert_frame_equal(
        among[tape].reset_index(drop=True), alone[tape].reset_index(drop=True), check_categorical=False
    )


def test_neighbours_load_the_units_they_share(three) -> None:
    """The county's officers serve all communities, so their hours add up over all of them."""
    top = three.units[three.units["level"] == 2]
    alone = county(1).units
    alone = alone[alone["level"] == 2]
    assert top["asks"].sum() > 1.5 * alone["asks"].sum()
    assert top["officers"].sum() >= alone["officers"].sum()
