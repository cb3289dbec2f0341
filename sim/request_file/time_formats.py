"""Formats of time: which are read without being stated, which may be stated, and which one fits a file.

A format is stated in the notation of `strftime` or with one of the `WORDS`, for times that are numbers. Two
formats that read the same text as different days (the order of day and month, or where a short year stands)
are rivals. They are decided once for a column, by the rows that only one of them fits, and never row by row.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from sim.request_file.time_spelling import one_spelling, spelling_of_format, without_zone

#: Read where the mapping states no format, on texts in one spelling: none can be read in two ways.
UNAMBIGUOUS = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S.%f",
    "%Y/%m/%d %I:%M:%S %p",
    "%Y/%m/%d %I:%M %p",
    "%Y/%m/%d",
)
#: Words for times that are numbers: the number that is 1970-01-01 00:00, and how many make a day.
WORDS: dict[str, tuple[float, float]] = {
    "excel": (25569.0, 1.0),
    "excel 1904": (24107.0, 1.0),
    "epoch seconds": (0.0, 86400.0),
    "epoch milliseconds": (0.0, 86400e3),
}
_DAY_TWO, _FIRST_EPOCH = np.datetime64("1970-01-02", "us"), np.datetime64("1980-01-01", "us")
#: One row in twenty may be a slip; more are evidence.
SLIPS = 0.05
_SAMPLE = 2000


def is_epoch(form: str) -> bool:
    """Say whether a format counts from a moment of world time."""
    return form.startswith("epoch")


@dataclass
class Column:
    """The times of one column, without their zones."""

    cells: list[str]

    @cached_property
    def exact(self) -> np.ndarray:
        """The cells as they stand."""
        return np.array(self.cells, object)

    @cached_property
    def plain(self) -> np.ndarray:
        """The cells in one spelling."""
        return np.array(one_spelling(self.cells), object)

    @cached_property
    def there(self) -> np.ndarray:
        """Which cells hold anything."""
        return np.fromiter(map(bool, self.cells), bool, len(self.cells))

    def read(self, form: str, rows: np.ndarray) -> np.ndarray:
        """Return the times of some rows under one format, NaT where it does not fit."""
        times = self.read_exact(form, rows)
        left = np.flatnonzero(np.isnat(times))
        if len(left):
            times[left] = self.read_plain(form, rows[left])
        return times

    def read_exact(self, form: str, rows: np.ndarray) -> np.ndarray:
        """Return the times as they stand under one format."""
        if form in WORDS:
            times = _numbers(self.exact[rows], *WORDS[form])
            if is_epoch(form):  # seconds taken for milliseconds would be days of January 1970
                times[(times >= _DAY_TWO) & (times < _FIRST_EPOCH)] = np.datetime64("NaT", "us")
            return times
        return _strptime(self.exact[rows], without_zone(form))

    def read_plain(self, form: str, rows: np.ndarray) -> np.ndarray:
        """Return the times in one spelling under one format."""
        if form in WORDS:
            return np.full(len(rows), np.datetime64("NaT", "us"))
        return _strptime(self.plain[rows], spelling_of_format(form))

    def forget(self) -> None:
        """Give back what can be made anew: it is as large as the column itself."""
        for name in ("exact", "plain"):
            self.__dict__.pop(name, None)

    def sample(self, among: np.ndarray | None = None) -> np.ndarray:
        """Return some rows that hold anything, spread over the file."""
        rows = np.flatnonzero(self.there if among is None else among & self.there)
        return rows[np.unique(np.linspace(0, len(rows) - 1, _SAMPLE).astype(np.int64))] if len(rows) else rows


def _strptime(values: np.ndarray, form: str) -> np.ndarray:
    import pandas as pd  # here, so that a run without a stream does not load it

    # With slashes pandas also takes one-digit months and days, as spreadsheets write them; where the year
    # comes first with hyphens it insists on ISO 8601.
    if form.startswith("%Y-%m-%d") and len(values):
        values = np.array([value.replace("-", "/") for value in values], object)
        form = form.replace("-", "/")
    parsed = pd.to_datetime(values, format=form, errors="coerce")
    return np.asarray(parsed, "datetime64[us]")


def _numbers(values: np.ndarray, zero: float, a_day: float) -> np.ndarray:
    """Read times that are numbers; of date and time in two columns the two are added."""
    import pandas as pd

    parts = [value.replace(",", ".").split() for value in values]
    numbers = np.zeros(len(values))
    for place in (0, 1):
        text = [part[place] if len(part) > place else ("0" if place else "") for part in parts]
        numbers += np.asarray(pd.to_numeric(pd.Series(text, dtype=object), errors="coerce"), float)
    microseconds = np.round((numbers - zero) / a_day * 86400e3) * 1e3
    good = np.isfinite(microseconds) & (np.abs(microseconds) < 9e16)
    times = np.full(len(values), np.datetime64("NaT", "us"))
    times[good] = microseconds[good].astype(np.int64).astype("datetime64[us]")
    return times


# --- rivals ---------------------------------------------------------------------------------------


@dataclass
class Choice:
    """The formats that a column is read with, after its rivals are decided."""

    formats: list[str]
    dropped: list[tuple[str, str, int, int]]
    """Format kept, rival dropped, rows that both fit differently, rows of the rival alone."""
    open: tuple[str, str, int, int] | None = None
    """Two rivals that the column cannot decide, the rows that both fit differently, those of the second."""
    contradicted: frozenset[str] = frozenset()
    """Formats that a rival beats in this column: evidence for a column that cannot decide."""


def _skeleton(form: str) -> str:
    return re.sub("%[dmy]", "#", spelling_of_format(form)) if form not in WORDS else form


def choose(column: Column, formats: list[str]) -> Choice:
    """Decide between formats that read the same text as different times."""
    kept: list[str] = list(formats)
    dropped: list[tuple[str, str, int, int]] = []
    contradicted: set[str] = set()
    rows = np.flatnonzero(column.there)
    for first, second in combinations(formats, 2):
        if first not in kept or second not in kept or _skeleton(first) != _skeleton(second):
            continue
        a, b = column.read(first, rows), column.read(second, rows)
        fits_a, fits_b = ~np.isnat(a), ~np.isnat(b)
        differ = int(np.count_nonzero(fits_a & fits_b & (a != b)))
        only_a, only_b = int(np.count_nonzero(fits_a & ~fits_b)), int(np.count_nonzero(fits_b & ~fits_a))
        decided = only_a != only_b and min(only_a, only_b) <= SLIPS * max(only_a, only_b)
        winner, loser = (first, second) if only_a > only_b else (second, first)
        if decided:
            contradicted.add(loser)
        if not differ:
            continue
        if not decided:
            return Choice(
                kept, dropped, (first, second, differ, min(only_a, only_b)), frozenset(contradicted)
            )
        kept.remove(loser)
        dropped.append((winner, loser, differ, min(only_a, only_b)))
    return Choice(kept, dropped, contradicted=frozenset(contradicted))


def swapped(formats: list[str]) -> list[list[str]]:
    """Return the formats with day and month exchanged where both are numbers: in one of them, or in all."""
    others = [
        form
        if form in WORDS or "%d" not in form or "%m" not in form
        else form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
        for form in formats
    ]
    single = [
        [*formats[:n], other, *formats[n + 1 :]] for n, other in enumerate(others) if other != formats[n]
    ]
    return [*single, others] if len(single) > 1 else single


# --- proposals ------------------------------------------------------------------------------------

_DATE = re.compile(r"(\d{1,4})([/.])(\d{1,2})\2(\d{1,4})(\.?)")
_NAMED = re.compile(r"(?P<day>\d{1,2})(?P<one>\.?[ /]?)[A-Z][a-z]{2}(?P<two>[ /]?)(?P<year>\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"[A-Z][a-z]{2} \d{1,2} \d{4}")
_TIME = re.compile(
    r"(?P<joint>[^\d]*)\d{1,2}(?P<sep>[:.h])\d{2}(?P<second>(?P=sep)\d{2}(\.\d+)?)?( [AP]M)?(.*)"
)
_COMPACT_DATE = re.compile(r"\d{8}(?=$|[ T])")
_COMPACT_TIME = re.compile(r"([^\d]+)\d{4}(\d\d)?")
_COMPACT = {12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}


def propose(column: Column, among: np.ndarray | None = None) -> list[list[str]]:
    """Return lists of formats that fit the sampled rows but for slips: one for each order that fits best."""
    rows = column.sample(among)
    orders: dict[str, list[str]] = {}
    seen: set[str] = set()
    for row in rows.tolist():
        text = str(column.plain[row])
        look = re.sub(r"\d", "0", text)
        if look in seen:
            continue
        seen.add(look)
        for order, form in _derived(text).items():
            if "-" in column.exact[row] and "/" not in column.exact[row] and form not in WORDS:
                form = form.replace("/", "-")
            if form not in orders.setdefault(order, []):
                orders[order].append(form)
        if len(seen) > 200:  # no column of times
            return []
    fits = [(fitted(column, forms, rows), forms) for forms in orders.values() if len(forms) <= 6]
    most = max((count for count, _ in fits), default=0)
    return [forms for count, forms in fits if count == most >= (1 - SLIPS) * len(rows)]


def fitted(column: Column, forms: list[str], rows: np.ndarray) -> int:
    """Return how many of some rows one of the formats fits."""
    left = rows
    for form in forms:
        if not len(left):
            break
        left = left[np.isnat(column.read(form, left))]
    return len(rows) - len(left)


def _derived(text: str) -> dict[str, str]:
    """Return the formats that a text may have, by the order of its date."""
    if numeric := _number_format(text):
        return {"number": numeric}
    dates, rest = _dates(text)
    if not dates:
        return {}
    time = _time(rest)
    return {} if time is None else {order: date + time for order, date in dates.items()}


def _number_format(text: str) -> str:
    if re.fullmatch(r"[2-7]\d{4}([.,]\d+)?( 0?[.,]\d+)?", text):
        return "excel"
    if text.isdecimal() and len(text) in _COMPACT and text[:2] in ("19", "20"):
        return _COMPACT[len(text)]
    if re.fullmatch(r"[12]\d{9}([.,]\d+)?", text):
        return "epoch seconds"
    if re.fullmatch(r"[12]\d{12}", text):
        return "epoch milliseconds"
    return ""


def _dates(text: str) -> tuple[dict[str, str], str]:
    if found := _DATE.match(text):
        first, sep, _, last, dot = found.groups()
        if len(first) == 4:
            orders = {"year first": f"%Y{sep}%m{sep}%d{dot}"}
        elif len(first) > 2 or len(last) not in (2, 4):
            return {}, ""
        else:
            year = "%Y" if len(last) == 4 else "%y"
            orders = {
                "day first": f"%d{sep}%m{sep}{year}{dot}",
                "month first": f"%m{sep}%d{sep}{year}{dot}",
            }
            if year == "%y":
                orders["year first"] = f"%y{sep}%m{sep}%d{dot}"
        return orders, text[found.end() :]
    if found := _COMPACT_DATE.match(text):
        orders = {"day first": "%d%m%Y", "month first": "%m%d%Y"}
        if text[:2] in ("19", "20"):
            orders["year first"] = "%Y%m%d"
        return orders, text[found.end() :]
    if found := _NAMED.match(text):
        year = "%Y" if len(found["year"]) == 4 else "%y"
        return {"day first": f"%d{found['one']}%b{found['two']}{year}"}, text[found.end() :]
    if found := _NAMED_FIRST.match(text):
        return {"month first": "%b %d %Y"}, text[found.end() :]
    return {}, ""


def _time(text: str) -> str | None:
    if not text:
        return ""
    if compact := _COMPACT_TIME.fullmatch(text):
        return compact[1].replace("%", "%%") + ("%H%M%S" if compact[2] else "%H%M")
    found = _TIME.fullmatch(text)
    if found is None or len(found["joint"]) > 8 or len(found[6]) > 8 or re.search(r"\d", found[6]):
        return None
    half = found[5]
    sep, second = found["sep"], found["second"]
    form = ("%I" if half else "%H") + sep + "%M"
    if second:
        form += sep + "%S" + (".%f" if "." in second[3:] else "")
    return found["joint"].replace("%", "%%") + form + (" %p" if half else "") + found[6].replace("%", "%%")
