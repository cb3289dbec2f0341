"""What cities send: each kind of file is read as what it is, or refused in one line that says what to do.

Every file here holds a name, a telephone number and an address; no message may hold a part of them.
"""

import bz2
import gzip
import io
import json
import lzma
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from experiments.dashboard.serving import request_file as page
from sim.errors import InputError
from sim.request_file import reading, unpacking
from sim.request_file.loading import RequestStream, account_text, load_stream
from tests.each import each

PERSON = ("Ada Quill", "+49 555 0199", "7 Mill Lane", "周小满", "13900000007")
MAPPING = "residents: 900\ncolumns: {id: id, opened: opened, category: cat, place: place}\n"
HEADER = ("id", "opened", "cat", "place", "who", "phone", "home")


def sheet(
    categories: Sequence[str], rows: int = 12, delimiter: str = ",", header: Sequence[str] | None = HEADER
) -> str:
    lines = [delimiter.join(header)] if header else []
    for n in range(rows):
        cells = (
            str(n),
            f"2024-03-{n % 28 + 1:02} 09:{n % 60:02}",
            categories[n % len(categories)],
            f"P{n % 2}",
        )
        lines.append(delimiter.join([*cells, *PERSON[:3]]))
    return "\n".join(lines) + "\n"


@pytest.fixture
def read(tmp_path: Path):
    def _read(
        content: str | bytes, more: str = "", mapping: str = MAPPING, name: str = "city.csv"
    ) -> RequestStream:
        """Read a file by the command line's way and by the page's, which must agree."""
        path, rules = tmp_path / name, tmp_path / "rules.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        rules.write_text(mapping + more, encoding="utf-8")
        ways = (
            lambda: load_stream(path, rules),
            lambda: (
                page.read(
                    name, page.content(name, path.read_bytes()), mapping + more, tmp_path / "page"
                ).stream
            ),
        )
        streams, faults = [], []
        for way in ways:
            try:
                streams.append(way())
            except InputError as error:
                faults.append(error)
        assert not (streams and faults), "the command line and the page disagree"
        for message in map(str, faults):
            assert "\n" not in message
            assert len(message) < 1000
            assert not [part for part in PERSON if part in message]
        if faults:
            raise faults[0]
        assert dict(streams[0].counts) == dict(streams[1].counts)
        said = account_text(streams[0])
        assert not [part for part in PERSON if part in said]
        return streams[0]

    return _read


def used(stream: RequestStream) -> int:
    return stream.counts["used"]


# --- encodings ------------------------------------------------------------------------------------

CERTAIN = [
    ("utf-8", ["路灯故障", "Straßenlampe", "Дороги"]),
    ("utf-8", ["é"]),
    ("utf-8-sig", ["Śmieci"]),
    ("utf-16", ["路灯"]),
    ("utf-16", ["light"]),
    ("utf-16-le", ["Müll", "路灯"]),
    ("utf-16-be", ["улица"]),
    ("utf-32", ["ごみ"]),
    ("utf-32-le", ["路灯"]),
    ("gb18030", ["路灯不亮", "邻里噪音", "违章搭建", "政策咨询"]),
    ("gbk", ["小区停车管理", "道路积水", "施工扰民"]),
    ("gb2312", ["物业不作为，业主投诉无人处理"]),
]


@each(("encoding", "categories"), CERTAIN)
def test_an_encoding_that_is_certain_is_read(read, encoding: str, categories: list[str]) -> None:
    stream = read(sheet(categories).encode(encoding))
    assert (used(stream), set(stream.categories)) == (12, set(categories))


