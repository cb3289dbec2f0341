"""What the cells of a column are, apart from its heading: times, numbers, labels, or about a person.

Looked at are rows spread over the whole file. A profile holds shares and counts, no cell.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from analysis.request_files.headings import names_a_time
from analysis.request_files.personal import by_content, by_heading
from sim.request_file.mapping import EMPTY_WORDS
from sim.request_file.time_formats import UNAMBIGUOUS, WORDS, Column, fitted, propose
from sim.request_file.time_spelling import split_zones

#: Rows that are looked at, spread over the file; at most twice as many are held.
ROWS = 3000
_CELLS = 600
_CLOCK = re.compile(
    r"(?:上午|下午|凌晨|晚上|"
    r"中午)? ?\d{1,2}(?:[:：.时点h]\d{2})(?:[:：.分]\d{2}(?:\.\d+)?)?秒?分?(?: ?[AaPp]\.?[Mm]\.?)?(?: Uhr)?"
)
_DAY_LIKE = re.compile(
    r"\d[-/.年]\s?\d|\d[-/ ]?[A-Za-z]{3,}[-/ ]?\d|[A-Za-z]{3,9} \d{1,2},? \d{4}"
    r"|^\d{12}$|^\d{14}$|^\d{8}(?:$|[ T]\d)"
)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_EMPTY = frozenset(EMPTY_WORDS)

#: Words that labels of a role consist of, in the languages of headings.
_LABELS = {
    "channel": (
        r"phone|call|\bweb|online|\bapp\b|mobile|e-?mail|walk|letter|portal|twitter|facebook|"
        r"wechat|social|in person|"
        r"kiosk|chat|counter|\bsms\b|\btext\b|internet|self.?service|电话|来电|热线|微信|小程序|"
        r"网站|网络|来访|来信|邮件|短信|"
        r"微博|网格|上报|12345|随手拍|客户端|大厅|巡查|转办|telefon|anruf|brief|persönlich|"
        r"bürgerbüro|schriftlich|post\b|"
        r"t[ée]l[ée]phone|courriel|\bcourrier|guichet|tel[ée]fono|llamada|correo|presencial|telefone|e-?post|"
        r"telefoon|balie|sportello|sito|電話|網路|網站|來訪|來信|郵件|臨櫃|"
        r"formular|puhelin|sähköposti|verkko|lomake|sovellus|mobiili|käynti|kirje|asiakaspalvelu"
    ),
    "status": (
        r"open|closed|pending|in progress|resolved|completed?|assigned|\bnew\b|invalid|duplicate|"
        r"cancel|in process|"
        r"办结|办理|待|已完成|结案|处理|关闭|归档|受理|派单|offen|geschlossen|erledigt|"
        r"in bearbeitung|\bneu\b|abgeschlossen|"
        r"termin[ée]|ferm[ée]|ouvert|en cours|trait[ée]|cerrad[oa]|abiert[oa]|resuelt[oa]|en proceso|"
        r"pendiente|fechad[oa]|abert[oa]|conclu[ií]d|chius[oa]|apert[oa]|risolt|afgehandeld|gesloten|"
        r"behandeling|avslut|afslut|lukket|結案|處理|辦理|已結|受理中|"
        r"avoin|suljettu|käsittely|valmis|uusi|ratkaistu|kesken|hylätty|vastattu"
    ),
    "unit": (
        r"局|委员会|公司|大队|支队|中心$|街道办|办事处|管委会|department|\bdept|bureau|agency|"
        r"division|office|authority|works\b|"
        r"police|\bdpw\b|public|[a-zäöü]amt\b|\bamt\b|behörde|betriebe?\b|werke|gmbh|dezernat|"
        r"direction|secretar[ií]a|servicio|afdeling|dienst|forvaltning|ufficio|settore|處$|課$|科$|"
        r"virasto|laitos|yksikkö|osasto|palvelut|toimiala"
    ),
    "place": (
        r"社区|街道$|[镇乡区村县]$|district|ward\b|heights|\bpark\b|hill\b|village|\b(north|south|"
        r"east|west)\b|[a-z]{3}ton\b|ville\b|"
        r"bezirk|stadt|dorf\b|heim\b|feld\b|berg\b|hagen\b|burg\b|kreis|\b(nord|süd|ost|west)\b|"
        r"(lahti|mäki|niemi|saari|ranta|kylä|linna|järvi|koski|harju|nkallio)$"
    ),
}  # fmt: skip
_LABEL = {role: re.compile(words, re.IGNORECASE) for role, words in _LABELS.items()}


@dataclass(frozen=True)
class TimeLook:
    """How a column's times are written."""

    times: np.ndarray
    """Of the rows looked at, as written; NaT where there is none."""
    formats: tuple[tuple[str, ...], ...]
    """Lists of formats that fit, more than one where cells do not decide, none where none need be stated."""
    zones: frozenset[str]
    """The zones that cells name."""
    days_only: bool
    """Whether no cell has a time of day."""


