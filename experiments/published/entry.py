"""One published experiment: what its file says, checked, and the runs that follow from it."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from experiments.arguments.key_values import shown
from experiments.published.command_entry import CommandEntry, command_entry
from experiments.published.definition import CellsFile, Varied, checked
from sim.errors import InputError, did_you_mean
from sim.input_files.documents import is_file, read_yaml, user_path
from sim.parameters.scenario import Scenario
from sim.scenario.loading import load_scenario

FOLDER = Path(__file__).resolve().parent
#: Numbers of the table, each with the columns of its interval's ends.
INTERVALS = {"mean": ("low", "high"), "difference": ("difference_low", "difference_high")}
#: Columns of the table besides what varies.
COLUMNS = ("arm", "metric", "unit", *(name for number, ends in INTERVALS.items() for name in (number, *ends)))
MOST_SETTINGS = 10_000
MOST_PANELS = 26


@dataclass(frozen=True)
class Factor:
    """Something that is varied: its levels by label, what each sets, and in which arms (empty: all)."""

    name: str
    levels: Mapping[Any, Mapping[str, Any]]
    arms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Setting:
    """One setting of one arm, in every replication."""

    scenario: str
    overrides: tuple[str, ...]

    def load(self) -> Scenario:
        """Return the scenario."""
        return load_scenario(self.scenario, self.overrides)


@dataclass(frozen=True)
class Entry:
    """A published experiment."""

    name: str
    file: Path
    title: Mapping[str, str]
    question: str
    reading: str
    grade: str
    arms: Mapping[str, Mapping[str, Any]]
    metrics: tuple[str, ...]
    figure: Mapping[str, Any]
    seed: int = 1
    replications: int = 20
    factors: tuple[Factor, ...] = ()
    overrides: tuple[str, ...] = field(default=())

    @property
    def expected(self) -> Path:
        """The file with the table it must give."""
        return self.file.with_suffix(".csv")

    def cells(self) -> Iterator[tuple[dict[str, Any], dict[str, Setting]]]:
        """Yield the levels of each cell and the run of each arm in it."""
        for levels in itertools.product(*(factor.levels for factor in self.factors)):
            at = {factor.name: level for factor, level in zip(self.factors, levels, strict=True)}
            runs = {}
            for arm, content in self.arms.items():
                words = dict(content.get("set", {}))
                for factor in self.factors:
                    if not factor.arms or arm in factor.arms:
                        words |= factor.levels[at[factor.name]]
                overrides = (*self.overrides, *(f"{key}={shown(value)}" for key, value in words.items()))
                runs[arm] = Setting(content.get("scenario", arm), overrides)
            yield at, runs

    def against(self, arm: str) -> str:
        """Return the arm from which the differences of an arm are: the first, unless it names another."""
        return str(self.arms[arm].get("against", next(iter(self.arms))))

    @property
    def how(self) -> str:
        """How its numbers are made, in a few words."""
        return f"{self.replications} replications, seed {self.seed}"

    def intervals(self) -> dict[str, tuple[str, str]]:
        """Return the columns of the table that hold the ends of each number's interval."""
        return dict(INTERVALS)

    def check(self) -> None:
        """Load every setting; a fault names the file, and comes before anything is simulated."""
        for run in dict.fromkeys(run for _, arms in self.cells() for run in arms.values()):
            try:
                run.load()
            except InputError as error:
                file = error.file or self.file
                raise InputError(error.key, error.value, error.allowed, file, error.hint) from None

    def changed(self, overrides: Sequence[str], seed: int, replications: int) -> "Entry":
        """Return the same experiment elsewhere: its results are then no longer the published ones."""
        return replace(self, overrides=tuple(overrides), seed=seed, replications=replications)


