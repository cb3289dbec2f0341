"""Patrol, couriers and convening with known answers: competing clocks, who is found, what links do."""

import math

import numpy as np
import pandas as pd

from sim import Records
from tests.truth import exact
from tests.truth.community import counted, run
from tests.truth.coordination import SESSION, THREE
from tests.truth.equivalence import Experiment, Values

#: Two grids, each with its cadre, and a rate of reports slow enough to be beaten.
_RESIDENTS, _GRIDS, _HOUSEHOLD = 2000, 2, 2.5
_HOMES = _RESIDENTS / _GRIDS / _HOUSEHOLD
_WALK = 8.4
_PATROL = {
    "community.residents": _RESIDENTS,
    "community.grid_residents": _RESIDENTS / _GRIDS,
    "community.household_size": _HOUSEHOLD,
    "patrol.hours_per_week": _WALK,
    "demand.rate": 12,
}


def _homes_per_hour(rate_per_day: float) -> float:
    """Return the homes that an hour must cover for patrol to find at `rate_per_day`, round the clock."""
    return rate_per_day * 7.0 * _HOMES / _WALK


def _found(cases: pd.DataFrame, by: str = "cadre") -> np.ndarray:
    return (cases["found_by"] == by).to_numpy()


def _private() -> Experiment:
    """One observer and patrol: found first with probability r/(r + λ), known after 1/(r + λ)."""
    patrol, report = 0.06, 0.09
    settings = {
        **_PATROL,
        "patrol.homes_visited_per_hour": _homes_per_hour(patrol),
        # Nothing here is seen from outside.
        "patrol.homes_passed_per_hour": 0,
        "reporting.base_rate_per_day": report,
    }

    def once(seed: int, replication: int) -> Values:
        cases = counted(run(settings, seed, replication))
        wait = cases["reported_at"] - cases["arisen_at"]
        return {
            "cases": len(cases),
            "found first": float(_found(cases).mean()),
            "days until known": float(wait.mean()),
        }

    total = patrol + report
    results = {"found first": patrol / total, "days until known": 1.0 / total}
    return Experiment("patrol against one observer", once, results, replications=12)


def _public() -> Experiment:
    """Many observers, couriers and patrol: each first in proportion to its rate."""
    patrol, courier, report, seen_by = 0.05, 0.04, 0.003, 10
    settings = {
        **_PATROL,
        "patrol.homes_visited_per_hour": 0,
        "patrol.homes_passed_per_hour": _homes_per_hour(patrol),
        "patrol.couriers_per_10k": 20,
        "patrol.courier_passes_per_day": 0.4,
        "patrol.courier_report_probability": courier / 8.0,
        "platform.enabled": "true",
        "adoption.initial_registered": 0,
        "adoption.innovation_per_year": 0,
        "adoption.imitation_per_year": 0,
        "adoption.contact_probability": 0,
        "demand.public_share": 1,
        "demand.exposure_median": seen_by,
        "demand.exposure_sigma": 0,
        "reporting.base_rate_per_day": report,
    }

    def once(seed: int, replication: int) -> Values:
        cases = counted(run(settings, seed, replication))
        return {
            "cases": len(cases),
            "found by cadres": float(_found(cases).mean()),
            "found by couriers": float(_found(cases, "courier").mean()),
        }

    total = patrol + courier + seen_by * report
    results = {"found by cadres": patrol / total, "found by couriers": courier / total}
    return Experiment("patrol and couriers against ten observers", once, results, replications=12)


def _age() -> Experiment:
    """Visits blind to age find more among the old, by as much as these report less."""
    patrol, base, phone, office = 0.04, 0.1, 0.2, 1.6
    settings = {
        **_PATROL,
        "patrol.homes_visited_per_hour": _homes_per_hour(patrol),
        "community.share_60plus": 0.5,
        "reporting.base_rate_per_day": base,
        "reporting.cost_phone": phone,
        "reporting.cost_office": office,
        "reporting.phone_share": 1,
        "reporting.phone_share_60plus": 0,
    }

    def share(cost: float) -> float:
        return patrol / (patrol + base * math.exp(-cost))

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        cases = counted(records)
        old = records.people.set_index("person_id")["age_60plus"]
        old = old.reindex(cases["requester_id"]).to_numpy()
        found = _found(cases)
        return {"cases": len(cases), "60+ over under 60": float(found[old].mean() / found[~old].mean())}

    results = {"60+ over under 60": share(office) / share(phone)}
    return Experiment("patrol, age gradient", once, results, replications=12)


def _registration() -> Experiment:
    """Nobody reports; owners register at rate g and are then visited φ times as often: the clock goes on."""
    patrol, registers, factor, window = 0.08, 0.05, 0.4, 40.0
    settings = {
        **_PATROL,
        "patrol.homes_visited_per_hour": _homes_per_hour(patrol),
        "patrol.registered_factor": factor,
        "demand.rate": 40,
        "horizon_days": int(window),
        "followup_days": 400,
        "reporting.base_rate_per_day": 0,
        "platform.enabled": "true",
        "adoption.net_use": 1,
        "adoption.able": 1,
        "adoption.initial_registered": 0,
        "adoption.innovation_per_year": registers * 365.0,
        "adoption.imitation_per_year": 0,
        "adoption.contact_probability": 0,
    }
    # Over the window, the share of needs that arise before their owner registers.
    before = (1.0 - math.exp(-registers * window)) / (registers * window)
    after = 1.0 / (factor * patrol)
    first = 1.0 / (patrol + registers)
    wait = before * (first + registers * first * after) + (1.0 - before) * after

    def once(seed: int, replication: int) -> Values:
        cases = counted(run(settings, seed, replication))
        return {
            "cases": len(cases),
            "days until found": float((cases["reported_at"] - cases["arisen_at"]).mean()),
        }

    return Experiment("patrol, owners register", once, {"days until found": wait}, replications=12)


#: Units that refuse nearly everything, parts that take no time, and no second chance.
_REFUSING = 0.02
_CONVENED = {
    **THREE,
    **SESSION,
    "units.work_days": 0.05,
    "community.residents": 5000,
    "referral.accept_probability": _REFUSING,
    "referral.link_effect": 5,
    "referral.retries": 0,
    "referral.escalation": "false",
}


def _solved(records: Records) -> Values:
    cases = counted(records)
    return {"cases": len(cases), "solved": float((cases["status"] == "solved").mean())}


def _convener(links: str, level: int) -> Experiment:
    """A convener's links reach units of their level and below; the second part is at any up to the first."""
    alone, linked = _REFUSING, exact.logistic(exact.logit(_REFUSING) + 5.0)
    top = ("none", "street", "county").index(links)
    row = ",".join("1" if k == level else "0" for k in range(3))
    settings = {
        **_CONVENED,
        "demand.level_given_organisations": f"[[{row}],[{row}],[{row}]]",
        "joint_session.convener_links": links,
    }

    def accepts(unit_level: int) -> float:
        return linked if top > 0 and unit_level <= top else alone

    second = sum(accepts(k) for k in range(level + 1)) / (level + 1)

    def once(seed: int, replication: int) -> Values:
        return _solved(run(settings, seed, replication))

    name = f"convener with links of {links}, first unit at level {level}"
    return Experiment(name, once, {"solved": accepts(level) * second}, replications=12)


def outreach() -> list[Experiment]:
    """Return all experiments on patrol and convening."""
    return [
        _private(),
        _public(),
        _age(),
        _registration(),
        _convener("county", 2),
        _convener("street", 1),
    ]
