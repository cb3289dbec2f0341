"""Who has which run in hand, so that two processes on one store never do the same.

Each process that works on a store has a session file with the identities it has in hand, and holds a lock on
it that the system releases when the process ends, however it ends. The session files are read and written
under one lock of the store, held for moments. A session file whose lock is free belongs to nobody: what it
claimed may be claimed again.

Without locks (a system or a file system that has none) a store is for one process at a time.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_SUFFIX = ".claims"


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a store; waits for whoever has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _lock(handle, wait=True)
        yield
    finally:
        os.close(handle)


class Session:
    """One process at work on a store."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self._path = folder / f"{name}{_SUFFIX}"
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        _lock(self._handle, wait=True)
        self.held: set[bytes] = set()

    def hold(self, runs: Iterable[bytes]) -> None:
        """Replace what this session has in hand; call under the store's lock."""
        self.held = set(runs)
        content = b"".join(run + b"\n" for run in sorted(self.held))
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, content, 0)

    def others(self) -> set[bytes]:
        """Return what living sessions other than this have in hand; call under the store's lock.

        Files of sessions that have ended are removed.
        """
        found: set[bytes] = set()
        for path in self.folder.glob(f"*{_SUFFIX}"):
            if path == self._path:
                continue
            if is_alive(path):
                with contextlib.suppress(FileNotFoundError):
                    found.update(path.read_bytes().split())
            else:
                path.unlink(missing_ok=True)
        return found

    def close(self) -> None:
        """End the session: nothing is in hand any more."""
        self._path.unlink(missing_ok=True)
        os.close(self._handle)


def living(folder: Path) -> list[str]:
    """Return the names of the sessions at work."""
    return sorted(path.name.removesuffix(_SUFFIX) for path in folder.glob(f"*{_SUFFIX}") if is_alive(path))


def is_alive(path: Path) -> bool:
    """Whether a process holds this session file."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(handle, wait=False)
    finally:
        os.close(handle)


def _lock(handle: int, wait: bool) -> bool:
    """Take the lock of an open file; False if another has it. Without locks it always succeeds."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks
    return True
