"""A table as an Excel workbook, with what the standard library has: one sheet, numbers and texts, no formula.

A workbook is a ZIP archive of a few XML files (ECMA-376, Office Open XML). Every text is written as a text
(`inlineStr`), which no program takes for a formula; one that begins as a formula does is also marked the way
Excel marks a text typed behind an apostrophe, so that it stays a text when the cell is edited.
"""

import io
import math
import re
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from analysis.safe_text.spreadsheet import neutral

if TYPE_CHECKING:
    import pandas as pd

#: What XML cannot hold at all.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: What a sheet's name may not hold, and how long it may be.
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
#: Letters that a cell may hold.
_LONGEST_TEXT = 32_767
#: Places in the table of styles below.
_HEAD, _MARKED = 1, 2
_WIDEST = 60

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        "<borders count='1'><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


def to_xlsx(frame: "pd.DataFrame", sheet: str = "") -> bytes:
    """Return a table as a workbook, without its index; the same table has the same bytes.

    Parameters
    ----------
    sheet
        What the sheet is called.
    """
    rows = [list(frame.columns), *frame.itertuples(index=False, name=None)]
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = (_cell(value, f"{_letters(place)}{number}", number == 1) for place, value in enumerate(row))
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    widths = "".join(
        f'<col min="{place}" max="{place}" width="{_width(column)}" customWidth="1"/>'
        for place, column in enumerate(zip(*rows, strict=True), start=1)
    )
    view = (
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    )
    columns = f"<cols>{widths}</cols>" if widths else ""
    name = escape(_NO_NAME.sub(" ", _written(sheet))[:_LONGEST_NAME].strip() or "cogov", {'"': "&quot;"})
    parts = {
        **_PARTS,
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{_MAIN}">{view}{columns}<sheetData>{"".join(lines)}</sheetData></worksheet>'
        ),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            # A day of its own: with the present one no two files would be the same.
            archive.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), (_START + text).encode("utf-8"),
                             zipfile.ZIP_DEFLATED)  # fmt: skip
    return held.getvalue()


def _cell(value: Any, at: str, head: bool) -> str:
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
    if not isinstance(value, str):
        number = _number(value)
        if number is not None:
            # What is no number, or beyond any, has an empty cell or its word: a sheet has neither.
            if math.isnan(number):
                return ""
            if math.isfinite(number):
                return f'<c r="{at}"><v>{number!r}</v></c>'
        elif value is None:
            return ""
    text = _written(str(value))[:_LONGEST_TEXT]
    style = _HEAD if head else _MARKED if neutral(text) != text else 0
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _number(value: Any) -> float | int | None:
    """Return a number of Python or NumPy as Python's; None for what is none."""
    own = value.item() if hasattr(value, "item") else value
    return own if isinstance(own, int | float) and not isinstance(own, bool) else None


def _written(text: str) -> str:
    """Return a text as XML can hold it; what it cannot hold is written as an escape."""
    return _UNWRITABLE.sub(lambda one: one[0].encode("unicode_escape").decode("ascii"), text)


def _letters(place: int) -> str:
    """Return what a column is called: A to Z, AA and so on."""
    text = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        text = chr(ord("A") + left) + text
    return text


def _width(column: tuple[Any, ...]) -> int:
    """Return how wide a column is in letters: what it is called, or its longest text."""
    # A Chinese character is as wide as two letters.
    texts = [text for value in column if isinstance(value, str) for text in [value]]
    longest = max((len(text) + sum(ord(one) > 0x2E7F for one in text) for text in texts), default=0)
    return min(_WIDEST, max(11, longest + 2))
