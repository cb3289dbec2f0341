"""Requests that were handled as they are now: after a change of practice, the earlier ones say little."""

from dataclasses import replace

import numpy as np

from analysis.calibration.known import KnownRequests
from analysis.request_files.breaks import Break, breaks


def since_last_break(known: KnownRequests) -> tuple[KnownRequests, list[Break]]:
    """Return the requests without those opened before their category's last change of practice; and changes.

    Open or closed: those left over from before are the slow ones, and would count as at risk at every age
    without the quick ones that were closed beside them.
    """
    found = breaks(known.opened, known.closed, known.category, known.until)
    last = np.full(len(known.categories), -np.inf)
    for one in found:
        last[one.category] = max(last[one.category], one.day)
    kept = known.opened >= last[known.category]
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
