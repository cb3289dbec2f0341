"""Encodings, packing, broken files, and columns that nobody asked for."""

import gzip
import pickle
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.request_file.loading import UNKNOWN_CHANNEL, UNKNOWN_PLACE, load_stream

CHINESE = "工单编号,受理时间,办件类别,承办单位,社区,来源,联系人,联系电话\n" + "".join(
    f"{n},2023/7/{n} 9:0{n},{kind},{unit},{place},{channel},王秀英,1380013800{n}\n"
    for n, kind, unit, place, channel in [
        (1, "路灯不亮", "供电公司", "松涛社区", "12345热线"),
        (2, "邻里噪音", "", "松涛社区", "微信小程序"),
        (3, "违章搭建", "综合执法局", "", "来访"),
        (4, "政策咨询", "", "海城社区", "12345热线"),
    ]
)
CHINESE_MAPPING = """\
residents: 20000
columns: {id: 工单编号, opened: 受理时间, category: 办件类别, unit: 承办单位, place: 社区, channel: 来源}
channels: {12345热线: phone, 微信小程序: app, 来访: office}
needs:
  - {category: 路灯*, organisations: 2, level: 1, work_hours: 3}
  - {category: 违章搭建, organisations: 3, level: 2, work_hours: 14}
  - {category: "*咨询", desk: true, work_hours: .5}
"""
ROW = ("1", "2024-05-01 08:00:00", "light", "phone", "north")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", ["热线.csv", "热线.csv.gz"])
def test_chinese_export(write, encoding: str, name: str) -> None:
    stream = load_stream(write(CHINESE.encode(encoding), CHINESE_MAPPING, name))
    assert stream.start_date == date(2023, 6, 26)
    assert stream.arisen_at == pytest.approx(
        [5 + (9 * 60 + 1) / 1440, 6 + 542 / 1440, 7 + 543 / 1440, 8 + 544 / 1440]
    )
    assert [stream.categories[c] for c in stream.category] == ["路灯不亮", "邻里噪音", "违章搭建", "政策咨询"]
    assert [stream.channels[c] for c in stream.channel] == ["phone", "app", "office", "phone"]
    assert [stream.places[c] for c in stream.place] == ["松涛社区", "松涛社区", UNKNOWN_PLACE, "海城社区"]
    assert [stream.units[c] if c >= 0 else None for c in stream.unit] == [
        "供电公司",
        None,
        "综合执法局",
        None,
    ]
    assert stream.organisations.tolist() == [2, 1, 3, 1]
    assert stream.level.tolist() == [1, 0, 2, 0]
    assert stream.work_hours.tolist() == [3, 2, 14, 0.5]
    assert stream.desk.tolist() == [0, 0, 0, 1]


def test_personal_fields_are_nowhere_in_the_stream(write) -> None:
    stream = load_stream(write(CHINESE, CHINESE_MAPPING))
    assert "王秀英".encode() not in pickle.dumps(
        {k: v for k, v in vars(stream).items() if k not in ("counts", "explanations")}
    )
    held = repr([stream.categories, stream.units, stream.places, stream.channels, dict(stream.explanations)])
    assert "王秀英" not in held
    assert "13800138" not in held


def test_a_gzip_file_is_known_by_its_content_not_its_name(write) -> None:
    assert len(load_stream(write(gzip.compress(CHINESE.encode()), CHINESE_MAPPING, "plain.csv")).row) == 4


def test_quotes_commas_and_line_ends_inside_fields(write) -> None:
    rows = [
        ("1", "2024-05-01 08:00:00", 'light, "old"\nand broken', "phone", "north"),
        ("2", "2024-05-01 09:00:00", "light", "phone", "a\r\nb"),
    ]
    stream = load_stream(write(rows))
    assert stream.categories == ("light", 'light, "old" and broken')
    assert stream.places == ("a b", "north")
    assert stream.row.tolist() == [0, 1]


