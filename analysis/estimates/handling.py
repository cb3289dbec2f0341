"""How needs were handled: reports, duplicates, hand-offs, bounces, shelving, closings on paper, satisfaction.

Over the needs of the counting window; shares are plain shares of the rows named, as the ledger stands when
the run ends. *Bounces* are refusals and wrong addresses, counted per reported need. The *gap of closing on
paper* is

    closings on paper / (closings on paper + true solutions),

over all closings on the books, each paper closing of a need that was closed so more than once included;
`paper_share_of_closed` counts needs instead, by how they stand.

Between regimes all shares of reported needs compare selected groups: who reports differs.
"""

from typing import Any

import numpy as np

from analysis.inputs.ledger import STATUSES, Flags, Floats, Needs, Records, columns


def _counts(cases: Any, name: str, needs: Needs) -> Floats:
    """Return a further column of the ledger; a ledger from elsewhere may not have it."""
    return np.asarray(cases[name], float)[needs.rows] if name in cases else np.zeros(len(needs))


def handling(records: Records, needs: Needs) -> dict[str, float]:
    """How needs were handled: reports, duplicates, hand-offs, bounces, closings on paper, satisfaction."""
    cases = columns(records)
    reported, solved, closed = needs.is_reported, np.isfinite(needs.solved), np.isfinite(needs.closed)
    duplicates = float(np.asarray(cases["duplicates"], float)[needs.rows].sum())
    first = float(reported.sum())
    paper = needs.status == STATUSES.index("paper_closed")
    closings = float(_counts(cases, "paper_closings", needs).sum())
    rating = np.asarray(cases["satisfaction"], float)[needs.rows]
    rated = np.isfinite(rating)
    bounces = np.asarray(cases["bounces"], float)[needs.rows][reported]
    shelved = (needs.status == STATUSES.index("shelved"))[reported]
    return {
        "duplicate_share": duplicates / (first + duplicates) if first + duplicates else float("nan"),
        "handoffs_mean": _mean(np.asarray(cases["handoffs"], float)[needs.rows][reported]),
        "bounces_mean": _mean(bounces),
        "bounced_twice_share": _mean(bounces >= 2),
        "shelved_share_reported": _mean(shelved),
        "reopened_share": _mean(_counts(cases, "reopened", needs)[reported] > 0),
        "resolution_rate_reported": _mean(solved[reported]),
        "closed_rate_reported": _mean((closed | solved)[reported]),
        "paper_share_of_closed": _mean(paper[solved | paper]),
        "sham_gap": closings / (closings + solved.sum()) if closings + solved.sum() else float("nan"),
        "satisfaction_mean": _mean(rating[rated]),
    }


def _mean(values: Floats | Flags) -> float:
    return float(values.mean()) if len(values) else float("nan")
