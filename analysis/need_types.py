"""Which kinds of need are served at all, however rare: a menu offers some, people need what they need.

A type is a category with a number of organisations needed (1, 2, 3 or more). It is *served* if at least half
of its needs are truly solved within 180 d of arising:

    types_served = types served / types with at least ten needs,

over the needs of the counting window that were watched for 180 d. Every type counts the same, so that much of
what is common does not make up for what is never done. Half and ten are assumed.
"""

import numpy as np

from analysis.ledger import Needs, Records, counted_columns

HORIZON_DAYS = 180.0
SERVED_FROM = 0.5
LEAST_NEEDS = 10


def types_served(records: Records, needs: Needs) -> dict[str, float]:
    """Return the share of types that are served; nothing where no type has enough needs."""
    if "category" not in records.cases:
        return {}
    (category,) = counted_columns(records, "category")
    watched = needs.followed >= HORIZON_DAYS
    solved = (needs.solved - needs.arisen <= HORIZON_DAYS)[watched]
    names, number = np.unique(category[watched].astype(str), return_inverse=True)
    kind = number * 3 + np.clip(needs.organisations[watched], 1, 3) - 1
    needed = np.bincount(kind, minlength=3 * len(names))
    done = np.bincount(kind, weights=solved, minlength=3 * len(names))
    enough = needed >= LEAST_NEEDS
    if not enough.any():
        return {}
    return {"types_served": float((done[enough] >= SERVED_FROM * needed[enough]).mean())}
