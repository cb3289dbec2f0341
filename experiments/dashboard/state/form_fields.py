"""Fields of a form on the page as texts: what was typed, chosen, or stands in an address."""

from collections.abc import Mapping, Sequence
from typing import Protocol, Self

from experiments.arguments.key_values import shown
from sim.errors import InputError

#: A number longer than this is no number that somebody typed.
_LONGEST = 40


class Form(Protocol):
    """The fields of a form, none of which changes; a change makes another form."""

    def with_text(self, name: str, text: str, key: str = "") -> Self:
        """Return the form with one field set, which an error calls `key`."""


def read_words[F: Form](form: F, names: Sequence[str], words: Mapping[str, str], head: str) -> F:
    """Return a form with the fields that the words of an address set, each called by `head` and its name.

    Raises
    ------
    InputError
        If there is no such field, or it cannot hold what the address says.
    """
    for name, text in words.items():
        if name not in names:
            raise InputError("address", f"{head}{name}", "made of what the page offers")
        form = form.with_text(name, text, f"{head}{name}")
    return form


def choice(key: str, text: str, choices: Sequence[str]) -> str:
    """Return what was chosen, or refuse what is not offered."""
    if text not in choices:
        raise InputError(key, text, f"one of {', '.join(one for one in choices if one)}")
    return text


def number(key: str, text: str, low: float, high: float, whole: bool) -> float:
    """Return the number that was typed, or refuse what is none, lies outside or should be whole."""
    try:
        found = float(text) if len(text) <= _LONGEST else low - 1.0
    except ValueError:
        found = low - 1.0
    if not low <= found <= high or (whole and found != round(found)):
        kind = "a whole number" if whole else "a number"
        raise InputError(key, text, f"{kind} from {low:g} to {high:g}")
    return round(found) if whole else float(shown(found))
