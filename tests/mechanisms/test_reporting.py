"""Reporting: who speaks up about what they see, and when."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from sim import CommunityModel
from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth.community import isolated, run
from tests.truth.equivalence import Experiment, Values

COVERING = {
    "readiness that fades and begins again": (
        "co_governance",
        (
            *TINY,
            "reporting.fading_days=4",
            "reporting.seen_again_per_day=.05",
            "reporting.base_rate_per_day=.05",
            "reporting.repeat_after_days=7",
            "reporting.published_status=true",
        ),
        1,
    ),
}
NEUTRAL = {
    "published status that moves nobody": Neutral(
        ("reporting.published_status=true",),
        ("reporting.published_status=false",),
        ("reporting.published_factor=1", "trust.published_weight=0"),
    ),
    "readiness that does not fade, seen anew after the run": Neutral(
        ("reporting.fading_days=null", "reporting.seen_again_per_day=.0000000001"),
        ("reporting.fading_days=null", "reporting.seen_again_per_day=0"),
    ),
    "seen anew after the run": Neutral(
        ("reporting.seen_again_per_day=.0000000001",), ("reporting.seen_again_per_day=0",)
    ),
}
AT_WORK = {
    "fading readiness": ("reporting.fading_days=5", "reporting.fading_days=null"),
    "seen anew": (
        "reporting.seen_again_per_day=.05",
        "reporting.seen_again_per_day=0",
        "reporting.fading_days=5",
    ),
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
    Break(
        "readiness fades half as fast",
        "engine/hazard_clocks.py",
        "    return max(anchor, since - fading * math.log(left))",
        "    return max(anchor, since - 2.0 * fading * math.log(left))",
        "fading readiness",
        part="people",
    ),
    Break(
        "a change of the rate forgets that readiness has faded",
        "mechanisms/reporting/reporting_clocks.py",
        """        s.pair[q]["anchor"] = t
    s.pair[q]["rate"] = rate * factor
""",
        """        s.pair[q]["anchor"] = t
        s.pair[q]["since"] = t
    s.pair[q]["rate"] = rate * factor
