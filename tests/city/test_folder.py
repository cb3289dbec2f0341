"""A calibrated folder: read as written, and refused in one line where it cannot be what it says."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim import InputError, load_scenario
from sim.city.changes import draw_of
from sim.city.folder import read_city
from tests.city.synthetic import SyntheticCity, true_draw, write_city, write_folder


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> SyntheticCity:
    never = np.full((6, 3), 0.05)
    never[1, 1], pace = 0.3, np.ones((6, 3))
    pace[1, :2] = 0.5, 1.5
    return write_city(
        tmp_path_factory.mktemp("city"), days=60, draws=3, never=never, pace=pace, weekly_cv=0.2, gamma=0.4
    )


def test_a_folder_is_read_as_it_was_written(city: SyntheticCity) -> None:
    read, true = read_city(city.folder), city.draw
    first = read.draw(0)
    for name in (
        "hazard",
        "at_once",
        "weekly_cv",
        "team_shares",
        "usual_load",
        "age_edges",
        "clock",
        "at_once_delay",
    ):
        np.testing.assert_allclose(getattr(first, name), getattr(true, name), err_msg=name)
    seen = true.team_shares > 0
    np.testing.assert_allclose(first.never[seen], true.never[seen])
    np.testing.assert_allclose(first.pace[seen], true.pace[seen])
    # A pair that was never seen has the share of its category, and the plain pace.
    assert first.never[1, 2] == pytest.approx(true.never[1].mean())
    assert first.pace[1, 2] == 1.0
    assert (first.gamma, first.teams, first.holidays) == (0.4, true.teams, true.holidays)
    assert read.draws == 3
    assert not np.allclose(read.draw(1).hazard, first.hazard)
    assert read_city(city.folder) is read


def _posterior(folder: Path, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    path = folder / "posterior.parquet"
    change(pd.read_parquet(path)).to_parquet(path, index=False)


def _without(table: pd.DataFrame, name: str) -> pd.DataFrame:
    return table[table["parameter"] != name]


def test_what_the_posterior_does_not_say_is_neutral(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", true_draw(weekly_cv=0.3, gamma=0.7), date(2023, 3, 1))
    _posterior(folder, lambda table: table[table["parameter"] == "hazard"])
    draw = read_city(folder).draw(0)
    assert (draw.clock == 1.0).all()
    assert (draw.pace == 1.0).all()
    assert draw.never.max() == draw.at_once.max() == draw.weekly_cv.max() == draw.gamma == 0.0
    np.testing.assert_allclose(draw.at_once_delay[0], np.linspace(0.0, 15.0, 11))


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("hazard", lambda t: _without(t, "hazard")),
        ("hazard", lambda t: t.assign(value=t["value"].where(t["parameter"] != "hazard", -1.0))),
        ("never", lambda t: t.assign(value=t["value"].where(t["parameter"] != "never", 1.5))),
        ("gamma", lambda t: t.assign(value=t["value"].where(t["parameter"] != "gamma", np.nan))),
        ("clock", lambda t: t.assign(value=t["value"].where(t["parameter"] != "clock", 2.0))),
        ("category of at_once", lambda t: t.assign(category=t["category"] + 90)),
        ("draw", lambda t: t.assign(draw=7)),
        ("one of at_once", lambda t: t.assign(parameter="haz")),
        ("a Parquet table", lambda t: t.drop(columns="bin")),
    ],
)  # fmt: skip
def test_a_posterior_that_cannot_be_is_refused(tmp_path: Path, words: str, change: Any) -> None:
    folder = write_folder(tmp_path / "c", true_draw(), date(2023, 3, 1))
    _posterior(folder, change)
    with pytest.raises(InputError, match=words) as fault:
        read_city(folder)
    assert "\n" not in str(fault.value)


def _category(name: str, urgent: object, team: int, share: float = 1.0) -> dict[str, Any]:
    return {"name": name, "urgent": urgent, "teams": [{"team": team, "share": share}]}


@pytest.mark.parametrize(
    ("words", "entries"),
    [
        ("format", {"format": 2}),
        ("age_edges", {"age_edges": [0, 2, 1]}),
        ("at_once_minutes", {"at_once_minutes": -1}),
        ("holidays", {"holidays": "none"}),
        ("draws", {"draws": 0}),
        ("teams", {"teams": []}),
        ("usual_load", {"teams": [{"name": name, "usual_load": "many"} for name in "abc"]}),
        ("different names", {"teams": [{"name": "a", "usual_load": 1.0}] * 3}),
        ("categories", {"categories": [_category("x", False, 0)]}),
        ("add up to 1", {"categories": [_category("*", False, 0, 0.5)]}),
        ("team", {"categories": [_category("*", False, 9)]}),
        ("true or false", {"categories": [_category(f"{n}*"[n == 0 :], 1, 0) for n in range(6)]}),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_is_refused(tmp_path: Path, words: str, entries: dict[str, Any]) -> None:
    folder = write_folder(tmp_path / "c", true_draw(), date(2023, 3, 1), **entries)
    with pytest.raises(InputError, match=words) as fault:
        read_city(folder)
    assert "\n" not in str(fault.value)
    assert "city.json" in str(fault.value)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(InputError, match=r"city\.folder"):
            read_city(folder)
    broken = write_folder(tmp_path / "c", true_draw(), date(2023, 3, 1))
    (broken / "city.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        read_city(broken)


def test_a_category_may_have_a_practice_from_a_date_on(tmp_path: Path) -> None:
    plain = json.loads(
        (write_folder(tmp_path / "a", true_draw(), date(2023, 3, 1)) / "city.json").read_text()
    )
    again = [
        *plain["categories"][:-1],
        {**plain["categories"][0], "from": "2023-02-01"},
        plain["categories"][-1],
    ]
    folder = write_folder(tmp_path / "b", true_draw(), date(2023, 3, 1), categories=again)
    _posterior(folder, lambda t: pd.concat([t, t[t["category"] == 5].assign(category=6)]))
    draw = read_city(folder).draw(0)
    assert draw.categories[5] == draw.categories[0] == "pothole"
    assert draw.since[5] == date(2023, 2, 1)
    folder = write_folder(tmp_path / "d", true_draw(), date(2023, 3, 1), categories=again[:5] + again[4:])
    with pytest.raises(InputError, match="categories"):
        read_city(folder)


# --- what a scenario changes of it -----------------------------------------------------------------


def _loaded(city: SyntheticCity, **changes: object) -> Any:
    words = city.overrides(date(2023, 2, 1), date(2023, 2, 20))
    values = dict(word.split("=", 1) for word in words)
    plain: dict[str, Any] = {**values, "followup_days": 30}
    own = {f"city.{key}": value for key, value in changes.items()}
    return load_scenario("city", {**plain, **own})


def test_a_scenario_changes_what_it_says_and_no_more(city: SyntheticCity) -> None:
    plain, first = draw_of(_loaded(city), 3), read_city(city.folder).draw(0)
    np.testing.assert_array_equal(plain.hazard, first.hazard)  # the draws are begun anew
    assert plain.gamma == first.gamma
    changed = draw_of(
        _loaded(city, gamma=0.9, draw=2, staff={"Roads": 1.5, "Parks": "+2", "Night watch": "-3"},
                priority={"litter": 4.0}, weekly_noise=0.5),
        0,
    )  # fmt: skip
    np.testing.assert_array_equal(changed.hazard, read_city(city.folder).draw(2).hazard)
    np.testing.assert_allclose(changed.staff_ratio, [1.5, 7 / 5, 3 / 6])
    np.testing.assert_allclose(changed.weekly_cv, 0.1)
    assert changed.gamma == 0.9
    assert changed.weight.tolist() == [1, 1, 1, 4, 1, 1]


def test_merged_teams_have_their_loads_together(city: SyntheticCity) -> None:
    plain = draw_of(_loaded(city), 0)
    joint = draw_of(_loaded(city, merge={"Night watch": "Parks"}, officers={"Night watch": 2, "Parks": 1}), 0)
    assert joint.merged_into.tolist() == [0, 1, 1]
    assert joint.usual_load[1] == pytest.approx(plain.usual_load[1:].sum())
    assert joint.officers[1] == 3
    np.testing.assert_array_equal(joint.team_shares, plain.team_shares)


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("did you mean Roads", {"staff": {"Road": 2.0}}),
        ("did you mean litter", {"priority": {"liter": 2.0}}),
        ("city.merge", {"merge": {"Roads": "Rail"}}),
        ("city.officers", {"officers": {"Rail": 2}}),
        ("city.draw", {"draw": 3}),
        ("decimal point", {"staff": {"Roads": 2}}),
        ("another team", {"merge": {"Roads": "Roads"}}),
        ("YYYY-MM-DD", {"staff_from": "soon"}),
        ("a date after", {"until": "2023-01-01"}),
        ("a date within the file", {"origin": "2024-01-01", "until": "2024-02-01"}),
    ],
)
def test_what_the_city_does_not_have_is_refused(city: SyntheticCity, words: str, changes: Any) -> None:
    with pytest.raises(InputError, match=words) as fault:
        draw_of(_loaded(city, **changes), 0)
    assert "\n" not in str(fault.value)


def test_a_folder_needs_a_request_file(city: SyntheticCity) -> None:
    with pytest.raises(InputError, match=r"demand\.stream"):
        load_scenario("city", [f"city.folder={city.folder}"])
