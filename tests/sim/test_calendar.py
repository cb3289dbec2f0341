"""Working time: what is worked, when work is done, and that the two undo each other."""

import datetime
import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.engine.calendar import NEVER, add_working, is_open, monday_on_or_before, worked_at, working_table

DAYS = 60
MINUTE = 1.0 / 1440.0
SHIFTS = st.tuples(st.integers(1, 7), st.floats(0.0, 12.0), st.floats(1.0, 12.0))
TIMES = st.floats(0.0, DAYS - 1.0)


def _naive(t: float, days: int, start: float, hours: float) -> float:
    """Working hours from time 0 to `t`, shift by shift."""
    total = 0.0
    for day in range(math.floor(t) + 1):
        if day % 7 < days:
            total += min(hours, max(0.0, (t - day) * 24.0 - start))
    return total


@given(SHIFTS, TIMES)
def test_worked_hours_are_the_sum_of_the_shifts(shift: tuple[int, float, float], t: float) -> None:
    days, start, hours = shift
    worked = working_table(DAYS, days, hours)
    assert worked_at(worked, start, t) == pytest.approx(_naive(t, days, start, hours), abs=1e-9)


@given(SHIFTS, TIMES, st.floats(0.001, 60.0))
def test_adding_working_hours_undoes_counting_them(
    shift: tuple[int, float, float], t: float, more: float
) -> None:
    days, start, hours = shift
    worked = working_table(DAYS, days, hours)
    done = add_working(worked, start, False, t, more)
    assert done > t
    assert worked_at(worked, start, done) - worked_at(worked, start, t) == pytest.approx(more, abs=1e-8)
    # The work is done within a shift, not somewhere in the night after it.
    into = (done - math.floor(done - 1e-9)) * 24.0 - start
    assert -1e-6 < into < hours + 1e-6
    assert math.floor(done - 1e-9) % 7 < days


@given(SHIFTS, TIMES, st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_work_is_done_in_the_order_of_its_hours(
    shift: tuple[int, float, float], t: float, first: float, second: float
) -> None:
    days, start, hours = shift
    worked = working_table(DAYS, days, hours)
    low, high = sorted((first, second))
    # No work at all is done when the next shift begins, the least of it no earlier than the one before ends.
    assume(low > 0.0)
    assert add_working(worked, start, False, t, low) <= add_working(worked, start, False, t, high) + 1e-9


@given(SHIFTS, TIMES, st.floats(0.01, 50.0), st.floats(0.01, 50.0))
def test_work_in_two_parts_takes_as_long_as_in_one(
    shift: tuple[int, float, float], t: float, first: float, second: float
) -> None:
    days, start, hours = shift
    worked = working_table(DAYS, days, hours)
    half_way = add_working(worked, start, False, t, first)
    whole = add_working(worked, start, False, t, first + second)
    parts = add_working(worked, start, False, half_way, second)
    assert worked_at(worked, start, parts) == pytest.approx(worked_at(worked, start, whole), abs=1e-7)


@given(SHIFTS, TIMES, st.floats(0.0, 1e-9))
def test_the_least_work_is_not_done_before_it_began(
    shift: tuple[int, float, float], t: float, hours: float
) -> None:
    days, start, length = shift
    worked = working_table(DAYS, days, length)
    assert add_working(worked, start, False, t, hours) >= t - 1e-9


@given(SHIFTS, TIMES)
def test_no_work_begins_with_the_next_moment_of_a_shift(shift: tuple[int, float, float], t: float) -> None:
    days, start, hours = shift
    worked = working_table(DAYS, days, hours)
    begins = add_working(worked, start, False, t, 0.0)
    assert begins >= t
    assert worked_at(worked, start, begins) == pytest.approx(worked_at(worked, start, t), abs=1e-6)
    if is_open(worked, start, False, t):
        assert begins == t
    else:
        assert is_open(worked, start, False, begins + 1e-9)


@given(SHIFTS, TIMES)
def test_staff_are_there_exactly_while_hours_are_counted(shift: tuple[int, float, float], t: float) -> None:
    days, start, hours = shift
    into = (t - math.floor(t)) * 24.0 - start
    # Away from the shift's ends, and the next day's beginning, by more than the minute that is looked at.
    assume(min(abs(into), abs(into - hours), abs(into - 24.0)) > 0.05)
    assume(start + hours < 24.0)
    worked = working_table(DAYS, days, hours)
    counted = worked_at(worked, start, t + MINUTE) - worked_at(worked, start, t)
    assert is_open(worked, start, False, t) == (counted > 1e-6)


@given(TIMES, st.floats(0.0, 500.0))
def test_round_the_clock_an_hour_is_an_hour(t: float, hours: float) -> None:
    worked = working_table(DAYS, 5, 8.0)
    assert add_working(worked, 9.0, True, t, hours) == t + hours / 24.0
    assert is_open(worked, 9.0, True, t)


def test_the_week_of_the_default_calendar() -> None:
    worked = working_table(14, 5, 8.0)
    assert worked[:9].tolist() == [0, 8, 16, 24, 32, 40, 40, 40, 48]
    friday_at_four = 4 + 16 / 24
    assert add_working(worked, 9.0, False, friday_at_four, 1.0) == pytest.approx(4 + 17 / 24)
    assert add_working(worked, 9.0, False, friday_at_four, 2.0) == pytest.approx(7 + 10 / 24)
    assert add_working(worked, 9.0, False, 5.5, 0.0) == pytest.approx(7 + 9 / 24)
    assert not is_open(worked, 9.0, False, 17 / 24)
    assert is_open(worked, 9.0, False, 9 / 24)


def test_work_beyond_the_table_is_never_done() -> None:
    worked = working_table(10, 5, 8.0)
    assert worked_at(worked, 9.0, NEVER) == worked[-1]
    assert add_working(worked, 9.0, False, 1.0, 1e6) == NEVER
    assert worked_at(worked, 9.0, 1e5) == worked[-1]
    assert not is_open(worked, 9.0, False, 1e5)


def test_the_table_reaches_well_beyond_the_run() -> None:
    assert working_table(100, 5, 8.0).shape[0] > 100 + 365
    assert np.all(np.diff(working_table(100, 5, 8.0)) >= 0.0)


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)))
def test_the_week_begins_on_the_monday_before(day: datetime.date) -> None:
    monday = monday_on_or_before(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7
