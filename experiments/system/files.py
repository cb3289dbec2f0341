"""Files where systems differ: locks, rewriting in place, flushing, replacing, removing.

Windows has no `fcntl`, no `pwrite` and no folder that can be opened or flushed. It flushes only what is open
for writing, and neither removes nor replaces a file that anybody has open. Whoever needs one of these things
takes it from here; `tests/windows` keeps the rest of the program to that.
"""

import contextlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.input_files.file_errors import PREFIX, naming

fcntl: Any
msvcrt: Any
try:
    import fcntl
except ImportError:
    fcntl = None
try:
    import msvcrt
except ImportError:
    msvcrt = None

#: The byte that stands for the lock of a file where only ranges of bytes can be locked. It lies beyond any
#: content: there a locked byte can be neither read nor written by others.
_LOCKED_BYTE = 1 << 30
_LOOK_SECONDS = 0.02
#: How long to try to replace or remove a file that somebody (a reader, an index, a virus scanner) has open.
_PATIENCE_SECONDS = 2.0
#: Whether this system refuses to replace and remove open files.
_OPEN_IS_FIXED = fcntl is None
_BINARY = getattr(os, "O_BINARY", 0)


def open_to_lock(path: Path, new: bool = False) -> int:
    """Open a file for a lock and for `rewrite`, made if it is not there; if `new`, it must not be."""
    return os.open(path, os.O_RDWR | os.O_CREAT | (os.O_EXCL if new else 0) | _BINARY, 0o666)


def lock(handle: int, wait: bool) -> bool:
    """Take the lock of an open file, held until it is closed or the process ends, however it ends.

    Returns
    -------
    bool
        False if another has it. On a system or file system without locks always True.
    """
    if fcntl is not None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks
        return True
    return _lock_range(handle, wait)


def _lock_range(handle: int, wait: bool) -> bool:
    if msvcrt is None:
        return True
    while True:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            if not wait:
                return False
            time.sleep(_LOOK_SECONDS)
        except OSError:
            return True  # a file system without locks
        else:
            return True


def is_locked(path: Path) -> bool | None:
    """Return whether somebody holds the lock of a file; None if that cannot be found out."""
    for access in (os.O_RDWR, os.O_RDONLY):  # the second where nothing may be written
        try:
            handle = os.open(path, access | _BINARY)
        except FileNotFoundError:
            return False
        except OSError:
            continue
        try:
            return not lock(handle, wait=False)
        finally:
            os.close(handle)
    return None


def rewrite(handle: int, content: bytes) -> None:
    """Replace the content of an open file."""
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    while content:
        content = content[os.write(handle, content) :]


def flush(path: Path, strict: bool = False) -> None:
    """Ask the system to put a file, or the list of names in a folder, on the disk.

    `strict` passes on what goes wrong: only then is a full disk noticed that shows itself late.
    """
    with contextlib.nullcontext() if strict else contextlib.suppress(OSError):
        # Windows flushes what is open for writing; others open a folder for nothing but reading.
        handle = os.open(path, (os.O_RDONLY if path.is_dir() else os.O_RDWR) | _BINARY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def replace(source: Path, target: Path) -> None:
    """Give a file its final name in one step, also where somebody looks at the file it replaces."""
    _patiently(lambda: os.replace(source, target))


def remove(path: Path) -> bool:
    """Remove a file, also where somebody looks at it; return whether it was there.

    Raises
    ------
    OSError
        If it cannot be removed.
    """
    try:
        _patiently(lambda: os.unlink(path))
    except FileNotFoundError:
        return False
    return True


def _patiently(action: Callable[[], None]) -> None:
    """Try until nobody has the file open, or patience is at its end."""
    ends = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return action()
        except PermissionError:
            if not _OPEN_IS_FIXED or time.monotonic() > ends:
                raise
        time.sleep(_LOOK_SECONDS)


def write_text(path: Path, text: str) -> None:
    """Write one small file in one step; lines end with a line feed on every system."""
    with naming(path):
        handle, name = tempfile.mkstemp(prefix=f"{PREFIX}{path.name[:80]}-", dir=path.parent)
    partial = Path(name)
    try:
        with naming(path), os.fdopen(handle, "wb") as file:
            # Tables made into text have the line ends of the system.
            file.write(text.replace("\r\n", "\n").encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
        # The name was made for this process alone to read; results are for whom the umask says.
        os.chmod(partial, 0o666 & ~_umask())
        replace(partial, path)
    except BaseException:
        with contextlib.suppress(OSError):
            remove(partial)
        raise


def _umask() -> int:
    """Return the rights that new files do not get; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
