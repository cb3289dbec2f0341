"""The mark of a store: what `store.json` says, and what its parts say where that is spoilt."""

import json
import re
import sys
from datetime import datetime
from pathlib import Path

from analysis.safe_text.plain_text import visible
from experiments.output.manifest import version
from experiments.store.locks import SESSION
from experiments.store.part_files import PART, PARTIAL
from experiments.store.unreadable import names_in, reason_of
from experiments.system.files import PREFIX, write_text
from sim.errors import InputError
from sim.input_files.documents import ordinary

FORMAT = 1
STORE_FILE = "store.json"
#: What a folder may hold that is to become a store: a store begun, and what systems put everywhere.
_BEGUN = ("parts", "sessions", "lock")
_OF_THE_SYSTEM = (".DS_Store", "Thumbs.db", "desktop.ini", "lost+found")
_OF_SESSIONS = re.compile(SESSION + r"\.(json|claims)")


def check_mark(folder: Path, there: bool) -> None:
    """Make sure that a folder is a store; unless it must be `there`, an empty one is marked as a store.

    Raises
    ------
    InputError
        If it is none, holds what is not ours, or is of another format.
    """
    file = folder / STORE_FILE
    try:
        facts = json.loads(ordinary(file).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        if there and not _has_parts(folder):
            raise InputError("store", str(folder), "a folder with a store", hint="nothing is there") from None
        if not there:
            _refuse_other_things(folder)
            mark = {"format": FORMAT, "made": now(), "by": version()}
            write_text(file, json.dumps(mark, indent=2) + "\n")
            return
        wrong = f"{STORE_FILE} is missing"
    except (ValueError, RecursionError):
        wrong = f"{STORE_FILE} is no JSON"
    except OSError as error:
        wrong = f"{STORE_FILE}: {reason_of(error)}"
    else:
        form = facts.get("format") if isinstance(facts, dict) else None
        if form == FORMAT:
            return
        if isinstance(form, int):
            raise InputError("store", str(folder), f"a store of format {FORMAT}, not {form}")
        wrong = f"{STORE_FILE} names no format"
    if not _has_parts(folder):
        raise InputError("store", str(folder), "a folder with a store", hint=wrong)
    print(f"cogov: {visible(folder)}: {wrong}; its parts show that it is a store", file=sys.stderr)


def is_store(folder: Path) -> bool:
    """Whether a folder has the mark of a store, or parts of one."""
    return (folder / STORE_FILE).is_file() or _has_parts(folder)


def now() -> str:
    """Return the time with its zone."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _has_parts(folder: Path) -> bool:
    """Whether there are parts that this program wrote."""
    return any(PART.fullmatch(name) for name in names_in(folder / "parts"))


def _refuse_other_things(folder: Path) -> None:
    """Refuse a folder without our mark that holds what is not ours."""
    if _has_parts(folder):
        return
    expected = (*_BEGUN, *_OF_THE_SYSTEM)
    others = [name for name in names_in(folder) if name not in expected and not name.startswith(PREFIX)]
    for inner, look in (("parts", PARTIAL), ("sessions", _OF_SESSIONS)):
        found = names_in(folder / inner)
        others += [f"{inner}/{name}" for name in found if not look.fullmatch(name) and name[0] != "."]
    if others:
        shown = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
        hint = f"it holds {shown} and no {STORE_FILE}"
        raise InputError("store", str(folder), "a store, or a new or empty folder", hint=hint)
