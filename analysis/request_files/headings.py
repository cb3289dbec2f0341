"""What the heading of a column says it holds, in Chinese, English, German and Finnish.

A heading may also be a field's name: `CREATED_DATE`, `requestedDatetime`, `properties.opened`. Its words are
in `heading_words`; content decides where it leaves doubts (`column_roles`).
"""

import re
import unicodedata
from functools import lru_cache

from analysis.request_files.heading_words import HEADING_WORDS

ROLES = (
    "opened", "closed", "due", "category", "group", "unit", "team", "channel", "place", "id", "latitude",
    "longitude", "status",
)  # fmt: skip
TIMES = ("opened", "closed", "due")

_PATTERNS = {
    role: tuple((score, re.compile(pattern)) for score, pattern in words)
    for role, words in HEADING_WORDS.items()
}
_DATE_WORD = re.compile(r"\b(date|dt|day|on)\b|日期|datum|tag$|am$|pvm|päivä|päiväys", re.IGNORECASE)
_CLOCK_WORD = re.compile(
    r"\b(time|hour|clock|at)\b|时间|时刻|时分|uhrzeit|zeit$|um$|klo|aika|kello", re.IGNORECASE
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
    text = re.sub(r"[_\-./:：#*]+", " ", text).lower()
    return " ".join(text.split())


@lru_cache(maxsize=65536)
def heading_score(role: str, heading: str) -> float:
    """Return how surely a heading names a role, from 0 to 1."""
    text = plain(heading)
    best = 0.0
    for score, pattern in _PATTERNS[role]:
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
