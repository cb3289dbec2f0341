"""Public holidays of mainland China with their make-up working days (调休), year by year.

As arranged by the General Office of the State Council in its yearly notices (部分节假日安排的通知):
国办发明电〔2018〕15号 with 〔2019〕3号 for 2019; 〔2019〕16号 with 〔2020〕1号 for 2020, the Spring
Festival that was prolonged; 〔2020〕27号, 〔2021〕11号, 〔2022〕16号, 〔2023〕7号 and 〔2024〕12号 for
2021 to 2025; that of 4 November 2025 for 2026. A year that is not in the table is not guessed: a run that
reaches into one is refused. Other years and other countries come from a file
(`sim.input_files.holiday_file`).
"""

import datetime
from collections.abc import Iterator
from typing import Any

from sim.errors import InputError
from sim.input_files.holiday_file import dates

#: For each year the holidays, first and last day (month·100 + day), and the weekend days worked for them.
ARRANGED: dict[int, tuple[tuple[tuple[int, int], ...], tuple[int, ...]]] = {
    2019: (
        ((101, 101), (204, 210), (405, 407), (501, 504), (607, 609), (913, 915), (1001, 1007)),
        (202, 203, 428, 505, 929, 1012),
    ),
    2020: (
        ((101, 101), (124, 202), (404, 406), (501, 505), (625, 627), (1001, 1008)),
        (119, 426, 509, 628, 927, 1010),
    ),
    2021: (
        ((101, 103), (211, 217), (403, 405), (501, 505), (612, 614), (919, 921), (1001, 1007)),
        (207, 220, 425, 508, 918, 926, 1009),
    ),
    2022: (
        ((101, 103), (131, 206), (403, 405), (430, 504), (603, 605), (910, 912), (1001, 1007)),
        (129, 130, 402, 424, 507, 1008, 1009),
    ),
    2023: (
        ((101, 102), (121, 127), (405, 405), (429, 503), (622, 624), (929, 1006)),
        (128, 129, 423, 506, 625, 1007, 1008),
    ),
    2024: (
        ((101, 101), (210, 217), (404, 406), (501, 505), (610, 610), (915, 917), (1001, 1007)),
        (204, 218, 407, 428, 511, 914, 929, 1012),
    ),
    2025: (
        ((101, 101), (128, 204), (404, 406), (501, 505), (531, 602), (1001, 1008)),
        (126, 208, 427, 928, 1011),
    ),
    2026: (
        ((101, 103), (215, 223), (404, 406), (501, 505), (619, 621), (925, 927), (1001, 1007)),
        (104, 214, 228, 509, 920, 1010),
    ),
}
FIRST_YEAR, LAST_YEAR = min(ARRANGED), max(ARRANGED)


def _date(year: int, month_day: int) -> datetime.date:
    return datetime.date(year, month_day // 100, month_day % 100)


def days_off(year: int) -> Iterator[datetime.date]:
    """Yield the days of the holidays of a year, those that fall on a weekend included."""
    if year == FIRST_YEAR:
        # New Year 2019 began in December; the week of its Monday may hold time 0.
        yield from (datetime.date(2018, 12, 30), datetime.date(2018, 12, 31))
    for first, last in ARRANGED[year][0]:
        day = _date(year, first)
        while day <= _date(year, last):
            yield day
            day += datetime.timedelta(days=1)


def make_up_days(year: int) -> Iterator[datetime.date]:
    """Yield the weekend days that are worked in a year."""
    for month_day in ARRANGED[year][1]:
        yield _date(year, month_day)


def arranged(own: str = "") -> Iterator[tuple[datetime.date, bool]]:
    """Yield the dates that are arranged, each with whether it is worked: of the table, or of an own file."""
    if own:
        yield from dates(own)
        return
    for year in ARRANGED:
        yield from ((date, False) for date in days_off(year))
        yield from ((date, True) for date in make_up_days(year))


def exceptions(start: datetime.date, days: int, working_days_per_week: int, own: str = "") -> dict[int, bool]:
    """Return the days, numbered from the Monday `start`, that differ from the plain week: True if worked.

    Dates beyond the table's last year, or those of an own file, are left as the plain week has them.
    """
    found: dict[int, bool] = {}
    for date, works in arranged(own):
        number = (date - start).days
        if 0 <= number < days and (number % 7 < working_days_per_week) != works:
            found[number] = works
    return found


def dates_of(calendar: Any) -> str:
    """Return the dates of a calendar's own file, empty where it has the table.

    Raises
    ------
    InputError
        If a file is named that nobody has read.
    """
    own = str(getattr(calendar, "holiday_dates", ""))
    if calendar.holidays not in ("none", "china") and not own:
        raise InputError("calendar.holidays", calendar.holidays, "read by sim.load_scenario")
    return own


def years_without(calendar: Any, days: int) -> list[int]:
    """Return the years of a run of which an own file of holidays has no date: they have plain weeks."""
    own = dates_of(calendar) if calendar.holidays != "none" and not calendar.round_the_clock else ""
    if not own:
        return []
    start = datetime.date.fromisoformat(calendar.start_date)
    start -= datetime.timedelta(days=start.weekday())
    first, last = start + datetime.timedelta(days=6), start + datetime.timedelta(days=days - 1)
    known = {date.year for date, _ in dates(own)}
    return [year for year in range(first.year, last.year + 1) if year not in known]


def check_years(start: datetime.date, days: int) -> None:
    """Refuse a run that reaches into a year whose holidays are not in the table.

    Raises
    ------
    InputError
        If the run begins before the first year or ends after the last.
    """
    last = start + datetime.timedelta(days=days - 1)
    # A run that begins in the week of New Year has its time 0 in December.
    first = start + datetime.timedelta(days=6)
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        raise InputError(
            "calendar.holidays",
            "china",
            f"none, for a run from {start} to {last}",
            hint=f"the table of holidays has the years {FIRST_YEAR} to {LAST_YEAR}; other years come from a "
            "file of your own, calendar.holidays=FILE.csv",
        )


def working_days_a_year(start: datetime.date, days: int, working_days_per_week: int, own: str = "") -> float:
    """Return the mean number of working days of the calendar years that a run touches."""
    if not own:
        check_years(start, days)
    first = (start + datetime.timedelta(days=6)).year
    last = (start + datetime.timedelta(days=days - 1)).year
    first_day, end = datetime.date(first, 1, 1), datetime.date(last + 1, 1, 1)
    monday = first_day - datetime.timedelta(days=first_day.weekday())
    until = (end - monday).days
    changed = exceptions(monday, until, working_days_per_week, own)
    worked = [changed.get(day, day % 7 < working_days_per_week) for day in range(until)]
    return sum(worked[first_day.weekday() :]) / (last - first + 1)
