"""The requests of a file as arrays; what a run needs of them, apart from how files are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.request_file.notes import Note


@dataclass(frozen=True, eq=False)
class RequestStream:
    """Requests in the order of their opening, one array element each."""

    start_date: date
    """The Monday whose 00:00 is time 0."""
    arisen_at: np.ndarray
    """Opening, in days since time 0 (float64, ascending)."""
    row: np.ndarray
    """Number of the record in the file, 0 for the first after the header: the identity for keyed draws."""
    category: np.ndarray
    categories: tuple[str, ...]
    channel: np.ndarray
    channels: tuple[str, ...]
    place: np.ndarray
    places: tuple[str, ...]
    unit: np.ndarray
    """Code into `units`, -1 where the file names none."""
    units: tuple[str, ...]
    organisations: np.ndarray
    level: np.ndarray
    work_hours: np.ndarray
    """Mean hours of work; the spread around it is the scenario's."""
    urgent: np.ndarray
    desk: np.ndarray
    helpable: np.ndarray
    residents: int
    counts: Mapping[str, int]
    """Rows by where they ended; the values add up to the rows of the file."""
    closed_at: np.ndarray
    """Closing in days since time 0, NaN if none: for validation afterwards, never for the simulation."""
    due_at: np.ndarray
    """When it is to be done by the city's own standard, in days since time 0; NaN where there is none or the
    time is not to be believed."""
    team: np.ndarray
    """Code into `teams`, -1 where the file names none: the team that had the request in the end."""
    teams: tuple[str, ...]
    latitude: np.ndarray
    longitude: np.ndarray
    explanations: Mapping[str, str]
    """What each key of `counts` means."""
    notes: tuple[Note, ...]
    """What to know before believing the numbers."""
    file: str
    mapping_file: str
    digest: str
    """SHA-256 over the file's unpacked content and the mapping's text: names this tape."""
    holidays: tuple[date, ...] | str = ()
    """Public holidays the mapping names; a word names a built-in calendar."""
    rows_on_defaults: int = 0
    """Rows of the tape that fall under no rule of the mapping: their work, organisations and level are its
    defaults."""


def parts_of_units(stream: RequestStream, others: int) -> tuple[float, np.ndarray]:
    """Return the parts of requests to expect at each of `others` units at the top, and at each of the file's.

    Officers are shared out in proportion. A request that the community settles alone is nobody else's work,
    whatever team the file names; a further organisation is at each of the levels up to the need's alike.
    """
    elsewhere = (stream.organisations > 1) | (stream.level > 0)
    named = np.bincount(stream.unit[elsewhere & (stream.unit >= 0)], minlength=len(stream.units))
    top = stream.level == 2
    further = float(np.maximum(0, stream.organisations[top] - 2).sum()) / 3.0
    unnamed = int(np.count_nonzero(elsewhere & top & (stream.unit < 0)))
    return max(1.0, (further + unnamed) / others), np.maximum(1, named)
