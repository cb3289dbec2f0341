"""The life of a case and the reasons of a person, as plain values, taken from a run.

Whether a person reports is a clock: it rings when the hazard (`sim.rules.resident.report_rate`) has used up
the person's luck, which is the same in both regimes. Said here is the hazard with its parts, when the clock
rings at the present pace, and for what is over, whose voice or which solution came first.
"""

import math
from typing import Any

import numpy as np
import pandas as pd

from sim.parameters.scenario import Scenario

_TIMES = ("arisen_at", "reported_at", "accepted_at", "first_response_at", "service_started_at", "closed_at")
_COUNTS = ("handoffs", "bounces", "duplicates", "reopened", "organisations_needed", "level_needed")
_NAMES = ("category", "channel", "status", "solved_by", "origin", "found_by", "supplier")
_NUMBERS = ("work_hours", "staff_hours", "unit_hours", "volunteer_hours", "satisfaction")
#: Needs of a person told in full; the latest.
NEEDS_TOLD = 12


def case_row(run: Any, case: int) -> dict[str, Any]:
    """Return what the ledger says of a case: times in days, None where a thing did not happen."""
    cases = run.cases
    ids = cases["case_id"].to_numpy()
    at = int(np.searchsorted(ids, case))
    if at >= len(ids) or ids[at] != case:
        raise KeyError(case)
    return _row(cases.iloc[at])


def _row(line: pd.Series) -> dict[str, Any]:
    found: dict[str, Any] = {"case_id": int(line["case_id"])}
    for name in (*_TIMES, "solved_at", "due_at"):
        found[name] = _number(line[name])
    for name in _COUNTS:
        found[name] = int(line[name])
    for name in _NAMES:
        found[name] = None if pd.isna(line[name]) else str(line[name])
    for name in _NUMBERS:
        found[name] = _number(line[name])
    found["public"] = bool(line["public"])
    return found


def _number(value: Any) -> float | None:
    value = float(value)
    return round(value, 3) if math.isfinite(value) else None


def person_state(
    run: Any, scenario: Scenario, seed: int, replication: int, person: int, day: int
) -> dict[str, Any]:
    """Return a person's state at the start of a day, what they see and how near their voice is.

    Parameters
    ----------
    run
        The whole run's records, for what came of it later.
    person
        Index of the person in the run.
    day
        Days since time 0.
    """
    from sim.agents.model import CommunityModel
    from sim.engine.tables.people import IS_MERCHANT, OVER_60, UNDER_14

    model = CommunityModel(scenario, seed, replication)
    model.run_for(min(day, model.days))
    flags = int(model.state.person["flags"][person])
    held: Any = model.person(person)
    ties = held.ties
    age = "merchant" if flags & IS_MERCHANT else "60plus" if flags & OVER_60 else None
    clocks = dict(held.clocks()) if not flags & UNDER_14 else {}
    return {
        "person": person,
        "day": day,
        "age": age or ("under14" if flags & UNDER_14 else "adult"),
        "migrant": bool(held.migrant),
        "grid": int(held.grid),
        "has_phone": bool(held.has_phone),
        "eligible": bool(held.eligible),
        "registered": bool(held.registered),
        "active": bool(held.active),
        "trust": float(held.trust),
        "expectation": float(held.expectation),
        "propensity": float(held.propensity),
        "channel_cost": float(held.channel_cost),
        "reports": int(held.reports),
        "contributions": int(held.contributions),
        "volunteer_hours": float(held.volunteer_hours),
        "ties": [int(tie) for tie in ties[:60]],
        "tie_count": len(ties),
        "rate": float(held.report_rate()),
        "base_rate": float(scenario.reporting.base_rate_per_day),
        "trust_weight": float(scenario.reporting.trust_weight),
        "learned": float(held.learned),
        "watching": [_watched(model, held, need, at) for need, at in sorted(clocks.items())][:NEEDS_TOLD],
        "own": _own_needs(run, model, person),
    }


def _watched(model: Any, held: Any, need: int, rings_at: float) -> dict[str, Any]:
    """Return an open need that the person sees, and when its clock rings at the present pace."""
    row, case = model.state.need[need], model.state.case[need]
    return {
        "case_id": int(need),
        "category": model.categories[int(row["category"])],
        "own": int(row["owner"]) == held.index,
        "since": float(row["arisen_at"]),
        "severity": float(row["severity"]),
        "rate": float(held.report_rate_of(need)),
        "readiness": float(held.readiness_of(need)),
        "published": float(_published(model, held, need)),
        "rings_at": float(rings_at),
        "known": _number(case["reported_at"]),
        "by_me": int(case["reporter"]) == held.index,
    }


def _published(model: Any, held: Any, need: int) -> float:
    """Return the factor on the hazard of a need's published status: the clock's own over the bare rule's.

    How far readiness has faded is told apart from it.
    """
    bare = held.report_rate(float(model.state.need["severity"][need])) * held.readiness_of(need)
    return held.report_rate_of(need) / bare if bare > 0.0 else 1.0


def _own_needs(run: Any, model: Any, person: int) -> list[dict[str, Any]]:
    """Return the needs a person had in the whole run, and who made each known."""
    need = run.built.state.need
    mine = np.flatnonzero(need["owner"] == person)[-NEEDS_TOLD:]
    case = run.built.state.case
    rows = []
    for n in mine.tolist():
        row = case_row(run, n)
        reporter = int(case["reporter"][n])
        row["by_me"] = reporter == person
        row["others_saw"] = int(need["pair_count"][n]) > 1
        rows.append(row)
    return rows
