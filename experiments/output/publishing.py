"""Results take the place of earlier ones as a whole, or not at all.

Files are complete and on the disk, in a hidden folder, before the first of them moves. Then a journal is
written there: which old files are set aside (into the hidden folder, the old manifest first) and which new
ones come in (the manifest last). Each step is a change of name, so that a process killed anywhere leaves
every file of both studies somewhere; the next start finishes what the journal says, or undoes it.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from experiments.output.ownership import MANIFEST, MARKER, check_targets, is_inside, is_link, obstacle
from experiments.system.files import flush, replace
from sim.errors import InputError
from sim.input_files.documents import ordinary
from sim.input_files.file_errors import naming

JOURNAL = ".journal"
ASIDE = ".old"


@dataclass(frozen=True)
class Publication:
    """The steps from one state of a folder to the next."""

    partial: Path
    folder: Path
    old: tuple[str, ...]
    new: tuple[str, ...]

    def finish(self) -> None:
        """Take the steps that have not been taken; new files never replace what is not ours."""
        for name in self.old:
            aside, here = self.partial / ASIDE / name, self.folder / name
            in_place = name in self.new and not os.path.lexists(self.partial / name)
            if in_place or os.path.lexists(aside) or not _is_file(self.folder, name):
                continue
            _move(here, aside)
        for name in self.new:
            if os.path.lexists(self.partial / name):
                check_targets(self.folder, [name], ())
                _move(self.partial / name, self.folder / name)
        _prune(self.folder, self.old)
        for parent in {(self.folder / name).parent for name in self.new}:
            flush(parent)

    def undo(self) -> None:
        """Take back the steps that have been taken."""
        for name in reversed(self.new):
            if not os.path.lexists(self.partial / name) and _is_file(self.folder, name):
                _move(self.folder / name, self.partial / name)
        _prune(self.folder, self.new)
        for name in reversed(self.old):
            aside = self.partial / ASIDE / name
            if os.path.lexists(aside):
                check_targets(self.folder, [name], ())
                _move(aside, self.folder / name)
        for parent in {(self.folder / name).parent for name in self.old}:
            flush(parent)


def publish(
    partial: Path, folder: Path, new: Sequence[str], listed: Iterable[str], stale: Iterable[str]
) -> None:
    """Move files from `partial` into `folder`; those listed of the same names, and the stale, go.

    Raises
    ------
    OSError
        If a step fails; the steps before it have been taken back, or the journal stays for the next start.
    """
    known = set(listed)
    check_targets(folder, new, known)
    going = {*new, *stale} & known - {MANIFEST}
    old = [MANIFEST, *sorted(going)] if MANIFEST in known else sorted(going)
    # What its owner has made something else of (a folder, a link) is not what we wrote.
    old = [name for name in old if _is_file(folder, name)]
    steps = Publication(partial, folder, tuple(old), (*(name for name in new if name != MANIFEST), MANIFEST))
    for name in steps.new:
        with naming(partial / name):
            flush(partial / name, strict=True)
    _write_journal(steps)
    try:
        steps.finish()
    except BaseException:
        # Where taking back fails as well, the journal stays.
        with contextlib.suppress(OSError, InputError):
            steps.undo()
            (partial / JOURNAL).unlink()
        raise
    (partial / JOURNAL).unlink()


def settle(partial: Path) -> None:
    """Finish a publication that was interrupted, or undo it where it cannot be finished.

    Raises
    ------
    InputError
        If neither is possible; nothing is lost then.
    """
    steps = _read_journal(partial)
    if steps is None:
        return
    try:
        steps.finish()
    except (OSError, InputError) as error:
        try:
            steps.undo()
        except (OSError, InputError):
            hint = f"results in {partial.name} wait to be moved: {error}"
            raise InputError("out", str(steps.folder), "a folder that can be written", hint=hint) from None
    (partial / JOURNAL).unlink()


def discard(partial: Path) -> None:
    """Remove a folder in the making, its marker last, so that what is left is known to be ours."""
    if os.path.lexists(partial / JOURNAL):
        return
    with contextlib.suppress(OSError):
        for path in partial.iterdir():
            if path.name == MARKER:
                continue
            if path.is_dir() and not is_link(path):
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
        (partial / MARKER).unlink(missing_ok=True)
        partial.rmdir()


def _write_journal(steps: Publication) -> None:
    draft = steps.partial / f"{JOURNAL}-draft"
    with naming(draft):
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"old": steps.old, "new": steps.new}, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        replace(draft, steps.partial / JOURNAL)
    flush(steps.partial)
    flush(steps.folder)


def _read_journal(partial: Path) -> Publication | None:
    path = partial / JOURNAL
    if not os.path.lexists(path):
        return None
    try:
        content = json.loads(ordinary(path).read_text(encoding="utf-8"))
        old, new = tuple(content["old"]), tuple(content["new"])
        if not all(map(is_inside, (*old, *new))):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        hint = f"{path.name} in {partial.name} is damaged"
        raise InputError("out", str(partial.parent), "a folder that can be written", hint=hint) from None
    return Publication(partial, partial.parent, old, new)


def _is_file(folder: Path, name: str) -> bool:
    """Whether a name is an ordinary file that is reached without a link."""
    return os.path.lexists(folder / name) and not obstacle(folder, name, [name])


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    replace(source, target)


def _prune(folder: Path, names: Iterable[str]) -> None:
    """Remove folders that held nothing but these files."""
    parents = {parent for name in names for parent in PurePosixPath(name).parents if parent.parts}
    for parent in sorted(parents, key=lambda path: -len(path.parts)):
        with contextlib.suppress(OSError):
            if not is_link(folder / parent):
                (folder / parent).rmdir()
