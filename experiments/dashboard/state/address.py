"""The view in the address of the page: what a reload, a step back or a link shows.

An address comes from outside. What it may say is what the page itself offers (scenarios, shipped or saved,
parameters, tabs),
with values that a control could have sent; the world is no larger than its sliders go, so that a link cannot
make a machine build a country. Whatever else it says is refused in one line.
"""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from experiments.arguments.key_values import shown, whole_number
from experiments.dashboard.state import sweep_fields, target_fields
from experiments.dashboard.state.controls import GROUPS, WORLD, further_keys, read_value, world_range
from experiments.dashboard.state.saved_scenarios import HEAD, address_name, saved_in, view_name
from experiments.dashboard.state.scenario_pair import LARGEST_PAIRS, SIDES, View, arms
from experiments.dashboard.state.third_arm import EQUAL, NONE
from experiments.dashboard.words.page_words import LANGUAGES
from sim.errors import InputError, did_you_mean
from sim.parameters.scenario import Parameter, parameters_by_key
from sim.scenario.loading import scenario_names
from sim.scenario.seeds import LARGEST_SEED

TABS = ("compare", "target", "sweep", "map", "requests", "save")
#: Characters of an address, and what it names, beyond which nobody reads it.
LONGEST = 6000
MOST = 200
_WORLD = "world"
_FILE = "file"
_TARGET = "target."
_SWEEP = "sweep."
#: What the comparison can be broken down by; the first: by nothing.
BROKEN_DOWN_BY = ("", "category", "community", "age", "tenure", "area")


@dataclass(frozen=True)
class Place:
    """Where an address leads.

    Attributes
    ----------
    file
        Whether it was made while a request file was in use, which an address does not hold.
    target
        What the fields of the service target hold.
    by
        What the comparison is broken down by.
    sweep
        What the fields of the sweeps hold.
    third
        The third arm: none, B with equal acceptance, or a scenario as a view names it.
    """

    view: View
    language: str
    tab: str
    file: bool = False
    target: target_fields.Fields = field(default_factory=target_fields.Fields)
    by: str = ""
    sweep: sweep_fields.Fields = field(default_factory=sweep_fields.Fields)
    third: str = NONE


@functools.cache
def offered() -> list[str]:
    """Return the shipped scenarios of a community: not those that turn the engine into a queue."""
    return [name for name in scenario_names() if not name.startswith("verification/")]


def written(place: Place, folder: Path) -> str:
    """Return a place as the query of an address; the same place has the same one.

    Parameters
    ----------
    folder
        Where scenarios are saved.
    """
    view = place.view
    words: list[tuple[str, str]] = [("lang", place.language), ("tab", place.tab)]
    words += zip(SIDES, (address_name(name, folder) for name in view.names), strict=True)
    words += [("pairs", str(view.pairs)), ("seed", str(view.seed))]
    for side, changes in zip(SIDES, view.changes, strict=True):
        words += [(f"{side}.{key}", shown(value)) for key, value in sorted(changes.items())]
    words += [(f"{_WORLD}.{key}", shown(value)) for key, value in sorted(view.shared.items())]
    words += [("by", place.by)] if place.by else []
    words += [("third", address_name(place.third, folder))] if place.third else []
    words += [(f"{_TARGET}{name}", text) for name, text in target_fields.written(place.target)]
    words += [(f"{_SWEEP}{name}", text) for name, text in sweep_fields.written(place.sweep)]
    if place.file:
        words.append((_FILE, "yes"))
    return urlencode(words, quote_via=quote, safe="/")


