"""Where compiled code is kept: a folder that nobody else can write to, or a private one for this start alone.

What lies there is read with `pickle` and run as machine code: whoever can write to the folder, or put
another in its place, runs code as whoever starts cogov. A folder is used only if it is ours and no other user
can change it, or exchange it or a folder above it. Windows tells no owner in the way that is asked here: a
folder named there is taken as it is; the usual one lies in the user's profile, which Windows keeps others out
of.
"""

import atexit
import contextlib
import functools
import glob
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from pathlib import Path

from sim.engine.sources import machine_hash

#: Names the folder; Numba's own variable counts where this one is not set.
VARIABLE = "COGOV_CACHE_DIR"
#: A process without a safe folder tells those that it starts where its private one is.
_OF_THE_PARENT = "COGOV_CACHE_OF_PARENT"
_PRIVATE = "cogov-compiled-"
#: Folders of older versions beyond this number are removed, oldest first; and so are versions of a function.
_FOLDERS_KEPT = 12
#: A folder, or a function's code, used within this many days may belong to a run in progress.
_DAYS_KEPT = 2
#: Links followed at most on the way to a folder.
_LONGEST_LINK_CHAIN = 40

_told: set[str] = set()


def say_once(text: str) -> None:
    """One line on standard error, once in a process."""
    if text not in _told:
        _told.add(text)
        with contextlib.suppress(OSError, ValueError, AttributeError):  # no standard error, or a closed one
            line = " ".join("".join(c if c.isprintable() else "?" for c in text).split())
            print(f"cogov: {line}", file=sys.stderr, flush=True)


@functools.cache
def cache_folder() -> Path:
    """Return the folder for the machine code of these versions, made if need be.

    Called before workers are started, it makes them share a private folder.
    """
    version = machine_hash()
    inherited = os.environ.get(_OF_THE_PARENT)
    if inherited and not _why_not(Path(inherited)) and os.path.isdir(inherited):
        root = Path(inherited)
    else:
        try:
            root = _usual_root()
            folder = root / f"compiled-{version}"
            _make(folder)
            _check(folder)
            _remove_outdated(root)
            return folder
        except OSError as error:
            root = _private_root(error.strerror or str(error))
    folder = root / f"compiled-{version}"
    with contextlib.suppress(OSError):
        _make(folder)
    return folder


def is_private(folder: Path) -> bool:
    """Whether a folder is for this start alone."""
    return folder.parent.name.startswith(_PRIVATE)


def owned_by_us(status: os.stat_result) -> bool:
    """Whether a file or folder is ours, and no other user may write to it."""
    if os.name == "nt":
        return True
    return status.st_uid == os.geteuid() and not _others_write(status)


def _usual_root() -> Path:
    named = os.environ.get(VARIABLE) or os.environ.get("NUMBA_CACHE_DIR")
    if named:
        return Path(os.path.abspath(os.path.expanduser(named)))
    # A relative path in these is to be passed over, says the specification.
    for variable in ("XDG_CACHE_HOME", *(["LOCALAPPDATA"] if os.name == "nt" else [])):
        if os.path.isabs(base := os.environ.get(variable, "")):
            return Path(base) / "cogov"
    # Empty, it would be taken for the root folder.
    home = os.path.expanduser("~") if os.environ.get("HOME") != "" else ""
    if not os.path.isabs(home) or not os.path.isdir(home):
        raise OSError(f"there is no home folder {home!r}")
    return Path(home) / ".cache" / "cogov"


def _make(folder: Path) -> None:
    """Make a folder and those above it that are missing, for us alone whatever the umask.

    The nearest one that is there is looked at before anything is put into it.
    """
    missing = []
    above = folder
    while not above.exists():
        missing.append(above)
        if above.is_symlink():
            raise OSError(f"{above} points to nothing")
        above = above.parent
    if reason := _why_not(above, ours=not missing):
        raise OSError(reason)
    for path in reversed(missing):
        with contextlib.suppress(FileExistsError):  # another process was quicker
            path.mkdir(mode=0o700)


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise OSError(f"{folder} is not a folder")
    for ours in (folder.parent, folder):
        if reason := _why_not(ours):
            raise OSError(reason)
    if not os.access(folder, os.W_OK) and not any(folder.glob("*.nbc")):
        raise OSError(f"{folder} cannot be written to")
    with contextlib.suppress(OSError):
        os.utime(folder)


