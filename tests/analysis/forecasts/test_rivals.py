"""Rivals against laws that they must find, and against what they must not see."""

import dataclasses

import numpy as np
import pytest

from analysis.forecasts.rivals.boosted import EDGES_DAYS, Boosted, _draw, person_periods
from analysis.forecasts.rivals.kaplan_meier import KaplanMeier, product_limit
from analysis.forecasts.rivals.lognormal import LogNormal
from analysis.forecasts.rivals.method import Method
from analysis.forecasts.scores import drawn, largest_distance, score
from analysis.forecasts.window import Forecast
from analysis.statistics.survival import kaplan_meier
from tests.analysis.forecasts.synthetic import ORIGIN, exponential, made_window

RIVALS: list[Method] = [
    KaplanMeier(),
    KaplanMeier("kaplan_meier_28", 28.0),
    LogNormal(),
    Boosted(iterations=50),
]
#: Slower to learn, and with features that one test alone needs.
WITH_BACKLOG = Boosted("boosted_backlog", True, 50)


def lognormal_by_category(levels: np.ndarray, category: np.ndarray) -> np.ndarray:
    from scipy.special import ndtri

    return np.exp(np.where(category == 0, 0.0, 2.0) + ndtri(levels))


@pytest.mark.parametrize("rival", [*RIVALS, WITH_BACKLOG], ids=lambda rival: rival.name)
def test_each_rival_finds_the_law_of_each_category(rival: Method) -> None:
    window = made_window(lognormal_by_category, per_day=50)
    forecast = rival.forecast(window.known, window.asked, 30, 7)
    assert forecast.days.shape == (30, len(window.asked.row))
    assert forecast.backlog_days.shape == (30, len(window.known.open))
    for code in range(2):
        found = score([(window, forecast)], code, horizon=30.0)
        # Two samples, of 700 and of 2,500, differ by less in all but one of a thousand.
        # The one with backlogs learns their chance variation too.
        assert found["ks"] < (0.2 if rival is WITH_BACKLOG else 0.12)
    # The law of all together would be this far from that of one category.
    both = drawn(window.truth.days)
    one = drawn(window.truth.days[window.asked.category == 0])
    assert largest_distance(both, one, 30.0) > 0.3


@pytest.mark.parametrize("rival", RIVALS, ids=lambda rival: rival.name)
def test_the_backlog_is_forecast_from_the_age_it_has(rival: Method) -> None:
    """Exponential times have no memory: whoever has waited a month waits as long again as a newcomer."""
    window = made_window(exponential(8.0), per_day=60, categories=1)
    forecast = rival.forecast(window.known, window.asked, 40, 7)
    ages = window.known.origin - window.known.arisen_at[window.known.open]
    for chosen in (ages < 3.0, (ages >= 6.0) & (ages < 15.0)):
        left = np.median(np.minimum(forecast.backlog_days[:, chosen], 1e3))
        # A lognormal law has a longer tail than this one, and the longer somebody waits the more it tells.
        assert left == pytest.approx(8.0 * np.log(2.0), rel=0.7 if isinstance(rival, LogNormal) else 0.3)


@pytest.mark.parametrize("rival", RIVALS, ids=lambda rival: rival.name)
def test_the_same_seed_gives_the_same_draws(rival: Method) -> None:
    window = made_window(exponential(4.0), per_day=6)
    one, two, other = (rival.forecast(window.known, window.asked, 5, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.days, two.days)
    assert np.array_equal(one.backlog_days, two.backlog_days)
    assert not np.array_equal(one.days, other.days)


@pytest.mark.parametrize("rival", RIVALS, ids=lambda rival: rival.name)
def test_a_category_never_seen_is_forecast_like_all_together(rival: Method) -> None:
    window = made_window(exponential(4.0), per_day=40)
    strange = dataclasses.replace(window.asked, category=np.full_like(window.asked.category, 2))
    known = dataclasses.replace(window.known, categories=("a", "b", "c"))
    forecast = rival.forecast(known, strange, 20, 1)
    together = drawn(forecast.days)
    truth = drawn(window.truth.days)
    assert largest_distance(together, truth, 20.0) < 0.12


def test_without_late_entry_it_is_the_plain_curve() -> None:
    window = made_window(exponential(5.0), per_day=10)
    known = window.known
    plain = kaplan_meier(known.duration, known.seen, None)
    ours = product_limit(np.zeros(len(known.row)), known.duration, known.seen)
    ages = np.linspace(0.0, 40.0, 200)
    np.testing.assert_allclose(ours.survival(ages), plain.at(ages), rtol=1e-12)
    levels = np.linspace(0.01, 0.99, 99)
    expected = [plain.quantile(1.0 - level) for level in levels]
    np.testing.assert_allclose(ours.first_below(levels), expected, rtol=1e-9)


def test_the_last_days_alone_see_a_change_of_practice() -> None:
    """Twice as fast from four weeks before the origin on: that of those days knows."""
    rng = np.random.default_rng(8)
    window = made_window(exponential(1.0), per_day=100, categories=1)
    known = window.known
    change = ORIGIN - 28.0
    work = rng.exponential(8.0, len(known.row))
    slow = np.maximum(0.0, change - known.arisen_at)
    took = np.where(work < slow, work, slow + (work - slow) / 2.0)
    closed = known.arisen_at + took
    known = dataclasses.replace(known, closed_at=np.where(closed < ORIGIN, closed, np.nan))
    late = KaplanMeier("late", 28.0).laws(known).together
    ages = np.array([2.0, 4.0, 8.0])
    np.testing.assert_allclose(late.survival(ages), np.exp(-ages / 4.0), atol=0.03)
    every = KaplanMeier().laws(known).together
    assert (every.survival(ages) > np.exp(-ages / 4.0) + 0.03).all()


def test_person_periods_leave_out_bins_not_watched_to_their_end() -> None:
    duration = np.array([0.9, 0.9, 3.5])
    seen = np.array([True, False, True])
    watched = np.array([50.0, 0.9, 3.6])
    request, bin_, event = person_periods(duration, seen, watched)
    reached = {number: EDGES_DAYS[bin_[request == number] + 1].max() for number in range(3)}
    assert reached == {0: 1.0, 1: pytest.approx(16 / 24), 2: 3.0}
    assert event[request == 0].tolist() == [False] * (np.count_nonzero(request == 0) - 1) + [True]
    assert not event[request != 0].any()


def test_drawing_from_hazards_gives_their_survival() -> None:
    hazards = np.tile(np.linspace(0.02, 0.3, len(EDGES_DAYS) - 1), (1, 1))
    days = _draw(hazards, np.zeros(1), 40_000, np.random.default_rng(9))[:, 0]
    survival = np.cumprod(1.0 - hazards[0])
    seen = np.array([(days > edge).mean() for edge in EDGES_DAYS[1:]])
    np.testing.assert_allclose(seen, survival, atol=0.01)
    halfway = np.array([(EDGES_DAYS[9] + EDGES_DAYS[10]) / 2.0])
    left = _draw(hazards, halfway, 40_000, np.random.default_rng(9))[:, 0]
    expected = np.sqrt(1.0 - hazards[0, 9])
    assert (left > EDGES_DAYS[10] - halfway[0]).mean() == pytest.approx(expected, abs=0.01)


def test_no_rival_sees_beyond_the_origin() -> None:
    window = made_window(exponential(4.0))
    known = window.known
    assert not (known.closed_at >= ORIGIN).any()
    assert not np.isnan(known.duration).any()
    assert isinstance(KaplanMeier().forecast(known, window.asked, 2, 1), Forecast)