ASKED = [
    ("cp1252", ["Straßenlaternen", "Grünflächen", "Müll"], "cp1252"),
    ("cp1252", ["Höchst"], "cp1252"),
    ("latin-1", ["Éclairage défectueux", "Propreté"], "cp1252"),
    ("iso8859_15", ["Dépôt sauvage", "Forêt"], "cp1252"),
    ("cp1251", ["Уличное освещение", "Дороги и мосты"], "cp1251"),
    ("cp1251", ["Вывоз мусора"], "cp1251"),
    ("koi8_r", ["Уличное освещение", "Вода"], "koi8_r"),
    ("koi8_r", ["Снег"], "koi8_r"),
    ("koi8_r", ["Мост"], "koi8_r"),
    ("cp866", ["Уличное"], "cp866"),
    ("big5", ["路燈故障"], "big5"),
    ("big5", ["道路坑洞", "噪音擾鄰", "違規停車"], "big5"),
    ("cp932", ["街灯の故障", "ごみ"], "cp932"),
    ("cp932", ["道路"], "cp932"),
    ("euc_jp", ["街灯の故障"], "euc_jp"),
    ("euc_jp", ["道路"], "euc_jp"),  # every byte of it fits UTF-8
    ("cp949", ["가로등 고장", "불법주차"], "cp949"),
    ("euc_kr", ["도로"], "cp949"),
    ("cp1250", ["Oświetlenie uliczne", "Śmieci", "łąka"], "cp1250"),
    ("iso8859_2", ["Oświetlenie uliczne", "Śmieci", "źle"], "iso8859_2"),
    ("cp1254", ["Sokak aydınlatması", "Çöp", "gürültü"], "cp1254"),
    ("cp1253", ["Φωτισμός δρόμου", "Σκουπίδια"], "cp1253"),
    ("cp874", ["ไฟถนน"], "cp874"),
    ("cp1256", ["إنارة الشوارع"], "cp1256"),
    ("iso2022_jp", ["街灯"], "iso2022_jp"),
    ("hz", ["路灯"], "hz"),
    ("gb18030", ["联通"], "gb18030"),  # two characters prove nothing
]


@each(("encoding", "categories", "proposed"), ASKED)
def test_an_encoding_that_is_not_certain_is_asked_for(
    read, encoding: str, categories: list[str], proposed: str
) -> None:
    text = sheet(categories).encode(encoding)
    with pytest.raises(InputError, match=rf"state encoding.*\b{proposed}\b"):
        read(text)
    stream = read(text, f"encoding: {encoding}\n")
    assert (used(stream), set(stream.categories)) == (12, set(categories))


def test_a_label_of_the_mapping_makes_chinese_certain(read) -> None:
    text = sheet(["联通"]).encode("gbk")
    stream = read(text, "needs: [{category: 联通, level: 1}]\n")
    assert stream.categories == ("联通",)
    with pytest.raises(InputError, match="state encoding"):
        read(sheet(["Снег"]).encode("koi8_r"), "needs: [{category: Снег, level: 1}]\n")


@each(
    "name",
    ["zip", "rot13", "base64", "hex", "bz2", "idna", "punycode", "unicode_escape", "raw_unicode_escape",
     "utf-7", "utf_7", "undefined", "charmap", "cp9999"],
)  # fmt: skip
def test_what_is_no_encoding_of_plain_text_is_refused(read, name: str) -> None:
    with pytest.raises(InputError, match="unknown, or no encoding of plain text"):
        read(sheet(["light"]), f'encoding: "{name}"\n')