def read(query: str, start: Place, folder: Path) -> Place:
    """Return where an address leads; what it leaves out is as the page starts.

    Parameters
    ----------
    query
        What stands behind the question mark.
    start
        Where the page starts; its scenarios may be named beside the shipped ones.
    folder
        Where scenarios are saved, which may be named as well.

    Raises
    ------
    InputError
        If it names what the page does not offer, or a value that no control could send.
    """
    words = _words(query)
    language = _one_of("lang", words.pop("lang", start.language), LANGUAGES)
    tab = _one_of("tab", words.pop("tab", start.tab), TABS)
    file = _one_of(_FILE, words.pop(_FILE, "no"), ("yes", "no")) == "yes"
    by = _one_of("by", words.pop("by", BROKEN_DOWN_BY[0]), BROKEN_DOWN_BY)
    third = words.pop("third", NONE)
    if third not in (NONE, EQUAL):
        third = _scenario("third", third, start.view, folder)
    target = target_fields.read(_taken(words, _TARGET), _TARGET)
    sweep = sweep_fields.read(_taken(words, _SWEEP), _SWEEP)
    first, second = (
        _scenario(side, words.pop(side, name), start.view, folder)
        for side, name in zip(SIDES, start.view.names, strict=True)
    )
    pairs = whole_number("pairs", words.pop("pairs", None), start.view.pairs, 1, LARGEST_PAIRS)
    seed = whole_number("seed", words.pop("seed", None), start.view.seed, 0, LARGEST_SEED)
    # An address that names scenarios says everything; what was changed at the start is part of it or gone.
    view = replace(start.view, names=(first, second), pairs=pairs, seed=seed)
    if query:
        view = replace(view, shared={}, changes=({}, {}))
    own = {key for keys in GROUPS.values() for key in keys} | set(further_keys())
    for word, text in words.items():
        head, _, key = word.partition(".")
        if head in SIDES and key in own:
            view = view.with_change(SIDES.index(head), key, value_of(word, text, parameters_by_key()[key]))
        elif head == _WORLD and key in WORLD:
            low, high = world_range(key, start.view)
            view = view.with_shared(key, value_of(word, text, parameters_by_key()[key], low, high))
        else:
            raise InputError("address", word, "made of what the page offers")
    arms(view)
    return Place(view, language, tab, file, target, by, sweep, third)


def language_of(query: str, otherwise: str) -> str:
    """Return the language of an address, also of one that cannot be used: in it that is said."""
    found = [text for key, text in parse_qsl(query[:LONGEST]) if key == "lang" and text in LANGUAGES]
    return found[0] if found else otherwise


def value_of(
    word: str, text: str, parameter: Parameter, low: float = -math.inf, high: float = math.inf
) -> Any:
    """Return a value as a control would send it; the schema judges it as it judges theirs."""
    if parameter.type == "true or false":
        _one_of(word, text, ("true", "false"))
        return text == "true"
    if parameter.choices:
        return read_value(parameter.key, _one_of(word, text, [str(choice) for choice in parameter.choices]))
    try:
        number = float(text) if len(text) <= 40 else math.nan
    except ValueError:
        number = math.nan
    whole = parameter.type == "a whole number"
    if not math.isfinite(number) or not low <= number <= high or (whole and number != round(number)):
        if math.isinf(low):
            raise InputError(word, text, parameter.allowed)
        raise InputError(word, text, f"a number from {low:g} to {high:g}")
    return read_value(parameter.key, number)


def _scenario(side: str, name: str, start: View, folder: Path) -> str:
    """Return how a view names the scenario that an address names."""
    if name in offered() or name in start.names:
        return name
    path = view_name(name, folder) if name.startswith(HEAD) else None
    if path is None:
        names = [*offered(), *start.names, *(one.short for one in saved_in(folder))]
        raise InputError(side, name, "a scenario that the page offers", hint=did_you_mean(name, names))
    return path


def _words(query: str) -> dict[str, str]:
    """Return the words of a query, each once."""
    if len(query) > LONGEST:
        raise InputError("address", f"{len(query)} characters", f"no longer than {LONGEST} characters")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query), errors="strict",
                          max_num_fields=MOST)  # fmt: skip
    except ValueError:
        raise InputError("address", query, "made of what the page offers") from None
    if len({key for key, _ in pairs}) < len(pairs):
        raise InputError("address", query, "without a word that stands twice")
    return dict(pairs)


def _taken(words: dict[str, str], head: str) -> dict[str, str]:
    """Take the words with a head out of those of an address; return them without it."""
    return {word.removeprefix(head): words.pop(word) for word in list(words) if word.startswith(head)}


def _one_of(word: str, text: str, allowed: Sequence[str]) -> str:
    if text not in allowed:
        raise InputError(word, text, f"one of {', '.join(one for one in allowed if one)}")
    return text
