"""Calibration by likelihood: counted by hand, right over made cities, blind to what comes later."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.calibration.clock import TeamClocks, estimate_clocks
from analysis.calibration.current_practice import since_last_break
from analysis.calibration.drift import drift_cv, with_drift
from analysis.calibration.exposure import AGE_EDGES, count_exposure
from analysis.calibration.gibbs import Chain
from analysis.calibration.known import AT_ONCE_MINUTES, KnownRequests, lump_small_teams, seen_until
from analysis.calibration.posterior import sample_posterior
from analysis.calibration.priors import power_drawn
from analysis.calibration.reference_checks import NOT_IDENTIFIED
from experiments.city.direct_checks import made_city, ranks
from experiments.city.question import _calibrated_on
from experiments.cli import main
from sim.city.draw import city_draw, city_requests
from sim.city.folder import read_city
from sim.city_run import run_city
from tests.city.synthetic import write_city

_HOUR = AT_ONCE_MINUTES / 1440.0


def known_of(
    opened: list[float], closed: list[float], until: float, due: list[float] | None = None
) -> KnownRequests:
    """Return requests of one category and one team."""
    n = len(opened)
    return KnownRequests(
        until=until,
        opened=np.array(opened),
        closed=np.array(closed),
        due=np.array(due if due is not None else [np.nan] * n),
        category=np.zeros(n, np.int64),
        team=np.zeros(n, np.int64),
        categories=("light",),
        teams=("crew",),
        part_of=np.zeros(1, np.int64),
        departments=("roads",),
        urgent=np.zeros(1, bool),
    )


def test_clock_gives_time_and_reading_back() -> None:
    """A clock that runs on Monday to Friday alone stands still on a weekend and on a holiday."""
    week = np.zeros((7, 24))
    week[:5] = 7 / 5
    clocks = TeamClocks(week.reshape(1, -1), 21, holidays=(8,))
    team = np.zeros(5, np.int64)
    shown = clocks.at(team, np.array([1.0, 5.0, 7.0, 8.0, 9.0]))
    assert shown == pytest.approx([1.4, 7.0, 7.0, 8.4, 8.4])
    assert clocks.when(team[:2], np.array([1.4, 8.0])) == pytest.approx([1.0, 7.0 + 1 / 1.4])
    assert clocks.when(team[:1], np.array([1e6]))[0] == np.inf


def test_clocks_follow_closings_and_borrow_when_few() -> None:
    rng = np.random.default_rng(1)
    many = rng.integers(0, 50, 20_000) * 7 + rng.choice(5, 20_000) + rng.uniform(8, 16, 20_000) / 24
    few = rng.integers(0, 50, 10) * 7 + 6.0 + rng.uniform(0, 1, 10)
    closed = np.concatenate([many, few])
    team = np.concatenate([np.zeros(20_000), np.ones(10)]).astype(np.int64)
    rates = estimate_clocks(closed, team, np.array([0, 1])).reshape(2, 7, 24)
    assert rates.mean() == pytest.approx(1.0)
    assert rates[0, :5, 8:16].mean() == pytest.approx(168 / 40, rel=0.02)
    assert rates[0, 6].mean() < 0.1
    # Ten closings on Sundays weigh little beside the two hundred that the clock of all counts for.
    assert rates[1, :5, 8:16].mean() > 0.9 * 168 / 40


def test_exposure_by_hand() -> None:
    """One is closed at once, one after nine days and due after four, one is open."""
    known = known_of([0.0, 1.0, 3.0], [_HOUR / 2, 10.0, np.nan], 14.0, [np.nan, 5.0, np.nan])
    clocks = TeamClocks(np.ones((1, 168)), 60)
    cells = count_exposure(known, clocks)
    assert cells.closings.sum() == 1.0
    assert cells.at_risk.sum() == pytest.approx(9.0 - _HOUR)
    assert cells.at_risk[cells.due].sum() == pytest.approx(6.0)  # from one day before it is due
    assert cells.open_at_risk.sum() == pytest.approx(11.0 - _HOUR)
    assert cells.at_risk[cells.week == 0].sum() == pytest.approx(6.0 - _HOUR)
    final = cells.closings > 0
    assert cells.week[final] == [1]
    assert AGE_EDGES[cells.age[final][0]] <= 9.0 - _HOUR < AGE_EDGES[cells.age[final][0] + 1]
    second = cells.standing_day == 7  # both were open when the second week began
    assert sorted(cells.standing_request[second]) == [-1, 0]
    assert len(cells.standing_day) == 8 + 10  # days that began with each of them


def test_what_comes_later_is_not_seen() -> None:
    city = made_city(np.random.default_rng(3)).known
    early = seen_until(city, 35.0)
    altered = replace(city, closed=np.where(city.closed >= 35.0, np.nan, city.closed))
    again = seen_until(altered, 35.0)
    for name in ("opened", "closed", "category", "team", "due"):
        assert np.array_equal(getattr(early, name), getattr(again, name), equal_nan=True)
    assert early.opened.max() < 35.0
    assert np.nanmax(early.closed) < 35.0


def test_small_teams_are_put_together_by_department() -> None:
    n = 260
    known = known_of(list(np.arange(n) / 10.0), list(np.arange(n) / 10.0 + 0.5), 60.0)
    team = np.where(np.arange(n) < 150, 0, np.arange(n) % 3 + 1)
    known = replace(
        known,
        team=team,
        teams=("big", "a", "b", "c"),
        part_of=np.array([0, 0, 0, 1]),
        departments=("roads", "parks"),
    )
    lumped = lump_small_teams(known)
    assert lumped.teams == ("big", "roads: other teams", "parks: other teams")
    assert np.bincount(lumped.team).tolist() == [150, 74, 36] or np.bincount(lumped.team).sum() == n
    assert (lumped.team[team == 3] == 2).all()
    assert (lumped.team[team == 1] == 1).all()


def test_earlier_practice_is_left_out() -> None:
    rng = np.random.default_rng(2)
    opened = np.sort(rng.uniform(0, 210, 3000))
    took = rng.exponential(np.where(opened < 105, 1.0, 12.0))
    known = known_of(list(opened), list(np.where(opened + took < 210, opened + took, np.nan)), 210.0)
    kept, found = since_last_break(known)
    assert len(found) == 1
    assert abs(found[0].day - 105) < 8
    assert kept.opened.min() >= found[0].day
    same, none = since_last_break(
        replace(known, closed=np.where(rng.random(3000) < 0.9, opened + 1.0, np.nan))
    )
    assert not none
    assert len(same.opened) == 3000


def test_rates_shares_and_pace_are_recovered() -> None:
    """Constant hazards with many requests: each within four of its posterior's standard deviations."""
    rng = np.random.default_rng(5)
    n, end = 6000, 140.0
    opened = np.sort(rng.uniform(0, end, n))
    category, team = rng.integers(0, 2, n), rng.integers(0, 2, n)
    rate = np.array([0.5, 0.1])[category] * np.array([1.0, 2.0])[team]
    took = _HOUR + rng.exponential(1.0 / rate)
    took = np.where(rng.random(n) < np.array([0.2, 0.05])[category], rng.uniform(0, _HOUR, n), took)
    took = np.where((rng.random(n) < 0.15) & (took > _HOUR), np.inf, took)
    closed = np.where(opened + took < end, opened + took, np.nan)
    known = replace(
        known_of(list(opened), list(closed), end),
        category=category,
        team=team,
        categories=("quick", "slow"),
        teams=("one", "two"),
        part_of=np.zeros(2, np.int64),
        urgent=np.zeros(2, bool),
    )
    clocks = TeamClocks(np.ones((2, 168)), 200)
    found = sample_posterior(known, count_exposure(known, clocks), 60, rng, discount=1.0, sweeps=300)
    hazard = found.rate[:, :, None, :] * found.pace[:, :, :, None]
    middle = (AGE_EDGES > 0.3) & (AGE_EDGES < 8)
    mean = hazard[..., middle].mean(axis=-1)
    for c, k, truth in ((0, 0, 0.5), (0, 1, 1.0), (1, 0, 0.1), (1, 1, 0.2)):
        assert abs(mean[:, c, k].mean() - truth) < 4 * mean[:, c, k].std() + 0.02 * truth
    assert found.at_once.mean(axis=0) == pytest.approx([0.2, 0.05], abs=0.03)
    assert found.never[:, 0].mean() == pytest.approx(0.15, abs=0.04)
    assert found.weekly_cv.mean() < 0.15
    assert abs(found.gamma.mean()) < 0.6  # loads hardly vary here, so it is not known


