"""The report of an import: what the file holds, where each row went, and what is odd about it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.findings.request_file import day_text, headlines, minute_text, span_text
from analysis.findings.request_file_words import WORDS
from analysis.report import html_page as page
from analysis.report.comparison_report import write_page
from analysis.report.html_page import Page
from analysis.report.sections import reproduce_section
from analysis.request_files.breaks import Break
from analysis.request_files.column_roles import Roles
from analysis.request_files.findings import Findings, shown

_LISTED = 25


def write_request_file_report(
    path: Path,
    title: str,
    found: Findings,
    roles: Roles,
    figures: Mapping[str, Path],
    manifest: Mapping[str, Any],
    *,
    reasons: Mapping[str, str],
    notes: Sequence[str],
    account: Sequence[tuple[str, int]],
    language: str = "en",
) -> Path:
    """Write the report.

    Parameters
    ----------
    title
        Name of the file.
    reasons
        Why each role's column was chosen, by role.
    notes
        What to know of the file, said in the language.
    account
        Every way in which rows ended, said in the language, and how many did.
    """
    words = WORDS[language]
    sheet = Page(words["title"].format(title), language)
    sheet.add(
        page.definitions([(head, "", text) for head, text in headlines(found, roles, language)]),
        page.heading(words["account"]),
        page.table(words["account_head"].split("|"), [[why, f"{rows:,}"] for why, rows in account]),
        *([page.heading(words["notes"]), page.items([page.quoted(one) for one in notes])] if notes else []),
        *_columns(roles, reasons, words),
        page.heading(words["figures"]),
        *[page.figure(file, words[f"{name}_caption"]) for name, file in figures.items()],
        *(_breaks(found, words, language) if found.breaks else []),
        *_categories(sheet, found, words, language),
        *_staff(found, words),
        *(_closings(found, words, language) if found.has_closings else []),
        *_labels(sheet, found, words),
        *reproduce_section(sheet, manifest),
    )
    return write_page(path, sheet)


def _columns(roles: Roles, reasons: Mapping[str, str], words: Mapping[str, str]) -> list[str]:
    lines = [
        [
            role,
            shown(one.heading) + (f" + {shown(one.clock)}" if one.clock else ""),
            reasons.get(role, ""),
            words["comma"].join(map(shown, one.runners_up)),
        ]
        for role, one in roles.choices.items()
    ]
    return [
        page.heading(words["columns"]),
        page.paragraph(words["columns_note"]),
        page.table(words["columns_head"].split("|"), lines, words=True),
    ]


def share_text(value: float) -> str:
    """Return a share in per cent."""
    return f"{100.0 * value:.1f} %" if value == value else "–"


def break_lines(found: Findings, language: str) -> list[list[str]]:
    """Return a line for each change of practice, the surest first, under `breaks_head`."""
    words = WORDS[language]

    def both(one: Break, read: Callable[[Any], str]) -> str:
        return words["before_after"].format(read(one.before), read(one.after))

    return [
        [
            found.label(one.category),
            day_text(found, one.day),
            f"{one.p_value:.2g}",
            both(one, lambda p: f"{p.requests:,}"),
            both(one, lambda p: share_text(p.closed_at_once)),
            both(one, lambda p: share_text(p.closed_1_day)),
            both(one, lambda p: share_text(p.closed_7_days)),
            both(one, lambda p: share_text(p.closed_30_days)),
            both(one, lambda p: span_text(p.median_days, language)),
        ]
        for one in sorted(found.breaks, key=lambda one: one.p_value)
    ]


def _breaks(found: Findings, words: Mapping[str, str], language: str) -> list[str]:
    return [
        page.heading(words["breaks"]),
        page.table(words["breaks_head"].split("|"), break_lines(found, language)),
        page.paragraph(words["breaks_note"]),
    ]


def _categories(sheet: Page, found: Findings, words: Mapping[str, str], language: str) -> list[str]:
    lines = [
        [
            one.label,
            f"{one.rows:,}",
            share_text(one.share),
            *(
                [
                    share_text(one.closed),
                    share_text(one.closed_7_days),
                    span_text(one.median_days, language),
                    span_text(one.p90_days, language),
                    f"{one.open:,}",
                ]
                if found.has_closings
                else []
            ),
        ]
        for one in found.categories
    ]
    head = words["categories_head"].split("|")[: None if found.has_closings else 3]
    return [
        page.heading(f"{words['categories']} ({len(lines):,})"),
        *_listed(sheet, head, lines, words),
        page.paragraph(words["categories_note"] if found.has_closings else ""),
    ]


def _listed(sheet: Page, head: Sequence[str], lines: list[list[str]], words: Mapping[str, str]) -> list[str]:
    """Return a table of the first lines, the others folded."""
    rest = lines[_LISTED:]
    folded = sheet.folded(words["more"].format(f"{len(rest):,}"), page.table(head, rest)) if rest else ""
    return [page.table(head, lines[:_LISTED]), folded]


def _staff(found: Findings, words: Mapping[str, str]) -> list[str]:
    if not found.staff:
        return []
    lines = [
        [
            shown(one.label),
            f"{one.rows:,}",
            share_text(one.share),
            share_text(one.within_a_minute),
            share_text(one.others_within_a_minute),
        ]
        for one in found.staff
    ]
    return [
        page.heading(words["staff"]),
        page.paragraph(words["staff_note"]),
        page.table(words["staff_head"].split("|"), lines),
    ]


def _closings(found: Findings, words: Mapping[str, str], language: str) -> list[str]:
    parts = [page.heading(words["times"])]
    if found.batches.largest:
        lines = [
            [
                minute_text(found, one.minute),
                f"{one.closings:,}",
                found.label(one.category),
                share_text(one.category_share),
                span_text(one.oldest_days, language),
            ]
            for one in found.batches.largest
        ]
        parts.append(page.table(words["batches_head"].split("|"), lines))
    if found.open_ages:
        ages = [[share_text(share), span_text(days, language)] for share, days in found.open_ages.items()]
        parts += [page.paragraph(words["ages"]), page.table(words["ages_head"].split("|"), ages)]
    return parts if len(parts) > 1 else []


def _labels(sheet: Page, found: Findings, words: Mapping[str, str]) -> list[str]:
    parts = []
    for role, counted in found.counts.items():
        if counted:
            lines = [[label, f"{rows:,}", share_text(rows / found.used)] for label, rows in counted]
            parts.append(page.heading(f"{words[role]} ({len(lines):,})"))
            parts += _listed(sheet, words["label_head"].split("|"), lines, words)
    return parts
