"""A small city by the plainest means: steps of three hours, no engine. What calibration is tried on.

Teams work at the same pace on all days. At each step every open request that will be closed some day is
closed with the probability that its hazard gives; the hazard is multiplied by the responses of the model.
"""

from dataclasses import dataclass

import numpy as np

from analysis.calibration.closing_response import Window
from analysis.calibration.pace import Pace

STEP = 0.125
TEAMS, CATEGORIES = 4, 8
EDGES = np.array([0.0, 1.0, 3.0, 7.0, 15.0])


@dataclass(frozen=True)
class Truth:
    gamma: float = 0.0
    weekly_cv: float = 0.0
    mobilisation: float = 0.0
    put_off: float = 0.0
    due_effect: float = 0.0


def pace_of(days: int) -> Pace:
    hazard = np.outer(np.linspace(0.15, 0.6, CATEGORIES), [1.3, 1.0, 0.8, 0.6, 0.5])
    working = np.tile(np.arange(days + 1.0), (TEAMS, 1))
    return Pace(EDGES, hazard, np.full(CATEGORIES, 0.05), working, 0.0)


def simulated(truth: Truth, luck: np.random.Generator, days: int = 120, burn_in: int = 28) -> Window:
    """Run a city from empty; the first four weeks only fill it."""
    pace = pace_of(days)
    # Busy and calm weeks, some with many urgent requests: without them no load would tell anything.
    surge = np.repeat(luck.gamma(4.0, 0.25, (days // 7 + 1, CATEGORIES)), 7, axis=0)[:days]
    counts = luck.poisson(6.0 * surge)
    day, category = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
    opened = day + luck.random(len(day))
    team, urgent = category % TEAMS, category < 2
    due = np.where(luck.random(len(day)) < 0.7, opened + luck.choice([2.0, 5.0], len(day)), np.nan)
    lasting = luck.random(len(day)) >= pace.never[category]
    closed = np.full(len(day), np.inf)
    weeks = np.ones((TEAMS, days // 7 + 1))
    if truth.weekly_cv > 0.0:
        weeks = luck.gamma(1.0 / truth.weekly_cv**2, truth.weekly_cv**2, weeks.shape)
    per_day = np.bincount(category, minlength=CATEGORIES) / days
    # At rest as many are asked for a day as come and are closed some day.
    usual = np.bincount(np.arange(CATEGORIES) % TEAMS, per_day * 0.95, TEAMS)
    usual_urgent = float(per_day[:2].sum() * 0.95)
    alarm = 1.0
    for step in range(int(days / STEP)):
        now = step * STEP
        here = np.flatnonzero((opened < now) & (closed > now) & lasting)
        if not len(here):
            continue
        k, c, is_urgent = team[here], category[here], urgent[here]
        bins = np.searchsorted(EDGES, now - opened[here], "right") - 1
        rate = pace.hazard[c, bins]
        load = (np.bincount(k, rate, TEAMS) / usual).clip(min=0.05)
        if now == int(now):
            alarm = max(1.0, rate[is_urgent].sum() / usual_urgent)
        rate = rate * weeks[k, int(now) // 7] * load[k] ** -truth.gamma
        rate *= np.where(is_urgent, alarm**truth.mobilisation, alarm**-truth.put_off)
        rate *= np.where(now >= due[here] - 1.0, np.exp(truth.due_effect), 1.0)
        done = here[luck.random(len(here)) < -np.expm1(-rate * STEP)]
        closed[done] = now + STEP * luck.random(len(done))
    return Window(opened, closed, due, team, category, urgent, burn_in, days)
