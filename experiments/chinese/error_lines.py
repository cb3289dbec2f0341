"""An error line in Chinese: the same key, value and file, and what is said about them from the catalogue."""

import functools
import re
from collections.abc import Iterator

from experiments.arguments.input_hints import MissingInput
from experiments.chinese import of_commands, of_input
from sim.errors import LONGEST_LINE, InputError, one_line

_PLACE = re.compile(r"\{(\d?)\}")
#: Between what the hints of several kinds are joined with.
_BETWEEN = "; "


def in_chinese(error: InputError) -> str:
    """Return the line of an error in Chinese; what has no pair in the catalogue stays English."""
    # File, key and value, as every line begins.
    line = str(InputError(error.key, error.value, "", error.file))
    if error.allowed:
        missing = isinstance(error, MissingInput) and not error.value
        line += f" {'缺失' if missing else '不可用'}：须为{said(error.allowed)}"
    if error.hint:
        line += f"；{said(error.hint)}" if error.key or error.allowed else said(error.hint)
    return one_line(line, LONGEST_LINE)


def said(text: str) -> str:
    """Return a text of the catalogue in Chinese, or as it is."""
    whole = _said(text)
    if whole is not None:
        return whole
    parts = [_said(part) for part in text.split(_BETWEEN)]
    if len(parts) > 1 and all(part is not None for part in parts):
        return "；".join(part for part in parts if part is not None)
    return text


def known(text: str) -> bool:
    """Whether the catalogue has a pair for a text, in which `{}` stands for what is put in."""
    return text in pairs() or said(text.replace("{}", "1")) != text.replace("{}", "1")


@functools.cache
def pairs() -> dict[str, str]:
    """Return the catalogue: English, with `{}` for what is put in, to Chinese."""
    return dict(_pairs())


def _pairs() -> Iterator[tuple[str, str]]:
    for lines in (of_input.LINES, of_commands.LINES):
        for line in lines.strip("\n").split("\n"):
            english, _, chinese = line.partition("|")
            yield english, chinese


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    found = []
    for english, chinese in pairs().items():
        apart = english.split("{}")
        pattern = "(.+?)".join(map(re.escape, apart))
        found.append((len("".join(apart)), re.compile(pattern, re.DOTALL), chinese))
    # What says more comes first: `a number from {} to {}` before `{}`.
    return [(pattern, chinese) for _, pattern, chinese in sorted(found, key=lambda one: -one[0])]


def _said(text: str) -> str | None:
    if (whole := pairs().get(text)) is not None:
        return whole
    for pattern, chinese in _patterns():
        match = pattern.fullmatch(text)
        if match is not None:
            return _filled(chinese, [_unit(part) for part in match.groups()])
    return None


def _filled(chinese: str, parts: list[str]) -> str:
    places = iter(range(len(parts)))
    return _PLACE.sub(lambda place: parts[int(place[1]) if place[1] else next(places)], chinese)


def _unit(part: str) -> str:
    from analysis.findings.parameter_names_zh import units_zh

    return units_zh().get(part, part)
