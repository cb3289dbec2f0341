"""Whose a need is: the rows of people to whom needs belong."""

from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.inputs.ledger import Flags, Needs

Whole = npt.NDArray[np.int64]


def owners(needs: Needs, people: Any) -> tuple[Whole, Flags]:
    """Return the row of each need's owner among people, and whether there is one.

    Parameters
    ----------
    people
        The table or its columns; at least one row. A need whose owner is not there has any row.
    """
    return _rows(np.asarray(people["person_id"], np.int64), needs.requester_id)


def _rows(identity: Whole, wanted: Whole) -> tuple[Whole, Flags]:
    # As a run leaves them identities go up, a community's one by one: the stretch one lies in tells its row.
    first = np.flatnonzero(np.diff(identity, prepend=identity[0] - 2) != 1)
    begin = identity[first]
    if bool((begin[1:] > begin[:-1]).all()):
        stretch = np.maximum(np.searchsorted(begin, wanted, side="right") - 1, 0)
        row = np.clip(first[stretch] + wanted - begin[stretch], 0, len(identity) - 1)
    else:
        order = np.argsort(identity, kind="stable")
        place = np.searchsorted(identity, wanted, sorter=order)
        row = order[np.minimum(place, len(identity) - 1)]
    return row, identity[row] == wanted
