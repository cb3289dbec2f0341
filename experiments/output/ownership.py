"""What in a folder of results is ours: only what a manifest of ours lists may be replaced or removed.

A folder that holds anything else and no manifest of ours is refused. Other things beside a manifest of ours
stay; where one of them stands in the way of a file to be written, the folder is refused as well. A manifest
counts only as a whole: one that is broken, lacks a key, is a link, or lists a name that leads out of the
folder was not written by this program, or not left as it was. Links are never followed.
"""

import contextlib
import json
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from sim.errors import InputError
from sim.input_files.file_errors import PREFIX

MANIFEST = "manifest.json"
STORE_FILE = "store.json"
MANIFEST_VERSION = 1
ALLOWED = "a new or empty folder, or one with results of cogov"
#: What the first edition's sweeps wrote; their manifests list no files.
_FIRST_SWEEPS = ("runs.csv", "runs.parquet", "sweep.csv", "sweep.parquet", "sweep.png", "sweep.svg", MANIFEST)
_SWEEP_KEYS = {"varied", "points", "runs", "store", "config_hash", "code_hash"}
_WRITERS = ("cogov ", "python -m experiments.")
#: In a store of runs.
_OF_A_STORE = (STORE_FILE, "parts", "sessions", "lock")
#: What systems leave in folders by themselves; neither touched nor counted.
_OF_THE_SYSTEM = (".DS_Store", "Thumbs.db", "desktop.ini", "lost+found")
#: Results of other studies may lie so deep below, as those of `cogov run -m` and `cogov reproduce`.
_DEPTH = 3
_LARGEST_MANIFEST = 1 << 28
IN_THE_MAKING = re.compile(re.escape(PREFIX) + r"cogov-[0-9a-f]{16}")
_SAVED = re.compile(r"[\w-]+-[0-9a-f]{8}\.(csv|yaml)")
#: In a folder in the making: who made it. A folder without it is not ours, whatever its name.
MARKER = ".cogov"


