"""Whose a need is: told by the stretch of identities it lies in, as a search by hand tells it."""

from types import SimpleNamespace

import numpy as np
import pytest

from analysis.inputs.owners import owners

FIRST = np.arange(5)
SECOND = np.arange(100, 104)
ORDERS = {
    "one community": FIRST,
    "two communities": np.concatenate([FIRST, SECOND]),
    "communities out of order": np.concatenate([SECOND, FIRST]),
    "stretches that overlap": np.array([0, 1, 2, 10, 11, 5, 6]),
    "no order": np.array([7, 3, 100, 5, 0, 42]),
    "every other": np.arange(0, 40, 2),
    "one person": np.array([3]),
}


@pytest.mark.parametrize("order", ORDERS)
def test_the_row_of_an_owner_is_found_whatever_the_order(order: str) -> None:
    identity = ORDERS[order]
    wanted = np.concatenate([identity[::-1], [-1, 4, 8, 50, 99, 104, 10**9], identity])
    row, known = owners(SimpleNamespace(requester_id=wanted), {"person_id": identity})  # type: ignore[arg-type]
    np.testing.assert_array_equal(known, np.isin(wanted, identity))
    np.testing.assert_array_equal(identity[row[known]], wanted[known])
    assert ((row >= 0) & (row < len(identity))).all()
