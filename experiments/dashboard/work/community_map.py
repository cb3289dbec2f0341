"""The map of a community: where its people live, and on which days their needs are open.

The model has no geography. Its people are numbered along a path through the buildings, and who is numbered
next is near. The map lays this path out: buildings side by side in rows that turn back at their end, people
within a building in rows as well, the market below. Distances on the map are therefore those of the model
only roughly, and only along the path.
"""

import math
from typing import Any

import numpy as np

#: Room between buildings, in homes.
GAP = 3.0
#: How a need ends, for the map: solved, closed on paper, withdrawn, shelved, or not by the end of the run.
ENDS = ("solved", "paper_closed", "withdrawn", "shelved", "open")


def plots(run: Any, community: int) -> dict[str, Any]:
    """Return the places of the residents and merchants of a community, and its buildings.

    Returns
    -------
    dict
        `x`, `y`: places, residents first, in the order of their numbers; `first`, `first_merchant`: index of
        the first resident and the first merchant in the run; `buildings`: left, bottom, width, height and
        grid of each; `width`, `height` of the whole; `communities`: how many there are, with their names;
        `withdrawn`: by which number `open_needs` tells that a need was withdrawn.
    """
    state = run.built.state
    row = state.community[community]
    residents, merchants = int(row["residents"]), int(row["merchants"])
    first, first_merchant = int(row["resident_start"]), int(row["merchant_start"])
    size = max(1, round(run.settings.community.building_residents))
    x, y, buildings, width, height = _homes(residents, size)
    grid = state.conduct["grid"][first : first + residents]
    for number, building in enumerate(buildings):
        building.append(int(grid[min(residents - 1, number * size)]) if residents else 0)
    shops = max(1, math.floor(width))
    where = np.arange(merchants)
    x = np.concatenate([x, where % shops])
    y = np.concatenate([y, height + 2.0 + 2.0 * (where // shops)])
    if merchants:
        height = height + 3.0 + 2.0 * ((merchants - 1) // shops)
    names = list(run.built.world.community_names)
    return {
        "x": np.round(x, 2).tolist(),
        "y": np.round(y, 2).tolist(),
        "first": first,
        "residents": residents,
        "first_merchant": first_merchant,
        "merchants": merchants,
        "buildings": buildings,
        "width": round(float(width), 2),
        "height": round(float(height), 2),
        "communities": names or [str(number) for number in range(len(state.community))],
        "days": int(run.settings.warmup_days + run.settings.horizon_days + run.settings.followup_days),
        "withdrawn": ENDS.index("withdrawn"),
        "counted": [
            int(run.settings.warmup_days),
            int(run.settings.warmup_days + run.settings.horizon_days),
        ],
    }


def _homes(residents: int, size: int) -> tuple[np.ndarray, np.ndarray, list[list[float | int]], float, float]:
    """Return places of the residents, and left, bottom, width and height of the buildings."""
    wide = math.ceil(math.sqrt(size))
    high = math.ceil(size / wide)
    number = max(1, math.ceil(residents / size))
    rows = max(1, round(math.sqrt(number * wide / high) * 0.85))
    columns = math.ceil(number / rows)
    index = np.arange(residents)
    building, home = index // size, index % size
    street, along = building // columns, building % columns
    # Streets turn back at their end, so that who is numbered next stays near.
    along = np.where(street % 2 == 1, columns - 1 - along, along)
    level, door = home // wide, home % wide
    door = np.where(level % 2 == 1, wide - 1 - door, door)
    x = along * (wide + GAP) + door
    y = street * (high + GAP) + level
    corners: list[list[float | int]] = []
    for b in range(number):
        s, a = divmod(b, columns)
        a = columns - 1 - a if s % 2 == 1 else a
        corners.append([a * (wide + GAP) - 1.0, s * (high + GAP) - 1.0, wide + 1.0, high + 1.0])
    width = columns * (wide + GAP) - GAP
    height = math.ceil(number / columns) * (high + GAP) - GAP
    return x.astype(float), y.astype(float), corners, float(width), float(height)


def open_needs(run: Any, community: int) -> dict[str, list[Any]]:
    """Return the needs of a community: whose, from when, since when known, until when, and how it ended.

    Days with one decimal; `known` and `until` are -1 where that never came. `until` is the true solution, or
    the withdrawal; a need that was closed on paper or shelved stays open until the end of the run.
    """
    cases = run.cases
    here = cases["community"].to_numpy() == community
    solved = cases["solved_at"].to_numpy(float)[here]
    closed = cases["closed_at"].to_numpy(float)[here]
    status = cases["status"].astype(str).to_numpy()[here]
    until = np.where(np.isfinite(solved), solved, np.where(status == "withdrawn", closed, np.nan))
    end = np.array([ENDS.index(name) if name in ENDS else len(ENDS) - 1 for name in status], int)
    number = cases["case_id"].to_numpy()[here]
    return {
        "case": number.tolist(),
        "owner": run.built.state.need["owner"][number].tolist(),
        "arisen": _days(cases["arisen_at"].to_numpy(float)[here]),
        "known": _days(cases["reported_at"].to_numpy(float)[here]),
        "until": _days(until),
        "end": end.tolist(),
    }


def open_on(needs: dict[str, list[Any]], day: float) -> tuple[int, int]:
    """Return how many needs are known and open at the end of a day, and how many are open and unknown."""
    arisen, known, until = (np.array(needs[name], float) for name in ("arisen", "known", "until"))
    still = (arisen <= day) & ((until < 0) | (until > day))
    heard = (known >= 0) & (known <= day)
    return int((still & heard).sum()), int((still & ~heard).sum())


def _days(values: np.ndarray) -> list[float]:
    return np.where(np.isfinite(values), np.round(values, 1), -1.0).tolist()
