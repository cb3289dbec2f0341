"""The co-governance index: in how many true solutions did somebody who is not government have a hand?

    index = solved needs with at least one non-government contributor / solved needs,

over the needs of the counting window. A contributor is whoever solved it (a neighbour, a merchant, a social
organisation, a council's decision), a helper, a volunteer with hours on the case, or a supplier that is no
bureau: a property company, an owners' committee, a social organisation, a firm. Utilities count as government
here, being bound by duty; units in a joint session are not told apart in the ledger and do not count.

Whoever never reported cannot be helped by anybody, so the index says how solutions come about, not how many.
"""

import numpy as np
import pandas as pd

from analysis.inputs.ledger import Flags, Needs, Records, counted_columns, in_window
from analysis.metrics import SOLVERS

OUTSIDE = ("neighbour", "merchant", "social_organisation", "deliberation")
GOVERNMENT_KINDS = ("bureau", "utility")


def cogovernance_index(records: Records, needs: Needs) -> dict[str, float]:
    """Return the index, overall and for needs of two organisations and more."""
    solved = np.isfinite(needs.solved)
    if not solved.any():
        return {}
    outside = np.isin(needs.solved_by, [SOLVERS.index(name) for name in OUTSIDE])
    outside |= counted_columns(records, "volunteer_hours")[0] > 0
    if "helper_id" in records.cases:
        outside |= counted_columns(records, "helper_id")[0] >= 0
    if "supplier" in records.cases:
        outside |= _outside_supplier(records.cases["supplier"])[in_window(records.cases, records.settings)]
    several = solved & (needs.organisations >= 2)
    result = {"cogovernance_index": float(outside[solved].mean())}
    if several.any():
        result["cogovernance_index_multi"] = float(outside[several].mean())
    return result


def _outside_supplier(kind: pd.Series) -> Flags:
    named = kind.astype("category")
    # The last entry answers for -1, the code of a gap.
    outside = [str(label) not in GOVERNMENT_KINDS for label in named.cat.categories] + [False]
    return np.array(outside)[named.cat.codes.to_numpy()]
