"""No comparison without its warning: what stands in the way of reading a result is said first."""

import contextlib
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analysis.findings.remarks import (
    BACKLOG_ABOVE,
    BACKLOG_BUSY_ABOVE,
    IDLE_BELOW,
    SATURATED_ABOVE,
    lines,
    remarks,
)
from experiments import cli
from experiments.output.remarks import say_of_points
from sim.scenario.loading import load_scenario, scenario_names
from tests.each import each
from tests.fake_simulation import simulate

ARMS = ("administration_led", "co_governance")
USUAL = {
    "utilisation": 0.7,
    "open_cases_mean": 40.0,
    "open_cases_growth": 0.01,
    "solved_60d_multi": 0.5,
    "registered_end": 900.0,
    "staff_hours_available_per_week": 200.0,
}


def _said(
    changed: dict[str, float] | None = None, stream: dict[str, float] | None = None, *overrides: str
) -> list[str]:
    settings = {name: load_scenario(name, overrides) for name in ARMS}
    means = {name: {**USUAL, **(changed or {})} for name in ARMS}
    found = remarks(settings, means, stream)
    for remark in found:
        assert remark.en != remark.zh
        assert "{" not in remark.en + remark.zh
    return [remark.key for remark in found]


FILE: dict[str, float] = {"used": 1000, "on_defaults": 0, "several": 200, "helpable": 50, "places": 10}


#: What each need takes is one department.
_DEPARTMENTS_ALONE = (
    "demand.organisations_shares=[1,0,0]",
    "demand.level_given_organisations=[[0,.7,.3],[0,1,0],[0,1,0]]",
)


def test_where_departments_do_all_the_work_nobody_misses_the_staff() -> None:
    said = _said({"staff_hours_available_per_week": 0.0}, None, *_DEPARTMENTS_ALONE)
    assert "no_staff" not in said


def test_nothing_is_said_of_an_ordinary_comparison() -> None:
    assert _said() == []
    assert lines([]) == []


@each(
    ("changed", "stream", "overrides", "key"),
    [
        ({"utilisation": 0.002}, None, (), "idle"),
        ({"utilisation": 0.99}, None, (), "saturated"),
        ({"open_cases_growth": 2.0, "utilisation": 0.9}, None, (), "backlog"),
        ({"staff_hours_available_per_week": 0.0}, None, (), "no_staff"),
        ({"staff_hours_available_per_week": 0.0}, FILE, _DEPARTMENTS_ALONE, "no_staff"),
        ({"solved_60d_multi": np.nan}, None, (), "one_organisation"),
        ({"registered_end": 0.0}, None, (), "no_app"),
        ({}, None, ("reporting.cost_app=3", "reporting.cost_office=1"), "no_app"),
        ({}, None, ("followup_days=30",), "followup"),
        ({}, {**FILE, "on_defaults": 900}, (), "defaults"),
        ({}, {**FILE, "several": 0}, (), "one_organisation"),
        ({}, {**FILE, "helpable": 0}, (), "no_help"),
        ({}, FILE, (), "arrive_reported"),
    ],
)
def test_each_thing_in_the_way_is_said(
    changed: dict[str, float], stream: dict[str, float] | None, overrides: tuple[str, ...], key: str
) -> None:
    assert key in _said(changed, stream, *overrides)
    assert key not in _said(None, None if key == "arrive_reported" else stream and FILE)


@each(
    ("changed", "stream", "verdict"),
    [
        ({}, {}, "differences"),
        ({}, {"on_defaults": 900}, "direction"),
        ({"utilisation": 0.01}, {"on_defaults": 900}, "nothing"),
        ({"utilisation": 0.99}, {}, "nothing"),
        ({"report_to_solution_median": 1.0}, {"median_days": 12.0}, "direction"),
        ({"report_to_solution_median": 12.0}, {"median_days": 1.0}, "direction"),
        ({"report_to_solution_median": 10.0}, {"median_days": 12.0}, "differences"),
        ({"report_to_solution_median": 10.0}, {"median_days": np.nan}, "differences"),
    ],
)
def test_of_a_replay_it_is_said_last_what_may_be_compared(
    changed: dict[str, float], stream: dict[str, float], verdict: str
) -> None:
    said = _said(changed, {**FILE, **stream})
    assert said[-1] == f"may_compare_{verdict}"
    assert sum(key.startswith("may_compare") for key in said) == 1
    assert ("unlike_file" in said) == ("median_days" in stream and verdict == "direction")
    # Without a file, or before anything was run, there is nothing to judge.
    assert not any(key.startswith("may_compare") for key in _said(changed))
    assert not any("may_compare" in one.key for one in remarks({ARMS[0]: load_scenario(ARMS[0])}, None, FILE))


