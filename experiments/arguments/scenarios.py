"""The scenarios of a comparison, with the same overrides; refused where their cases have no twins."""

from collections.abc import Sequence

from experiments.arguments.key_values import shown
from sim.errors import InputError
from sim.parameters.scenario import Scenario, describe, flatten
from sim.scenario.loading import load_scenario


def load_arms(names: Sequence[str], overrides: Sequence[str]) -> list[Scenario]:
    """Load the scenarios of a comparison, overrides applied to each; refuse what cannot be paired."""
    if len(names) < 2:
        raise InputError(
            "scenarios", f"[{', '.join(names)}]", "at least two, [A,B]", hint="one alone: cogov run"
        )
    arms = [load_scenario(name, overrides) for name in names]
    labels = [arm.name for arm in arms]
    for label in labels:
        if labels.count(label) > 1:
            raise InputError(
                "scenarios",
                f"[{', '.join(names)}]",
                "scenarios with different names",
                hint=f"two are named {label!r}; give one file another `name:`",
            )
    for arm in arms[1:]:
        check_paired(arms[0], arm)
    return arms


def check_paired(first: Scenario, second: Scenario) -> None:
    """Refuse two scenarios whose cases have no twins in each other."""
    left, right = flatten(first), flatten(second)
    for row in describe():
        if row.tape and left[row.key] != right[row.key]:
            raise InputError(
                row.key,
                f"{shown(left[row.key])} in {first.name}, {shown(right[row.key])} in {second.name}",
                "the same in all scenarios compared, because it decides which needs and people there are",
                hint="set it for all with an override, or use `cogov run` for each (unpaired)",
            )