@dataclass(frozen=True, eq=False)
class ColumnProfile:
    """What a column holds, by the rows looked at."""

    position: int
    heading: str
    rows: int
    blank: float
    """Share of rows without anything."""
    distinct: int
    distinct_share: float
    """Different cells over cells that are not blank."""
    length: float
    numbers: float
    """Share of cells that are numbers."""
    lowest: float
    highest: float
    digits_after: float
    """Share of cells with a fraction."""
    clock: bool
    """Whether the cells are times of day without a date."""
    times: TimeLook | None
    personal_heading: str
    personal_content: str
    labels: dict[str, float] = field(default_factory=dict)
    """Share of cells that consist of words usual for a role."""
    codes: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    """Number of each row's cell among the different ones, -1 for blank."""

    @cached_property
    def is_label(self) -> bool:
        """Whether it may be a column of labels."""
        return (
            self.times is None
            and not self.clock
            and 1 <= self.distinct <= 1500
            and (self.distinct_share < 0.5 or self.distinct <= 12)
            and self.length <= 60
        )

    @property
    def personal(self) -> str:
        """The kind of personal data, or nothing.

        A heading may mislead (a channel under "contact", a state under "result"): a few labels over many rows
        that consist of the words of channels, states or units are no persons.
        """
        if self.personal_content:
            return self.personal_content
        if not self.personal_heading or self.distinct == 0:
            return self.personal_heading
        if self.times is not None or self.clock:
            return "person" if self.personal_heading == "person" else ""
        # The same few short lines again and again are a list to choose from, not what somebody wrote.
        if self.personal_heading == "free text" and self.is_label and self.distinct_share < 0.1:
            return ""
        usual = max(self.labels.get(role, 0.0) for role in ("channel", "status", "unit"))
        few = self.distinct <= 25 and self.distinct_share < 0.2 and usual > 0.5
        return (
            "" if few and self.personal_heading in ("name", "free text", "address") else self.personal_heading
        )


def spread_rows(records: Iterable[Sequence[str]], rows: int = ROWS) -> tuple[list[Sequence[str]], int]:
    """Return rows spread evenly over a file whose length nobody knows, and how many it has."""
    kept: list[Sequence[str]] = []
    step, number = 1, -1
    for number, record in enumerate(records):
        if number % step == 0:
            kept.append(record)
            if len(kept) >= 2 * rows:
                kept = kept[::2]
                step *= 2
    return kept, number + 1


def profiles(header: Sequence[str], records: Sequence[Sequence[str]]) -> list[ColumnProfile]:
    """Return the profile of every column."""
    return [
        profile(position, heading, [record[position] for record in records])
        for position, heading in enumerate(header)
    ]


