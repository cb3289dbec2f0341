"""What requests ask of the organisations, by category: what a mapping says of it, and changes to that."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import yaml

from analysis.request_files.findings import shown
from sim.errors import InputError
from sim.input_files.documents import parse_yaml
from sim.request_file.loading import RequestStream
from sim.request_file.mapping import NeedRule, StreamMapping, matches_any

#: Keys of a rule that a hotline's people know of their categories.
KEYS = ("organisations", "level", "work_hours")


@dataclass(frozen=True)
class CategoryNeeds:
    """What holds for most requests of a category."""

    category: str
    requests: int
    values: Mapping[str, float]
    stated: frozenset[str]
    """Keys that a rule of the mapping sets; the others are its defaults."""


def category_needs(stream: RequestStream, rules: StreamMapping, largest: int) -> list[CategoryNeeds]:
    """Return what the mapping says of the largest categories, the largest first."""
    counts = np.bincount(stream.category, minlength=len(stream.categories))
    order = np.lexsort((np.arange(len(counts)), -counts))
    found = []
    for code in order[:largest].tolist():
        label = stream.categories[code]
        if shown(label) != label:
            continue
        rows = stream.category == code
        values, stated = {}, set()
        for key in KEYS:
            all_values, rows_of = np.unique(getattr(stream, key)[rows], return_counts=True)
            values[key] = float(all_values[rows_of.argmax()])
            if values[key] != getattr(rules.defaults, key) or _is_ruled(label, key, rules):
                stated.add(key)
        found.append(CategoryNeeds(label, int(counts[code]), values, frozenset(stated)))
    return found


def _is_ruled(label: str, key: str, rules: StreamMapping) -> bool:
    return any(
        key in rule.effects() and rule.category is not None and matches_any(label, rule.category)
        for rule in rules.needs
    )


def need_value(category: str, key: str, text: str) -> float:
    """Return a value as a rule of a mapping may have it.

    Raises
    ------
    InputError
        If the mapping would refuse it.
    """
    allowed = {
        "organisations": "a whole number from 1 to 6",
        "level": "0, 1 or 2",
        "work_hours": "a number above 0, up to 1000",
    }
    if key not in KEYS:
        raise InputError(f"needs.{key}", text, f"one of {', '.join(KEYS)}")
    try:
        value = float(text) if key == "work_hours" else int(text)
        NeedRule.model_validate({"category": [category], key: value})
    except ValueError:
        raise InputError(f"needs.{key}", text, allowed[key]) from None
    return value


def with_needs(text: str, changes: Mapping[str, Mapping[str, float]]) -> str:
    """Return a mapping's text with a rule more for each changed category: the last one that fits holds."""
    rules: list[dict[str, Any]] = [{"category": label, **dict(values)} for label, values in changes.items()]
    if not rules:
        return text
    keys = parse_yaml(text, verbatim=True)
    if "needs" not in keys:
        lines = [f"  - {json.dumps(rule, ensure_ascii=False)}" for rule in rules]
        return "\n".join([text.rstrip("\n"), "needs:", *lines, ""])
    keys["needs"] = [*(keys["needs"] or []), *rules]
    return yaml.safe_dump(keys, allow_unicode=True, sort_keys=False)
