"""The simulated stage on windows that the engine made with known values."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.calibration.closing_response import SUMMARIES
from analysis.calibration.pace import pace_of
from analysis.calibration.reference_checks import NOT_IDENTIFIED
from analysis.calibration.reference_table import ReferenceTable, prior_row
from experiments.arguments.run_plan import ExecutorChoice
from experiments.city.demand import practice_rows, with_teams
from experiments.city.simulated_stage import (
    CITY_PARAMETERS,
    TrainingWindow,
    against_direct,
    observed_summaries,
    prepare,
    simulated_stage,
    simulated_table,
    training_window,
    with_city_values,
)
from sim.city.draw import CityDraw
from sim.city_run import run_city
from sim.request_file.loading import load_stream
from tests.city.synthetic import TEAMS, true_draw, working_age, write_city

DAYS, SCALE, ROWS = 112, 2.0, 400
CITY = true_draw(usual_load=(12.0, 12.0, 2.4), usual_urgent_load=5.0)


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> TrainingWindow:
    made = write_city(tmp_path_factory.mktemp("city"), days=DAYS, scale=SCALE)
    stream = load_stream(made.stream, made.mapping)
    return training_window(
        monday=stream.start_date,
        until=DAYS,
        opened=stream.arisen_at,
        closed=stream.closed_at,
        due=stream.due_at,
        category=stream.category,
        categories=stream.categories,
        team=np.array([TEAMS.index(name) for name in stream.teams])[stream.team],
        urgent=np.isin(stream.categories, ["fallen tree", "noise"]),
    )


@pytest.fixture(scope="module")
def table(window: TrainingWindow) -> ReferenceTable:
    return simulated_table(window, [CITY], 1, ExecutorChoice("serial", 1), rows=ROWS)


def made_with(window: TrainingWindow, luck: int, **values: float) -> TrainingWindow:
    """Return the window as a city with these values would have closed its requests."""
    city = with_teams(CITY, window.demand, practice_rows(CITY, window.demand), window.team)
    closed = run_city(with_city_values(city.draw, values), city.requests, window.demand.end, 99, luck)
    return replace(window, closed=np.where(np.isnan(closed), np.inf, closed))


def test_the_window_has_its_backlog_and_no_closing_after_its_end(window: TrainingWindow) -> None:
    demand = window.demand
    assert (demand.origin, demand.end) == (28.0, float(DAYS))
    assert int((demand.opened < 28.0).sum()) > 30
    assert (window.closed[demand.opened < 28.0] >= 28.0).all()
    assert (window.closed[np.isfinite(window.closed)] < DAYS).all()


@pytest.mark.parametrize("gamma", [0.0, 0.5, 0.95])
def test_gamma_is_recovered_from_what_the_engine_made(
    gamma: float, window: TrainingWindow, table: ReferenceTable
) -> None:
    """The interval of .98 has the truth; that of nine tenths is less than two thirds of the prior's."""
    stage = simulated_stage(made_with(window, 1, gamma=gamma, weekly_cv=0.1), [CITY], table)
    low, high = (stage.posterior.quantile(share)[0] for share in (0.01, 0.99))
    assert low - 0.02 <= gamma <= high + 0.02
    wide = stage.posterior.quantile(0.95)[0] - stage.posterior.quantile(0.05)[0]
    assert wide < 0.6


def test_what_leaves_no_trace_is_not_identified(window: TrainingWindow, table: ReferenceTable) -> None:
    found = simulated_stage(made_with(window, 2, gamma=0.3), [CITY], table).identified.set_index("parameter")
    assert found.loc["paper_share", "verdict"] == NOT_IDENTIFIED
    assert found.loc["gamma", "verdict"].startswith("identified")


def test_noise_of_the_weeks_is_told_from_none(window: TrainingWindow, table: ReferenceTable) -> None:
    calm, rough = (
        simulated_stage(made_with(window, 3, weekly_cv=cv), [CITY], table).posterior.mean()[1]
        for cv in (0.0, 0.5)
    )
    assert calm < 0.2
    assert rough > 0.35


def test_without_due_times_their_effect_is_not_identified(window: TrainingWindow) -> None:
    bare = replace(window, demand=replace(window.demand, due=np.full(len(window.team), np.nan)))
    small = simulated_table(bare, [CITY], 1, ExecutorChoice("serial", 1), rows=200)
    place = SUMMARIES.index("response_due_effect")
    assert (small.summaries[:, place] == small.summaries[0, place]).all()
    found = simulated_stage(bare, [CITY], small).identified.set_index("parameter")
    assert found.loc["due_effect", "verdict"] == NOT_IDENTIFIED


def test_a_run_carries_the_next_draw_of_the_direct_stage(window: TrainingWindow) -> None:
    slow = CITY.with_values(hazard=0.5 * CITY.hazard)
    both, one = prepare(window, [CITY, slow], 1), prepare(window, [CITY], 1)
    values = prior_row(CITY_PARAMETERS, 1, 0)
    assert (both(0, values) == one(0, values)).all()
    assert not (both(1, values) == one(1, values)).all()


def test_hours_of_a_pace_are_those_of_the_clock(window: TrainingWindow) -> None:
    monday = window.demand.monday
    pace = pace_of(CITY, monday, 0, DAYS)
    expected = working_age(CITY.clock, monday, DAYS, CITY.holidays)
    team = np.arange(len(TEAMS))
    for day in (0.0, 4.5, 95.0, 95.7, 110.25):
        aged = pace.age(team, np.full(3, -pace.at_once_days), np.full(3, day))
        assert aged == pytest.approx(expected[:, round(day * 24)], abs=0.05)


def test_two_stages_stand_side_by_side(window: TrainingWindow, table: ReferenceTable) -> None:
    stage = simulated_stage(made_with(window, 4, gamma=0.5), [CITY], table)
    found = against_direct(stage, {"gamma": np.array([0.45, 0.5, 0.55]), "weekly_cv": np.array([3.0, 3.1])})
    assert found["parameter"].tolist() == ["gamma", "weekly_cv"]
    assert abs(found["apart"][0]) < 3.0
    assert found["apart"][1] > 10.0


def test_the_file_is_summarised_against_the_mean_of_the_draws(window: TrainingWindow) -> None:
    draws: list[CityDraw] = [CITY.with_values(hazard=factor * CITY.hazard) for factor in (0.9, 1.1)]
    assert observed_summaries(window, draws) == pytest.approx(observed_summaries(window, [CITY]), nan_ok=True)


def test_a_short_file_keeps_four_weeks_to_measure(window: TrainingWindow) -> None:
    demand = window.demand
    short = training_window(
        monday=demand.monday, until=35, opened=demand.opened, closed=window.closed, due=demand.due,
        category=demand.category, categories=demand.categories, team=window.team,
        urgent=np.zeros(len(demand.categories), dtype=bool),
    )  # fmt: skip
    assert (short.demand.origin, short.demand.end) == (7.0, 35.0)
