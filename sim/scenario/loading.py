"""Scenarios: from a name or a YAML file, and overrides, to one checked set of parameters.

A scenario file lists only what differs from the baseline (the defaults of `sim.parameters.scenario`) or,
with the entry `based_on: NAME`, from another scenario. Order: defaults < scenario < overrides; the last wins.
"""

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.errors import InputError, did_you_mean, in_short, one_line
from sim.input_files.documents import is_file, is_folder, read_yaml, user_path
from sim.input_files.holiday_file import read_holidays
from sim.input_files.roster_file import Shift, read_roster, shifts
from sim.parameters.place import BUILT_IN
from sim.parameters.scenario import Scenario, flatten, parameters_by_key
from sim.scenario.overrides import compose, given, merge, unknown_key, written

BASELINE = "administration_led"
SCENARIO_FOLDER = Path(__file__).resolve().parents[2] / "scenarios"
"""Beside the package `sim` in a checkout as well as in an installation."""

_BASED_ON = "based_on"
#: What is shown and decides nothing.
_TEXTS = ("title", "description", "evidence")
_OWN = ("name", "title", "description", "evidence")
"""What a scenario says about itself and does not inherit."""


def load_scenario(
    name_or_path: str | Path = BASELINE, overrides: Iterable[str] | Mapping[str, Any] = ()
) -> Scenario:
    """One checked scenario.

    Parameters
    ----------
    name_or_path
        Name of a shipped scenario (`co_governance`, `verification/queue`) or path of a YAML file.
    overrides
        Either `key=value` as on the command line, the last one winning, or a mapping of names to Python
        values: `{"community.residents": 500}` or `{"community": {"residents": 500}}`.

    Raises
    ------
    InputError
        For everything that is wrong with the input, in one line.

    Notes
    -----
    With a request file (`demand.stream`) the calendar starts with the file, and what of the window is set
    neither in the scenario's file nor by an override follows from it (`sim.request_file.window`).
    """
    if not isinstance(name_or_path, str | Path):
        raise InputError("scenario", name_or_path, "the name of a scenario or the path of a YAML file")
    # A name that does not exist is told before anything is checked, which takes longer.
    changes = _changes(overrides)
    values, file = _scenario_values(str(name_or_path), ())
    scenario = validate(values, file)
    if changes:
        scenario = validate(compose(scenario.model_dump(mode="json"), changes))
    _check_files(scenario)
    scenario = _with_roster(_with_holidays(scenario))
    if scenario.city.folder is not None:
        from sim.city.tape import follow_city

        return follow_city(scenario, {*values, *(n for key, value in changes for n in _names(key, value))})
    if scenario.demand.stream is not None and scenario.verification.mode == "none":
        # Imported here because most scenarios have no request file.
        from sim.request_file.window import follow_stream

        chosen = {*values, *(name for key, value in changes for name in _names(key, value))}
        scenario = follow_stream(scenario, chosen)
    return scenario


def _changes(overrides: Iterable[str] | Mapping[str, Any]) -> list[tuple[str, Any]]:
    if isinstance(overrides, Mapping):
        return given(overrides)
    if isinstance(overrides, str | bytes) or not isinstance(overrides, Iterable):
        hint = f"write [{in_short(overrides)}]" if isinstance(overrides, str) else ""
        raise InputError("overrides", overrides, "a list of texts key=value, or a mapping", hint=hint)
    return written(overrides)


def _names(key: str, value: Any) -> list[str]:
    """Full names of what an override sets."""
    if isinstance(value, Mapping) and value and key not in parameters_by_key():
        return [key, *(name for part, item in value.items() for name in _names(f"{key}.{part}", item))]
    return [key]


def scenario_names() -> list[str]:
    """Names of the shipped scenarios, the baseline first."""
    return list(_shipped())


