"""How needs were handled: reports, duplicates, hand-offs, bounces, shelving, closings on paper, satisfaction.

Over the needs of the counting window; shares are plain shares of the rows named, as the ledger stands when
the run ends. *Bounces* are refusals and wrong addresses, counted per reported need. The *gap of closing on
paper* is

    closings on paper / (closings on paper + true solutions),

over all closings on the books, each paper closing of a need that was closed so more than once included;
`paper_share_of_closed` counts needs instead, by how they stand.

Between regimes all shares of reported needs compare selected groups: who reports differs.
"""

import numpy as np
import pandas as pd

from analysis.inputs.ledger import Flags, Floats, Records, in_window


def _counts(cases: pd.DataFrame, name: str) -> Floats:
    """Return a further column of the ledger; a ledger from elsewhere may not have it."""
    return cases[name].to_numpy(float) if name in cases else np.zeros(len(cases))


def handling(records: Records) -> dict[str, float]:
    """How needs were handled: reports, duplicates, hand-offs, bounces, closings on paper, satisfaction."""
    cases = records.cases
    keep = in_window(cases, records.settings)
    reported = np.isfinite(cases["reported_at"].to_numpy(float)[keep])
    solved = np.isfinite(cases["solved_at"].to_numpy(float)[keep])
    closed = np.isfinite(cases["closed_at"].to_numpy(float)[keep])
    duplicates = float(cases["duplicates"].to_numpy(float)[keep].sum())
    first = float(reported.sum())
    paper = (cases["status"] == "paper_closed").to_numpy()[keep]
    closings = float(_counts(cases, "paper_closings")[keep].sum())
    rating = cases["satisfaction"].to_numpy(float)[keep]
    rated = np.isfinite(rating)
    bounces = cases["bounces"].to_numpy(float)[keep][reported]
    shelved = (cases["status"] == "shelved").to_numpy()[keep][reported]
    return {
        "duplicate_share": duplicates / (first + duplicates) if first + duplicates else float("nan"),
        "handoffs_mean": _mean(cases["handoffs"].to_numpy(float)[keep][reported]),
        "bounces_mean": _mean(bounces),
        "bounced_twice_share": _mean(bounces >= 2),
        "shelved_share_reported": _mean(shelved),
        "reopened_share": _mean(_counts(cases, "reopened")[keep][reported] > 0),
        "resolution_rate_reported": _mean(solved[reported]),
        "closed_rate_reported": _mean((closed | solved)[reported]),
        "paper_share_of_closed": _mean(paper[solved | paper]),
        "sham_gap": closings / (closings + solved.sum()) if closings + solved.sum() else float("nan"),
        "satisfaction_mean": _mean(rating[rated]),
    }


def _mean(values: Floats | Flags) -> float:
    return float(values.mean()) if len(values) else float("nan")
