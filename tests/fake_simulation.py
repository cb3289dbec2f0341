"""A stand-in for the simulation: ledgers of the right shape in a millisecond."""

import os
import time
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from sim.engine.tables.communities import COMMUNITY

NEEDS = 40
STATUSES = ["open", "solved", "paper_closed", "shelved", "withdrawn", "silent"]
SOLVERS = [
    "desk",
    "cadre",
    "unit",
    "joint_session",
    "neighbour",
    "merchant",
    "social_organisation",
    "deliberation",
]
PEOPLE = [
    "person_id",
    "community",
    "kind",
    "age_60plus",
    "age_under14",
    "migrant",
    "literate",
    "registered",
    "active",
    "trust",
    "expectation",
    "propensity",
    "reports",
    "contributions",
    "votes",
    "volunteer_hours",
    "in_denominator",
    "reports_counted",
    "contributions_counted",
    "votes_counted",
]
DAILY = ["day", "community", *COMMUNITY.daily]
DAILY += ["staff_hours_available", "waiting_sessions", "trust_mean", "adopters"]


def simulate(scenario: Any, seed: int = 1, replication: int = 0) -> Any:
    """One made-up run; faster where the platform is on."""
    tape = np.random.default_rng([seed, replication])
    nan = np.full(NEEDS, np.nan)
    arisen = np.sort(scenario.warmup_days + scenario.horizon_days * tape.random(NEEDS))
    delay = tape.exponential(10.0, NEEDS) * (0.5 if scenario.platform.enabled else 1.0)
    solved = tape.random(NEEDS) < 0.7
    solved_at = np.where(solved, arisen + delay, np.nan)
    cases = pd.DataFrame(
        {
            "scenario": pd.Categorical([scenario.name] * NEEDS),
            "replication": replication,
            "case_id": np.arange(NEEDS),
            "incident_id": np.arange(NEEDS),
            "community": 0,
            "origin": pd.Categorical(["resident"] * NEEDS),
            "requester_id": np.arange(NEEDS),
            "category": pd.Categorical(["utilities"] * NEEDS),
            "organisations_needed": 1 + np.arange(NEEDS) % 3,
            "level_needed": 0,
            "priority": 0,
            "work_hours": 2.0,
            "arisen_at": arisen,
            "reported_at": arisen + 0.1 * delay,
            "channel": pd.Categorical(["phone"] * NEEDS),
            "accepted_at": arisen + 0.2 * delay,
            "first_response_at": nan,
            "service_started_at": arisen + 0.5 * delay,
            "closed_at": solved_at,
            "solved_at": solved_at,
            "status": pd.Categorical(np.where(solved, "solved", "open"), categories=STATUSES),
            "solved_by": pd.Categorical(np.where(solved, "cadre", None), categories=SOLVERS),
            "handoffs": 0,
            "bounces": 0,
            "duplicates": 0,
            "reopened": 0,
            "satisfaction": nan,
            "staff_hours": 2.0,
            "unit_hours": 0.0,
            "volunteer_hours": 0.0,
            "reporter_id": np.arange(NEEDS),
            "public": False,
        }
    )
    people = _frame(scenario, replication, PEOPLE, NEEDS)
    people["person_id"] = np.arange(NEEDS)
    people["kind"] = pd.Categorical(["resident"] * NEEDS)
    days = scenario.warmup_days + scenario.horizon_days + scenario.followup_days
    daily = _frame(scenario, replication, DAILY, days)
    daily["day"] = np.arange(days)
    return SimpleNamespace(
        cases=cases,
        daily=daily,
        people=people,
        settings=scenario,
        scenario=scenario.name,
        seed=seed,
        replication=replication,
        moments={},
    )


def slow(scenario: Any, seed: int = 1, replication: int = 0) -> Any:
    """The first two replications at once, the others never; says so in a file, for tests of Ctrl-C."""
    if replication >= 2:
        with open(os.environ["COGOV_TEST_STARTED"], "w", encoding="utf-8") as file:
            file.write("started")
        time.sleep(60)
    return simulate(scenario, seed, replication)


def deadly(scenario: Any, seed: int = 1, replication: int = 0) -> Any:
    """Kills the process it runs in, as a system short of memory would."""
    if replication >= 1:
        os._exit(9)
    return simulate(scenario, seed, replication)


def _frame(scenario: Any, replication: int, columns: list[str], rows: int) -> pd.DataFrame:
    frame = pd.DataFrame({"scenario": pd.Categorical([scenario.name] * rows), "replication": replication})
    return frame.assign(**dict.fromkeys(columns, 0))
