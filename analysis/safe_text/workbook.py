"""A table as an Excel workbook: one sheet of numbers and texts, in which no text is a formula.

Every text is written as a text, whatever it begins with; one that begins as a formula does is also marked the
way Excel marks a text typed behind an apostrophe, so that it stays a text when the cell is edited. Numbers
have sixteen digits, one more than Excel shows.
"""

import io
import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from analysis.safe_text.spreadsheet import neutral

if TYPE_CHECKING:
    import pandas as pd

#: What XML cannot hold at all.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Letters that a cell may hold.
_LONGEST_TEXT = 32_767
#: Letters that a column is wide, at least and at most.
_WIDTHS = 11, 60
#: A day of its own: with the present one the same table would have other bytes each time.
_MADE = datetime(1980, 1, 1, tzinfo=UTC)


def to_xlsx(frame: "pd.DataFrame") -> bytes:
    """Return a table as a workbook, without its index; the same table has the same bytes."""
    # Loaded by who saves a workbook, and by nobody else.
    from xlsxwriter import Workbook

    held = io.BytesIO()
    book = Workbook(held, {"in_memory": True})
    book.set_properties({"created": _MADE})
    bold, typed = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    sheet = book.add_worksheet("cogov")
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(frame.columns):
        column = frame.iloc[:, place].tolist()
        sheet.set_column(place, place, _width([name, *column]))
        sheet.write_string(0, place, _written(name), bold)
        for row, value in enumerate(column, start=1):
            if isinstance(value, bool):
                sheet.write_boolean(row, place, value)
            elif isinstance(value, int | float) and math.isfinite(value):
                sheet.write_number(row, place, value)
            # What is no number has an empty cell; beyond any number stands a word: a sheet has neither.
            elif value is not None and value == value:
                text = str(value)
                sheet.write_string(row, place, _written(text), typed if neutral(text) != text else None)
    book.close()
    return held.getvalue()


def _written(text: Any) -> str:
    """Return a text as XML can hold it; what it cannot hold is written as an escape."""
    escaped = _UNWRITABLE.sub(lambda one: one[0].encode("unicode_escape").decode("ascii"), str(text))
    return escaped[:_LONGEST_TEXT]


def _width(column: list[Any]) -> int:
    """Return how wide a column is: what it is called, or its longest text; a Chinese character is two."""
    texts = [value for value in column if isinstance(value, str)]
    longest = max((len(text) + sum(ord(one) > 0x2E7F for one in text) for text in texts), default=0)
    return min(_WIDTHS[1], max(_WIDTHS[0], longest + 2))