@each(
    ("raw", "encoding", "said"),
    [
        (sheet(["light"], 5).encode() + "9,2024-03-01,Müll,P,a,b,c\n".encode("cp1252"), "utf-8", "row 7 "),
        (sheet(["light"], 5).encode() + "9,2024-03-01,Müll,P,a,b,c\n".encode("cp1252"), "ascii", "row 7 "),
        (sheet(["Straßen", "Höchst"]).encode("cp1252") + b"\x81\n", "cp1252", "row 14 "),
        (sheet(["路燈"], 3).encode("big5") + b"x,\xff\xff\n", "big5", "row 5 "),
        (sheet(["路灯故障"]).encode(), "latin-1", "the text is UTF-8"),
        (sheet(["路灯故障"]).encode(), "gb18030", "UTF-8|not; mend"),
        (sheet(["a"]).encode("utf-16"), "cp1252", "the mark of UTF-16"),
        (sheet(["Müll – Höchst"]).encode("cp1252"), "latin-1", "row 2 would hold control.*cp1252"),
        (sheet(["źle", "Śmieci"]).encode("cp1250"), "iso8859-2", "row 2 would hold control.*cp1250"),
        (sheet(["路灯不亮", "小区停车管理"]).encode("gbk") + b"x,\xff\n", None, "GB18030, but row 14 "),
        (sheet(["a"]).encode("utf-16-le"), "cp1252", "NUL"),
        (
            sheet(["路灯", "Дороги"] * 6).encode() + b"9,2024-03-01,M\xfcll,P,a,b,c\n",
            None,
            "UTF-8, but row 14 ",
        ),
    ],
)
def test_bytes_that_do_not_fit_are_named_by_their_row(
    read, raw: bytes, encoding: str | None, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        read(raw, f"encoding: {encoding}\n" if encoding else "")


@each(
    ("encoding", "stated", "better"),
    [("koi8_r", "cp1251", "koi8_r"), ("cp1251", "koi8_r", "cp1251"), ("cp1252", "gb18030", "cp1252"),
     ("big5", "gb18030", "big5"), ("cp1251", "latin-1", "cp1251"), ("cp949", "gb18030", "cp949")],
)  # fmt: skip
def test_a_stated_encoding_that_makes_odd_text_is_told(read, encoding: str, stated: str, better: str) -> None:
    words = {
        "cp1252": ["Straßenlaternen", "Grünflächen"],
        "big5": ["路燈故障"],
        "cp949": ["가로등 고장 신고", "불법주차 단속", "쓰레기 무단투기"],
    }
    text = sheet(words.get(encoding, ["Уличное освещение", "Вывоз мусора"])).encode(encoding)
    notes = [str(note) for note in read(text, f"encoding: {stated}\n").notes]
    assert any(f"{better} fits far better" in note for note in notes)
    right = read(text, f"encoding: {encoding}\n")
    assert not [note for note in right.notes if note.kind == "encoding_doubtful"]


@each("category", ["küçə işıqları", "đường phố ơ ư", "ǎn", "µm °C é", "Дом é"])
def test_utf8_of_few_letters_is_utf8(read, category: str) -> None:
    assert read(sheet([category])).categories == (category,)


# --- shape ----------------------------------------------------------------------------------------

ROWS = sheet(["light", "noise"])
BODY = sheet(["light", "noise"], header=None)
LINES = ROWS.splitlines()
SHAPES = {
    "sep=; of Excel": ("sep=;\n" + sheet(["light"], delimiter=";"), {}),
    "sep= with quotation marks": ('"sep=\t"\r\n' + sheet(["light"], delimiter="\t"), {}),
    "sep= with a mark before it": ("\ufeffsep=|\n" + sheet(["light"], delimiter="|"), {}),
    "semicolon": (sheet(["a,b"], delimiter=";"), {}),
    "tab": (sheet(["a,b"], delimiter="\t"), {}),
    "bar": (sheet(["a;b"], delimiter="|"), {}),
    "a title": ("12345热线工单导出 2024年1月\n" + ROWS, {}),
    "a title of merged cells": ("Requests of March,,,,,,\n,,,,,,\n" + ROWS, {}),
    "titles and empty lines": ("Stadt\n\nprinted 2024-04-01 by the office\n\n" + ROWS, {}),
    "a total": (ROWS + "合计,,,,,,12\n", {"unusable: total line": 1}),
    "a total further right": (ROWS + ",,Total:,12,,,\n", {"unusable: total line": 1}),
    "a total in capitals": (ROWS + "GESAMT,12,,,,,\n", {"unusable: total line": 1}),
    "a note below": (
        ROWS + "\n注：数据截至三月\n", {"unusable: empty line": 1, "unusable: wrong number of fields": 1},
    ),
    "the header again": (
        "\n".join([*LINES[:5], LINES[0], *LINES[5:], LINES[0]]), {"unusable: repeated header line": 2},
    ),
    "the header again after a mark": (
        ROWS + "\ufeff" + LINES[0] + "\n", {"unusable: repeated header line": 1},
    ),
    "too many and too few cells": (
        ROWS + "91,2024-03-01,light,P,a,b,c,d\n92,2024-03-01,light\n",
        {"unusable: wrong number of fields": 2},
    ),
    "blank cells too many": (ROWS.replace("Lane\n", "Lane,,\n"), {}),
    "a last line cut off": (ROWS + "91,2024-03-0", {"unusable: wrong number of fields": 1}),
    "a last character of GB18030 cut off": (
        (ROWS.replace("light", "路灯不亮小区停车管理") + "91,2024-03-01 09:00,路").encode("gbk")[:-1],
        {"unusable: wrong number of fields": 1},
    ),
    "exports joined, each with its mark": (
        "\ufeff" + "\n".join(LINES[:5]) + "\n\ufeff" + "\n\ufeff".join([LINES[0], *LINES[5:]]),
        {"unusable: repeated header line": 1},
    ),
    "a last character cut off": (
        (ROWS.replace("light", "路灯") + "91,2024-03-01 09:00,路").encode()[:-1],
        {"unusable: wrong number of fields": 1},
    ),
    "no last line end": (ROWS.rstrip("\n"), {}),
    "CR alone": (ROWS.replace("\n", "\r"), {}),
    "CRLF": (ROWS.replace("\n", "\r\n"), {}),
    "names with unseen characters": (
        ROWS.replace("id,opened,cat", "\ufeffid\u200b,\u00a0opened ,\uff43\uff41\uff54", 1), {},
    ),
    "names in quotation marks": (ROWS.replace(LINES[0], ",".join(f'"{name}"' for name in HEADER)), {}),
    "a name over two lines": (ROWS.replace(",who,", ',"who\nasked",', 1), {}),
    "a cell over two lines": (ROWS.replace("7 Mill Lane", '"7 Mill Lane,\nthe ""old"" mill"'), {}),
}  # fmt: skip


@each("shape", SHAPES)
def test_shapes_of_text(read, shape: str) -> None:
    content, apart = SHAPES[shape]
    stream = read(content)
    counts = dict(stream.counts)
    assert counts.pop("used") == 12
    assert counts == apart


def test_rows_that_are_set_aside_are_named_as_a_spreadsheet_counts(read) -> None:
    stream = read("A title\n\n" + ROWS + "91,2024-03-01\n92,2024-03-01\n")
    notes = [str(note) for note in stream.notes]
    assert "2 rows above the header are left out" in notes
    assert any("set aside: rows 16, 17" in note for note in notes)


REFUSED = {
    "no header": (BODY, "", "no header line found"),
    "no header, semicolons": (sheet(["light"], delimiter=";", header=None), "", "no header line found"),
    "no header, one row": (sheet(["light"], 1, header=None), "", "no header line found"),
    "another table": ("name,age\nAda Quill,7\n", "", "no header line found"),
    "a column missing": (ROWS.replace(",cat,", ",kind,", 1), "", r"columns\.cat.*7 columns, id, opened"),
    "a column misspelt": (ROWS.replace("opened", "opend", 1), "", "did you mean opend"),
    "a column in capitals": (ROWS.replace("opened", "OPENED", 1), "", "did you mean OPENED"),
    "all columns in capitals": (ROWS.replace(LINES[0], LINES[0].upper()), "", "did you mean OPENED"),
    "two of a name": (ROWS.replace(",who,", ",cat,", 1), "", "two columns"),
    "two of a name but for blanks": (ROWS.replace(",who,", ",\u3000cat,", 1), "", "two columns"),
    "two of a name, full width": (ROWS.replace(",cat,who,", ",\uff43\uff41\uff54,who,", 1)
                                  .replace(",place,who", ",place,c\u200bat", 1)
                                  .replace(",cat,", ",c\u00adat,", 1), "", "two columns"),
    "rows above the header": (BODY + ROWS, "", "row 1 above it looks like a request; state header_row: 13"),
    "another header below": (ROWS + "opened,id,cat,place,who,phone,home\n2024-03-02,1,a,b,c,d,e\n", "",
                             "row 14 holds another header"),
    "the wrong delimiter stated": (ROWS, 'delimiter: ";"\n', "delimiters ';'"),
    "the wrong row stated": (ROWS, "header_row: 2\n", "row 2, which header_row names"),
    "a header only": (LINES[0] + "\n", "", "no row"),
    "nothing": ("", "", "empty"),
    "blanks": (" \r\n\t\n", "", "empty"),
    "a mark only": (b"\xff\xfe", "", "empty"),
    "a NUL byte": (ROWS.encode().replace(b"7 Mill", b"\0 Mill", 3), "", "NUL byte stands in row 2"),
    "a NUL byte far down": (ROWS.encode() * 200 + b"\0\n", "", "NUL byte stands in row 2601"),
}  # fmt: skip


@each("kind", REFUSED)
def test_refused_without_a_cell_of_the_file(read, kind: str) -> None:
    content, more, said = REFUSED[kind]
    with pytest.raises(InputError, match=said):
        read(content, more)


@pytest.mark.parametrize("stated", ['","', '";"', '"\\t"'])
def test_a_stated_row_and_delimiter(read, stated: str) -> None:
    delimiter = json.loads(stated)
    body = sheet(["light"], header=None, delimiter=delimiter)
    stream = read(body + sheet(["light"], delimiter=delimiter), f"header_row: 13\ndelimiter: {stated}\n")
    assert dict(stream.counts) == {"used": 12}


@each("more", ["delimiter: a", "delimiter: '\"'", "delimiter: ';;'", "header_row: 0", "header_row: x"])
def test_keys_that_cannot_be(read, more: str) -> None:
    with pytest.raises(InputError, match=more.split(":", maxsplit=1)[0]):
        read(ROWS, more + "\n")


def test_the_page_offers_no_cells_as_names_of_columns() -> None:
    assert page.header("a.csv", ("Report of 2024-04\n\n" + ROWS).encode()) == list(HEADER)
    assert page.header("a.csv", sheet(["x"], delimiter=";").encode()) == list(HEADER)
    for text in (BODY, sheet(["x"], delimiter=";", header=None)):
        with pytest.raises(InputError, match="no header line found") as caught:
            page.header("a.csv", text.encode())
        assert not [part for part in PERSON if part in str(caught.value)]


# --- other kinds ----------------------------------------------------------------------------------

OPEN311 = """\
residents: 9
columns:
  {id: service_request_id, opened: requested_datetime, category: service_name, closed: updated_datetime,
   latitude: lat, longitude: long}
"""


def request(n: int) -> dict[str, object]:
    return {
        "service_request_id": 638_000 + n, "status": "open", "service_name": "Pothole 路灯",
        "description": PERSON[0],
        "requested_datetime": f"2024-03-{n + 1:02}T09:00:00", "updated_datetime": None,
        "lat": 37.5, "long": -122.25,
        "media": {"url": "x"}, "tags": ["a", "b"],
    }  # fmt: skip


REQUESTS = [request(n) for n in range(6)]
LISTS = {
    "a list": json.dumps(REQUESTS),
    "a list over many lines": json.dumps(REQUESTS, indent=2, ensure_ascii=False),
    "an object of Open311": json.dumps({"count": 6, "service_requests": REQUESTS, "next": None}),
    "an object within an object": json.dumps({"success": True, "result": {"total": 6, "records": REQUESTS}}),
    "lines": "".join(json.dumps(one) + "\n" for one in REQUESTS),
    "lines with CRLF": "\r\n".join(json.dumps(one, ensure_ascii=False) for one in REQUESTS),
    "a mark": "\ufeff" + json.dumps(REQUESTS),
}


@each("kind", LISTS)
def test_json(read, kind: str) -> None:
    stream = read(LISTS[kind], mapping=OPEN311, name="requests.json")
    assert (dict(stream.counts), stream.categories) == ({"used": 6}, ("Pothole 路灯",))
    assert set(stream.latitude) == {37.5}
    assert set(stream.longitude) == {-122.25}


def test_geojson(read) -> None:
    features = [
        {"type": "Feature", "id": n,
         "properties": {"opened": f"2024-03-0{n + 1}T08:00:00", "cat": "light", "place": None},
         "geometry": {"type": "Point", "coordinates": [13.5, 52.25]} if n else None}
        for n in range(4)
    ]  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "crs": {"type": "name"}, "features": features})
    mapping = MAPPING.replace("place: place", "place: place, latitude: latitude, longitude: longitude")
    stream = read(text, mapping=mapping, name="r.geojson")
    assert dict(stream.counts) == {"used": 4}
    assert stream.latitude.tolist()[1:] == [52.25] * 3
    assert stream.longitude.tolist()[1:] == [13.5] * 3


