"""Lines of text for a terminal, in which a Chinese character takes two columns and may end a line."""

import re

from analysis.safe_text.plain_text import display_width

#: What stays on one line: neither an arrow nor a unit begins one, and no arrow ends one.
_TOGETHER = (" → ", " %", " days", " h", ", +", ", −")
_NO_BREAK = "\x00"
# A wide character with the opening mark before it and the closing marks after it, or a word of others.
_CLOSING = "[，。；：、）”》？！]*"
_PIECES = rf"[（“《]*(?:[\u2e80-\uffef]|[^\s\u2e80-\uffef]+){_CLOSING}|\s+"


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of so many columns; between Chinese characters it may break anywhere.

    Neither an arrow nor a unit begins a line, and no arrow ends one. A word longer than a line stays whole.
    """
    for kept in _TOGETHER:
        text = re.sub(rf"{re.escape(kept)}(?![a-z])", kept.replace(" ", _NO_BREAK), text)
    lines, line = [], ""
    for piece in re.findall(_PIECES, text):
        if line.strip() and display_width((line + piece).rstrip()) > width:
            lines.append(line)
            line = ""
        line += piece if line else piece.lstrip()
    return [one.replace(_NO_BREAK, " ").rstrip() for one in [*lines, line] if one.strip()]


def beside(head: str, text: str, room: int, width: int) -> list[str]:
    """Return a text beside its head, which has so many columns of the width."""
    first, *rest = wrapped(text, width - room) or [""]
    return [f"{head}{' ' * (room - display_width(head))}{first}", *(" " * room + more for more in rest)]
