"""Public holidays and make-up days: counts known from the calendar, and runs that respect them."""

import datetime
from pathlib import Path

import numpy as np
import pytest

from analysis.inputs.working_day_clock import WorkingClock
from experiments.arguments.run_plan import RunPlan
from experiments.output.manifest import manifest
from experiments.runs.run_identity import configuration
from sim import InputError, Scenario, load_scenario, simulate
from sim.initial_state import calendar_table, presence, run_days
from sim.world.holidays import (
    ARRANGED,
    arranged,
    days_off,
    exceptions,
    make_up_days,
    working_days_a_year,
    years_without,
)
from tests.each import each
from tests.guarantees.runs import differing_columns

#: Statutory days off of a year; in 2020 the prolonged Spring Festival gave two more (a Friday, and a Saturday
#: that was to be worked).
STATUTORY = dict.fromkeys(range(2019, 2025), 11) | {2020: 13, 2025: 13, 2026: 13}


def _weekdays(year: int) -> int:
    first = datetime.date(year, 1, 1)
    days = (datetime.date(year + 1, 1, 1) - first).days
    return sum((first + datetime.timedelta(days=k)).weekday() < 5 for k in range(days))


@pytest.mark.parametrize("year", ARRANGED)
def test_a_year_loses_its_statutory_days_and_no_more(year: int) -> None:
    """Days moved to a weekend are worked: what is left is the weekdays less the statutory holidays."""
    off = [day for day in days_off(year) if day.weekday() < 5 and day.year == year]
    made_up = list(make_up_days(year))
    assert all(day.weekday() >= 5 for day in made_up)
    assert not set(made_up) & set(days_off(year))
    expected = _weekdays(year) - STATUTORY[year]
    assert _weekdays(year) - len(off) + len(made_up) == expected
    start = datetime.date(year, 1, 1)
    monday = start - datetime.timedelta(days=start.weekday())
    assert working_days_a_year(monday, 300, 5) == expected


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2023-01-16", "2023-02-05", 12),  # Spring Festival 2023: five weekdays off, a weekend worked
        ("2023-09-25", "2023-10-08", 6),  # Mid-autumn and National Day 2023: six off, two worked
        ("2024-04-29", "2024-05-12", 8),  # Labour Day 2024: three off, Saturday the 11th worked
        ("2025-01-20", "2025-02-09", 11),  # Spring Festival 2025: six off, two worked
        ("2026-02-09", "2026-03-01", 11),  # Spring Festival 2026: six off, two worked
        ("2024-06-03", "2024-06-14", 9),  # Dragon Boat 2024: one day off, none worked for it
    ],
)
def test_working_days_between_dates(first: str, last: str, days: int) -> None:
    begin, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    monday = begin - datetime.timedelta(days=begin.weekday())
    scenario = load_scenario(
        "administration_led", ["calendar.holidays=china", f"calendar.start_date={monday}"]
    )
    worked = calendar_table(scenario, 60)
    a, b = (begin - monday).days, (end - monday).days + 1
    assert (worked[b] - worked[a]) / 8.0 == days
    clock = WorkingClock.from_settings(scenario)
    assert clock.between(np.array([float(a)]), np.array([float(b)]))[0] == days


def test_a_year_that_is_not_in_the_table_is_refused() -> None:
    for start in ("2018-06-04", "2026-06-01"):
        scenario = load_scenario(
            "administration_led", ["calendar.holidays=china", f"calendar.start_date={start}"]
        )
        with pytest.raises(InputError, match="2019 to 2026"):
            simulate(scenario)


def test_new_year_2019_began_in_december() -> None:
    monday = datetime.date(2018, 12, 31)
    assert exceptions(monday, 7, 5) == {0: False, 1: False}


