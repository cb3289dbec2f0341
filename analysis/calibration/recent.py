"""The stretch of a file that a calibration reads: all of a short one, the last weeks of a long one.

Each earlier week counts less than the one after it (`WEEKLY_DISCOUNT`), so that a year ago counts for hardly
more than a hundredth; what lies further back costs time and memory and says nothing.
"""

from dataclasses import replace

import numpy as np

from analysis.calibration.known import KnownRequests

#: The most days of open requests that are counted, all requests together.
MOST_REQUEST_DAYS = 3_000_000
LONGEST_WEEKS, SHORTEST_WEEKS = 52, 8


def recent(known: KnownRequests, most_request_days: float = MOST_REQUEST_DAYS) -> tuple[KnownRequests, int]:
    """Return the requests opened in the last weeks, days counted from the first of these; and that day.

    As many whole weeks as hold `most_request_days` days of open requests, from 8 to 52; a shorter file is
    returned as it is, from day 0.
    """
    days = np.cumsum((known.left - known.opened)[::-1])[::-1]  # of this request and all later ones
    last = int(np.ceil(known.until / 7.0))
    for weeks in range(LONGEST_WEEKS, SHORTEST_WEEKS - 1, -1):
        first = 7 * (last - weeks)
        begin = int(np.searchsorted(known.opened, first))
        if begin == len(days) or days[begin] <= most_request_days:
            break
    if first <= 0 or begin == 0:
        return known, 0
    kept = slice(begin, None)
    return (
        replace(
            known,
            until=known.until - first,
            opened=known.opened[kept] - first,
            closed=known.closed[kept] - first,
            due=known.due[kept] - first,
            category=known.category[kept],
            team=known.team[kept],
            holidays=tuple(day - first for day in known.holidays if day >= first),
        ),
        first,
    )
