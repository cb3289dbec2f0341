"""What the form of the tab for sweeps is drawn from: fields, and parameters in words with unit and range."""

from typing import Any

from analysis.findings.parameter_names import parameter_name
from analysis.findings.parameter_texts import meaning
from analysis.metrics import metric
from experiments.dashboard.panels.sweep.html import now_line
from experiments.dashboard.state.scenario_pair import View
from experiments.dashboard.state.sweep_fields import (
    CHOICES,
    NUMBERS,
    OPTIONAL,
    Ask,
    Fields,
    numbers,
    present,
    varied,
)
from experiments.dashboard.words.page_words import GRADE_WORDS, LANGUAGES, unit_word
from experiments.dashboard.words.sweep_words import sweep_word
from sim.errors import InputError
from sim.parameters.scenario import Parameter

_OF_VALUES = ("question", "measure", "low", "high", "values", "pairs")
_OF_ENDS = ("question", "measure", "pairs")


def fields_of(fields: Fields, language: str) -> list[dict[str, Any]]:
    """Return the fields that the question needs, each with what the page needs to draw it."""
    names = _OF_VALUES if fields.question == "values" else _OF_ENDS
    return [field_of(name, fields, language) for name in names]


def field_of(name: str, fields: Fields, language: str) -> dict[str, Any]:
    """Return what the page needs to draw one field."""
    value = getattr(fields, name)
    found: dict[str, Any] = {"name": name, "label": sweep_word(name, language), "choices": [], "empty": ""}
    if name in CHOICES:
        labels = {
            one: metric(one).label(language) if name == "measure" else sweep_word(f"{name}_{one}", language)
            for one in CHOICES[name]
        }
        return found | {"value": value, "choices": [{"value": one, "label": labels[one]} for one in labels]}
    low, high, whole = NUMBERS[name]
    if name in OPTIONAL:
        # What an empty field stands for: the range of the schema.
        own = getattr(numbers()[fields.parameter], name)
        return found | {"value": "" if value is None else value, "empty": f"{own:g}", "step": "any"}
    return found | {"value": value, "low": low, "high": high, "step": 1 if whole else "any"}


def parameters_of(view: View, language: str) -> list[dict[str, str]]:
    """Return what can be varied, in words of one language, to be found by those of both."""
    return [
        {"key": row.key, "label": option_text(row, language), "search": searched(row)} for row in varied(view)
    ]


def option_text(row: Parameter, language: str) -> str:
    """Return a parameter with its range, unit, default and grade."""
    unit = unit_word(row.unit, language) if row.unit else ""
    told = sweep_word("option_unit", language).format(unit) if unit else ""
    default = sweep_word("no_default", language) if row.default is None else f"{row.default:g}"
    facts = parameter_name(row.key, language), f"{row.low:g}", f"{row.high:g}", told, default
    return sweep_word("option", language).format(*facts, GRADE_WORDS[row.grade][language])


def searched(row: Parameter) -> str:
    """Return the words by which a parameter is found: its key, names and meaning in both languages."""
    texts = [text for one in LANGUAGES for text in (parameter_name(row.key, one), meaning(row, one))]
    return " ".join([row.key, *texts]).lower()


def chosen_text(view: View, ask: Ask, language: str) -> str:
    """Return what is chosen: the meaning and present value of one parameter, or how many are ticked."""
    if ask.fields.question == "ends":
        return sweep_word("chosen", language).format(len(ask.fields.ticked))
    row = numbers()[ask.fields.parameter]
    if row.key not in {one.key for one in varied(view)}:
        return meaning(row, language)
    stop, between = ("。", "") if language == "zh" else (".", " ")
    texts = (
        option_text(row, language) + stop,
        meaning(row, language),
        now_line(present(view, row.key), language),
    )
    return between.join(texts)


def wanted_runs(ask: Ask) -> int:
    """Return how many runs an answer takes, kept ones among them; 0 where the question cannot be asked."""
    try:
        points = ask.points()
    except InputError:
        return 0
    own = 1 if ask.fields.question == "ends" else 0
    return 2 * ask.view.pairs * (own + sum(len(values) for _, values in points))
