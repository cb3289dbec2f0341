"""Words `key=value`: split into a command's own keys and overrides, read, and written as users do."""

import re
from collections.abc import Iterable, Mapping, Sequence

from experiments.system.language import LANGUAGES, language
from sim.errors import InputError, did_you_mean
from sim.parameters.scenario import parameter_keys
from sim.scenario.loading import scenario_names


def split_words(words: Iterable[str], own_keys: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Separate the command's own keys (the last one wins) from overrides of scenario parameters."""
    own: dict[str, str] = {}
    overrides = []
    for word in words:
        if word.startswith("-"):
            raise InputError("option", word, "--help, or -m for run", hint="everything else is key=value")
        if word.startswith(("+", "~")):
            overrides.append(word)  # refused where overrides are read, with the reason
            continue
        key, equals, value = word.partition("=")
        key = key.strip()
        if not equals:
            if key in scenario_names():
                first = next((own for own in own_keys if own.startswith("scenario")), "scenario")
                name = "scenarios=[A,B]" if first == "scenarios" else f"scenario={key}"
                raise InputError("argument", word, "written key=value", hint=f"did you mean {name}?")
            hint = did_you_mean(key, [*own_keys, *parameter_keys()]) or "did you mean scenario=NAME?"
            raise InputError("argument", word, "written key=value", hint=hint)
        if key in own_keys:
            own[key] = _plain(key, value)
        elif key not in parameter_keys() and "." not in key and (hint := _close(key, own_keys)):
            raise InputError(key, value, f"one of {', '.join(own_keys)} or a parameter", hint=hint)
        else:
            overrides.append(word)
    return own, overrides


def name_list(value: str) -> list[str]:
    """Names of a list written `[A,B]` or `A,B`; quotes protect commas."""
    inner = value.strip()
    if inner.startswith("[") and inner.endswith("]"):
        inner = inner[1:-1]
    names = re.findall(r"""'[^']*'|"[^"]*"|[^,]+""", inner)
    names = [name.strip().strip("'\"") for name in names]
    return [name for name in names if name]


def list_of(names: Iterable[str]) -> str:
    """Write names as the list that `name_list` reads: one with a comma stands in quotes."""
    return f"[{','.join(_quoted(name) for name in names)}]"


def _quoted(name: str) -> str:
    quote = '"' if "'" in name else "'"
    return f"{quote}{name}{quote}" if re.search(r"[,'\"\[\]]", name) else name


def language_of(own: Mapping[str, str]) -> str:
    """Return the language asked for, of tables, figures and reports: else what the system is set to."""
    asked = own.get("language")
    if asked is None:
        return language()
    if asked not in LANGUAGES:
        raise InputError(
            "language", asked, f"one of {', '.join(LANGUAGES)}", hint=did_you_mean(asked, LANGUAGES)
        )
    return asked


def whole_number(key: str, value: str | None, default: int, low: int, high: int) -> int:
    """Read a whole number of the command line."""
    if value is None:
        return default
    text = value.strip()
    # Longer digit strings are out of every range, and slow to convert.
    if not re.fullmatch(r"[+-]?\d{1,20}", text, flags=re.ASCII) or not low <= int(text) <= high:
        raise InputError(key, value, f"a whole number from {low} to {high}")
    return int(text)


def shown(value: object) -> str:
    """A value as a user would write it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(shown(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {shown(item)}" for key, item in value.items()) + "}"
    if hasattr(value, "model_dump"):
        return shown(value.model_dump())
    return str(value)


def _plain(key: str, value: str) -> str:
    if "${" in value:
        raise InputError(key, value, "a plain value", hint="interpolation (${...}) is not supported")
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value


def _close(key: str, own_keys: Sequence[str]) -> str:
    # A misspelt parameter is for the scenario to judge; it knows all names.
    return did_you_mean(key, own_keys) if not did_you_mean(key, parameter_keys()) else ""
