"""What a killed run left in its folder, and how to tell it from a run in progress.

Whoever writes into a hidden folder holds a lock on it, which the system releases when the process ends,
however it ends. A folder whose lock is free is nobody's.
"""

import contextlib
import os
import shutil
import time
from pathlib import Path

from experiments.files import PREFIX as PREFIX

#: Without locks (a system or a file system that has none) only what is this old is taken for left over.
_OLD_SECONDS = 2 * 86400
#: A single file is written in a moment and holds no lock.
_OLD_FILE_SECONDS = 3600


def hold(folder: Path) -> int | None:
    """Lock a folder until the handle returned is closed or the process ends; None without locks."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = None
    try:
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if handle is not None:
            os.close(handle)
        return None
    return handle


def remove_leftovers(folder: Path) -> int:
    """Remove what earlier runs began in a folder and nobody is writing any more; return how many."""
    removed = 0
    for path in sorted(folder.glob(f"{PREFIX}*")):
        with contextlib.suppress(OSError):
            age = time.time() - path.stat().st_mtime
            if path.is_dir() and not path.is_symlink():
                if not _abandoned(path, age):
                    continue
                shutil.rmtree(path)
                removed += 1
            elif age > _OLD_FILE_SECONDS:
                path.unlink()
                removed += 1
    return removed


def _abandoned(folder: Path, age: float) -> bool:
    try:
        import fcntl  # noqa: F401
    except ImportError:
        return age > _OLD_SECONDS
    handle = hold(folder)
    if handle is None:
        return age > _OLD_SECONDS
    os.close(handle)
    return True
