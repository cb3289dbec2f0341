"""Class (a): words on the command line."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from experiments.arguments.key_values import shown
from sim.parameters.scenario import parameters_by_key
from tests.fuzz import pieces
from tests.fuzz.outcome import Outcome, attempt

#: Where results go and who carries out runs is decided here, not by chance.
HELD = ("out", "store", "executor", "jobs", "executor.address", "browser", "record", "port", "host")
SCENARIOS = [
    "administration_led",
    "co_governance",
    "iron_soles",
    "verification/queue",
    "verification/adoption",
    "zhongdai",
    "weijiayuan",
]


def override(rng: Random) -> str:
    """Return one word that sets a parameter, or tries to."""
    name = pieces.key(rng)
    row = parameters_by_key().get(name)
    written = pieces.pick(
        rng,
        (14, lambda: _written(rng, pieces.value(rng, row))),
        (3, lambda: rng.choice(pieces.NASTY)),
        (3, lambda: pieces.chaos(rng)),
        (1, lambda: "[" + ",".join(str(rng.random()) for _ in range(rng.choice([1, 3, 12, 300]))) + "]"),
        (1, lambda: pieces.chaos(rng, 400)),
    )
    return pieces.pick(
        rng,
        (40, lambda: f"{name}={written}"),
        (1, lambda: f"{rng.choice(['+', '++', '~', ' ', '-', '--'])}{name}={written}"),
        (1, lambda: name),
        (1, lambda: f"{name} = {written}"),
        (1, lambda: f"{name}={written}={written}"),
        (1, lambda: pieces.chaos(rng)),
    )


def _written(rng: Random, value: Any) -> str:
    text = shown(value)
    return rng.choice([text] * 12 + [f"'{text}'", f'"{text}"', pieces.misspelt(rng, text) if text else ""])


def own_word(rng: Random) -> str:
    """Return one word that sets what a command keeps for itself."""
    name = rng.choice(
        [
            "scenario",
            "scenario",
            "scenarios",
            "seed",
            "replications",
            "metric",
            "design",
            "points",
            "vary",
            "precision",
            "most",
            "retry",
            "parameters",
            "grades",
            "without",
            "players",
            "orders",
            "language",
            "question",
            "worse_by",
            "size",
            "order",
            "staffing.team",
            "staffing.target",
        ]
    )
    good = {
        "scenario": SCENARIOS,
        "seed": ["1", "7"],
        "replications": ["1", "2"],
        "metric": ["rmst180", "[rmst180,solved_7wd]"],
        "design": ["grid", "lhs", "sobol"],
        "points": ["2", "4"],
        "vary": ["[staff.per_10k]", "[trust.*]"],
        "scenarios": ["[administration_led,co_governance]"],
    }.get(name, ["1"])
    return f"{name}=" + pieces.pick(
        rng,
        (4, lambda: rng.choice(good)),
        (2, lambda: rng.choice(pieces.NASTY)),
        (1, lambda: pieces.misspelt(rng, rng.choice(good))),
        (1, lambda: pieces.chaos(rng)),
    )


def command_line(rng: Random, folder: Path) -> list[str]:
    """Return a command with its words; results go into `folder`."""
    name = rng.choice(
        ["run"] * 24
        + ["explain"] * 6
        + ["compare"] * 3
        + ["run -m"] * 3
        + ["sweep"] * 2
        + [
            "sensitivity",
            "attribute",
            "discover",
            "staffing",
            "province",
            "validate",
            "report",
            "reproduce",
            "store ls",
            "store show",
            "store gc",
            "",
            "chaos",
        ]
    )
    words = [
        override(rng) if rng.random() < 0.75 else own_word(rng) for _ in range(rng.choice([1, 1, 1, 2, 3, 6]))
    ]
    words = [word for word in words if not pieces.is_one_of(word, HELD)]
    if name == "chaos":
        return [pieces.chaos(rng), *words]
    if name in ("validate", "province", "staffing", "sensitivity", "attribute", "discover"):
        words.append(rng.choice(["nothing.like.it=1", "replications=x", "seed=-1", "demand.rate=-1"]))
    held = [f"out={folder / 'out'}"]
    if name in ("sweep", "store ls", "store show", "store gc"):
        held = [f"store={folder / 'store'}"]
    if name == "sweep":
        held += [f"out={folder / 'out'}", "executor=serial"]
    if name in ("explain", "store ls", ""):
        held = held if name == "store ls" else []
    if name == "reproduce":
        words = [word for word in words if "=" in word] + ["overrides=1"]
    return [*name.split(), *words, *held]


def interrupted(*words: Any, **more: Any) -> Any:
    """A simulation that ends at once as Ctrl-C ends it: the input was accepted."""
    raise KeyboardInterrupt


def try_one(rng: Random, folder: Path, simulate: Callable[..., Any] = interrupted) -> Outcome:
    """Make one input and try it."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    return attempt(command_line(rng, folder), simulate, folder)
