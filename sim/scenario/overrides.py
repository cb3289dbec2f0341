"""Overrides as written on the command line: checked, quoted where their value is meant literally, composed.

The grammar is Hydra's (`key=value`, lists, mappings, quotes). What Hydra offers beyond setting a value is
refused with one line: adding (`+`) and deleting (`~`) keys, interpolation (`${...}`), and several values at
once outside a multirun. Values of paths and free texts are taken literally: `demand.stream=数据(1).csv` needs
no quotes.
"""

import datetime
import itertools
import os
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from sim.errors import InputError, did_you_mean
from sim.input_files.documents import DEEPEST
from sim.parameters.scenario import CATEGORIES, SecondStage, parameters_by_key

MAPPING_ENTRIES = {
    "demand.category_shares": CATEGORIES,
    "deliberation.topics_above": CATEGORIES,
    "verification.second_stage": tuple(SecondStage.model_fields),
}
"""Parameters that hold mappings, and what these may contain."""

_PARSING = threading.Lock()
"""The grammar's parser keeps what it has learnt in globals; two threads at once spoil it."""

#: What the grammar reads as everybody does: loading it takes longer than a short run.
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?", re.ASCII)
_PLAIN_WORDS = {"true": True, "false": False, "null": None}

LONGEST_WRITTEN = 10_000
"""Characters of a value on the command line; the parser takes seconds for ten times as many."""


def split_override(text: str) -> tuple[str, str]:
    """Key and value of an override, after refusing what is not plain `key=value`."""
    if not isinstance(text, str):
        raise InputError("override", text, "a text key=value")
    key, equals, value = text.partition("=")
    key = key.strip()
    if key.startswith(("+", "~")):
        raise InputError(key, value, "key=value without + or ~", hint="every parameter exists: set it")
    if not equals or not key:
        raise InputError("override", text, "written key=value", hint=did_you_mean(key, parameters_by_key()))
    if "${" in text:
        raise InputError(key, value, "a plain value", hint="interpolation (${...}) is not supported")
    return key, value.strip()


def check_key(key: str) -> None:
    """Refuse keys that are neither a parameter nor a group of parameters, nor an entry of one."""
    known = parameters_by_key()
    if key in known or any(name.startswith(f"{key}.") for name in known):
        return
    parent, _, entry = key.rpartition(".")
    if entry in MAPPING_ENTRIES.get(parent, ()):
        return
    raise unknown_key(key)


def unknown_key(key: str, value: object = "", file: object = "") -> InputError:
    """The error for a key that does not exist."""
    entries = [f"{parent}.{entry}" for parent, names in MAPPING_ENTRIES.items() for entry in names]
    hint = did_you_mean(key, [*parameters_by_key(), *entries]) or "`cogov explain` lists what there is"
    return InputError(key, value, "a known parameter", file, hint)


def written(overrides: Iterable[str]) -> list[tuple[str, Any]]:
    """Keys and values of overrides written `key=value`, each word read by the grammar.

    Raises
    ------
    InputError
        For a word that is not `key=value`, a key that does not exist or a value the grammar does not know.
    """
    found = []
    for text in overrides:
        key, value = split_override(text)
        check_key(key)
        found.append((key, _literal(key, value) if _is_literal(key, value) else _one_value(key, value)))
    return found


