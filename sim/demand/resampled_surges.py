"""Surges on top of a request file: its own days drawn from again.

On a day of a surge of factor f further requests come, Poisson with mean (f − 1) times that day's in the file.
Each is like one request of the day (kind, place, unit) and comes at the time of another, both drawn at
random with replacement, so that what comes and when keeps the day's pattern. The file's own requests stay as
they are.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from sim.demand.surges import FIRST_ORDINAL, further_share
from sim.engine.declare import draw
from sim.engine.randomness import exponential, uniform
from sim.parameters.scenario import Scenario
from sim.request_file.requests import RequestStream

SURGE = draw(62, "SURGE", ("0", "day, number in the day", "0 how many, 1 like whom, 2 when"))


#: What says of a request what it is; `arisen_at` and `row` are its own.
_LIKE = (
    "category", "channel", "place", "unit", "organisations", "level", "work_hours", "urgent", "desk",
    "helpable", "closed_at", "team", "latitude", "longitude",
)  # fmt: skip
#: Requests of a surge on one day are numbered below this.
_A_DAY = 1 << 16


def with_surges(scenario: Scenario, key: int, stream: RequestStream) -> RequestStream:
    """Return the requests with those of the scenario's surges among them, in the order of their opening.

    `row` of a further request is no row of the file, but its number from `FIRST_ORDINAL` on.
    """
    last = int(np.floor(stream.arisen_at[-1])) + 1 if len(stream.arisen_at) else 0
    share = further_share(scenario, last)
    if not share.any():
        return stream
    starts = np.searchsorted(stream.arisen_at, np.arange(last + 1))
    like: list[int] = []
    at: list[float] = []
    row: list[int] = []
    for day in np.flatnonzero(share).tolist():
        first, those = int(starts[day]), int(starts[day + 1] - starts[day])
        level, k = float(exponential(key, SURGE, 0, 0, day, 0)), 0
        while level < share[day] * those and k < _A_DAY:
            like.append(first + int(uniform(key, SURGE, 1, 0, day, k) * those))
            at.append(float(stream.arisen_at[first + int(uniform(key, SURGE, 2, 0, day, k) * those)]))
            row.append(FIRST_ORDINAL + day * _A_DAY + k)
            k += 1
            level += float(exponential(key, SURGE, 0, 0, day, k))
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(stream, name), getattr(stream, name)[like]]) for name in _LIKE
    }
    # The time allowed is like that of the request it is like.
    allowed = stream.due_at[like] - stream.arisen_at[like]
    columns["due_at"] = np.concatenate([stream.due_at, np.array(at) + allowed])
    columns["arisen_at"] = np.concatenate([stream.arisen_at, at])
    columns["row"] = np.concatenate([stream.row, np.array(row, stream.row.dtype)])
    order = np.argsort(columns["arisen_at"], kind="stable")
    return replace(stream, **{name: values[order] for name, values in columns.items()})