def entry_names() -> list[str]:
    """Names of the published experiments."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def load_cells(name_or_path: str) -> Entry:
    """Read one that is made of cells."""
    entry = load_entry(name_or_path)
    if not isinstance(entry, Entry):
        raise InputError("experiment", name_or_path, "one made of cells, not a command")
    return entry


def load_entry(name_or_path: str) -> Entry | CommandEntry:
    """Read one by its name, or from a YAML file."""
    path = FOLDER / f"{name_or_path}.yaml"
    if name_or_path not in entry_names():
        path = user_path(name_or_path, "experiment")
        if path.suffix not in (".yaml", ".yml") or not is_file(path):
            names = entry_names()
            hint = did_you_mean(name_or_path, names) or f"published: {', '.join(names)}"
            raise InputError("experiment", name_or_path, "a published experiment or a YAML file", hint=hint)
    content = read_yaml(path, "experiment")
    if not isinstance(content, dict):
        raise InputError("experiment", str(path), "a mapping")
    return command_entry(path, content) if "command" in content else _cells(path, content)


def _cells(path: Path, content: dict[Any, Any]) -> Entry:
    said = checked(CellsFile, content, path)
    factors = tuple(_factor(path, name, item) for name, item in said.vary.items())
    for factor in factors:
        for arm in factor.arms:
            if arm not in said.arms:
                raise InputError(f"vary.{factor.name}.arms", arm, f"one of {', '.join(said.arms)}", path)
    first = next(iter(said.arms))
    for name, one in said.arms.items():
        if one.against is not None and (one.against not in said.arms or name in (first, one.against)):
            wanted = "another arm, and none at the first" if name == first else "another arm"
            raise InputError(f"arms.{name}.against", one.against, wanted, path)
    cells = math.prod(len(factor.levels) for factor in factors)
    if cells * len(said.arms) > MOST_SETTINGS:
        raise InputError("vary", cells, f"at most {MOST_SETTINGS} settings (cells times arms)", path)
    _check_metrics("metrics", said.metrics, path)
    _check_figure(said, cells, path)
    return Entry(
        name=path.stem,
        file=path,
        title=said.title.model_dump(),
        question=said.question.strip(),
        reading=said.reading.strip(),
        grade=said.grade,
        arms={name: arm.model_dump(exclude_none=True) for name, arm in said.arms.items()},
        metrics=tuple(said.metrics),
        figure=said.figure.model_dump(exclude_none=True),
        seed=said.seed,
        replications=said.replications,
        factors=factors,
    )


def _factor(path: Path, name: str, item: Varied) -> Factor:
    if name in COLUMNS:
        raise InputError(f"vary.{name}", "", f"named otherwise than {', '.join(COLUMNS)}", path)
    if item.levels is not None and item.key is None and item.values is None:
        return Factor(name, item.levels, tuple(item.arms))
    if item.key is None or item.values is None or item.levels is not None:
        raise InputError(f"vary.{name}", "", "a key with values, or levels", path)
    levels = {value: {item.key: value} for value in item.values}
    if len(levels) < len(item.values):
        raise InputError(f"vary.{name}.values", item.values, "values that differ", path)
    return Factor(name, levels, tuple(item.arms))


def _check_metrics(key: str, names: Sequence[str], path: Path) -> None:
    # Loaded for entries that are read: it takes the analysis with it.
    from analysis.metrics import METRICS

    for place, name in enumerate(names):
        if name not in METRICS:
            hint = did_you_mean(name, METRICS) or f"there are {', '.join(list(METRICS)[:8])}, …"
            raise InputError(f"{key}[{place}]", name, "a metric of summary.csv", path, hint)
    if len(set(names)) < len(names):
        raise InputError(key, list(names), "different metrics", path)


def _check_figure(said: CellsFile, cells: int, path: Path) -> None:
    """Refuse a figure that could not be drawn of the table, before the table is made."""
    figure = said.figure
    drawn = figure.metrics or said.metrics
    for place, name in enumerate(drawn):
        if name not in said.metrics:
            allowed = f"one of the metrics, {', '.join(said.metrics)}"
            raise InputError(f"figure.metrics[{place}]", name, allowed, path)
    if figure.kind == "differences" and (cells > 1 or len(said.arms) < 2):
        raise InputError("figure.kind", figure.kind, "sweep where anything varies or one arm is alone", path)
    if figure.kind == "decisions":
        wanted = "scenarios of arms called SCENARIO.DECISION, with nothing varied"
        for scenario in map(str, figure.labels):
            if not any(arm.startswith(f"{scenario}.") for arm in said.arms):
                raise InputError("figure.labels", scenario, wanted, path)
        if cells > 1 or not figure.labels:
            raise InputError("figure.kind", figure.kind, wanted, path)
    if figure.kind == "break_even":
        needed = ("convener_effect", "session_capacity", "paperwork")
        if not set(needed) <= set(said.vary) or "rmst180" not in said.metrics or len(said.arms) < 2:
            wanted = f"of two arms with rmst180 over {', '.join(needed)}"
            raise InputError("figure.kind", figure.kind, wanted, path)
    if figure.kind == "map":
        axes = {"figure.x": figure.x, "figure.y": figure.y, "figure.panels": figure.panels}
        for key, column in axes.items():
            if column not in said.vary:
                raise InputError(key, column, f"one of {', '.join(said.vary)}", path)
        if len(set(axes.values())) < len(axes) or len(said.vary) > len(axes) or len(said.arms) < 2:
            raise InputError("figure.kind", figure.kind, "of two arms, over three things that vary", path)
        if len(drawn) > MOST_PANELS:
            raise InputError("figure.metrics", len(drawn), f"at most {MOST_PANELS} metrics", path)
    if figure.kind == "sweep":
        known = ("arm", *said.vary)
        for key, column in (("figure.x", figure.x), ("figure.lines", figure.lines)):
            if column not in known:
                raise InputError(key, column, f"one of {', '.join(known)}", path)
        if len(drawn) > MOST_PANELS:
            raise InputError("figure.metrics", len(drawn), f"at most {MOST_PANELS} metrics", path)
        if figure.value == "difference" and len(said.arms) < 2:
            raise InputError("figure.value", figure.value, "mean where there is one arm", path)
