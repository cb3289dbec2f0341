"""Scenarios that were saved on the page under a name of the user's: files in the folder for what is saved.

What is offered is what the folder's manifest lists, so what the page wrote, and can be read now. An address
says ``saved/NAME`` and no path; what it means is looked up among them. Nothing is ever overwritten.
"""

import functools
import os
import re
import threading
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.safe_text.plain_text import visible
from experiments.dashboard.state.controls import WORLD, world_range
from experiments.dashboard.state.saving import COPY, plain_name, put, scenario_text
from experiments.dashboard.state.scenario_pair import LONGEST_TITLE, View
from experiments.output.ownership import listing, obstacle
from sim.errors import InputError
from sim.parameters.scenario import Scenario, flatten
from sim.scenario.loading import load_scenario

#: With what the name of a saved scenario begins in an address; no shipped one does.
HEAD = "saved/"
_SUFFIX = ".yaml"
#: What Windows takes for a device, whatever follows the dot.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")
#: Two pages that save under one name at the same time: the second is refused.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Saved:
    """A saved scenario.

    Attributes
    ----------
    path
        How a view names it, and every command.
    content
        The scenario, or why the file cannot be used.
    """

    path: str
    content: Scenario | InputError

    @property
    def short(self) -> str:
        """How an address names it."""
        return HEAD + Path(self.path).stem


def saved_in(folder: Path) -> list[Saved]:
    """Return what was saved in a folder under a name, also what can no longer be used."""
    found = listing(folder)
    names = [name for name in found.files if _is_named(name)] if found else []
    return [Saved(str(folder / name), _content(folder / name)) for name in sorted(names)
            if not obstacle(folder, name, [name]) and (folder / name).is_file()]  # fmt: skip


def address_name(name: str, folder: Path) -> str:
    """Return how an address names a scenario of a view."""
    path = Path(name)
    inside = path.parent == folder and _is_named(path.name)
    return HEAD + path.stem if inside else name


def view_name(short: str, folder: Path) -> str | None:
    """Return how a view names what an address names so; None if nothing of that name was saved.

    Raises
    ------
    InputError
        If it was, and the file cannot be used.
    """
    found = next((one for one in saved_in(folder) if one.short == short), None)
    if found is not None and isinstance(found.content, InputError):
        _read(Path(found.path))
    return found.path if found is not None else None


def save(view: View, side: int, title: str, folder: Path) -> str:
    """Write a side as a scenario with a title of its own; return how a view names it.

    A request file is no part of it, as it is no part of an address.

    Raises
    ------
    InputError
        If the title makes no name of a file, or the name is taken.
    """
    title = visible(unicodedata.normalize("NFC", title)).strip()
    allowed = f"a name of 1 to {LONGEST_TITLE} characters with at least one letter or digit"
    # Each character may take four bytes, and a name of a file has 255.
    stem = plain_name(title, LONGEST_TITLE)
    if not stem or len(title) > LONGEST_TITLE:
        raise InputError("name", title, allowed)
    if _DEVICES.fullmatch(stem) or COPY.fullmatch(stem + _SUFFIX):
        stem += "_"
    name = stem + _SUFFIX
    with _ONE_AT_A_TIME:
        if os.path.lexists(folder / name):
            hint = f"{name} is there already; choose another name, or move that file out of {folder}"
            raise InputError("name", title, "one that is not taken", hint=hint)
        text = scenario_text(replace(view, requests=None), side, title, name)
        try:
            put({name: text}, folder)
        except OSError as error:
            hint = error.strerror or type(error).__name__
            raise InputError("out", str(folder), "a folder that can be written", hint=hint) from None
    return str(folder / name)


def on_its_world(view: View, side: int, start: View) -> View:
    """Return the view on the world of a side's scenario where the other side's differs and nothing was set.

    Else a scenario that was saved with other residents had no twin in any other one. What a slider of the
    world was set to stays.
    """
    if view.requests is not None:
        return view
    own, other = (flatten(view.base(one)) for one in (side, 1 - side))
    for key in WORLD:
        low, high = world_range(key, start)
        if own[key] != other[key] and low <= own[key] <= high:
            view = view.with_shared(key, own[key])
    return view


def _is_named(name: str) -> bool:
    """Whether a file is one saved under a name, and not the copy of a side that a command names."""
    return "/" not in name and name.endswith(_SUFFIX) and not COPY.fullmatch(name)


def _content(path: Path) -> Scenario | InputError:
    try:
        stamp = path.stat()
    except OSError as error:
        return InputError("scenario", str(path), "a readable file", hint=error.strerror or "")
    return _kept(path, stamp.st_mtime_ns, stamp.st_size)


@functools.lru_cache(maxsize=256)
def _kept(path: Path, _changed: int, _size: int) -> Scenario | InputError:
    try:
        return _read(path)
    except InputError as error:
        return error


def _read(path: Path) -> Scenario:
    scenario = load_scenario(str(path))
    if scenario.verification.mode != "none":
        # It turns the engine into something that has neither residents nor sides.
        raise InputError("verification.mode", scenario.verification.mode, "none on the page", path)
    return scenario
