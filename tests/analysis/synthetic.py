"""Made-up runs with the columns of the ledger, the daily series, the people and the units.

`run` draws a plausible run; `cases` builds a ledger row by row for cases reckoned by hand. Twins share the
draws of the tape: only what was done about a need differs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from analysis.estimates.workload import TOTALS
from analysis.inputs.ledger import STATUSES
from analysis.metrics import SOLVERS

NAN = float("nan")

# Per regime: mean days to solution, share ever solved, share reported, by whom, paper, shelved, withdrawn.
REGIMES: dict[str, dict[str, Any]] = {
    "administration_led": {
        "delay": 22.0,
        "solved": 0.62,
        "reported": 0.80,
        "paper": 0.06,
        "shelved": 0.05,
        "withdrawn": 0.02,
        "by": [0.12, 0.63, 0.25, 0, 0, 0, 0, 0],
        "contribute": 0.0,
        "vote": 0.0,
        "session_hours": 0.0,
        "titles": {"en": "Administration-led service", "zh": "行政主导的供给"},
    },
    "co_governance": {
        "delay": 14.0,
        "solved": 0.70,
        "reported": 0.86,
        "paper": 0.04,
        "shelved": 0.03,
        "withdrawn": 0.02,
        "by": [0.10, 0.50, 0.10, 0.15, 0.09, 0.02, 0.03, 0.01],
        "contribute": 0.03,
        "vote": 0.02,
        "session_hours": 9.0,
        "titles": {"en": "Digital multi-party co-governance", "zh": "数字化多元共治"},
    },
}


@dataclass
class Run:
    """Stands in for the records of a run."""

    cases: pd.DataFrame
    daily: pd.DataFrame
    people: pd.DataFrame
    units: pd.DataFrame
    cadres: pd.DataFrame
    settings: Any
    scenario: str
    replication: int


def settings(
    warmup: float = 180,
    horizon: float = 365,
    followup: float = 180,
    week: int = 5,
    round_the_clock: bool = False,
    titles: Mapping[str, str] | None = None,
) -> Any:
    """Just the settings the analysis looks at."""
    calendar = SimpleNamespace(
        start_date="2023-01-02",
        holidays="none",
        working_days_per_week=week,
        round_the_clock=round_the_clock,
    )
    return SimpleNamespace(
        warmup_days=warmup,
        horizon_days=horizon,
        followup_days=followup,
        calendar=calendar,
        title=SimpleNamespace(**titles) if titles else None,
    )


def cases(rows: Sequence[Mapping[str, Any]], scenario: str = "a", replication: int = 0) -> pd.DataFrame:
    """Build a ledger from rows that name only what matters; the rest is what an open, reported need has."""
    blank: dict[str, Any] = {
        "case_id": -1,
        "incident_id": -1,
        "community": 0,
        "origin": "resident",
        "requester_id": -1,
        "category": "utilities",
        "organisations_needed": 1,
        "level_needed": 0,
        "priority": 0,
        "work_hours": 2.0,
        "arisen_at": 0.0,
        "reported_at": NAN,
        "channel": None,
        "accepted_at": NAN,
        "first_response_at": NAN,
        "service_started_at": NAN,
        "closed_at": NAN,
        "solved_at": NAN,
        "status": "open",
        "solved_by": None,
        "handoffs": 0,
        "bounces": 0,
        "duplicates": 0,
        "reopened": 0,
        "satisfaction": NAN,
        "staff_hours": 0.0,
        "unit_hours": 0.0,
        "volunteer_hours": 0.0,
        "reporter_id": -1,
        "public": False,
        "paper_closings": 0,
    }
    full = [{**blank, "case_id": number, "incident_id": number, **row} for number, row in enumerate(rows)]
    frame = pd.DataFrame(full, columns=list(blank))
    frame.insert(0, "scenario", scenario)
    frame.insert(1, "replication", replication)
    return categorise(frame)


def categorise(frame: pd.DataFrame) -> pd.DataFrame:
    """Make categoricals of the columns of names."""
    frame["status"] = pd.Categorical(frame["status"], categories=list(STATUSES))
    frame["solved_by"] = pd.Categorical(frame["solved_by"], categories=list(SOLVERS))
    for name in ("scenario", "origin", "category", "channel"):
        frame[name] = frame[name].astype("category")
    return frame


def hand_run(
    rows: Sequence[Mapping[str, Any]],
    people: pd.DataFrame | None = None,
    daily: pd.DataFrame | None = None,
    units: pd.DataFrame | None = None,
    scenario: str = "a",
    replication: int = 0,
    **calendar: Any,
) -> Run:
    """Make a run around a ledger written by hand; by default no warm-up, so that every row counts."""
    chosen = settings(**{"warmup": 0, **calendar})
    empty = pd.DataFrame()
    return Run(
        cases(rows, scenario, replication),
        empty if daily is None else daily,
        empty if people is None else people,
        empty if units is None else units,
        empty,
        chosen,
        scenario,
        replication,
    )


def run(
    scenario: str = "co_governance",
    replication: int = 0,
    needs: int = 6000,
    residents: int = 9000,
    effect: float = 1.0,
    **calendar: Any,
) -> Run:
    """Draw one run; `effect` scales the mean delay."""
    regime = REGIMES[scenario]
    chosen = settings(**calendar, titles=regime["titles"])
    end = chosen.warmup_days + chosen.horizon_days + chosen.followup_days
    tape = np.random.default_rng([7, replication])
    arisen = np.sort(tape.uniform(0, end, needs))
    organisations = tape.choice([1, 2, 3], needs, p=[0.65, 0.25, 0.10])
    requester = tape.integers(0, residents, needs)
    delay = tape.exponential(1.0, needs) * np.where(organisations == 1, 0.6, 2.2)
    luck = tape.random((4, needs))
    replication_effect = np.exp(tape.normal(0, 0.08))
    solved_at = arisen + delay * regime["delay"] * effect * replication_effect + 0.3
    reported = luck[0] < regime["reported"]
    solved = reported & (luck[1] < regime["solved"] / regime["reported"]) & (solved_at < end)
    reported_at = np.where(reported, arisen + 0.3 * (solved_at - arisen), np.nan)
    reported_at[reported_at > end] = np.nan
    status = np.where(np.isnan(reported_at), "silent", "open").astype(object)
    cut = np.cumsum([regime["paper"], regime["shelved"], regime["withdrawn"]])
    for limit, name in ((cut[2], "withdrawn"), (cut[1], "shelved"), (cut[0], "paper_closed")):
        status[~np.isnan(reported_at) & (luck[2] < limit * 3)] = name
    status[solved] = "solved"
    closed_at = np.where(np.isin(status, ["withdrawn", "paper_closed"]), reported_at + 20.0, np.nan)
    closed_at[solved] = solved_at[solved]
    by = np.array(SOLVERS, dtype=object)[
        np.searchsorted(np.cumsum(regime["by"]), luck[3] * 0.999999, side="right").clip(max=7)
    ]
    frame = pd.DataFrame(
        {
            "scenario": scenario,
            "replication": replication,
            "case_id": np.arange(needs),
            "incident_id": np.arange(needs),
            "community": 0,
            "origin": "resident",
            "requester_id": requester,
            "category": "utilities",
            "organisations_needed": organisations,
            "level_needed": 0,
            "priority": 0,
            "work_hours": 4.0,
            "arisen_at": arisen,
            "reported_at": reported_at,
            "channel": np.where(np.isnan(reported_at), None, "phone"),
            "accepted_at": reported_at,
            "first_response_at": reported_at + 0.5,
            "service_started_at": reported_at + 1.0,
            "closed_at": closed_at,
            "solved_at": np.where(solved, solved_at, np.nan),
            "status": status,
            "solved_by": np.where(solved, by, None),
            "handoffs": organisations - 1,
            "bounces": (luck[1] * organisations).astype(int),
            "duplicates": (luck[3] * 1.3).astype(int),
            "reopened": 0,
            "satisfaction": np.where(solved, 0.5 + 0.4 * luck[2], np.nan),
            "staff_hours": 4.0,
            "unit_hours": 1.0,
            "volunteer_hours": 0.0,
            "reporter_id": requester,
            "public": False,
        }
    )
    rng = np.random.default_rng([11, replication])
    return Run(
        categorise(frame),
        _daily(regime, end, needs, rng),
        _people(regime, residents, rng),
        _units(regime, rng),
        pd.DataFrame(),
        chosen,
        scenario,
        replication,
    )


def _daily(regime: Mapping[str, Any], end: float, needs: int, rng: np.random.Generator) -> pd.DataFrame:
    day = np.arange(int(end))
    working = (day % 7) < 5
    load = np.clip(0.8 + 0.1 * np.sin(2 * np.pi * day / 365) + rng.normal(0, 0.06, len(day)), 0, None)
    sessions = np.where(day % 7 == 2, regime["session_hours"], 0.0)
    backlog = np.full(len(day), 120.0 * regime["delay"] / 22) + 25 * np.sin(2 * np.pi * day / 365)
    per_day = needs / end
    return running_totals(
        {
            "scenario": "x",
            "replication": 0,
            "day": day,
            "community": 0,
            "arisen": per_day,
            "reported": per_day * regime["reported"],
            "duplicates": 2,
            "accepted": per_day,
            "closed": per_day * 0.7,
            "solved": per_day * regime["solved"],
            "withdrawn": 0.1,
            "shelved": 0.3,
            "open_cases": backlog,
            "waiting_sessions": sessions,
            "session_cases": (sessions / 2).astype(int),
            "staff_hours_cases": working * load * 70,
            "staff_hours_handling": working * 3.0,
            "staff_hours_sessions": sessions,
            "staff_hours_duplicates": working * 4.0,
            "staff_hours_chasing": working * 2.0,
            "staff_hours_travel": 0.0 * working,
            "staff_hours_council": 0.0,
            "staff_hours_patrol": 0.0,
            "staff_hours_mobilisation": 0.0,
            "hours_overtime": working * 2.0,
            "hours_on_call": 1.0,
            "embedded_hours": 0.0,
            "staff_hours_available": working * 100.0,
            "unit_hours": working * 11.0,
            "volunteer_hours": regime["contribute"] * 60 * np.ones(len(day)),
            "registered": 3150,
            "active": 990,
            "trust_mean": 0.6,
            "adopters": 3150,
        }
    )


def running_totals(per_day: Mapping[str, Any]) -> pd.DataFrame:
    """Make a daily series of what happened each day: counts and hours are kept as totals since time 0."""
    frame = pd.DataFrame(per_day)
    for name in frame.columns.intersection(list(TOTALS)):
        frame[name] = frame.groupby("community")[name].cumsum()
    return frame


def _people(regime: Mapping[str, Any], residents: int, rng: np.random.Generator) -> pd.DataFrame:
    merchants = 300
    number = residents + merchants
    kind = np.array(["resident"] * residents + ["merchant"] * merchants)
    propensity = np.exp(rng.normal(-(1.65**2) / 2, 1.65, number))
    age = rng.random(number)
    contributions = rng.poisson(regime["contribute"] * propensity)
    votes = rng.poisson(regime["vote"] * propensity)
    reports = rng.poisson(0.3 * propensity)
    return pd.DataFrame(
        {
            "scenario": "x",
            "replication": 0,
            "person_id": np.arange(number),
            "community": 0,
            "kind": pd.Categorical(kind),
            "age_60plus": age > 0.85,
            "age_under14": age < 0.12,
            "migrant": False,
            "literate": True,
            "registered": age < 0.5,
            "active": False,
            "trust": 0.6,
            "expectation": 0.6,
            "propensity": propensity,
            "reports": reports,
            "contributions": contributions,
            "votes": votes,
            "volunteer_hours": 0.0,
            "in_denominator": age >= 0.12,
            "reports_counted": reports,
            "contributions_counted": contributions,
            "votes_counted": votes,
        }
    )


def _units(regime: Mapping[str, Any], rng: np.random.Generator) -> pd.DataFrame:
    asks = rng.integers(5, 60, 12)
    sessions = rng.integers(1, 20, 12) if regime["session_hours"] else np.zeros(12, dtype=int)
    return pd.DataFrame(
        {
            "unit_id": np.arange(12),
            "community": -1,
            "level": 1,
            "kind": "bureau",
            "officers": 6,
            "asks": asks,
            "commitments": asks * 7 // 10,
            "delivered": asks * 6 // 10,
            "sessions_asked": sessions,
            "sessions_attended": sessions * 8 // 10,
            "hours": 100.0,
        }
    )
