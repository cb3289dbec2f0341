"""Which requests a calibrated city has to deal with: of after the origin only that they came is known."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim import load_scenario, simulate
from sim.city.tape import city_stream, practice_rows
from sim.request_file.loading import load_stream
from tests.city.synthetic import START, SyntheticCity, true_draw, write_city

#: A Wednesday: the run begins on the Monday before.
ORIGIN, UNTIL = date(2023, 2, 15), date(2023, 3, 1)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> SyntheticCity:
    return write_city(tmp_path_factory.mktemp("city"), days=80, scale=0.5)


def test_the_window_is_that_of_the_dates(city: SyntheticCity) -> None:
    scenario = load_scenario("city", city.overrides(ORIGIN, UNTIL))
    assert (scenario.warmup_days, scenario.horizon_days, scenario.followup_days) == (2, 14, 180)
    assert scenario.calendar.start_date == "2023-02-13"


def test_backlog_and_what_comes_are_those_of_the_file(city: SyntheticCity) -> None:
    scenario = load_scenario("city", city.overrides(ORIGIN, UNTIL))
    whole, taken = load_stream(city.stream, city.mapping), city_stream(scenario)
    origin, until = float((ORIGIN - START).days), float((UNTIL - START).days)
    opened, closed = whole.arisen_at, whole.closed_at
    expected = ((opened >= origin) & (opened < until)) | ((opened < origin) & ~(closed < origin))
    assert taken.row.tolist() == whole.row[expected].tolist()
    assert 10 < (taken.arisen_at < 2.0).sum() < 200
    np.testing.assert_allclose(taken.arisen_at, opened[expected] - 42.0)
    np.testing.assert_allclose(taken.due_at, whole.due_at[expected] - 42.0)
    assert np.isnan(taken.closed_at).all()


def test_records_have_row_team_and_due_time(city: SyntheticCity) -> None:
    records = simulate(load_scenario("city", city.overrides(ORIGIN, UNTIL)))
    cases, stream = records.cases, city_stream(records.settings)
    assert cases["row"].tolist() == stream.row.tolist()
    np.testing.assert_array_equal(cases["due_at"], stream.due_at)
    assert set(cases["team"]) <= {"Roads", "Parks", "Night watch"}
    assert (cases.loc[cases["category"] == "noise", "team"] == "Night watch").all()
    assert (cases["closed_at"].dropna() >= 2.0).all()
    done = cases["closed_at"].notna() & cases["due_at"].notna()
    assert (cases["on_time"][done] == (cases["closed_at"] <= cases["due_at"])[done]).all()
    assert (cases["status"] == "solved").sum() == cases["closed_at"].notna().sum()
    assert len(records.people) == 3
    assert (
        records.daily["closed"].groupby(records.daily["community"]).last().sum()
        == done.sum() + (cases["closed_at"].notna() & cases["due_at"].isna()).sum()
    )


def test_nothing_known_only_afterwards_is_looked_at(city: SyntheticCity, tmp_path: Path) -> None:
    """Closings from the origin on and all teams are replaced: not a bit of the forecast changes."""
    table = pd.read_csv(city.stream, dtype=str, keep_default_na=False)
    later = table["closed"] >= ORIGIN.isoformat()
    assert later.sum() > 50
    table.loc[later, "closed"] = [
        (UNTIL + timedelta(n % 9)).isoformat() + " 12:00:00" for n in range(later.sum())
    ]
    table["team"] = "Somebody"
    other = tmp_path / "other.csv"
    table.to_csv(other, index=False)
    words = city.overrides(ORIGIN, UNTIL)
    changed = [f"demand.stream={other}" if word.startswith("demand.stream") else word for word in words]
    first, second = (simulate(load_scenario("city", w)).cases for w in (words, changed))
    pd.testing.assert_frame_equal(first, second)


def test_practice_follows_category_and_date_of_opening(city: SyntheticCity) -> None:
    stream = city_stream(load_scenario("city", city.overrides(ORIGIN, UNTIL)))
    plain = true_draw()
    since = date(2023, 2, 20)
    columns = ("hazard", "at_once", "at_once_delay", "never", "pace", "urgent", "weight", "team_shares")
    draw = plain.with_values(
        categories=(*plain.categories, "litter"),
        since=(*plain.since, since),
        **{name: np.concatenate([getattr(plain, name), getattr(plain, name)[3:4]]) for name in columns},
    )
    rows = practice_rows(draw, stream)
    names = np.array(stream.categories)[stream.category]
    new = stream.arisen_at >= (since - stream.start_date).days
    assert set(rows[(names == "litter") & new]) == {6}
    assert set(rows[(names == "litter") & ~new]) == {3}
    assert set(rows[np.isin(names, ["bridge", "sign"])]) == {5}
    assert set(rows[names == "noise"]) == {4}


def test_luck_of_a_request_is_the_same_from_any_origin(city: SyntheticCity) -> None:
    """Teams and, with delay alone, closings of what both runs see come: keyed by row and calendar week."""
    first, second = (
        simulate(load_scenario("city", city.overrides(origin, UNTIL)))
        for origin in (ORIGIN, date(2023, 2, 20))
    )
    left, right = (
        r.cases[r.cases["arisen_at"] >= r.settings.warmup_days].set_index("row") for r in (first, second)
    )
    both = left.index.intersection(right.index)
    assert len(both) > 20
    assert (left.loc[both, "team"] == right.loc[both, "team"]).all()
    np.testing.assert_allclose(left.loc[both, "closed_at"], right.loc[both, "closed_at"] + 7.0)
