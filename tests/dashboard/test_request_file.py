"""A hotline's own file: bad rows named, the account the program's own, personal fields never stored."""

import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

from analysis.findings.request_file_rows import NOTES_ZH, fault_word, reason_text
from experiments.city.import_file.importing import Options, import_requests
from experiments.dashboard.panels.hotline.findings_html import reading_html
from experiments.dashboard.serving.request_file import BadRow, content, import_file, read
from sim.errors import InputError
from sim.request_file.loading import load_stream
from sim.request_file.notes import NOTES

CSV = """工单编号,受理时间,办件类别,承办单位,社区,来源,联系人,联系电话,诉求内容
1,2023/7/3 9:05,路灯不亮,供电公司,松涛社区,12345热线,王小明,13800000001,路灯坏了
2,2023/13/3 9:05,占道经营,城管,松涛社区,12345热线,李四,13800000002,"第一行
第二行"
3,2023/7/4 10:00,,城管,松涛社区,来访,赵六,13800000003,x
4,,咨询,,松涛社区,来访,孙七,13800000004,x

1,2023/7/5 9:00,咨询,,松涛社区,来访,周八,13800000005,x
6,2023/7/5 9:00,咨询
7,2023/7/5 9:30,网格事项,,松涛社区,网格员上报,吴九,13800000006,x
8,1923/7/5 9:30,咨询,,松涛社区,来访,郑十,13800000007,x
9,2023/7/6 9:30,咨询,,松涛社区,来访,钱二,13800000008,x
"""
MAPPING = """residents: 5000
columns: {id: 工单编号, opened: 受理时间, category: 办件类别, unit: 承办单位, place: 社区, channel: 来源}
exclude:
  - {column: channel, values: [网格员上报], reason: 并非居民诉求}
"""
PERSONAL = ("王小明", "13800000001", "路灯坏了", "联系人")


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_bad_row_is_named(tmp_path: Path, encoding: str) -> None:
    reading = read("热线.csv", content("热线.csv", CSV.encode(encoding)), MAPPING, tmp_path)
    assert reading.bad == (
        BadRow(3, "受理时间", "0000/00/0 0:00", "unparsable time"),
        BadRow(4, "办件类别", "", "missing category"),
        BadRow(5, "受理时间", "", "missing time"),
        BadRow(6, "", "", "empty line"),
        BadRow(7, "工单编号", "", "duplicate id"),
        BadRow(8, "", "", "wrong number of fields"),
        BadRow(10, "受理时间", "0000/0/0 0:00", "implausible time"),
    )
    assert (reading.used, reading.rows) == (2, 10)


def test_the_account_is_that_of_the_untouched_file(tmp_path: Path) -> None:
    """Dropping columns must not change what becomes of any row."""
    whole = tmp_path / "whole.csv"
    whole.write_text(CSV, encoding="utf-8")
    (tmp_path / "whole.yaml").write_text(MAPPING, encoding="utf-8")
    expected = load_stream(whole)
    reading = read("热线.csv", CSV.encode(), MAPPING, tmp_path / "out")
    assert dict(reading.stream.counts) == dict(expected.counts)
    assert (reading.stream.arisen_at == expected.arisen_at).all()
    assert (reading.stream.row == expected.row).all()
    named = Counter(f"unusable: {row.reason}" for row in reading.bad)
    assert named == {key: n for key, n in expected.counts.items() if key.startswith("unusable") and n}


def test_personal_fields_are_never_stored(tmp_path: Path) -> None:
    reading = read("热线.csv", CSV.encode(), MAPPING, tmp_path)
    assert reading.dropped == ("联系人", "联系电话", "诉求内容")
    stored = "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert not [text for text in PERSONAL if text in stored]
    # The same search finds what is kept, so it would find the others too.
    assert "路灯不亮" in stored


def test_columns_are_those_of_the_import(tmp_path: Path) -> None:
    """By heading and content, as `cogov import` guesses them; a stated column holds, and so does "none"."""
    whole = import_file("热线.csv", CSV.encode(), Options(), tmp_path)
    found = {role: one.heading for role, one in whole.roles.choices.items()}
    expected = import_requests(Path("热线.csv"), CSV.encode(), Options()).roles.choices
    assert found == {role: one.heading for role, one in expected.items()}
    assert found["opened"] == "受理时间"
    assert set(whole.roles.personal) == {"联系人", "联系电话", "诉求内容"}
    assert whole.guessed_residents is not None
    stated = Options(residents=5000, columns={"category": "社区", "id": "", "place": ""})
    reading = import_file("热线.csv", CSV.encode(), stated, tmp_path)
    assert reading.roles.choices["category"].heading == "社区"
    assert not {"id", "place"} & set(reading.roles.choices)
    assert reading.stream.residents == 5000
    assert reading.guessed_residents is None
    assert {"联系人", "工单编号"} <= set(reading.dropped)
    with pytest.raises(InputError, match="category=HEADING"):
        import_file("热线.csv", CSV.encode(), Options(columns={"category": ""}), tmp_path)


def test_what_is_no_request_file_is_refused(tmp_path: Path) -> None:
    for raw, said in (
        (b"", "file is empty"),
        (b"PK\x03\x04\0\0\0", "workbook"),
        (b"\x1f\x8b\x08\0broken", "gzip"),
    ):
        with pytest.raises(InputError, match=said):
            content("x.csv", raw)
    with pytest.raises(InputError, match=r"columns\.opened.*9 columns, 工单编号"):
        read("热线.csv", CSV.encode(), MAPPING.replace("受理时间", "时间"), tmp_path)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_file_says_cannot_become_markup(tmp_path: Path, language: str) -> None:
    raw = b"opened,category,<b>x</b>\n2023-07-03,fine,1\n<img src=x>,fine,2\n"
    reading = read("r.csv", raw, "residents: 9\ncolumns: {opened: opened, category: category}\n", tmp_path)
    text = reading_html(reading, language)
    assert "<img" not in text
    assert "<b>x" not in text
    assert "&lt;aaa aaa=a&gt;" in text  # what the cell looks like, not what it holds


def test_every_reason_is_told_in_chinese(tmp_path: Path) -> None:
    """Whatever becomes of a row is said in the reader's language; a new reason of the reader needs words."""
    from sim.request_file.row_checks import _UNUSABLE

    for reason in _UNUSABLE:
        assert fault_word(reason, "zh") != reason
    for kind, english in NOTES.items():
        assert fields(NOTES_ZH[kind]) == fields(english), kind
    reading = read("热线.csv", CSV.encode(), MAPPING, tmp_path)
    texts = [reason_text(reason, why, "zh") for reason, _, why in reading.account()]
    assert not [text for text in texts if re.search("[A-Za-z]{3}", text)]
    assert "已排除：并非居民诉求" in texts
