"""What was changed in a view, in a line, as the page names parameters."""

from pathlib import Path
from typing import Any

from experiments.dashboard.state.controls import label_of
from experiments.dashboard.state.scenario_pair import SIDES, View
from experiments.dashboard.words.page_words import unit_word, word
from sim.parameters.scenario import flatten, parameters_by_key


def changes_in_words(view: View, language: str) -> str:
    """Return what was changed on each side and in the world; that nothing was, if so."""
    parts = []
    for side, changes in enumerate(view.changes):
        before = flatten(view.base(side)) if changes else {}
        told = [_told(key, changes[key], language, before[key]) for key in sorted(changes)]
        parts += [_of(word(f"side_{SIDES[side]}", language), told, language)] if told else []
    world = [_told(key, value, language) for key, value in sorted(view.shared.items())]
    if view.requests is not None:
        # What lives there and how long follows from the file.
        world = [Path(view.requests[0]).name]
    parts += [_of(word("past_world", language), world, language)] if world else []
    return ("；" if language == "zh" else "; ").join(parts) or word("past_unchanged", language)


def _of(head: str, told: list[str], language: str) -> str:
    return f"{head}：{'，'.join(told)}" if language == "zh" else f"{head}: {', '.join(told)}"


def _told(key: str, value: Any, language: str, before: Any = None) -> str:
    """Return one parameter with its value, and the one before where it is told."""
    parameter = parameters_by_key()[key]
    values = [_shown(one, language) for one in (before, value) if one is not None]
    unit = unit_word(parameter.unit, language)
    return " ".join(part for part in (label_of(parameter, language)[0], " → ".join(values), unit) if part)


def _shown(value: Any, language: str) -> str:
    if isinstance(value, bool):
        return word("on" if value else "off", language)
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)
