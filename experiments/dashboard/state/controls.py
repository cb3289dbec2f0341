"""The sliders: rows made from the schema of parameters, with range, unit and evidence grade.

Only the choice of parameters and their Chinese names stand here and in `words`; everything else about a
parameter is read from `sim.parameters.scenario`, so that no slider promises a range that the schema does not
know.
"""

import math
from typing import Any

from analysis.findings.parameter_names import parameter_name
from analysis.findings.parameter_texts import meaning
from experiments.dashboard.state.scenario_pair import View, arms
from experiments.dashboard.words.page_words import GRADE_WORDS, PARAMETER_WORDS, unit_word, word
from sim.parameters.scenario import Parameter, flatten, parameters_by_key

#: What each group of sliders offers. The world is one for both sides: who lives there and what goes wrong.
GROUPS: dict[str, tuple[str, ...]] = {
    "staffing": (
        "staff.per_10k",
        "staff.case_share",
        "roster.absence",
        "staff.embedded",
        "patrol.hours_per_week",
        "paperwork.base_share",
    ),
    "platform": (
        "platform.enabled",
        "adoption.initial_registered",
        "intake.merge_probability",
        "reporting.published_status",
        "paperwork.platforms",
        "paperwork.integration",
        "mutual_aid.enabled",
    ),
    "regime": (
        "routing.authority_table",
        "joint_session.enabled",
        "joint_session.capacity",
        "joint_session.on_call",
        "referral.convener_effect",
        "referral.accept_probability",
        "plural.enabled",
        "deliberation.enabled",
        "closing.enabled",
    ),
}
WORLD = ("community.residents", "demand.rate", "horizon_days")
#: Ranges for the page where the schema has none, or one too wide for a slider.
RANGES: dict[str, tuple[float, float]] = {"horizon_days": (90, 1095), "community.residents": (1000, 30000)}


def can_be_set(row: Parameter) -> bool:
    """Whether a parameter can be a row: a switch, a choice, or a number with a range."""
    if row.type == "true or false" or row.choices:
        return True
    return row.type in ("a number", "a whole number") and row.low is not None


def further_keys() -> list[str]:
    """Return the parameters that a side may set beside those in the groups."""
    shown = {key for keys in GROUPS.values() for key in keys}
    rows = parameters_by_key().values()
    return [
        row.key
        for row in rows
        if can_be_set(row)
        and not row.tape
        and row.key not in shown
        and not row.key.startswith("verification")
    ]


def further_of(view: View) -> list[str]:
    """Return what was changed in a view and has no row in the groups."""
    shown = {key for keys in GROUPS.values() for key in keys}
    return sorted({key for changes in view.changes for key in changes} - shown)


def groups(view: View, further: tuple[str, ...], language: str) -> list[dict[str, Any]]:
    """Return all groups with their rows and the values of both sides."""
    values = [flatten(arm) for arm in arms(view)]
    bases = [flatten(view.base(side)) for side in range(2)]
    named = {**GROUPS, "further": further}
    found = [
        {
            "name": name,
            "title": word(f"group_{name}", language),
            "rows": [row(key, values, bases, language) for key in keys],
        }
        for name, keys in named.items()
    ]
    world = [{**row(key, values, bases, language), "shared": True} for key in WORLD]
    if values[0]["demand.stream"] is not None:
        world = []
    return [*found, {"name": "world", "title": word("group_world", language), "rows": world}]


def row(key: str, values: list[dict[str, Any]], bases: list[dict[str, Any]], language: str) -> dict[str, Any]:
    """Return what the page needs to draw one parameter."""
    parameter = parameters_by_key()[key]
    now = [value[key] for value in values]
    kind = "switch" if parameter.type == "true or false" else "choice" if parameter.choices else "number"
    label, text = label_of(parameter, language)
    found = {
        "key": key,
        "label": label,
        "text": text,
        "kind": kind,
        "values": now,
        "changed": [now[side] != bases[side][key] for side in range(2)],
        "unit": unit_word(parameter.unit, language),
        "grade": parameter.grade,
        "gradeWord": GRADE_WORDS[parameter.grade][language],
        "choices": list(parameter.choices),
        "shared": False,
    }
    if kind == "number":
        low, high, step = slider_range(parameter, now)
        found |= {"low": low, "high": high, "step": step, "digits": digits_of(step)}
        plausible = f"{parameter.low:g}–{parameter.high:g}" if parameter.low is not None else ""
        found["plausible"] = word("plausible", language).format(plausible) if plausible else ""
    return found


def label_of(parameter: Parameter, language: str) -> tuple[str, str]:
    """Return a short name and a sentence; the key in English where there is no short name."""
    known = PARAMETER_WORDS.get(parameter.key)
    own = parameter.key if language == "en" else parameter_name(parameter.key, language)
    return known[language] if known else own, meaning(parameter, language)


def slider_range(parameter: Parameter, values: list[Any]) -> tuple[float, float, float]:
    """Return from where to where a slider goes and in which steps: plausible values and the present ones."""
    low, high = RANGES.get(parameter.key, (parameter.low, parameter.high))
    assert low is not None
    assert high is not None
    numbers = [float(value) for value in values if value is not None]
    low, high = min([low, *numbers]), max([high, *numbers])
    if parameter.type == "a whole number":
        wide = nice(max(1.0, (high - low) / 100.0))
        return float(low), float(high), float(max(1, math.floor(wide)))
    return float(low), float(high), nice((high - low) / 100.0)


def world_range(key: str, start: View) -> tuple[float, float]:
    """Return from where to where the slider of a parameter of the world goes on a page that starts so."""
    parameter = parameters_by_key()[key]
    low, high, _ = slider_range(parameter, [flatten(start.base(side))[key] for side in range(2)])
    return low, high


def nice(step: float) -> float:
    """Return the largest of 1, 2, 5 times a power of ten that is no larger than `step`."""
    if step <= 0:
        return 1.0
    power = math.floor(math.log10(step) + 1e-9)
    for factor in (5, 2, 1):
        candidate = factor * 10.0**power
        if candidate <= step * (1 + 1e-9):
            return float(f"{candidate:.12g}")
    return float(f"{10.0**power:.12g}")


def digits_of(step: float) -> int:
    """Return after how many decimals a value is shown."""
    return max(0, -math.floor(math.log10(step) + 1e-9))


def read_value(key: str, value: Any) -> Any:
    """Return what the page sent as the parameter's type; JSON knows no whole numbers."""
    parameter = parameters_by_key()[key]
    if parameter.type == "a whole number":
        return round(float(value))
    if parameter.type == "true or false":
        return bool(value)
    if parameter.choices:
        return next(choice for choice in parameter.choices if str(choice) == str(value))
    return float(f"{float(value):.10g}")
