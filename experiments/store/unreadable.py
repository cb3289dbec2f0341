"""What cannot be read is named, counted and passed over: it may be good, and nobody's to remove."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from analysis.safe_text.plain_text import visible
from sim.errors import one_line

#: Of many files passed over so many are named.
_NAMED_AT_MOST = 5
_LONGEST = 200


class Unusable(Exception):
    """A part that cannot be used now.

    Parameters
    ----------
    damaged
        Whether that is proved: it was read whole, it is ours, and its content is not what was written. A part
        that could not be read may be good.
    """

    def __init__(self, reason: str, damaged: bool = False) -> None:
        super().__init__(reason)
        self.damaged = damaged


def say_passed_over(files: Mapping[Path, Exception]) -> None:
    """Name files that cannot be read, and why, on standard error."""
    for path, why in list(files.items())[:_NAMED_AT_MOST]:
        print(f"cogov: {visible(path)} cannot be read and is passed over: {why}", file=sys.stderr)
    if len(files) > _NAMED_AT_MOST:
        print(f"cogov: … and {len(files) - _NAMED_AT_MOST} more", file=sys.stderr)


def reason_of(error: BaseException) -> str:
    """Return what an error says, short and on one line."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return one_line(text)[:_LONGEST]


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder, in order; none if it cannot be looked into."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
