"""Tables for spreadsheets: a text that a spreadsheet would run as a formula is marked as text.

Programs for tables take a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, which may start
programs or fetch addresses. Such texts get an apostrophe in front, as one types it there; `original` takes it
off again. Numbers stay numbers.
"""

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

#: First characters, also the wide ones of Chinese keyboards; a tab or line end before them is skipped.
_FORMULA = re.compile(r"'*[\s\x00-\x1f\ufeff]*[=+\-@＝＋－＠\t\r\n]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?%?|[+-](inf|nan)", re.IGNORECASE)


def to_csv(frame: "pd.DataFrame", **how: Any) -> str:
    """Return a table as CSV, without its index; `how` as `DataFrame.to_csv` takes it."""
    import pandas as pd

    safe = frame.copy(deep=False)
    for place, kind in enumerate(frame.dtypes):
        if pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_datetime64_any_dtype(kind):
            continue
        column = frame.iloc[:, place]
        safe.isetitem(place, column.astype(object).map(neutral, na_action="ignore").to_numpy())
    safe.columns = [neutral(name) for name in frame.columns]
    text = str(safe.to_csv(index=False, lineterminator="\n", **how))
    if "\r" in text:
        # A bare carriage return ends a row for many readers, and is not put into quotation marks by itself.
        text = str(safe.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC, **how))
    return text


def read_csv(text: str, **how: Any) -> "pd.DataFrame":
    """Return a table that `to_csv` wrote, its texts as they were; `how` as `pandas.read_csv` takes it."""
    import pandas as pd

    frame = pd.read_csv(StringIO(text), **how)
    for place, kind in enumerate(frame.dtypes):
        if not (pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_bool_dtype(kind)):
            frame.isetitem(place, frame.iloc[:, place].map(original, na_action="ignore"))
    frame.columns = [original(name) for name in frame.columns]
    return frame


def neutral(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; what is not text stays as it is."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value.strip()):
        return value
    # A null byte ends a text for some readers, and a lone half of a pair cannot be written at all.
    value = value.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")
    return f"'{value}" if _FORMULA.match(value) else value


def original(value: Any) -> Any:
    """Return the text that `neutral` marked."""
    marked = isinstance(value, str) and value.startswith("'") and _FORMULA.match(value)
    return value[1:] if marked else value
