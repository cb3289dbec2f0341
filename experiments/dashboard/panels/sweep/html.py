"""The answer to a sweep in sentences and as a table, as HTML; the table holds all that the figures show."""

from collections.abc import Sequence

from analysis.findings.parameter_names import name_and_unit
from analysis.findings.text_table import interval_text, value_text
from analysis.findings.turning import Apart
from analysis.metrics import metric
from analysis.report.html_page import escape
from experiments.dashboard.panels.sweep.sentences import (
    difference_text,
    direction_word,
    ends_sentences,
    measure_text,
    values_sentences,
)
from experiments.dashboard.panels.tables import scrolled
from experiments.dashboard.words.sweep_words import sweep_word
from experiments.dashboard.work.sweeping import Answer, Ends, Swept


def said_html(answer: Answer, measure: str, language: str) -> str:
    """Return what is said first: one sentence large, those that explain it below."""
    if isinstance(answer, Swept):
        first, *rest = values_sentences(answer, measure, language)
    else:
        first, *rest = ends_sentences(answer, measure, language)
    lines = "".join(f"<p class='cogov-sweep-said'>{escape(line)}</p>" for line in rest)
    return f"<p class='cogov-short'>{escape(first)}</p>{lines}"


def now_line(now: tuple[float, float], language: str) -> str:
    """Return the present value, or both where the sides differ, and that a sweep sets both."""
    first, second = (f"{value:g}" for value in now)
    if first == second:
        return sweep_word("now", language).format(first)
    both = sweep_word("now_two", language).format(first, second)
    between = "" if language == "zh" else " "
    return both + between + sweep_word("now_apart", language).format(first, second)


def table_html(answer: Answer, measure: str, titles: Sequence[str], language: str) -> str:
    """Return the table of an answer."""
    if isinstance(answer, Swept):
        kind, (heads, rows) = "values", _of_values(answer, measure, titles, language)
    else:
        kind, (heads, rows) = "ends", _of_ends(answer, measure, language)
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
    lines = []
    for first, *cells in rows:
        inside = "".join(f"<td>{escape(text)}</td>" for text in cells)
        lines.append(f"<tr><th scope='row'>{escape(first)}</th>{inside}</tr>")
    body = "".join(lines)
    label = sweep_word(f"table_{kind}", language)
    heading = measure_text(measure, language)
    whole = f"<table class='cogov-table'><tr>{head}</tr>{body}</table>"
    return f"<h2>{escape(label)}: {escape(heading)}</h2>" + scrolled(whole, f"{label}: {heading}")


def _of_values(
    answer: Swept, measure: str, titles: Sequence[str], language: str
) -> tuple[list[str], list[list[str]]]:
    interval = sweep_word("column_interval", language)
    heads = [name_and_unit(answer.key, language)]
    for title in titles:
        heads += [title, interval]
    heads += [sweep_word("column_difference", language), interval, sweep_word("column_says", language)]
    unit, rows = metric(measure).unit, []
    sides = answer.table.to_dict("records")
    for number, (value, one) in enumerate(zip(answer.values, answer.differences, strict=True)):
        row = [f"{value:g}"]
        for side in sides[2 * number : 2 * number + 2]:
            ends = interval_text(float(side["low"]), float(side["high"]), unit)
            row += [value_text(float(side["mean"]), unit), ends]
        found = one.found
        row += [value_text(found.difference, unit, sign=True)]
        row += [interval_text(found.low, found.high, unit, sign=True)]
        rows.append([*row, direction_word(one.direction, measure, language)])
    return heads, rows


def _of_ends(answer: Ends, measure: str, language: str) -> tuple[list[str], list[list[str]]]:
    difference = sweep_word("column_difference", language)
    heads = [sweep_word("column_parameter", language)]
    for end in ("low", "high"):
        heads += [sweep_word(f"column_{end}", language), difference]
    heads += [sweep_word("column_change", language), sweep_word("column_effect", language)]
    rows = []
    for one in answer.swings:
        low, high = (f"{end:g}" for end in one.ends)
        change = difference_text(Apart(one.change, None), language)
        cells = [low, difference_text(one.low, language), high, difference_text(one.high, language), change]
        rows.append([name_and_unit(one.key, language), *cells, sweep_word(f"effect_{one.effect}", language)])
    return heads, rows