@functools.cache
def _shipped() -> tuple[str, ...]:
    names = [
        path.relative_to(SCENARIO_FOLDER).with_suffix("").as_posix()
        for path in SCENARIO_FOLDER.rglob("*.yaml")
        if "streams" not in path.relative_to(SCENARIO_FOLDER).parts
    ]
    return tuple(sorted(names, key=lambda name: (name != BASELINE, "/" in name, name)))


def scenario_file(name_or_path: str) -> Path:
    """Path of the file of a scenario."""
    if name_or_path in scenario_names():
        return SCENARIO_FOLDER / f"{name_or_path}.yaml"
    path = user_path(name_or_path, "scenario")
    if name_or_path and path.suffix.lower() in (".yaml", ".yml"):
        if is_file(path):
            return path
        raise InputError("scenario", name_or_path, "an existing YAML file", hint="there is no such file")
    if is_file(path):
        raise InputError("scenario", name_or_path, "a YAML file (.yaml or .yml)")
    names = scenario_names()
    hint = did_you_mean(name_or_path, names) or f"shipped: {', '.join(names)}"
    raise InputError("scenario", name_or_path, "the name of a shipped scenario or a YAML file", hint=hint)


def validate(values: Mapping[str, Any], file: object = "") -> Scenario:
    """Check a nested mapping of values; the first fault becomes an `InputError`."""
    try:
        return Scenario.model_validate(values)
    except ValidationError as error:
        raise _first_fault(error, file) from None


def _scenario_values(name_or_path: str, chain: Sequence[Path]) -> tuple[dict[str, Any], Path]:
    """Values of a scenario file on top of what it is based on, and the file."""
    file = scenario_file(name_or_path)
    if file in chain:
        raise InputError(_BASED_ON, name_or_path, "a scenario that is not based on this one", file)
    raw = _read(file)
    base: dict[str, Any] = {}
    if _BASED_ON in raw:
        basis = raw.pop(_BASED_ON)
        if not isinstance(basis, str):
            raise InputError(_BASED_ON, basis, "the name of a scenario or a YAML file", file)
        beside = file.parent / basis
        base, base_file = _scenario_values(str(beside) if is_file(beside) else basis, [*chain, file])
        validate(base, base_file)
        base = {key: value for key, value in base.items() if key not in _OWN}
    raw.setdefault("name", _name_of(file))
    return merge(base, raw), file


def shipped_basis(name_or_path: str) -> str:
    """Return the shipped scenario that a scenario is, or is based on; the baseline if on none."""
    known: list[Path] = []
    while name_or_path not in scenario_names():
        file = scenario_file(name_or_path)
        basis = _read(file).get(_BASED_ON)
        if not isinstance(basis, str) or file in known:
            return BASELINE
        known.append(file)
        beside = file.parent / basis
        name_or_path = str(beside) if is_file(beside) else basis
    return name_or_path


def _name_of(file: Path) -> str:
    if file.is_relative_to(SCENARIO_FOLDER):
        return file.relative_to(SCENARIO_FOLDER).with_suffix("").as_posix()
    return re.sub(r"[^\w ./()+-]", "_", file.stem)


def _read(file: Path) -> dict[str, Any]:
    content = read_yaml(file, "scenario")
    if not isinstance(content, dict):
        raise InputError("scenario", str(file), "a mapping of parameter names to values")
    values = {str(key): value for key, value in content.items()}
    _check_plain(values, "", file)
    _anchor_paths(values, file.parent)
    return values


def _check_plain(node: Any, key: str, file: Path) -> None:
    """Refuse interpolation, which would make a value depend on the machine; texts are read as they stand."""
    if key in _TEXTS:
        return
    if isinstance(node, dict):
        for name, child in node.items():
            _check_plain(child, f"{key}.{name}" if key else str(name), file)
    elif isinstance(node, list):
        for child in node:
            _check_plain(child, key, file)
    elif isinstance(node, str) and "${" in node:
        raise InputError(key, node, "a plain value", file, "interpolation (${...}) is not supported")


