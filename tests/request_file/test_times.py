"""Times as files write them: read rightly, or one line that says what to state."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.request_file.loading import RequestStream, account_text, load_stream
from sim.request_file.time_formats import Column, propose
from sim.request_file.time_spelling import one_spelling, shape, split_zones
from tests.each import each

COLUMNS = "residents: 1000\ncolumns: {opened: o, category: c}\n"
CLOSED = "residents: 1000\ncolumns: {opened: o, closed: x, category: c}\n"


def file_of(times: list[str], header: str = "o,c") -> str:
    return f"{header}\n" + "".join(f'"{time}",light\n' for time in times)


def with_closings(pairs: list[tuple[str, str]]) -> str:
    return "o,x,c\n" + "".join(f'"{begun}","{ended}",light\n' for begun, ended in pairs)


def times_of(stream: RequestStream) -> list[str]:
    """The openings in the order of the file, to the minute."""
    zero = np.datetime64(stream.start_date, "us")
    days = stream.arisen_at[np.argsort(stream.row)]
    return [str(zero + np.timedelta64(round(day * 86400), "s"))[:16] for day in days.tolist()]


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_stream(path)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 1000
    return message


def kinds(stream: RequestStream) -> list[str]:
    return [one.kind for one in stream.notes]


# --- spellings that have one meaning ---------------------------------------------------------------


@each(
    ("written", "meant"),
    [
        ("2024/3/5 下午1:15", "2024-03-05T13:15"),
        ("2024/3/5 上午12:15", "2024-03-05T00:15"),
        ("2024/3/5 下午12:15", "2024-03-05T12:15"),
        ("2024/3/5 凌晨12:15", "2024-03-05T00:15"),
        ("2024/3/5 凌晨1:15", "2024-03-05T01:15"),
        ("2024/3/5 中午12:15", "2024-03-05T12:15"),
        ("2024/3/5 中午11:45", "2024-03-05T11:45"),
        ("2024/3/5 中午1:15", "2024-03-05T13:15"),
        ("2024/3/5 晚上8:15", "2024-03-05T20:15"),
        ("2024-03-05 下午 13:15:20", "2024-03-05T13:15"),
        ("2024年3月5日 14时05分", "2024-03-05T14:05"),
        ("2024年03月05日14时05分30秒", "2024-03-05T14:05"),
        ("2024年3月5日 下午2点半", "2024-03-05T14:30"),
        ("2024年3月5日（星期二）9:05", "2024-03-05T09:05"),
        ("２０２４／３／５　０９：０５", "2024-03-05T09:05"),
        ("2024/3/5 9:05 PM", "2024-03-05T21:05"),
        ("2024-03-05 12:05 a.m.", "2024-03-05T00:05"),
        ("2024-03-05 12:05:09 p. m.", "2024-03-05T12:05"),
        ("2024-03-05 9:05\u202fPM", "2024-03-05T21:05"),
        ("2024.03.05 09:05", "2024-03-05T09:05"),
        ("2024-03-05T09:05:00.1234567", "2024-03-05T09:05"),
        ("2024-03-05 09:05:00,123", "2024-03-05T09:05"),
        ("2024. 3. 5. 오후 2:05", "2024-03-05T14:05"),
    ],
)
def test_a_time_with_one_meaning_needs_no_format(write, written: str, meant: str) -> None:
    stream = load_stream(write(file_of([written, "2024-03-06 08:00"]), COLUMNS))
    assert times_of(stream)[0] == meant


@pytest.mark.parametrize(
    "written", ["2024/3/5 晚上12:15", "2024/3/5 上午13:15", "2024/3/5 中午8:15", "2024/3/5 25:00"]
)
def test_an_hour_that_may_be_two_is_set_aside(write, written: str) -> None:
    stream = load_stream(write(file_of([written, *["2024-03-06 08:00"] * 9]), COLUMNS))
    assert stream.counts["unusable: unparsable time"] == 1


@pytest.mark.parametrize(
    ("form", "written", "meant"),
    [
        ("%Y/%m/%d %p%I:%M", "2024/3/5 下午1:15", "2024-03-05T13:15"),
        ("%d/%m/%Y %I:%M %p", "5/3/2024 1:15 p.m.", "2024-03-05T13:15"),
        ("%Y年%m月%d日 %H时%M分", "2024年3月5日 14时05分", "2024-03-05T14:05"),
        ("%d. %B %Y %H:%M", "5. März 2024 14:05", "2024-03-05T14:05"),
        ("%d %b %Y %H:%M", "5 août 2024 14:05", "2024-08-05T14:05"),
        ("%d.%m.%Y um %H:%M Uhr", "05.03.2024 um 14:05 Uhr", "2024-03-05T14:05"),
        ("%d-%b-%y %I.%M.%S.%f %p", "05-MAR-24 02.05.00.000000 PM", "2024-03-05T14:05"),
        ("excel", "45356.5", "2024-03-05T12:00"),
        ("excel", "45356,378472222", "2024-03-05T09:05"),
        ("excel 1904", "43894.5", "2024-03-05T12:00"),
    ],
)
def test_a_stated_format(write, form: str, written: str, meant: str) -> None:
    stream = load_stream(write(file_of([written]), COLUMNS + f"time_format: '{form}'\n"))
    assert times_of(stream) == [meant]


@pytest.mark.parametrize(
    ("form", "number"), [("epoch seconds", "1709600700"), ("epoch milliseconds", "1709600700000")]
)
def test_epochs_are_read_by_the_citys_clock(write, form: str, number: str) -> None:
    stream = load_stream(
        write(file_of([number]), COLUMNS + f"time_format: {form}\ntime_zone: Asia/Shanghai\n")
    )
    assert times_of(stream) == ["2024-03-05T09:05"]


# --- proposals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        (["05.03.2024 09:15", "13.03.2024 09:15"], '"%d.%m.%Y %H:%M"'),
        (["3/15/2024 9:15 PM", "3/5/2024 9:15 AM"], '"%m/%d/%Y %I:%M %p"'),
        (["3/15/2024 9:15 PM", "3/5/2024 9:15:10 AM"], '["%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p"]'),
        (["13-03-2024 09:15:10"], '"%d-%m-%Y %H:%M:%S"'),
        (["5. März 2024 um 09:15 Uhr"], '"%d. %b %Y um %H:%M Uhr"'),
        (["20240313091500"], '"%Y%m%d%H%M%S"'),
        (["45356.5", "45357"], '"excel"'),
        (["1709600700"], '"epoch seconds"'),
        (["1709600700123"], '"epoch milliseconds"'),
    ],
)
def test_a_format_that_fits_is_proposed_and_can_be_stated(write, written: list[str], proposed: str) -> None:
    message = refused(write(file_of(written), COLUMNS))
    assert f"time_format: {proposed}" in message
    assert not [time for time in written if time in message]
    zone = "time_zone: Asia/Shanghai\n" if "epoch" in proposed else ""
    assert (" time_zone" in message) == bool(zone)
    stream = load_stream(write(file_of(written), f"{COLUMNS}time_format: {proposed}\n{zone}"))
    assert stream.counts["used"] == len(written)


@pytest.mark.parametrize("written", ["03/04/2024 09:15", "03.04.2024", "03/04/24 9:15 PM"])
def test_both_orders_are_named_where_both_fit(write, written: str) -> None:
    message = refused(write(file_of([written]), COLUMNS))
    assert "which all fit" in message
    assert message.index("%d") < message.index("%m")


def test_a_few_slips_do_not_spoil_a_proposal(write) -> None:
    times = [f"{day:02}.03.2024 09:00" for day in range(1, 31)]
    assert '"%d.%m.%Y %H:%M"' in refused(write(file_of(["soon", *times]), COLUMNS))


def test_rows_of_another_format_are_told(write) -> None:
    times = [f"2024-03-{day:02} 09:00" for day in range(1, 21)] + [
        f"{day}.04.2024 09:00" for day in range(11, 21)
    ]
    stream = load_stream(write(file_of(times), COLUMNS))
    assert stream.counts == {"used": 20, "unusable: unparsable time": 10}
    assert '10 of 30 times of opening fit no format; they fit time_format: "%d.%m.%Y %H:%M"' in account_text(
        stream
    )


# --- the order of day and month is decided by the file ------------------------------------------------


def days_of(form: str, last: int, months: range = range(1, 7)) -> list[str]:
    return [datetime(2024, month, day, 9).strftime(form) for month in months for day in range(1, last + 1)]


BOTH = 'time_format: ["%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M"]\n'


@pytest.mark.parametrize("form", ["%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M"])
@pytest.mark.parametrize("turned", [False, True])
def test_one_order_is_read_throughout(write, form: str, turned: bool) -> None:
    both = (
        BOTH.replace('"%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M"', '"%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"')
        if turned
        else BOTH
    )
    stream = load_stream(write(file_of(days_of(form, 28)), COLUMNS + both))
    assert [time[5:7] for time in times_of(stream)] == [
        f"{month:02}" for month in range(1, 7) for _ in range(28)
    ]
    assert kinds(stream)[0] == "order_decided"
    assert f"{form} is read throughout" in account_text(stream).splitlines()[0]


def test_two_orders_that_nothing_tells_apart_are_refused(write) -> None:
    message = refused(write(file_of(days_of("%d/%m/%Y %H:%M", 12)), COLUMNS + BOTH))
    assert "66 rows of columns.opened fit both" in message
    assert "leave the one that is right" in message


def test_a_file_that_mixes_the_orders_is_refused(write) -> None:
    times = days_of("%d/%m/%Y %H:%M", 28) + days_of("%m/%d/%Y %H:%M", 28)
    assert "the file mixes them" in refused(write(file_of(times), COLUMNS + BOTH))


def test_short_years_are_rivals_too(write) -> None:
    both = 'time_format: ["%y/%m/%d", "%d/%m/%y"]\n'
    assert "fit both" in refused(write(file_of(["24/03/05", "24/03/15"]), COLUMNS + both))


def test_a_column_that_cannot_decide_goes_with_the_other(write) -> None:
    pairs = [(f"0{day}/03/2024 09:00", f"{day + 12}/03/2024 09:00") for day in range(1, 9)]
    stream = load_stream(write(with_closings(pairs), CLOSED + BOTH))
    assert times_of(stream)[0] == "2024-03-01T09:00"
    np.testing.assert_allclose(stream.closed_at - stream.arisen_at, 12)


def test_formats_that_never_disagree_are_mixed(write) -> None:
    forms = 'time_format: ["%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y"]\n'
    stream = load_stream(
        write(file_of(["01/03/2024 09:00", "02/03/2024 09:00:30", "03/03/2024"]), COLUMNS + forms)
    )
    assert stream.counts["used"] == 3
    assert not kinds(stream) or kinds(stream) == ["no_time_of_day"]


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M"),
        ("%d.%m.%Y %H:%M", "%m.%d.%Y %H:%M"),
        ("%m-%d-%y", "%d-%m-%y"),
        ("%Y-%d-%m", "%Y-%m-%d"),
    ],
)
def test_a_stated_order_that_the_file_contradicts_is_refused_with_the_other(
    write, stated: str, written: str
) -> None:
    message = refused(write(file_of(days_of(written, 28)), COLUMNS + f"time_format: '{stated}'\n"))
    assert f'"{written}" fits 168' in message
    assert "96 of 168" in message


def test_only_the_format_at_fault_is_turned(write) -> None:
    times = ["2024-03-01 09:00", *days_of("%d/%m/%Y %H:%M", 28)]
    forms = 'time_format: ["%Y-%m-%d %H:%M", "%m/%d/%Y %H:%M"]\n'
    message = refused(write(file_of(times), COLUMNS + forms))
    assert '["%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"] fits 169' in message


def test_closings_in_another_order_are_not_read_at_all(write) -> None:
    days = [datetime(2024, 3, day, 9) for day in range(1, 29)]
    pairs = [(f"{day:%m/%d/%Y %H:%M}", f"{day + timedelta(days=1):%d/%m/%Y %H:%M}") for day in days]
    stream = load_stream(write(with_closings(pairs), CLOSED + "time_format: '%m/%d/%Y %H:%M'\n"))
    assert np.isnan(stream.closed_at).all()
    assert "28 times of closing do not fit the format" in account_text(stream)


def test_a_single_row_of_the_other_order_is_told(write) -> None:
    times = [*days_of("%m/%d/%Y %H:%M", 28), "28/03/2024 09:00"]
    stream = load_stream(write(file_of(times), COLUMNS + "time_format: '%m/%d/%Y %H:%M'\n"))
    assert stream.counts == {"used": 168, "unusable: unparsable time": 1}
    assert kinds(stream) == ["order_suspect"]


def test_short_years_are_said_to_be_read_as(write) -> None:
    stream = load_stream(
        write(file_of(days_of("%d.%m.%y %H:%M", 28)), COLUMNS + "time_format: '%d.%m.%y %H:%M'\n")
    )
    assert "those used run from 2024 to 2024" in account_text(stream)


# --- zones --------------------------------------------------------------------------------------------


@each(
    ("written", "zone", "meant"),
    [
        ("2024-03-01T20:15:00Z", "Asia/Shanghai", "2024-03-02T04:15"),
        ("2024-03-01T20:15:00.123Z", "Asia/Shanghai", "2024-03-02T04:15"),
        ("2024-03-01T20:15Z", "Europe/Berlin", "2024-03-01T21:15"),
        ("2024-03-01 20:15:00+0800", "Asia/Shanghai", "2024-03-01T20:15"),
        ("2024-03-01 20:15:00 +08", "Asia/Shanghai", "2024-03-01T20:15"),
        ("2024-03-01T20:15:00-05:00", "America/New_York", "2024-03-01T20:15"),
        ("2024-07-01T20:15:00-04:00", "America/Chicago", "2024-07-01T19:15"),
        ("2024-03-01 20:15:00 UTC", "Asia/Kolkata", "2024-03-02T01:45"),
        ("2024-03-01 20:15 GMT+8", "Asia/Shanghai", "2024-03-01T20:15"),
        ("2024-03-01 8:15 PM EST", "America/New_York", "2024-03-01T20:15"),
        ("2024-07-01 20:15 EDT", "America/New_York", "2024-07-01T20:15"),
        ("2024-03-01 20:15 CST", "Asia/Shanghai", "2024-03-01T20:15"),
        ("2024-03-01T20:15:00+01:00[Europe/Berlin]", "Europe/Berlin", "2024-03-01T20:15"),
    ],
)
def test_times_with_a_zone_are_read_by_the_citys_clock(write, written: str, zone: str, meant: str) -> None:
    path = write(file_of([written]), COLUMNS)
    message = refused(path)
    assert "time_zone" in message
    assert "1 times of columns.opened" in message
    stream = load_stream(write(file_of([written]), f"{COLUMNS}time_zone: {zone}\n"))
    assert times_of(stream) == [meant]


@pytest.mark.parametrize("form", ["%d/%m/%Y %H:%M:%S%z", "%d/%m/%Y %H:%M:%SZ", "%d/%m/%Y %H:%M:%S"])
def test_a_stated_format_may_speak_of_the_zone(write, form: str) -> None:
    path = write(file_of(["13/03/2024 20:15:00Z"]), f"{COLUMNS}time_format: '{form}'\n")
    assert "time_zone" in refused(path)
    stream = load_stream(
        write(
            file_of(["13/03/2024 20:15:00Z"]), f"{COLUMNS}time_format: '{form}'\ntime_zone: Asia/Shanghai\n"
        )
    )
    assert times_of(stream) == ["2024-03-14T04:15"]


def test_seconds_are_not_read_as_milliseconds(write) -> None:
    mapping = f"{COLUMNS}time_format: epoch milliseconds\ntime_zone: Asia/Shanghai\n"
    assert 'time_format: "epoch seconds"' in refused(write(file_of(["1709600700", "1709700700"]), mapping))
    both = mapping.replace("epoch milliseconds", "[epoch milliseconds, epoch seconds]")
    stream = load_stream(write(file_of(["1709600700", "1709600700000", "0"]), both))
    assert stream.counts == {"used": 2, "unusable: implausible time": 1}
    assert times_of(stream) == ["2024-03-05T09:05"] * 2


def test_a_zone_that_nobody_knows_is_set_aside_and_told(write) -> None:
    times = ["2024-03-01 20:15 XYZ", *["2024-03-01 20:15 UTC"] * 3]
    stream = load_stream(write(file_of(times), f"{COLUMNS}time_zone: Asia/Shanghai\n"))
    assert stream.counts == {"used": 3, "unusable: unparsable time": 1}
    assert "zone_unknown" in kinds(stream)


def test_times_without_a_zone_among_others_are_the_citys(write) -> None:
    stream = load_stream(
        write(
            file_of(["2024-03-01 20:15:00Z", "2024-03-01 20:15:00"]), f"{COLUMNS}time_zone: Asia/Shanghai\n"
        )
    )
    assert times_of(stream) == ["2024-03-02T04:15", "2024-03-01T20:15"]
    assert "1 times of columns.opened name no zone" in account_text(stream)


@pytest.mark.parametrize(
    ("begun", "ended", "hours"),
    [
        ("2024-11-02T20:00:00-04:00", "2024-11-03T20:00:00-05:00", 25),  # the clocks went back
        ("2024-03-09T20:00:00-05:00", "2024-03-10T20:00:00-04:00", 23),  # and forward
        ("2024-11-03T05:30:00Z", "2024-11-03T06:30:00Z", 1),  # within the hour that came twice
        ("2024-11-02 20:00:00", "2024-11-03 20:00:00", 25),  # no offset, but the city's clock is known
        ("2024-06-02T20:00:00-04:00", "2024-06-03T20:00:00-04:00", 24),
    ],
)
def test_what_lasted_over_a_change_of_the_clocks(write, begun: str, ended: str, hours: int) -> None:
    stream = load_stream(write(with_closings([(begun, ended)]), f"{CLOSED}time_zone: America/New_York\n"))
    np.testing.assert_allclose((stream.closed_at - stream.arisen_at) * 24, hours)


def test_hours_that_came_twice_or_never_are_counted(write) -> None:
    times = ["2024-11-03 01:30", "2024-03-10 02:30", *["2024-06-01 08:00"] * 8]
    stream = load_stream(write(file_of(times), f"{COLUMNS}time_zone: America/New_York\n"))
    assert stream.counts == {"used": 10}
    text = account_text(stream)
    assert "1 times of columns.opened lie in an hour that the clocks of America/New_York showed twice" in text
    assert "1 times of columns.opened lie in an hour that the clocks of America/New_York skipped" in text


# --- two columns ---------------------------------------------------------------------------------------

TWO = "residents: 1000\ncolumns: {opened: {date: day, time: clock}, category: c}\n"


@pytest.mark.parametrize(
    ("day", "clock", "extra", "meant"),
    [
        ("2024-03-05", "09:05", "", "2024-03-05T09:05"),
        ("2024/3/5", "下午1:15", "", "2024-03-05T13:15"),
        ("2024-03-05 00:00:00", "1899-12-30 09:05:00", "", "2024-03-05T09:05"),
        ("13.03.2024", "9:05", "time_format: '%d.%m.%Y %H:%M'\n", "2024-03-13T09:05"),
        ("20240305", "0905", "time_format: '%Y%m%d %H%M'\n", "2024-03-05T09:05"),
        ("45356", "0.5", "time_format: excel\n", "2024-03-05T12:00"),
        ("2024-03-05", "01:05Z", "time_zone: Asia/Shanghai\n", "2024-03-05T09:05"),
    ],
)
def test_date_and_time_of_day_in_two_columns(write, day: str, clock: str, extra: str, meant: str) -> None:
    stream = load_stream(write(f"day,clock,c\n{day},{clock},light\n", TWO + extra))
    assert times_of(stream) == [meant]


def test_a_row_without_its_date_or_its_time(write) -> None:
    text = "day,clock,c\n2024-03-05,09:05,a\n,09:05,a\n2024-03-06,,a\n"
    stream = load_stream(write(text, TWO))
    assert stream.counts == {"used": 2, "unusable: missing time": 1}
    assert "1 of 2 requests carry no time of day" in account_text(stream)


def test_a_file_of_days_is_told(write) -> None:
    stream = load_stream(
        write("day,clock,c\n2024-03-05,09:05,a\n", TWO.replace("{date: day, time: clock}", "day"))
    )
    assert kinds(stream) == ["no_time_of_day"]


# --- implausible ----------------------------------------------------------------------------------------

GOOD = [f"2024-03-{day:02} 09:{day:02}" for day in range(1, 13)]


@each(
    "stray",
    [
        "1970-01-01 00:00", "1970-01-01 08:00", "1899-12-30", "1900-01-00", "1900-01-01", "9999-12-31",
        "0000-00-00 00:00:00", "0001-01-01", "2099-12-31", "2034-03-05 09:00", "2204-03-05",
        "2014-03-05 09:00", "2038-01-19 03:14:07",
    ],
)  # fmt: skip
def test_a_stray_date_is_set_aside_with_its_row(write, stray: str) -> None:
    stream = load_stream(write(file_of([*GOOD[:5], stray, *GOOD[5:]]), COLUMNS))
    assert stream.counts == {"used": 12, "unusable: implausible time": 1}
    assert "implausible: rows 7" in account_text(stream).splitlines()[0]
    assert np.ptp(stream.arisen_at) < 13


def test_strays_at_both_ends_of_a_long_file(write) -> None:
    start = datetime(2019, 1, 1)
    times = [str(start + timedelta(hours=9 * n)) for n in range(3000)]  # three years
    stream = load_stream(write(file_of(["2017-01-02 09:00", "2023-06-01 09:00", *times]), COLUMNS))
    assert stream.counts == {"used": 3000, "unusable: implausible time": 2}
    assert "rows 2, 3" in account_text(stream)


def test_a_stated_period_is_believed(write) -> None:
    period = "period: {from: 2014-01-01, before: 2025-01-01}\n"
    stream = load_stream(write(file_of(["2014-03-05 09:00", *GOOD]), COLUMNS + period))
    assert stream.counts["used"] == 13
    assert "gap" in kinds(stream)


def test_a_sparse_file_loses_nothing(write) -> None:
    times = [f"{year}-0{month}-05 09:00" for year in range(2015, 2021) for month in (1, 6)]
    assert load_stream(write(file_of(times), COLUMNS)).counts == {"used": 12}


def test_a_gap_that_parts_the_file_is_told(write) -> None:
    old = [time.replace("2024", "2014") for time in GOOD[:4]]
    stream = load_stream(write(file_of([*old, *GOOD]), COLUMNS))
    assert stream.counts == {"used": 16}
    assert kinds(stream) == ["gap"]
    assert "4 rows lie on the smaller side: rows 2, 3, 4, 5" in account_text(stream)


def test_requests_from_tomorrow_are_told(write) -> None:
    start = datetime.now() + timedelta(days=5)
    times = [str(start + timedelta(hours=n))[:19] for n in range(12)]
    assert "future" in kinds(load_stream(write(file_of(times), COLUMNS)))


def test_closings_that_cannot_be_are_counted_apart(write) -> None:
    later = str(datetime.now() + timedelta(days=400))[:19]
    ends = [
        "2024-03-02 09:00",
        "2024-02-02 09:00",
        later,
        "1970-01-01",
        "9999-12-31",
        "0000-00-00",
        "soon",
        "-",
        "",
    ]
    pairs = [("2024-03-01 09:00", end) for end in ends]
    stream = load_stream(write(with_closings(pairs), CLOSED))
    assert stream.counts == {"used": 9}
    assert np.count_nonzero(~np.isnan(stream.closed_at)) == 1
    said = (
        "of 7 times of closing 1 lie before the opening, 1 after today, 3 stand for none and 1 cannot be read"
    )
    assert said in account_text(stream)


@pytest.mark.parametrize("end", ["2024-03-01", "2024-03-01 09:05"])
def test_a_closing_written_to_the_day_or_the_minute_is_not_before_its_opening(write, end: str) -> None:
    pairs = [("2024-03-01 09:05:30", end), ("2024-03-01 09:05:30", "2024-02-29 09:05")]
    stream = load_stream(write(with_closings(pairs), CLOSED))
    assert sorted(stream.closed_at - stream.arisen_at)[0] == 0
    assert kinds(stream) == ["closings", "closed_rounded"]
    assert "1 lie before the opening" in account_text(stream)


# --- personal data ---------------------------------------------------------------------------------------


def test_a_shape_says_nothing_but_the_shape() -> None:
    assert shape("Jane Doe, +1 555 0100") == "aaaa aaa, +0 000 0000"
    assert shape("王小明") == "aaa"


def test_as_many_texts_come_back_as_were_given() -> None:
    cells = ["", "a\nb", " 2024-03-05 ", "x\u2028y", "下午1:15", "\r\n", "\x0b"]
    assert len(one_spelling(cells)) == len(cells)
    assert one_spelling([]) == []


# --- whatever is proposed or stated is read as it was written ----------------------------------------------

DATES = (
    "%d/%m/%Y",
    "%m/%d/%y",
    "%d.%m.%Y",
    "%m-%d-%Y",
    "%d-%b-%Y",
    "%A, %d %B %Y",
    "%b %d, %Y",
    "%Y年%m月%d日",
    "%Y%m%d",
    "%d%m%Y",
)
CLOCKS = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S%p", "%H:%M:%S.%f", "%H%M", "%H.%M", "%H时%M分")


@each("date", DATES)
def test_a_time_comes_back_as_it_was_written(write, date: str) -> None:
    draw = np.random.default_rng(len(date))
    minutes = draw.integers(0, 365 * 1440, 40).tolist()
    times = [datetime(2023, 1, 1) + timedelta(minutes=minute) for minute in minutes]
    meant = [time.isoformat()[:16] for time in times]
    for number, clock in enumerate(CLOCKS):
        form = date + (" ", ", ", "T")[number % 3] + clock
        text = file_of([time.strftime(form) for time in times])
        assert times_of(load_stream(write(text, f"{COLUMNS}time_format: '{form}'\n"))) == meant, form
        proposed = propose(Column(split_zones([time.strftime(form) for time in times])[0]))
        assert len(proposed) == 1, form
        stream = load_stream(write(text, f"{COLUMNS}time_format: {proposed[0]}\n"))
        assert times_of(stream) == meant, form
