"""What is missing is called so, and what was probably meant is asked: on the command line."""

import re

from sim.errors import InputError

_RANGE = re.compile(r"\b(?:from|above) (\S+) (?:up to|to|below) (\S+)|\b(?:up to|below) (\S+)")


class MissingInput(InputError):
    """What is needed was not given: the value is empty; with another value it is an error like any other."""

    def _line(self) -> str:
        line = super()._line()
        return line if self.value else line.replace(" is not allowed: must be ", " is missing: must be ", 1)


def with_hint(error: InputError) -> InputError:
    """Return the error, with what was meant where a share was written in per cent (40 for 0.40)."""
    hint = share_meant(error.value, error.allowed)
    if not hint or error.hint:
        return error
    return InputError(error.key, error.value, error.allowed, error.file, hint)


def share_meant(value: object, allowed: str) -> str:
    """Return a hint for a share in per cent, by the range that would have been allowed, or an empty text."""
    found = _RANGE.search(allowed)
    if found is None or isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    try:
        number = float(value)
        low, high = float(found[1] or 0.0), float((found[2] or found[3]).rstrip(",;"))
    except ValueError:
        return ""
    if not 0.0 <= low <= high <= 1.0 or not 1.0 < number <= 100.0 or not low <= number / 100.0 <= high:
        return ""
    part = f"{number / 100.0:.10g}"
    return f"did you mean {part if len(part) > 3 else f'{number / 100.0:.2f}'}?"
