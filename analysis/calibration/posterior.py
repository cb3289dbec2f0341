"""Draws from the posterior of a city's closings, by Gibbs sampling on counted cells.

The model, for request i of category c with team k at working age a in bin b, in week w:

    hazard = rate[c, b] · pace[c, k] · noise[k, w] · load[k, w]^(−gamma) · exp(due_effect) once it is due
             · (urgent requests: surge[w]^mobilisation, others: surge[w]^(−put_off))

beside a share of each category that is closed at once, and a share of the others that is never closed, by
category and team. Small categories borrow:
rate[c, b] = shape[b] · own[c, b], where own[c, ·] is a chain of gamma variables that moves little from one
age to the next [3]_, with weights that are learned. Load is what the team's open requests ask for: closings a
working day at the usual pace, against the usual; at gamma 1 a team closes as many whatever is open. Every
step draws from its full conditional, exactly or on a grid; the weekly noise is integrated out while its
spread is drawn. Loads are those of the rates at a gamma of 0, found first.

References
----------
.. [1] Gelman et al. (2013), Bayesian Data Analysis, chapters 5 and 11.
.. [2] Ibrahim & Chen (2000), Power prior distributions for regression models, Statistical Science 15, 46-60
   (older weeks count for less).
.. [3] Cemgil & Dikmen (2007), Conjugate gamma Markov random fields for modelling nonstationary sources,
   Independent Component Analysis and Signal Separation, 697-705.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from analysis.calibration.clock import Floats, Ints
from analysis.calibration.exposure import AGE_EDGES, Exposure
from analysis.calibration.known import KnownRequests

#: Each earlier week counts this much less; chosen on one city's months before those that were predicted.
WEEKLY_DISCOUNT = 0.92
#: Priors, all stated: gamma(shape, rate) or beta; a standard deviation for what is normal.
STEP = np.array([0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0])
LEVEL = np.array([0.3, 0.6, 1.2, 2.5, 5.0])
PACE = np.array([0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6])
SHAPE_WEIGHT, TEAM_PACE = 0.5, 0.5
NEVER_WEIGHT, AT_ONCE_WEIGHT = 4.0, 4.0
MEANS = (np.arange(50) + 0.5) / 50
WEEKLY_CV = np.geomspace(0.02, 1.2, 36)
#: Spread of the log of a team's weekly variation around the city's.
CV_SPREAD = 0.5
POWER = (np.arange(50) + 0.5) / 50
DUE = (4.0, 4.0)
#: The first weeks of a file lack the backlog from before it, so they say nothing of loads.
BURN_IN_WEEKS = 4
SWEEPS, WARM_UP = 400, 100
_FACTOR_STEPS = 4


@dataclass
class Posterior:
    """Draws, one a row.

    Of shares closed at once and rates by category; of shares never closed and the pace of each pair of
    category and team (1 where no request of the pair was seen); of the weekly variation by team; of the city.

    `usual_load` (teams) and `usual_urgent_load`, of all urgent requests, are closings a working day that the
    open requests ask for at the usual pace.
    """

    at_once: Floats
    never: Floats
    rate: Floats
    pace: Floats
    weekly_cv: Floats
    gamma: Floats
    mobilisation: Floats
    put_off: Floats
    due_effect: Floats
    shape: Floats
    never_mean: Floats
    usual_load: Floats
    usual_urgent_load: float


def sample_posterior(
    known: KnownRequests,
    cells: Exposure,
    draws: int,
    rng: np.random.Generator,
    discount: float = WEEKLY_DISCOUNT,
    sweeps: int = SWEEPS,
    answers: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Posterior:
    """Draw from the posterior.

    Parameters
    ----------
    known, cells
        The requests and their cells, by the same clocks.
    draws
        How many to keep, evenly among the sweeps after the warm-up; at most `sweeps`.
    discount
        Weight of a week relative to the one after it, for rates and shares.
    sweeps
        Sweeps after the warm-up.
    answers
        Whether closings may answer to load and surge; else gamma, mobilisation and put_off are 0.
    """
    chain = _Chain(known, cells, rng, discount)
    total = WARM_UP + WARM_UP + sweeps

    def told(done: int) -> None:
        if progress is not None:
            progress(done, total)

    half = WARM_UP // 2
    parts = [np.zeros_like(part, float) for part in (chain.rate, chain.pace_table(), chain.is_never)]
    for sweep in range(WARM_UP):
        chain.sweep()
        if sweep >= half:
            for part, now in zip(parts, (chain.rate, chain.pace_table(), chain.is_never), strict=True):
                part += now / (WARM_UP - half)
        told(sweep + 1)
    if answers:
        chain.measure_loads(*parts)
    keep = set(np.linspace(WARM_UP, WARM_UP + sweeps - 1, draws).round().astype(int).tolist())
    kept: list[dict[str, object]] = []
    for sweep in range(WARM_UP + sweeps):
        chain.sweep()
        if sweep in keep:
            kept.append(chain.snapshot())
        told(WARM_UP + sweep + 1)
    stacked = {name: np.array([one[name] for one in kept]) for name in kept[0]}
    return Posterior(**stacked, usual_load=chain.usual_load, usual_urgent_load=chain.usual_urgent)


class _Chain:
    """The state of the sampler and one method a conditional."""

    def __init__(
        self, known: KnownRequests, cells: Exposure, rng: np.random.Generator, discount: float
    ) -> None:
        self.known, self.cells, self.rng = known, cells, rng
        self.categories, self.teams, self.bins = len(known.categories), len(known.teams), len(AGE_EDGES)
        weeks = cells.weeks
        later = ~known.at_once
        self.pairs = np.unique(known.category[later] * self.teams + known.team[later])
        self.cell_pair = np.searchsorted(self.pairs, cells.category * self.teams + cells.team)
        self.open_pair = np.searchsorted(self.pairs, cells.open_category * self.teams + cells.open_team)
        self.cell_rate = cells.category * self.bins + cells.age
        self.team_week = cells.team * weeks + cells.week
        self.is_urgent = known.urgent[cells.category]
        self.weight = discount ** (weeks - 1 - cells.week)
        self.closings = np.bincount(
            self.cell_rate, self.weight * cells.closings, self.categories * self.bins
        ).reshape(self.categories, self.bins)
        by_week = np.bincount(self.team_week, cells.closings, self.teams * weeks)
        self.closings_by_week = by_week.reshape(self.teams, weeks)
        first = np.full(self.teams, weeks)
        np.minimum.at(first, cells.team, cells.week)
        self.counts = np.arange(weeks) >= np.maximum(first, 0)[:, None]
        self._count_at_once(discount)

        self.shape_prior = 0.5 / (0.5 + AGE_EDGES)  # about once a day at first, then as one over the age
        self.shape = self.shape_prior.copy()
        self.own = np.ones((self.categories, self.bins + 1))  # the first is the level it starts from
        self.step_weight, self.level_weight, self.pace_weight = 4.0, 1.2, 3.2
        self.pair_closings = np.bincount(self.cell_pair, self.weight * cells.closings, len(self.pairs))
        self.pace = np.ones(len(self.pairs))
        self.team_pace = np.ones(self.teams)
        self.of_team = self.pairs % self.teams
        self.of_category = self.pairs // self.teams
        self.never = np.full(len(self.pairs), 0.1)
        self.never_mean = 0.1
        self.is_never = np.zeros(len(cells.open_category), bool)
        self.at_once_mean = 0.2
        self.at_once = np.full(self.categories, 0.2)
        self.noise = np.ones((self.teams, weeks))
        self.weekly_cv = np.full(self.teams, 0.2)
        self.city_cv = 0.2
        self.gamma = self.mobilisation = self.put_off = 0.0
        self.due_effect = 0.0
        self.usual_load = np.ones(self.teams)
        self.usual_urgent = 1.0
        self.log_load = np.zeros((self.teams, weeks))
        self.log_surge = np.zeros(weeks)
        self.settled = np.zeros((self.teams, weeks), bool)

    def _count_at_once(self, discount: float) -> None:
        known = self.known
        weight = discount ** ((known.until - known.opened) // 7.0)
        once = known.at_once
        self.once = np.bincount(known.category, weight * once, self.categories)
        self.not_once = np.bincount(known.category, weight * ~once, self.categories)
        pair = np.searchsorted(self.pairs, known.category[~once] * self.teams + known.team[~once])
        self.pair_not_once = np.bincount(pair, weight[~once], len(self.pairs))
        self.open_weight = discount ** ((known.until - self.cells.open_opened) // 7.0)

    # --- one sweep --------------------------------------------------------------------------------

    def sweep(self) -> None:
        """Draw every part from its conditional, once."""
        self._draw_never()
        self._draw_rates()
        self._draw_noise()
        self._exchange_scales()
        if self.settled.any():
            self._draw_powers()
        self._draw_due_effect()
        self._draw_at_once()

    def snapshot(self) -> dict[str, object]:
        """Return the present state as one draw."""
        return {
            "at_once": self.at_once.copy(),
            "never": self._never_table(),
            "rate": self.rate,
            "pace": self.pace_table(),
            "weekly_cv": self.weekly_cv.copy(),
            "gamma": self.gamma,
            "mobilisation": self.mobilisation,
            "put_off": self.put_off,
            "due_effect": self.due_effect,
            "shape": self.shape.copy(),
            "never_mean": self.never_mean,
        }

    @property
    def rate(self) -> Floats:
        """Hazard by category and age at usual load, a working day."""
        return self.shape * self.own[:, 1:]

    def _never_table(self) -> Floats:
        table = np.full(self.categories * self.teams, self.never_mean)
        table[self.pairs] = self.never
        return table.reshape(self.categories, self.teams)

    def pace_table(self) -> Floats:
        table = np.tile(self.team_pace, self.categories)
        table[self.pairs] *= self.pace
        return table.reshape(self.categories, self.teams)

    @property
    def cell_hazard(self) -> Floats:
        """Hazard of each cell at usual load, without noise, before it is due."""
        return self.rate.reshape(-1)[self.cell_rate] * self._pair_pace()[self.cell_pair]

    def _pair_pace(self) -> Floats:
        return self.pace * self.team_pace[self.of_team]

    # --- factors ----------------------------------------------------------------------------------

    def _at_risk(self) -> Floats:
        """Time at risk by cell: of all that were closed, and of the open ones that will be."""
        cells = self.cells
        live = ~self.is_never[cells.open_request]
        return cells.at_risk + np.bincount(
            cells.open_cell[live], cells.open_at_risk[live], len(cells.at_risk)
        )

    def measure_loads(self, rate: Floats, pace: Floats, never: Floats) -> None:
        """Set each team's load and the surge of urgent requests in each week.

        Both are taken as the week begins: within the week they are an effect of its closings as well.

        Parameters
        ----------
        rate, pace
            Hazard by category and age, and the factor by category and team.
        never
            Probability of each request still open that it will never be closed.
        """
        cells, weeks = self.cells, self.cells.weeks
        hazard = rate[cells.standing_category, cells.standing_age]
        hazard *= pace[cells.standing_category, cells.standing_team]
        still = cells.standing_request >= 0
        hazard[still] *= 1.0 - never[cells.standing_request[still]]
        load = np.bincount(cells.standing_team * weeks + cells.standing_week, hazard, self.teams * weeks)
        loads = load.reshape(self.teams, weeks)
        settled = np.arange(weeks) >= min(BURN_IN_WEEKS, weeks - 1)
        self.usual_load = np.maximum(1e-3, loads[:, settled].mean(axis=1))
        least = (
            self.usual_load[:, None] / 20.0
        )  # an empty desk says nothing of how fast a full one is cleared
        self.log_load = np.log(np.maximum(loads, least) / self.usual_load[:, None])
        self.settled = settled & (loads > least)
        urgent = self.known.urgent[cells.standing_category]
        surge = np.bincount(cells.standing_week[urgent], hazard[urgent], weeks)
        self.usual_urgent = max(1e-3, float(surge[settled].mean()))
        self.log_surge = np.log(np.maximum(1.0, surge / self.usual_urgent))

    def _city_factor(self) -> Floats:
        """Load and surge as a factor of each cell."""
        load = -self.gamma * self.log_load.reshape(-1)[self.team_week]
        power = np.where(self.is_urgent, self.mobilisation, -self.put_off)
        return np.exp(load + power * self.log_surge[self.cells.week])

    def _due_factor(self) -> Floats:
        return np.where(self.cells.due, np.exp(self.due_effect), 1.0)

    # --- conditionals -----------------------------------------------------------------------------

    def _draw_never(self) -> None:
        """Draw which of the open requests are never closed, then the shares."""
        cells = self.cells
        hazard = (
            self.cell_hazard
            * self.noise.reshape(-1)[self.team_week]
            * self._city_factor()
            * self._due_factor()
        )
        total = np.bincount(
            cells.open_request, cells.open_at_risk * hazard[cells.open_cell], len(cells.open_category)
        )
        share = self.never[self.open_pair]
        lost = share / (share + (1.0 - share) * np.exp(-total))
        self.is_never = self.rng.random(len(lost)) < lost
        never = np.bincount(self.open_pair[self.is_never], self.open_weight[self.is_never], len(self.pairs))
        self.never_mean, never = self._shares(
            np.minimum(never, self.pair_not_once), self.pair_not_once, NEVER_WEIGHT
        )
        self.never = np.clip(never, 1e-9, 1.0 - 1e-9)

    def _draw_rates(self) -> None:
        """Draw the rates by category and age: own, level of the category, shape of all, then the weights."""
        rng, d = self.rng, self.closings
        at_risk = self.weight * self.noise.reshape(-1)[self.team_week] * self._at_risk()
        at_risk *= self._city_factor() * self._due_factor()
        of_pair = np.bincount(
            self.cell_pair, self.rate.reshape(-1)[self.cell_rate] * at_risk, len(self.pairs)
        ).astype(float)
        closings = np.bincount(self.of_team, self.pair_closings, self.teams)
        expected = np.bincount(self.of_team, self.pace * of_pair, self.teams)
        self.team_pace = rng.gamma(TEAM_PACE + closings) / (TEAM_PACE + expected)
        of_pair *= self.team_pace[self.of_team]
        self.pace = rng.gamma(self.pace_weight + self.pair_closings) / (self.pace_weight + of_pair)
        self.pace = np.maximum(self.pace, 1e-9)
        self.pace_weight = self._weight_of(PACE, self.pace)
        time = np.bincount(
            self.cell_rate, self._pair_pace()[self.cell_pair] * at_risk, self.categories * self.bins
        ).reshape(d.shape)
        self._draw_chain(d, self.shape * time)
        part = (self.own[:, 1:] * time).sum(axis=0)
        self.shape = rng.gamma(SHAPE_WEIGHT + d.sum(axis=0)) / (SHAPE_WEIGHT / self.shape_prior + part)
        self.shape = np.maximum(self.shape, 1e-9)

    def _draw_chain(self, closings: Floats, expected: Floats) -> None:
        """Draw each category's chain along the ages, given what is expected at 1, and its weights."""
        rng, a = self.rng, self.step_weight
        between = rng.gamma(2.0 * a, size=closings.shape) / (a * (self.own[:, :-1] + self.own[:, 1:]))
        w = self.level_weight
        self.own[:, 0] = rng.gamma(w + a, size=len(closings)) / (w + a * between[:, 0])
        after = np.zeros_like(between)
        after[:, :-1] = between[:, 1:]
        weight = np.where(after > 0.0, 2.0 * a, a) + closings
        self.own[:, 1:] = rng.gamma(weight) / (a * (between + after) + expected)
        self.own = np.maximum(self.own, 1e-9)
        logs = float(np.log(self.own[:, :-1]).sum() + np.log(self.own[:, 1:]).sum())
        logs += 2.0 * float(np.log(between).sum())
        product = float((between * (self.own[:, :-1] + self.own[:, 1:])).sum())
        score = 2.0 * between.size * (STEP * np.log(STEP) - gammaln(STEP)) + STEP * (logs - product)
        self.step_weight = float(STEP[self._pick(score)])
        self.level_weight = self._weight_of(LEVEL, self.own[:, 0])

    def _exchange_scales(self) -> None:
        """Move common factors between parts of the product, which the data cannot tell apart.

        The hazards stay as they are, so only the priors decide; without these moves the chain is slow.
        """
        w, p = self.level_weight, self.pace_weight
        start = self.own[:, 0]
        shape_rate = float((SHAPE_WEIGHT / self.shape_prior * self.shape).sum())
        size = float(self.bins) * SHAPE_WEIGHT
        f = self._factor(size, shape_rate, w * len(start), w * start.sum())
        self.shape, self.own = self.shape * f, self.own / f
        pairs = np.bincount(self.of_category, minlength=self.categories).astype(float)
        paces = np.bincount(self.of_category, self.pace, self.categories).astype(float)
        f = self._factor(w, w * self.own[:, 0], p * pairs, p * paces)
        self.own, self.pace = self.own * f[:, None], self.pace / f[self.of_category]
        pairs = np.bincount(self.of_team, minlength=self.teams).astype(float)
        paces = np.bincount(self.of_team, self.pace, self.teams).astype(float)
        f = self._factor(TEAM_PACE, TEAM_PACE * self.team_pace, p * pairs, p * paces)
        self.team_pace, self.pace = self.team_pace * f, self.pace / f[self.of_team]
        k = 1.0 / self.weekly_cv**2
        f = self._factor(
            TEAM_PACE, TEAM_PACE * self.team_pace, k * self.noise.shape[1], k * self.noise.sum(axis=1)
        )
        self.team_pace, self.noise = self.team_pace * f, self.noise / f[:, None]
        f = self._factor(
            w * self.categories,
            w * self.own[:, 0].sum(),
            TEAM_PACE * self.teams,
            TEAM_PACE * self.team_pace.sum(),
        )
        self.own, self.team_pace = self.own * f, self.team_pace / f

    def _factor(
        self,
        shape: Floats | float,
        rate: Floats | float,
        shape_down: Floats | float,
        rate_down: Floats | float,
    ) -> Floats:
        """Draw factors f by which gamma variables of one part grow and those of another shrink.

        Their density is f^(shape − shape_down − 1) · exp(−rate·f − rate_down/f); a few Metropolis steps on
        its log scale, for all factors side by side.
        """
        a, b, c, d = np.broadcast_arrays(
            *(np.asarray(x, float) for x in (shape, rate, shape_down, rate_down))
        )
        at = np.zeros(a.shape)
        width = 2.0 / np.sqrt(b + d + 1e-9)
        score = -(b + d)
        for _ in range(_FACTOR_STEPS):
            to = at + np.minimum(width, 3.0) * self.rng.normal(size=a.shape)
            new = (a - c) * to - b * np.exp(to) - d * np.exp(-to)
            moves = np.log(self.rng.random(a.shape)) < new - score
            at, score = np.where(moves, to, at), np.where(moves, new, score)
        return np.exp(at)

    def _weight_of(self, grid: Floats, values: Floats) -> float:
        """Draw the weight of gamma variables with mean 1, on a grid."""
        logs, total, count = float(np.log(values).sum()), float(values.sum()), values.size
        score = count * (grid * np.log(grid) - gammaln(grid)) + (grid - 1.0) * logs - grid * total
        return float(grid[self._pick(score)])

    def _pick(self, score: Floats) -> int:
        chance = np.exp(score - score.max())
        return int(np.searchsorted(np.cumsum(chance), self.rng.random() * chance.sum()))

    def _expected(self) -> Floats:
        """Closings by team and week to be expected without noise and without city-wide factors, by cell."""
        return self.cell_hazard * self._at_risk() * self._due_factor()

    def _draw_noise(self) -> None:
        """Draw each team's weekly variation (its noise integrated out), the city's, then the noise."""
        expected = np.bincount(
            self.team_week, self._expected() * self._city_factor(), self.teams * self.cells.weeks
        ).reshape(self.teams, -1)
        d = self.closings_by_week
        inverse = 1.0 / WEEKLY_CV**2
        score = np.zeros((self.teams, len(WEEKLY_CV)))
        for j, k in enumerate(inverse):  # negative binomial, the constant in d left out
            terms = gammaln(k + d) - gammaln(k) + k * np.log(k) - (k + d) * np.log(k + expected)
            score[:, j] = (terms * self.counts).sum(axis=1)
        around = -0.5 * (np.log(WEEKLY_CV[:, None] / WEEKLY_CV) / CV_SPREAD) ** 2  # city, team
        weigh = np.exp(around - around.max(axis=1, keepdims=True))
        around = np.log(weigh / weigh.sum(axis=1, keepdims=True))
        together = np.zeros(len(WEEKLY_CV))
        for row in score:
            joint = row + around
            top = joint.max(axis=1)
            together += top + np.log(np.exp(joint - top[:, None]).sum(axis=1))
        city = self._pick(together)
        self.city_cv = float(WEEKLY_CV[city])
        for team, row in enumerate(score):
            self.weekly_cv[team] = WEEKLY_CV[self._pick(row + around[city])]
        k = 1.0 / self.weekly_cv[:, None] ** 2
        self.noise = np.maximum(1e-9, self.rng.gamma(k + d) / (k + expected))

    def _draw_powers(self) -> None:
        """Draw gamma, then mobilisation and put-off, on grids with flat priors from 0 to 1."""
        base = self._expected() * self.noise.reshape(-1)[self.team_week]
        cells = self.cells
        count = self.settled.reshape(-1)[self.team_week]
        power = np.where(self.is_urgent, self.mobilisation, -self.put_off)
        surge = np.exp(power * self.log_surge[cells.week])
        self.gamma = self._power_of(-self.log_load.reshape(-1), self.team_week, base * surge, count)
        load = np.exp(-self.gamma * self.log_load.reshape(-1)[self.team_week])
        for urgent in (True, False):
            mine = count & (self.is_urgent == urgent)
            sign = 1.0 if urgent else -1.0
            value = self._power_of(sign * self.log_surge, cells.week, base * load, mine)
            if urgent:
                self.mobilisation = value
            else:
                self.put_off = value

    def _power_of(self, log_factor: Floats, group: Ints, expected: Floats, count: np.ndarray) -> float:
        """Draw the power p of exp(p · log_factor), by group, from its Poisson likelihood."""
        size = len(log_factor)
        d = np.bincount(group[count], self.cells.closings[count], size)
        m = np.bincount(group[count], expected[count], size)
        score = POWER * float(d @ log_factor) - np.exp(POWER[:, None] * log_factor) @ m
        return float(POWER[self._pick(score)])

    def _draw_due_effect(self) -> None:
        """Draw by how much the hazard of what is due differs: exp(due_effect) has a gamma prior."""
        due = self.cells.due
        expected = (
            self.cell_hazard[due]
            * self._at_risk()[due]
            * self.noise.reshape(-1)[self.team_week[due]]
            * self._city_factor()[due]
        ).sum()
        closings = self.cells.closings[due].sum()
        self.due_effect = float(np.log(self.rng.gamma(DUE[0] + closings) / (DUE[1] + expected)))

    def _draw_at_once(self) -> None:
        """Draw the share closed at once by category, around a mean of all."""
        n = self.once + self.not_once
        self.at_once_mean, self.at_once = self._shares(self.once, n, AT_ONCE_WEIGHT)

    def _shares(self, k: Floats, n: Floats, weight: float) -> tuple[float, Floats]:
        """Draw the mean of shares from counts k of n, on a grid, then the shares."""
        a, b = weight * MEANS, weight * (1.0 - MEANS)
        score = (
            gammaln(a + k[:, None])
            + gammaln(b + (n - k)[:, None])
            - gammaln(a)
            - gammaln(b)
            - gammaln(weight + n)[:, None]
        ).sum(axis=0)
        mean = float(MEANS[self._pick(score)])
        return mean, self.rng.beta(weight * mean + k, weight * (1.0 - mean) + n - k)
