"""What a backtest is asked, checked before the file is read and anything heavy is imported."""

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from experiments.arguments.key_values import language_of, name_list, split_words, whole_number
from experiments.arguments.run_plan import EXECUTORS, ExecutorChoice, executor_choice
from experiments.city.keys import date_key
from sim.errors import InputError, did_you_mean
from sim.input_files.documents import user_path
from sim.scenario.seeds import LARGEST_SEED

KEYS = (
    "demand.stream", "demand.mapping", "backtest.origin", "backtest.until", "backtest.every_days",
    "backtest.horizon_days", "backtest.largest", "backtest.rivals", "draws", "calibrated", "seed", "out",
    "executor", "jobs", "language",
)  # fmt: skip
#: Methods to compare with, the plain ones first; `work.RIVALS` holds them.
RIVAL_NAMES = ("kaplan_meier", "kaplan_meier_28", "lognormal", "boosted", "boosted_backlog")
#: What needs the extra `forecast`.
_NEEDS_SKLEARN = ("boosted", "boosted_backlog")
#: Values of the city that the question decides.
_DECIDED = ("city.folder", "city.origin", "city.until", "city.draw")
#: In place of a folder: rivals alone.
_NO_CITY = "none"


@dataclass(frozen=True)
class Question:
    """What is to be forecast."""

    origin: date
    until: date
    draws: int
    seed: int
    horizon_days: float
    largest: int
    every_days: int | None = None
    """Days from one origin to the next; None: one origin."""


@dataclass(frozen=True)
class Words:
    """What the command line says, as far as it can be judged without the file."""

    asked: Question
    files: Mapping[str, str]
    """Keys of the request file."""
    overrides: Sequence[str]
    """Other values of the calibrated city."""
    rivals: list[str]
    left_out: list[str]
    """Rivals that cannot be had here."""
    with_city: bool
    calibrated: Path | None
    """The folder of the calibrated city; None: calibrated here, or no city at all."""
    choice: ExecutorChoice
    out: Path
    language: str


def read_words(words: Sequence[str]) -> Words:
    """Read the words of the command."""
    own, overrides = split_words(words, KEYS)
    for word in overrides:
        key, _, value = word.partition("=")
        if not key.startswith("city.") or key in _DECIDED:
            allowed = f"one of {', '.join(KEYS)}, or another value of the calibrated city (city.gamma=0)"
            raise InputError(key, value, allowed, hint=did_you_mean(key, KEYS))
    language = language_of(own)
    asked = question(own)
    rivals, left_out = _rivals(own.get("backtest.rivals"))
    folder = own.get("calibrated")
    return Words(
        asked,
        {key: own[key] for key in ("demand.stream", "demand.mapping") if key in own},
        overrides,
        rivals,
        left_out,
        folder != _NO_CITY,
        None if folder in (None, _NO_CITY) else user_path(folder, "calibrated"),
        executor_choice(own, "processes", EXECUTORS),
        user_path(own.get("out", "out/backtest"), "out"),
        language,
    )


def question(own: dict[str, str]) -> Question:
    """Read what is asked for from the command's own keys."""
    origin, until = date_key(own, "backtest.origin"), date_key(own, "backtest.until")
    if until <= origin:
        raise InputError("backtest.until", until.isoformat(), f"a date after backtest.origin ({origin})")
    every = own.get("backtest.every_days")
    return Question(
        origin=origin,
        until=until,
        draws=whole_number("draws", own.get("draws"), 100, 2, 10_000),
        seed=whole_number("seed", own.get("seed"), 1, 0, LARGEST_SEED),
        horizon_days=float(
            whole_number("backtest.horizon_days", own.get("backtest.horizon_days"), 60, 1, 180)
        ),
        largest=whole_number("backtest.largest", own.get("backtest.largest"), 10, 1, 1000),
        every_days=None if every is None else whole_number("backtest.every_days", every, 7, 7, 366),
    )


def _rivals(text: str | None) -> tuple[list[str], list[str]]:
    """Return the rivals asked for, and those that cannot be had here."""
    wanted = list(RIVAL_NAMES) if text is None else name_list(text)
    for name in wanted:
        if name not in RIVAL_NAMES:
            hint = did_you_mean(name, RIVAL_NAMES)
            raise InputError("backtest.rivals", name, f"of {', '.join(RIVAL_NAMES)}", hint=hint)
    missing = importlib.util.find_spec("sklearn") is None
    left_out = [name for name in wanted if missing and name in _NEEDS_SKLEARN]
    return [name for name in wanted if name not in left_out], left_out