def test_thresholds_are_thresholds() -> None:
    assert "idle" not in _said({"utilisation": IDLE_BELOW + 1e-9})
    assert "saturated" not in _said({"utilisation": SATURATED_ABOVE - 1e-9})
    weeks = load_scenario(ARMS[0]).horizon_days / 7
    assert "backlog" not in _said(
        {"utilisation": 0.9, "open_cases_growth": 0.99 * BACKLOG_ABOVE * 40.0 / weeks}
    )
    grows = {"open_cases_growth": 1.01 * BACKLOG_ABOVE * 40.0 / weeks}
    assert "backlog" in _said({"utilisation": BACKLOG_BUSY_ABOVE + 0.01, **grows})
    assert "backlog" not in _said({"utilisation": BACKLOG_BUSY_ABOVE - 0.01, **grows})


def test_the_bare_queue_is_no_regime() -> None:
    for name in ("verification/queue", "verification/adoption"):
        assert name in scenario_names()
        assert remarks({name: load_scenario(name)}, {name: {"utilisation": 0.99}}) == []


def test_points_of_a_study_are_counted() -> None:
    assert say_of_points(np.full((3, 2), 0.6)) == []
    assert say_of_points(np.empty((0, 2))) == []
    told = say_of_points(np.array([[0.1, 0.1], [0.99, 0.97], [0.5, np.nan], [np.nan, np.nan]]))
    assert len(told) == 1
    assert re.search(r"of 3 points.* at 1 and .* at 1", told[0])


def _run(words: list[str], simulate: Callable[..., Any]) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.main(words, simulate)
    return status, out.getvalue(), err.getvalue()


@pytest.fixture
def requests(tmp_path: Path) -> Path:
    """A file on the mapping's defaults alone, in which no case needs two organisations."""
    rows = [f"{day:02d}.03.2024 09:{minute:02d},Lamp,North" for day in range(1, 29) for minute in (5, 35)]
    file = tmp_path / "requests.csv"
    file.write_text("opened,category,place\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "requests.yaml").write_text(
        "residents: 20000\ntime_format: '%d.%m.%Y %H:%M'\n"
        "columns: {opened: opened, category: category, place: place}\n",
        encoding="utf-8",
    )
    return file


@pytest.mark.parametrize("command", ["compare", "run"])
def test_a_replay_says_first_what_its_file_lacks(command: str, requests: Path, tmp_path: Path) -> None:
    more = [] if command == "compare" else ["scenario=co_governance"]
    words = [command, f"demand.stream={requests}", "replications=2", f"out={tmp_path / 'out'}", *more]
    status, said, err = _run(words, simulate)
    assert status == 0, err
    first = said.index("Read this first:")
    # Before the verdict, and before the table.
    assert first < said.index("Who gets heard")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    keys = {remark["key"] for remark in manifest["remarks"]}
    assert {"defaults", "one_organisation", "arrive_reported", "no_help"} <= keys
    for remark in manifest["remarks"]:
        assert remark["en"] in said
    if command == "compare":
        page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
        assert page.index("Read this first") < page.index("<h3>What this rests on")
        status, _, err = _run(["report", str(tmp_path / "out"), "language=zh"], simulate)
        assert status == 0, err
        chinese = (tmp_path / "out" / "report.zh.html").read_text(encoding="utf-8")
        assert 0 < chinese.index("请先看") < chinese.index("联席会商无从发挥作用")


def test_a_year_without_holidays_in_the_file_is_said(tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("date,day\n2023-01-02,off\n", encoding="utf-8")
    settings = {"administration_led": load_scenario("administration_led", [f"calendar.holidays={file}"])}
    found = remarks(settings)
    assert [remark.key for remark in found] == ["holidays"]
    assert "2024" in found[0].en
    assert "2023" not in found[0].en
