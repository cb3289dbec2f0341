"""Words that the commands share which run a design: outcomes, conditions on a place, a missing extra.

Read before anything heavy is imported, so that a wrong one is told at once.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from experiments.arguments.key_values import name_list
from experiments.arguments.metric_names import known_metric
from sim.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True)
class Condition:
    """What a place must be like to be asked about: a metric of the first scenario between two bounds."""

    metric: str
    low: float
    high: float

    def met(self, values: "npt.NDArray[np.float64]") -> "npt.NDArray[np.bool_]":
        """Whether it is met at each point, averaged over replications; a point without a value does not."""
        mean = values.mean(axis=1)
        met: npt.NDArray[np.bool_] = (mean >= self.low) & (mean <= self.high)
        return met

    def __str__(self) -> str:
        """Return the condition as it is written."""
        return f"{self.metric}={self.low:g}:{self.high:g}"


def metric_of(own: dict[str, str]) -> str:
    """Return the outcome asked for."""
    return known_metric(own.get("metric", "rmst180"))


def metrics_of(own: dict[str, str]) -> list[str]:
    """Return the outcomes asked for: one, or a list ``[A,B]``."""
    names = name_list(own.get("metric", "rmst180"))
    if not names:
        raise InputError("metric", own["metric"], "a metric of summary.csv, or a list of some")
    return list(dict.fromkeys(known_metric(name) for name in names))


def conditions_of(own: dict[str, str]) -> list[Condition]:
    """Return the conditions asked for, ``within=[METRIC=low:high,…]``."""
    found = []
    for text in name_list(own.get("within", "")):
        name, _, bounds = text.partition("=")
        low, _, high = bounds.partition(":")
        try:
            condition = Condition(known_metric(name), float(low), float(high))
        except ValueError:
            raise InputError("within", text, "METRIC=low:high, such as utilisation=0:1") from None
        if not condition.low < condition.high:
            raise InputError("within", text, "METRIC=low:high with low below high")
        found.append(condition)
    return found


def needs_extra(package: str, command: str) -> InputError:
    """The error of a command whose extra is not installed."""
    return InputError(command, package, "the extra `studies` installed", hint="pip install 'cogov[studies]'")
