"""What is compared: two scenarios on one world, with what was changed on the page.

A `View` is all that decides the numbers on the page. Its scenarios are made the way every command makes them
(`load_scenario` and `validate`), so what the sliders cannot set is refused in the same words.
"""

import functools
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.safe_text.plain_text import shortened, visible
from experiments.arguments.key_values import shown
from experiments.arguments.scenarios import check_paired
from sim.errors import InputError
from sim.parameters.scenario import Scenario, flatten, parameters_by_key
from sim.scenario.loading import load_scenario, scenario_names, validate

SIDES = ("a", "b")
LARGEST_PAIRS = 1000
#: Characters of a title on the page; the report has all.
LONGEST_TITLE = 44
#: What a scenario says about itself; no number depends on it.
_ABOUT = ("name", "title", "description", "evidence")


@dataclass(frozen=True)
class View:
    """What the page shows.

    Attributes
    ----------
    names
        The two scenarios, names or files.
    words
        Overrides `key=value` for both, as on the command line.
    shared
        Parameters of the world changed on the page, for both: people, needs, days.
    changes
        Parameters changed on the page for each side.
    requests
        A request file and its mapping read on the page, in place of synthetic needs.
    files
        By what it is seen which state of their files the scenarios have: of another one it is another view.
    """

    names: tuple[str, str]
    words: tuple[str, ...] = ()
    shared: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Mapping[str, Any], Mapping[str, Any]] = field(default_factory=lambda: ({}, {}))
    seed: int = 1
    pairs: int = 20
    requests: tuple[str, str] | None = None
    files: tuple[tuple[int, int], tuple[int, int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Look at the files once, before they are read."""
        object.__setattr__(self, "files", tuple(map(file_state, self.names)))

    def with_change(self, side: int, key: str, value: Any) -> "View":
        """Return the view with one parameter changed on one side, or set back to the scenario's own."""
        mine = dict(self.changes[side])
        base = flatten(self.base(side))[key]
        if value == base:
            mine.pop(key, None)
        else:
            mine[key] = value
        both = (mine, self.changes[1]) if side == 0 else (self.changes[0], mine)
        return replace(self, changes=both)

    def with_shared(self, key: str, value: Any) -> "View":
        """Return the view with one parameter of the world changed for both."""
        return replace(self, shared={**self.shared, key: value})

    def with_name(self, side: int, name: str) -> "View":
        """Return the view with another scenario on one side, what was changed there set back."""
        names = (name, self.names[1]) if side == 0 else (self.names[0], name)
        both: tuple[Mapping[str, Any], Mapping[str, Any]]
        both = ({}, self.changes[1]) if side == 0 else (self.changes[0], {})
        return replace(self, names=names, changes=both)

    def all_words(self) -> tuple[str, ...]:
        """Return what applies to both as overrides of the command line, the last one winning."""
        if self.requests is not None:
            # Who lives there and how long the run is follow from the file.
            file, mapping = self.requests
            return (*self.words, f"demand.stream={file}", f"demand.mapping={mapping}")
        return (*self.words, *(f"{key}={shown(value)}" for key, value in self.shared.items()))

    def base(self, side: int) -> Scenario:
        """Return a side's scenario without what was changed there."""
        return self._bases[side]

    @functools.cached_property
    def _bases(self) -> tuple[Scenario, Scenario]:
        """What `base` returns: a file that is changed or gone by now changes no view that was made of it."""
        words = self.all_words()
        first, second = (
            _loaded(name, words, file) for name, file in zip(self.names, self.files, strict=True)
        )
        return first, second

    @functools.cached_property
    def _arms(self) -> tuple[Scenario, Scenario]:
        """What `arms` returns, made once: a page asks a dozen times for each movement of a slider."""
        first, second = (_changed(self.base(side), self.changes[side]) for side in range(2))
        if first.name == second.name:
            first, second = _named(first, f"{first.name}_a"), _named(second, f"{second.name}_b")
        return first, second


@functools.lru_cache(maxsize=64)
def _loaded(name: str, words: tuple[str, ...], _file: tuple[int, int]) -> Scenario:
    return load_scenario(name, words)


def file_state(name: str) -> tuple[int, int]:
    """Return by what it is seen that the file of a scenario was changed; shipped ones are not."""
    if name in scenario_names():
        return 0, 0
    try:
        found = os.stat(name)
    except (OSError, ValueError):
        return 0, 0
    return found.st_mtime_ns, found.st_size


def arms(view: View) -> tuple[Scenario, Scenario]:
    """Return the two scenarios of a view, with different names.

    Raises
    ------
    InputError
        If a scenario or a value cannot be used.
    """
    return view._arms


def unpaired(view: View) -> InputError | None:
    """Return why the two scenarios of a view have no twins in each other; None if they have."""
    try:
        check_paired(*arms(view))
    except InputError as error:
        return error
    return None


def _changed(base: Scenario, changes: Mapping[str, Any]) -> Scenario:
    if not changes:
        return base
    values = base.model_dump(mode="json")
    for key, value in changes.items():
        if key not in parameters_by_key():
            raise InputError(key, value, "a parameter")
        *groups, leaf = key.split(".")
        node = values
        for group in groups:
            node = node[group]
        node[leaf] = value
    return _named(validate(values), f"{base.name}_changed")


def _named(scenario: Scenario, name: str) -> Scenario:
    return scenario.model_copy(update={"name": name})


def identity(scenario: Scenario) -> str:
    """Return a name for the numbers of a scenario: the same for two that differ in name or title only."""
    values = {key: value for key, value in scenario.model_dump(mode="json").items() if key not in _ABOUT}
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def title(scenario: Scenario, language: str, changed: bool = False) -> str:
    """Return what a side is called, fit to be shown, with a mark if something was changed."""
    own = scenario.title.zh if language == "zh" else scenario.title.en
    mark = ("（已改）" if language == "zh" else " (changed)") if changed else ""
    name = own.strip() or scenario.title.en.strip() or scenario.name.replace("_", " ")
    shown = shortened(visible(name), LONGEST_TITLE)
    # A name that begins with an underscore is, among the lines of a chart, no line of its own.
    return (f" {shown}" if shown.startswith("_") else shown) + mark
