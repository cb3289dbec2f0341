"""What is asked on the tab for sweeps: its fields, in the address, and what of a view decides the answer.

Two questions: one parameter over many values, and many parameters at both ends of their ranges. What may be
varied, in which unit and from where to where, is read from the schema.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from analysis.metrics import HEADLINE
from analysis.safe_text.spreadsheet import read_csv
from experiments.arguments.key_values import shown
from experiments.dashboard.state import form_fields
from experiments.dashboard.state.controls import slider_range
from experiments.dashboard.state.scenario_pair import View, arms
from experiments.published.entry import load_entry
from sim.errors import InputError
from sim.input_files.documents import read_text
from sim.parameters.scenario import Parameter, flatten, parameters_by_key

#: One parameter over many values, or many parameters at both ends of their ranges.
QUESTIONS = ("values", "ends")
#: Measures that both sides have, those of the strip and of the head of the table; a difference alone has no
#: line for each side.
MEASURES = tuple(name for name in HEADLINE if not name.endswith("_part"))
NUMBERS: dict[str, tuple[float, float, bool]] = {
    "low": (-1e12, 1e12, False),
    "high": (-1e12, 1e12, False),
    "values": (3, 15, True),
    "pairs": (2, 200, True),
}
CHOICES: dict[str, tuple[str, ...]] = {"question": QUESTIONS, "measure": MEASURES}
#: These may be empty: the range of the schema, the usual assumptions.
OPTIONAL = ("low", "high")
#: So many parameters at both ends at most, as many as a figure has rows; and so many unless it is said.
MOST_TICKED = 25
USUAL = 10
_NUMERIC = ("a number", "a whole number")


@dataclass(frozen=True)
class Fields:
    """What the fields hold.

    Attributes
    ----------
    low, high
        From where to where; None: over the plausible range of the schema.
    ticked
        The parameters set to both ends; empty: those that usually matter.
    """

    question: str = QUESTIONS[0]
    measure: str = "rmst180"
    parameter: str = "paperwork.base_share"
    low: float | None = None
    high: float | None = None
    values: int = 7
    pairs: int = 8
    ticked: tuple[str, ...] = ()

    def with_text(self, name: str, text: str, key: str = "") -> "Fields":
        """Return the fields with one set to what was typed or chosen.

        Raises
        ------
        InputError
            If the field cannot hold it; it is called `key` then.
        """
        return replace(self, **{name: _value(name, text.strip(), key or name)})

    def about(self, key: str) -> "Fields":
        """Return the fields about another parameter, over its own range."""
        return replace(self.with_text("parameter", key), low=None, high=None)

    def toggled(self, key: str, ticked: tuple[str, ...]) -> "Fields":
        """Return the fields with a parameter ticked or not, where these are ticked now."""
        now = tuple(one for one in ticked if one != key)
        return self.with_text("ticked", ",".join(now if key in ticked else (*now, key)))


@dataclass(frozen=True)
class Ask:
    """Everything that decides an answer, so that two equal ones have the same."""

    view: View
    fields: Fields

    def points(self) -> list[tuple[str, list[Any]]]:
        """Return each parameter that is varied, with its values.

        Raises
        ------
        InputError
            If the range cannot be used.
        """
        table = {row.key: row for row in varied(self.view)}
        asked = self.fields
        keys = (asked.parameter,) if asked.question == "values" else asked.ticked
        for key in keys:
            if key not in table:
                raise InputError(key, "", "a number that both sides have here")
        if asked.question == "ends":
            return [(key, [_typed(table[key], end) for end in _range(table[key])]) for key in keys]
        return [(asked.parameter, spread(table[asked.parameter], asked, self.view))]


def ask_of(view: View, asked: Fields) -> Ask:
    """Return what a view and the fields ask; what another question would need is left out."""
    if asked.question == "values":
        asked = replace(asked, ticked=())
    else:
        plain = Fields()
        asked = replace(asked, parameter=plain.parameter, low=None, high=None, values=plain.values,
                        ticked=tuple(sorted(ticked_of(view, asked))))  # fmt: skip
    return Ask(replace(view, pairs=asked.pairs), asked)


@functools.cache
def numbers() -> dict[str, Parameter]:
    """Return the parameters that are numbers with a plausible range."""
    return {
        key: row
        for key, row in parameters_by_key().items()
        if row.type.removesuffix(" or null") in _NUMERIC
        and row.low is not None
        and not key.startswith("verification")
    }


def varied(view: View) -> list[Parameter]:
    """Return what can be varied in a view: a number that both sides have, and that no file decides."""
    sides = [flatten(arm) for arm in arms(view)]
    replayed = sides[0]["demand.stream"] is not None
    return [
        row
        for row in numbers().values()
        if all(side[row.key] is not None for side in sides) and not (replayed and row.tape)
    ]


def present(view: View, key: str) -> tuple[float, float]:
    """Return the value of a parameter on both sides."""
    first, second = (float(flatten(arm)[key]) for arm in arms(view))
    return first, second


def spread(row: Parameter, asked: Fields, view: View) -> list[Any]:
    """Return the values of a sweep, evenly from one end to the other; of whole numbers each once.

    Raises
    ------
    InputError
        If the ends are the wrong way round, or build a larger world than the sliders do.
    """
    usual = _range(row)
    low, high = (own if end is None else end for end, own in zip((asked.low, asked.high), usual, strict=True))
    if not low < high:
        raise InputError("low", shown(low), f"below {shown(high)}, where the sweep ends")
    if row.tape:
        # A link may ask for a sweep; it cannot make a machine build a country.
        least, most, _ = slider_range(row, list(present(view, row.key)))
        if not (least <= low and high <= most):
            raise InputError(row.key, f"{shown(low)} to {shown(high)}", f"from {least:g} to {most:g}")
    steps = [low + (high - low) * step / (asked.values - 1) for step in range(asked.values)]
    return list(dict.fromkeys(_typed(row, value) for value in steps))


def ticked_of(view: View, asked: Fields) -> tuple[str, ...]:
    """Return the parameters set to both ends: those chosen, else the usual ones."""
    return asked.ticked or usual_assumptions(view, asked.measure)


def usual_assumptions(view: View, measure: str) -> tuple[str, ...]:
    """Return the assumptions that move the measure most, by the published study of sensitivity.

    Left out is what makes another world of it, and in what the sides differ: that is what is compared.
    """
    ranked = _ranking()
    known = ranked.get(measure) or ranked["rmst180"]
    first, second = (flatten(arm) for arm in arms(view))
    there = {row.key: row for row in varied(view)}
    found = [
        key
        for key in known
        if key in there
        and there[key].grade == "assumed"
        and not there[key].tape
        and first[key] == second[key]
    ]
    return tuple(found[:USUAL])


@functools.cache
def _ranking() -> dict[str, list[str]]:
    """Return the parameters of the published study, by what each does to a measure, the largest first."""
    table = read_csv(read_text(load_entry("sensitivity").expected, "sensitivity"), comment="#")
    ordered = table.sort_values("mu_star", ascending=False)
    return {str(name): list(part["parameter"]) for name, part in ordered.groupby("metric")}


def written(asked: Fields) -> list[tuple[str, str]]:
    """Return what differs from the usual as words of an address."""
    usual = Fields()
    return [(name, _text(value)) for name in NAMES if (value := getattr(asked, name)) != getattr(usual, name)]


def read(words: Mapping[str, str], head: str) -> Fields:
    """Return the fields that the words of an address give, each called by `head` and its name.

    Raises
    ------
    InputError
        If there is no such field, or it cannot hold what the address says.
    """
    return form_fields.read_words(Fields(), NAMES, words, head)


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else shown(value)


def _value(name: str, text: str, key: str) -> Any:
    if name in CHOICES:
        return form_fields.choice(key, text, CHOICES[name])
    if name == "parameter":
        return _known(key, text)
    if name == "ticked":
        found = tuple(_known(key, one) for one in text.split(",") if one)
        if len(found) > MOST_TICKED or len(set(found)) < len(found):
            raise InputError(key, f"{len(found)} parameters", f"at most {MOST_TICKED}, each once")
        return found
    if name in OPTIONAL and not text:
        return None
    return form_fields.number(key, text, *NUMBERS[name])


def _known(key: str, text: str) -> str:
    if text not in numbers():
        raise InputError(key, text, "a parameter that is a number with a plausible range")
    return text


def _range(row: Parameter) -> tuple[float, float]:
    assert row.low is not None
    assert row.high is not None
    return float(row.low), float(row.high)


def _typed(row: Parameter, value: float) -> Any:
    """Return a value as the schema has it, with as many digits as one would type."""
    return round(value) if "whole number" in row.type else float(f"{value:.6g}")


NAMES = tuple(one.name for one in fields(Fields))
