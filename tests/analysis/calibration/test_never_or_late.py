"""Moves along the ridge of never and late: each keeps the distribution that it should."""

import numpy as np
import pytest

from analysis.calibration.clock import TeamClocks
from analysis.calibration.direct_verdicts import effective_draws
from analysis.calibration.exposure import count_exposure
from analysis.calibration.gibbs import Chain
from analysis.calibration.known import KnownRequests
from analysis.calibration.never_or_late import _jump, _move_late, _move_never
from analysis.calibration.priors import NEVER_WEIGHT

_UNTIL = 120.0


def requests(closed_after: list[float], still_open: int) -> KnownRequests:
    """Return requests of one category and team, the open ones opened evenly over the first half."""
    n = len(closed_after)
    opened = np.concatenate([np.linspace(0.0, 60.0, n), np.linspace(0.0, 60.0, still_open)])
    closed = np.concatenate([opened[:n] + closed_after, np.full(still_open, np.nan)])
    order = np.argsort(opened, kind="stable")
    total = n + still_open
    return KnownRequests(
        until=_UNTIL,
        opened=opened[order],
        closed=closed[order],
        due=np.full(total, np.nan),
        category=np.zeros(total, np.int64),
        team=np.zeros(total, np.int64),
        categories=("comment",),
        teams=("desk",),
        part_of=np.zeros(1, np.int64),
        departments=("office",),
        urgent=np.zeros(1, bool),
    )


def chain_of(known: KnownRequests) -> Chain:
    """Return a chain that has gone a few sweeps, at a pace weight and a mean share that are set."""
    cells = count_exposure(known, TeamClocks(np.ones((1, 168)), 400))
    chain = Chain(known, cells, np.random.default_rng(1), 1.0)
    for _ in range(20):
        chain.sweep(powers=False)
    chain.pace_weight, chain.never_mean = 1.6, 0.3
    return chain


def asked_of(chain: Chain) -> tuple[np.ndarray, np.ndarray]:
    """Set what the open requests are asked for, and return hazards and parts, cell by cell."""
    hazard = chain.cell_hazard_now()
    asked = chain.cells.open_at_risk * hazard[chain.cells.open_cell]
    chain.asked = np.bincount(chain.cells.open_request, asked, len(chain.asked))
    return hazard, asked


