"""Text that somebody else wrote, made fit to be shown: what would steer a screen is seen, not obeyed.

Titles, names of scenarios, categories, places and files come from outside. `visible` is the ground of every
renderer's own function: `figures.style.label` for figures, `report.html_page.escape` for HTML, `visible`
itself for a terminal; `spreadsheet.to_csv` for tables. Loads nothing, so that a command may use it early.
"""

import re
import unicodedata

#: Joiners, which scripts and emoji need between their characters. Beside ASCII they only hide.
_JOINERS = "\u200c\u200d"
_BLANKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
#: What turns, hides or controls: control and format characters, halves of pairs, and fillers without ink.
_STEERING = ("Cc", "Cf", "Cs")
_FILLERS = "".join(map(chr, (0x034F, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0)))
_FILLED = re.compile(f"[{_FILLERS}]")


def visible(text: object) -> str:
    r"""Return a text in one line in which every character can be seen.

    Line ends and tabs become spaces. Control characters, marks of direction, characters without width and
    halves of surrogate pairs are written as Python writes them (``\x1b``, ``\u202e``); joiners stay where
    they join characters of a script or emoji.
    """
    line = _BLANKS.sub(" ", str(text))
    # What Python calls printable holds nothing of the categories that steer, and no joiner.
    if line.isprintable() and not _FILLED.search(line):
        return line
    return "".join(
        written(character) if _steers(character, line, place) else character
        for place, character in enumerate(line)
    )


def _steers(character: str, line: str, place: int) -> bool:
    if character in _JOINERS:
        before, after = line[place - 1 : place] if place else "", line[place + 1 : place + 2]
        return not (before and after) or before.isascii() or after.isascii()
    # The last two of every plane are no characters, and XML does not allow them.
    nothing = ord(character) & 0xFFFE == 0xFFFE
    return nothing or character in _FILLERS or unicodedata.category(character) in _STEERING


def written(character: str) -> str:
    """Return a character as Python writes it in a text."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def shortened(text: str, most: int) -> str:
    """Return a text cut to so many characters, its middle left out, because both ends tell names apart."""
    if len(text) <= most:
        return text
    tail = most // 3
    return f"{text[: most - tail - 1]}…{text[-tail:]}"


def display_width(text: str) -> int:
    """Columns a text takes in a terminal: two for a wide character, none for a combining one."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