def test_what_is_kept_follows_loads_answers_and_what_is_never_closed() -> None:
    rng = np.random.default_rng(5)
    opened = np.sort(rng.uniform(0, 84, 600))
    closed = opened + 0.1 + rng.exponential(6.0, 600)
    known = known_of(list(opened), list(np.where(closed < 84, closed, np.nan)), 84)
    cells = count_exposure(known, TeamClocks(np.ones((1, 168)), 200))
    chain = Chain(known, cells, np.random.default_rng(6), 1.0)
    seen = []
    for _ in range(4):
        chain.measure_loads()
        for _ in range(3):
            chain.sweep(powers=True)
            np.testing.assert_array_equal(chain._city_factor(), chain._city_factor_now())
            at_risk = cells.at_risk.copy()
            live = ~chain.is_never[cells.open_request]
            np.add.at(at_risk, cells.open_cell[live], cells.open_at_risk[live])
            np.testing.assert_allclose(chain.at_risk, at_risk, rtol=1e-9)
            seen.append((chain.gamma, float(chain._city_factor().sum()), int(chain.is_never.sum())))
        kept = chain._city_factor().copy()
        chain.gamma += 0.1
        assert not np.array_equal(chain._city_factor(), kept)
    assert len({one[2] for one in seen}) > 1
    before = chain._city_factor().copy()
    chain.measure_loads(plain=True)
    assert not np.array_equal(chain._city_factor(), before)


