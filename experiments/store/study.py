"""Which runs are wanted: points of a design, replications of each, and what is measured.

Points are made when asked for: a design of ten thousand holds a table of values, not ten thousand scenarios.
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, overload

from experiments.runs.function_references import ENGINE, ESTIMANDS, code_version, reference_of
from experiments.runs.run_identity import (
    configuration,
    configuration_hash,
    run_identity,
)
from sim.errors import InputError
from sim.parameters.scenario import Scenario, parameters_by_key
from sim.scenario.loading import validate


class Design(Sequence[Scenario]):
    """A base scenario with some parameters set anew at each point; scenarios are made when asked for.

    Parameters
    ----------
    base
        What all points share.
    values
        Dotted key to one value a point; all columns equally long.

    Examples
    --------
    >>> points = Design(load_scenario(), {"staff.per_10k": [8.0, 10.0], "paperwork.base_share": [0.2, 0.3]})
    >>> points[1].staff.per_10k
    10.0
    """

    def __init__(self, base: Scenario, values: Mapping[str, Sequence[Any]]) -> None:
        self.base = base
        self.values = {key: list(column) for key, column in values.items()}
        lengths = {len(column) for column in self.values.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns of a design must be equally long: {sorted(lengths)}")
        for key in self.values:
            if key not in parameters_by_key():
                from sim.scenario.overrides import unknown_key

                raise unknown_key(key)
        self._length = lengths.pop() if lengths else 1

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Scenario: ...
    @overload
    def __getitem__(self, index: slice) -> list[Scenario]: ...
    def __getitem__(self, index: int | slice) -> Scenario | list[Scenario]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        if not self.values:
            return self.base
        tree = self._tree.copy()
        for key, column in self.values.items():
            *groups, name = key.split(".")
            node = tree
            for group in groups:
                node[group] = dict(node[group])
                node = node[group]
            node[name] = column[index]
        return validate(tree)

    @functools.cached_property
    def _tree(self) -> dict[str, Any]:
        return self.base.model_dump(mode="json")

    def check(self) -> None:
        """Refuse the first point that is out of range, before anything is simulated."""
        for index in range(len(self)):
            self[index]


@dataclass(frozen=True)
class Run:
    """One run of a study: where it stands and who it is."""

    identity: bytes
    point: int
    replication: int


@dataclass(frozen=True)
class Study:
    """The runs that are wanted.

    Parameters
    ----------
    points
        A `Design`, or any sequence of scenarios.
    seed, replications
        Every point has replications 0, 1, … of one seed; `replications` is one number, or one a point.
    measure
        Reduces the records of a run to numbers; a function at the top of a module, or ``module:function``.
    simulate
        What makes the records; called with scenario, ``seed=`` and ``replication=``.
    labels
        Further columns of the table of results, one value a point.
    """

    points: Sequence[Scenario]
    seed: int = 1
    replications: int | Sequence[int] = 20
    measure: Any = ESTIMANDS
    simulate: Any = ENGINE
    labels: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "measure", reference_of(self.measure))
        object.__setattr__(self, "simulate", reference_of(self.simulate))
        if not isinstance(self.replications, int) and len(self.replications) != len(self.points):
            raise ValueError("replications must be one number, or one a point")
        for name, column in self.labels.items():
            if len(column) != len(self.points):
                raise ValueError(f"label {name} needs one value a point")
            if name in RESERVED:
                raise InputError("labels", name, f"a name other than {', '.join(RESERVED)}")

    def with_replications(self, replications: int | Sequence[int]) -> "Study":
        """Return the same study with another number of replications: one, or one a point."""
        return replace(self, replications=replications)

    def replications_of(self, point: int) -> int:
        """Return how many replications a point has."""
        if isinstance(self.replications, int):
            return self.replications
        return int(self.replications[point])

    @property
    def code(self) -> str:
        """Version of the model and of what is measured."""
        return code_version(self.simulate, self.measure)

    def __len__(self) -> int:
        """Return the number of runs."""
        return sum(self.replications_of(point) for point in range(len(self.points)))

    def runs(self, first: int = 0) -> Iterator[Run]:
        """Yield the runs from point `first` on: point by point, replications in order."""
        for point in range(first, len(self.points)):
            configured = self.configuration_hash(point)
            for replication in range(self.replications_of(point)):
                yield Run(run_identity(configured, self.seed, replication, self.code), point, replication)

    def columns(self) -> dict[str, Sequence[Any]]:
        """Return what tells the points apart in a table: labels, then the parameters of a design."""
        found = dict(self.labels)
        if isinstance(self.points, Design):
            found |= {key: column for key, column in self.points.values.items() if key not in found}
        return found

    def configuration(self, point: int) -> str:
        """Return the full configuration of a point as JSON."""
        return configuration(self.points[point])

    def configuration_hash(self, point: int) -> bytes:
        """Return the hash of a point's configuration, computed once."""
        known = self._hashes.get(point)
        if known is None:
            known = self._hashes[point] = configuration_hash(self.configuration(point))
        return known

    @functools.cached_property
    def _hashes(self) -> dict[int, bytes]:
        return {}


#: Columns of every table of results.
RESERVED = ("point", "replication", "status", "error")
