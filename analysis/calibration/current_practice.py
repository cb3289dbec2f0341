"""Requests that were handled as they are now: after a change of practice, the earlier ones say little."""

from dataclasses import replace

import numpy as np

from analysis.calibration.known import KnownRequests
from analysis.request_files.breaks import Break, breaks


def since_last_break(known: KnownRequests) -> tuple[KnownRequests, list[Break]]:
    """Return the requests without those opened before their category's last change of practice; and changes.

    What was opened before and is still open stays: it is part of the backlog.
    """
    found = breaks(known.opened, known.closed, known.category, known.until)
    last = np.full(len(known.categories), -np.inf)
    for one in found:
        last[one.category] = max(last[one.category], one.day)
    kept = (known.opened >= last[known.category]) | ~known.is_closed
    if kept.all():
        return known, found
    return (
        replace(
            known,
            opened=known.opened[kept],
            closed=known.closed[kept],
            due=known.due[kept],
            category=known.category[kept],
            team=known.team[kept],
        ),
        found,
    )