def test_weekly_noise_and_due_times_are_recovered() -> None:
    """Weeks vary by .5, and what is due within a day is closed three times as fast."""
    rng = np.random.default_rng(8)
    n, weeks = 5000, 30
    noise = rng.gamma(4.0, 0.25, weeks + 40)
    ends = np.arange(len(noise) + 1) * 7.0
    worked = np.concatenate([[0.0], np.cumsum(7.0 * noise)])  # working days with the noise in them
    opened = np.sort(rng.uniform(0, 7.0 * weeks, n))
    due = opened + 4.0
    asked = rng.exponential(1.0 / 0.25, n)
    start, near = (np.interp(opened + after, ends, worked) for after in (_HOUR, 3.0))
    reading = np.where(start + asked < near, start + asked, near + (asked - (near - start)) / 3.0)
    closed = np.interp(reading, worked, ends)
    end = 7.0 * weeks
    known = known_of(list(opened), list(np.where(closed < end, closed, np.nan)), end, list(due))
    cells = count_exposure(known, TeamClocks(np.ones((1, 168)), 600))
    found = sample_posterior(known, cells, 60, rng, discount=1.0, sweeps=180, answers=False)
    # What thirty weeks say of .5: theirs, which is .6 here, known to a tenth of it.
    seen = noise[:weeks].std(ddof=1) / noise[:weeks].mean()
    assert found.weekly_cv.mean() == pytest.approx(seen, rel=0.2)
    assert found.due_effect.mean() == pytest.approx(np.log(3.0), abs=4 * found.due_effect.std())
    assert found.due_effect.std() < 0.2
    hazard = (found.rate[:, 0] * found.pace[:, 0, :1])[:, (AGE_EDGES > 0.3) & (AGE_EDGES < 2)]
    assert hazard.mean() == pytest.approx(0.25, rel=0.25)  # the mean of thirty weeks is known to a tenth


@pytest.mark.parametrize("batch", [1, 6])
def test_an_answer_to_load_is_as_sure_as_batches_allow(batch: int) -> None:
    """Closings in batches of six tell no more than a sixth as many: nine of ten intervals hold the truth."""
    rng = np.random.default_rng(batch)
    held, widths = [], []
    for _ in range(120):
        log_load = rng.normal(0.0, 0.4, 200)
        expected = np.full(200, 12.0)
        closings = batch * rng.poisson(np.exp(-0.5 * log_load) * expected / batch).astype(float)
        draws = [power_drawn(rng, -log_load, closings, expected) for _ in range(200)]
        low, high = np.quantile(draws, [0.05, 0.95])
        held.append(low - 0.01 <= 0.5 <= high + 0.01)
        widths.append(np.std(draws))
    assert 0.83 < np.mean(held) < 0.99
    # The information of a Poisson regression, divided by the dispersion.
    p2, v = 0.5**2, 0.4**2
    exact = np.sqrt(batch / (200 * 12.0 * np.exp(p2 * v / 2) * (v + p2 * v**2)))
    assert np.mean(widths) == pytest.approx(exact, rel=0.12)


