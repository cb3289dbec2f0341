"""Where the published experiment says that the shipped pair of scenarios turns.

The experiment is `break_even`: co-governance against administration-led service while the share of staff time
that goes into paperwork rises under co-governance alone. Its table is read, and nothing is simulated.
"""

import functools
from typing import Any

import numpy as np

from analysis.findings.turning import apart, stretches, turns
from analysis.safe_text.spreadsheet import read_csv
from experiments.dashboard.state.scenario_pair import View, arms
from experiments.published.entry import load_cells

ENTRY = "break_even"
#: The restricted mean that the table holds is reached in every replication.
_REACHED = np.zeros((2, 1))


def published_turn(view: View) -> tuple[float, float] | None:
    """Return between which shares of paperwork the second side turns slower; None for any other view.

    Over all needs, reported or not, by the intervals of the paired differences.
    """
    pair = tuple(load_cells(ENTRY).arms)
    if view.names != pair or view.words or view.shared or any(view.changes) or view.requests is not None:
        return None
    second = arms(view)[1]
    return _turn(second.referral.convener_effect, second.joint_session.capacity)


@functools.cache
def _turn(convener_effect: float, capacity: int) -> tuple[float, float] | None:
    entry = load_cells(ENTRY)
    table = read_csv(entry.expected.read_text(encoding="utf-8"), comment="#")
    here = (table["convener_effect"] == convener_effect) & (table["session_capacity"] == capacity)
    rows: list[Any] = table[here].sort_values("paperwork").to_dict("records")
    first, second = ([row for row in rows if row["arm"] == arm] for arm in entry.arms)
    directions = [apart(pair, _REACHED).direction for pair in zip(first, second, strict=True)]
    found = stretches([float(row["paperwork"]) for row in second], directions)
    # Only a turn from sooner to later can be said in the words that the page has for it.
    wanted = [one.direction for one in found if one.direction] == [-1, 1]
    return turns(found)[0] if wanted else None
