"""The working-day clock against days counted on a calendar."""

from datetime import date

import numpy as np
import pytest

from analysis.inputs.working_day_clock import WorkingClock, monday_before
from tests.analysis.synthetic import settings


def between(clock: WorkingClock, start: float, stop: float) -> float:
    return float(clock.between(np.array(start), np.array(stop)))


def test_five_day_week():
    clock = WorkingClock(5)
    assert between(clock, 0.0, 7.0) == 5  # a week from Monday
    assert between(clock, 4.5, 7.5) == 1  # Friday noon to Monday noon
    assert between(clock, 5.0, 6.9) == 0  # all of it at the weekend
    assert between(clock, 5.5, 14.0) == 5  # Saturday to the end of the next week


def test_six_days_and_round_the_clock():
    assert between(WorkingClock(6), 0.0, 7.0) == 6
    assert between(WorkingClock(5, round_the_clock=True), 4.5, 7.5) == 3


def test_counts_like_numpy_on_whole_days():
    clock = WorkingClock(5)
    start = np.arange(0, 60)
    stop = start + 17
    origin = np.datetime64("2023-01-02")
    assert clock.between(start.astype(float), stop.astype(float)) == pytest.approx(
        np.busday_count(origin + start, origin + stop)
    )


def test_missing_stays_missing():
    assert np.isnan(between(WorkingClock(5), 0.0, np.nan))


def test_holidays_and_make_up_days():
    # Spring Festival 2023: 21-27 January off (Mon 23 to Fri 27 would be worked), 28 and 29 January worked.
    holidays = [date(2023, 1, day) for day in range(21, 28)]
    make_up = [date(2023, 1, 28), date(2023, 1, 29)]
    clock = WorkingClock.from_settings(settings(), holidays, make_up)
    assert len(clock.exceptions) == 7  # a weekend inside the holiday changes nothing
    assert between(clock, 18.0, 28.0) == pytest.approx(1 + 2)  # Fri 20; Sat 28 and Sun 29
    assert between(clock, 21.0, 23.5) == 0  # inside the holiday
    assert between(clock, 26.25, 26.75) == pytest.approx(0.5)  # half the make-up Saturday
    assert between(clock, 28.0, 35.0) == 5  # afterwards as before


def test_time_zero_is_the_monday_before():
    assert monday_before("2023-01-05") == date(2023, 1, 2)
    assert monday_before("2023-01-02") == date(2023, 1, 2)
    midweek = settings()
    midweek.calendar.start_date = "2023-01-05"
    clock = WorkingClock.from_settings(midweek, [date(2023, 1, 4)])
    assert clock.exceptions == {2: -1}
