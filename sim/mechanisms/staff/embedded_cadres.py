"""Cadres sent down to the communities: how many each gets, and the hours their own units lose by it."""

import numpy as np

from sim.engine.tables.run import State
from sim.errors import InputError
from sim.parameters.scenario import Scenario
from sim.world.community_sizes import apportion

#: The golden section spreads the days of those who come to the same community as evenly as can be.
_GOLDEN = 0.6180339887498949
#: A unit keeps at least this share of its officers' hours for communities.
_LEAST_LEFT = 0.05
_TOP_LEVEL = 2


def allocation(scenario: Scenario, community: np.ndarray) -> np.ndarray:
    """Return the embedded cadres of each community; their total is kept exactly (largest remainders)."""
    count = community.shape[0]
    total = round(scenario.staff.embedded * count)
    if scenario.embedded.allocation == "even":
        return apportion(total, np.ones(count))
    # What a year is expected to bring. Who lives there is known beforehand, what will go wrong is not.
    demand = scenario.demand
    expected = demand.rate * community["residents"] + demand.merchant_rate * community["merchants"]
    return apportion(total, np.maximum(expected, 1e-12))


def standing_authority(scenario: Scenario, embedded: np.ndarray) -> np.ndarray:
    """Return the level whose authority each community has behind it at all times."""
    if scenario.referral.authority_links:
        return np.full(embedded.shape[0], _TOP_LEVEL)
    level = scenario.embedded.authority_level if scenario.embedded.authority else 0
    return np.where(embedded > 0, level, 0)


def working(scenario: Scenario, embedded: np.ndarray) -> np.ndarray:
    """Return how many in each community work on its cases."""
    return embedded if scenario.embedded.labour else np.zeros_like(embedded)


def attendance(scenario: Scenario) -> float:
    """Return the share of shifts in which an embedded cadre comes."""
    days = 7 if scenario.calendar.round_the_clock else scenario.calendar.working_days_per_week
    return min(1.0, scenario.embedded.days_per_week / days)


def displace(scenario: Scenario, speed: float, sent: int, unit: np.ndarray, officers: np.ndarray) -> None:
    """Take the hours of `sent` cadres from the officers of the levels that send them, each in proportion.

    Background load is what an officer gives to other work: a share φ of the rest now goes there, so hours and
    readiness to take a case on fall together.

    Raises
    ------
    InputError
        If the units have not got the hours.
    """
    sending = (unit["level"] >= 1) & (unit["level"] <= scenario.embedded.authority_level)
    given = sent * attendance(scenario) * speed
    had = float((officers * (1.0 - unit["background_load"]))[sending].sum())
    if given > (1.0 - _LEAST_LEFT) * had:
        raise InputError(
            "staff.embedded",
            scenario.staff.embedded,
            "fewer where embedded.displaced is true",
            hint=f"they give {given:.3g} hours in an hour of the shift, their units have {had:.3g}",
        )
    unit["background_load"][sending] = 1.0 - (1.0 - unit["background_load"][sending]) * (1.0 - given / had)


def set_days(scenario: Scenario, server: np.ndarray, start: int, count: int) -> None:
    """Enter in the servers from `start` on which days of the week they come."""
    server["days_per_week"][start : start + count] = scenario.embedded.days_per_week
    server["phase"][start : start + count] = (np.arange(count) * _GOLDEN) % 1.0


def days_present(scenario: Scenario, state: State, server: np.ndarray, days: int) -> np.ndarray:
    """Return which days (rows) each embedded cadre in `server` (columns) comes."""
    number = np.arange(days, dtype=float)
    open_days = np.ones(days, dtype=bool)
    week = 7.0
    if not scenario.calendar.round_the_clock:
        number = np.floor(state.worked[:days] / scenario.calendar.shift_hours + 0.5)
        open_days = state.worked[1 : days + 1] > state.worked[:days]
        week = float(scenario.calendar.working_days_per_week)
    share = server["days_per_week"] / week
    upto = [np.floor((number[:, None] + k) * share[None, :] + server["phase"][None, :]) for k in (0.0, 1.0)]
    return open_days[:, None] & (upto[1] > upto[0])
