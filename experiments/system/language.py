"""The language of the command line: `language=zh`, else what the system is set to."""

import os
from collections.abc import Sequence

from sim.errors import InputError, did_you_mean

LANGUAGES = ("en", "zh")
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_ASKED = [""]


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
    if _ASKED[0]:
        return _ASKED[0]
    set_to = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "")
    return "zh" if set_to.lower().startswith("zh") else "en"
