"""What is asked on the tab for a service target: its fields, in the address, as keys of `cogov staffing`.

Shares are in percent here, as they are typed. What a field may hold is said here; whether the question as a
whole can be answered, `experiments.staffing.question` judges, as it does for the command.
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from experiments.arguments.key_values import shown
from experiments.dashboard.state import form_fields
from experiments.dashboard.state.scenario_pair import View
from experiments.staffing.answer import DEFAULT_YEARS
from experiments.staffing.question import CLOCKS, METRICS, Question, Target, question

#: The parameter that is searched, and those of which a mix may have some beside it.
TEAM = "staff.per_10k"
BESIDE = ("", "staff.embedded", "staff.grid_workers")
_YES = ("no", "yes")
#: Numbers: from where to where, and whether whole.
NUMBERS: dict[str, tuple[float, float, bool]] = {
    "share": (0.0, 100.0, False),
    "days": (0.0, 3650.0, False),
    "confidence": (50.0, 99.9, False),
    "wage": (0.0, 1e9, False),
    "fewest": (0, 100_000, True),
    "most": (1, 100_000, True),
    "years": (1, 1000, True),
    "cost": (0.0, 1000.0, False),
}
CHOICES: dict[str, tuple[str, ...]] = {
    "metric": METRICS,
    "clock": CLOCKS,
    "beside": BESIDE,
    "both": _YES,
}
#: These may be empty.
OPTIONAL = ("wage", "fewest", "most")


@dataclass(frozen=True)
class Fields:
    """What the fields hold.

    Attributes
    ----------
    wage
        Money for an hour of staff; no answer depends on it.
    years
        Simulated at most for one team.
    beside, cost
        A second kind of staff, and what a person of it costs, one of the team being 1.
    both
        Whether the other side is asked too.
    """

    metric: str = "resolution"
    share: float = 40.0
    days: float = 7.0
    clock: str = "calendar"
    confidence: float = 95.0
    fewest: int | None = None
    most: int | None = None
    years: int = DEFAULT_YEARS
    beside: str = ""
    cost: float = 1.0
    both: str = "no"
    wage: float | None = None

    def with_text(self, name: str, text: str, key: str = "") -> "Fields":
        """Return the fields with one set to what was typed.

        Raises
        ------
        InputError
            If the field cannot hold it; it is called `key` then.
        """
        return replace(self, **{name: _value(name, text.strip(), key or name)})


@dataclass(frozen=True)
class Ask:
    """Everything that decides an answer, so that two equal ones have the same.

    Attributes
    ----------
    own
        The keys of `cogov staffing`.
    sides
        Of each scenario asked about: side, name, and overrides.
    files
        Of each, in which state its file is.
    """

    own: tuple[tuple[str, str], ...]
    sides: tuple[tuple[int, str, tuple[str, ...]], ...]
    seed: int
    years: int
    files: tuple[tuple[int, int], ...] = ()

    def questions(self) -> list[Question]:
        """Return the question of each side.

        Raises
        ------
        InputError
            If the search refuses it.
        """
        return [question(dict(self.own), base, words) for _, base, words in self.sides]

    def commands(self) -> list[str]:
        """Return for each side the command that gives the same answer."""
        keys = [f"{key}={value}" for key, value in self.own]
        found = []
        for _, base, words in self.sides:
            told = ["cogov", "staffing", f"scenario={base}", *words, *keys]
            told += [f"seed={self.seed}", f"replications={self.years}"]
            found.append(" ".join(shlex.quote(word) for word in told))
        return found


def ask_of(view: View, asked: Fields) -> Ask:
    """Return what a view and the fields ask."""
    sides = (0, 1) if asked.both == "yes" else (0,)
    words = view.all_words()
    scenarios = tuple(
        (
            side,
            view.names[side],
            (*words, *(f"{key}={shown(value)}" for key, value in sorted(view.changes[side].items()))),
        )
        for side in sides
    )
    files = tuple(view.files[side] for side in sides)
    return Ask(tuple(keys_of(asked).items()), scenarios, view.seed, asked.years, files)


def both_sides(view: View, asked: Fields) -> Ask:
    """Return what a view and the fields ask of both sides, whether or not B was asked for too."""
    return ask_of(view, replace(asked, both="yes"))


def target_of(asked: Fields) -> Target:
    """Return the target that the fields say."""
    return Target(asked.metric, asked.days, asked.clock, asked.share / 100.0, asked.confidence / 100.0)


def keys_of(asked: Fields) -> dict[str, str]:
    """Return the fields as keys of `cogov staffing`; without a surge, which changes no answer."""
    keys = {
        "staffing.team": f"[{TEAM},{asked.beside}]" if asked.beside else TEAM,
        "staffing.target.metric": asked.metric,
        "staffing.target.within_days": shown(asked.days),
        "staffing.target.clock": asked.clock,
        "staffing.target.share": shown(asked.share / 100.0),
        "staffing.confidence": shown(asked.confidence / 100.0),
        "staffing.surge.factor": "1",
    }
    if asked.beside:
        keys["staffing.cost"] = f"[1,{shown(asked.cost)}]"
    for name in ("fewest", "most"):
        if getattr(asked, name) is not None:
            keys[f"staffing.{name}"] = str(getattr(asked, name))
    return keys


def written(asked: Fields) -> list[tuple[str, str]]:
    """Return what differs from the usual as words of an address."""
    usual = Fields()
    return [
        (name, "" if value is None else shown(value))
        for name in NAMES
        if (value := getattr(asked, name)) != getattr(usual, name)
    ]


def read(words: Mapping[str, str], head: str) -> Fields:
    """Return the fields that the words of an address give, each called by `head` and its name.

    Raises
    ------
    InputError
        If there is no such field, or it cannot hold what the address says.
    """
    return form_fields.read_words(Fields(), NAMES, words, head)


def _value(name: str, text: str, key: str) -> Any:
    if name in CHOICES:
        return form_fields.choice(key, text, CHOICES[name])
    if name in OPTIONAL and not text:
        return None
    return form_fields.number(key, text, *NUMBERS[name])


NAMES = tuple(one.name for one in fields(Fields))