@dataclass(frozen=True)
class Listing:
    """What the manifest of a folder says: its content, and the files it lists, itself included."""

    manifest: dict[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()


def listing(folder: Path) -> Listing | None:
    """Return what the manifest of a folder lists; None if there is none that this program wrote."""
    content = _json(folder / MANIFEST)
    if content is None or content.get("manifest_version") != MANIFEST_VERSION:
        return None
    command = content.get("command")
    if not isinstance(command, str) or not command.startswith(_WRITERS):
        return None
    files = content.get("files")
    if files is None and command.startswith("cogov sweep") and content.keys() >= _SWEEP_KEYS:
        files = list(_FIRST_SWEEPS)
    if not isinstance(files, list) or not all(map(is_inside, files)):
        return None
    return Listing(content, tuple(dict.fromkeys([*files, MANIFEST])))


def is_inside(name: object) -> bool:
    """Whether a name is a plain one below a folder, written as this program writes it."""
    if not isinstance(name, str) or not name or not name.isprintable() or set(name) & set('\\:*?"<>|'):
        return False
    parts = PurePosixPath(name).parts
    return "/".join(parts) == name and ".." not in parts and not parts[0].startswith(PREFIX)


def survey(folder: Path) -> Listing:
    """Return what of a folder is ours.

    Raises
    ------
    InputError
        If it holds anything else and no manifest of ours.
    """
    found = listing(folder)
    if found is not None:
        return found
    others = foreign(folder)
    if others:
        raise InputError("out", str(folder), ALLOWED, hint=f"{_told(others)} there, not written by cogov")
    return Listing()


def foreign(folder: Path, depth: int = _DEPTH) -> list[str]:
    """Return the names in a folder, apart from its listed files, that are not known to be ours."""
    skipped = set(_OF_THE_SYSTEM)
    if is_store(folder):
        skipped.update(_OF_A_STORE)
    names = [name for name in sorted(os.listdir(folder)) if name not in skipped]
    return [name for name in names if not _is_ours(folder / name, depth)]


def _is_ours(path: Path, depth: int) -> bool:
    """Whether a folder is the result of another study of ours, or holds nothing but such folders."""
    if is_link(path) or not path.is_dir() or depth == 0:
        return _is_saved(path)
    try:
        if listing(path) is not None or is_store(path) or is_marked(path):
            return True
        return bool(os.listdir(path)) and not foreign(path, depth - 1)
    except OSError:
        return False


def _is_saved(path: Path) -> bool:
    """Whether a file is one that the first edition's dashboard saved, without a manifest.

    A scenario is known by its first line, a request file by its name and the mapping of the same name. They
    are let be, not replaced.
    """
    if not _SAVED.fullmatch(path.name) or is_link(path) or not path.is_file():
        return False
    if path.parent.name == "requests":
        return all(path.with_suffix(suffix).is_file() for suffix in (".csv", ".yaml"))
    with contextlib.suppress(OSError, ValueError), path.open(encoding="utf-8") as file:
        return file.readline(4096).startswith("# cogov run ")
    return False


def is_store(folder: Path) -> bool:
    """Whether a folder is a store of runs."""
    content = _json(folder / STORE_FILE)
    return content is not None and {"format", "made", "by"} <= content.keys()


def is_marked(folder: Path) -> bool:
    """Whether a folder is one in the making, of this program: by its name and the marker in it."""
    if not IN_THE_MAKING.fullmatch(folder.name) or is_link(folder):
        return False
    marker = folder / MARKER
    try:
        # Empty: killed, or out of disk, between making the marker and writing into it.
        if stat.S_ISREG(marker.lstat().st_mode) and marker.stat().st_size == 0:
            return True
    except OSError:
        return False
    return (_json(marker) or {}).get("program") == "cogov"


def obstacle(folder: Path, name: str, listed: Iterable[str]) -> str:
    """Return what stands in the way of a file to be written, in words; empty if nothing does."""
    here = folder
    for part in PurePosixPath(name).parts[:-1]:
        here /= part
        shown = here.relative_to(folder).as_posix()
        if is_link(here):
            return f"{shown} there is a link"
        if not os.path.lexists(here):
            break
        if not here.is_dir():
            return f"{shown} there is not a folder"
        if not os.access(here, os.W_OK | os.X_OK):
            return f"{shown} there cannot be written"
    path = folder / name
    if not os.path.lexists(path):
        return ""
    if is_link(path):
        return f"{name} there is a link"
    if path.is_dir():
        return f"{name} there is a folder"
    if not stat.S_ISREG(path.lstat().st_mode):
        return f"{name} there is not an ordinary file"
    return "" if name in set(listed) else f"{name} there is not listed in a {MANIFEST} of cogov"


def check_targets(folder: Path, names: Iterable[str], listed: Iterable[str]) -> None:
    """Refuse a folder in which one of these files cannot be written without touching what is not ours."""
    known = set(listed)
    for name in names:
        reason = obstacle(folder, name, known)
        if reason:
            wanted = f"a folder in which {name} can be written"
            raise InputError("out", str(folder), wanted, hint=f"{reason}; move it, or choose another folder")


def is_link(path: Path) -> bool:
    """Whether a path is a link of any kind."""
    return path.is_symlink() or (hasattr(os.path, "isjunction") and os.path.isjunction(path))


def _json(path: Path) -> dict[str, Any] | None:
    """Return the object in a small ordinary file; None if it is not one."""
    try:
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode) or state.st_size > _LARGEST_MANIFEST:
            return None
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _told(names: list[str]) -> str:
    """Return what lies in a folder, in words."""
    shown = [repr(name) if len(name) < 60 else repr(name[:57] + "...") for name in names[:3]]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(shown)}{more} {'is' if len(names) == 1 else 'are'}"
