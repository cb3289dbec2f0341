"""Reporting: who speaks up about what they see, and when."""

import math

import numpy as np

from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth.community import run
from tests.truth.equivalence import Experiment, Values

NEUTRAL = {
    "published status that moves nobody": Neutral(
        ("reporting.published_status=true",),
        ("reporting.published_status=false",),
        ("reporting.published_factor=1", "trust.published_weight=0"),
    ),
}
AT_WORK = {
    "published factor": ("reporting.published_factor=.4", "reporting.published_factor=1"),
    "trust weight": ("reporting.trust_weight=2", "reporting.trust_weight=0"),
}
COVERED_BY = (
    "patrol, couriers, embedded cadres",
    "co_governance",
)
BREAKS = [
    Break(
        "channel costs nothing",
        "rules/resident.py",
        "math.exp(severity + trust_weight * (trust - 0.5) - cost)",
        "math.exp(severity + trust_weight * (trust - 0.5))",
        "reporting, propensity spread 0",
        part="people",
    ),
    Break(
        "trust does not move reporting",
        "rules/resident.py",
        "math.exp(severity + trust_weight * (trust - 0.5) - cost)",
        "math.exp(severity - cost)",
        "reporting, propensity spread 0",
        part="people",
    ),
    Break(
        "everybody reports once only",
        "mechanisms/reporting/reporting.py",
        "    restart_clock(s, q, t)\n",
        '    s.pair[q]["rate"] = 0.0\n',
        "reporting, propensity spread 0",
        part="people",
    ),
    Break(
        "published status without effect",
        "mechanisms/reporting/reporting_clocks.py",
        '_scale_need(s, n, s.par[0]["reporting_published_factor"], t)',
        "_scale_need(s, n, 1.0, t)",
        "reporting, published status",
        part="people",
    ),
]


_OBSERVERS = 20
#: A need that nobody ever solves, seen by the same number of people.
_UNSOLVED = {
    "staff.per_10k": 0,
    "demand.public_share": 1,
    "demand.exposure_median": _OBSERVERS,
    "demand.exposure_sigma": 0,
    "demand.rate": 1,
    "horizon_days": 100,
    "followup_days": 0,
    "reporting.repeat_after_days": 1e-9,
}


def _reporting(sigma: float) -> Experiment:
    """Reports of an open problem are Poisson: Σ duplicates / Σ exposure gives their rate back.

    With `sigma` people differ in their propensity; the rate recovered is then that of the people who look on.
    """
    base, cost, trust_weight, trust = 0.002, 0.7, 1.5, 0.8
    settings = {
        **_UNSOLVED,
        "reporting.base_rate_per_day": base,
        "reporting.propensity_sigma": sigma,
        "reporting.cost_office": cost,
        "reporting.cost_phone": cost,
        "reporting.trust_weight": trust_weight,
        "trust.initial_mean": trust,
        "trust.initial_sd": 0,
    }
    rate = base * math.exp(trust_weight * (trust - 0.5) - cost)

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 14_000}, seed, replication)
        state = records.built.state
        cases = records.cases
        propensity = state.person["propensity"]
        reported = cases["reported_at"].notna().to_numpy()
        seen_by = state.pair["person"].reshape(-1, _OBSERVERS)
        watching = np.where(seen_by >= 0, propensity[seen_by], 0.0).sum(axis=1)
        open_days = (100.0 - cases["reported_at"]).to_numpy()[reported]
        exposure = float(np.sum(watching[reported] * open_days))
        # Watched for twenty days or more, a need tells how soon the first report comes.
        early = (cases["arisen_at"] < 80.0).to_numpy()
        heard = (cases["reported_at"] <= cases["arisen_at"] + 20.0).to_numpy()[early]
        expected = 1.0 - np.exp(-rate * watching[early] * 20.0)
        return {
            "cases": int(cases["duplicates"].sum()),
            "rate from duplicates": float(cases["duplicates"].sum()) / exposure,
            "heard of in twenty days over expected": float(heard.mean() / expected.mean()),
        }

    results = {"rate from duplicates": rate, "heard of in twenty days over expected": 1.0}
    return Experiment(f"reporting, propensity spread {sigma:g}", once, results, replications=12)


def _published() -> Experiment:
    """Published status damps further reports: with n reports the rate is λψⁿ.

    Then ψ⁻ⁿ less its drift is a martingale: E[ψ⁻ⁿ] = 1 + mλ(1/ψ − 1)t.
    """
    base, factor = 0.003, 0.7
    settings = {
        **_UNSOLVED,
        "reporting.base_rate_per_day": base,
        "reporting.published_status": "true",
        "reporting.published_factor": factor,
    }
    drift = _OBSERVERS * base * (1.0 / factor - 1.0)

    def once(seed: int, replication: int) -> Values:
        cases = run({**settings, "community.residents": 8000}, seed, replication).cases
        reports = cases["duplicates"] + cases["reported_at"].notna()
        grown = (factor ** -reports.to_numpy(dtype=float) - 1.0).sum()
        return {"cases": len(cases), "drift": float(grown / (100.0 - cases["arisen_at"]).sum())}

    return Experiment("reporting, published status", once, {"drift": drift}, replications=12)


LIMITS = [
    _reporting(0.0),
    _reporting(1.0),
    _published(),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)
