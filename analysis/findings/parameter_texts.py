"""What a parameter means, what to keep in mind and where its value comes from, in English or Chinese.

English is the schema's own; the Chinese pairs are in `parameter_texts_zh` and are read when first asked for.
"""

import functools

from sim.parameters.scenario import Parameter


def meaning(row: Parameter, language: str = "en") -> str:
    """Return the sentence that says what a parameter means."""
    return sentences_zh()[row.key] if language == "zh" else row.text


def note(row: Parameter, language: str = "en") -> str:
    """Return what to keep in mind of a parameter; empty where there is nothing."""
    return notes_zh().get(row.key, "") if language == "zh" else row.note


def source(row: Parameter, language: str = "en") -> str:
    """Return where the value of a parameter comes from; empty for assumptions and settings."""
    return sources_zh()[row.source] if language == "zh" and row.source else row.source


def sentences_zh() -> dict[str, str]:
    """Return the Chinese sentence of each parameter by its dotted key."""
    return {key: said for key, (said, _) in _entries().items()}


def notes_zh() -> dict[str, str]:
    """Return the Chinese note of each parameter that has one."""
    return {key: more for key, (_, more) in _entries().items() if more}


@functools.cache
def sources_zh() -> dict[str, str]:
    """Return the Chinese of each source by its English."""
    from analysis.findings.parameter_texts_zh.sources import TEXTS

    return {english: chinese for english, chinese, _ in map(_apart, TEXTS.strip().splitlines())}


@functools.cache
def _entries() -> dict[str, tuple[str, str]]:
    from analysis.findings.parameter_texts_zh import (
        city,
        demand_and_intake,
        neighbours,
        place,
        platform_and_trust,
        shocks_and_councils,
        staff,
        units,
    )

    parts = (
        place,
        demand_and_intake,
        staff,
        units,
        neighbours,
        shocks_and_councils,
        platform_and_trust,
        city,
    )
    rows = (_apart(line) for part in parts for line in part.TEXTS.strip().splitlines())
    return {key: (said, more) for key, said, more in rows}


def _apart(line: str) -> tuple[str, str, str]:
    key, said, more = [*line.split(" | "), ""][:3]
    return key, said, more
