"""Visits, overtime and absence of one cadre alone, whose every hour can be read off the ledger."""

import numpy as np
import pandas as pd
import pytest

from sim import CommunityModel, load_scenario, simulate
from sim.agents.people import Cadre
from sim.engine.tables.staff import NO_JOB
from sim.records.tables import Records
from tests.guarantees.runs import STAFF_ALONE

_ALONE = (
    *STAFF_ALONE,
    "community.residents=3000",
    "community.merchants=0",
    "community.grid_residents=500",
    "warmup_days=0",
    "horizon_days=300",
    "followup_days=0",
    "demand.rate=.3",
    "demand.organisations_shares=[1,0,0]",
    "demand.level_given_organisations=[[1,0,0],[1,0,0],[1,0,0]]",
    "demand.public_share=0",
    "demand.urgent_share=0",
    "demand.helpable_share=0",
    "demand.desk_share=0",
    "closing.enabled=false",
    "reporting.base_rate_per_day=100",
    "reporting.repeat_after_days=36500",
    "intake.minutes=0",
    "routing.misroute=0",
    "staff.per_10k=3.4",
    "staff.patience_days=null",
)


def _run(*overrides: str) -> Records:
    records = simulate(load_scenario("administration_led", [*_ALONE, *overrides]), seed=5)
    assert len(records.cadres) == 1
    return records


def _visits(records: Records) -> pd.DataFrame:
    cases = records.cases[records.cases["status"] == "solved"]
    grids = records.people.set_index("person_id")["grid"]
    return cases.assign(grid=grids[cases["requester_id"]].to_numpy()).sort_values("service_started_at")


def test_the_way_is_shared_by_visits_in_a_row() -> None:
    way, again = 0.4, 0.25
    records = _run(f"staff.travel_hours={way}", f"staff.travel_repeat_share={again}", "demand.rate=.6")
    visits = _visits(records)
    start, end = visits["service_started_at"].to_numpy(), visits["closed_at"].to_numpy()
    grid = visits["grid"].to_numpy()
    goes_on = np.zeros(len(visits), bool)
    goes_on[1:] = (start[1:] == end[:-1]) & (grid[1:] == grid[:-1])
    assert 20 < goes_on.sum() < len(visits) - 20
    hours = visits["staff_hours"].to_numpy() - visits["work_hours"].to_numpy()
    np.testing.assert_allclose(hours, np.where(goes_on, again, 1.0) * way, atol=1e-9)
    begun = records.cases["service_started_at"].notna().sum() - len(visits)
    last = records.daily.iloc[-1]["staff_hours_travel"]
    assert hours.sum() + begun * again * way - 1e-9 <= last <= hours.sum() + begun * way + 1e-9