def test_hours_of_a_year_stay_and_nobody_works_on_a_holiday() -> None:
    overrides = ["community.residents=3000", "warmup_days=0", "horizon_days=364", "followup_days=0"]
    plain = simulate(load_scenario("administration_led", overrides), seed=1)
    with_them = load_scenario("administration_led", [*overrides, "calendar.holidays=china"])
    records = simulate(with_them, seed=1)
    assert presence(with_them) == pytest.approx(1760.0 / (249 * 8.0), rel=1e-9)
    hours = records.cadres["hours_available"].sum() / plain.cadres["hours_available"].sum()
    assert hours == pytest.approx(1.0, rel=0.01)
    started = np.floor(records.cases["service_started_at"].dropna().to_numpy()).astype(int)
    off = {day for day, works in exceptions(datetime.date(2023, 1, 2), 364, 5).items() if not works}
    made_up = {day for day, works in exceptions(datetime.date(2023, 1, 2), 364, 5).items() if works}
    assert off
    assert not off & set(started.tolist())
    assert len(made_up & set(started.tolist())) >= 3


def test_a_session_on_a_holiday_is_held_on_the_next_working_day() -> None:
    """1 May 2024 is a Wednesday and the session's day; the next working day is Monday the 6th."""
    overrides = [
        "calendar.holidays=china",
        "calendar.start_date=2024-04-22",
        "warmup_days=0",
        "horizon_days=25",
        "followup_days=0",
        "community.residents=6000",
        "demand.organisations_shares=[0, 0, 1]",
        "demand.rate=3",
    ]
    daily = simulate(load_scenario("co_governance", overrides), seed=1).daily
    held = np.flatnonzero(np.diff(daily["session_cases"].to_numpy(), prepend=0))
    assert held.tolist() == [2, 14, 16, 23]


