"""What the scenario choosers offer, and what of it can be compared with the other side.

Two scenarios can be compared where the same people have the same needs. What decides it are the parameters of
the world, which the page sets for both sides alike; what is changed under one side never does. The others are
offered too, under a heading of their own: whoever wants both of another place changes one side first.
"""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.findings.parameter_names import parameter_name
from experiments.chinese.of_scenarios import entry
from experiments.dashboard.state.address import offered
from experiments.dashboard.state.saved_scenarios import saved_in
from experiments.dashboard.state.scenario_pair import SIDES, View, file_state, title
from experiments.dashboard.words.page_words import word
from sim.errors import InputError
from sim.parameters.scenario import describe, flatten
from sim.scenario.loading import load_scenario

Options = list[dict[str, str]]


def choices(view: View, start: View, folder: Path, language: str) -> tuple[Options, Options]:
    """Return scenarios that are shipped, of the start or in use, and those saved under a name in a folder."""
    saved = {
        one.path: title(one.content, language)
        for one in saved_in(folder)
        if not isinstance(one.content, InputError)
    }
    others = {name: _named(name, language) for name in offered()}
    for one in (start, view):
        # As it was read: by now its file may be gone.
        used = {name: title(one.base(side), language) for side, name in enumerate(one.names)}
        others |= {name: text for name, text in used.items() if name not in (*others, *saved)}
    found = [[{"name": name, "title": text} for name, text in part.items()] for part in (others, saved)]
    return found[0], found[1]


def grouped(view: View, start: View, folder: Path, language: str) -> list[list[dict[str, Any]]]:
    """Return what the chooser of each side offers, under headings: `name`, `label` and `options` of each.

    An option has its `name`, its `title`, and a `line` that says what it is.
    """
    others, saved = choices(view, start, folder, language)
    found = []
    for side in range(2):
        apart = {one["name"]: apart_in(view, side, one["name"]) for one in (*others, *saved)}
        parts = {
            "twins": [one for one in others if not apart[one["name"]]],
            "saved": saved,
            "apart": [one for one in others if apart[one["name"]]],
        }
        other = word(f"side_{SIDES[1 - side]}", language)
        found.append(
            [
                {
                    "name": name,
                    "label": word(f"group_{name}", language).format(other),
                    "options": [
                        {**one, "line": _line(one["name"], apart[one["name"]], language)} for one in part
                    ],
                }
                for name, part in parts.items()
                if part
            ]
        )
    return found


def apart_in(view: View, side: int, name: str) -> str:
    """Return a parameter in which a scenario, put on a side, has no twin in the other side; "" if it has."""
    if view.requests is not None:
        # Who lives there and how long the run is follow from the file.
        return ""
    try:
        own, other = (_world(one, view.words, file_state(one)) for one in (name, view.names[1 - side]))
    except InputError:
        return ""  # it is told when it is chosen
    return next((key for key in own if own[key] != other[key] and key not in view.shared), "")


@functools.lru_cache(maxsize=512)
def _world(name: str, words: tuple[str, ...], _file: tuple[int, int]) -> Mapping[str, Any]:
    """Return the parameters of a scenario that decide which needs and people there are."""
    values = flatten(load_scenario(name, words))
    return {row.key: values[row.key] for row in describe() if row.tape}


def _line(name: str, apart: str, language: str) -> str:
    """Return what a scenario is; where it has no twin on the other side, first in what it differs."""
    told = _described(name, language) if name in offered() else ""
    reason = word("group_differs", language).format(parameter_name(apart, language)) if apart else ""
    return ("" if language == "zh" else " ").join(part for part in (reason, told) if part)


@functools.cache
def _described(name: str, language: str) -> str:
    scenario = load_scenario(name)
    return entry(scenario, "description") if language == "zh" else scenario.description


@functools.cache
def _named(name: str, language: str) -> str:
    return title(load_scenario(name), language)
