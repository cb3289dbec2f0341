"""A long file is read from its last weeks on, and says the same as if it had begun there."""

import numpy as np
import pytest

from analysis.calibration.clock import TeamClocks
from analysis.calibration.exposure import AGE_EDGES, count_exposure
from analysis.calibration.known import KnownRequests
from analysis.calibration.posterior import sample_posterior
from analysis.calibration.recent import LONGEST_WEEKS, SHORTEST_WEEKS, recent
from tests.city.test_calibrate import known_of


def years_of(years: int, a_day: float, hazards: tuple[float, float], seed: int = 3) -> KnownRequests:
    """A team that closes at one hazard until sixty weeks before the end, and at another since."""
    rng = np.random.default_rng(seed)
    end = 7.0 * 52 * years
    opened = np.sort(rng.uniform(0, end, rng.poisson(a_day * end)))
    hazard = np.where(opened < end - 7.0 * 60, *hazards)
    closed = opened + 0.05 + rng.exponential(1.0 / hazard)
    due = opened + 5.0
    return known_of(list(opened), list(np.where(closed < end, closed, np.nan)), end, list(due))


def test_a_short_file_is_read_as_it_is() -> None:
    known = years_of(1, 2.0, (0.2, 0.2))
    found, first = recent(known)
    assert found is known
    assert first == 0


def test_of_a_long_file_a_year_is_read_and_days_are_counted_from_there() -> None:
    known = years_of(3, 2.0, (0.2, 0.2))
    found, first = recent(known)
    assert first % 7 == 0
    assert first == known.until - 7 * LONGEST_WEEKS == known.until - found.until
    later = known.opened >= first
    assert len(found.opened) == later.sum() < len(later)
    for name in ("opened", "closed", "due"):
        np.testing.assert_array_equal(getattr(found, name) + first, getattr(known, name)[later])


def test_many_open_requests_shorten_what_is_read_but_not_below_eight_weeks() -> None:
    known = years_of(3, 20.0, (0.02, 0.02))
    spent = []
    for most in (2e5, 8e4, 10.0):
        found, _ = recent(known, most)
        days = float((found.left - found.opened).sum())
        assert days <= most or found.until == 7 * SHORTEST_WEEKS
        spent.append(found.until)
    assert spent[0] > spent[1] > spent[2] == 7 * SHORTEST_WEEKS


def test_how_it_was_done_long_ago_does_not_count() -> None:
    known, _ = recent(years_of(3, 4.0, (0.05, 0.4)))
    cells = count_exposure(known, TeamClocks(np.ones((1, 168)), 800))
    found = sample_posterior(known, cells, 40, np.random.default_rng(4), sweeps=120, answers=False)
    hazard = (found.rate[:, 0] * found.pace[:, 0, :1])[:, (AGE_EDGES > 0.3) & (AGE_EDGES < 2)]
    assert hazard.mean() == pytest.approx(0.4, rel=0.15)
