"""Who gets heard, how fast and who takes part in words, and the table of measures, as HTML."""

from collections.abc import Sequence

from analysis.findings.finding import Findings
from analysis.findings.group_words import level_label
from analysis.findings.remarks import means_of
from analysis.findings.text_table import interval_text, note_lines, unit_text, value_text
from analysis.findings.three_lines import first_words
from analysis.findings.who_gains import MEASURES, Groups, cell_text, measure_label, with_groups
from analysis.inputs.data_basis import ledger_text
from analysis.metrics import HEADLINE, metric
from analysis.report.html_page import definitions, escape
from experiments.dashboard.panels.tables import scrolled
from experiments.dashboard.words.page_words import word
from experiments.dashboard.work.comparison import Result
from experiments.output.remarks import remarks_of
from sim.parameters.scenario import Scenario

#: Measures beside the headline ones; those that are nothing on both sides are left out.
BESIDE = (
    "solved_7wd",
    "solved_60d_multi",
    "ending_shelved",
    "ending_silent",
    "paper_share_of_closed",
    "utilisation",
    "open_cases_mean",
    "sessions_per_week",
    "satisfaction_mean",
    "trust_end",
)


def answer_html(result: Result, titles: Sequence[str], language: str, sides: Sequence[Scenario] = ()) -> str:
    """Return what is said first, and what stands in the way of reading it as the effect of the regime."""
    called = dict(zip(result.names, titles, strict=True))
    parts = [
        f"<p class='cogov-warning'>{escape(remark.text(language))}</p>"
        for remark in (remarks_of(sides, means_of(result.table)) if sides else ())
    ]
    blocks = first_words(result.table, called, language, result.pairs)
    for block in with_groups(blocks, result.groups, result.names, language):
        parts.append(f"<p class='cogov-answer'>{escape(block.title)}</p>")
        parts.append(definitions([(line.head, line.verdict, line.text) for line in block.lines]))
    parts += [
        f"<p class='cogov-note'>{escape(word('assumed', language))}</p>",
    ]
    there = Findings(result.table).get("staff_hours_available_per_week")
    if there is not None and abs(there.difference) > 0.005 * max(there.base, there.other):
        text = word("hours_differ", language).format(f"{there.base:.0f}", f"{there.other:.0f}")
        parts.append(f"<p class='cogov-warning'>{escape(text)}</p>")
    return "".join(parts)


def table_html(result: Result, titles: Sequence[str], sides: Sequence[Scenario], language: str) -> str:
    """Return the table of measures: each side's mean, the paired difference with its interval."""
    table = Findings(result.table)
    heads = [word("measure", language), "", *titles, word("difference", language), word("interval", language)]
    # A reader of the screen would tell an empty head as one.
    rows = ["".join(f"<th>{escape(text)}</th>" if text else "<td></td>" for text in heads)]
    for name in measures(result):
        found = table[name]
        cells = [
            metric(name).label(language),
            unit_text(found.unit, language),
            *(value_text(value, found.unit) for value in (found.base, found.other)),
            value_text(found.difference, found.unit, sign=True),
            interval_text(found.low, found.high, found.unit, sign=True),
        ]
        inside = "".join(f"<td>{escape(text)}</td>" for text in cells)
        rows.append(f"<tr class='{'headline' if name in HEADLINE else 'beside'}'>{inside}</tr>")
    note = ledger_text(sides[0])
    called = dict(zip(result.names, titles, strict=True))
    told = "".join(
        f"<p class='cogov-note'>{escape(line)}</p>"
        for line in note_lines(result.table, (*HEADLINE, *BESIDE), called, language)
    )
    after = told + (f"<p class='cogov-note'>{escape(note)}</p>" if note else "")
    whole = f"<table class='cogov-table'><tr>{rows[0]}</tr>{''.join(rows[1:])}</table>"
    return scrolled(whole, word("export_of_measures", language)) + after


def measures(result: Result) -> list[str]:
    """Return which measures the table has, in its order."""
    table = Findings(result.table)
    return [
        name
        for name in (*HEADLINE, *BESIDE)
        if name in table and (name in HEADLINE or abs(table[name].base) > 0 or abs(table[name].other) > 0)
    ]


def groups_html(result: Result, titles: Sequence[str], language: str) -> str:
    """Return the table of who gains and who loses, folded: the second side and how it differs."""
    if not len(result.groups):
        return ""
    groups = Groups(result.groups, result.names)
    heads = [measure_label(name, language) for name in MEASURES]
    head = "".join(f"<th>{escape(text)}</th>" for text in (titles[1], *heads))
    rows = [f"<tr>{head}</tr>"]
    for group, level in (("all", "all"), *groups.people()):
        cells = [cell_text(groups.cell(result.names[1], group, level, name), name) for name in MEASURES]
        texts = (level_label(group, level, language), *cells)
        rows.append(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in texts)}</tr>")
    title, note = (escape(word(key, language)) for key in ("groups", "groups_note"))
    table = scrolled(f"<table class='cogov-table'>{''.join(rows)}</table>", word("groups", language))
    return f"<details><summary>{title}</summary>{table}<p class='cogov-note'>{note}</p></details>"
