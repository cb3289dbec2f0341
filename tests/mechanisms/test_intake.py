"""Intake: merging, routing, patience, separate apps, who operates the platform, a new convener."""

import numpy as np
import pandas as pd
import pytest

from sim import load_scenario, simulate
from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth.community import SESSION, THREE, counted, run
from tests.truth.equivalence import Experiment, Values

NEUTRAL = {
    "a convener who begins after the run": Neutral(
        ("joint_session.enabled=true", "joint_session.start_day=1000000"), ("joint_session.enabled=false",)
    ),
    "several apps that share their data": Neutral(
        ("platform.apps=4",), ("platform.apps=1",), ("platform.enabled=true", "paperwork.integration=1")
    ),
    "several apps that merge nothing": Neutral(
        ("platform.apps=4",), ("platform.apps=1",), ("platform.enabled=true", "intake.merge_probability=0")
    ),
    "authority table where nothing goes astray": Neutral(
        ("routing.authority_table=true", "routing.misroute_hours=5"),
        ("routing.authority_table=false",),
        ("routing.misroute=0", "routing.misroute_with_table=0"),
    ),
    "authority table no better than without": Neutral(
        ("routing.authority_table=true", "routing.misroute_with_table=.3"),
        ("routing.authority_table=false",),
        ("routing.misroute=.3",),
    ),
    # As good as endless: of a million with that mean one ends within a day.
    "patience beyond the run": Neutral(
        ("staff.patience_days=1000000",), ("staff.patience_days=null",), of_the_place=True
    ),
    "merging never": Neutral(
        ("intake.merged_minutes=60",),
        ("intake.merged_minutes=1",),
        ("intake.merge_probability=0", "intake.repeat_recognised=0"),
    ),
    "reminders known where nobody sends any": Neutral(
        ("intake.repeat_recognised=1",),
        ("intake.repeat_recognised=0",),
        ("reporting.repeat_after_days=36500",),
    ),
    "cases entered again in further platforms, of which there are none": Neutral(
        ("paperwork.entry_minutes=60",), ("paperwork.entry_minutes=0",), ("paperwork.platforms=1",)
    ),
    "cases entered again in integrated platforms": Neutral(
        ("paperwork.entry_minutes=60",), ("paperwork.entry_minutes=0",), ("paperwork.integration=1",)
    ),
    "one entry, as integration and table": Neutral(
        ("operation.integrated=true",), ("paperwork.integration=1", "routing.authority_table=true")
    ),
    "one entry where there is nothing to integrate": Neutral(
        ("operation.integrated=true",),
        ("operation.integrated=false",),
        ("paperwork.platforms=1", "routing.misroute=.1", "routing.misroute_with_table=.1"),
    ),
    "partner without a platform": Neutral(
        ("operation.operator=partner",), ("operation.operator=government",), ("platform.enabled=false",)
    ),
    "partner without minutes, audit and signature": Neutral(
        ("operation.operator=partner",),
        ("operation.operator=government",),
        (
            "operation.audit_share=0",
            "operation.countersign_days=0",
            "intake.minutes=0",
            "intake.merged_minutes=0",
            "intake.triage_hours=0",
            "paperwork.platforms=1",
        ),
    ),
    "government without a partner to audit": Neutral(
        ("operation.audit_share=.5", "operation.countersign_days=2"), (), ("operation.operator=government",)
    ),
}
AT_WORK = {
    "new convener": ("joint_session.start_day=60", "joint_session.start_day=0"),
    "apps": ("platform.apps=4", "platform.apps=1", "paperwork.integration=0"),
    "table": ("routing.authority_table=true", "routing.authority_table=false"),
    "patience": ("staff.patience_days=10", "staff.patience_days=null"),
    "merging": ("intake.merge_probability=.5", "intake.merge_probability=0"),
    "reminders": ("intake.repeat_recognised=1", "intake.repeat_recognised=0", "staff.per_10k=10"),
    "entry": ("paperwork.entry_minutes=10", "paperwork.entry_minutes=0"),
    "one entry": ("operation.integrated=true", "operation.integrated=false"),
    "partner": ("operation.operator=partner", "operation.operator=government"),
    "audit": ("operation.audit_share=.5", "operation.audit_share=0", "operation.operator=partner"),
    "countersign": (
        "operation.countersign_days=2",
        "operation.countersign_days=0",
        "operation.operator=partner",
    ),
}
COVERING = {
    "three apps, a convener from the twelfth day on": (
        "co_governance",
        (
            *TINY,
            "platform.apps=3",
            "joint_session.start_day=12",
            "referral.accept_probability=.2",
            "referral.escalation=false",
            "referral.retries=0",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "patience a fifth too long",
        "mechanisms/intake/intake.py",
        "wait = mean * exponential(",
        "wait = 1.2 * mean * exponential(",
        "Erlang-A, 4",
        part="queues",
    ),
    Break(
        "withdrawal takes nobody out of the line",
        "mechanisms/intake/intake.py",
        "        remove(s, n)\n        serve_those_behind(s, n, t)\n    withdraw(s, n, t)",
        "        return\n    withdraw(s, n, t)",
        "Erlang-A, 10",
        part="queues",
    ),
    Break(
        "a case goes wrong once at most",
        "mechanisms/intake/routing.py",
        "if draw >= p:",
        "if draw >= p or step > 0:",
        "misroutes",
        part="coordination",
    ),
    Break(
        "wrong dispatches cost no hours",
        "mechanisms/intake/routing.py",
        'charge_handling(s, n, s.par[0]["routing_misroute_hours"], t)',
        "charge_handling(s, n, 0.0, t)",
        "misroutes",
        part="coordination",
    ),
    Break(
        "sent back whenever it pleases",
        "mechanisms/intake/routing.py",
        "if limit >= 0.0:",
        "if False:",
        "sent back within",
        part="staffing",
    ),
    Break(
        "half of those recognised are triaged anew",
        "mechanisms/intake/intake.py",
        'merges += (1.0 - merges) * s.par[0]["intake_repeat_recognised"]',
        'merges += 0.5 * (1.0 - merges) * s.par[0]["intake_repeat_recognised"]',
        "reminders by the same",
        part="takeup",
    ),
    Break(
        "every app shows what is in the others",
        "mechanisms/intake/separate_apps.py",
        'merges *= s.par[0]["platform_shared_data"]',
        "merges *= 1.0",
        "number of apps 3",
        part="takeup",
    ),
    Break(
        "a new convener calls in one case alone",
        "mechanisms/intake/new_convener.py",
        "            push(s, t, EV_CONVENE, n + 1, 0)\n",
        "",
        "tests/mechanisms/test_intake.py",
        part="takeup",
    ),
]


def _misroutes(probability: float, limit: float | None = None) -> Experiment:
    """Misroutes: 1/(1 − b) dispatches a case, b/(1 − b) times the hours and the delay of a wrong one.

    With a `limit` a case must be sent back within that time.
    """
    hours, delay = 0.02, 1.5
    settings = {
        "standards.enabled": str(limit is not None).lower(),
        "standards.extension_probability": 0,
        "standards.send_back_days": "null" if limit is None else limit,
        "routing.misroute": probability,
        "routing.misroute_hours": hours,
        "referral.bounce_delay_days": delay,
    }
    more = probability / (1.0 - probability)

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 6000}, seed, replication)
        cases = counted(records)
        arrival = cases["service_started_at"] - cases["accepted_at"]
        return {
            "cases": len(cases),
            "dispatches": float(cases["handoffs"].mean()),
            "bounces": float(cases["bounces"].mean()),
            "staff hours": float(cases["staff_hours"].mean()),
            "days until the right desk": float(arrival.mean()),
        }

    results = {
        "dispatches": 1.0 / (1.0 - probability),
        "bounces": more,
        "staff hours": 0.001 + hours * more,
        "days until the right desk": (delay if limit is None else limit) * more,
    }
    name = f"misroutes {probability:g}" + ("" if limit is None else f", sent back within {limit:g} days")
    return Experiment(name, once, results, replications=12)


