"""Public holidays and make-up days: counts known from the calendar, and runs that respect them."""

import datetime

import numpy as np
import pytest

from analysis.clock import WorkingClock
from sim import InputError, load_scenario, simulate
from sim.build import calendar_table, presence
from sim.holidays import ARRANGED, days_off, exceptions, make_up_days, working_days_a_year

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