def test_fields_within_fields_and_fields_that_are_missing(read) -> None:
    rows = [
        {"a": {"opened": "2024-03-01 08:00"}, "cat": "x"},
        {"cat": "y", "a": {"opened": "2024-03-02 08:00"}, "n": 1},
    ]
    rows.append({"cat": "z"})
    stream = read(json.dumps(rows), mapping="residents: 1\ncolumns: {opened: a.opened, category: cat}\n")
    assert dict(stream.counts) == {"used": 2, "unusable: missing time": 1}


@each(
    ("text", "said"),
    [
        (json.dumps(REQUESTS)[:-40], "damaged or cut off"),
        (json.dumps({"service_requests": REQUESTS})[:-2], "damaged or cut off"),
        ('{"error": "who are you, Ada Quill?"}', "no such list"),
        ("[]", "empty"),
        ("[[1, 2], [3, 4]]", "empty"),
        ('{"data": [{"a": 1}], "items": [{"b": 2}]}', "several lists"),
        ('[{"cat": "x", "cat": "y", "opened": "2024-03-01"}]', "stands twice"),
        ("[" * 100_000, "damaged|deeply"),
        ('[{"a":' * 5000, "damaged|deeply"),
        ('[{"name": "Ada Quill", "phone": "+49 555 0199"}]', "columns.opened"),
    ],
)
def test_json_that_cannot_be_read(read, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(text, mapping=OPEN311)


def test_half_a_pair_of_surrogates_is_a_lost_character(read) -> None:
    text = r'[{"opened": "2024-03-01 08:00", "cat": "a\ud800", "id": "\udc00", "place": "\ud83d\ude00"}]'
    stream = read(text)
    assert (stream.categories, stream.places) == (("a\ufffd",), ("\U0001f600",))


def test_a_broken_line_of_json_lines_costs_that_line(read) -> None:
    lines = [json.dumps(one) for one in REQUESTS]
    text = "\n".join([*lines[:3], lines[3][:40], *lines[4:], "[1]"])
    stream = read(text, mapping=OPEN311)
    assert dict(stream.counts) == {"used": 5, "unusable: wrong number of fields": 2}
    assert sorted(stream.row.tolist()) == [0, 1, 2, 4, 5]


def parquet(**columns: object) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    held = io.BytesIO()
    pq.write_table(pa.table(columns), held)
    return held.getvalue()


def test_parquet(read) -> None:
    import numpy as np
    import pyarrow as pa

    days = np.array(["2024-03-01T09:30", "2024-03-02T10:15:30", "NaT"], "datetime64[ns]")
    raw = parquet(
        id=[1, 2, 3], opened=days, cat=pa.array(["路灯", "noise", "noise"]).dictionary_encode(),
        place=[None, "P", "P"], who=[PERSON[0]] * 3, blob=[b"\xff", b"\0", None],
    )  # fmt: skip
    stream = read(raw, name="r.parquet")
    assert dict(stream.counts) == {"used": 2, "unusable: missing time": 1}
    assert stream.arisen_at.tolist() == pytest.approx([4 + 9.5 / 24, 5 + 10 / 24 + 15.5 / 1440])
    with pytest.raises(InputError, match="damaged"):
        read(raw[: len(raw) // 2], name="r.parquet")
    no_text = pa.array([b"\xff\x8f", b"x", b"x"]).view(pa.string())
    with pytest.raises(InputError, match="damaged"):
        read(parquet(opened=days, cat=no_text, id=[1, 2, 3], place=[1, 2, 3]), name="r.parquet")


def zipped(*files: tuple[str, bytes], **options: object) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files:
            packed.writestr(name, content)
    return held.getvalue()


def locked() -> bytes:
    raw = bytearray(zipped(("a.csv", ROWS.encode())))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(magic) + at] |= 1
    return bytes(raw)


TAR = bytearray(1024)
TAR[257:262] = b"ustar"
TAR[:5] = b"a.csv"
OTHERS = {
    "a workbook": (zipped(("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", b"<a/>")), "Excel workbook"),
    "a cut workbook": (zipped(("[Content_Types].xml", b"<a/>"))[:40], "Excel workbook"),
    "a Word document": (zipped(("[Content_Types].xml", b"<a/>"), ("word/document.xml", b"<a/>")), "Word"),
    "an OpenDocument": (zipped(("mimetype", b"a"), ("content.xml", b"<a/>")), "OpenDocument"),
    "a workbook in a zip file": (zipped(("r.xlsx", zipped(("xl/workbook.xml", b"<a/>")))), "Excel workbook"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel workbook"),
    "SQLite": (b"SQLite format 3\0" + bytes(80), "SQLite"),
    "Access": (b"\0\1\0\0Standard Jet DB\0" + bytes(80), "Access"),
    "PDF": (b"%PDF-1.7\n1 0 obj\n", "PDF"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(80), "image"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image"),
    "RTF": (b"{\\rtf1\\ansi Ada Quill}", "RTF"),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c" + bytes(80), "7-Zip"),
    "RAR": (b"Rar!\x1a\x07\0" + bytes(80), "RAR"),
    "Zstandard": (b"\x28\xb5\x2f\xfd" + bytes(80), "Zstandard"),
    "tar": (bytes(TAR), "tar"),
    "tar.gz": (gzip.compress(bytes(TAR)), "tar"),
    "Feather": (b"ARROW1\0\0" + bytes(80), "Arrow"),
    "HTML": (b"<!DOCTYPE html><html><body>Ada Quill</body></html>", "web page"),
    "a table saved as .xls": (b"\xef\xbb\xbf\r\n<table><tr><td>Ada Quill</td></tr></table>", "web page"),
    "HTML in UTF-16": ("<html><table>".encode("utf-16"), "web page"),
    "XML": (b'<?xml version="1.0"?><service_requests><request/></service_requests>', "XML"),
    "a workbook as XML": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "saved as XML",
    ),
    "a pointer of Git": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"),
    "numbers": (struct.pack("<200d", *range(200)), "binary"),
    "several in a zip file": (zipped(("a.csv", b"x"), ("b.csv", b"y")), "holds 2 files"),
    "none in a zip file": (zipped(), "holds 0 files"),
    "a locked zip file": (locked(), "password"),
    "a cut zip file": (zipped(("a.csv", ROWS.encode() * 9))[:-30], "damaged"),
    "a zip file of the future": (
        zipped(("a.csv", b"x")).replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x6a"), "damaged",
    ),
    "a cut gzip file": (gzip.compress(ROWS.encode())[:-20], "truncated"),
    "a cut bzip2 file": (bz2.compress(ROWS.encode())[:-20], "truncated"),
    "a cut xz file": (lzma.compress(ROWS.encode())[:-20], "truncated"),
    "gzip of nothing": (gzip.compress(b""), "empty"),
    "packed four times": (
        gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"a,b\n")))), "packed more",
    ),
}  # fmt: skip


