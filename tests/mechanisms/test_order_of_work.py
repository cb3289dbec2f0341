"""Order of work: first come, first served, or by due date, or between the two."""

import itertools

import numpy as np
import pytest

from sim import load_scenario
from sim.simulation import Run
from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test
from tests.truth.community import isolated

#: Dates alike for all.
_ALIKE = ("trust.standard_days=[3,3,3]", "closing.enabled=true")
NEUTRAL = {
    "due dates that nobody looks at": Neutral(
        ("staff.due_date_weight=0", "units.due_date_weight=0"), (), ("closing.enabled=true",)
    ),
    # Served once each, by cadres alone: dates come in the order of reports, and so do cases.
    "due dates, as long for all cases": Neutral(
        ("staff.due_date_weight=1",),
        ("staff.due_date_weight=0",),
        (
            *_ALIKE,
            "calendar.round_the_clock=true",
            "closing.base_probability=0",
            "referral.shelf_days=null",
            "referral.reopen_after_days=36500",
            "demand.organisations_shares=[1,0,0]",
            "demand.level_given_organisations=[[1,0,0],[1,0,0],[1,0,0]]",
            "routing.misroute=0",
            "routing.misroute_with_table=0",
            "staff.patience_days=null",
            "demand.helpable_share=0",
        ),
    ),
}
AT_WORK = {
    "due dates of cases": ("staff.due_date_weight=1", "staff.due_date_weight=0", "staff.per_10k=10"),
    "due dates of parts": (
        "units.due_date_weight=1",
        "units.due_date_weight=0",
        "units.officers_per_10k=[7,7,7]",
    ),
}
COVERING = {
    "by due date": (
        "administration_led",
        (
            *TINY,
            "standards.enabled=true",
            "roster.on_call=1",
            "demand.urgent_share=.3",
            "staff.per_10k=100",
            "staff.due_date_weight=.5",
            "units.due_date_weight=1",
            "units.officers_per_10k=[20,20,20]",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "the latest due date first",
        "mechanisms/staff/order_of_work.py",
        "        own = case_turn(s, n)\n        if own < lowest:",
        "        own = case_turn(s, n)\n        if own > lowest:",
        "tests/mechanisms/test_order_of_work.py",
    ),
    Break(
        "officers take the part after the one whose turn it is",
        "mechanisms/staff/order_of_work.py",
        "            before, lowest = previous, own",
        "            before, lowest = leg, own",
        "tests/mechanisms/test_order_of_work.py",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)

_CASES = 7


def _fixed_set(weight: float, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Serve seven cases that all wait when the one server is free; return arrivals, hours, dates and starts.

    In days. Case 0, which keeps the server until all have come, is not returned.
    """
    scenario = load_scenario(
        "administration_led",
        [
            "verification.mode=queue",
            "calendar.round_the_clock=true",
            "verification.servers=1",
            "verification.arrival_rate=2",
            "warmup_days=0",
            "horizon_days=60",
            "followup_days=0",
            f"staff.due_date_weight={weight}",
        ],
    )
    run = Run.start(scenario, 1)
    state = run.built.state
    luck = np.random.default_rng(seed)
    n = _CASES + 1
    state.need["arisen_at"] = 1e6
    state.need["arisen_at"][:n] = np.arange(n) / 100.0
    state.need["work_hours"][:n] = 24.0 * luck.exponential(1.0, n)
    state.need["work_hours"][0] = 24.0
    if state.closure.shape[0]:
        state.closure["due_at"][:n] = luck.uniform(1.0, 9.0, n)
        due = state.closure["due_at"][1:n].copy()
    else:
        due = luck.uniform(1.0, 9.0, n)[1:]
    run.advance(run.days)
    cases = run.records().cases.iloc[1:n]
    assert cases["status"].eq("solved").all()
    return (
        state.need["arisen_at"][1:n].copy(),
        state.need["work_hours"][1:n] / 24.0,
        due,
        cases["service_started_at"].to_numpy(),
    )


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
def test_a_line_is_served_by_its_weight(weight: float) -> None:
    for seed in range(5):
        arisen, _, due, started = _fixed_set(weight, seed)
        order = np.argsort((1.0 - weight) * arisen + weight * due)
        np.testing.assert_array_equal(np.argsort(started), order)


def test_earliest_due_date_first_makes_the_longest_delay_shortest() -> None:
    """Jackson (1955): no order of a fixed set of cases on one server has a smaller maximum lateness."""
    worse = 0
    for seed in range(5):
        _, hours, due, started = _fixed_set(1.0, seed)
        latest = float((started + hours - due).max())
        begin = started.min()
        orders = np.array(list(itertools.permutations(range(_CASES))))
        ends = begin + np.cumsum(hours[orders], axis=1)
        possible = (ends - due[orders]).max(axis=1)
        assert latest == pytest.approx(possible.min(), abs=1e-9)
        *_, came = _fixed_set(0.0, seed)
        worse += float((came + hours - due).max()) > latest + 1e-9
    assert worse > 2


def test_with_dates_as_long_for_all_a_queue_is_first_come_first_served() -> None:
    """M/M/1 by due date, each date three days after coming: the same cases at the same times, bit for bit."""
    settings = [
        "verification.mode=queue",
        "calendar.round_the_clock=true",
        "verification.servers=1",
        "verification.arrival_rate=.8",
        "verification.service_mean=1",
        "warmup_days=0",
        "horizon_days=2000",
    ]
    found = []
    for weight in (0.0, 0.5, 1.0):
        run = Run.start(
            load_scenario("administration_led", [*settings, f"staff.due_date_weight={weight}"]), 3
        )
        state = run.built.state
        if weight:
            state.closure["due_at"] = state.need["arisen_at"] + 3.0
        run.advance(run.days)
        cases = run.records().cases
        found.append(cases[["service_started_at", "closed_at"]].to_numpy())
    np.testing.assert_array_equal(found[1], found[0])
    np.testing.assert_array_equal(found[2], found[0])


def test_an_officer_takes_the_part_that_is_due_first() -> None:
    """Whenever an officer begins, nothing that waits at the same unit is due earlier."""
    settings = {
        "community.residents": 2000,
        "demand.rate": 12,
        "demand.organisations_shares": "[1,0,0]",
        "demand.level_given_organisations": "[[0,1,0],[0,1,0],[0,1,0]]",
        "referral.accept_probability": 0.999999999,
        "units.officers_per_10k": "[10,10,10]",
        "units.work_days": 0.5,
        "units.due_date_weight": 1,
        "standards.enabled": "true",
        "standards.extension_probability": 0,
        "standards.pause_shelved": "false",
        "standards.category_tiers": "{utilities: 0, housing: 4}",
        "horizon_days": 60,
        "followup_days": 0,
    }
    run = Run.start(isolated(settings), 1)
    run.advance(run.days)
    records = run.records()
    state, cases = run.built.state, records.cases
    leg = state.leg
    started = cases["service_started_at"].to_numpy()[leg["need"]]
    due = cases["due_at"].to_numpy()[leg["need"]]
    queued = leg["queued_at"]
    waited = (queued > 0.0) & (started > queued)
    turns = 0
    inversions = 0
    for unit in np.unique(leg["unit"]):
        mine = np.flatnonzero((leg["unit"] == unit) & waited)
        for i in mine:
            there = mine[(queued[mine] < started[i]) & (started[mine] > started[i])]
            turns += there.size
            inversions += int((due[there] < due[i] - 1e-9).sum())
    assert turns > 500
    assert inversions == 0
