"""The sampler of a city's hazards: its state, and one method a conditional."""

import numpy as np
from scipy.special import gammaln

from analysis.calibration.clock import Floats, Ints
from analysis.calibration.exposure import AGE_EDGES, Exposure
from analysis.calibration.known import KnownRequests
from analysis.calibration.never_or_late import move_never_or_late
from analysis.calibration.priors import (
    AT_ONCE_WEIGHT,
    CV_SPREAD,
    DUE,
    LEVEL,
    NEVER_WEIGHT,
    PACE,
    SHAPE_WEIGHT,
    STEP,
    TEAM_PACE,
    WEEKLY_CV,
    common_factors,
    drawn_shares,
    pick,
    power_drawn,
    weight_of,
)
from sim.rules.city_team import LEAST_LOAD

#: The first weeks of a file lack the backlog from before it, so they say nothing of loads.
BURN_IN_WEEKS = 4
_INVERSE = 1.0 / WEEKLY_CV**2


def _log_chances_around() -> Floats:
    """Return the log chance of a team's variation, given the city's. Axes: city, team."""
    chance = np.exp(-0.5 * (np.log(WEEKLY_CV[:, None] / WEEKLY_CV) / CV_SPREAD) ** 2)
    return np.log(chance / chance.sum(axis=1, keepdims=True))


_AROUND = _log_chances_around()