def answer_found(gamma: float, seed: int) -> float:
    """Return the gamma found in a year of one team whose weeks bring .4, 1 or 1.9 times the usual."""
    rng = np.random.default_rng(seed)
    weeks = 52
    a_day = 11.5 * rng.choice([0.4, 1.0, 1.9], weeks)
    days = [7.0 * (week + rng.random(rng.poisson(7.0 * rate))) for week, rate in enumerate(a_day)]
    opened = np.sort(np.concatenate(days))
    draw = city_draw([[0.25]], gamma=gamma, usual_load=14.0, at_once_minutes=AT_ONCE_MINUTES, weekly_cv=0.2)
    closed = run_city(draw, city_requests(opened), 7.0 * weeks, seed, 0)
    cells = count_exposure(
        known := known_of(list(opened), list(closed), 7.0 * weeks), TeamClocks(np.ones((1, 168)), 800)
    )
    return float(sample_posterior(known, cells, 50, rng, discount=1.0, sweeps=100).gamma.mean())


@pytest.mark.parametrize("gamma", [0.0, 0.4, 0.9])
def test_the_answer_to_load_is_recovered_from_the_engine(gamma: float) -> None:
    assert np.median([answer_found(gamma, seed) for seed in range(3)]) == pytest.approx(gamma, abs=0.13)


def test_what_an_earlier_practice_left_open_does_not_slow_the_new_one() -> None:
    """Slow before and quick after: those left over would count as at risk at every age without a closing."""
    rng = np.random.default_rng(4)
    opened = np.sort(rng.uniform(0, 210, 3000))
    took = _HOUR + rng.exponential(np.where(opened < 105, 150.0, 1.0))
    known = known_of(list(opened), list(np.where(opened + took < 210, opened + took, np.nan)), 210.0)
    assert (~known.is_closed).sum() > 400
    kept, _ = since_last_break(known)
    cells = count_exposure(kept, TeamClocks(np.ones((1, 168)), 400))
    found = sample_posterior(kept, cells, 40, rng, discount=1.0, sweeps=120)
    young = (AGE_EDGES > 0.1) & (AGE_EDGES < 1.0)
    hazard = (found.rate[:, 0] * found.pace[:, 0, :1])[:, young].mean()
    assert hazard == pytest.approx(1.0, rel=0.2)