@pytest.mark.parametrize("cap", [40.0, 1.5])
def test_work_in_hand_runs_over_up_to_the_week_s_cap(cap: float) -> None:
    records = _run(f"roster.overtime_hours_per_week={cap}")
    visits = _visits(records)
    speed = records.cadres["hours_available"].iloc[0] / float(records.built.state.worked[300])
    start, end = visits["service_started_at"].to_numpy(), visits["closed_at"].to_numpy()
    # Counted from nine in the morning, since a long evening ends after midnight.
    day = np.floor(end - 9.0 / 24.0)
    over = (end - day) * 24.0 - 17.0
    over = np.where((over > 1e-9), over, 0.0)
    weeks = pd.Series(over).groupby(day // 7).sum()
    assert weeks.max() <= cap + 1e-6
    assert over.sum() * speed == pytest.approx(records.cadres["hours_overtime"].iloc[0], rel=1e-6)
    if cap == 40.0:
        # Nothing of up to a shift's length is ever put aside overnight.
        short = visits["work_hours"].to_numpy() / speed
        day_left = 17.0 - (start - np.floor(start)) * 24.0
        once = short <= day_left + 8.0
        assert (over > 0).sum() > 20
        np.testing.assert_allclose((end - start)[once] * 24.0, short[once], atol=1e-6)
    else:
        assert (np.floor(end) > np.floor(start)).sum() > 10


def test_nobody_starts_work_on_a_day_away() -> None:
    records = _run("roster.absence=.12")
    own = records.built.state.attendance[0]
    worked = records.built.state.worked
    away = (np.diff(own) == 0.0) & (np.diff(worked) > 0.0)
    started = np.floor(records.cases["service_started_at"].dropna().to_numpy()).astype(int)
    ended = np.floor(records.cases["closed_at"].dropna().to_numpy() - 1e-9).astype(int)
    assert away[:300].sum() > 10
    assert not away[started].any()
    assert not away[ended].any()


def test_the_grid_of_a_cadre_who_is_away_is_seen_to_by_the_others() -> None:
    """With idle hands that look at once, nobody ends a shift idle while a colleague's grid waits."""
    load = ("staff.per_10k=20", "demand.rate=.5", "staff.take_over_per_hour=1000000")
    overrides = ("community.residents=6000", "roster.absence=.12", *load)
    model = CommunityModel(load_scenario("administration_led", [*_ALONE, *overrides]), seed=1)
    queue = model.state.server["queue"]
    seen = 0
    for _ in range(120):
        model.step()
        day = int(model.time_days) - 1
        cadres = model.agents_by_type[Cadre]
        rows = model.state.attendance
        idle = [cadre for cadre in cadres if model.state.server["job"][cadre.index] == NO_JOB]
        if not any(rows[one.index, day + 1] > rows[one.index, day] for one in idle):
            continue
        for cadre in cadres:
            off = rows[cadre.index, day + 1] == rows[cadre.index, day]
            if off and model.state.worked[day + 1] > model.state.worked[day]:
                waits = model.state.track["queue"] == queue[cadre.index]
                before_the_shift = model.state.track["queued_at"] < day + 9 / 24
                assert not (waits & before_the_shift).any()
                seen += 1
    assert seen > 20


def test_posts_on_call_take_what_has_waited_longest_in_any_line() -> None:
    alone = ("demand.urgent_share=1", "staff.take_over_per_hour=0")
    overrides = ("roster.on_call=1", "demand.rate=1.2", "staff.per_10k=10", *alone)
    records = simulate(load_scenario("administration_led", [*_ALONE, *overrides]), seed=5)
    assert len(records.cadres) == 3
    cases = records.cases.dropna(subset=["service_started_at"])
    start, reported = cases["service_started_at"].to_numpy(), cases["reported_at"].to_numpy()
    into = (start - np.floor(start)) * 24.0
    night = (into < 9.0 - 1e-6) | (into > 17.0 + 1e-6) | (np.floor(start) % 7 >= 5)
    chosen = np.flatnonzero(night & (start - reported > 1e-6))
    assert len(chosen) > 50
    for k in chosen:
        waiting = (reported < start[k]) & (start > start[k])
        assert not (reported[waiting] < reported[k] - 1e-9).any()


def test_hours_on_call_are_owed_and_then_taken_off() -> None:
    """What is worked on call is free time later: both together fill no more than the shifts."""
    records = _run("roster.on_call=1", "demand.urgent_share=.1", "demand.rate=.6")
    cadre = records.cadres.iloc[0]
    assert cadre["hours_on_call"] > 30
    start = records.cases["service_started_at"].dropna().to_numpy()
    into = (start - np.floor(start)) * 24.0
    night = (into < 9.0 - 1e-6) | (into >= 17.0) | (np.floor(start) % 7 >= 5)
    assert (records.cases.loc[records.cases["service_started_at"].notna(), "priority"][night] == 0).all()
    # Overloaded, so that the shifts are full; one job may be under way at the end.
    in_shift = cadre["hours_cases"] - cadre["hours_on_call"]
    taken_off = cadre["hours_on_call"] - float(records.built.state.server["debt"][0])
    others = cadre[["hours_duplicates", "hours_chasing", "hours_handling", "hours_sessions"]].sum()
    assert in_shift + taken_off + others == pytest.approx(cadre["hours_available"], abs=15.0)