def _file(folder: Path, text: str | bytes, name: str = "days.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def _with_file(path: Path, *more: str) -> Scenario:
    return load_scenario("administration_led", [f"calendar.holidays={path}", *more])


SOME = "date,day\n2023-01-23,off\n2023-01-28,worked\n2023-01-24,off\n"


@pytest.mark.parametrize(
    "text",
    [
        SOME,
        b"\xef\xbb\xbf" + SOME.encode(),
        SOME.replace(",", ";"),
        SOME.replace("\n", "\r\n"),
        SOME.replace("-", "/"),
        "name,Date,Day\nx,2023-01-23,OFF\ny,2023-01-28,Worked\n\nz,2023-01-24,off\nz,2023-01-24,off\n",
        "date,off\n2023-01-23,1\n2023-01-24,yes\n2023-01-28,0\n",
        "date,off,worked\n2023-01-23,x,\n2023-01-24,x,\n2023-01-28,,x\n",
        "日期,安排\n2023-1-23,休\n2023-01-24,休息\n2023-01-28,上班\n",
    ],
)
def test_a_file_of_ones_own_is_read(tmp_path: Path, text: str | bytes) -> None:
    calendar = _with_file(_file(tmp_path, text)).calendar
    assert calendar.holiday_dates == "2023-01-23 off; 2023-01-24 off; 2023-01-28 worked"


@each(
    ("text", "said"),
    [
        ("day,what\n2023-01-23,off\n", "no column named date"),
        ("date,what\n2023-01-23,off\n", "no column named day, off or worked"),
        ("date,day\n2023-02-30,off\n", "row 1"),
        ("date,day\n2023-01-23,off\n23.01.2023,off\n", "row 2"),
        ("date,day\n2023-01-23,perhaps\n", "row 1"),
        ("date,off,worked\n2023-01-23,x,x\n", "row 1"),
        ("date,day\n2023-01-23\n", "too few columns"),
        ("date,day\n2023-01-23,off\n2023-01-23,worked\n", "off in one row and worked in another"),
        ("date,day\n", "no dates"),
        ("", "empty"),
        ("date,day\n2023-01-23,off\n".encode("utf-16"), "UTF-8"),
        ("日期,安排\n2023-01-23,休\n".encode("gb18030"), "UTF-8"),
        ('date,day\n"2023-01-23,off\n', "quotation"),
        ("Wang Fang,13800001111\n2023-01-23,off\n", "no column named date"),
        ("date,day\nWang Fang 13800001111,off\n", "row 1"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line_without_a_cell(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    with pytest.raises(InputError, match=said) as found:
        _with_file(_file(tmp_path, text))
    line = str(found.value)
    assert line.startswith("calendar.holidays = ")
    assert "\n" not in line
    assert "Wang" not in line
    assert "1380" not in line
    assert "perhaps" not in line


@pytest.mark.parametrize("value", ["chnia", "missing.csv", "days.txt", ""])
def test_a_name_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(InputError, match=r"calendar\.holidays"):
        load_scenario("administration_led", [f"calendar.holidays={value}"])


def test_the_built_in_table_as_a_file_is_the_built_in_table(tmp_path: Path) -> None:
    """The same days, the same bits, whoever wrote them down; and the analysis counts by the same days."""
    rows = [f"{date},{'worked' if works else 'off'}" for date, works in arranged()]
    path = _file(tmp_path, "date,day\n" + "\n".join(rows) + "\n")
    short = ["community.residents=600", "warmup_days=0", "horizon_days=60", "followup_days=0"]
    table = load_scenario("administration_led", ["calendar.holidays=china", *short])
    own = _with_file(path, *short)
    assert presence(own) == presence(table)
    assert np.array_equal(calendar_table(own, 60), calendar_table(table, 60))
    first, second = simulate(table, seed=1), simulate(own, seed=1)
    assert not differing_columns(first, second)
    days = np.linspace(0.0, 60.0, 241)
    clocks = [WorkingClock.from_settings(scenario).elapsed(days) for scenario in (table, own)]
    assert np.array_equal(*clocks)
    # What is stored with the results needs no file.
    path.unlink()
    again = Scenario.model_validate(own.model_dump(mode="json"))
    assert np.array_equal(WorkingClock.from_settings(again).elapsed(days), clocks[1])


def test_years_beyond_the_table_come_from_a_file(tmp_path: Path) -> None:
    path = _file(tmp_path, "date,day\n2028-01-03,off\n2028-01-08,worked\n")
    scenario = _with_file(path, "calendar.start_date=2028-01-03")
    worked = calendar_table(scenario, 14)
    assert np.diff(worked)[:7].tolist() == [0.0, 8.0, 8.0, 8.0, 8.0, 8.0, 0.0]
    assert years_without(scenario.calendar, run_days(scenario)) == [2029, 2030]
    assert years_without(load_scenario("administration_led").calendar, 700) == []


def test_a_run_is_known_by_what_its_file_says(tmp_path: Path) -> None:
    here = _with_file(_file(tmp_path, SOME))
    there = _with_file(_file(tmp_path, SOME.replace(",", ";"), "elsewhere.csv"))
    other = _with_file(_file(tmp_path, SOME.replace("24", "25"), "other.csv"))
    plain = load_scenario("administration_led")
    assert configuration(here) == configuration(there)
    assert len({configuration(one) for one in (here, other, plain)}) == 3
    now = datetime.datetime.now().astimezone()
    facts = [
        manifest("run", [], RunPlan((one,), 1, 1, tmp_path, "serial", 1), [0], now, "complete")
        for one in (here, there, other, plain)
    ]
    assert facts[0]["config_hash"] == facts[1]["config_hash"] != facts[2]["config_hash"]
    assert facts[0]["holidays"]["administration_led"]["off"] == 2
    assert facts[0]["holidays"]["administration_led"]["last"] == "2023-01-28"
    assert "holidays" not in facts[3]


def test_dates_are_not_written_by_hand_and_not_forgotten() -> None:
    with pytest.raises(InputError, match="holiday_dates"):
        load_scenario("administration_led", ["calendar.holiday_dates=2023-01-23 off"])
    unread = Scenario.model_validate({"calendar": {"holidays": "days.csv"}})
    with pytest.raises(InputError, match="load_scenario"):
        calendar_table(unread, 10)
