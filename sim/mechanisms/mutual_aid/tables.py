"""Tables of what people did for each other beside the ledger; each exists only where its mechanism is on."""

from typing import Any

import numpy as np
import pandas as pd

from sim.engine.tables.run import State
from sim.mechanisms.mutual_aid.rows import RECURRING_KINDS, TRANSFER_KINDS


def _ids(state: State, index: np.ndarray) -> np.ndarray:
    keys = state.person["key"]
    return np.where(index >= 0, keys[index], -1)


def _named(codes: np.ndarray, names: tuple[str, ...]) -> Any:
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(list(names)), validate=False)


def _plain(rows: np.ndarray, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: rows[name] for name in names}


def transfers(state: State) -> dict[str, Any] | None:
    """Everything given that is no case: sale, gift, visit, goods; and what the pool paid for cases.

    `quantity` is in yuan, hours of a visit, or units of goods; `distance` counts residents along the path
    between the two. `about`: the number of the sale, of the person's appeal, of the need paid for, of the row
    in `pairs`; of goods, the households between the two.
    """
    if state.transfer.shape[0] == 0:
        return None
    rows = state.transfer[: int(state.clock["transfers"][0])]
    return {
        "kind": _named(rows["kind"], TRANSFER_KINDS),
        "giver_id": _ids(state, rows["giver"]),
        "taker_id": _ids(state, rows["taker"]),
        **_plain(rows, ("at", "community", "quantity", "distance", "about")),
    }


def households(state: State) -> dict[str, Any] | None:
    """Goods of each household in a shortage; first_stock + received = stock + used + given."""
    rows = state.household
    if rows.shape[0] == 0:
        return None
    names = (
        "community",
        "use",
        "first_stock",
        "stock",
        "used",
        "unmet",
        "received",
        "given",
        "asked",
        "posts",
    )
    return {"household_id": rows["key"], "head_id": _ids(state, rows["head"]), **_plain(rows, names)}


def pairs(state: State) -> dict[str, Any] | None:
    """People with a need that comes back: visits due and made, how many helpers, who comes now."""
    rows = state.recurring
    if rows.shape[0] == 0:
        return None
    return {
        "person_id": _ids(state, rows["person"]),
        "kind": _named(rows["kind"], RECURRING_KINDS),
        "helper_id": _ids(state, rows["helper"]),
        **_plain(rows, ("pairs", "visits", "visits_made")),
    }


def appeals(state: State) -> dict[str, Any] | None:
    """People in hardship: appeals made, yuan asked for and raised."""
    rows = state.appeal
    if rows.shape[0] == 0:
        return None
    return {"person_id": _ids(state, rows["person"]), **_plain(rows, ("appeals", "asked", "raised"))}


def points(state: State) -> dict[str, Any] | None:
    """Points of each person, brought up to the end of what was run, and how often they were helped."""
    rows = state.purse
    if rows.shape[0] == 0:
        return None
    since = rows["rate"] * (float(state.clock["time"][0]) - rows["at"])
    return {
        "person_id": state.person["key"],
        "points": rows["points"] + since,
        "earned": rows["earned"] + since,
        "redemptions": rows["redemptions"],
        "by_program": rows["script"] != 0,
        "times_helped": rows["helped"],
    }


#: The tables, by their names as attributes of `Records` and in files.
MAKERS = {
    "transfers": transfers,
    "households": households,
    "pairs": pairs,
    "appeals": appeals,
    "points": points,
}
