"""Errors of files that say which file: a full disk is told with its path, whoever wrote.

What fails while a file is open (a full disk, a broken disk) does not name the file. Whoever writes one names
it, and whoever tells the user leaves out names under which files are only in the making.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePath

#: Beginning of the names of files and folders in the making.
PREFIX = ".partial-"


@contextlib.contextmanager
def naming(path: Path | str) -> Iterator[None]:
    """Add the path to an OSError of the block that names none."""
    try:
        yield
    except OSError as error:
        # Arrow gives the number of the error inside its text only where it does not know it itself.
        if error.filename is None:
            error.filename = os.fspath(path)
        raise


def told(error: OSError) -> str:
    """Return an error of a file as `path: reason`; its own text where it names no file or has no number."""
    if error.filename is None or not error.errno:
        return str(error)
    reason = os.strerror(error.errno)
    if not isinstance(error.filename, str | bytes):
        return f"{error.filename}: {reason}"
    return f"{final(os.fsdecode(error.filename))}: {reason[:1].lower()}{reason[1:]}"


def final(path: str) -> str:
    """Return the name that a file will have when it is complete."""
    whole = PurePath(path)
    folders = [part for part in whole.parts[:-1] if not part.startswith(PREFIX)]
    return str(PurePath(*folders, whole.name.removeprefix(PREFIX)))
