"""Changes of practice: found where they are, not where there is none, and blind to what came later."""

import numpy as np
import pytest

from analysis.request_files.breaks import Break, breaks


def made(seed: int, weeks: int = 26, categories: int = 6, weekly_cv: float = 0.0, change: float = 1.0):
    """Requests closed at an exponential age; a team's weeks may differ; category 0 may change on day 100."""
    draw = np.random.default_rng(seed)
    opened, closed, category = [], [], []
    for code in range(categories):
        count = draw.poisson(15 * weeks)
        begun = np.sort(draw.uniform(0, 7 * weeks, count))
        speed = np.exp(weekly_cv * draw.standard_normal(weeks + 80) - 0.5 * weekly_cv**2)
        edges = 7.0 * np.arange(weeks + 81)
        work = np.concatenate([[0.0], np.cumsum(speed)])
        need = draw.exponential(1.0, count)
        if code == 0:
            need[begun >= 100.0] *= change
        opened.append(begun)
        closed.append(np.interp(np.interp(begun, edges, work) + need, work, edges, right=np.nan))
        category.append(np.full(count, code))
    return tuple(map(np.concatenate, (opened, closed, category)))


def test_a_change_is_found_with_its_date_and_both_practices() -> None:
    opened, closed, category = made(1, change=4.0)
    (found,) = breaks(opened, closed, category, 182.0)
    assert found.category == 0
    assert abs(found.day - 100.0) <= 5.0
    assert found.p_value < 0.001
    # Exponential with a mean of 7 days before, 28 after.
    assert found.before.closed_7_days == pytest.approx(1 - np.exp(-1), abs=0.06)
    assert found.after.closed_7_days == pytest.approx(1 - np.exp(-0.25), abs=0.06)
    assert found.before.median_days == pytest.approx(7 * np.log(2), abs=1.2)
    rows = np.sum(category == 0)
    assert found.before.requests + found.after.requests == rows


def test_no_closing_after_the_instant_is_seen() -> None:
    opened, closed, category = made(2, change=4.0)
    known = breaks(opened, closed, category, 140.0)
    later = closed > 140.0
    for other in (np.nan, 140.5, 1e6):
        assert breaks(opened, np.where(later, other, closed), category, 140.0) == known
    before = opened < 140.0
    assert breaks(opened[before], closed[before], category[before], 140.0) == known
    assert len(known) == 1


def test_the_order_of_rows_and_names_of_categories_do_not_matter() -> None:
    opened, closed, category = made(1, change=4.0)
    shuffled = np.random.default_rng(5).permutation(len(opened))
    (one,) = breaks(opened, closed, category, 182.0)
    (other,) = breaks(opened[shuffled], closed[shuffled], 7 - category[shuffled], 182.0)
    assert (other.category, other.day, other.before, other.after) == (7, one.day, one.before, one.after)
    assert other.p_value == pytest.approx(one.p_value)


@pytest.mark.parametrize(("weekly_cv", "at_most"), [(0.0, 5), (0.3, 8)])
def test_false_alarms_are_as_few_as_stated(weekly_cv: float, at_most: int) -> None:
    # 30 files at a level of .05 (measured: .04 and .08): more than these have a probability below .01.
    alarms = sum(bool(breaks(*made(seed, categories=4, weekly_cv=weekly_cv), 182.0)) for seed in range(30))
    assert alarms <= at_most


def test_a_slow_drift_is_no_break() -> None:
    draw = np.random.default_rng(3)
    opened = np.sort(draw.uniform(0, 364, 4000))
    closed = opened + draw.exponential(4.0, 4000) * np.exp(opened / 364)
    assert breaks(opened, closed, np.zeros(4000, int), 364.0) == []


def test_little_data_tells_nothing() -> None:
    opened = np.arange(0.0, 90.0)
    assert breaks(opened, opened + 1, np.zeros(90, int), 90.0) == []
    assert breaks([], [], [], 10.0) == []
    assert breaks(np.tile(opened, 5), np.full(450, np.nan), np.zeros(450, int), 90.0) == []


def test_a_change_of_what_is_closed_at_once_is_seen() -> None:
    draw = np.random.default_rng(4)
    opened = np.sort(draw.uniform(0, 182, 2500))
    slow = draw.exponential(3.0, 2500)
    at_once = draw.random(2500) < np.where(opened < 70, 0.6, 0.3)
    found = breaks(opened, opened + np.where(at_once, 0.001, slow), np.zeros(2500, int), 182.0)
    assert [type(one) for one in found] == [Break]
    assert found[0].before.closed_at_once == pytest.approx(0.6, abs=0.05)
    assert found[0].after.closed_at_once == pytest.approx(0.3, abs=0.05)
