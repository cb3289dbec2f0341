"""Who has which run in hand, so that two processes on one store never do the same.

Each process that works on a store has a session file with the identities it has in hand, and holds a lock on
it that the system releases when the process ends, however it ends. The session files are read and written
under one lock of the store, held for moments. A session file whose lock is free belongs to nobody: what it
claimed may be claimed again. One that cannot be looked at is somebody's.

Without locks (a file system that has none) a store is for one process at a time.
"""

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from experiments.system.files import is_locked, lock, open_to_lock, remove, rewrite

_SUFFIX = ".claims"
#: What sessions are called; other files beside them are not ours.
SESSION = r"\d{8}-\d{6}-[0-9a-f]{8}"
_CLAIMS = re.compile(SESSION + re.escape(_SUFFIX))


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a store; waits for whoever has it."""
    handle = open_to_lock(path)
    try:
        lock(handle, wait=True)
        yield
    finally:
        os.close(handle)


class Session:
    """One process at work on a store."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self._path = folder / f"{name}{_SUFFIX}"
        self._handle = open_to_lock(self._path, new=True)
        lock(self._handle, wait=True)
        self.held: set[bytes] = set()

    def hold(self, runs: Iterable[bytes]) -> None:
        """Replace what this session has in hand; call under the store's lock."""
        self.held = set(runs)
        rewrite(self._handle, b"".join(run + b"\n" for run in sorted(self.held)))

    def others(self) -> set[bytes]:
        """Return what living sessions other than this have in hand; call under the store's lock.

        Files of sessions that have ended are removed.
        """
        found: set[bytes] = set()
        for path in _session_files(self.folder):
            if path == self._path:
                continue
            # Whatever goes wrong with a file of others, ours is to compute.
            with contextlib.suppress(OSError):
                if is_locked(path) is False:
                    remove(path)
                else:
                    found.update(path.read_bytes().split())
        return found

    def close(self) -> None:
        """End the session: nothing is in hand any more."""
        os.close(self._handle)
        # Another process may be looking at it; then it goes with the next session.
        with contextlib.suppress(OSError):
            remove(self._path)


def living(folder: Path) -> list[str]:
    """Return the names of the sessions at work, or of which that cannot be found out."""
    alive = (path for path in _session_files(folder) if is_locked(path) is not False)
    return [path.name.removesuffix(_SUFFIX) for path in alive]


def _session_files(folder: Path) -> list[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []  # a store that was copied without them
    ours = (e.name for e in entries if _CLAIMS.fullmatch(e.name) and e.is_file(follow_symlinks=False))
    return [folder / name for name in ours]
