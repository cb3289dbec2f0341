"""Factors: parameters that a study varies, each over a range or over named values.

Ranges are those of the schema (`low`, `high`), so that a study varies what is assumed over what is plausible,
and nothing is written twice. A design works in [0, 1) a factor; `Factor.value` turns that into a value.
"""

import fnmatch
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, did_you_mean
from sim.parameters.scenario import Parameter, Scenario, flatten, parameters_by_key
from sim.parameters.schema import GRADES

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Factor:
    """A parameter with the values it may take: a range, or a list of choices."""

    key: str
    low: float = 0.0
    high: float = 1.0
    whole: bool = False
    choices: tuple[Any, ...] = ()

    def value(self, unit: float) -> Any:
        """Return the value at `unit` in [0, 1]: uniform over the range, or over the choices."""
        if self.choices:
            return self.choices[min(len(self.choices) - 1, int(unit * len(self.choices)))]
        if self.whole:
            count = int(self.high) - int(self.low) + 1
            return int(self.low) + min(count - 1, int(unit * count))
        return self.low + unit * (self.high - self.low)

    def values(self, units: "Sequence[float] | np.ndarray") -> list[Any]:
        """Return the values of a column of a design."""
        return [self.value(float(unit)) for unit in units]

    @property
    def numeric(self) -> bool:
        """Whether the factor is a quantity."""
        return not self.choices

    def __str__(self) -> str:
        """Return the factor with its range."""
        if self.choices:
            return f"{self.key} in {{{', '.join(map(str, self.choices))}}}"
        return f"{self.key} from {self.low:g} to {self.high:g}"


def factors(
    patterns: Sequence[str],
    scenario: Scenario,
    grades: Sequence[str] = ("assumed",),
    without: Sequence[str] = (),
) -> tuple[list[Factor], list[str]]:
    """Return the factors that the patterns name, and the keys that match but cannot be varied.

    Parameters
    ----------
    patterns
        Keys, `group.*`, or `KEY=low:high` to set a range, `KEY=a|b` for values; empty: all parameters of
        `grades` with a plausible range.
    scenario
        Where lists and files are as they are; switches named by their own key take both values.
    without
        Keys or `group.*` to leave out.
    """
    for grade in grades:
        if grade not in GRADES:
            raise InputError("grades", grade, f"one of {', '.join(GRADES)}", hint=did_you_mean(grade, GRADES))
    table = parameters_by_key()
    found: dict[str, Factor] = {}
    left: list[str] = []
    if not patterns:
        for row in table.values():
            if row.grade in grades and row.low is not None:
                _enter(row, None, found, left, scenario)
    for pattern in patterns:
        name, _, given = pattern.partition("=")
        keys = fnmatch.filter(table, name)
        if not keys:
            hint = did_you_mean(name, table)
            raise InputError("parameters", pattern, "parameters or group.*", hint=hint)
        for key in keys:
            if "*" in name and table[key].low is None:
                continue
            _enter(table[key], given or None, found, left, scenario, named="*" not in name)
    for pattern in without:
        keys = fnmatch.filter(table, pattern)
        if not keys:
            raise InputError("without", pattern, "parameters or group.*", hint=did_you_mean(pattern, table))
        for key in keys:
            found.pop(key, None)
            left = [name for name in left if name != key]
    if not found:
        raise InputError("parameters", ", ".join(patterns), "parameters that have a plausible range")
    return list(found.values()), left


def _enter(
    row: Parameter,
    given: str | None,
    found: dict[str, Factor],
    left: list[str],
    scenario: Scenario,
    named: bool = False,
) -> None:
    if given is not None:
        found[row.key] = _given(row, given)
    elif row.low is not None and row.high is not None:
        if flatten(scenario)[row.key] is None:
            left.append(row.key)  # null is a mechanism switched off, not a number to vary
            return
        if isinstance(row.default, tuple | dict):
            left.append(row.key)
            return
        found[row.key] = Factor(row.key, row.low, row.high, whole="whole number" in row.type)
    elif row.type == "true or false":
        found[row.key] = Factor(row.key, choices=(False, True))
    elif row.choices:
        found[row.key] = Factor(row.key, choices=row.choices)
    elif named:
        raise InputError("parameters", row.key, "a parameter with a plausible range, or KEY=low:high")


def _given(row: Parameter, text: str) -> Factor:
    if ":" in text:
        low, _, high = text.partition(":")
        try:
            bounds = float(low), float(high)
        except ValueError:
            bounds = 1.0, 0.0
        if not -1e15 < bounds[0] < bounds[1] < 1e15:
            raise InputError("parameters", f"{row.key}={text}", "KEY=low:high with low below high")
        return Factor(row.key, *bounds, whole="whole number" in row.type)
    return Factor(row.key, choices=tuple(_plain(value.strip()) for value in text.split("|")))


def _plain(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