def given(overrides: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Keys and values of overrides that are Python values, NumPy's numbers included."""
    found = []
    for key, value in overrides.items():
        if not isinstance(key, str):
            raise InputError("override", key, "the name of a parameter", hint="a mapping takes names as keys")
        check_key(key)
        found.append((key, _plain(key, value, 0)))
    return found


def compose(values: Mapping[str, Any], overrides: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Apply keys with their values to a nested mapping, the last one winning.

    A mapping is merged into the one that is there, entry by entry; anything else replaces what is there.
    """
    composed = dict(values)
    topics: Mapping[str, Any] | None = None
    for key, value in overrides:
        if key.startswith("verification.second_stage."):
            composed = _with_second_stage(composed)
        if key.startswith("deliberation.topics_above") and topics is None:
            topics = values["deliberation"]["topics_above"]
            composed = _with_every_topic(composed)
        composed = _set(composed, key.split("."), value, key)
    if topics is not None:
        _without_idle_topics(composed["deliberation"], topics)
    return composed


def _set(node: Any, parts: Sequence[str], value: Any, key: str) -> dict[str, Any]:
    """Return a mapping with one value set; what is not on the way stays the same object."""
    if not isinstance(node, Mapping):
        hint = "another override has put a value in its place"
        raise InputError(key, value, "an entry of a mapping", hint=hint)
    name, *deeper = parts
    old = node.get(name)
    return {**node, name: _set(old, deeper, value, key) if deeper else merge(old, value)}


def merge(old: Any, new: Any) -> Any:
    """Return nested mappings merged key by key; everything else is replaced."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return new
    return {**old, **{name: merge(old.get(name), value) for name, value in new.items()}}


def _with_second_stage(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the optional second stage its defaults, so that its entries can be set one by one."""
    verification = values["verification"]
    if not isinstance(verification, Mapping):
        return dict(values)
    verification = dict(verification)
    verification["second_stage"] = verification["second_stage"] or SecondStage().model_dump()
    return {**values, "verification": verification}


def _with_every_topic(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give topics without a weight the weight 0, so that theirs can be set."""
    deliberation = values["deliberation"]
    if not isinstance(deliberation, Mapping):
        return dict(values)
    deliberation = dict(deliberation)
    if isinstance(deliberation["topics_above"], Mapping):
        deliberation["topics_above"] = {
            **dict.fromkeys(CATEGORIES, 0.0),
            **deliberation["topics_above"],
        }
    return {**values, "deliberation": deliberation}


def _without_idle_topics(deliberation: Any, given: Mapping[str, Any]) -> None:
    """Take out again topics that nobody gave a weight to."""
    weights = deliberation.get("topics_above") if isinstance(deliberation, dict) else None
    if isinstance(weights, dict):
        kept = {name: weight for name, weight in weights.items() if weight != 0 or name in given}
        deliberation["topics_above"] = kept


# --- values that are written -----------------------------------------------------------------------------


def _is_literal(key: str, value: str) -> bool:
    """Whether a value is taken as it stands: paths and free texts, unless the user put them in quotes."""
    parameter = parameters_by_key().get(key)
    quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "'\""
    return parameter is not None and bool(parameter.kind) and not quoted


def _literal(key: str, value: str) -> str | None:
    parameter = parameters_by_key()[key]
    if value == "null" and parameter.default is None:
        return None
    if parameter.kind == "path" and value.startswith("~"):
        return os.path.expanduser(value)
    return value


def _one_value(key: str, value: str) -> Any:
    if value in _PLAIN_WORDS:
        return _PLAIN_WORDS[value]
    if _PLAIN_NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    parsed = parse(key, value)
    if parsed.is_sweep_override():
        raise InputError(key, value, "one value", hint="several values need a multirun: cogov run -m")
    return parsed.value()


def parse(key: str, value: str, allowed: str = "") -> Any:
    """Return a value as Hydra's grammar reads it (its `Override`); `allowed` is said where it cannot."""
    known = parameters_by_key()
    wanted = allowed or (known[key].allowed if key in known else "a value")
    if len(value) > LONGEST_WRITTEN:
        hint = f"longer than {LONGEST_WRITTEN} characters: write it in a scenario's file"
        raise InputError(key, value, wanted, hint=hint)
    if _levels(value) > DEEPEST:
        raise InputError(key, value, wanted, hint=f"more than {DEEPEST} levels of brackets")
    # Hydra is imported here because it takes as long to load as a short run takes to finish.
    from hydra.core.override_parser.overrides_parser import OverridesParser

    with _PARSING:
        try:
            return OverridesParser.create().parse_overrides([f"{key}={value}"])[0]
        except Exception:
            # Besides its own error: ValueError, TypeError, RecursionError … all of them about this text.
            raise InputError(key, value, wanted, hint="quote special characters") from None


def options(key: str, value: str, parsed: Any, most: int) -> list[str]:
    """Return the values that a list or a range stands for, each as it would be written.

    Raises
    ------
    InputError
        If there is none, or more than `most`.
    """
    try:
        sweep = parsed.value()
        step = getattr(sweep, "step", None)
        if step is not None:
            count = (float(sweep.stop) - float(sweep.start)) / float(step)
            if not count <= most:
                raise InputError(key, value, f"at most {most} values")
        found = list(itertools.islice(parsed.sweep_string_iterator(), most + 1))
    except InputError:
        raise
    except Exception:
        raise InputError(key, value, "a value, a list a,b,c or range(start,stop[,step])") from None
    if not found:
        raise InputError(key, value, "at least one value")
    if len(found) > most:
        raise InputError(key, value, f"at most {most} values")
    return found


def _levels(text: str) -> int:
    """How deep brackets stand in each other, those in quotes included."""
    deepest = level = 0
    for character in text:
        if character in "([{":
            level += 1
            deepest = max(deepest, level)
        elif character in ")]}":
            level -= 1
    return deepest


# --- values that are given -------------------------------------------------------------------------------


def _plain(key: str, value: Any, depth: int) -> Any:
    """Return a Python value as YAML would have given it."""
    if depth > DEEPEST:
        raise InputError(key, value, f"a value of at most {DEEPEST} levels")
    if hasattr(value, "dtype") and hasattr(value, "tolist"):
        value = value.tolist()  # NumPy's numbers and arrays, without loading NumPy
    if isinstance(value, str) and "${" in value:
        raise InputError(key, value, "a plain value", hint="interpolation (${...}) is not supported")
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: _plain(f"{key}.{name}", item, depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(f"{key}[{place}]", item, depth + 1) for place, item in enumerate(value)]
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise InputError(key, value, "a number, a text, true, false, None, or a list or mapping of such")
