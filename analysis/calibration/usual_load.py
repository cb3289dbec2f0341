"""The load at which a city's hazards hold: that of the instants at which its teams work.

A team's load is what its open requests ask for, closings a working day at the usual pace. It rises over
nights and weekends, when requests come and nobody works, and falls during the hours of work. Hazards are
found from closings, so they hold at the load of the hours of work; the mean is geometric, as load acts by a
power.
"""

import numpy as np

from analysis.calibration.clock import Floats, Ints, TeamClocks, hour_of_week
from analysis.calibration.known import AT_ONCE_MINUTES, KnownRequests
from sim.rules.city_team import LEAST_LOAD

#: Hours of the day at which the load is looked at.
_HOURS = (1.5, 4.5, 7.5, 10.5, 13.5, 16.5, 19.5, 22.5)


def usual_loads(
    known: KnownRequests,
    clocks: TeamClocks,
    rates: Floats,
    hazards: tuple[Floats, Floats, Floats],
    edges: Floats,
    start: int,
) -> tuple[Floats, float]:
    """Return the usual load of each team, and that of all urgent requests at the start of a day.

    Parameters
    ----------
    rates
        Of the clocks: a row a team, a column an hour of the week.
    hazards
        By category and age; the factor by category and team; the share never closed by category and team.
    edges
        Of the bins of age.
    start
        The first day that counts: the backlog of earlier ones is not all in the file.
    """
    days, teams = int(known.until) - start, len(known.teams)
    weights: Floats = np.zeros((teams, len(_HOURS), days))
    loads: Floats = np.zeros((teams, len(_HOURS), days))
    off = np.array([day - start for day in known.holidays if start <= day < known.until], dtype=np.int64)
    for number, hour in enumerate(_HOURS):
        team, day, load, _ = _standing(known, clocks, hazards, edges, start, hour / 24.0)
        loads[:, number] = np.bincount(team * days + day, load, teams * days).reshape(teams, days)
        at = hour_of_week(np.arange(start, start + days, dtype=np.float64) + hour / 24.0)
        at[off] = 6 * 24 + int(hour)
        weights[:, number] = rates[:, at]
    loads, weights = np.reshape(loads, (teams, -1)), np.reshape(weights, (teams, -1))
    weights /= weights.sum(axis=1, keepdims=True).clip(min=1e-12)
    mean = (weights * loads).sum(axis=1).clip(min=1e-3)
    usual = np.exp((weights * np.log(np.maximum(loads, LEAST_LOAD * mean[:, None]))).sum(axis=1))
    _, day, load, urgent = _standing(known, clocks, hazards, edges, start, 0.0)
    at_dawn = np.bincount(day[urgent], load[urgent], days)
    return np.asarray(usual), max(1e-3, float(at_dawn.mean()))


def _standing(
    known: KnownRequests,
    clocks: TeamClocks,
    hazards: tuple[Floats, Floats, Floats],
    edges: Floats,
    start: int,
    time_of_day: float,
) -> tuple[Ints, Ints, Floats, np.ndarray]:
    """Return team, day, load and urgency of each request on each day on which it is open at a time."""
    rate, pace, never = hazards
    begun = known.opened + AT_ONCE_MINUTES / 1440.0
    first = np.maximum(np.ceil(begun - time_of_day), start).astype(np.int64)
    last = np.ceil(np.minimum(known.left, known.until) - time_of_day).astype(np.int64)
    count = np.where(known.at_once, 0, last - first).clip(min=0)
    request = np.repeat(np.arange(len(count)), count)
    day = np.repeat(first, count) + np.arange(len(request)) - np.repeat(np.cumsum(count) - count, count)
    team, category = known.team[request], known.category[request]
    age = clocks.at(team, day + time_of_day) - clocks.at(known.team, begun)[request]
    bins = (np.searchsorted(edges, age, "right") - 1).clip(min=0)
    load = rate[category, bins] * pace[category, team]
    # Of those still open at the end some are never closed, the more the longer they have waited.
    passed = _passed(rate, edges, category, age) * pace[category, team]
    lasting = (1.0 - never[category, team]) * np.exp(-passed)
    still = ~known.is_closed[request]
    load = np.where(still, load * lasting / (never[category, team] + lasting).clip(min=1e-12), load)
    return team, day - start, load, known.urgent[category]


def _passed(rate: Floats, edges: Floats, category: Ints, age: Floats) -> Floats:
    """Return the hazard passed by an age."""
    before = np.concatenate(
        [np.zeros((len(rate), 1)), np.cumsum(rate[:, :-1] * np.diff(edges), axis=1)], axis=1
    )
    bins = (np.searchsorted(edges, age, "right") - 1).clip(min=0)
    return np.asarray(before[category, bins] + rate[category, bins] * (age - edges[bins]).clip(min=0.0))
