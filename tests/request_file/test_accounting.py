"""Every row ends in exactly one place, whatever the file holds."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.findings.request_file_rows import account_text
from sim.errors import InputError
from sim.request_file.implausible_times import isolated
from sim.request_file.loading import RequestStream, load_stream
from tests.each import each
from tests.request_file.conftest import HEADER, as_csv

MAPPING = """\
residents: 1000
columns: {id: id, opened: opened, category: category, channel: channel, place: place}
exclude:
  - {column: channel, values: staff, reason: logged by staff}
  - {column: place, values: [depot, staff*], reason: not a place}
"""
GOOD = ("7", "2024-05-01 08:00:00", "light", "phone", "north")


def changed(**fields: str) -> tuple[str, ...]:
    return tuple(fields.get(name, value) for name, value in zip(HEADER, GOOD, strict=True))


@each(
    ("row", "reason"),
    [
        ((), "unusable: empty line"),
        (("", " ", "", "", ""), "unusable: empty line"),
        (GOOD[:4], "unusable: wrong number of fields"),
        ((*GOOD, "more"), "unusable: wrong number of fields"),
        ((*GOOD[:0], "8", *GOOD[1:], "", ""), "used"),  # a spreadsheet's empty columns at the end
        (changed(id="8", category=" "), "unusable: missing category"),
        (changed(id="8", opened=""), "unusable: missing time"),
        (changed(id="8", opened="2024-13-01 08:00:00"), "unusable: unparsable time"),
        (changed(id="8", opened="0024-05-01 08:00:00"), "unusable: implausible time"),
        (changed(), "unusable: duplicate id"),
        (changed(channel="staff"), "excluded: logged by staff"),
        (changed(place="staff only"), "excluded: not a place"),
        (changed(channel="STAFF", category="", opened="?"), "excluded: logged by staff"),
        (changed(category="", opened="?"), "unusable: missing category"),
        (changed(id=""), "used"),
    ],
)
def test_one_row_one_reason(write, row: tuple[str, ...], reason: str) -> None:
    stream = load_stream(write([GOOD, row], MAPPING))
    expected = {"used": 1, "excluded: logged by staff": 0, "excluded: not a place": 0}
    expected[reason] = expected.get(reason, 0) + 1
    assert dict(stream.counts) == expected
    assert set(stream.explanations) >= set(stream.counts)


def test_the_first_usable_row_of_an_id_is_used_not_the_first_of_all(write) -> None:
    rows = [changed(opened="?"), changed(channel="staff"), changed(category="b"), changed(category="c")]
    stream = load_stream(write(rows, MAPPING))
    assert stream.row.tolist() == [2]
    assert stream.counts["unusable: duplicate id"] == 1


def test_row_numbers_do_not_depend_on_what_is_excluded(write) -> None:
    rows = [changed(id=str(n), channel="staff" if n % 2 else "phone") for n in range(6)]
    kept = load_stream(write(rows, MAPPING))
    everything = load_stream(write(rows, MAPPING.split("exclude")[0]))
    assert kept.row.tolist() == [0, 2, 4]
    assert everything.row.tolist() == list(range(6))


def test_ties_keep_the_order_of_the_file_and_time_is_sorted(write) -> None:
    hours = [5, 3, 5, 1, 3, 5]
    rows = [changed(id=str(n), opened=f"2024-05-01 0{hour}:00:00") for n, hour in enumerate(hours)]
    stream = load_stream(write(rows, MAPPING))
    assert stream.row.tolist() == [3, 1, 4, 0, 2, 5]
    assert (np.diff(stream.arisen_at) >= 0).all()


@pytest.mark.parametrize(("day", "monday"), [("2024-04-29", 0), ("2024-05-05", 6)])
def test_time_zero_is_the_monday_of_the_first_used_request(write, day: str, monday: int) -> None:
    rows = [
        changed(id="1", opened="2020-01-01 00:00:00", channel="staff"),
        changed(id="2", opened=f"{day} 12:00:00"),
    ]
    stream = load_stream(write(rows, MAPPING))
    assert stream.start_date.isoformat() == "2024-04-29"
    assert stream.arisen_at.tolist() == [monday + 0.5]


def test_the_tape_cannot_be_written_to(write) -> None:
    stream = load_stream(write([GOOD], MAPPING))
    with pytest.raises(ValueError, match="read-only"):
        stream.arisen_at[0] = 1.0


# --- the property ---------------------------------------------------------------------------------

_text = st.sampled_from(
    ["", " ", "a", "b", "staff", "depot", 'q"q', "x,y", "two\nlines", "路灯", "\u3000", "ﬀ"]
)
_time = st.one_of(
    st.datetimes(datetime(1960, 1, 1), datetime(2105, 1, 1)).map(lambda t: t.strftime("%Y-%m-%d %H:%M:%S")),
    st.sampled_from(["", "soon", "2024-02-30 00:00:00", "2024-02-29 23:59:59"]),
)
_whole = st.tuples(st.sampled_from(["", "1", "2", "3", "4", "5"]), _time, _text, _text, _text)
_rows = st.lists(st.one_of(_whole, _whole, st.lists(_text, max_size=8).map(tuple)), max_size=25)


#: Days that stand for none, as the guide lists them.
NULLS = ("1970-01-01", "2038-01-19", "2079-06-06", "2099-12-31")


def fate(row: tuple[str, ...], seen: set[str]) -> str:
    """Say where a row must end, written without the code under test."""
    if not "".join(row).strip():
        return "unusable: empty line"
    if len(row) < 5 or "".join(row[5:]):
        return "unusable: wrong number of fields"
    identity, opened, category, channel, place = (" ".join(value.split()) for value in row[:5])
    if channel == "staff":
        return "excluded: logged by staff"
    if place == "depot" or place.startswith("staff"):
        return "excluded: not a place"
    if not category:
        return "unusable: missing category"
    if not opened:
        return "unusable: missing time"
    try:
        time = datetime.strptime(opened, "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return "unusable: unparsable time"
    if not 1970 <= time.year < 2100 or opened[:10] in NULLS:
        return "unusable: implausible time"
    if identity and identity in seen:
        return "unusable: duplicate id"
    seen.add(identity)
    return "used"


def load_text(text: str) -> RequestStream:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "r.csv"
        path.write_text(text, encoding="utf-8", newline="")
        (Path(folder) / "r.yaml").write_text(MAPPING)
        return load_stream(path)


def set_the_isolated_aside(rows: list[tuple[str, ...]], fates: list[str]) -> list[str]:
    """Rows far from all others come before the ids; which they are has its own test."""
    candidates = [n for n, end in enumerate(fates) if end in ("used", "unusable: duplicate id")]
    if candidates:
        far = isolated(np.array([rows[n][1] for n in candidates], "datetime64[us]"), low=True, high=True)
        for n, hit in zip(candidates, far.tolist(), strict=True):
            if hit:
                fates[n] = "unusable: implausible time"
    seen: set[str] = set()
    for n in candidates:
        identity = rows[n][0].strip()
        if fates[n] != "unusable: implausible time":
            fates[n] = "unusable: duplicate id" if identity and identity in seen else "used"
            seen.add(identity)
    return fates


@settings(max_examples=150, deadline=None)
@given(_rows)
def test_every_row_is_accounted_for_exactly_once(rows: list[tuple[str, ...]]) -> None:
    # A wrong row that spans lines is read again line by line, so it may count more than once: see below.
    rows = [row if len(row) == 5 else tuple(value.replace("\n", " ") for value in row) for row in rows]
    seen: set[str] = set()
    fates = set_the_isolated_aside(rows, [fate(row, seen) for row in rows])
    expected = Counter(fates)
    try:
        stream = load_text(as_csv(rows))
    except InputError:
        assert expected["used"] == 0
        return
    assert {reason: count for reason, count in stream.counts.items() if count} == dict(expected)
    assert sorted(stream.row.tolist()) == [number for number, end in enumerate(fates) if end == "used"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.sampled_from('"",,ab\n'), max_size=40), max_size=8))
def test_rubbish_between_whole_rows_loses_none_after_it(rubbish: list[str]) -> None:
    whole = [f"id {n},2024-05-01 08:00:0{n},light,phone,north" for n in range(len(rubbish) + 1)]
    lines = [",".join(HEADER)]
    for row, dirt in zip(whole, [*rubbish, ""], strict=True):
        lines += [row, dirt]
    stream = load_text("\n".join(lines))
    # Quotation marks in the rubbish may pair up across a whole row; that shows as a fault, never as silence.
    lost = len(whole) - stream.counts["used"]
    faults = sum(count for reason, count in stream.counts.items() if reason.startswith("unusable"))
    assert lost <= faults


def test_the_account_says_in_chinese_what_it_says_in_english(tmp_path: Path) -> None:
    odd = ({"id": "8", "channel": "staff"}, {"id": "9", "opened": "soon"}, {"id": "10", "category": ""})
    short = [GOOD[:4]] * 9
    file, mapping = tmp_path / "requests.csv", MAPPING.replace("logged by staff", "工作人员登记")
    file.write_text(
        as_csv([GOOD, *(changed(**one) for one in odd), HEADER, GOOD, (), *short]), encoding="utf-8"
    )
    file.with_suffix(".yaml").write_text(
        f"{mapping}needs: [{{category: 路灯, level: 1}}]\n", encoding="utf-8"
    )
    stream = load_stream(file)
    told, english = account_text(stream, "zh"), account_text(stream, "en")
    assert len(told.splitlines()) == len(english.splitlines())
    assert sorted(re.findall(r"\d+", told)) == sorted(re.findall(r"\d+", english))
    for text in ("已排除：工作人员登记（channel为staff）", "没有行符合这些规则：路灯", "，另有4行"):
        assert text in told
    # Names of columns and of the file are what they are.
    assert not re.search("[A-Za-z]{2,} [a-z]{2,}", told)
