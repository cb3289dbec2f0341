"""What the user may say about a file, the steps of its import, and how a complaint about it is worded.

Read before anything heavy is imported, so that a wrong word is told at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.errors import InputError

MOST_RESIDENTS = 2_000_000_000
STEPS = ("look at the columns", "read every row", "find what is odd")


@dataclass(frozen=True)
class Options:
    """What the user says about the file."""

    residents: int | None = None
    time_zone: str | None = None
    time_format: Sequence[str] = ()
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """Heading by role, where the user knows."""
    keep: Sequence[str] = ()
    """Headings of personal columns that may be read."""
    language: str = "en"


def in_own_words(error: InputError) -> InputError:
    """Return a complaint of the reader of files as one about this command."""
    if error.key != "demand.stream":
        return error
    hint = error.hint.replace("state encoding in the mapping, such as", "state encoding=, such as")
    return InputError("import", error.value, error.allowed, error.file, hint)
