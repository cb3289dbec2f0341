"""The language of the command line: `language=zh`, else what the system is set to; a page has its own."""

import contextlib
import contextvars
import os
from collections.abc import Iterator, Sequence

from sim.errors import InputError, did_you_mean

LANGUAGES = ("en", "zh")
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_ASKED = [""]
#: What is said in another language than that of the command line, as on a page: of one thread, not of all.
_WITHIN: contextvars.ContextVar[str] = contextvars.ContextVar("language", default="")


def ask_for(words: Sequence[str]) -> None:
    """Take the language that the words of this command line ask for.

    Raises
    ------
    InputError
        If there is none such, whatever the command.
    """
    said = [word.partition("=")[2].strip("'\"") for word in words if word.startswith("language=")]
    _ASKED[0] = said[-1] if said and said[-1] in LANGUAGES else ""
    if said and not _ASKED[0]:
        allowed = f"one of {', '.join(LANGUAGES)}"
        raise InputError("language", said[-1], allowed, hint=did_you_mean(said[-1], LANGUAGES))


def language() -> str:
    """Return `en` or `zh`."""
    if _WITHIN.get():
        return _WITHIN.get()
    if _ASKED[0]:
        return _ASKED[0]
    set_to = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "")
    return "zh" if set_to.lower().startswith("zh") else "en"


@contextlib.contextmanager
def spoken(tongue: str) -> Iterator[None]:
    """Say everything within in a language, whatever the command line's is."""
    before = _WITHIN.set(tongue)
    try:
        yield
    finally:
        _WITHIN.reset(before)
