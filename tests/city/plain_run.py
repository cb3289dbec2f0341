"""A city run by the plainest means, hour by hour: stands in for the engine where its speed is not needed.

The same signature as `sim.city_run.run_city`. A request's luck is keyed by its row, so that runs share it.
"""

from datetime import timedelta

import numpy as np

from sim.city.draw import CityDraw, CityRequests
from sim.rules.city_team import LEAST_LOAD

STEP = 1.0 / 24.0


def plain_run(
    city: CityDraw, requests: CityRequests, days: float, seed: int = 1, replication: int = 0
) -> np.ndarray:
    """Return when each request is closed, NaN if it is not."""
    n, rows = len(requests.opened), int(requests.row.max(initial=0)) + 1
    luck = np.random.Generator(np.random.Philox(key=[seed, replication])).random((4, rows))[:, requests.row]
    goal = -np.log1p(-luck[0])  # closed when its cumulative hazard reaches this
    c = requests.category
    team = city.team_shares[c].argmax(axis=1)
    closed = np.full(n, np.nan)
    backlog = requests.opened < requests.origin
    at_once = (luck[1] < city.at_once[c]) & ~backlog
    tenths = np.arange(city.at_once_delay.shape[1]) / (city.at_once_delay.shape[1] - 1)
    delay = [np.interp(u, tenths, city.at_once_delay[row]) for u, row in zip(luck[2], c, strict=True)]
    closed[at_once] = requests.opened[at_once] + np.array(delay)[at_once] / 1440.0
    lasting = luck[3] >= city.never[c, team]
    begun = requests.opened + city.at_once_minutes / 1440.0
    age, passed = np.zeros(n), np.zeros(n)
    first = int(np.floor(requests.opened.min(initial=requests.origin))) if n else 0
    weeks = int(days // 7) + 2
    noise = np.ones((len(city.teams), weeks))
    for k, cv in enumerate(city.weekly_cv):
        if cv > 0.0:
            week_luck = np.random.Generator(np.random.Philox(key=[seed + 1, replication * 1000 + k]))
            noise[k] = week_luck.gamma(1.0 / cv**2, cv**2, weeks)
    for step in range(int(first / STEP), int(np.ceil(days / STEP))):
        now = step * STEP
        here = np.flatnonzero((begun <= now) & np.isnan(closed) & lasting)
        if not len(here):
            continue
        day = requests.start + timedelta(days=int(np.floor(now + 1e-9)))
        weekday = 6 if day in city.holidays else day.weekday()
        hour = weekday * 24 + round((now % 1.0) * 24.0) % 24
        k = team[here]
        pace = city.clock[k, hour] * STEP
        rate = city.hazard[c[here], np.searchsorted(city.age_edges, age[here], "right") - 1]
        rate = rate * city.pace[c[here], k] * city.weight[c[here]]
        age[here] += pace
        if now < requests.origin:
            continue  # the backlog only ages; what it went through is known
        load = (np.bincount(k, rate, len(city.teams)) / city.usual_load).clip(min=LEAST_LOAD)
        speed = (load / city.staff_ratio) ** -city.gamma
        rate = rate * speed[k] * noise[k, int(now // 7)]
        passed[here] += rate * pace
        done = here[passed[here] >= goal[here]]
        closed[done] = now + STEP
    return closed
