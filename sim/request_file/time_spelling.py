"""Times as people and programs write them, brought to one spelling.

Whatever has one meaning only is rewritten here: full-width digits, 年月日 and 时分秒, 上午 and 下午, a.m. and
p.m., names of months, a `T` between date and time, hyphens and slashes. What can mean two things (which of
two numbers is the month) is not touched: `sim.request_file.times` decides it, or asks. A text in one
spelling has slashes in its date where the file has slashes or hyphens, and at the end ` AM` or ` PM` if the
hours are those of half a day.
"""

import re
import unicodedata

#: Words for the two halves of the day. A night's 12 o'clock may be this midnight or the next: not read.
_BEFORE_NOON = ("凌晨", "清晨", "早晨", "早上", "上午", "오전", "午前")
_AFTER_NOON = ("下午", "傍晚", "午後", "午后", "오후")
_NOON, _EVENING = ("中午",), ("晚上", "晚间")
_HALF = "|".join((*_BEFORE_NOON, *_AFTER_NOON, *_NOON, *_EVENING))
_CLOCK = r"(\d{1,2})((?:[:.]\d{2}){0,2}(?:\.\d+)?)"
_HALF_FIRST = re.compile(rf"[ ]*({_HALF})[ ]*{_CLOCK}")
_HALF_LAST = re.compile(rf"(?<![\d:.]){_CLOCK}[ ]?([AaPp])\.?[ ]?[Mm]\b\.?")
_EASTERN_DATE = re.compile(r"(\d)[ ]*[年년][ ]*(\d{1,2})[ ]*[月월][ ]*(\d{1,2})[ ]*[日号號일]?[ ]*")
_EASTERN_CLOCK = re.compile(
    r"(\d{1,2})[ ]*[时時点點시][ ]*(?:(半)|(\d{1,2})[ ]*[分분]?(?:[ ]*(\d{1,2})[ ]*[秒초])?)?"
)
_EASTERN_WEEKDAY = re.compile(r"[ ]*\(?(?:星期|礼拜|禮拜|周|週)[一二三四五六日天]\)?[ ]*")
_DOTTED_YEAR_FIRST = re.compile(r"^(\d{4})\.[ ]?(\d{1,2})\.[ ]?(\d{1,2})\.?(?=$|[ T])", re.MULTILINE)
_COMMA_FRACTION = re.compile(r"(:\d{2}),(\d)")
_WORD = re.compile(r"[^\W\d_]{3,}\.?", re.UNICODE)
#: First letters of the months in English, German, French and Spanish, without their accents.
_MONTHS = {
    "Jan": "jan ene", "Feb": "feb fev", "Mar": "mar mrz", "Apr": "apr avr abr", "May": "may mai",
    "Jun": "jun juin", "Jul": "jul juil", "Aug": "aug aou ago", "Sep": "sep set", "Oct": "oct okt",
    "Nov": "nov", "Dec": "dec dez dic",
}  # fmt: skip
_MONTH_OF = {start: month for month, starts in _MONTHS.items() for start in starts.split()}
_WEEKDAYS = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?\b[.,]?[ ]?", re.IGNORECASE
)
#: What a file of plain times consists of.
_PLAIN = b"0123456789 :/-.\n"
_ZONE_SUSPECTED = re.compile(
    r"\d[ ]?[Zz](?=$|\[)|[A-Z]{3,5}|:\d\d(?:[.,]\d+)?[ ]?[+-]\d|[ T]\d{4}(?:\d\d)?[+-]\d"
    r"|[+-]\d\d:\d\d$|[\])]$|[A-Z][a-z]+/",
    re.MULTILINE,
)
_OFFSET_BEHIND = re.compile(r":\d\d(?:\.\d+)?[ ]?-")
_ZONED = re.compile(
    r"(?P<time>.*?(?:[:.]\d\d|[T ]\d{4}(?:\d\d)?)(?:[.,]\d+)?(?:[ ]?[AaPp]\.?[ ]?[Mm]\b\.?)?"
    r"|\d{4}-\d\d-\d\d)[ ]?"
    r"(?P<zone>(?:[A-Z]{1,5}|z|[A-Z][A-Za-z]+/[A-Za-z_/]+)?[ ]?(?:[+-]\d{1,2}(?::?\d{2})?)?)"
    r"[ ]?(?:\[[^\]]*\]|\([^)]*\))?"
)


def joined(cells: list[str]) -> str:
    """Return the cells as lines, without white space at their ends."""
    text = "\n".join(map(str.strip, cells))
    if text.count("\n") != max(0, len(cells) - 1):  # a line end inside a cell
        text = "\n".join([" ".join(cell.split()) for cell in cells])
    return text


def split_zones(cells: list[str]) -> tuple[list[str], list[str] | None]:
    """Return the cells without their zone of time, and the zones; None where no cell names one."""
    text = joined(cells)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if not _may_name_zones(text):
        # The cells themselves where nothing had to be done: a million copies are 70 MB.
        same = len(text) == sum(map(len, cells)) + len(cells) - 1
        return cells if same or not cells else text.split("\n"), None
    bodies: list[str] = []
    zones: list[str] = []
    for line in text.split("\n"):
        found = _ZONED.fullmatch(line)
        zone = found["zone"].strip() if found else ""
        # "AM" is half a day and not a zone; the time keeps it.
        bodies.append(found["time"] if found and zone and zone not in ("AM", "PM") else line)
        zones.append("" if zone in ("AM", "PM") else zone)
    return bodies, zones if any(zones) else None