def _anchor_paths(values: dict[str, Any], folder: Path) -> None:
    """Paths in a scenario file are meant from the file's own folder."""
    for parameter in parameters_by_key().values():
        group, _, name = parameter.key.rpartition(".")
        node = values.get(group)
        if parameter.kind != "path" or not isinstance(node, dict) or not isinstance(node.get(name), str):
            continue
        path = folder / node[name]
        if is_file(path) or (parameter.key == "city.folder" and is_folder(path)):
            node[name] = str(path.resolve())


def _check_files(scenario: Scenario) -> None:
    values = flatten(scenario)
    for key in ("demand.stream", "verification.network_file"):
        if values[key] is not None and not is_file(values[key]):
            raise InputError(key, values[key], "an existing file", hint="there is no such file")


def _with_holidays(scenario: Scenario) -> Scenario:
    """Return the scenario with the dates of its own file of holidays, which it carries from here on."""
    calendar = scenario.calendar
    if calendar.holidays in BUILT_IN:
        return scenario
    own = calendar.model_copy(update={"holiday_dates": read_holidays(calendar.holidays)})
    return scenario.model_copy(update={"calendar": own})


def _with_roster(scenario: Scenario) -> Scenario:
    """Return the scenario with the shifts of its own file, which it carries from here on."""
    if scenario.roster.file is None:
        return scenario
    if scenario.verification.mode == "adoption":
        raise InputError("roster.file", scenario.roster.file, "null, where nobody serves (verification.mode)")
    text = read_roster(scenario.roster.file)
    for shift in shifts(text):
        _check_shift(scenario, shift)
    own = scenario.roster.model_copy(update={"shifts": text})
    return scenario.model_copy(update={"roster": own})


def _check_shift(scenario: Scenario, shift: Shift) -> None:
    """Refuse a shift of a team that is not there, or of more posts than a queue has servers."""
    queue = scenario.verification.mode == "queue"
    if scenario.demand.stream is None or queue:
        teams = 1 if queue else scenario.county.communities
        if shift.team >= teams:
            allowed = f"a file whose teams are from 0 to {teams - 1}, or all"
            raise InputError("roster.file", scenario.roster.file, allowed, hint=f"it has a team {shift.team}")
    if queue and shift.posts > scenario.verification.servers:
        allowed = f"a file with at most {scenario.verification.servers} posts, as verification.servers says"
        raise InputError("roster.file", scenario.roster.file, allowed, hint=f"it has {shift.posts} posts")


def _first_fault(error: ValidationError, file: object) -> InputError:
    faults = error.errors(include_url=False)
    # A misspelt key explains more than the check that fails because its value went missing.
    fault = next((f for f in faults if f["type"] == "extra_forbidden"), faults[0])
    context = fault.get("ctx", {})
    if fault["type"] == "cross_field":
        return InputError(context["key"], context["value"], context["allowed"], file)
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in fault["loc"]).lstrip(".")
    if fault["type"] == "extra_forbidden":
        value = fault["input"]
        return unknown_key(key, "" if isinstance(value, dict) else value, file)
    more = f"{len(faults) - 1} further faults" if len(faults) > 2 else ""
    return InputError(key, fault["input"], _allowed(key, fault), file, more)


def _allowed(key: str, fault: Any) -> str:
    known = parameters_by_key()
    if key in known:
        return known[key].allowed
    context = fault.get("ctx", {})
    whole = known.get(re.sub(r"(\[\d+\])+.*$", "", key))
    if fault["type"] in ("missing", "too_short", "too_long") and whole is not None:
        return whole.allowed
    bounds = {"ge": "from", "gt": "above", "le": "up to", "lt": "below"}
    for name, word in bounds.items():
        if name in context:
            return f"a number {word} {context[name]:g}"
    if fault["type"] in ("model_type", "model_attributes_type", "dict_type"):
        return "a mapping of parameter names to values"
    return one_line(fault["msg"]).replace("Input should be ", "")
