"""Windows' rules on this system, for this process and all that it starts.

The program is told that it is there. What that system does not have is hidden from it (modules), or taken
away (functions, signals). Files that any process has open are neither removed nor replaced; only what is open
for writing is flushed; folders are not opened; names that are forbidden there are refused. `msvcrt.locking`
is played by Linux' locks of an open file, which are per handle as Windows' are. Needs Linux (`/proc`).
"""

import _io
import builtins
import contextlib
import errno
import fcntl
import io
import os
import re
import shutil
import signal
import stat
import struct
import subprocess  # it would take the msvcrt below for a sign of the real system
import sys
import tempfile
import types
import warnings
from typing import Any

#: The program, and the tests' own stand-ins; libraries have ways of their own on that system.
OURS = ("experiments", "sim", "analysis", "scenarios", "stand_ins")
MODULES = ("fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "posix")
FUNCTIONS = (
    "chown", "chroot", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups",
    "getloadavg", "getpgid", "getpgrp", "getpriority", "getuid", "killpg", "lchown", "mkfifo", "mknod",
    "nice",
    "posix_fadvise", "posix_fallocate", "pread", "preadv", "pwrite", "pwritev", "sched_getaffinity",
    "sched_setaffinity", "setgid", "setpgid", "setsid", "setuid", "statvfs", "sync", "wait",
)  # fmt: skip
SIGNALS = (
    "SIGALRM", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGSTOP", "SIGTSTP",
    "SIGUSR1",
    "SIGUSR2", "SIG_BLOCK", "SIG_SETMASK", "SIG_UNBLOCK", "alarm", "pthread_kill", "pthread_sigmask",
    "setitimer", "sigwait",
)  # fmt: skip
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')

_open, _os_open, _fsync, _unlink = _io.open, os.open, os.fsync, os.unlink
_replace, _rename, _mkdir, _import = os.replace, os.rename, os.mkdir, builtins.__import__


def apply() -> None:
    """Switch to Windows' rules."""
    for name in FUNCTIONS:
        if hasattr(os, name):
            delattr(os, name)
    for name in SIGNALS:
        if hasattr(signal, name):
            delattr(signal, name)
    os.linesep = "\r\n"
    os.fsync, os.open = fsync, open_handle
    os.unlink = os.remove = unlink  # type: ignore[assignment]
    os.replace, os.rename, os.mkdir = replace, rename, mkdir  # type: ignore[assignment]
    builtins.open = io.open = open_file  # type: ignore[assignment]
    builtins.__import__ = import_module
    # As these choose there.
    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    tempfile.TemporaryFile = tempfile.NamedTemporaryFile  # type: ignore[misc,assignment]
    _end_processes_as_there()
    warnings.filterwarnings("ignore", category=EncodingWarning)
    warnings.filterwarnings("error", category=EncodingWarning, module=rf"({'|'.join(OURS)})(\.|$)")


def _end_processes_as_there() -> None:
    from multiprocessing import popen_fork

    popen_fork.Popen.kill = popen_fork.Popen.terminate  # type: ignore[method-assign]
    subprocess.Popen.kill = subprocess.Popen.terminate  # type: ignore[method-assign]


# --- modules --------------------------------------------------------------------------------------------


def _asks(depth: int = 2) -> bool:
    """Whether the program itself, rather than a library, is calling."""
    frame: Any = sys._getframe(depth)
    while frame is not None and frame.f_globals.get("__name__") == "pathlib":
        frame = frame.f_back
    return frame is not None and str(frame.f_globals.get("__name__")).split(".")[0] in OURS


def import_module(
    name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0
) -> Any:
    importer = str((globals or {}).get("__name__", "")).split(".")[0]
    if level == 0 and importer in OURS:
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if name == "msvcrt":
            return MSVCRT
        if name in ("os", "os.path", "sys") and not fromlist:
            return SYSTEM if name == "sys" else OS
    return _import(name, globals, locals, fromlist, level)


class As:
    """A module as the program sees it: some of its values changed, the rest as they are."""

    def __init__(self, module: Any, **changed: str) -> None:
        self.__dict__["_of"] = (module, changed)

    def __getattr__(self, name: str) -> Any:
        module, changed = self.__dict__["_of"]
        return changed[name] if name in changed else getattr(module, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.__dict__["_of"][0], name, value)


OS, SYSTEM = As(os, name="nt"), As(sys, platform="win32")


def _locking(handle: int, mode: int, length: int) -> None:
    kind = fcntl.F_UNLCK if mode == MSVCRT.LK_UNLCK else fcntl.F_WRLCK
    request = struct.pack("hhqqi4x", kind, os.SEEK_CUR, 0, length, 0)
    try:
        fcntl.fcntl(handle, fcntl.F_OFD_SETLK, request)
    except BlockingIOError:
        raise PermissionError(errno.EACCES, "Permission denied") from None


MSVCRT = types.SimpleNamespace(locking=_locking, LK_UNLCK=0, LK_LOCK=1, LK_NBLCK=2, LK_RLCK=3, LK_NBRLCK=4)


# --- files ----------------------------------------------------------------------------------------------


def open_handle(path: Any, flags: int, mode: int = 0o777, *, dir_fd: Any = None) -> int:
    if os.path.isdir(path):
        raise PermissionError(errno.EACCES, "Permission denied", path)
    if flags & os.O_CREAT:
        _check_name(path)
    _check_system(path, _asks())
    return _os_open(path, flags, mode, dir_fd=dir_fd)


def open_file(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
    if not isinstance(file, int) and named.get("opener") is None:
        if os.path.isdir(file):
            raise PermissionError(errno.EACCES, "Permission denied", file)
        if set(mode) & set("wax"):
            _check_name(file)
        _check_system(file, _asks())
    given = dict(zip(("buffering", "encoding", "errors", "newline", "closefd", "opener"), more)) | named
    if "b" not in mode:
        if set(mode) & set("wax+") and given.get("newline") is None:
            given["newline"] = "\r\n"
        if given.get("encoding") is None and _asks():
            raise EncodingWarning("'encoding' argument not specified")
    return _open(file, mode, **given)


def fsync(handle: int) -> None:
    folder = stat.S_ISDIR(os.fstat(handle).st_mode)
    if folder or fcntl.fcntl(handle, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    _fsync(handle)


def unlink(path: Any, *, dir_fd: Any = None) -> None:
    _refuse_open(path)
    _unlink(path, dir_fd=dir_fd)


def replace(source: Any, target: Any, **named: Any) -> None:
    _check_name(target)
    if os.path.isdir(target):
        raise PermissionError(errno.EACCES, "Access is denied", source, 5, target)
    _refuse_open(source)
    _refuse_open(target)
    _replace(source, target, **named)


def rename(source: Any, target: Any, **named: Any) -> None:
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "Cannot create a file when that file already exists", target)
    replace(source, target, **named)


def mkdir(path: Any, mode: int = 0o777, *, dir_fd: Any = None) -> None:
    _check_name(path)
    _mkdir(path, mode, dir_fd=dir_fd)


def _check_name(path: Any) -> None:
    name = os.path.basename(os.fsdecode(path).rstrip("/"))
    if name not in ("", ".", "..") and (_RESERVED.fullmatch(name) or _FORBIDDEN.search(name)):
        raise OSError(errno.EINVAL, "The filename, directory name, or volume label syntax is incorrect", path)


def _check_system(path: Any, ours: bool) -> None:
    if ours and os.fsdecode(path).startswith(("/proc/", "/dev/", "/etc/", "/sys/")) and path != os.devnull:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", path)


def _refuse_open(path: Any) -> None:
    """Refuse to touch a file, or a folder with a file in it, that any process has open."""
    try:
        facts = os.lstat(path)
    except OSError:
        return  # the call itself says what is wrong
    if stat.S_ISLNK(facts.st_mode):
        return
    real = os.path.realpath(os.fsdecode(path))
    for opened in _opened():
        if opened == real or (stat.S_ISDIR(facts.st_mode) and opened.startswith(real + os.sep)):
            raise PermissionError(
                errno.EACCES, "The process cannot access the file because it is being used", path
            )


def _opened() -> Any:
    """Yield the names of all files that processes have open or mapped."""
    for process in os.listdir("/proc"):
        if not process.isdigit():
            continue
        with contextlib.suppress(OSError):
            for handle in os.listdir(f"/proc/{process}/fd"):
                with contextlib.suppress(OSError):
                    yield os.readlink(f"/proc/{process}/fd/{handle}")
    with contextlib.suppress(OSError), _open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
        for line in maps:
            words = line.split(maxsplit=5)
            if len(words) == 6:
                yield words[5].rstrip("\n")