def _apps(apps: int, shared: float) -> Experiment:
    """Of m equally popular apps a report meets the first with probability 1/m, or where data are shared."""
    merges = 0.8
    settings = {
        # The first case of each cadre takes for ever, so that problems stay and are reported again.
        "staff.per_10k": 10,
        "demand.work_hours": "[1e6,1e6,1e6]",
        "demand.rate": 1,
        "demand.public_share": 1,
        "demand.exposure_median": 20,
        "demand.exposure_sigma": 0,
        "community.residents": 8000,
        "horizon_days": 150,
        "followup_days": 0,
        "reporting.base_rate_per_day": 0.002,
        "reporting.cost_office": 1,
        "reporting.cost_phone": 1,
        "platform.enabled": "true",
        "platform.apps": apps,
        "adoption.net_use": 1,
        "adoption.able": 1,
        "adoption.initial_registered": 1,
        "paperwork.platforms": 1,
        "paperwork.integration": shared,
        "intake.merge_probability": merges,
        # Hours on duplicates then count those not merged.
        "intake.merged_minutes": 0,
        "intake.triage_hours": 1,
        "intake.revisit_probability": 0,
    }

    def once(seed: int, replication: int) -> Values:
        end = run(settings, seed, replication).daily.iloc[-1]
        return {
            "cases": float(end["duplicates"]),
            "merged": float(1.0 - end["staff_hours_duplicates"] / end["duplicates"]),
        }

    exact = merges * (1.0 / apps + (1.0 - 1.0 / apps) * shared)
    name = f"number of apps {apps}, {shared:.0%} of data shared"
    return Experiment(name, once, {"merged": exact}, replications=20)


