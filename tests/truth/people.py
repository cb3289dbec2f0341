"""What people do, with known answers: reporting, trust, staying active, helping."""

import math

import numpy as np

from tests.truth import exact
from tests.truth.community import counted, run
from tests.truth.equivalence import Experiment, Values

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

#: Everybody of working age is a user of the app from the first day on, and stays one.
_EVERYBODY_A_USER: dict[str, object] = {
    "platform.enabled": "true",
    "adoption.net_use": 1,
    "adoption.able": 1,
    "adoption.initial_registered": 1,
    "adoption.initial_active": 1,
    "adoption.retention": "[1,1,1]",
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


def _trust(success: float) -> Experiment:
    """A share of needs is answered at the desk, the others never: trust settles where the steps balance."""
    gain, loss = 0.05, 0.12
    settings = {
        "horizon_days": 500,
        "followup_days": 0,
        "staff.per_10k": 0,
        "demand.rate": 100,
        "demand.desk_share": success,
        "trust.enabled": "true",
        "trust.gain": gain,
        "trust.loss": loss,
        "trust.standard_days": "[1,1,1]",
        "trust.initial_mean": 0.9,
        "trust.initial_sd": 0,
    }

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 400}, seed, replication)
        daily = records.daily
        # A hundred and more outcomes a person after the last trace of the start is gone.
        settled = daily["trust_mean"][(daily["day"] >= 350) & (daily["day"] % 30 == 0)]
        return {"cases": len(records.cases), "trust": float(settled.mean())}

    return Experiment(
        f"trust, {success:.0%} solved",
        once,
        {"trust": exact.trust_limit(success, gain, loss)},
        replications=12,
    )


def _retention() -> Experiment:
    """People who become active at time 0 are still active at 30, 90 and 180 days in the stated shares."""
    shares = {30: 0.55, 90: 0.42, 180: 0.31}
    # Between those days the hazard is constant.
    between = {60: math.sqrt(0.55 * 0.42), 135: math.sqrt(0.42 * 0.31)}
    expected = shares | between
    residents = 10_000
    settings = {
        "community.residents": residents,
        "horizon_days": 200,
        "followup_days": 0,
        "demand.rate": 0,
        "platform.enabled": "true",
        "adoption.net_use": 1,
        "adoption.able": 1,
        "adoption.initial_registered": 1,
        "adoption.initial_active": 1,
        "adoption.innovation_per_year": 0,
        "adoption.imitation_per_year": 0,
    }

    def once(seed: int, replication: int) -> Values:
        daily = run(settings, seed, replication).daily
        active = daily["active"].to_numpy() / residents
        return {"cases": residents, **{f"active after {t} days": active[t - 1] for t in expected}}

    results = {f"active after {t} days": share for t, share in expected.items()}
    return Experiment("retention", once, results, replications=10)


def _help(invited: int, exponent: float) -> Experiment:
    """Strangers of the same propensity are asked: somebody says yes in time with probability 1 − (1 − p)ⁿ."""
    act, delay, wait = 0.08, 0.3, 1.0
    one = act * (invited / 5.0) ** -exponent
    in_time = 1.0 - math.exp(-wait / delay)
    settings = {
        "demand.rate": 10,
        "demand.helpable_share": 1,
        **_EVERYBODY_A_USER,
        "adoption.innovation_per_year": 0,
        "adoption.imitation_per_year": 0,
        "ties.after_help": 0,
        "mutual_aid.enabled": "true",
        "mutual_aid.act_probability": act,
        "mutual_aid.invited": invited,
        "mutual_aid.bystander_exponent": exponent,
        "mutual_aid.probability_cap": 1,
        "mutual_aid.delay_days": delay,
        "mutual_aid.unmatched_after_days": wait,
        "mutual_aid.fatigue_halflife_days": 0.001,
        "mutual_aid.weekly_hours_cap": 168,
    }

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 3000}, seed, replication)
        cases = counted(records)
        return {"cases": len(cases), "helped": float((cases["solved_by"] == "neighbour").mean())}

    results = {"helped": 1.0 - (1.0 - one * in_time) ** invited}
    return Experiment(
        f"help, {invited} invited, bystander exponent {exponent:g}", once, results, replications=12
    )


def _fatigue() -> Experiment:
    """The nearest neighbour alone is asked again and again: p·2^(−F), F the acts before, halved in ten days.

    The history of each helper is read off the ledger, and their fatigue worked out from it anew.
    """
    act, half_life, residents = 0.3, 10.0, 400
    settings = {
        "community.residents": residents,
        "demand.rate": 40,
        "demand.helpable_share": 1,
        **_EVERYBODY_A_USER,
        "ties.after_help": 0,
        "mutual_aid.enabled": "true",
        "mutual_aid.act_probability": act,
        "mutual_aid.invited": 1,
        "mutual_aid.bystander_exponent": 0,
        "mutual_aid.probability_cap": 1,
        "mutual_aid.delay_days": 0,
        "mutual_aid.unmatched_after_days": 0.001,
        "mutual_aid.fatigue_halflife_days": half_life,
        "mutual_aid.weekly_hours_cap": 168,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        place = {who: at for at, who in enumerate(records.people["person_id"])}
        cases = records.cases[records.cases["accepted_at"].notna()].sort_values("accepted_at")
        fatigue = np.zeros(residents)
        since = np.zeros(residents)
        helped, expected = 0, 0.0
        who = cases["requester_id"].map(place).to_numpy()
        for owner, asked_at, solver in zip(
            who, cases["accepted_at"].to_numpy(), cases["solved_by"].astype(str), strict=True
        ):
            # The one who lives before them on the path; the first has only the one after.
            helper = owner - 1 if owner > 0 else 1
            fatigue[helper] *= 2.0 ** (-(asked_at - since[helper]) / half_life)
            since[helper] = asked_at
            expected += act * 2.0 ** -fatigue[helper]
            if solver == "neighbour":
                helped += 1
                fatigue[helper] += 1.0
        return {"cases": len(cases), "helped over expected": helped / expected}

    return Experiment("fatigue of helpers", once, {"helped over expected": 1.0}, replications=12)


def people() -> list[Experiment]:
    """Return all experiments on what people do."""
    return [
        _reporting(0.0),
        _reporting(1.0),
        _published(),
        _trust(0.6),
        _trust(0.85),
        _retention(),
        _help(5, 1.0),
        _help(20, 0.5),
        _fatigue(),
    ]
