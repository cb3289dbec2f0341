"""A digest a day, and the first place where two runs part."""

import numpy as np

from sim import CommunityModel
from sim.agents.people import Resident
from sim.engine.tables.run import State
from sim.simulation import Run
from sim.state_digest import ARRAYS, daily_digests, digest, first_difference, first_differing_day
from tests.guarantees.runs import scenario

DAYS = ("warmup_days=0", "horizon_days=30", "followup_days=0")


def _start(regime: str = "co_governance", *overrides: str, seed: int = 1) -> Run:
    return Run.start(scenario(regime, *DAYS, *overrides), seed)


def test_the_digest_covers_every_array_but_the_stores() -> None:
    stores = {"par", "worked", "tie_start", "tie_to", "new_tie", "daily", "member"}
    # The same memory as words, and where in it the daily series looks.
    stores |= {"community_words", "daily_words", "daily_places"}
    stores |= {"event", "day_last", "today", "spare", "heap"}
    # What is fixed before the run, and what is made anew whenever it is looked at.
    stores |= {"campaign", "scratch", "own_need", "mobilised", "attendance", "shift", "demanded"}
    stores |= {f"city_{name}" for name in ("heap", "wait", "hazard", "edge", "profile", "kind")}
    stores |= {f"city_{name}" for name in ("passed", "pace", "worked")}
    stores |= {"docket", "gathered", "tally", "seat", "wanted"}
    # What the lines say, counted for each team.
    stores |= {"queue_team", "team_waiting"}
    assert set(ARRAYS) | stores == set(State._fields)


def test_one_bit_changes_the_digest_of_its_array_alone() -> None:
    run = _start()
    before = digest(run.built.state)
    expectation = run.built.state.conduct["expectation"]
    expectation[7] = np.nextafter(expectation[7], 2.0)
    after = digest(run.built.state)
    assert [name for name in before if before[name] != after[name]] == ["conduct"]


def test_the_same_run_has_the_same_digests() -> None:
    first, second = list(daily_digests(_start())), list(daily_digests(_start()))
    assert [day for day, _ in first] == list(range(31))
    assert first_differing_day(first, second) is None
    assert first_difference(_start(), _start()) is None


def test_the_day_on_which_two_runs_part_is_found() -> None:
    # Nobody in the first week can tell whether reports may be repeated after 7 or after 30 days.
    first, second = ("reporting.repeat_after_days=7",), ("reporting.repeat_after_days=30",)
    series = [list(daily_digests(_start("co_governance", *o))) for o in (first, second)]
    found = first_differing_day(*series)
    assert found is not None
    day, arrays = found
    difference = first_difference(_start("co_governance", *first), _start("co_governance", *second))
    assert difference is not None
    assert difference.day == day
    assert difference.array in arrays


def test_the_array_row_and_field_are_named() -> None:
    model = CommunityModel(scenario("co_governance", *DAYS), seed=1)
    twin = CommunityModel(scenario("co_governance", *DAYS), seed=1)
    for _ in range(5):
        model.step()
        twin.step()
    resident = list(model.agents_by_type[Resident])[11]
    resident.expectation = 0.123
    difference = first_difference(model._run, twin._run)
    assert difference is not None
    assert (difference.day, difference.array, difference.row) == (5, "conduct", resident.index)
    assert (difference.field, difference.first, difference.rows) == ("expectation", 0.123, 1)
    assert "conduct[11].expectation is 0.123 against" in str(difference)


def test_nan_is_nan_and_sizes_are_told() -> None:
    larger = _start("co_governance", "community.extra_inert_residents=1")
    difference = first_difference(_start(), larger)
    assert difference is not None
    assert str(difference) == "day 0: conduct has 1560 rows against 1561"
    run = _start()
    assert np.isnan(run.built.state.case["solved_at"]).all()
    assert first_difference(run, _start(), ("case",)) is None


def test_series_of_different_length_differ_where_one_ends() -> None:
    series = list(daily_digests(_start()))
    assert first_differing_day(series, series[:-1]) == (30, ["day"])
