"""One published experiment: what its file says, checked, and the runs that follow from it."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from experiments.arguments import shown
from experiments.published.command_entry import CommandEntry, command_entry
from sim.errors import InputError, did_you_mean
from sim.parameters import Scenario
from sim.scenario import load_scenario

FOLDER = Path(__file__).resolve().parent
#: Numbers of the table, each with the columns of its interval's ends.
INTERVALS = {"mean": ("low", "high"), "difference": ("difference_low", "difference_high")}
FIGURES = ("differences", "break_even", "sweep")
_KEYS = ("title", "question", "reading", "grade", "seed", "replications", "arms", "vary", "metrics", "figure")


@dataclass(frozen=True)
class Factor:
    """Something that is varied: its levels by label, what each sets, and in which arms (empty: all)."""

    name: str
    levels: Mapping[Any, Mapping[str, Any]]
    arms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
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

    def cells(self) -> Iterator[tuple[dict[str, Any], dict[str, Run]]]:
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
                runs[arm] = Run(content.get("scenario", arm), overrides)
            yield at, runs

    @property
    def how(self) -> str:
        """How its numbers are made, in a few words."""
        return f"{self.replications} replications, seed {self.seed}"

    def intervals(self) -> dict[str, tuple[str, str]]:
        """Return the columns of the table that hold the ends of each number's interval."""
        return dict(INTERVALS)

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
        path = Path(name_or_path).expanduser()
        if path.suffix not in (".yaml", ".yml") or not path.is_file():
            names = entry_names()
            hint = did_you_mean(name_or_path, names) or f"published: {', '.join(names)}"
            raise InputError("experiment", name_or_path, "a published experiment or a YAML file", hint=hint)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        raise InputError("experiment", str(path), "a YAML file") from None
    return _checked(path, content)


def _checked(path: Path, content: Any) -> Entry | CommandEntry:
    if not isinstance(content, dict):
        raise InputError("experiment", str(path), "a mapping")
    if "command" in content:
        return command_entry(path, content)
    for key in content:
        if key not in _KEYS:
            raise InputError(str(key), "", f"one of {', '.join(_KEYS)}", path, did_you_mean(str(key), _KEYS))
    for key in ("title", "question", "arms", "metrics", "figure"):
        if not content.get(key):
            raise InputError(key, "", "given in a published experiment", path)
    figure = content["figure"]
    if figure.get("kind") not in FIGURES:
        raise InputError("figure.kind", figure.get("kind"), f"one of {', '.join(FIGURES)}", path)
    factors = tuple(_factor(path, name, item or {}) for name, item in (content.get("vary") or {}).items())
    for factor in factors:
        for arm in factor.arms:
            if arm not in content["arms"]:
                raise InputError(
                    f"vary.{factor.name}.arms", arm, f"one of {', '.join(content['arms'])}", path
                )
    return Entry(
        name=path.stem,
        file=path,
        title=content["title"],
        question=content["question"].strip(),
        reading=content.get("reading", "").strip(),
        grade=content.get("grade", "assumed"),
        arms={arm: item or {} for arm, item in content["arms"].items()},
        metrics=tuple(content["metrics"]),
        figure=figure,
        seed=int(content.get("seed", 1)),
        replications=int(content.get("replications", 20)),
        factors=factors,
    )


def _factor(path: Path, name: str, item: Mapping[str, Any]) -> Factor:
    arms = tuple(item.get("arms", ()))
    if "levels" in item:
        return Factor(name, {level: dict(change or {}) for level, change in item["levels"].items()}, arms)
    if "key" not in item or not item.get("values"):
        raise InputError(f"vary.{name}", "", "a key with values, or levels", path)
    return Factor(name, {value: {item["key"]: value} for value in item["values"]}, arms)
