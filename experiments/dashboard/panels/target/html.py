"""The smallest team in words and as a table, as HTML; sentences are those of `cogov staffing`."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.report.html_page import definitions, escape
from experiments.dashboard.panels.tables import scrolled
from experiments.dashboard.state.target_fields import TEAM
from experiments.dashboard.words.target_words import target_word
from experiments.dashboard.work.team_years import Answer, price
from experiments.staffing.sentences import conclusion, named, target_text, unheard_text
from experiments.system.language import spoken

#: Teams shown where none meets the target.
FEW = 10


def answer_html(answer: Answer, title: str, ink: str, wage: float | None, language: str) -> str:
    """Return the answer for one scenario: in a few words and in sentences, its price, and the teams tried."""
    with spoken(language):
        *sentences, short = conclusion(answer.counts, answer.search, answer.table, answer.most)
        target = target_text(answer.search.question.target)
        unheard = unheard_text(answer.table)
    parts = [
        f"<h2 style='color:{ink}'>{escape(title)}</h2>",
        f"<p class='cogov-note'>{escape(target_word('target', language).format(target))}</p>",
        f"<p class='cogov-short' style='border-color:{ink}'>{escape(short)}</p>",
    ]
    if answer.counts is not None:
        parts.append(definitions(facts(answer, wage, language)))
    parts += [f"<p class='cogov-target-said'>{escape(line)}</p>" for line in sentences]
    if unheard:
        parts.append(f"<p class='cogov-warning'>{escape(unheard)}</p>")
    parts.append(_table(answer, title, wage, language))
    return "".join(parts)


def facts(answer: Answer, wage: float | None, language: str) -> list[tuple[str, str, str]]:
    """Return the answer piece by piece: persons, rate, share, years, hours, money."""
    assert answer.counts is not None
    mine = answer.table[answer.table["counts"] == named(answer.counts)].iloc[0].to_dict()
    communities = answer.scenario.county.communities
    persons = " + ".join(map(str, answer.counts))
    if communities > 1:
        every = sum(answer.counts) * communities
        persons = target_word("persons_all", language).format(persons, communities, every)
    paid = price(answer, answer.counts, wage)
    hours = target_word("hours_text", language).format(paid["hours"], answer.scenario.staff.hours_year)
    told = [(target_word("persons", language), persons, "")]
    if rate := _rate(answer, answer.counts):
        told.append((target_word("rate", language), rate, ""))
    if not math.isnan(mine["share"]):
        share = target_word("range", language).format(*_ends(mine, "share", language, 1))
        told.append((target_word("in_time", language), _percent(mine["share"], language, 1), share))
    met = target_word("interval", language).format(*_ends(mine, "years_met", language))
    told.append((target_word("met", language), _percent(mine["years_met"], language), met))
    told.append((target_word("hours", language), "", hours))
    money = target_word("money", language).format("–" if wage is None else f"{wage:,g}")
    if wage is None:
        told.append((target_word("money_unknown", language), "", target_word("no_wage", language)))
    else:
        told.append((money, f"{paid['money']:,.0f}", ""))
    return told


def shown_rows(answer: Answer) -> pd.DataFrame:
    """Return the rows of the table that are shown: those of the command."""
    table = answer.table
    return table[table["shown"]] if answer.counts is not None else table.sort_values("share")[-FEW:]


def counts_of(row: Any) -> tuple[int, ...]:
    """Return the persons of each kind in a row of the table."""
    return tuple(map(int, str(row["counts"]).split("+")))


def _table(answer: Answer, title: str, wage: float | None, language: str) -> str:
    columns = ["persons", "rate", "share", "range", "met", "interval", "years", "busy", "hours"]
    columns += [] if wage is None else ["money"]
    head = "".join(f"<th>{escape(target_word(f'column_{name}', language))}</th>" for name in columns)
    rows = []
    for row in shown_rows(answer).to_dict("records"):
        counts = counts_of(row)
        paid = price(answer, counts, wage)
        cells = {
            "persons": " + ".join(map(str, counts)),
            "rate": _rate(answer, counts) or "–",
            "share": _percent(row["share"], language, 1),
            "range": " – ".join(_ends(row, "share", language, 1)),
            "met": _percent(row["years_met"], language),
            "interval": " – ".join(_ends(row, "years_met", language)),
            "years": str(int(row["years"])),
            "busy": _percent(row["utilisation"], language),
            "hours": f"{paid['hours']:,.0f}",
            "money": f"{paid['money']:,.0f}",
        }
        kind = "headline" if counts == answer.counts else "beside"
        inside = "".join(f"<td>{escape(cells[name])}</td>" for name in columns)
        rows.append(f"<tr class='{kind}'>{inside}</tr>")
    label = target_word("tried", language)
    whole = f"<table class='cogov-table'><tr>{head}</tr>{''.join(rows)}</table>"
    return f"<h3>{escape(label)}</h3>" + scrolled(whole, f"{label}: {title}")


def _rate(answer: Answer, counts: tuple[int, ...]) -> str:
    """Return the value of the parameter that is searched, with which the team has so many persons."""
    team = answer.search.question.teams[0]
    return f"{team.value(counts[0]):.4g}" if team.key == TEAM else ""


def _percent(share: float, language: str, digits: int = 0) -> str:
    # As each language sets it.
    sign = "%" if language == "zh" else " %"
    return f"{100.0 * share:.{digits}f}{sign}" if math.isfinite(share) else "–"


def _ends(row: Mapping[Any, Any], name: str, language: str, digits: int = 0) -> tuple[str, str]:
    return (
        _percent(row[f"{name}_low"], language, digits),
        _percent(row[f"{name}_high"], language, digits),
    )
