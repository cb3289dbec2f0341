"""The one exception for input that is at fault.

Anything a user wrote (a key, a value, a file) that cannot be used is reported as an `InputError`. Its text is
one line naming the key, the value, what would have been allowed and the file. May be imported by anyone.
"""

import difflib
from collections.abc import Iterable

LONGEST_VALUE_SHOWN = 120
"""A longer value (a pasted list, a whole document) is cut in the message."""

LONGEST_KEY_SHOWN = 160
LONGEST_FILE_SHOWN = 260
LONGEST_LINE = 990
"""No message is longer, whatever it quotes."""


class InputError(ValueError):
    """Input from outside is at fault.

    Parameters
    ----------
    key
        Full dotted name of the parameter or command-line key, empty if the file as a whole is meant.
    value
        What was given.
    allowed
        What would have been accepted, in words ("a number from 0 to 1").
    file
        The file it was written in, or empty for the command line and for Python calls.
    hint
        What to try instead, a full sentence without its full stop.
    """

    def __init__(
        self, key: str, value: object = "", allowed: str = "", file: object = "", hint: str = ""
    ) -> None:
        self.key = key
        self.value = value
        self.allowed = allowed
        self.file = "" if file is None else str(file)
        self.hint = hint
        super().__init__(self._line())

    def _line(self) -> str:
        # The end of a path tells more than its beginning.
        text = f"{shorten(self.file[::-1], LONGEST_FILE_SHOWN)[::-1]}: " if self.file else ""
        about = shorten(self.key, LONGEST_KEY_SHOWN)
        if not isinstance(self.value, str) or self.value != "" or (self.key == "" and not self.file):
            shown = shorten(in_short(self.value), LONGEST_VALUE_SHOWN)
            about += f" = {shown}" if self.key else shown
        if self.allowed:
            about += f" is not allowed: must be {self.allowed}"
        return one_line(text + "; ".join(part for part in (about, self.hint) if part), LONGEST_LINE)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process boundaries; the default would rebuild from the finished line alone.
        return type(self), (self.key, self.value, self.allowed, self.file, self.hint)


def in_short(value: object) -> str:
    """A value as it is written in Python, `null` for None; one that cannot be written is described."""
    if value is None:
        return "null"
    if isinstance(value, str | bytes):
        value = value[: 4 * LONGEST_VALUE_SHOWN]
    try:
        return repr(value)
    except Exception:
        # A whole number of thousands of digits, a thousand levels, an object whose repr is at fault.
        return f"a value that is too large to show ({type(value).__name__})"


def shorten(text: str, longest: int) -> str:
    """The text, cut where it is longer."""
    return text if len(text) <= longest else text[: longest - 3] + "..."


def one_line(text: str, longest: int = 0) -> str:
    """Fold every run of white space, line ends included, and drop control characters; cut if so asked."""
    line = " ".join("".join(c if c.isprintable() or c.isspace() else "?" for c in text).split())
    return shorten(line, longest) if longest else line


def did_you_mean(key: str, known: Iterable[str]) -> str:
    """A hint naming the known keys that look most like `key`, or an empty string.

    The last part of a dotted key is compared too, so `residents` finds `community.residents` and
    `referal.convener_effect` finds `referral.convener_effect`.
    """
    names = list(dict.fromkeys(known))
    if len(key) > LONGEST_KEY_SHOWN:
        return ""  # like no name there is, and slow to compare
    leaf = key.rsplit(".", 1)[-1]
    found = [name for name in names if name.rsplit(".", 1)[-1] == leaf]
    found += difflib.get_close_matches(key, names, n=3, cutoff=0.75)
    leaves: dict[str, list[str]] = {}
    for name in names:
        leaves.setdefault(name.rsplit(".", 1)[-1], []).append(name)
    for close in difflib.get_close_matches(leaf, leaves, n=2, cutoff=0.75):
        found += leaves[close]
    found = list(dict.fromkeys(found))[:3]
    return f"did you mean {' or '.join(found)}?" if found else ""