def _reminders() -> Experiment:
    """Of reports by those who asked before the stated share is merged; without a platform no others are."""
    recognised = 0.7
    settings = {
        "staff.per_10k": 10,
        "demand.work_hours": "[1e6,1e6,1e6]",
        "demand.rate": 1,
        "demand.public_share": 0,
        "community.residents": 8000,
        "horizon_days": 150,
        "followup_days": 0,
        "reporting.base_rate_per_day": 0.02,
        "reporting.repeat_after_days": 5,
        "intake.repeat_recognised": recognised,
        # Hours on duplicates then count those not merged.
        "intake.merged_minutes": 0,
        "intake.triage_hours": 1,
        "intake.revisit_probability": 0,
    }

    def once(seed: int, replication: int) -> Values:
        end = run(settings, seed, replication).daily.iloc[-1]
        return {
            "cases": float(end["duplicates"]),
            "merged": float(1.0 - end["staff_hours_duplicates"] / end["duplicates"]),
        }

    return Experiment("reminders by the same person", once, {"merged": recognised}, replications=12)


LIMITS = [
    _reminders(),
    _misroutes(0.35),
    _misroutes(0.35, 0.5),
    _apps(1, 0.0),
    _apps(3, 0.0),
    _apps(4, 0.4),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


_STARTS, _END = 100.0, 200
#: Letters are refused and nothing comes back by itself; whoever is convened by the county commits.
_REFUSED: dict[str, object] = {
    **THREE,
    **SESSION,
    "community.residents": 400,
    "horizon_days": _END,
    "followup_days": 200,
    "units.work_days": 0.01,
    "referral.accept_probability": 1e-5,
    "referral.link_effect": 10,
    "referral.convener_effect": 10,
    "referral.retries": 0,
    "referral.escalation": "false",
    "joint_session.start_day": _STARTS,
    "joint_session.convener_links": "county",
}


def _first_session(at: float) -> float:
    first = 2 + 14 / 24
    return first + 7.0 * np.ceil((at - first) / 7.0)


def _shelved_before(cases: pd.DataFrame) -> pd.DataFrame:
    return cases[cases["reported_at"] < _STARTS - 1.0]


def test_what_was_shelved_is_solved_in_the_first_session_and_nothing_before() -> None:
    cases = run(_REFUSED, 1, 0).cases
    before = _shelved_before(cases)
    assert len(before) > 200
    assert (before["status"] == "solved").all()
    assert (before["solved_by"] == "joint_session").all()
    assert (before["reopened"] == 1).all()
    held = _first_session(_STARTS)
    assert before["solved_at"].min() > held
    # Parts take a quarter of an hour in the mean.
    assert before["solved_at"].max() < held + 1.0
    later = cases[(cases["reported_at"] > _STARTS + 7.0) & (cases["reported_at"] < 380.0)]
    assert (later["reopened"] == 0).all()
    assert (later["solved_by"] == "joint_session").all()


def test_without_a_convener_they_stay_on_the_shelf() -> None:
    cases = run({**_REFUSED, "joint_session.start_day": 10_000}, 1, 0).cases
    assert (cases["status"] == "shelved").all()


def test_where_two_are_needed_too_and_where_one_is_enough_never() -> None:
    two = {
        "demand.organisations_shares": "[0,1,0]",
        "demand.level_given_organisations": "[[1,0,0],[0,1,0],[0,1,0]]",
    }
    cases = _shelved_before(run({**_REFUSED, **two}, 1, 0).cases)
    assert (cases["status"] == "solved").all()
    one = {
        "demand.organisations_shares": "[1,0,0]",
        "demand.level_given_organisations": "[[0,1,0],[0,1,0],[0,1,0]]",
    }
    cases = run({**_REFUSED, **one}, 1, 0).cases
    assert (cases["status"] == "shelved").all()


@pytest.mark.parametrize("weeks", [3, 11])
def test_as_far_as_there_is_room_in_the_order_in_which_they_arose(weeks: int) -> None:
    """With room for r a week and a list of w weeks, the i-th is called in week ⌈i/r⌉, and r·w in all."""
    room = 5
    settings = {"joint_session.capacity": room, "joint_session.longest_wait_weeks": weeks}
    cases = _shelved_before(run({**_REFUSED, **settings}, 1, 0).cases)
    called = cases[cases["reopened"] > 0].sort_values("case_id")
    assert len(called) == room * weeks < len(cases)
    assert called["case_id"].tolist() == sorted(cases["case_id"])[: room * weeks]
    week = np.arange(len(called)) // room
    sessions = _first_session(_STARTS) + 7.0 * week
    assert (called["solved_at"].to_numpy() > sessions).all()
    assert (called["solved_at"].to_numpy() < sessions + 1.0).all()


@pytest.mark.parametrize("name", ["fenghua_waterlogging_weekly", "fenghua_waterlogging_convener"])
def test_a_flooded_market_that_lay_shelved_is_remedied_once_somebody_convenes(name: str) -> None:
    """Refused by letter from the first rain on; all who wait for the lead are solved with it."""
    certain = [
        "referral.accept_probability=.05",
        "shocks.flood_accept_probability=.000000001",
        "shocks.flood_link_effect=40",
        "joint_session.absence_intercept=-50",
        "joint_session.absence_slope=0",
        "warmup_days=0",
        "horizon_days=400",
        "followup_days=200",
        "community.residents=2000",
        "shocks.rain_per_year=25",
        "shocks.rain_season_amplitude=0",
    ]
    begun = 300.0
    late = load_scenario(name, [*certain, f"joint_session.start_day={begun}"])
    market = simulate(late, 5).incidents
    assert market["fixed_at"].notna().all()
    assert (market["fixed_at"] > begun).all()
    never = load_scenario(name, [*certain, "joint_session.start_day=100000"])
    assert simulate(never, 5).incidents["fixed_at"].isna().all()
