"""A view as files and as a command: what is saved runs again with the same numbers."""

import os
import re
import shlex
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from experiments.arguments.key_values import list_of, shown
from experiments.dashboard.state.scenario_pair import SIDES, View, arms, identity
from experiments.output.manifest import brief_manifest
from experiments.output.output_folder import add_files, write_text
from sim.errors import InputError
from sim.parameters.scenario import Scenario, flatten
from sim.scenario.loading import BASELINE, load_scenario, shipped_basis

_ABOUT = ("name", "title.en", "title.zh", "description", "evidence")
#: The file of a side that a command names.
COPY = re.compile(r"[\w-]+-[0-9a-f]{8}\.yaml")


def scenario_text(view: View, side: int, own_title: str = "", own_file: str = "") -> str:
    """Return a side as a scenario file that lists only what differs from what it is based on.

    Parameters
    ----------
    own_title, own_file
        What the user calls it, and the name of its file; else it is called as on the page.
    """
    arm, name = arms(view)[side], view.names[side]
    basis = _basis(name)
    before, after = flatten(load_scenario(basis)), flatten(arm)
    changed = {key: value for key, value in after.items() if value != before[key] and key not in _ABOUT}
    words = ("cogov", "run", f"scenario={own_file or file_name(view, side)}")
    lines = [f"# {' '.join(shlex.quote(word) for word in words)}"]
    if basis != BASELINE:
        lines.append(f"based_on: {basis}")
    lines.append(f"name: {_text(Path(own_file).stem or arm.name)}")
    if own_title:
        lines += ["title:", *(f"  {language}: {_text(own_title)}" for language in ("en", "zh"))]
    elif arm.title.en or arm.title.zh:
        mark_en, mark_zh = (" (changed)", "（已改）") if is_changed(view, side) else ("", "")
        lines.append("title:")
        lines += [f"  en: {_text(arm.title.en + mark_en)}"] if arm.title.en else []
        lines += [f"  zh: {_text(arm.title.zh + mark_zh)}"] if arm.title.zh else []
    lines += _nested(changed)
    return "\n".join(lines) + "\n"


def _basis(name: str) -> str:
    """Return the shipped scenario that one is based on; the baseline where its file can no longer be read."""
    try:
        return shipped_basis(name)
    except InputError:
        return BASELINE


def is_changed(view: View, side: int) -> bool:
    """Whether anything was changed on a side."""
    return bool(view.changes[side])


def file_name(view: View, side: int) -> str:
    """Return the name of a side's file; another view has another name."""
    arm = arms(view)[side]
    # Short enough for every file system, also where a character takes three bytes or four.
    return f"{plain_name(arm.name, 40) or SIDES[side]}-{identity(arm)[:8]}.yaml"


def plain_name(text: str, most: int) -> str:
    """Return what of a text may stand in the name of a file, as so many characters; it may be empty."""
    return re.sub(r"[^\w-]+", "_", text)[:most].strip("_-")


def needs_files(view: View) -> bool:
    """Whether the view cannot be said in one command without files: a side was changed, or is there twice."""
    return view.names[0] == view.names[1] or any(view.changes)


def command(view: View, folder: Path) -> str:
    """Return the command that gives the numbers of a view."""
    words = ["cogov", "compare", *compared(view, folder)]
    words += [f"seed={view.seed}", f"replications={view.pairs}"]
    return " ".join(shlex.quote(word) for word in words)


def compared(view: View, folder: Path) -> list[str]:
    """Return the words of a command that name the two scenarios of a view, with what was changed."""
    if needs_files(view):
        return [f"scenarios={list_of(named_sides(view, folder))}"]
    return [f"scenarios={list_of(view.names)}", *view.all_words()]


def write_files(view: View, folder: Path) -> list[Path]:
    """Write the files that the command names, if it names any."""
    if not needs_files(view):
        return []
    texts = {file_name(view, side): scenario_text(view, side) for side in range(2)}
    put(texts, folder)
    return [folder / name for name in texts]


def named_sides(view: View, folder: Path) -> list[str]:
    """Return how a command names the files of both sides in a folder."""
    return [_relative(folder / file_name(view, side)) for side in range(2)]


def put(texts: Mapping[str, str], folder: Path) -> None:
    """Add files to the folder for what is saved."""
    files = {name: text.encode() for name, text in texts.items()}
    add_files(folder, files, brief_manifest("cogov dashboard", datetime.now().astimezone()))


def _relative(path: Path) -> str:
    """Return a path as a user would write it: from the present folder where that is shorter."""
    absolute = path.resolve()
    try:
        return absolute.relative_to(Path(os.getcwd()).resolve()).as_posix()
    except ValueError:
        return str(absolute)


def _nested(changed: Mapping[str, Any]) -> list[str]:
    """Return dotted keys as nested YAML, one group after the other."""
    lines: list[str] = []
    groups: dict[str, list[tuple[str, Any]]] = {}
    for key, value in changed.items():
        group, _, leaf = key.rpartition(".")
        groups.setdefault(group, []).append((leaf, value))
    for group, leaves in groups.items():
        if group:
            lines.append(f"{group}:")
        lines += [f"{'  ' if group else ''}{leaf}: {_value(value)}" for leaf, value in leaves]
    return lines


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        # Every digit, so that the file gives the same bits; YAML wants a point in 1e-05.
        text = repr(value)
        return text if "e" not in text or "." in text else text.replace("e", ".0e")
    if isinstance(value, tuple | list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(str(k))}: {_value(v)}" for k, v in value.items()) + "}"
    if hasattr(value, "model_dump"):
        return _value(value.model_dump())
    return shown(value)


def _text(text: str) -> str:
    """Return a text in quotation marks, as YAML and JSON both read it."""
    import json

    return json.dumps(text, ensure_ascii=False)


def scenario_of(text: str, path: Path) -> Scenario:
    """Return the scenario that a saved text describes, read as every command reads it."""
    write_text(path, text)
    return load_scenario(str(path))
