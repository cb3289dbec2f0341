"""What the heading of a column says it holds, in Chinese, English, German, Finnish and others of Europe.

A heading may also be a field's name: `CREATED_DATE`, `requestedDatetime`, `properties.opened`, `createddate`.
Its words are in `heading_words` and `heading_words_europe`; content decides where it leaves doubts
(`column_roles`).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from analysis.request_files.heading_words import HEADING_WORDS
from analysis.request_files.heading_words_europe import EUROPEAN_HEADING_WORDS

ROLES = (
    "opened", "closed", "due", "category", "group", "unit", "team", "channel", "place", "id", "latitude",
    "longitude", "status",
)  # fmt: skip
TIMES = ("opened", "closed", "due")

_LISTS = tuple(
    {role: tuple((score, re.compile(pattern)) for score, pattern in words) for role, words in one.items()}
    for one in (HEADING_WORDS, EUROPEAN_HEADING_WORDS)
)
_DATE_WORD = re.compile(
    r"\b(date|dt|day|on|fecha|data|dato)\b|日期|datum|tag$|am$|pvm|päivä|päiväys", re.IGNORECASE
)
_CLOCK_WORD = re.compile(
    r"\b(time|hour|clock|at|heure|hora|ora|tijd|tid)\b|时间|时刻|时分|uhrzeit|zeit$|um$|klo|aika|kello",
    re.IGNORECASE,
)
#: Words that field names are written of without a gap: `createddate`.
_RUN_TOGETHER = re.compile(
    r"(?:sr|nc|request(?:ed)?|service|case|ticket|created?|creation|updated?|closed?|closing|completed|"
    r"resolved|resolution|opened|open|received|reported|submitted|due|target|expected|date|time|datetime|"
    r"type|category|status|source|origin|channel|method|department|agency|division|owner|address|zip|"
    r"code|number|no|id|name|description|district|neighborhood|council|ward|latitude|longitude|"
    r"responsible|assigned|assign|to|by|user)"
)
_LONGEST_RUN_TOGETHER = len("neighborhood")
#: Characters of headings that are written otherwise in Taiwan, Hong Kong and Macao.
_SIMPLER = str.maketrans(
    "時間結單號編類別項狀態區鄉鎮來訊電話機關辦處預計報訴請開進備註內標題聯絡繫緯經屬權責陳縣門牌樓層棟級業務員",
    "时间结单号编类别项状态区乡镇来讯电话机关办处预计报诉请开进备注内标题联络系纬经属权责陈县门牌楼层栋级业务员",
)
_ANY_TIME = re.compile(
    r"\b(date|time|datetime|dt|opened|closed|created|due|updated)\b|日期|时间|datum|zeit|pvm|aika|"
    r"päivä|期限|时限"
)


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """Return a heading as words in lower case: `CREATED_DATE` and `CreatedDate` are "created date"."""
    text = unicodedata.normalize("NFKC", heading).strip()
    text = re.sub(r"^[\w]+\.(?=[^\W\d])", "", text)  # a field of an inner object
    text = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])|(?<=[A-Z])(?=[A-Z][a-z])", " ", text)
    text = re.sub(r"[(（\[【].*?[)）\]】]", " ", text) if re.match(r"[^(（\[【]", text) else text
    text = re.sub(r"#(?=\s*$)", " number", text)
    text = re.sub(r"[_\-./:：#*]+", " ", text).lower().translate(_SIMPLER)
    return " ".join(_apart(word) for word in text.split())


def without_accents(text: str) -> str:
    """Return a text with its letters only: "numéro" is "numero"."""
    letters = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("æ", "ae"))
    return "".join(one for one in letters if not unicodedata.combining(one))


def _apart(word: str) -> str:
    """Return a word of field names in its words, if it is all made of them."""
    if len(word) < 7 or not word.isascii():
        return word
    left = [(len(word), "")]
    tried = set()
    while left:
        # From the end, so that "createddate" is "created date" and not "create" with something left.
        end, rest = left.pop()
        if end == 0:
            return rest.strip()
        if end in tried:  # or a long heading made of such words and one letter more takes for ever
            continue
        tried.add(end)
        first = max(0, end - _LONGEST_RUN_TOGETHER)
        starts = [start for start in range(first, end) if _RUN_TOGETHER.fullmatch(word, start, end)]
        left += [(start, f"{word[start:end]} {rest}") for start in reversed(starts)]
    return word


@lru_cache(maxsize=65536)
def heading_score(role: str, heading: str) -> float:
    """Return how surely a heading names a role, from 0 to 1."""
    text = plain(heading)
    return max(_best(_LISTS[0][role], text), _best(_LISTS[1][role], without_accents(text)))


def _best(words: Sequence[tuple[float, re.Pattern[str]]], text: str) -> float:
    best = 0.0
    for score, pattern in words:
        if pattern.search(text):
            if score < 0:
                return 0.0
            best = max(best, score)
    return best


def names_a_time(heading: str) -> bool:
    """Say whether a heading speaks of a date or a time at all: numbers below it may be days."""
    text = plain(heading)
    return _ANY_TIME.search(text) is not None or any(heading_score(role, heading) >= 0.8 for role in TIMES)


def same_event(date: str, time: str) -> bool:
    """Say whether two headings are date and time of one event: alike but for the words for date and time."""
    stems = [_CLOCK_WORD.sub("", _DATE_WORD.sub("", plain(one))).strip() for one in (date, time)]
    return stems[0] == stems[1]


def is_opaque(heading: str) -> bool:
    """Say whether a heading tells nothing: a number, or letters that no role knows."""
    text = plain(heading)
    return re.fullmatch(r"(?:[a-z]{1,6}|字段|列|sarake) ?\d+|\d+|[a-z]{1,6}|", text) is not None and not any(
        heading_score(role, heading) for role in ROLES
    )
