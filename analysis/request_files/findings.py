"""Everything that an import tells about a file of requests, in numbers; words and figures come elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from analysis.request_files.breaks import Break, breaks, tested_categories
from analysis.request_files.closing_habits import (
    Batches,
    ages_of_the_open,
    batches,
    closing_curve,
    last_known,
    look_alikes,
    share_within_a_minute,
)
from analysis.request_files.personal import holds_person
from analysis.request_files.staff_logging import StaffChannel, staff_channels
from analysis.request_files.weekly_pattern import WeeklyPattern, weekly_pattern
from sim.request_file.labels import UNKNOWN_CHANNEL, UNKNOWN_PLACE
from sim.request_file.loading import RequestStream, account
from sim.request_file.notes import Note

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CategoryLine:
    """What came of the requests of a category."""

    code: int
    label: str
    rows: int
    share: float
    closed: float
    """Share closed by the end of the file."""
    closed_7_days: float
    closed_30_days: float
    median_days: float
    p90_days: float
    open: int


@dataclass(frozen=True)
class Findings:
    """What a file holds."""

    account: Sequence[tuple[str, int, str]]
    """Reason, rows, explanation; the rows add up to those of the file."""
    notes: Sequence[Note]
    rows: int
    used: int
    start_date: date
    """The Monday of time 0."""
    first_day: float
    last_day: float
    until: float
    """The last instant that the file knows of, in days since time 0."""
    has_closings: bool
    closed: float
    within_a_minute: float
    categories: Sequence[CategoryLine]
    counts: Mapping[str, Sequence[tuple[str, int]]]
    """Labels and rows by role (`channel`, `team`, `unit`, `place`), most first."""
    open: int
    open_ages: Mapping[float, float]
    batches: Batches
    look_alikes: int
    breaks: Sequence[Break]
    tested: int
    """Categories with enough requests for a change of practice to be looked for."""
    weekly: WeeklyPattern
    staff: Sequence[StaffChannel]
    due_share: float
    """Share of rows with a due time; of those closed, the share by then."""
    on_time: float

    def label(self, category: int) -> str:
        """Return the name of a category."""
        return next(line.label for line in self.categories if line.code == category)


def findings(stream: RequestStream) -> Findings:
    """Return what a file of requests holds."""
    opened, closed, category = stream.arisen_at, stream.closed_at, stream.category
    has_closings = bool(np.isfinite(closed).any())
    until = last_known(opened, closed)
    still, ages = ages_of_the_open(opened, closed, until) if has_closings else (0, {})
    due = np.isfinite(stream.due_at)
    judged = due & np.isfinite(closed)
    return Findings(
        account=account(stream),
        notes=stream.notes,
        rows=sum(stream.counts.values()),
        used=len(opened),
        start_date=stream.start_date,
        first_day=float(opened[0]),
        last_day=float(opened[-1]),
        until=until,
        has_closings=has_closings,
        closed=float(np.mean(np.isfinite(closed))),
        within_a_minute=share_within_a_minute(opened, closed),
        categories=_categories(stream, until, has_closings),
        counts={
            "channel": _counts(stream.channel, stream.channels, UNKNOWN_CHANNEL),
            "team": _counts(stream.team, stream.teams),
            "unit": _counts(stream.unit, stream.units),
            "place": _counts(stream.place, stream.places, UNKNOWN_PLACE),
        },
        open=still,
        open_ages=ages,
        batches=batches(opened, closed, category),
        look_alikes=look_alikes(opened, category, stream.place, stream.latitude, stream.longitude),
        breaks=breaks(opened, closed, category, until + 1e-9) if has_closings else [],
        tested=len(tested_categories(opened, closed, category, until + 1e-9)) if has_closings else 0,
        weekly=weekly_pattern(opened),
        staff=staff_channels(stream.channel, stream.channels, opened, closed),
        due_share=float(due.mean()),
        on_time=float(np.mean(closed[judged] <= stream.due_at[judged])) if judged.any() else float("nan"),
    )


def shown(label: str) -> str:
    """Return a label as it may be shown: never one that gives away a person."""
    return "(a label with personal data)" if holds_person(label) else label


def _counts(codes: Codes, labels: Sequence[str], unknown: str = "") -> list[tuple[str, int]]:
    counted = np.bincount(codes[codes >= 0], minlength=len(labels))
    order = np.lexsort((np.arange(len(labels)), -counted))
    found = [(shown(labels[code]), int(counted[code])) for code in order.tolist()]
    return [] if [label for label, _ in found] == [unknown] else found


def _categories(stream: RequestStream, until: float, has_closings: bool) -> list[CategoryLine]:
    opened, closed, codes = stream.arisen_at, stream.closed_at, stream.category
    order = np.argsort(codes, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(codes[order])) + 1)
    lines = []
    for rows in groups:
        code = int(codes[rows[0]])
        seen = np.isfinite(closed[rows])
        week = month = median = p90 = float("nan")
        if has_closings:
            curve = closing_curve(opened[rows], closed[rows], until)
            week, month = (1.0 - float(curve.at(days)) for days in (7.0, 30.0))
            median, p90 = curve.quantile(0.5), curve.quantile(0.9)
        label = shown(stream.categories[code])
        share = len(rows) / len(opened)
        lines.append(
            CategoryLine(
                code,
                label,
                len(rows),
                share,
                float(seen.mean()),
                week,
                month,
                median,
                p90,
                int((~seen).sum()),
            )
        )
    return sorted(lines, key=lambda line: (-line.rows, line.label))
