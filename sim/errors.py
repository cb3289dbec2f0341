"""The one exception for input that is at fault.

Anything a user wrote (a key, a value, a file) that cannot be used is reported as an `InputError`. Its text is
one line naming the key, the value, what would have been allowed and the file. May be imported by anyone.
"""

import difflib
from collections.abc import Iterable

LONGEST_VALUE_SHOWN = 120
"""A longer value (a pasted list, a whole document) is cut in the message."""


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
        text = f"{self.file}: " if self.file else ""
        text += self.key
        if self.value != "" or self.key == "":
            shown = "null" if self.value is None else repr(self.value)
            if len(shown) > LONGEST_VALUE_SHOWN:
                shown = shown[: LONGEST_VALUE_SHOWN - 3] + "..."
            text += f" = {shown}" if self.key else shown
        if self.allowed:
            text += f" is not allowed: must be {self.allowed}"
        if self.hint:
            text += f"; {self.hint}"
        return one_line(text)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process boundaries; the default would rebuild from the finished line alone.
        return type(self), (self.key, self.value, self.allowed, self.file, self.hint)


def one_line(text: str) -> str:
    """Fold every run of white space, line ends included, and drop control characters."""
    return " ".join("".join(c if c.isprintable() or c.isspace() else "?" for c in text).split())


def did_you_mean(key: str, known: Iterable[str]) -> str:
    """A hint naming the known keys that look most like `key`, or an empty string.

    The last part of a dotted key is compared too, so `residents` finds `community.residents` and
    `referal.convener_effect` finds `referral.convener_effect`.
    """
    names = list(dict.fromkeys(known))
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
