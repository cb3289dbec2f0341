"""Both questions of the tab for sweeps, answered from runs: tables of `cogov sweep`, and what they say."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.findings.turning import Apart, Stretch, Swing, apart, stretches, swing, widest_first
from experiments.arguments.scenarios import check_paired
from experiments.dashboard.state.scenario_pair import arms
from experiments.dashboard.state.sweep_commands import crossed
from experiments.dashboard.state.sweep_fields import Ask
from experiments.dashboard.work.point_runs import PointRuns
from experiments.designs.sweep_tables import point_rows


@dataclass(frozen=True)
class Swept:
    """One parameter over its values.

    Attributes
    ----------
    table
        What `cogov sweep` writes into sweep.csv.
    differences
        The paired difference at each value.
    """

    key: str
    values: list[Any]
    table: pd.DataFrame
    differences: list[Apart]

    @property
    def stretches(self) -> list[Stretch]:
        """Neighbouring values at which the same may be said."""
        return stretches(self.values, [one.direction for one in self.differences])


@dataclass(frozen=True)
class Ends:
    """Many parameters at both ends of their ranges, the widest first.

    Attributes
    ----------
    table
        What `cogov sweep` writes, parameter after parameter: the column `parameter` names it, `value` has its
        value.
    now
        The difference as the view stands.
    """

    swings: list[Swing]
    table: pd.DataFrame
    now: Apart


Answer = Swept | Ends


def answered(ask: Ask, runs: PointRuns) -> Answer:
    """Answer.

    Raises
    ------
    InputError
        If the sides have no twins in each other, or a value is refused.
    MissingError
        If a run is not there and there are no workers.
    StoppedError
        If it was stopped.
    """
    sides = arms(ask.view)
    check_paired(*sides)
    names, pairs, measure = [side.name for side in sides], ask.view.pairs, ask.fields.measure
    points = ask.points()
    places = [list(crossed(ask, key, values)) for key, values in points]
    # All at once, so that no worker waits for another's parameter.
    own = [] if ask.fields.question == "values" else list(sides)
    whole = runs.values([*own, *(one for place in places for one in place)], pairs, measure)
    blocks = np.split(whole[len(own) :], np.cumsum([len(place) for place in places])[:-1])
    tables = []
    for (key, values), block in zip(points, blocks, strict=True):
        at = [value for value in values for _ in names]
        tables.append(point_rows(measure, block, names, {key: at}))
    if ask.fields.question == "values":
        (key, values), rows, block = points[0], tables[0], blocks[0]
        found = [apart(rows[n : n + 2], block[n : n + 2]) for n in range(0, len(rows), 2)]
        return Swept(key, values, pd.DataFrame(rows), found)
    swings = [
        swing(key, (values[0], values[1]), rows, block)
        for (key, values), rows, block in zip(points, tables, blocks, strict=True)
    ]
    told = [
        {"parameter": key, "value": row[key]} | {name: cell for name, cell in row.items() if name != key}
        for (key, _), rows in zip(points, tables, strict=True)
        for row in rows
    ]
    now = apart(point_rows(measure, whole[:2], names, {}), whole[:2])
    return Ends(widest_first(swings), pd.DataFrame(told), now)