def _why_not(path: Path, ours: bool = True) -> str:
    """Return why another user could change what lies under a path, or nothing.

    Parameters
    ----------
    ours
        Whether the folder itself must be ours; those above it may be the system's.
    """
    if os.name == "nt":
        return ""
    try:
        # Whoever owns the root folder may do everything; in a container that need not be user 0.
        trusted = {0, os.geteuid(), os.lstat(os.sep).st_uid}
        steps = _steps(path)
        for step in steps:
            status = os.lstat(step)
            if status.st_uid not in trusted:
                return f"{step} belongs to another user"
            # A link's mode says nothing. In a folder like /tmp everybody may write, and nobody may exchange
            # what is another's.
            shared = not stat.S_ISLNK(status.st_mode) and _others_write(status)
            if shared and (not status.st_mode & stat.S_ISVTX or (ours and step == steps[-1])):
                return f"other users may write to {step}"
        if ours and status.st_uid != os.geteuid():
            return f"{step} belongs to another user"
    except OSError as error:
        return f"{error.filename or path}: {error.strerror or error}"
    return ""


def _steps(path: Path) -> list[str]:
    """Return every folder and link that leads to a path, from the root on; the last is the place itself."""
    links = 0
    steps = [os.sep]
    todo = [part for part in os.path.abspath(path).split(os.sep) if part][::-1]
    while todo:
        part = todo.pop()
        if part in ("", os.curdir):
            continue
        here = steps[-1]
        # After a link the way goes on from elsewhere: where we are is the last step.
        step = os.path.dirname(here) or os.sep if part == os.pardir else os.path.join(here, part)
        steps.append(step)
        if os.path.islink(step):
            links += 1
            if links > _LONGEST_LINK_CHAIN:
                raise OSError(f"{path} is a link to itself")
            target = os.readlink(step)
            todo += [part for part in target.split(os.sep) if part][::-1]
            steps.append(os.sep if os.path.isabs(target) else here)
    return steps


def _others_write(status: os.stat_result) -> bool:
    if status.st_mode & stat.S_IWOTH:
        return True
    return bool(status.st_mode & stat.S_IWGRP) and not _is_our_own_group(status.st_gid)


@functools.cache
def _is_our_own_group(group: int) -> bool:
    """Whether we are a group's only member, as where each user has a group of the same name (umask 002)."""
    import grp
    import pwd

    try:
        us, found = pwd.getpwuid(os.geteuid()), grp.getgrgid(group)
    except KeyError:
        return False
    return us.pw_gid == group and found.gr_name == us.pw_name and set(found.gr_mem) <= {us.pw_name}


def _private_root(reason: str) -> Path:
    """Return a new folder for this process and those it starts, removed when it ends."""
    try:
        _remove_outdated(Path(tempfile.gettempdir()), f"{_PRIVATE}*", kept=0)
        root = Path(tempfile.mkdtemp(prefix=_PRIVATE))
    except OSError as error:
        say_once(
            f"compiled code is kept nowhere ({reason}; {error.strerror or error}): cogov compiles at every "
            f"start, about a minute, and so does every worker; {VARIABLE}=FOLDER names a folder of yours"
        )
        return Path(os.devnull) / _PRIVATE
    os.environ[_OF_THE_PARENT] = str(root)
    atexit.register(_remove_private, root, os.getpid())
    say_once(
        f"compiled code is not kept ({reason}): cogov compiles at every start, about a minute; "
        f"{VARIABLE}=FOLDER names a folder of yours that no other user may write to"
    )
    return root


def _remove_private(root: Path, process: int) -> None:
    # A forked child ends as well; the folder is its parent's.
    if os.getpid() == process:
        shutil.rmtree(root, ignore_errors=True)
        if os.environ.get(_OF_THE_PARENT) == str(root):
            del os.environ[_OF_THE_PARENT]


def _remove_outdated(root: Path, pattern: str = "compiled-*", kept: int = _FOLDERS_KEPT) -> None:
    """Remove folders of ours that have not been used for a while."""
    name = re.compile(rf"compiled-[0-9a-f]{{20}}|{_PRIVATE}\w{{8}}")
    found = []
    for path in root.glob(pattern):
        with contextlib.suppress(OSError):
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode) and name.fullmatch(path.name) and owned_by_us(status):
                found.append((status.st_mtime, path))
    for used, path in sorted(found)[: max(0, len(found) - kept)]:
        if time.time() - used > _DAYS_KEPT * 86400:
            shutil.rmtree(path, ignore_errors=True)


def remove_outdated_files(
    folder: Path, prefix: str, kept: int = _FOLDERS_KEPT, days: float = _DAYS_KEPT
) -> None:
    """Remove the code of a function as it used to be, where it has not been used for so many days."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{glob.escape(prefix)}-*.nbi"):
            found.append((path.stat().st_mtime, path))
        for used, path in sorted(found)[: max(0, len(found) - kept)]:
            if time.time() - used > days * 86400:
                for each in (path, *folder.glob(f"{glob.escape(path.stem)}.*.nbc")):
                    each.unlink(missing_ok=True)