""",
        "tests/mechanisms/test_reporting.py::test_a_change_of_the_rate_keeps_what_has_faded",
    ),
    Break(
        "what is seen anew is as faded as before",
        "mechanisms/reporting/reporting_clocks.py",
        """            s.pair[q]["since"] = t
            s.pair[q]["remaining"] = exponential(""",
        """            s.pair[q]["remaining"] = exponential(""",
        "seen anew",
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


def _lone(rate: float, fading: float, days: int) -> dict[str, object]:
    """Nobody ever solves a need, and its owner alone sees it: who speaks up does so by themselves."""
    return {
        "staff.per_10k": 0,
        "demand.rate": 2,
        "community.residents": 8000,
        "horizon_days": days,
        "followup_days": 0,
        "reporting.base_rate_per_day": rate,
        "reporting.fading_days": fading,
    }


def _fading() -> Experiment:
    """A share 1 − exp(−λτ) ever reports; the delay given a report has the density of its hazard."""
    rate, fading, days = 0.2, 4.0, 120
    total = rate * fading
    ever = 1.0 - math.exp(-total)
    # With u = 1 − e^(−t/τ), which runs from 0 to 1.
    delay = quad(lambda u: -fading * math.log1p(-u) * total * math.exp(-total * u) / ever, 0.0, 1.0)[0]
    soon = (1.0 - math.exp(-total * (1.0 - math.exp(-2.0 / fading)))) / ever

    def once(seed: int, replication: int) -> Values:
        cases = run(_lone(rate, fading, days), seed, replication).cases
        early = cases[cases["arisen_at"] < days - 60.0]
        known = early[early["reported_at"].notna()]
        after = known["reported_at"] - known["arisen_at"]
        return {
            "cases": len(early),
            "ever reported": float(len(known) / len(early)),
            "days until the report": float(after.mean()),
            "of these within two days": float((after < 2.0).mean()),
        }

    results = {
        "ever reported": ever,
        "days until the report": delay,
        "of these within two days": soon,
    }
    return Experiment("fading readiness", once, results, replications=24)


def _silent_share(rate: float, fading: float, again: float, days: float, steps: int = 4000) -> float:
    """Return the share not reported after `days` where a need is seen anew at rate `again`.

    The renewal equation S(t) = e^(−νt)g(t) + ∫ νe^(−νu)g(u)S(t − u)du with g(u) = exp(−λτ(1 − e^(−u/τ))), by
    the trapezium rule.
    """
    step = days / steps
    at = np.arange(steps + 1) * step
    kept = np.exp(-again * at) * np.exp(-rate * fading * (1.0 - np.exp(-at / fading)))
    silent = np.ones(steps + 1)
    for k in range(1, steps + 1):
        weights = again * kept[1 : k + 1] * silent[k - 1 :: -1]
        inner = weights.sum() - 0.5 * weights[-1]
        silent[k] = (kept[k] + step * inner) / (1.0 - 0.5 * step * again * kept[0])
    return float(silent[-1])


def _seen_anew() -> Experiment:
    """Seen anew at a constant rate, a need is known in the end: how soon follows from a renewal equation."""
    rate, fading, again, after = 0.05, 4.0, 0.05, 60.0
    settings = {**_lone(rate, fading, 120), "reporting.seen_again_per_day": again}

    def once(seed: int, replication: int) -> Values:
        cases = run(settings, seed, replication).cases
        early = cases[cases["arisen_at"] < 120.0 - after]
        known = (early["reported_at"] - early["arisen_at"] <= after).mean()
        return {"cases": len(early), "reported within sixty days": float(known)}

    results = {"reported within sixty days": 1.0 - _silent_share(rate, fading, again, after)}
    return Experiment("seen anew", once, results, replications=12)


LIMITS = [
    _fading(),
    _seen_anew(),
    _reporting(0.0),
    _reporting(1.0),
    _published(),
]


def test_a_change_of_the_rate_keeps_what_has_faded() -> None:
    """Of a clock whose rate is doubled twice, the time it rings is worked out anew, by hand."""
    fading = 6.0
    settings = {**_lone(0.1, fading, 60), "community.residents": 600, "demand.rate": 12}
    model = CommunityModel(isolated(settings), seed=2)
    for _ in range(10):
        model.step()
    pairs = model.state.pair
    # It would ring late, or only just not, so that the doublings decide when.
    young = (pairs["since"] > 5.0) & (pairs["since"] < 8.0) & (pairs["anchor"] < 10.0) & (pairs["rate"] > 0.0)
    left_over = np.exp((pairs["since"] - pairs["anchor"]) / fading) - pairs["remaining"] / np.where(
        young, pairs["rate"] * fading, 1.0
    )
    q = int(np.flatnonzero(young & (np.abs(left_over) < 0.1))[0])
    person = model.person(int(pairs["person"][q]))
    since, rate = float(pairs["since"][q]), float(pairs["rate"][q])
    spent, at = 0.0, since
    threshold = float(pairs["remaining"][q])
    finite = 0
    for factor in (2.0, 4.0, 8.0):
        now = float(model.time_days)
        pace = rate * factor / 2.0
        spent += pace * fading * (math.exp(-(at - since) / fading) - math.exp(-(now - since) / fading))
        at = now
        person.propensity = person.propensity * 2.0
        left = math.exp(-(now - since) / fading) - (threshold - spent) / (rate * factor * fading)
        expected = since - fading * math.log(left) if left > 0.0 else math.inf
        rings = dict(person.clocks())[int(pairs["need"][q])]
        assert rings == pytest.approx(expected, rel=1e-12)
        finite += math.isfinite(rings)
        if rings < now + 1.0:
            break
        model.step()
    assert finite > 0, "the clock never rings, whatever its rate: the test sees nothing"


test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)
