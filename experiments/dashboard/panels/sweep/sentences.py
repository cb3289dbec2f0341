"""What is said first of a sweep: where it turns, or which parameters turn it, by intervals alone."""

from collections.abc import Sequence

from analysis.findings.parameter_names import name_and_unit, parameter_name
from analysis.findings.text_table import interval_text, unit_text, value_text
from analysis.findings.three_line_words import WORDS
from analysis.findings.three_lines import difference_word
from analysis.findings.turning import EFFECTS, Apart, Stretch, turns
from analysis.metrics import metric
from experiments.dashboard.words.sweep_words import sweep_word
from experiments.dashboard.work.sweeping import Ends, Swept


def values_sentences(swept: Swept, measure: str, language: str) -> list[str]:
    """Return where the difference turns, and what may be said from where to where."""
    found, name = swept.stretches, name_and_unit(swept.key, language)
    clear = [one for one in found if one.direction]
    if not clear:
        return [sweep_word("none_told", language).format(name)]
    if places := turns(found):
        spans = [sweep_word("span", language).format(*(f"{end:g}" for end in pair)) for pair in places]
        lead = sweep_word("turns", language).format(name, sweep_word("and", language).join(spans))
    else:
        lead = sweep_word("no_turn" if len(found) == 1 else "no_turn_shown", language).format(name)
    parts = [_part(number, found, measure, language) for number in range(len(found))]
    listed = sweep_word("semicolon", language).join(parts)
    return [lead, sweep_word("said", language).format(metric(measure).label(language), listed)]


def _part(number: int, found: Sequence[Stretch], measure: str, language: str) -> str:
    one = found[number]
    said = direction_word(one.direction, measure, language)
    first, last = f"{one.first:g}", f"{one.last:g}"
    if len(found) == 1:
        return sweep_word("everywhere", language).format(said, first, last)
    if len(one.values) == 1:
        return sweep_word("at", language).format(said, first)
    if number == 0:
        return sweep_word("up_to", language).format(said, last)
    if number == len(found) - 1:
        return sweep_word("from_on", language).format(said, first)
    return sweep_word("from_to", language).format(said, first, last)


def direction_word(direction: int | None, measure: str, language: str) -> str:
    """Return what B is against A where it may be said, else that it may not."""
    if not direction:
        return sweep_word("not_told", language)
    return difference_word(measure, metric(measure).unit, direction, WORDS[language])


def unit_text_of(measure: str, language: str, of_difference: bool = False) -> str:
    """Return the unit of a measure in brackets, with the space before them; empty where it has none."""
    unit = metric(measure).unit
    told = unit_text(unit, language)
    if of_difference and unit == "share":
        told = sweep_word("points", language)
    brackets = "（{}）" if language == "zh" else " ({})"
    return brackets.format(told) if told else ""


def measure_text(measure: str, language: str) -> str:
    """Return what a measure is called, with its unit."""
    return metric(measure).label(language) + unit_text_of(measure, language)


def difference_text(one: Apart, language: str, unit: bool = False) -> str:
    """Return a difference with its interval, and its unit if wanted."""
    found = one.found
    text = value_text(found.difference, found.unit, sign=True)
    if unit:
        told = sweep_word("points", language) if found.unit == "share" else unit_text(found.unit, language)
        text = f"{text} {told}".strip()
    ends = interval_text(found.low, found.high, found.unit, sign=True)
    return text if ends == "–" else f"{text} {ends}"


def ends_sentences(found: Ends, measure: str, language: str) -> list[str]:
    """Return which parameters turn the sign, and so on down to those that change nothing."""
    named: dict[str, list[str]] = {effect: [] for effect in EFFECTS}
    for one in found.swings:
        named[one.effect].append(parameter_name(one.key, language))
    comma, lines = sweep_word("comma", language), []
    for effect, names in named.items():
        if names:
            lines.append(sweep_word(f"effect_{effect}_list", language).format(comma.join(names)))
        elif effect == "turns":
            lines.append(sweep_word("effect_turns_none", language))
    label = metric(measure).label(language)
    now = sweep_word("now_is", language).format(label, difference_text(found.now, language, unit=True))
    return [*lines, now]
