"""The smallest staff of a team of a calibrated city with which a share of its requests is closed in time.

Every staff meets the same requests with the same luck under each draw of the posterior, and more staff
never does worse, so the smallest is found by halving. Staff is counted in officers where it is known how
many the team has, else in twentieths of the present staff.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.statistics.survival import kaplan_meier
from experiments.city.bounds import Anchor
from experiments.city.changes import Changes, changed
from experiments.city.demand import Demand, assigned
from experiments.city.what_if import middle_and_interval
from experiments.city.words import basis_of
from sim.city.draw import CityDraw

#: Steps in which staff is counted where nobody says how many officers there are.
TWENTIETHS = 20
#: The largest staff tried, as a multiple of the present one.
MOST = 4


@dataclass(frozen=True)
class Target:
    """A share of a team's requests that is to be closed within so many days, with a probability."""

    team: str
    within_days: float
    share: float
    confidence: float


@dataclass(frozen=True)
class Answer:
    """What was found for one answer to a backlog."""

    response: str
    smallest: int | None
    """The smallest staff that meets the target, as counted; None: none that was tried does."""
    present_meets: bool
    matters: bool
    """Whether staff makes any difference: not where closing does not answer to the backlog."""


def smallest_staff(
    draws: Sequence[CityDraw],
    demand: Demand,
    target: Target,
    bounds: Mapping[str, float | None],
    officers: int | None,
    anchor: Anchor,
    language: str = "en",
) -> tuple[list[Answer], pd.DataFrame]:
    """Search for each answer to a backlog; return the answers and a row for each staff that was tried.

    Parameters
    ----------
    officers
        How many the team has; None where that is not known, and staff is counted in twentieths.

    Returns
    -------
    answers, table
        Columns response, team, staff (officers, or a multiple of the present staff), share, share_low,
        share_high (middle and interval over the posterior), draws_met, meets, basis.
    """
    present = officers or TWENTIETHS
    answers, rows = [], []
    for name, gamma in bounds.items():
        values = [anchor.city(draw, gamma, number) for number, draw in enumerate(draws)]
        tried: dict[int, np.ndarray] = {}

        def meets(count: int, values: list[CityDraw] = values, tried: dict[int, np.ndarray] = tried) -> bool:
            if count not in tried:
                ratio = count / present
                tried[count] = np.array(
                    [
                        _share(draw, number, demand, target, ratio, anchor)
                        for number, draw in enumerate(values)
                    ]
                )
            return bool((tried[count] >= target.share).mean() >= target.confidence)

        now = meets(present)
        matters = gamma != 0.0
        low, high = (0, present) if now else (present, present * MOST)
        smallest = present if now else None
        if matters and (now or meets(high)):
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if meets(middle) else (middle, high)
            smallest = high
            for near in (high - 1, high + 1):
                if near > 0:
                    meets(near)
        answers.append(Answer(name, smallest, now, matters))
        basis = basis_of(Changes(staff={target.team: 1.0}), gamma, language)
        for count in sorted(tried):
            shares = middle_and_interval(tried[count])
            rows.append(
                {
                    "response": name,
                    "team": target.team,
                    "staff": count if officers else count / TWENTIETHS,
                    **{f"share{end}": value for end, value in shares.items()},
                    "draws_met": float((tried[count] >= target.share).mean()),
                    "meets": meets(count),
                    "basis": basis,
                }
            )
    return answers, pd.DataFrame(rows)


def _share(
    draw: CityDraw, number: int, demand: Demand, target: Target, ratio: float, anchor: Anchor
) -> float:
    """Return the share of the team's requests that is closed in time."""
    base = assigned(draw, demand, anchor.seed)
    city = changed(base.draw, Changes(staff={target.team: ratio}))
    closed = anchor.run(city, base.requests, demand.end, anchor.seed, number)
    mine = demand.arrives & (base.team == draw.teams.index(target.team))
    seen = closed[mine] < demand.end
    until = np.where(seen, closed[mine], demand.end)
    curve = kaplan_meier(until - demand.opened[mine], seen, confidence=None)
    return float(1.0 - curve.at(target.within_days)) if len(curve.times) else float("nan")
