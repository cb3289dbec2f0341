"""What is asked: which team, to meet which target, in how many years of a hundred."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from experiments.arguments.input_hints import MissingInput
from experiments.arguments.key_values import name_list, whole_number
from sim.errors import InputError, did_you_mean
from sim.parameters.scenario import Scenario, flatten, parameters_by_key
from sim.scenario.loading import load_scenario
from sim.scenario.overrides import unknown_key

METRICS = ("wait", "first_response", "resolution")
CLOCKS = ("calendar", "working")
KEYS = (
    "staffing.team",
    "staffing.target.metric",
    "staffing.target.within_days",
    "staffing.target.clock",
    "staffing.target.share",
    "staffing.confidence",
    "staffing.cost",
    "staffing.fewest",
    "staffing.most",
    "staffing.around",
    "staffing.surge.factor",
    "staffing.surge.days",
    "staffing.surge.left",
)
PER_10K = "persons per 10,000"
#: Years simulated at most for one team, unless it is said.
DEFAULT_YEARS = 100


@dataclass(frozen=True)
class Target:
    """A service target for a year, and the share of years in which it must be met."""

    metric: str
    within_days: float
    clock: str
    share: float
    confidence: float


@dataclass(frozen=True)
class Team:
    """A parameter that is searched, counted in persons a community."""

    key: str
    residents: float | None
    whole: bool
    cost: float
    fewest: int = 0

    def value(self, count: int) -> float | int:
        """Return the parameter's value at which the team has `count` persons."""
        if self.residents is not None:
            return count * 1e4 / self.residents
        return count if self.whole else float(count)

    def count(self, scenario: Scenario) -> int:
        """Return how many persons the team has in a scenario."""
        value = float(flatten(scenario)[self.key] or 0.0)
        return round(value if self.residents is None else value * self.residents / 1e4)


class Surge(NamedTuple):
    """What the teams are put to: needs as a multiple of the usual, on so many days, and what may be left."""

    factor: float
    days: int
    left: float


@dataclass(frozen=True)
class Question:
    """Everything the search needs to know."""

    base: str
    overrides: tuple[str, ...]
    teams: tuple[Team, ...]
    target: Target
    most: int | None
    around: int
    surge: Surge | None = None

    def scenario(self, counts: Sequence[int]) -> Scenario:
        """Return the scenario with the teams at `counts`."""
        pairs = zip(self.teams, counts, strict=True)
        changes = [f"{team.key}={team.value(count)!r}" for team, count in pairs]
        return load_scenario(self.base, [*self.overrides, *changes])


def question(own: Mapping[str, str], base: str, overrides: Sequence[str]) -> Question:
    """Read the command's keys."""
    scenario = load_scenario(base, overrides)
    if "staffing.team" not in own:
        raise MissingInput("staffing.team", "", "a parameter that counts staff, as staff.per_10k")
    keys = name_list(own["staffing.team"])
    costs = [
        _number("staffing.cost", text, 0.0, 1e9) for text in name_list(own.get("staffing.cost", ""))
    ] or [1.0] * len(keys)
    if not 1 <= len(keys) <= 3 or len(set(keys)) != len(keys):
        raise InputError("staffing.team", own["staffing.team"], "one to three different parameters")
    if len(costs) != len(keys):
        raise InputError("staffing.cost", own["staffing.cost"], f"a number for each of {len(keys)} teams")
    teams = tuple(_team(key, scenario, cost) for key, cost in zip(keys, costs, strict=True))
    target = Target(
        metric=_choice("staffing.target.metric", own, "resolution", METRICS),
        within_days=_number(
            "staffing.target.within_days", own.get("staffing.target.within_days", "7"), 0.0, 3650.0
        ),
        clock=_choice("staffing.target.clock", own, "calendar", CLOCKS),
        share=_number("staffing.target.share", own.get("staffing.target.share", "0.9"), 0.0, 1.0),
        confidence=_number("staffing.confidence", own.get("staffing.confidence", "0.95"), 0.5, 0.999),
    )
    if "staffing.fewest" in own:
        fewest = whole_number("staffing.fewest", own["staffing.fewest"], 0, 0, 100_000)
        teams = (replace(teams[0], fewest=max(teams[0].fewest, fewest)), *teams[1:])
    most = None
    if "staffing.most" in own:
        most = whole_number("staffing.most", own["staffing.most"], 0, max(1, teams[0].fewest), 100_000)
    around = whole_number("staffing.around", own.get("staffing.around"), 4, 0, 100)
    return Question(base, tuple(overrides), teams, target, most, around, _surge(own, scenario))


def _surge(own: Mapping[str, str], scenario: Scenario) -> Surge | None:
    factor = _number("staffing.surge.factor", own.get("staffing.surge.factor", "2"), 1.0, 1000.0)
    month = max(1, round(scenario.horizon_days / 12))
    days = whole_number("staffing.surge.days", own.get("staffing.surge.days"), month, 1, 3650)
    left = _number("staffing.surge.left", own.get("staffing.surge.left", "0.1"), 0.0, 0.9)
    return Surge(factor, days, left) if factor > 1.0 else None


def _team(key: str, scenario: Scenario, cost: float) -> Team:
    parameter = parameters_by_key().get(key)
    if parameter is None:
        fault = unknown_key(key, "", "")
        hint = did_you_mean(key, parameters_by_key()) or fault.hint
        raise InputError("staffing.team", key, "a parameter that counts staff", hint=hint)
    default = parameter.default
    persons = default is None and parameter.unit.startswith("persons")
    if not persons and (isinstance(default, bool) or not isinstance(default, int | float)):
        raise InputError("staffing.team", key, "a parameter that is a number of persons")
    if parameter.tape:
        raise InputError(
            "staffing.team", key, "a parameter that does not decide which needs and people there are"
        )
    residents = None
    if parameter.unit == PER_10K:
        county = scenario.county
        residents = float(scenario.community.residents)
        if county.residents is not None:
            residents = county.residents / county.communities
    # The smallest team that the parameter can say: a queue has at least one server.
    fewest = math.ceil((parameter.hard_low or 0.0) * (1.0 if residents is None else residents / 1e4))
    return Team(key, residents, persons or isinstance(default, int), cost, fewest)


def _choice(key: str, own: Mapping[str, str], default: str, allowed: Sequence[str]) -> str:
    value = own.get(key, default)
    if value not in allowed:
        raise InputError(key, value, f"one of {', '.join(allowed)}", hint=did_you_mean(value, allowed))
    return value


def _number(key: str, text: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise InputError(key, text, f"a number from {low:g} to {high:g}")
    return value
