"""Simulation-based calibration of the direct stage: ranks of the truth among draws, over made cities. [1]_

A made city is drawn from the priors of `analysis.calibration.priors`, its requests are closed by the very
hazards, and the posterior is drawn. If the sampler is right, the rank of each true value is uniform.

References
----------
.. [1] Talts et al. (2018), Validating Bayesian inference algorithms with simulation-based calibration,
   arXiv:1804.06788.
"""

import math
from dataclasses import dataclass

import numpy as np

from analysis.calibration import priors as model
from analysis.calibration.clock import Floats, Ints, TeamClocks
from analysis.calibration.exposure import AGE_EDGES, count_exposure
from analysis.calibration.known import AT_ONCE_MINUTES, KnownRequests
from analysis.calibration.posterior import sample_posterior

_START_DAYS = AT_ONCE_MINUTES / 1440.0


@dataclass
class MadeCity:
    """A made city: the truth, and what is known of its requests at the end."""

    truth: dict[str, Floats]
    known: KnownRequests
    clocks: TeamClocks


def made_city(
    rng: np.random.Generator, categories: int = 4, teams: int = 2, weeks: int = 10, requests: int = 500
) -> MadeCity:
    """Draw a city from the priors and let its teams close their requests."""
    bins = len(AGE_EDGES)
    base = 0.5 / (0.5 + AGE_EDGES)
    shape = np.maximum(1e-9, rng.gamma(model.SHAPE_WEIGHT, base / model.SHAPE_WEIGHT))
    level_weight, step, pace_weight = (rng.choice(grid) for grid in (model.LEVEL, model.STEP, model.PACE))
    own = np.empty((categories, bins + 1))
    own[:, 0] = np.maximum(1e-9, rng.gamma(level_weight, 1.0 / level_weight, categories))
    for b in range(bins):
        between = rng.gamma(step, 1.0 / (step * own[:, b]))
        own[:, b + 1] = np.maximum(1e-9, rng.gamma(step, 1.0 / (step * between)))
    rate = shape * own[:, 1:]
    team_pace = np.maximum(1e-9, rng.gamma(model.TEAM_PACE, 1.0 / model.TEAM_PACE, teams))
    pace = np.maximum(1e-9, rng.gamma(pace_weight, 1.0 / pace_weight, (categories, teams))) * team_pace
    at_once = _shares(rng, model.AT_ONCE_WEIGHT, (categories,))
    never = _shares(rng, model.NEVER_WEIGHT, (categories, teams))
    weekly_cv = _variation(rng, teams)
    noise = np.maximum(1e-9, rng.gamma(1 / weekly_cv[:, None] ** 2, weekly_cv[:, None] ** 2, (teams, weeks)))
    due_effect = math.log(rng.gamma(model.DUE[0], 1.0 / model.DUE[1]))

    end = 7.0 * weeks
    opened = np.sort(rng.random(requests) * end)
    category = rng.integers(0, categories, requests)
    team = rng.integers(0, teams, requests)
    due = opened + np.where(rng.random(requests) < 0.7, 7.0, np.nan)
    clocks = TeamClocks(_office_clock(teams), int(end) + 60)
    closed = np.full(requests, np.nan)
    for i in range(requests):
        c, k = int(category[i]), int(team[i])
        if rng.random() < at_once[c]:
            closed[i] = opened[i] + rng.random() * _START_DAYS
        elif rng.random() >= never[c, k]:
            hazard = rate[c] * pace[c, k]
            closed[i] = _closing(
                rng.exponential(), hazard, clocks, k, opened[i] + _START_DAYS, due[i], due_effect, noise[k]
            )
    closed[~(closed < end)] = np.nan
    known = KnownRequests(
        until=end,
        opened=opened,
        closed=closed,
        due=due,
        category=category.astype(np.int64),
        team=team.astype(np.int64),
        categories=tuple(f"category {c}" for c in range(categories)),
        teams=tuple(f"team {k}" for k in range(teams)),
        part_of=np.zeros(teams, np.int64),
        departments=("all",),
        urgent=np.zeros(categories, bool),
    )
    truth = {
        "at_once": at_once,
        "never": never.ravel(),
        "rate": rate[:, ::6].ravel(),
        "hazard": (rate[:, :, None] * pace[:, None, :])[:, ::6].ravel(),
        "weekly_cv": weekly_cv,
        "due_effect": np.array([due_effect]),
    }
    return MadeCity(truth, known, clocks)


