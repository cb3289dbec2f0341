"""What a sweep was asked to do: its words, checked before anything is simulated."""

import hashlib
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.arguments.key_values import name_list, shown, split_words, whole_number
from experiments.arguments.metric_names import known_metric
from experiments.arguments.run_plan import (
    CLUSTER_KEYS,
    LARGEST_REPLICATIONS,
    ExecutorChoice,
    executor_choice,
)
from experiments.arguments.scenarios import check_paired
from experiments.designs.sampling import KINDS, MOST_POINTS, make_design, read_words, scenario_names
from experiments.runs.function_references import ENGINE, ESTIMANDS, metrics_reference
from experiments.store import USUAL_FOLDER
from experiments.store.study import Design, Study
from sim.errors import InputError, did_you_mean
from sim.input_files.documents import user_path
from sim.parameters.scenario import Scenario
from sim.scenario.loading import BASELINE, load_scenario
from sim.scenario.seeds import LARGEST_SEED

if TYPE_CHECKING:
    from experiments.runs.simulation import Simulate
    from experiments.store.sequential_replications import Precision

OWN_KEYS = (
    "scenario", "scenarios", "design", "points", "vary", "metric", "precision", "most", "store", "retry",
    "language", *CLUSTER_KEYS,
)  # fmt: skip


@dataclass(frozen=True)
class SweepPlan:
    """What a sweep was asked to do, checked."""

    study: Study
    arms: list[str]
    varied: dict[str, list[Any]]
    metrics: list[str]
    precision: "Precision | None"
    workers: ExecutorChoice
    store: Path
    out: Path
    retry: bool
    command: str
    fixed: list[str] = field(default_factory=list)
    scenarios: Sequence[Scenario] = ()

    @property
    def against(self) -> list[int]:
        """For each point of the study the one it is compared with: the first scenario's."""
        arms = len(self.arms)
        return [point - point % arms for point in range(len(self.study.points))]


def prepare(words: Sequence[str], simulate: "Simulate | None" = None) -> SweepPlan:
    """Check everything that can be checked before simulating."""
    own, overrides = split_words(words, OWN_KEYS)
    if "scenario" in own and "scenarios" in own:
        raise InputError("scenarios", own["scenarios"], "left out where there is scenario=")
    names = scenario_names(own["scenarios"]) if "scenarios" in own else [own.get("scenario", BASELINE)]
    kind = own.get("design", "grid")
    if kind not in KINDS:
        raise InputError("design", kind, f"one of {', '.join(KINDS)}", hint=did_you_mean(kind, KINDS))
    for key in ("points", "vary"):
        if key in own and kind == "grid":
            raise InputError(
                key, own[key], "left out with design=grid", hint="it is for design=lhs and sobol"
            )
    seed = whole_number("seed", own.get("seed"), 1, 0, LARGEST_SEED)
    points = whole_number("points", own.get("points"), 64, 2, MOST_POINTS)
    read = read_words(overrides)
    # A scenario is loaded once the words are known to be words.
    swept = make_design(kind, read, name_list(own.get("vary", "")), points, seed, load_scenario(names[0]))
    bases = [load_scenario(name, swept.fixed) for name in names]
    arms = [base.name for base in bases]
    if len(set(arms)) < len(arms):
        raise InputError("scenarios", own["scenarios"], "scenarios with different names")
    for base in bases[1:]:
        check_paired(bases[0], base)
    designs = [Design(base, swept.values) for base in bases]
    for design in designs:
        design.check()
    metrics = _metrics(own.get("metric", "rmst180"))
    replications = whole_number("replications", own.get("replications"), 20, 1, LARGEST_REPLICATIONS)
    crossed = Crossed(designs)
    labels: dict[str, Any] = {"scenario": [arms[point % len(arms)] for point in range(len(crossed))]}
    for key, column in swept.values.items():
        told = [value if isinstance(value, int | float | str) else shown(value) for value in column]
        labels[key] = [told[point // len(arms)] for point in range(len(crossed))]
    retry = own.get("retry", "false")
    if retry not in ("true", "false"):
        raise InputError("retry", retry, "true or false")
    precision = _precision(own, metrics[0], replications)
    workers = executor_choice(own, default="processes")
    store = user_path(own.get("store", USUAL_FOLDER), "store")
    out = user_path(own.get("out", "out/sweep"), "out")
    return SweepPlan(
        # Last, since a study loads what its runs are made by.
        study=Study(
            crossed,
            seed,
            replications,
            measure=metrics_reference(metrics) if "metric" in own else ESTIMANDS,
            simulate=simulate or ENGINE,
            labels=labels,
        ),
        arms=arms,
        varied={key: labels[key] for key in swept.values},
        metrics=metrics,
        precision=precision,
        workers=workers,
        store=store,
        out=out,
        retry=retry == "true",
        command=shlex.join(["cogov", "sweep", *words]),
        fixed=swept.fixed,
        scenarios=bases,
    )


class Crossed(Sequence[Scenario]):
    """Several scenarios at every point of a design: point by point, scenarios in order."""

    def __init__(self, designs: Sequence[Design]) -> None:
        self.designs = list(designs)

    def __len__(self) -> int:
        return len(self.designs) * len(self.designs[0])

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self.designs[index % len(self.designs)][index // len(self.designs)]


def config_hash(study: Study) -> str:
    """Return one hash for all that a study's runs are."""
    digest = hashlib.sha256(f"{study.seed} {study.code}".encode())
    for point in range(len(study.points)):
        digest.update(study.configuration_hash(point) + b"%d" % study.replications_of(point))
    return digest.hexdigest()[:20]


def _metrics(value: str) -> list[str]:
    metrics = name_list(value)
    if not metrics:
        raise InputError("metric", value, "the name of a metric, or [A,B]")
    return [known_metric(name) for name in metrics]


def _precision(own: dict[str, str], metric: str, first: int) -> "Precision | None":
    if "precision" not in own:
        if "most" in own:
            raise InputError("most", own["most"], "left out without precision=")
        return None
    try:
        width = float(own["precision"])
    except ValueError:
        width = 0.0
    if not 0.0 < width < float("inf"):
        raise InputError("precision", own["precision"], "a number above 0, in the unit of the metric")
    if first < 5:
        raise InputError("replications", first, "at least 5 with precision=", hint="they are the first stage")
    most = whole_number("most", own.get("most"), max(10_000, first), first, LARGEST_REPLICATIONS)
    # It brings what reads and writes runs, which a wrong word need not wait for.
    from experiments.store.sequential_replications import Precision

    return Precision(metric, width, first=first, most=most)
