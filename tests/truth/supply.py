"""Plural support with known answers: a supplier's answer, and the line of what it has promised."""

from sim.parameters.scenario import CATEGORIES
from tests.truth import exact
from tests.truth.community import counted, run
from tests.truth.equivalence import Experiment, Values

#: Needs of one category.
LABOUR_ALONE = "{" + ", ".join(f"{name}: {int(name == 'labour')}" for name in CATEGORIES) + "}"
#: One supplier: the social organisations, and needs that nobody else has authority over.
ONE: dict[str, object] = {
    "plural.enabled": "true",
    "plural.property_company_hours": 0,
    "plural.owners_committee_hours": 0,
    "plural.enterprise_hours": 0,
    "plural.longest_backlog_weeks": 520,
    "demand.category_shares": LABOUR_ALONE,
    "referral.load_slope": 0,
    "community.residents": 10_000,
}


def _accepted(probability: float, frailty_sd: float) -> Experiment:
    """One offer, one answer: taken on with the stated probability whatever the spread of readiness."""
    settings = {
        **ONE,
        "plural.accept_probability": probability,
        "plural.social_organisation_hours": 1e12,
        "referral.frailty_sd": frailty_sd,
        "demand.rate": 0.6,
        "staff.per_10k": 100,
    }

    def once(seed: int, replication: int) -> Values:
        cases = counted(run(settings, seed, replication))
        return {"cases": len(cases), "taken on": float((cases["solved_by"] == "social_organisation").mean())}

    name = f"supplier, readiness spread {frailty_sd:g}"
    return Experiment(name, once, {"taken on": probability}, replications=12)


def _line(load: float, cv: float) -> Experiment:
    """A supplier that takes everything on is M/G/1: the wait of Pollaczek and Khinchine."""
    mean, rate = 0.05, load / 0.05
    hours_a_week = 84.0
    settings = {
        **ONE,
        "plural.accept_probability": 1,
        # Half of the week: an hour of work takes two.
        "plural.social_organisation_hours": hours_a_week,
        "demand.rate": 365.0 * rate / 10_000,
        "demand.work_hours": f"[{12.0 * mean},1,1]",
        "demand.work_cv": cv,
        "staff.per_10k": 1,
        "warmup_days": 100,
        "horizon_days": 2400,
        "followup_days": 100,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        cases = records.cases
        cases = cases[(cases["arisen_at"] >= 100) & (cases["arisen_at"] < 2500)]
        service = cases["closed_at"] - cases["service_started_at"]
        return {
            "cases": len(cases),
            "mean wait": float((cases["service_started_at"] - cases["accepted_at"]).mean()) / mean,
            "mean service": float(service.mean()) / mean,
            "mean squared service": float((service**2).mean()) / mean**2,
            "cases a day": len(cases) / 2400.0 * mean,
        }

    square = 1.0 + cv * cv
    controls = {"mean service": 1.0, "mean squared service": square, "cases a day": load}
    wait = exact.mg1_wait(load, 1.0, square)
    return Experiment(f"supplier's line, load {load:g}", once, {"mean wait": wait}, controls, replications=16)


def supply() -> list[Experiment]:
    """Return all experiments on plural support."""
    return [_accepted(0.7, 0.0), _accepted(0.3, 1.5), _line(0.5, 0.7)]