class Chain:
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
        self.week = cells.week
        self.team_week = cells.team * weeks + self.week
        self.team_day = cells.team * cells.days + cells.day
        self.is_urgent = known.urgent[cells.category]
        self.weight: Floats = np.power(discount, weeks - 1.0 - self.week)
        self.closings = np.bincount(
            self.cell_rate, self.weight * cells.closings, self.categories * self.bins
        ).reshape(self.categories, self.bins)
        by_week = np.bincount(self.team_week, cells.closings, self.teams * weeks)
        self.closings_by_week = by_week.reshape(self.teams, weeks)
        first = np.full(self.teams, weeks)
        np.minimum.at(first, cells.team, self.week)
        self.counts = np.arange(weeks) >= np.maximum(first, 0)[:, None]
        # Negative binomial on the grid of variations: what depends on the counts alone. Axes: variation,
        # team, week.
        k, d = _INVERSE[:, None, None], self.closings_by_week
        self.noise_constants = ((gammaln(k + d) - gammaln(k) + k * np.log(k)) * self.counts).sum(axis=2)
        self.noise_weights = (k + d) * self.counts
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
        self._set_never(np.zeros(len(cells.open_category), bool))
        #: Closings that each open request was to be expected to have had by now, were it ever closed.
        self.asked = np.zeros(len(cells.open_category))
        self.at_once_mean = 0.2
        self.at_once = np.full(self.categories, 0.2)
        self.noise = np.ones((self.teams, weeks))
        self.weekly_cv = np.full(self.teams, 0.2)
        self.city_cv = 0.2
        self.gamma = self.mobilisation = self.put_off = 0.0
        self.due_effect = 0.0
        self.log_load = np.zeros((self.teams, cells.days))
        self.log_surge = np.zeros(cells.days)
        self.settled = np.zeros((self.teams, cells.days), bool)
        self._loads_measured = 0
        self._kept_factor: tuple[tuple[float, ...], Floats] | None = None

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

    def sweep(self, powers: bool) -> None:
        """Draw every part from its conditional, once; the answers to load and surge only if asked for."""
        self._draw_never()
        self._draw_rates()
        self._draw_noise()
        self._exchange_scales()
        if powers:
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

    def cell_hazard_now(self) -> Floats:
        """Return the hazard of each cell with noise, load, surge and what is due."""
        hazard = self.cell_hazard * self.noise.reshape(-1)[self.team_week]
        return hazard * self._city_factor() * self._due_factor()

    def _pair_pace(self) -> Floats:
        return self.pace * self.team_pace[self.of_team]

    # --- factors ----------------------------------------------------------------------------------

    def _set_never(self, is_never: np.ndarray) -> None:
        """Say which open requests are never closed; with it, the time at risk by cell of all the others."""
        cells = self.cells
        self.is_never = is_never
        live = ~is_never[cells.open_request]
        self.at_risk = cells.at_risk + np.bincount(
            cells.open_cell[live], cells.open_at_risk[live], len(cells.at_risk)
        )

    def measure_loads(self, plain: bool = False) -> None:
        """Set each team's load and the surge of urgent requests on each day, at the present rates.

        Both are taken as the day begins: within the day they are an effect of its closings as well. Taken
        once a week they would be too far from what a team sees, and its answer would seem weaker than it is.

        Parameters
        ----------
        plain
            Whether every open request counts alike, whatever the rates.
        """
        cells, days = self.cells, self.cells.days
        if plain:
            hazard = np.ones(len(cells.standing_category))
        else:
            hazard = self.rate[cells.standing_category, cells.standing_age]
            hazard *= self.pace_table()[cells.standing_category, cells.standing_team]
        still = cells.standing_request >= 0
        hazard[still] *= ~self.is_never[cells.standing_request[still]]
        load = np.bincount(cells.standing_team * days + cells.standing_day, hazard, self.teams * days)
        loads = load.reshape(self.teams, days)
        settled = np.arange(days) >= min(7 * BURN_IN_WEEKS, days - 7)
        # An empty desk says nothing of how fast a full one is cleared.
        least = LEAST_LOAD * np.maximum(1e-3, loads[:, settled].mean(axis=1))[:, None]
        logs = np.log(np.maximum(loads, least))
        self.log_load = logs - logs[:, settled].mean(axis=1)[:, None]
        self.settled = settled & (loads > least)
        urgent = self.known.urgent[cells.standing_category]
        surge = np.bincount(cells.standing_day[urgent], hazard[urgent], days)
        self.log_surge = np.log(np.maximum(1.0, surge / max(1e-3, float(surge[settled].mean()))))
        self._loads_measured += 1

    def _city_factor(self) -> Floats:
        """Load and surge as a factor of each cell; kept, as several conditionals ask for the same."""
        key = (self.gamma, self.mobilisation, self.put_off, self._loads_measured)
        if self._kept_factor is None or self._kept_factor[0] != key:
            self._kept_factor = key, self._city_factor_now()
        return self._kept_factor[1]

    def _city_factor_now(self) -> Floats:
        load = -self.gamma * self.log_load.reshape(-1)[self.team_day]
        power = np.where(self.is_urgent, self.mobilisation, -self.put_off)
        return np.exp(load + power * self.log_surge[self.cells.day])

    def _due_factor(self) -> Floats:
        return np.where(self.cells.due, np.exp(self.due_effect), 1.0)

    # --- conditionals -----------------------------------------------------------------------------

    def _draw_never(self) -> None:
        """Draw which of the open requests are never closed, then the shares."""
        move_never_or_late(self)
        share = self.never[self.open_pair]
        lost = share / (share + (1.0 - share) * np.exp(-self.asked))
        self._set_never(self.rng.random(len(lost)) < lost)
        never = np.bincount(self.open_pair[self.is_never], self.open_weight[self.is_never], len(self.pairs))
        self.never_mean, never = drawn_shares(
            self.rng, np.minimum(never, self.pair_not_once), self.pair_not_once, NEVER_WEIGHT
        )
        self.never = np.clip(never, 1e-9, 1.0 - 1e-9)

    def _draw_rates(self) -> None:
        """Draw the rates by category and age: own, level of the category, shape of all, then the weights."""
        rng, d = self.rng, self.closings
        at_risk = self.weight * self.noise.reshape(-1)[self.team_week] * self.at_risk
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
        self.pace_weight = weight_of(self.rng, PACE, self.pace)
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
        self.step_weight = float(STEP[pick(self.rng, score)])
        self.level_weight = weight_of(self.rng, LEVEL, self.own[:, 0])

    def _exchange_scales(self) -> None:
        """Move common factors between parts of the product, which the data cannot tell apart.

        The hazards stay as they are, so only the priors decide; without these moves the chain is slow.
        """
        w, p = self.level_weight, self.pace_weight
        start = self.own[:, 0]
        shape_rate = float((SHAPE_WEIGHT / self.shape_prior * self.shape).sum())
        size = float(self.bins) * SHAPE_WEIGHT
        f = common_factors(self.rng, size, shape_rate, w * len(start), w * start.sum())
        self.shape, self.own = self.shape * f, self.own / f
        pairs = np.bincount(self.of_category, minlength=self.categories).astype(float)
        paces = np.bincount(self.of_category, self.pace, self.categories).astype(float)
        f = common_factors(self.rng, w, w * self.own[:, 0], p * pairs, p * paces)
        self.own, self.pace = self.own * f[:, None], self.pace / f[self.of_category]
        pairs = np.bincount(self.of_team, minlength=self.teams).astype(float)
        paces = np.bincount(self.of_team, self.pace, self.teams).astype(float)
        f = common_factors(self.rng, TEAM_PACE, TEAM_PACE * self.team_pace, p * pairs, p * paces)
        self.team_pace, self.pace = self.team_pace * f, self.pace / f[self.of_team]
        k = 1.0 / self.weekly_cv**2
        f = common_factors(
            self.rng,
            TEAM_PACE,
            TEAM_PACE * self.team_pace,
            k * self.noise.shape[1],
            k * self.noise.sum(axis=1),
        )
        self.team_pace, self.noise = self.team_pace * f, self.noise / f[:, None]
        f = common_factors(
            self.rng,
            w * self.categories,
            w * self.own[:, 0].sum(),
            TEAM_PACE * self.teams,
            TEAM_PACE * self.team_pace.sum(),
        )
        self.own, self.team_pace = self.own * f, self.team_pace / f

    def log_likelihood(self) -> float:
        """Return the log likelihood of closings and time at risk, up to a constant."""
        hazard = self.cell_hazard_now()
        return float(self.cells.closings @ np.log(np.maximum(hazard, 1e-300)) - hazard @ self.at_risk)

    def _expected(self) -> Floats:
        """Closings by team and week to be expected without noise and without city-wide factors, by cell."""
        return self.cell_hazard * self.at_risk * self._due_factor()

    def _draw_noise(self) -> None:
        """Draw each team's weekly variation (its noise integrated out), the city's, then the noise."""
        expected = np.bincount(
            self.team_week, self._expected() * self._city_factor(), self.teams * self.cells.weeks
        ).reshape(self.teams, -1)
        d = self.closings_by_week
        k = _INVERSE[:, None, None]
        seen = (self.noise_weights * np.log(k + expected)).sum(axis=2)
        score = (self.noise_constants - seen).T
        joint = score[:, None, :] + _AROUND
        top = joint.max(axis=2)
        together = (top + np.log(np.exp(joint - top[:, :, None]).sum(axis=2))).sum(axis=0)
        city = pick(self.rng, together)
        self.city_cv = float(WEEKLY_CV[city])
        for team, row in enumerate(score):
            self.weekly_cv[team] = WEEKLY_CV[pick(self.rng, row + _AROUND[city])]
        k = 1.0 / self.weekly_cv[:, None] ** 2
        self.noise = np.maximum(1e-9, self.rng.gamma(k + d) / (k + expected))

    def _draw_powers(self) -> None:
        """Draw gamma, then mobilisation and put-off, on grids with flat priors from 0 to 1."""
        base = self._expected() * self.noise.reshape(-1)[self.team_week]
        cells = self.cells
        count = self.settled.reshape(-1)[self.team_day]
        power = np.where(self.is_urgent, self.mobilisation, -self.put_off)
        surge = np.exp(power * self.log_surge[cells.day])
        self.gamma = self._power_of(-self.log_load.reshape(-1), self.team_day, base * surge, count)
        load = np.exp(-self.gamma * self.log_load.reshape(-1)[self.team_day])
        for urgent in (True, False):
            mine = count & (self.is_urgent == urgent)
            sign = 1.0 if urgent else -1.0
            value = self._power_of(sign * self.log_surge, cells.day, base * load, mine)
            if urgent:
                self.mobilisation = value
            else:
                self.put_off = value

    def _power_of(self, log_factor: Floats, group: Ints, expected: Floats, count: np.ndarray) -> float:
        """Draw the power p of exp(p · log_factor), by group."""
        size = len(log_factor)
        d = np.bincount(group[count], self.cells.closings[count], size)
        m = np.bincount(group[count], expected[count], size)
        return power_drawn(self.rng, log_factor, d, m)

    def _draw_due_effect(self) -> None:
        """Draw by how much the hazard of what is due differs: exp(due_effect) has a gamma prior."""
        due = self.cells.due
        expected = (
            self.cell_hazard[due]
            * self.at_risk[due]
            * self.noise.reshape(-1)[self.team_week[due]]
            * self._city_factor()[due]
        ).sum()
        closings = self.cells.closings[due].sum()
        self.due_effect = float(np.log(self.rng.gamma(DUE[0] + closings) / (DUE[1] + expected)))

    def _draw_at_once(self) -> None:
        """Draw the share closed at once by category, around a mean of all."""
        n = self.once + self.not_once
        self.at_once_mean, self.at_once = drawn_shares(self.rng, self.once, n, AT_ONCE_WEIGHT)
