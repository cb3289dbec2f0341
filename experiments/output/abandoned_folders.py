"""Folders in the making: who is writing into one, and what a killed run left.

Whoever writes into a hidden folder holds a lock on it, which the system releases when the process ends,
however it ends. A folder whose lock is free is nobody's. Only folders with our marker are ours: others are
left alone, whatever they are called.
"""

import contextlib
import json
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from experiments.output.ownership import IN_THE_MAKING, MARKER, is_link, is_marked
from experiments.output.publishing import discard, settle
from sim.input_files.file_errors import PREFIX, naming

#: Without locks (a system or a file system that has none) only what is this old is taken for left over.
_OLD_SECONDS = 2 * 86400


def make_partial(folder: Path) -> tuple[Path, int | None]:
    """Make a folder in the making; return it and the handle that holds its lock."""
    while True:
        partial = folder / f"{PREFIX}cogov-{secrets.token_hex(8)}"
        partial.mkdir(mode=0o700)
        lock = hold(partial)
        try:
            text = json.dumps({"program": "cogov", "process": os.getpid()})
            with naming(folder):
                (partial / MARKER).write_text(text, encoding="utf-8")
        except BaseException as error:
            discard(partial)
            if lock is not None:
                os.close(lock)
            # Another process that starts in this instant may have taken it for left over.
            if not isinstance(error, FileNotFoundError):
                raise
        else:
            return partial, lock


def hold(folder: Path, wait: bool = False) -> int | None:
    """Lock a folder until the handle returned is closed or the process ends; None without locks."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = None
    try:
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        if handle is not None:
            os.close(handle)
        return None
    return handle


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Order those who look at a folder of results and those who change it, for moments."""
    handle = hold(folder, wait=True)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def remove_leftovers(folder: Path) -> int:
    """Finish and remove what earlier runs began in a folder and nobody is writing now; return how many."""
    removed = 0
    for path in sorted(folder.glob(f"{PREFIX}*")):
        if is_link(path) or not path.is_dir() or not _abandoned(path):
            continue
        if is_marked(path):
            settle(path)
            discard(path)
        elif IN_THE_MAKING.fullmatch(path.name):
            # Killed before it was marked, or after: empty, or not ours.
            with contextlib.suppress(OSError):
                path.rmdir()
        removed += not path.exists()
    return removed


def _abandoned(folder: Path) -> bool:
    try:
        import fcntl  # noqa: F401
    except ImportError:
        return _is_old(folder)
    handle = hold(folder)
    if handle is None:
        return _is_old(folder)
    os.close(handle)
    return True


def _is_old(folder: Path) -> bool:
    try:
        return time.time() - folder.stat().st_mtime > _OLD_SECONDS
    except OSError:
        return False
