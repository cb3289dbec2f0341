"""The first two pages of a report: what a director reads.

The first page has the sentence and the strip of numbers, one figure, what they rest on and what would change
them; on paper it is one page whatever there is to say, since the figure takes the room that is left. The
second says the same in words, or has further numbers where there are three scenarios or more.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from analysis.findings.remarks import HEADINGS, Remark
from analysis.findings.strip import Entry, Row, Strip
from analysis.findings.strip_words import WORDS as STRIP_WORDS
from analysis.findings.three_lines import Block
from analysis.report import html_page as page
from analysis.report.front_words import WORDS
from analysis.report.html_page import escape
from analysis.report.sections import Evidence, counted_grades
from analysis.report.words import CAPTIONS

#: The figure of the first page; all others stand behind the brief part.
FIGURE = "answer"
#: Remarks, and lines on what would change the answer, that the first page has room for: of one scenario or
#: two, and of more, whose strip is higher.
_ROOM, _ROOM_OF_SEVERAL = (3, 4), (2, 3)


def first_page(
    strip: Strip,
    remarks: Sequence[Remark],
    figures: Mapping[str, Path | str],
    rests: Sequence[str],
    changes: Sequence[str],
    title: str,
) -> str:
    """Return the first page."""
    language = strip.language
    words = WORDS[language]
    room, lines_of_changes = _room(strip)
    told = [page.paragraph(remark.text(language), "warning") for remark in remarks[:room]]
    if len(remarks) > room:
        told.append(page.paragraph(words["remarks_more"].format(len(remarks) - room), "warning"))
    if told:
        head = f"<p><strong>{escape(HEADINGS[1 if language == 'zh' else 0])}</strong></p>"
        told = [f'<div class="remarks">{head}{"".join(told)}</div>']
    picture = [page.figure(Path(figures[FIGURE]), CAPTIONS[language][FIGURE])] if FIGURE in figures else []
    notes = "".join(
        f"<div><h3>{escape(words[key])}</h3>{page.items(lines)}</div>"
        for key, lines in (("rests", rests), ("changes", changes[:lines_of_changes]))
        if lines
    )
    parts = [
        f"<h1>{escape(title)}</h1>",
        *told,
        page.paragraph(strip.lead, "answer"),
        page.paragraph(strip.key, "key"),
        strip_table(strip),
        _code_line(strip),
        *picture,
        f'<div class="notes">{notes}</div>',
    ]
    kind = "brief first many" if len(strip.letters) > 2 else "brief first"
    return f'<section class="{kind}">{"".join(parts)}</section>'


def second_page(
    strip: Strip,
    remarks: Sequence[Remark],
    question: str,
    blocks: Sequence[Block],
    further: Strip | None,
    changes: Sequence[str],
    warnings: Sequence[str] = (),
) -> str:
    """Return the second page; what the first had room for is not said again."""
    words = WORDS[strip.language]
    room, lines_of_changes = _room(strip)
    parts = [page.paragraph(remark.text(strip.language), "warning") for remark in remarks[room:]]
    parts += [page.paragraph(text, "warning") for text in warnings if text]
    if question:
        parts.append(page.paragraph(question, "key"))
    for block in blocks:
        parts += [page.heading(words["in_words"]), page.paragraph(block.title, "key")]
        parts.append(page.definitions([(line.head, line.verdict, line.text) for line in block.lines]))
    if further is not None:
        parts += [page.heading(words["further"]), strip_table(further)]
    if changes[lines_of_changes:]:
        parts += [page.heading(words["changes_more"]), page.items(changes[lines_of_changes:])]
    return f'<section class="brief second">{"".join(parts)}</section>'


def _room(strip: Strip) -> tuple[int, int]:
    return _ROOM if len(strip.letters) < 3 else _ROOM_OF_SEVERAL


def rests_on(evidence: Evidence, said: Sequence[str], runs: int | None, language: str) -> list[str]:
    """Return what the answer rests on: grades of evidence, whether staff hours were equal, chance."""
    words = WORDS[language]
    lines = []
    if grades := counted_grades(evidence, language):
        total = sum(number for _, number in grades)
        told = words["comma"].join(f"{number} {grade}" if language == "en" else f"{number}个{grade}"
                                   for grade, number in grades)  # fmt: skip
        lines.append(words["numbers"].format(total=total, measured=told))
    lines += [text for text in said if text]
    if runs == 1:
        lines.append(words["one_run"])
    return [*lines, words["one_setting"]]


def strip_table(strip: Strip) -> str:
    """Return the strip as a table, a row a measure; of two the difference has columns of its own."""
    number = len(strip.letters)
    words = STRIP_WORDS[strip.language]
    own: Callable[[Row], str]
    if number == 0:
        heads, own = [words["interval_alone"]], _of_one
        letters = [WORDS[strip.language]["value"]]
    elif number == 2 and all(entry.clear is None for row in strip.rows for entry in row.entries):
        heads, own, letters = [words["difference"]], _of_two_alone, list(strip.letters)
    elif number == 2:
        against = words["against"].format(a=strip.letters[0], b=strip.letters[1])
        heads, own = [words["interval"], against], _of_two
        letters = list(strip.letters)
    else:
        heads, own, letters = [], _of_several, list(strip.letters)
    colours = [f' class="arm{place}"' if number else "" for place in range(len(letters))]
    head = "".join(f"<th{mark}>{escape(one)}</th>" for one, mark in zip(letters, colours, strict=True))
    head += "".join(f"<th>{escape(one)}</th>" for one in heads)
    lines, part = [], ""
    for row in strip.rows:
        begins = row.part != part
        named = escape(words[row.part]) if begins else ""
        mark = ' class="begins"' if begins else ""
        # A reader of the screen would tell an empty head as one.
        head_of_row = f"<th>{named}</th>" if named else "<td></td>"
        lines.append(f"<tr{mark}>{head_of_row}<td>{escape(row.label)}</td>{own(row)}</tr>")
        part = row.part
    kind = "strip several" if number > 2 else "strip"
    return (
        f'<table class="{kind}"><thead><tr><td></td><td></td>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


def _of_one(row: Row) -> str:
    (entry,) = row.entries
    return f"<td>{escape(entry.value)}</td><td>{_apart(entry)}</td>"


def _of_two(row: Row) -> str:
    first, second = row.entries
    values = f"<td>{escape(first.value)}</td><td>{escape(second.value)}</td>"
    return f"{values}<td>{_apart(second) or '–'}</td><td>{_badge(second)}</td>"


def _of_two_alone(row: Row) -> str:
    """Return the cells of one replication, in which no difference has an interval or a word."""
    return (
        "".join(f"<td>{escape(one.value)}</td>" for one in row.entries) + f"<td>{_apart(row.entries[1])}</td>"
    )


def _of_several(row: Row) -> str:
    first, *others = row.entries
    cells = [f"<td>{escape(first.value)}</td>"]
    for entry in others:
        mark = f" {_badge(entry)}" if entry.clear else ""
        if entry.value == "–" and entry.difference:
            # What only differences have needs no second line.
            cells.append(f"<td>{_apart(entry)}{mark}</td>")
            continue
        apart = f"<small>{_apart(entry)}</small>" if entry.difference else ""
        cells.append(f"<td>{escape(entry.value)}{mark}{apart}</td>")
    return "".join(cells)


def _apart(entry: Entry) -> str:
    # An interval is not broken at its comma, nor from its middle.
    return escape(entry.difference).replace(", ", ",&nbsp;").replace(" [", "&nbsp;[")


def _badge(entry: Entry) -> str:
    """Return the word in its colour: filled where a difference is shown, outlined where none is."""
    if not entry.word:
        return ""
    return f'<span class="{"shown" if entry.clear else "unclear"}">{escape(entry.word)}</span>'


def _code_line(strip: Strip) -> str:
    """Return what the colours mean; nothing where there is no difference or no interval to show."""
    if all(entry.clear is None for row in strip.rows for entry in row.entries):
        return ""
    words = WORDS[strip.language]
    marks = {key: f'<span class="{key}">{escape(words[key])}</span>' for key in ("shown", "unclear")}
    pattern = words["code" if len(strip.letters) == 2 else "code_several"]
    return f'<p class="key">{pattern.format(first=escape(strip.letters[0]), **marks)}</p>'
