"""The map, the life of a case, the reasons of a person: held against the run itself."""

from typing import Any

import numpy as np
import pytest

from experiments.dashboard.panels.history_html import (
    case_html,
    events,
    own_lines,
    person_html,
    reasons,
    verdict,
)
from experiments.dashboard.state.scenario_pair import View, arms
from experiments.dashboard.work import worker_tasks
from experiments.dashboard.work.community_map import open_needs, open_on, plots
from experiments.dashboard.work.histories import case_row
from sim.records.tables import Records
from sim.scenario.loading import load_scenario
from sim.simulation import simulate

PLACE = ["community.residents=800", "community.merchants=20", "warmup_days=0", "horizon_days=150"]


@pytest.fixture(scope="module")
def runs() -> list[Records]:
    scenarios = [load_scenario(name, PLACE) for name in ("administration_led", "co_governance")]
    return [simulate(scenario, 1, 0) for scenario in scenarios]


def test_everybody_has_a_place_of_their_own(runs: list[Records]) -> None:
    place = plots(runs[0], 0)
    homes = set(zip(place["x"], place["y"], strict=True))
    assert len(homes) == place["residents"] + place["merchants"] == len(runs[0].people)
    x, y = np.array(place["x"]), np.array(place["y"])
    assert x.min() >= 0
    assert y.min() >= 0
    assert x.max() <= place["width"]
    assert y.max() <= place["height"]
    # Who is numbered next is near, except from one building to the next.
    steps = np.hypot(np.diff(x[: place["residents"]]), np.diff(y[: place["residents"]]))
    assert np.median(steps) == 1.0
    assert plots(runs[1], 0)["x"] == place["x"]


@pytest.mark.parametrize("side", [0, 1])
def test_the_map_shows_what_is_open(runs: list[Records], side: int) -> None:
    needs = open_needs(runs[side], 0)
    cases = runs[side].cases
    for day in (10.05, 77.05, 149.05):
        known, unknown = open_on(needs, day)
        over = (cases["solved_at"] <= day) | ((cases["status"] == "withdrawn") & (cases["closed_at"] <= day))
        still = (cases["arisen_at"] <= day) & ~over
        heard = cases["reported_at"] <= day
        assert abs(known - int((still & heard).sum())) <= 2  # days on the map have one decimal
        assert abs(unknown - int((still & ~heard).sum())) <= 2
        assert day < 20 or known > 0


def test_a_case_is_the_same_need_in_both(runs: list[Records]) -> None:
    solved = runs[0].cases.query("status == 'solved'")["case_id"].iloc[5]
    rows = [case_row(run, int(solved)) for run in runs]
    for key in ("case_id", "category", "arisen_at", "work_hours", "organisations_needed"):
        assert rows[0][key] == rows[1][key]
    line = runs[0].cases.set_index("case_id").loc[solved]
    assert rows[0]["solved_at"] == pytest.approx(line["solved_at"], abs=1e-3)
    days = [day for day, _ in events(rows[0], "en")]
    assert days == sorted(days)
    assert days[0] == rows[0]["arisen_at"]
    for language in ("en", "zh"):
        text = case_html(rows, ["A", "B"], language)
        assert text.count("cogov-life ") == 2


def test_the_difference_is_said_as_it_is() -> None:
    row: dict[str, Any] = {"solved_at": 10.0}
    assert verdict([row, {"solved_at": 7.5}], "en") == "truly solved 2.5 days sooner under B than under A"
    assert verdict([row, {"solved_at": 12.0}], "zh") == "乙侧比甲侧晚2.0天真实解决"
    assert verdict([row, row], "en") == "truly solved at the same time under both"
    assert verdict([row, {"solved_at": None}], "en") == "truly solved only under A"
    assert verdict([{"solved_at": None}, row], "zh") == "仅在乙侧真实解决"
    assert verdict([{"solved_at": None}] * 2, "en") == "truly solved under neither"


def test_a_clock_said_to_ring_rings() -> None:
    """With trust at rest nothing changes a pace: who is said to report on a day does, or never does."""
    quiet = [
        "trust.enabled=false",
        "demand.public_share=0",
        "demand.rate=3",
        "reporting.base_rate_per_day=.03",
        "reporting.fading_days=60",
        "reporting.learning_weight=0",
    ]
    still = load_scenario("administration_led", [*PLACE, *quiet])
    run = simulate(still, 1, 0)
    cases = run.cases
    open_then = cases[(cases["arisen_at"] < 59) & ~(cases["reported_at"] < 61) & ~(cases["solved_at"] < 61)]
    owners = run.built.state.need["owner"]
    for wanted in (open_then[open_then["reported_at"] > 61], open_then[open_then["status"] == "silent"]):
        seen_some = 0
        for case in wanted["case_id"].iloc[:20]:
            state = worker_tasks.one_person(still, 1, 0, int(owners[case]), 60)
            found = [seen for seen in state["watching"] if seen["case_id"] == case]
            if not found:
                assert state["age"] == "under14"  # who sees it and never reports, whatever the hazard
                continue
            seen_some += 1
            line, seen = cases.loc[case], found[0]
            if line["status"] == "silent":
                assert seen["rings_at"] > run.settings.horizon_days + run.settings.followup_days
            else:
                assert line["reported_at"] == pytest.approx(seen["rings_at"], abs=1e-9)
            hazard = seen["severity"] + state["trust"] - 0.5 - state["channel_cost"]
            factors = state["propensity"] * state["learned"] * seen["readiness"]
            assert seen["rate"] == pytest.approx(0.03 * factors * np.exp(hazard))
        assert seen_some >= 5


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_person_is_told_in_words(view: View, language: str) -> None:
    states = [worker_tasks.one_person(arm, 1, 0, 4, 50) for arm in arms(view)]
    assert states[0]["person"] == 4
    assert states[0]["propensity"] == states[1]["propensity"]
    text = person_html(states, ["A", "<i>B</i>"], 110, language)
    assert "<i>" not in text
    for state in states:
        assert len(reasons(state, 110, language)) == len(state["watching"])
        assert len(own_lines(state, language)) == len(state["own"])