@each("kind", OTHERS)
@each("name", ["city.csv", "city.xls"])
def test_other_kinds_are_named(read, kind: str, name: str) -> None:
    raw, said = OTHERS[kind]
    with pytest.raises(InputError, match=said):
        read(raw, name=name)


@each(
    "raw",
    [
        gzip.compress(ROWS.encode()),
        gzip.compress(ROWS[:300].encode()) + gzip.compress(ROWS[300:].encode()),
        gzip.compress(ROWS.encode("utf-16")),
        gzip.compress(ROWS.encode()) + bytes(512),
        bz2.compress(ROWS.encode()),
        bz2.compress(ROWS[:300].encode()) + bz2.compress(ROWS[300:].encode()),
        lzma.compress(ROWS.encode()),
        zipped(("deep/city.csv", ROWS.encode())),
        zipped(("city.csv", ROWS.encode()), ("__MACOSX/._city.csv", b"x"), (".DS_Store", b"x")),
        zipped(("city.csv.gz", gzip.compress(ROWS.encode()))),
    ],
)
@each("name", ["city.csv", "city.csv.gz", "city.zip"])
def test_packed_files_are_known_by_their_content(read, raw: bytes, name: str) -> None:
    assert dict(read(raw, name=name).counts) == {"used": 12}


