"""The comparison by category, community, age, tenure or area: a table with both sides and paired intervals.

The measures are those by which it is said who gains and who loses, from the same table.
"""

from collections.abc import Sequence

import solara

from analysis.comparison.by_group import SMALL
from analysis.findings.group_words import division_label, level_label
from analysis.findings.text_table import interval_text, value_text
from analysis.findings.who_gains import MEASURES, Cell, Groups, measure_label
from analysis.metrics import metric
from analysis.report.html_page import escape
from experiments.dashboard.panels.tables import scrolled
from experiments.dashboard.parts import Chooser
from experiments.dashboard.serving.page_state import PageState
from experiments.dashboard.state.address import BROKEN_DOWN_BY
from experiments.dashboard.words.breakdown_words import breakdown_word
from experiments.dashboard.work.comparison import Result


@solara.component
def Breakdown(page_state: PageState, result: Result, titles: list[str]) -> None:
    """A chooser, and the table of what was chosen."""
    language, by = page_state.language.value, page_state.by.value
    html = solara.use_memo(
        lambda: breakdown_html(result, titles, by, language) if by else "", [result, titles, by, language]
    )
    with solara.Div():
        Chooser(
            label=breakdown_word("chooser", language),
            name="by",
            value=by,
            options=[
                {
                    "value": one,
                    "label": division_label(one, language) if one else breakdown_word("none", language),
                }
                for one in BROKEN_DOWN_BY
            ],
            event_choose=lambda value: page_state.by.set(value if value in BROKEN_DOWN_BY else ""),
        )
        solara.HTML(tag="div", unsafe_innerHTML=html, attributes={"data-by": by})


def breakdown_html(result: Result, titles: Sequence[str], division: str, language: str) -> str:
    """Return the table of a division: a row a group, the whole first."""
    groups = Groups(result.groups, result.names)
    label = division_label(division, language)
    levels = groups.levels.get(division, [])
    title = f"<h2>{escape(breakdown_word('title', language).format(label))}</h2>"
    if len(levels) < 2:
        missing = escape(breakdown_word("missing", language).format(label))
        return f"{title}<p class='cogov-note'>{missing}</p>"
    heads = [breakdown_word("level", language), breakdown_word("number", language)]
    heads += [measure_label(name, language) for name in MEASURES]
    rows = ["".join(f"<th>{escape(head)}</th>" for head in heads)]
    for group, level in (("all", "all"), *((division, one) for one in levels)):
        cells = [groups.cell(result.names[1], group, level, name) for name in MEASURES]
        # Of all its needs, heard or not: the first measure's.
        number = f"{cells[0].number:,.0f}"
        told = [_told(cell, name) for cell, name in zip(cells, MEASURES, strict=True)]
        inside = f"<td>{escape(level_label(group, level, language))}</td><td>{number}</td>"
        rows.append(inside + "".join(f"<td>{text}</td>" for text in told))
    kinds = ["", "headline", *["beside"] * len(levels)]
    body = "".join(f"<tr class='{kind}'>{row}</tr>" for kind, row in zip(kinds, rows, strict=True))
    sides = f"<p class='cogov-note'>{escape(' → '.join(titles))}</p>"
    note = f"<p class='cogov-note'>{escape(breakdown_word('note', language).format(SMALL))}</p>"
    return title + sides + scrolled(f"<table class='cogov-table'>{body}</table>", label) + note


def _told(cell: Cell, name: str) -> str:
    """Return both sides, and below them the paired difference with its interval unless the group is small."""
    unit = metric(name).unit
    both = " → ".join(value_text(value, unit) for value in (cell.first, cell.other))
    if cell.small:
        return escape(both)
    ends = interval_text(cell.low, cell.high, unit, sign=True)
    apart = value_text(cell.difference, unit, sign=True)
    return f"{escape(both)}<br><small>{escape(apart if ends == '–' else f'{apart} {ends}')}</small>"
