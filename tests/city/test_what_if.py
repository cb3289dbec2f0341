"""What a change makes of a calibrated city: known answers, and what must not matter.

The plain run of `tests.city.plain_run` stands in for the engine, so nothing is compiled here.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from experiments.city.bounds import Anchor, mean_open
from experiments.city.changes import Changes, changed, merged, read_changes, side_by_side, split_changes
from experiments.city.demand import Demand, assigned, demand_between, practice_rows
from experiments.city.team_size import Target, smallest_staff
from experiments.city.what_if import outcomes_of, what_if
from experiments.city.words import BOUNDS, FIXED_CAPACITY, PURE_DELAY
from sim.city.draw import CityDraw
from sim.errors import InputError
from sim.request_file.loading import RequestStream, load_stream
from tests.city.plain_run import plain_run
from tests.city.synthetic import TEAMS, SyntheticCity, write_city

SINCE, UNTIL = date(2023, 3, 13), date(2023, 4, 24)
ORGANISATIONS = {"pothole": 2, "street light": 1, "fallen tree": 3, "litter": 1, "noise": 1, "bridge": 1}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> SyntheticCity:
    return write_city(tmp_path_factory.mktemp("city"), days=112, draws=3)


@pytest.fixture(scope="module")
def stream(city: SyntheticCity) -> RequestStream:
    return load_stream(city.stream, city.mapping)


@pytest.fixture(scope="module")
def demand(stream: RequestStream) -> Demand:
    return demand_between(stream, SINCE, UNTIL, UNTIL)


def read(*words: str, officers: dict[str, int] | None = None) -> Changes:
    found, rest = split_changes(words)
    assert not rest
    return read_changes(found, TEAMS, officers or {}, ORGANISATIONS)


def anchor_of(city: SyntheticCity) -> Anchor:
    stream = load_stream(city.stream, city.mapping)
    return Anchor(demand_between(stream, SINCE, UNTIL, UNTIL), plain_run, 1)


def table_of(city: SyntheticCity, demand: Demand, changes: Changes) -> pd.DataFrame:
    return what_if([city.draw], demand, changes, BOUNDS, anchor_of(city))


# --- what is asked ----------------------------------------------------------------------------------


def test_staff_is_counted_in_officers_or_as_a_multiple() -> None:
    assert read("staff.Roads=x1.5").staff == {"Roads": 1.5}
    assert read("staff.roads=+2", officers={"Roads": 8}).staff == {"Roads": 1.25}
    assert read("officers.Roads=4", "staff.Roads=-1").staff == {"Roads": 0.75}
    assert read("staff.Night watch=3", "officers.Night watch=2").staff == {"Night watch": 1.5}
    assert read("merge=[[Roads,Parks]]").merge == read("merge=[Roads,Parks]").merge == (("Roads", "Parks"),)
    assert read("joint_session=true").joint == {"pothole": 2, "fallen tree": 3}
    assert read("joint_session=[fallen tree]", "joint_session.interval_days=14").interval_days == 14.0
    assert not read()


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("staff.Road=x2", "did you mean Roads?"),
        ("staff.zebra=x2", "there are Roads, Parks, Night watch"),
        ("staff.Roads=+2", "officers.Roads=12"),
        ("staff.Roads=twice", "must be officers more or fewer"),
        ("staff.Roads=x0", "such that somebody is left"),
        ("priority.potole=2", "did you mean pothole?"),
        ("priority.pothole=0", "a number from 0.01 to 100"),
        ("merge=[Roads]", "two teams at least"),
        ("merge=[[Roads,Parks],[Parks,Night watch]]", "without a team in two of them"),
        ("joint_session=[litter]", "need two organisations or more"),
        ("joint_session.interval_days=0", "a number from 0.5 to 92"),
        ("officers.Roads=1.5", "a whole number from 1"),
    ],
)
def test_what_cannot_be_read_is_one_line_that_names_it(word: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        read(word)
    assert told in str(error.value)
    assert word.partition("=")[0].split(".")[0] in str(error.value)


def test_fewer_officers_than_one_are_refused() -> None:
    with pytest.raises(InputError, match="somebody is left"):
        read("staff.Roads=-4", officers={"Roads": 4})


# --- what a change is -------------------------------------------------------------------------------


def test_parts_side_by_side() -> None:
    assert [side_by_side(n) for n in (1, 2, 3)] == pytest.approx([1.0, 4.0 / 3.0, 18.0 / 11.0])


def test_a_joint_session_speeds_up_what_has_waited_for_it(city: SyntheticCity) -> None:
    after = changed(city.draw, read("joint_session=[pothole]")).hazard / city.draw.hazard
    rising = city.draw.age_edges >= 3.5
    assert after[0, rising] == pytest.approx(4.0 / 3.0)
    assert (after[0, ~rising] == 1.0).all()
    assert (after[1:] == 1.0).all()


def test_a_merged_team_has_all_that_its_parts_had(city: SyntheticCity) -> None:
    draw = replace(city.draw, weekly_cv=np.array([0.3, 0.3, 0.0]), officers=np.array([4.0, 6.0, 2.0]))
    one = merged(draw, ("Parks", "Roads"))
    assert one.team_shares.sum() == pytest.approx(draw.team_shares.sum())
    assert one.team_shares[:, 0].tolist() == [0.0] * len(draw.categories)
    assert one.usual_load[1] == draw.usual_load[:2].sum()
    assert one.officers[1] == 10
    assert one.clock[1].mean() == pytest.approx(1.0)
    # The luck of two weeks evens out: less than of either, more than of none.
    assert 0.3 / np.sqrt(2.0) <= one.weekly_cv[1] < 0.3
    assert (one.clock[2] == draw.clock[2]).all()


def test_priority_is_as_strong_as_the_answer_to_a_backlog(city: SyntheticCity) -> None:
    for gamma, weight in ((0.0, 1.0), (0.5, 2.0), (1.0, 4.0)):
        after = changed(replace(city.draw, gamma=gamma), read("priority.litter=4"))
        assert after.weight[3] == weight
        assert after.weight[:3].tolist() == [1.0] * 3


# --- requests ---------------------------------------------------------------------------------------


def test_a_stretch_begins_with_what_was_open(stream: RequestStream, demand: Demand) -> None:
    start, end = demand.start, demand.end
    assert end - start == 42.0
    day = (SINCE - stream.start_date).days
    still = (stream.arisen_at < day) & ~(stream.closed_at < day)
    assert int((~demand.arrives).sum()) == int(still.sum()) > 20
    arriving = (stream.arisen_at >= day) & (stream.arisen_at < day + 42)
    assert int(demand.arrives.sum()) == int(arriving.sum()) > 400


def test_a_stretch_after_the_calibration_begins_with_the_backlog_of_its_day(stream: RequestStream) -> None:
    late = demand_between(stream, date(2023, 4, 10), UNTIL, SINCE)
    day = (SINCE - late.monday).days
    assert late.origin == day
    assert late.start == day + 28
    assert int((late.opened < late.origin).sum()) == int(
        (~demand_between(stream, SINCE, UNTIL, SINCE).arrives).sum()
    )


def test_a_category_has_the_practice_of_the_day(city: SyntheticCity, demand: Demand) -> None:
    later = (*city.draw.since, date(2023, 4, 3))
    draw = city.draw.with_values(
        categories=(*city.draw.categories, "litter"),
        since=later,
        **{
            name: np.concatenate([getattr(city.draw, name), getattr(city.draw, name)[3:4]])
            for name in (
                "hazard",
                "at_once",
                "at_once_delay",
                "never",
                "pace",
                "urgent",
                "team_shares",
                "weight",
            )
        },
    )
    rows = practice_rows(draw, demand)
    litter = demand.category == demand.categories.index("litter")
    new = demand.opened >= (date(2023, 4, 3) - demand.monday).days
    assert (rows[litter & new] == 6).all()
    assert (rows[litter & ~new] == 3).all()
    named = [demand.categories.index(name) for name in ("bridge", "sign")]
    assert (rows[np.isin(demand.category, named)] == draw.categories.index("*")).all()


def test_teams_are_drawn_by_the_shares_of_the_category(city: SyntheticCity, demand: Demand) -> None:
    found = assigned(city.draw, demand, 1)
    light = demand.category == demand.categories.index("street light")
    assert (found.team[light] == 0).mean() == pytest.approx(0.7, abs=0.15)
    assert (found.team[demand.category == demand.categories.index("noise")] == 2).all()
    own = found.draw.team_shares[found.requests.category]
    assert (own.argmax(axis=1) == found.team).all()
    assert (found.requests.opened == demand.opened).all()


def test_nothing_that_happened_later_matters(stream: RequestStream, city: SyntheticCity) -> None:
    """Closings from the start of the stretch on, and the team that had a request in the end, are not read."""
    day = (SINCE - stream.start_date).days
    with np.errstate(invalid="ignore"):
        late = stream.closed_at >= day
    other = replace(
        stream,
        closed_at=np.where(late, stream.closed_at + 9.0, stream.closed_at),
        team=np.zeros_like(stream.team),
    )
    changes = read("staff.Roads=x1.5")
    tables = [table_of(city, demand_between(one, SINCE, UNTIL, UNTIL), changes) for one in (stream, other)]
    shown = [table.pop("observed") for table in tables]
    pd.testing.assert_frame_equal(*tables)
    assert not shown[0].equals(shown[1])
    early = replace(stream, closed_at=np.where(late, stream.closed_at, np.nan))
    found = table_of(city, demand_between(early, SINCE, UNTIL, UNTIL), changes).drop(columns="observed")
    assert not found.equals(tables[0])
    unseen = table_of(city, demand_between(stream, SINCE, UNTIL, SINCE), changes)
    assert unseen["observed"].isna().all()


# --- answers ----------------------------------------------------------------------------------------


def test_outcomes_of_three_requests_by_hand(demand: Demand) -> None:
    three = replace(
        demand,
        origin=0.0, start=0.0, end=40.0,
        opened=np.array([-1.0, 0.0, 5.0]), due=np.full(3, np.nan), row=np.arange(3), work_hours=np.ones(3),
        category=np.zeros(3, dtype=np.int64),
    )  # fmt: skip
    everybody = np.ones(3, dtype=bool)
    found = outcomes_of(np.array([np.nan, 6.0, 41.0]), three, everybody)
    assert found == {"median_days": 6.0, "within_7_days": 0.5, "within_30_days": 0.5, "open_at_end": 2.0}
    # One watched for two days only leaves those at risk; it is not taken as never closed.
    short = outcomes_of(
        np.array([np.nan, 6.0, np.nan]), replace(three, opened=np.array([-1.0, 0.0, 38.0])), everybody
    )
    assert short["within_7_days"] == 1.0


@pytest.mark.parametrize(
    "words", [("staff.Roads=x1",), ("priority.pothole=1",), ("staff.Roads=x1", "priority.litter=1")]
)
def test_a_change_of_nothing_changes_nothing(
    words: tuple[str, ...], city: SyntheticCity, demand: Demand
) -> None:
    table = table_of(city, demand, read(*words))
    assert (table["base"] == table["changed"]).all()
    assert (table["difference"] == 0.0).all()


def test_what_is_pure_delay_no_staff_and_no_priority_changes(city: SyntheticCity, demand: Demand) -> None:
    table = table_of(city, demand, read("staff.Roads=x3", "priority.pothole=5")).set_index("response")
    assert (table.loc[PURE_DELAY, "difference"] == 0.0).all()
    roads = table.loc[FIXED_CAPACITY].query("name == 'Roads'").set_index("outcome")
    assert roads.loc["median_days", "changed"] < 0.5 * roads.loc["median_days", "base"]
    assert roads.loc["open_at_end", "changed"] < roads.loc["open_at_end", "base"]


def test_priority_takes_from_others_of_the_team_what_it_gives(city: SyntheticCity, demand: Demand) -> None:
    table = table_of(city, demand, read("priority.pothole=4", "staff.Roads=x1"))
    fixed = table[(table["response"] == FIXED_CAPACITY) & (table["outcome"] == "within_7_days")].set_index(
        "name"
    )
    assert fixed.loc["pothole", "difference"] > 0.02
    assert fixed.loc["street light", "difference"] < -0.02


def test_all_answers_begin_at_the_backlog_of_the_file(city: SyntheticCity, demand: Demand) -> None:
    """Mean open requests of the two large teams with gamma 1 are those of the file, to a tenth."""

    def open_with(draw: CityDraw) -> np.ndarray:
        base = assigned(draw, demand, 1)
        return mean_open(plain_run(base.draw, base.requests, demand.end), base.team, demand, 3)

    in_file = np.array([TEAMS.index(name) for name in demand.file_teams])[demand.file_team]
    aim = mean_open(demand.happened, in_file, demand, 3)
    anchored = anchor_of(city).city(city.draw, 1.0, 0)
    assert open_with(anchored)[:2] == pytest.approx(aim[:2], rel=0.1)
    # At another usual load it would be far off.
    off = open_with(replace(anchored, usual_load=0.7 * anchored.usual_load))
    assert (off[:2] / aim[:2] > 1.5).all()


def test_the_smallest_staff_is_the_smallest(city: SyntheticCity, demand: Demand) -> None:
    target = Target("Roads", 3.0, 0.8, 0.9)
    answers, table = smallest_staff([city.draw], demand, target, BOUNDS, 10, anchor_of(city))
    delay, fixed = answers
    assert not delay.matters
    assert not delay.present_meets
    assert delay.smallest is None
    tried = table[table["response"] == FIXED_CAPACITY].set_index("staff")["meets"]
    assert fixed.smallest is not None
    assert fixed.smallest > 10
    assert bool(tried[fixed.smallest])
    assert not bool(tried[fixed.smallest - 1])
    rises = table.loc[table["response"] == FIXED_CAPACITY, "share"].diff().dropna()
    assert rises.min() > -0.002