def test_an_unclosed_quotation_mark_costs_one_line_only(write) -> None:
    lines = ["id,opened,category,channel,place"]
    lines += [f"{n},2024-05-01 08:00:0{n},light,phone,north" for n in range(8)]
    lines[3] = '2,"2024-05-01 08:00:02,light,phone,north'
    for text in ("\n".join(lines), "\n".join([*lines[:6], lines[6].replace("light", '"light"'), *lines[7:]])):
        stream = load_stream(write(text))
        assert stream.counts == {"used": 7, "unusable: wrong number of fields": 1}
        assert stream.row.tolist() == [0, 1, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("last", ["north", 'nor"th x"y'])
def test_a_quotation_mark_opened_in_the_last_field_swallows_nothing(write, last: str) -> None:
    # The record that a tolerant reader would make of these lines has the right number of fields.
    text = "id,opened,category,channel,place\n"
    text += '1,2024-05-01 08:00:00,light,phone,"north\n'
    text += f"2,2024-05-01 08:00:01,light,phone,{last}\n"
    assert load_stream(write(text)).row.tolist() == [0, 1]


def test_stray_quotation_marks_inside_a_line_are_tolerated(write) -> None:
    text = "id,opened,category,channel,place\n"
    text += '1,2024-05-01 08:00,"5" pipe",phone,north\n2,2024-05-01 09:00,5" pipe,phone,n\n'
    stream = load_stream(write(text))
    assert stream.counts == {"used": 2}
    assert '5" pipe' in stream.categories


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(write, line_end: str) -> None:
    text = line_end.join(
        ["id,opened,category,channel,place", ",".join(ROW), "", ",".join(ROW).replace("1,", "2,", 1)]
    )
    assert load_stream(write(text)).counts == {"used": 2, "unusable: empty line": 1}


def test_columns_that_are_left_out(write) -> None:
    stream = load_stream(
        write("when,what\n2024-05-01,light\n", "residents: 5\ncolumns: {opened: when, category: what}")
    )
    assert (stream.places, stream.channels, stream.units) == ((UNKNOWN_PLACE,), (UNKNOWN_CHANNEL,), ())
    assert stream.unit.tolist() == [-1]
    assert np.isnan(stream.closed_at).all()


def test_coordinates_and_closing_times_never_cost_a_row(write) -> None:
    mapping = "residents: 5\ncolumns: {opened: o, category: c, closed: x, latitude: la, longitude: lo}"
    text = "o,c,x,la,lo\n2024-05-01 08:00,a,2024-05-02 08:00,30.5,120.2\n2024-05-01 09:00,a,soon,n/a,999\n"
    stream = load_stream(write(text, mapping))
    assert stream.counts == {"used": 2}
    assert stream.closed_at[0] - stream.arisen_at[0] == 1
    assert np.isnan(stream.closed_at[1])
    np.testing.assert_array_equal(stream.latitude, [30.5, np.nan])
    np.testing.assert_array_equal(stream.longitude, [120.2, np.nan])


def fault(path: Path, mapping: str | Path | None = None) -> str:
    with pytest.raises(InputError) as caught:
        load_stream(path, mapping)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_missing_file(tmp_path: Path) -> None:
    message = fault(tmp_path / "nothing.csv", "boston_311")
    assert "demand.stream" in message
    assert "nothing.csv" in message
    assert "No such file" in message


def test_a_folder(tmp_path: Path) -> None:
    assert "folder" in fault(tmp_path, "boston_311")


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_empty_file(write, content: bytes) -> None:
    assert "empty" in fault(write(content))


def test_header_only(write) -> None:
    assert "no row" in fault(write([]))


def test_truncated_gzip(write) -> None:
    whole = gzip.compress(CHINESE.encode() * 50)
    assert "truncated" in fault(write(whole[: len(whole) // 2], CHINESE_MAPPING, "r.csv.gz"))


def test_damaged_gzip(write) -> None:
    whole = bytearray(gzip.compress(CHINESE.encode() * 50))
    whole[-6] ^= 0xFF  # the checksum
    assert "damaged" in fault(write(bytes(whole), CHINESE_MAPPING, "r.csv.gz"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest of a workbook", "Excel workbook"),
        (b"id,op\0\0\x01\x02", "binary"),
    ],
)
def test_not_text(write, content: bytes, said: str) -> None:
    assert said in fault(write(content))


def test_unknown_encoding_and_its_remedy(write) -> None:
    text = "id,opened,category,channel,place\n1,2024-05-01 08:00,rué é,phone,n\n".encode("cp1252")
    assert "encoding" in fault(write(text))
    assert load_stream(write(text, MAPPING_CP1252)).categories == ("rué é",)
    assert "'cp9999' is unknown" in fault(write(text, MAPPING_CP1252.replace("1252", "9999")))


MAPPING_CP1252 = """\
residents: 1000
encoding: cp1252
columns: {opened: opened, category: category}
"""


def test_missing_column_is_named_with_those_that_the_mapping_names(write) -> None:
    message = fault(write("id,opend,category,channel,place\n" + ",".join(ROW)))
    assert "columns.opened" in message
    assert "5 columns, id, category, channel, place among them" in message
    assert "did you mean opend?" in message


def test_wrong_delimiter(write) -> None:
    text = "id;opened;category;channel;place\n" + ";".join(ROW)
    assert load_stream(write(text)).counts == {"used": 1}
    stated = MAPPING_CP1252.replace("encoding: cp1252", "delimiter: ','")
    assert "delimiters ','" in fault(write(text, stated))


def test_a_column_name_that_stands_twice(write) -> None:
    assert "two columns" in fault(write("opened,opened,category,id,channel,place\n"))


def test_a_time_that_no_format_fits_is_described_and_not_repeated(write) -> None:
    rows = [(str(n), f"4{n} Baker St, flat {n}x", "light", "phone", "n") for n in range(1, 5)]
    message = fault(write(rows))
    assert "time_format" in message
    assert "'00 aaaaa aa, aaaa 0a'" in message
    assert "Baker" not in message


def test_no_usable_row_says_why(write) -> None:
    message = fault(write([("1", "2024-05-01 08:00", "", "phone", "n")] * 3))
    assert "3 unusable: missing category" in message


def test_free_text_as_category_is_refused(write) -> None:
    rows = [(str(n), "2024-05-01 08:00:00", f"my name is {n}", "phone", "n") for n in range(4001)]
    message = fault(write(rows))
    assert "free text" in message
    assert "my name" not in message


def test_no_mapping_names_the_file_to_write(write) -> None:
    message = fault(write("a,b\n1,2\n", None, "july.csv.gz"))
    assert "july.yaml" in message
    assert "boston_311" in message


def test_a_hundred_thousand_rows_in_a_second_and_a_half(write) -> None:
    rows = (
        (
            str(n),
            f"2024-{n % 12 + 1:02}-{n % 28 + 1:02} {n % 24:02}:{n % 60:02}:00",
            f"kind {n % 90}",
            "phone",
            f"p {n % 30}",
        )
        for n in range(100_000)
    )
    path = write(rows)
    load_stream(path)  # so that pandas is loaded, and its time not counted
    taken = []
    for _ in range(3):
        start = time.process_time()
        stream = load_stream(path)
        taken.append(time.process_time() - start)
    assert stream.counts == {"used": 100_000}
    assert min(taken) < 1.5


def test_importing_sim_does_not_load_the_readers() -> None:
    readers = ("pandas", "yaml", "sim.request_file.loading")
    code = f"import sim, sys; print([m for m in {readers} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