def drifting(drift: float, seed: int) -> float:
    """Return the drift found in a file of forty categories whose level changes every eight weeks."""
    rng = np.random.default_rng(seed)
    n, weeks, categories = 12_000, 26, 40
    opened = np.sort(rng.uniform(0, 7.0 * weeks, n))
    category = rng.integers(0, categories, n)
    shape = 1.0 / max(drift, 1e-3) ** 2
    level = rng.gamma(shape, 1.0 / shape, (categories, 5))
    # Short lives, so that a request is closed at the level of the weeks in which it was opened.
    rate = 1.5 * level[category, (opened // 56).astype(int)]
    closed = opened + _HOUR + rng.exponential(1.0 / np.maximum(rate, 1e-3))
    known = replace(
        known_of(list(opened), list(np.where(closed < 7.0 * weeks, closed, np.nan)), 7.0 * weeks),
        category=category,
        categories=tuple(f"c{c}" for c in range(categories)),
        urgent=np.zeros(categories, bool),
    )
    cells = count_exposure(known, TeamClocks(np.ones((1, 168)), 400))
    return drift_cv(cells, categories, len(AGE_EDGES), 1.0, 0.0)


def test_drift_is_found_and_none_where_there_is_none() -> None:
    assert np.mean([drifting(0.0, seed) for seed in range(3)]) < 0.06
    assert 0.2 < np.mean([drifting(0.3, seed) for seed in range(3)]) < 0.5


def test_drift_lies_around_the_curve() -> None:
    rng = np.random.default_rng(1)
    known = known_of(list(np.arange(400) / 10), list(np.arange(400) / 10 + 0.5), 60.0)
    cells = count_exposure(known, TeamClocks(np.ones((1, 168)), 100))
    found = sample_posterior(known, cells, 40, rng, sweeps=40)
    assert with_drift(found, 0.0, np.ones((1, 1)), rng) is found
    # One curve, drawn often: levels vary, and the share still open at each age stays what it was on average.
    one = replace(found, rate=np.ones((4000, 1, len(AGE_EDGES))))
    usual = np.ones((1, 1))
    moved = with_drift(one, 0.6, usual, rng)
    level = moved.rate / one.rate
    assert level[:, 0, 0].std() == pytest.approx(0.6, rel=0.1)
    wide = np.diff(AGE_EDGES)
    before = np.exp(-np.cumsum(one.rate[0, 0, :-1] * wide))
    after = np.exp(-np.cumsum(moved.rate[:, 0, :-1] * wide, axis=1)).mean(axis=0)
    assert after == pytest.approx(before, abs=0.02)
    assert moved.at_once is one.at_once


def test_ranks_of_the_truth_are_uniform() -> None:
    """Simulation-based calibration; `python -m experiments.city.direct_checks` is the large one."""
    drawn: dict[str, list[np.ndarray]] = {}
    for number in range(6):
        for name, rank in ranks(11, number, draws=19, sweeps=380).items():
            drawn.setdefault(name, []).append(rank)
    for name, rows in drawn.items():
        values = np.concatenate(rows)
        counts = np.bincount(np.minimum(3, values * 4 // 20), minlength=4)
        # Ranks of one city hang together, so the count is of cities and not of values.
        scaled = counts / counts.sum() * max(6, len(values) / 30)
        assert stats.chisquare(scaled).pvalue > 1e-3, (name, counts)


def test_command_writes_a_city_that_the_engine_reads(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    city = write_city(tmp_path / "made of blanks")
    words = [f"demand.stream={city.stream}", f"demand.mapping={city.mapping}", "draws=30"]
    out = tmp_path / "calibrated"
    assert main(["calibrate", *words, "calibrate.until=2023-04-01", f"out={out}"]) == 0
    told = capsys.readouterr().out
    assert "Not told by the file" in told
    assert "paper_share" in told
    assert re.search(
        r"calibrated on [\d,]+ closings \(teams: 3\); .*gamma -?\d\.\d\d, 90 % interval",
        told.splitlines()[-1],
    )
    assert main(["calibrate", *words, "calibrate.until=2023-04-01", f"out={out}", "language=zh"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("答案：")
    # What-if finds the file again by the command that the folder keeps.
    found = _calibrated_on(out)
    assert found == {"demand.stream": str(city.stream), "demand.mapping": str(city.mapping)}
    read = read_city(out)
    assert read.draws == 30
    assert read.draw(29).at_once.shape == (len(read.draw(0).categories),)
    table = pd.read_csv(out / "identified.csv")
    assert list(table.columns) == [
        "parameter", "scope", "prior_mean", "prior_width", "posterior_mean", "posterior_width", "verdict",
        "effective_draws",
    ]  # fmt: skip
    paper = table[table["parameter"] == "paper_share"]
    assert (paper["verdict"] == NOT_IDENTIFIED).all()
    assert len(paper) == 1
    assert (table[table["parameter"] == "at_once"]["verdict"] == "identified").all()


def test_bad_input_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    city = write_city(tmp_path / "made")
    words = [f"demand.stream={city.stream}", f"demand.mapping={city.mapping}", f"out={tmp_path / 'c'}"]
    for more, expected in (
        ([], "calibrate.until"),
        (["calibrate.until=soon"], "YYYY-MM-DD"),
        (["calibrate.until=2023-01-05"], "at least 200"),
        (["calibrate.until=2030-01-01"], "its last request is of"),
        (["calibrate.until=2023-04-01", "staff.per_10k=3"], "staff.per_10k"),
        (["calibrate.until=2023-04-01", "draws=1"], "draws"),
        (["calibrate.until=2023-04-01", "calibrate.runs=5"], "calibrate.runs"),
        (["calibrate.until=2023-04-01", "calibrate.sweeps=5"], "from 400 to"),
    ):
        assert main(["calibrate", *words, *more]) == 2
        assert expected in capsys.readouterr().err
    assert not (tmp_path / "c").exists()
