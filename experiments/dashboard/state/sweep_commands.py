"""The commands that give the answers of the tab for sweeps: `cogov sweep`, one for each parameter."""

import shlex
from pathlib import Path
from typing import Any

from experiments.arguments.key_values import shown
from experiments.dashboard.state.saving import compared
from experiments.dashboard.state.scenario_pair import arms
from experiments.dashboard.state.sweep_fields import Ask
from experiments.designs.sweep_plan import Crossed
from experiments.runs.function_references import metrics_reference
from experiments.store import Design, Study


def command(ask: Ask, key: str, values: list[Any], folder: Path) -> str:
    """Return the command for one parameter; `folder` holds the files that it names, if it names any."""
    words = ["cogov", "sweep", *compared(ask.view, folder)]
    words += [f"{key}={','.join(map(shown, values))}", f"metric={ask.fields.measure}"]
    words += [f"seed={ask.view.seed}", f"replications={ask.view.pairs}"]
    return " ".join(shlex.quote(word) for word in words)


def commands(ask: Ask, folder: Path) -> list[str]:
    """Return the commands of an answer."""
    return [command(ask, key, values, folder) for key, values in ask.points()]


def crossed(ask: Ask, key: str, values: list[Any]) -> Crossed:
    """Return both sides at every value of a parameter, as the command makes them.

    Raises
    ------
    InputError
        If the schema refuses a value.
    """
    designs = [Design(arm, {key: values}) for arm in arms(ask.view)]
    for design in designs:
        design.check()
    return Crossed(designs)


def study(ask: Ask, key: str, values: list[Any]) -> Study:
    """Return the study of the command, by which its configuration is known."""
    measure = metrics_reference([ask.fields.measure])
    return Study(crossed(ask, key, values), ask.view.seed, ask.view.pairs, measure=measure)