def ranks(seed: int, number: int, draws: int = 49, sweeps: int = 980) -> dict[str, Ints]:
    """Return, for one made city, how many of `draws` draws lie below each true value."""
    rng = np.random.default_rng([seed, number])
    city = made_city(rng)
    cells = count_exposure(city.known, city.clocks)
    found = sample_posterior(city.known, cells, draws, rng, discount=1.0, sweeps=sweeps, answers=False)
    drawn = {
        "at_once": found.at_once,
        "never": found.never.reshape(draws, -1),
        "rate": found.rate[:, :, ::6].reshape(draws, -1),
        "hazard": (found.rate[:, :, :, None] * found.pace[:, :, None, :])[:, :, ::6].reshape(draws, -1),
        "weekly_cv": found.weekly_cv,
        "due_effect": found.due_effect[:, None],
    }
    # Equal values, on a grid, are put in order by chance.
    return {
        name: ((drawn[name] < truth) + 0.0).sum(axis=0).astype(np.int64)
        + rng.binomial((drawn[name] == truth).sum(axis=0), rng.random(truth.shape))
        for name, truth in city.truth.items()
    }


def _shares(rng: np.random.Generator, weight: float, size: tuple[int, ...]) -> Floats:
    mean = rng.choice(model.MEANS)
    return rng.beta(weight * mean, weight * (1.0 - mean), size)


def _variation(rng: np.random.Generator, teams: int) -> Floats:
    """Draw the weekly variation of teams, around a city's."""
    city = rng.choice(model.WEEKLY_CV)
    around = np.exp(-0.5 * (np.log(city / model.WEEKLY_CV) / model.CV_SPREAD) ** 2)
    return rng.choice(model.WEEKLY_CV, teams, p=around / around.sum())


def _office_clock(teams: int) -> Floats:
    """Return clocks of five days of ten hours, with a twentieth of that speed at other times."""
    week = np.full((7, 24), 0.05)
    week[:5, 8:18] = 1.0
    return np.tile(week.ravel() / week.mean(), (teams, 1))


def _closing(
    threshold: float,
    hazard: Floats,
    clocks: TeamClocks,
    team: int,
    start: float,
    due: float,
    due_effect: float,
    noise: Floats,
) -> float:
    """Return when the cumulative hazard of a request reaches a threshold; infinite beyond the last week."""
    k = np.array([team])

    def at(time: float) -> float:
        return float(clocks.at(k, np.array([time]))[0])

    def when(reading: float) -> float:
        return float(clocks.when(k, np.array([reading]))[0])

    begun = at(start)
    due_from = when(max(0.0, at(due) - 1.0)) if due == due else math.inf
    now, b = start, 0
    while True:
        week = int(now // 7.0)
        if week >= len(noise):
            return math.inf
        edge = when(begun + AGE_EDGES[b + 1]) if b + 1 < len(AGE_EDGES) else math.inf
        then = min(edge, 7.0 * (week + 1), due_from if now < due_from else math.inf)
        speed = hazard[b] * noise[week] * (math.exp(due_effect) if now >= due_from else 1.0)
        spent = (at(then) - at(now)) * speed
        if spent >= threshold:
            return when(at(now) + threshold / speed)
        threshold -= spent
        if then == edge:
            b += 1
        now = then


def main(cities: int = 500, seed: int = 1) -> None:
    """Print, for each parameter, the ranks in ten bins and how unlikely the largest deviation is."""
    from scipy import stats

    from experiments.system.progress import progress_bar

    drawn: dict[str, list[Ints]] = {}
    with progress_bar(cities, "city") as bar:
        for number in range(cities):
            for name, found in ranks(seed, number).items():
                drawn.setdefault(name, []).append(found)
            bar.update()
    for name, rows in drawn.items():
        values = np.array(rows)
        tenths = np.minimum(9, values * 10 // 50)
        each = [stats.chisquare(np.bincount(column, minlength=10)).pvalue for column in tenths.T]
        shares = np.bincount(tenths.ravel(), minlength=10) / tenths.size
        least = min(1.0, min(each) * len(each))
        print(f"{name:12} {' '.join(f'{share:.3f}' for share in shares)}   p {least:.3f} of {len(each)}")


if __name__ == "__main__":
    main()