@each("name", ["ORCID", "PAR1", "GIF8", "RIFF", "BZh", "PK", "MZ", "Obj"])
def test_a_column_may_be_called_like_a_kind_of_file(read, name: str) -> None:
    text = name + "," + ROWS.replace("\n", "\nx,").removesuffix("x,")
    assert dict(read(text).counts) == {"used": 12}


def test_the_mapping_beside_a_packed_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "city.yaml").write_text(MAPPING)
    for name, packed in (("city.csv.bz2", bz2.compress), ("city.csv.xz", lzma.compress)):
        (tmp_path / name).write_bytes(packed(ROWS.encode()))
        assert used(load_stream(tmp_path / name)) == 12


# --- limits ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, bz2.compress, lzma.compress, lambda b: zipped(("a.csv", b))]
)
def test_the_limit_of_bytes_holds_while_unpacking(read, monkeypatch: pytest.MonkeyPatch, pack) -> None:
    import tracemalloc

    monkeypatch.setattr(unpacking, "MOST_BYTES", 1 << 20)
    packed = pack(ROWS.encode() + b"x" * 40_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match="at most 1 MiB"):
            unpacking.unpacked("city.csv", packed)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000  # xz alone takes its 8 MB
    finally:
        tracemalloc.stop()
    with pytest.raises(InputError, match="at most 1 MiB"):
        read(packed)


def test_limits_of_rows_columns_and_cells(read, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = ",".join([*HEADER, *(f"c{n}" for n in range(3000))]) + "\n"
    with pytest.raises(InputError, match="at most 2,000 columns"):
        read(wide + BODY)
    stream = read(ROWS + f"91,2024-03-01 09:00,light,P,a,b,{'x' * 200_000}\n")
    assert dict(stream.counts) == {"used": 12, "unusable: wrong number of fields": 1}
    monkeypatch.setattr(reading, "MOST_ROWS", 11)
    with pytest.raises(InputError, match="at most 11 rows"):
        read(ROWS)
    with pytest.raises(InputError, match="row 14 is longer; does the file end its lines"):
        read(ROWS + "x" * 9_000_000)