def profile(position: int, heading: str, cells: Sequence[str]) -> ColumnProfile:
    """Return what a column holds."""
    tidy = ["" if cell.strip().lower() in _EMPTY else " ".join(cell.split()) for cell in cells]
    filled = [cell for cell in tidy if cell]
    counts = Counter(filled)
    number = {cell: code for code, cell in enumerate(counts)}
    codes = np.array([number.get(cell, -1) for cell in tidy], np.int64)
    step = max(1, len(filled) // _CELLS)
    few = filled[::step]
    numeric = [float(cell.replace(",", ".")) for cell in few if len(cell) < 30 and _NUMBER.fullmatch(cell)]
    times = time_look(heading, tidy, few)
    clock = times is None and bool(few) and sum(map(_is_clock, few)) >= 0.9 * len(few)
    person = "" if times is not None or clock else by_content(_no_plain_numbers(heading, few))
    return ColumnProfile(
        position=position,
        heading=heading,
        rows=len(tidy),
        blank=1.0 - len(filled) / max(1, len(tidy)),
        distinct=len(counts),
        distinct_share=len(counts) / max(1, len(filled)),
        length=sum(map(len, few)) / max(1, len(few)),
        numbers=len(numeric) / max(1, len(few)),
        lowest=min(numeric, default=np.nan),
        highest=max(numeric, default=np.nan),
        digits_after=sum("." in cell or "," in cell for cell in few) / max(1, len(few)),
        clock=clock,
        times=times,
        personal_heading=by_heading(heading),
        personal_content=person,
        labels={
            role: sum(pattern.search(cell) is not None for cell in few) / max(1, len(few))
            for role, pattern in _LABEL.items()
        },
        codes=codes,
    )


def _is_clock(cell: str) -> bool:
    return _CLOCK.fullmatch(cell) is not None


def _no_plain_numbers(heading: str, cells: list[str]) -> list[str]:
    """Leave out numbers of an id, of which eleven digits in a row are no telephone."""
    if by_heading(heading) or not any(cell.isdecimal() for cell in cells):
        return cells
    # Numbers of 11 digits with the beginnings of many mobile networks are what they look like; so are 18.
    lengths, begins = {len(cell) for cell in cells}, {cell[:3] for cell in cells}
    if lengths == {18} or (len(lengths) == 1 and len(begins) >= min(8, len(cells))):
        return cells
    return [cell for cell in cells if not cell.isdecimal()]


def time_look(heading: str, cells: Sequence[str], few: Sequence[str] = ()) -> TimeLook | None:
    """Return how times are written, or None if a column holds none; `few` are some of its filled cells."""
    cells = [cell.strip() for cell in cells]
    few = few or [cell for cell in cells if cell][:_CELLS]
    if not few:
        return None
    looks = sum(_DAY_LIKE.search(cell) is not None for cell in few)
    numbers = all(_NUMBER.fullmatch(cell) for cell in few[:50])
    if looks < 0.8 * len(few) and not (numbers and names_a_time(heading)):
        return None
    if numbers and not names_a_time(heading) and not _all_days(few):
        return None
    bodies, zones = split_zones(cells)
    column = Column(bodies)
    rows = column.sample()
    formats: list[list[str]] = []
    if fitted(column, list(UNAMBIGUOUS), rows) < 0.9 * len(rows):
        formats = _compact(column, rows) or propose(column)
        if not formats:
            return None
    times = np.full(len(cells), np.datetime64("NaT", "us"))
    left = rows
    for form in formats[0] if formats else UNAMBIGUOUS:
        if len(left):
            times[left] = column.read(form, left)
            left = left[np.isnat(times[left])]
    there = times[~np.isnat(times)]
    epoch_or_sheet = bool(formats) and formats[0][0] in WORDS
    if len(there) < 0.8 * len(rows) or (epoch_or_sheet and not names_a_time(heading)):
        return None
    years = there.astype("datetime64[Y]").astype(int) + 1970
    if np.mean((years >= 1970) & (years <= 2100)) < 0.8:
        return None
    return TimeLook(
        times,
        tuple(map(tuple, formats)),
        frozenset(zones or ()) - {""},
        bool(np.all(there == there.astype("datetime64[D]"))),
    )


def _all_days(cells: Sequence[str]) -> bool:
    """Say whether numbers of 8, 12 or 14 digits are days: of numbers at random one in thirty is one."""
    valid = re.compile(
        r"(?:19[89]|20[0-4])\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|"
        r"3[01])(?:[01]\d[0-5]\d(?:[0-5]\d)?|2[0-3][0-5]\d(?:[0-5]\d)?)?"
    )
    return len(cells) >= 5 and sum(valid.fullmatch(cell) is not None for cell in cells) >= 0.98 * len(cells)


def _compact(column: Column, rows: np.ndarray) -> list[list[str]]:
    """Return the format of days written as eight digits: the year stands first where that fits."""
    if len(rows) and all(str(cell).isdecimal() and len(str(cell)) == 8 for cell in column.exact[rows[:50]]):
        return [["%Y%m%d"]] if fitted(column, ["%Y%m%d"], rows) >= 0.95 * len(rows) else []
    return []
