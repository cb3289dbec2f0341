"""Which kinds of need are served, however rare: a menu offers some, people need what they need.

A type is a category with a number of organisations needed (1, 2, 3 or more). With p_k the share of type k's
needs that are truly solved within 180 d of arising,

    types_solved = mean of p_k,    types_solved_least = min p_k,

over the types with at least 30 needs, of the needs of the counting window that were watched for 180 d. Every
type counts the same, so that much of what is common does not make up for what is never done. The least of
many noisy shares lies below the least of the true ones; compare it only between runs of the same needs. That
30 needs are enough is assumed.
"""

import numpy as np

from analysis.inputs.ledger import Needs, Records, counted_columns

HORIZON_DAYS = 180.0
LEAST_NEEDS = 30


def types_solved(records: Records, needs: Needs) -> dict[str, float]:
    """Return the mean and the least share solved of all types; nothing where no type has enough needs."""
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
    share = done[enough] / needed[enough]
    return {"types_solved": float(share.mean()), "types_solved_least": float(share.min())}