def _may_name_zones(text: str) -> bool:
    """Say whether a zone is worth looking for: a quick look for the many files that name none."""
    if text.encode().translate(None, _PLAIN):
        return _ZONE_SUSPECTED.search(text) is not None
    return (_OFFSET_BEHIND if ":" in text else _ZONE_SUSPECTED).search(text) is not None


def one_spelling(cells: list[str]) -> list[str]:
    """Return the times in one spelling; what is no time comes back more or less as it was."""
    text = joined(cells)
    rest = text.encode().translate(None, _PLAIN)
    if rest:
        text = _rewritten(text)
    if "." in text:
        text = _DOTTED_YEAR_FIRST.sub(r"\1/\2/\3", text)
    if "  " in text:
        text = re.sub("[ ]{2,}", " ", text)
    return text.replace("-", "/").split("\n") if cells else []


def _rewritten(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = _EASTERN_WEEKDAY.sub(" ", text)
        text = _EASTERN_DATE.sub(r"\1/\2/\3 ", text)
        text = _EASTERN_CLOCK.sub(_western_clock, text)
        text = _HALF_FIRST.sub(_half_day, text)
    if "," in text:
        text = _COMMA_FRACTION.sub(r"\1.\2", text).replace(",", " ")
    if re.search(r"[AaPp]\.?[ ]?[Mm]", text):
        text = _HALF_LAST.sub(_half_of_letters, text)
    if "T" in text:
        text = re.sub(r"(?<=\d)T(?=\d)", " ", text)
    if re.search(r"[^\W\d_]{3}", text):
        text = _WEEKDAYS.sub("", text)
        text = _WORD.sub(_month, text)
    return "\n".join([line.strip() for line in text.split("\n")])


def spelling_of_format(form: str) -> str:
    """Return a stated format as it reads on texts in one spelling."""
    form = unicodedata.normalize("NFKC", without_zone(form))
    form = re.sub(r"%[aA][.,]?[ ]?", "", form).replace("%B", "%b").replace("%e", "%d")
    form = re.sub(r"[ ]*[年月][ ]*(?=%)", "/", form)
    form = re.sub(r"[日号號][ ]*", " ", form)
    form = re.sub(r"[ ]*[时時点點][ ]*(?=%M)|[ ]*分[ ]*(?=%S)", ":", form)
    form = re.sub(r"[时時点點]", ":%M", form) if re.search(r"%[HI][ ]*[时時点點]", form) else form
    form = re.sub(r"[分秒]", "", form)
    form = re.sub(r"(?<=[dmYy])T(?=%)", " ", form).replace(",%f", ".%f").replace(",", " ")
    if form.startswith("%Y"):
        form = re.sub(r"^%Y\.[ ]?%m\.[ ]?%d\.?", "%Y/%m/%d", form)
    if "%p" in form:
        form = re.sub(r"[ ]?%p", "", form).replace("%H", "%I")
        form = re.sub(r"(?<=[dmYy])(?=%I)", " ", form)
        form = form.replace("%I.%M", "%I:%M").replace("%M.%S", "%M:%S")
        form = re.sub(r"(%I(?::?%M)?(?::?%S)?(?:\.%f)?)", r"\1 %p", form)
    return re.sub("[ ]{2,}", " ", form.replace("-", "/")).strip()


def without_zone(form: str) -> str:
    """Return a format without what it says of a zone of time."""
    return re.sub(r"[ ]?(?:%z|%Z|(?<=%[SfM])(?:Z|[ ]?UTC|[ ]?GMT)(?=$))", "", form).strip()


def shape(cell: str) -> str:
    """Return what a cell looks like without saying what it holds: digits as 0, letters as a."""
    text = " ".join(cell.split())[:40]
    return "".join("0" if c.isdigit() else "a" if c.isalpha() else c for c in text)


def _western_clock(found: re.Match[str]) -> str:
    hour, half, minute, second = found.groups()
    minute = "30" if half else (minute or "0").zfill(2)
    return f"{hour}:{minute}" + (f":{second.zfill(2)}" if second else "")


def _half_day(found: re.Match[str]) -> str:
    word, hour, rest = found.groups()
    number = int(hour)
    if word in _BEFORE_NOON:
        half = "A"
    elif word in _AFTER_NOON:
        half = "P"
    elif word in _NOON:
        half = "A" if number in (10, 11) else "P" if number in (12, 1, 2) else ""
    else:
        half = "P" if number not in (0, 12) else ""
    return _clock(number, rest, half) or found[0]


def _half_of_letters(found: re.Match[str]) -> str:
    hour, rest, half = found.groups()
    return _clock(int(hour), rest, half.upper()).strip() or found[0]


def _clock(hour: int, rest: str, half: str) -> str:
    """Return the time by the clock of half a day, empty where the hour contradicts the half."""
    if not half or hour > 23 or (half == "A" and hour > 12):
        return ""
    rest = rest.replace(".", ":", 2) if rest.startswith(".") else rest
    rest = rest if ":" in rest else ":00"
    hour = 12 if hour in (0, 12) else hour % 12
    return f" {hour}{rest} {half}M"


def _month(found: re.Match[str]) -> str:
    word = unicodedata.normalize("NFKD", found[0].rstrip(".").lower())
    plain = "".join(c for c in word if not unicodedata.combining(c))
    for length in (4, 3):
        if plain[:length] in _MONTH_OF:
            return _MONTH_OF[plain[:length]]
    return found[0]
