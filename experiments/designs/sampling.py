"""Designs of a sweep: every combination of listed values, or points spread over ranges.

Words are written in Hydra's grammar: ``key=1,2,3`` lists values, ``key=range(1,10,2)`` counts them out,
``key=interval(0.1,0.4)`` gives a range. A grid takes lists only; Latin hypercube and Sobol designs take lists
as choices, and ranges. ``vary=[KEY,group.*]`` takes plausible ranges from the schema.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.arguments.input_hints import MissingInput
from experiments.arguments.key_values import name_list
from experiments.designs.factors import Factor, factors
from sim.errors import InputError
from sim.parameters.scenario import Scenario, parameters_by_key
from sim.scenario.overrides import check_key, options, parse, split_override

if TYPE_CHECKING:
    import numpy as np

KINDS = ("grid", "lhs", "sobol")
MOST_POINTS = 100_000
LARGEST_END = 1e15
"""Of a range: whole numbers are exact below, and no parameter takes as much."""


#: Lists of values, ranges, and words that set one value.
Read = tuple[dict[str, list[Any]], dict[str, Factor], list[str]]


@dataclass(frozen=True)
class Swept:
    """What is varied and what is fixed: columns of values, one value a point, and plain overrides."""

    values: dict[str, list[Any]]
    fixed: list[str]


def read_words(overrides: Sequence[str]) -> Read:
    """Return lists of values, ranges, and the words that set one value, in the order given."""
    lists: dict[str, list[Any]] = {}
    ranges: dict[str, Factor] = {}
    fixed = []
    for word in overrides:
        key, value = split_override(word)
        parameter = parameters_by_key().get(key)
        if parameter is None or parameter.kind:
            check_key(key)
            fixed.append(word)
            continue
        parsed = _parsed(key, value)
        if not parsed.is_sweep_override():
            fixed.append(word)
        elif parsed.is_interval_sweep():
            low, high = parsed.value().start, parsed.value().end
            if not -LARGEST_END < low < high < LARGEST_END:
                raise InputError(key, value, "interval(low,high) with low below high, both ordinary numbers")
            ranges[key] = Factor(key, float(low), float(high), whole="whole number" in parameter.type)
        else:
            found = [_parsed(key, text).value() for text in options(key, value, parsed, MOST_POINTS)]
            lists[key] = _distinct(key, value, found)
    return lists, ranges, fixed


def make_design(
    kind: str, read: Read, vary: Sequence[str], points: int, seed: int, scenario: Scenario
) -> Swept:
    """Return the values of each varied parameter at each point.

    Parameters
    ----------
    kind
        grid, lhs or sobol.
    read
        The words, from `read_words`.
    vary
        Patterns of parameters whose plausible range is taken from the schema.
    points
        Of lhs and sobol.
    seed
        Of lhs and sobol: which of the many such designs.
    """
    lists, ranges, fixed = read
    if kind == "grid":
        for key, factor in ranges.items():
            raise InputError(key, f"interval({factor.low:g},{factor.high:g})", "a list a,b,c or range(…)",
                             hint="ranges are for design=lhs and design=sobol")  # fmt: skip
        if vary:
            raise InputError("vary", f"[{', '.join(vary)}]", "left out with design=grid", hint="list values")
        return Swept(_grid(lists), fixed)
    chosen = {key: Factor(key, choices=tuple(values)) for key, values in lists.items()} | ranges
    if vary:
        found, _ = factors(vary, scenario)
        chosen = {factor.key: factor for factor in found} | chosen
    if not chosen:
        hint = "for example staff.per_10k=interval(8,16) or vary=[staff.per_10k]"
        raise InputError("design", kind, "a design over at least one parameter", hint=hint)
    units = _units(kind, points, len(chosen), seed)
    columns = zip(chosen.values(), units.T, strict=True)
    return Swept({factor.key: factor.values(column) for factor, column in columns}, fixed)


def _grid(lists: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    if not lists:
        raise MissingInput("key=a,b,c", "", "given at least once", hint="cogov sweep --help")
    count = 1
    for values in lists.values():
        count *= len(values)
    if count > MOST_POINTS:
        raise InputError("sweep", count, f"at most {MOST_POINTS} combinations")
    rows = list(itertools.product(*lists.values()))
    return {key: [row[place] for row in rows] for place, key in enumerate(lists)}


def _units(kind: str, points: int, dimensions: int, seed: int) -> "np.ndarray":
    import numpy as np
    from scipy.stats import qmc

    generator = np.random.default_rng(seed)
    if kind == "lhs":
        return np.asarray(qmc.LatinHypercube(dimensions, rng=generator).random(points))
    if points & (points - 1):
        below = 1 << (points.bit_length() - 1)
        hint = f"a Sobol design is balanced only at powers of two: {below} or {2 * below}"
        raise InputError("points", points, "a power of two with design=sobol", hint=hint)
    return np.asarray(qmc.Sobol(dimensions, rng=generator).random(points))


def _parsed(key: str, value: str) -> Any:
    return parse(key, value, "a value, a,b,c, range(…) or interval(low,high)")


def _distinct(key: str, value: str, found: list[Any]) -> list[Any]:
    shown = [str(one) for one in found]
    if len(set(shown)) < len(shown):
        raise InputError(key, value, "values that differ")
    return found


def scenario_names(value: str) -> list[str]:
    """Return the names in ``[A,B]``, each once."""
    names = name_list(value)
    if not names or len(set(names)) < len(names):
        raise InputError("scenarios", value, "different names, [A,B]")
    return names
