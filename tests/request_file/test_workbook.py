"""Excel workbooks: read as the same table in CSV is, within limits, and running nothing."""

import io
import sys
import zipfile

import pytest

from sim.errors import InputError
from sim.request_file.loading import account, load_stream

pytest.importorskip("python_calamine")

MAPPING = """\
residents: 1000
columns: {id: id, opened: opened, closed: closed, category: category, place: place}
"""
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    "</Types>"
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES = (
    f'<styleSheet {MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1">'
    '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def cell(where: str, value: object) -> str:
    if isinstance(value, float):  # a day number, shown as date and time
        return f'<c r="{where}" s="1"><v>{value!r}</v></c>'
    if isinstance(value, int):
        return f'<c r="{where}"><v>{value}</v></c>'
    if isinstance(value, tuple):  # formula and the value that Excel wrote beside it
        return f'<c r="{where}" t="str"><f>{value[0]}</f><v>{value[1]}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t>{value}</t></is></c>' if value else ""


def sheet(rows: list[list[object]], first: int = 1) -> str:
    lines = [
        f'<row r="{number}">'
        + "".join(cell(f"{chr(65 + n)}{number}", value) for n, value in enumerate(row))
        + "</row>"
        for number, row in enumerate(rows, first)
    ]
    return f"<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def workbook(*sheets: str) -> bytes:
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{TYPE}worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    rels += f'<Relationship Id="rId99" Type="{TYPE}styles" Target="styles.xml"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr(
            "_rels/.rels",
            RELS.format(f'<Relationship Id="r" Type="{TYPE}officeDocument" Target="xl/workbook.xml"/>'),
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook {MAIN} xmlns:r="{TYPE.rstrip("/")}"><sheets>{listed}</sheets></workbook>',
        )
        packed.writestr("xl/_rels/workbook.xml.rels", RELS.format(rels))
        packed.writestr("xl/styles.xml", STYLES)
        for number, text in zip(numbers, sheets, strict=True):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", text)
    return out.getvalue()


HEADER = ["id", "opened", "closed", "category", "place"]
#: 2024-03-01 09:30 and half a day later, as Excel counts days.
ROWS = [
    HEADER,
    [101000295613, 45352.395833333336, 45352.895833333336, "路灯", "A"],
    [101000295614, 45353.5, "", ("1+1", "lamp"), "B"],
]


def test_cells_are_read_as_their_text_would_be(write) -> None:
    as_csv = "id,opened,closed,category,place\n101000295613,2024-03-01 09:30,2024-03-01 21:30,路灯,A\n"
    as_csv += "101000295614,2024-03-02 12:00,,lamp,B\n"
    other = load_stream(write(as_csv, MAPPING, "plain.csv"))
    stream = load_stream(write(workbook(sheet(ROWS)), MAPPING, "r.xlsx"))
    assert stream.categories == other.categories == ("lamp", "路灯")
    assert stream.arisen_at.tolist() == other.arisen_at.tolist()
    assert stream.closed_at.tolist()[0] == other.closed_at.tolist()[0]
    assert account(stream) == account(other)


def test_titles_and_empty_rows_above_the_header_are_counted(write) -> None:
    text = sheet([["Monthly report"], [], *ROWS, ["", "", "", "", ""], [7, "soon", "", "lamp", "A"]], first=3)
    stream = load_stream(write(workbook(text), MAPPING, "r.xlsx"))
    assert stream.counts["used"] == 2
    assert stream.counts["unusable: unparsable time"] == 1
    assert [one.kind for one in stream.notes][:1] == ["above_header"]


def test_the_sheet_with_most_rows_is_read_and_a_note_says_so(write) -> None:
    stream = load_stream(write(workbook(sheet([["about"]]), sheet(ROWS)), MAPPING, "r.xlsx"))
    (said,) = [one for one in stream.notes if one.kind == "sheet_chosen"]
    assert said.facts == {"sheets": "2", "number": "2"}
    assert stream.counts["used"] == 2


@pytest.mark.parametrize("where", ["XFD1048576", "ZZ900000", "AAA1"])
def test_a_cell_far_out_claims_no_memory(write, where: str) -> None:
    far = sheet(ROWS).replace("</sheetData>", f'<row r="5"><c r="{where}"><v>1</v></c></row></sheetData>')
    with pytest.raises(InputError, match="a sheet of it is larger"):
        load_stream(write(workbook(far), MAPPING, "r.xlsx"))


def test_what_cannot_be_read_is_said_in_one_line(write) -> None:
    damaged = {
        "damaged": workbook(sheet(ROWS)).replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet2.xml"),
        "sheets of the workbook are empty": workbook(f"<worksheet {MAIN}><sheetData/></worksheet>"),
        "cannot be read": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    }
    for told, content in damaged.items():
        with pytest.raises(InputError, match=told) as caught:
            load_stream(write(content, MAPPING, "r.xlsx"))
        assert "\n" not in str(caught.value)


def test_without_the_library_both_ways_out_are_named(write, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(
        InputError, match=r"install python-calamine \(the extra excel\), or save the sheet as CSV"
    ):
        load_stream(write(workbook(sheet(ROWS)), MAPPING, "r.xlsx"))