def log_still_open(share: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Return the log likelihood of the open requests, for shares (a column) or asked times factors (rows)."""
    return np.log(share + (1.0 - share) * np.exp(-asked)).sum(axis=-1)


def test_a_share_is_drawn_from_its_density_with_the_open_requests_summed_over() -> None:
    chain = chain_of(requests([2.0] * 30, 6))
    asked_of(chain)
    chain.asked = np.linspace(0.2, 3.0, 6)
    drawn = []
    for _ in range(1500):
        _move_never(chain)
        drawn.append(float(chain.never[0]))
    s = (np.arange(2000) + 0.5) / 4000
    log = (NEVER_WEIGHT * 0.3 - 1) * np.log(s) + (NEVER_WEIGHT * 0.7 - 1 + 30) * np.log1p(-s)
    log += log_still_open(s[:, None], chain.asked)
    density = np.exp(log - log.max())
    mean = (s @ density) / density.sum()
    spread = np.sqrt(((s - mean) ** 2 @ density) / density.sum())
    error = spread / np.sqrt(effective_draws(np.array(drawn)))
    assert abs(np.mean(drawn) - mean) < 4.0 * error < 0.5 * spread
    assert np.std(drawn) == pytest.approx(spread, rel=0.12)


def test_share_and_pace_jump_within_their_joint_density() -> None:
    """Few closings of many requests: nearly all never closed, or a slow team; either is found."""
    chain = chain_of(requests([3.0, 20.0, 40.0], 12))
    hazard, _ = asked_of(chain)
    began, pace_then, asked_then = hazard.copy(), float(chain.pace[0]), chain.asked.copy()
    drawn = []
    for _ in range(2000):
        factor = _jump(chain, hazard, np.ones(len(chain.asked)))
        hazard = hazard * factor[chain.cell_pair]
        drawn.append((float(chain.never[0]), float(np.log(chain.pace[0]))))
    spent = float((began * chain.cells.at_risk).sum()) / pace_then
    s = ((np.arange(300) + 0.5) / 300)[:, None]
    log_pace = np.linspace(-9.0, 4.0, 400)
    pace = np.exp(log_pace)
    log = (NEVER_WEIGHT * 0.3 - 1) * np.log(s) + (NEVER_WEIGHT * 0.7 - 1 + 3) * np.log1p(-s)
    log = log + (1.6 + 3) * log_pace - (1.6 + spent) * pace
    log = log + log_still_open(s[:, :, None], asked_then * (pace / pace_then)[:, None])
    density = np.exp(log - log.max())
    density /= density.sum()
    found = np.array(drawn)
    for column, (values, chances) in enumerate(
        ((s[:, 0], density.sum(axis=1)), (log_pace, density.sum(axis=0)))
    ):
        mean = values @ chances
        spread = np.sqrt((values - mean) ** 2 @ chances)
        error = spread / np.sqrt(effective_draws(found[:, column]))
        assert abs(found[:, column].mean() - mean) < 4.0 * error < 0.5 * spread
        assert found[:, column].std() == pytest.approx(spread, rel=0.12)
    np.testing.assert_allclose(chain.asked, asked_then * chain.pace[0] / pace_then)


def test_late_hazards_move_as_their_chain_and_the_closings_have_it() -> None:
    """At one age: the ratio of the chain beyond it has the density of prior and likelihood."""
    chain = chain_of(requests([5.0] * 8 + [30.0] * 4, 5))
    chain.never = np.array([0.2])
    first = chain.bins - 8
    chain.rng = _OneAge(np.random.default_rng(3), first)  # type: ignore[assignment]
    hazard, asked = asked_of(chain)
    began, own, total = hazard.copy(), chain.own.copy(), chain.asked.copy()
    cells = chain.cells
    late_cells = cells.age >= first
    late = np.bincount(cells.open_request, asked * late_cells[cells.open_cell], len(total))
    drawn = []
    for _ in range(2000):
        _move_late(chain, hazard, asked, np.ones(len(total)))
        factor = chain.own[0, -1] / own[0, -1]
        hazard = np.where(late_cells, began * factor, began)
        asked = cells.open_at_risk * hazard[cells.open_cell]
        np.testing.assert_allclose(chain.asked, total + (factor - 1.0) * late)
        drawn.append(float(np.log(factor)))
    shift = np.linspace(-12.0, 6.0, 3000)
    a, x, y = chain.step_weight, own[0, first], own[0, first + 1]
    log = (a + chain.closings[0, first:].sum()) * shift - 2.0 * a * np.log(x + np.exp(shift) * y)
    log -= (began * cells.at_risk)[late_cells].sum() * np.exp(shift)
    log += log_still_open(np.array(0.2), total + (np.exp(shift)[:, None] - 1.0) * late)
    density = np.exp(log - log.max())
    mean = shift @ density / density.sum()
    spread = np.sqrt((shift - mean) ** 2 @ density / density.sum())
    error = spread / np.sqrt(effective_draws(np.array(drawn)))
    assert abs(np.mean(drawn) - mean) < 4.0 * error < 0.5 * spread
    assert np.std(drawn) == pytest.approx(spread, rel=0.12)


class _OneAge:
    """A generator whose ages are all the same."""

    def __init__(self, rng: np.random.Generator, age: int) -> None:
        self.rng, self.age = rng, age

    def integers(self, low: int, high: int, size: int) -> np.ndarray:
        return np.full(size, self.age)

    def __getattr__(self, name: str) -> object:
        return getattr(self.rng, name)


def test_effective_draws_of_a_chain_of_known_memory() -> None:
    rng = np.random.default_rng(2)
    assert effective_draws(rng.normal(size=1000)) > 700
    steps, chain = rng.normal(size=20_000), np.zeros(20_000)
    for i in range(1, len(chain)):
        chain[i] = 0.9 * chain[i - 1] + steps[i]
    assert effective_draws(chain) == pytest.approx(20_000 * 0.1 / 1.9, rel=0.25)
    assert effective_draws(np.full(9, 3.0)) == 9
