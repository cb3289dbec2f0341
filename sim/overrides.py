"""Overrides as written on the command line: checked, quoted where their value is meant literally, composed.

The grammar is Hydra's (`key=value`, lists, mappings, quotes). What Hydra offers beyond setting a value is
refused with one line: adding (`+`) and deleting (`~`) keys, interpolation (`${...}`), and several values at
once outside a multirun. Values of paths and free texts are taken literally: `demand.stream=数据(1).csv` needs
no quotes.
"""

import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.errors import InputError, did_you_mean
from sim.parameters import CATEGORIES, SecondStage, parameters_by_key

MAPPING_ENTRIES = {
    "demand.category_shares": CATEGORIES,
    "deliberation.topics_above": CATEGORIES,
    "verification.second_stage": tuple(SecondStage.model_fields),
}
"""Parameters that hold mappings, and what these may contain."""

_COMPOSING = threading.Lock()
"""Hydra keeps its state in globals; composing in two threads at once fails."""

_CONFIG_NAME = "cogov_composed_scenario"


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


def quote(value: str) -> str:
    """Quote a value for Hydra's grammar so that it is taken literally; quoted values stay as they are."""
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value
    # Only backslashes in front of a quote (ours at the end included) are escapes in Hydra's grammar.
    out, slashes = [], 0
    for character in value:
        if character == "'":
            out.append("\\" * slashes + "\\'")
        else:
            out.append(character)
        slashes = slashes + 1 if character == "\\" else 0
    return "'" + "".join(out) + "\\" * slashes + "'"


def literal_value(key: str, value: str) -> str:
    """The value as Hydra must see it: quoted if the parameter is a path or a free text."""
    parameter = parameters_by_key().get(key)
    if parameter is None or not parameter.kind or (value == "null" and parameter.default is None):
        return value
    if parameter.kind == "path" and value.startswith("~"):
        value = os.path.expanduser(value)
    return quote(value)


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


def compose(values: Mapping[str, Any], overrides: Sequence[str]) -> dict[str, Any]:
    """Apply overrides to a nested mapping of values, the last one winning."""
    prepared = []
    topics: Mapping[str, Any] | None = None
    for text in overrides:
        key, value = split_override(text)
        check_key(key)
        prepared.append(f"{key}={literal_value(key, value)}")
        if key.startswith("verification.second_stage."):
            values = _with_second_stage(values)
        if key.startswith("deliberation.topics_above") and topics is None:
            topics = values["deliberation"]["topics_above"]
            values = _with_every_topic(values)
    if not prepared:
        return dict(values)
    composed = _hydra_compose(values, prepared)
    if topics is not None:
        _without_idle_topics(composed["deliberation"], topics)
    return composed


def _with_second_stage(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the optional second stage its defaults, so that its entries can be set one by one."""
    verification = dict(values["verification"])
    verification["second_stage"] = verification["second_stage"] or SecondStage().model_dump()
    return {**values, "verification": verification}


def _with_every_topic(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give topics without a weight the weight 0, so that theirs can be set."""
    deliberation = dict(values["deliberation"])
    deliberation["topics_above"] = dict.fromkeys(CATEGORIES, 0.0) | deliberation["topics_above"]
    return {**values, "deliberation": deliberation}


def _without_idle_topics(deliberation: dict[str, Any], given: Mapping[str, Any]) -> None:
    """Take out again topics that nobody gave a weight to."""
    weights = deliberation["topics_above"]
    if isinstance(weights, dict):
        kept = {name: weight for name, weight in weights.items() if weight != 0 or name in given}
        deliberation["topics_above"] = kept


def _hydra_compose(values: Mapping[str, Any], overrides: list[str]) -> dict[str, Any]:
    # Hydra is imported here because it takes as long to load as a short run takes to finish.
    from hydra import compose as hydra_compose
    from hydra import initialize, version
    from hydra.core.config_store import ConfigStore
    from hydra.core.global_hydra import GlobalHydra
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException

    with _COMPOSING:
        parser = OverridesParser.create()
        for text in overrides:
            _check_grammar(parser, text, HydraException)
        # A caller's own Hydra application keeps its state.
        holder, base = GlobalHydra.instance(), version.VersionBase.instance()
        outer, outer_base = holder.hydra, base.getbase()
        holder.clear()
        ConfigStore.instance().store(name=_CONFIG_NAME, node=OmegaConf.create(dict(values)))
        try:
            # No `with`: its exit would restore a copy of the state, not the state.
            initialize(version_base="1.3", config_path=None, job_name="cogov")
            composed = hydra_compose(_CONFIG_NAME, overrides=overrides)
            result = OmegaConf.to_container(composed, resolve=False)
        except (HydraException, OmegaConfBaseException) as error:
            raise _blame(overrides, error) from None
        finally:
            holder.clear()
            holder.hydra = outer
            base.setbase(outer_base)
    assert isinstance(result, dict)
    return {str(key): value for key, value in result.items()}


def _check_grammar(parser: Any, text: str, fault: type[Exception]) -> None:
    key, _, value = text.partition("=")
    try:
        parsed = parser.parse_overrides([text])[0]
    except fault:
        known = parameters_by_key()
        allowed = known[key].allowed if key in known else "a value"
        raise InputError(key, value, allowed, hint="quote special characters") from None
    if parsed.is_sweep_override():
        allowed = "one value"
        raise InputError(key, value, allowed, hint="several values need a multirun: cogov run -m") from None


def _blame(overrides: Iterable[str], error: Exception) -> InputError:
    """Name the override whose key stands in the library's message, else the last one."""
    message = str(error)
    candidates = list(overrides)
    text = next((o for o in candidates if o.partition("=")[0] in message), candidates[-1])
    key, _, value = text.partition("=")
    known = parameters_by_key()
    allowed = known[key].allowed if key in known else "a value that fits"
    return InputError(key, value, allowed, hint=message.splitlines()[0])
