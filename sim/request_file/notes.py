"""What a reader of a request file should know before believing its numbers: one sentence each.

A note has a kind and facts, so that a page can say it in another language. Its facts are counts, row numbers,
dates and words of the mapping, never what somebody wrote into the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

#: English sentences by kind of note.
NOTES: dict[str, str] = {
    "above_header": "{rows} rows above the header are left out",
    "sheet_chosen": "{sheets} sheets hold something; the one with most rows is read, number {number} of them",
    "encoding_doubtful": "read as {stated}, as the mapping states, the text looks odd; "
    "{better} fits far better",
    "lost_characters": "{count} characters were lost before the file was written: the replacement character "
    "stands for them",
    "wrong_fields": "{rows} rows have not as many cells as the header and are set aside: rows {numbers}",
    "order_decided": "{rows} rows of {column} fit {kept} and {other} with different results; {kept} is read "
    "throughout, because the file's other rows fit it; {few} rows that fit {other} alone are not read",
    "order_suspect": "{rows} times of opening do not fit the time_format and would fit {other}",
    "unparsable": "{rows} of {total} times of opening fit no format",
    "unparsable_fits": "{rows} of {total} times of opening fit no format; they fit {other}",
    "closed_unread": "the {rows} times of closing do not fit the format and are not read",
    "closed_unread_fits": "the {rows} times of closing do not fit the format and are not read; they fit "
    "{other}",
    "due_unread": "the {rows} due times do not fit the format and are not read",
    "due_unread_fits": "the {rows} due times do not fit the format and are not read; they fit {other}",
    "due": "of {total} due times {before} lie before the opening, {null} stand for none and {unread} cannot "
    "be read: taken as not set",
    "short_year": "years of two digits are read as 1969 to 2068; those used run from {first} to {last}",
    "implausible": "{rows} times of opening are set aside as implausible: rows {numbers}",
    "gap": "no request for {days} days from {first} on; {rows} rows lie on the smaller side: rows {numbers}. "
    "State the period if they do not belong",
    "future": "{rows} requests opened after today: rows {numbers}",
    "no_time_of_day": "{rows} of {total} requests carry no time of day and arise at midnight; where another "
    "column holds it, name both under opened: {{date: ..., time: ...}}",
    "closings": "of {total} times of closing {before} lie before the opening, {future} after today, {null} "
    "stand for none and {unread} cannot be read: taken as not closed",
    "closed_rounded": "{rows} closings are written to the day or the minute of the opening and count as "
    "closed at once",
    "empty_words": "{rows} cells hold a word for nothing (see empty) and count as blank: {columns}",
    "zone_missing": "{rows} times of {column} name no zone and are taken as local times of {zone}",
    "zone_unknown": "{rows} times of {column} name a zone that is not known and are not read",
    "twice": "{rows} times of {column} lie in an hour that the clocks of {zone} showed twice",
    "never": "{rows} times of {column} lie in an hour that the clocks of {zone} skipped; is time_zone right?",
}
_ROWS_NAMED = 5


@dataclass(frozen=True)
class Note:
    """One thing to know."""

    kind: str
    facts: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.said(NOTES)

    def said(self, sentences: dict[str, str]) -> str:
        """Return the note in the language of some sentences."""
        return sentences[self.kind].format(**self.facts)


def note(kind: str, **facts: object) -> Note:
    """Return a note; numbers are written with their thousands apart."""
    return Note(kind, {key: f"{v:,}" if isinstance(v, int) else str(v) for key, v in facts.items()})


def row_numbers(rows: Iterable[int] | np.ndarray, first_row: int) -> str:
    """Return the first few rows as a spreadsheet counts them; record 0 stands in `first_row`."""
    numbers = [int(row) + first_row for row in rows]
    shown = ", ".join(map(str, numbers[:_ROWS_NAMED]))
    return shown + (f" and {len(numbers) - _ROWS_NAMED:,} more" if len(numbers) > _ROWS_NAMED else "")
