"""What a hotline's file says, as HTML: the lines of the import's report, its tables, and rows not used."""

from collections.abc import Iterator, Sequence
from typing import Any

from analysis.findings.request_file import headlines, span_text
from analysis.findings.request_file_rows import fault_word, note_text, reason_text
from analysis.findings.request_file_words import WORDS
from analysis.report.html_page import definitions, escape
from analysis.report.request_file_report import break_lines, share_text
from analysis.request_files.findings import Findings
from experiments.dashboard.panels.tables import scrolled
from experiments.dashboard.serving.request_file import ROWS_NAMED, Reading
from experiments.dashboard.words.hotline_words import said
from experiments.dashboard.words.page_words import word

#: Categories and changes of practice in sight; the rest is folded.
_LISTED = 12


def reading_html(reading: Reading, language: str) -> str:
    """Return what the file says: headlines, notes, every row's way, breaks, categories, rows not used."""
    found = reading.found
    account = [(reason_text(reason, why, language), rows) for reason, rows, why in reading.account()]
    used = word("upload_used", language).format(f"{reading.used:,}", f"{reading.rows:,}")
    lines = headlines(found, reading.roles, language)
    parts = [
        f"<p class='cogov-answer'>{escape(used)}</p>",
        definitions([(head, "", text) for head, text in lines]),
        *_notes(reading, language),
        _head(word("upload_account", language)),
        table(
            [word("reason", language), word("rows", language)],
            [(text, f"{rows:,}") for text, rows in account],
            word("upload_account", language),
        ),
        *_breaks(found, language),
        *_categories(found, language),
        *_bad(reading, language),
    ]
    return "".join(parts)


def _notes(reading: Reading, language: str) -> Iterator[str]:
    if reading.stream.notes:
        yield _head(said("notes", language))
    for one in reading.stream.notes:
        yield f"<p class='cogov-note'>{escape(note_text(one, language))}</p>"
    if reading.dropped:
        text = word("upload_dropped", language).format(", ".join(reading.dropped))
        yield f"<p>{escape(text)}</p>"


def _breaks(found: Findings, language: str) -> Iterator[str]:
    if not found.breaks:
        return
    words = WORDS[language]
    yield _head(said("breaks", language))
    yield from _folded(words["breaks_head"].split("|"), break_lines(found, language), "breaks", language)
    yield f"<p class='cogov-note'>{escape(words['breaks_note'])}</p>"


def _categories(found: Findings, language: str) -> Iterator[str]:
    yield _head(said("categories", language))
    heads = said("categories_head", language).split("|")
    if not found.has_closings:
        lines = [[one.label, f"{one.rows:,}"] for one in found.categories]
        yield from _folded(heads[:2], lines, "categories", language)
        yield f"<p class='cogov-warning'>{escape(said('categories_no_closings', language))}</p>"
        return
    lines = [
        [
            one.label,
            f"{one.rows:,}",
            span_text(one.median_days, language),
            share_text(one.closed_7_days),
            share_text(one.closed_30_days),
            share_text(one.open / one.rows),
        ]
        for one in found.categories
    ]
    yield from _folded(heads, lines, "categories", language)
    yield f"<p class='cogov-note'>{escape(said('categories_note', language))}</p>"


def _bad(reading: Reading, language: str) -> Iterator[str]:
    yield _head(word("upload_bad", language))
    if not reading.bad:
        yield f"<p>{escape(word('upload_none_bad', language))}</p>"
        return
    heads = [word(key, language) for key in ("bad_row", "bad_column", "bad_value", "bad_reason")]
    lines = [
        (str(bad.row), bad.column, bad.value, fault_word(bad.reason, language))
        for bad in reading.bad[:ROWS_NAMED]
    ]
    yield table(heads, lines, word("upload_bad", language), "cogov-bad")
    if len(reading.bad) > ROWS_NAMED:
        more = word("upload_bad_more", language).format(len(reading.bad) - ROWS_NAMED)
        yield f"<p>{escape(more)}</p>"


def _head(text: str) -> str:
    return f"<h3>{escape(text)}</h3>"


def _folded(heads: Sequence[str], lines: Sequence[Any], key: str, language: str) -> Iterator[str]:
    label = said(key, language)
    yield table(heads, lines[:_LISTED], label, f"cogov-{key}")
    rest = lines[_LISTED:]
    if rest:
        more = said("categories_more", language).format(f"{len(rest):,}")
        yield f"<details><summary>{escape(more)}</summary>{table(heads, rest, f'{label}: {more}')}</details>"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], label: str, name: str = "") -> str:
    """Return a table that scrolls where it is wider than its place."""
    head = "".join(f"<th>{escape(text)}</th>" if text else "<td></td>" for text in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return scrolled(f"<table class='cogov-table text {name}'><tr>{head}</tr>{body}</table>", label)
