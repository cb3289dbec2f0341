"""Referral with known answers: one unit after another or together, acceptance, escalation, conveners."""

import numpy as np

from sim import Records
from sim.engine.tables.needs import LEG
from sim.simulation import Run
from tests.truth import exact
from tests.truth.community import CERTAIN, SESSION, THREE, WORK_DAYS, counted, isolated, next_session, run
from tests.truth.equivalence import Experiment, Values

#: Where only answers count, parts take an hour and few officers do.
_QUICK = {"units.work_days": 0.05, "units.officers_per_10k": "[100,100,100]"}


def _parts_experiment(name: str, session: bool, together: bool) -> Experiment:
    """Three organisations, of which two others: 2/μ by letter, H₂/μ in a session that works in parallel."""
    settings = {**THREE, "referral.accept_probability": CERTAIN, **(SESSION if session else {})}
    settings["joint_session.parallel_work"] = str(together).lower()

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 2000}, seed, replication)
        cases = counted(records)
        start = cases["service_started_at"]
        if session:
            start = next_session(start)
        part_hours = records.built.state.leg["work_hours"]
        return {
            "cases": len(cases),
            "days until done": float((cases["closed_at"] - start).mean()),
            # An officer gives a fifth of the day to it, the other four fifths being background load.
            "mean part, days": float(part_hours.mean()) / 24.0 / 0.2,
        }

    mean = WORK_DAYS * (exact.harmonic(2) if together else 2.0)
    return Experiment(name, once, {"days until done": mean, "mean part, days": WORK_DAYS}, replications=12)


def _answers(days: float) -> Experiment:
    """Two letters, each answered after `days` in the mean: the answers add up, one after another."""
    settings = {**THREE, **_QUICK, "referral.accept_probability": CERTAIN, "referral.answer_days": days}

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 2500}, seed, replication)
        cases = counted(records)
        start = cases["service_started_at"]
        done = float((cases["closed_at"] - start).mean())
        return {"cases": len(cases), "days until done": done}

    work = 0.05
    results = {"days until done": 2.0 * (days + work)}
    return Experiment(f"two letters answered in {days:g} days", once, results, replications=12)


def _many_parts(others: int, together: bool) -> Experiment:
    """The same with more organisations than the synthetic tape has: each need is given `others` parts."""
    settings = {**THREE, "referral.accept_probability": CERTAIN, **(SESSION if together else {})}

    def once(seed: int, replication: int) -> Values:
        scenario = isolated({**settings, "community.residents": 1500, "followup_days": 400})
        started = Run.start(scenario, seed, replication)
        state = started.built.state
        needs = state.need.shape[0]
        leg = np.zeros(needs * others, LEG)
        leg["need"] = np.repeat(np.arange(needs), others)
        leg["unit"] = np.tile(np.arange(others), needs)
        luck = np.random.default_rng([seed, replication])
        leg["work_hours"] = 24.0 * 0.2 * WORK_DAYS * luck.exponential(size=leg.shape[0])
        leg["next"] = -1
        state.need["leg_start"] = np.arange(needs) * others
        state.need["leg_count"] = others
        started.built.state = state._replace(leg=leg)
        started.advance(started.days)
        cases = counted(started.records())
        start = cases["service_started_at"]
        if together:
            start = next_session(start)
        return {"cases": len(cases), "days until done": float((cases["closed_at"] - start).mean())}

    mean = WORK_DAYS * (exact.harmonic(others) if together else others)
    how = "together" if together else "one after another"
    return Experiment(f"{others} parts {how}", once, {"days until done": mean}, replications=12)


def _all_agree(convener: float) -> Experiment:
    """A session without a second chance: all agree with probability Π(1 − r), r rising with a unit's load."""
    settings = {
        **THREE,
        **SESSION,
        **_QUICK,
        "units.background_load_sd": 0.1,
        "referral.load_slope": 3,
        "referral.convener_effect": convener,
        "referral.retries": 0,
        "referral.escalation": "false",
    }

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 6000}, seed, replication)
        cases = counted(records)
        state = records.built.state
        load = state.unit["background_load"][state.leg["unit"]]
        accepts = 1.0 / (1.0 + np.exp(-(exact.logit(0.55) + convener - 3.0 * (load - 0.8))))
        agree = accepts.reshape(-1, 2).prod(axis=1)[cases["case_id"]]
        solved = float((cases["status"] == "solved").mean())
        return {"cases": len(cases), "agreement over Π(1 − r)": solved / float(agree.mean())}

    name = f"session, convener effect {convener:g}"
    return Experiment(name, once, {"agreement over Π(1 − r)": 1.0}, replications=12)


def _share_effect() -> Experiment:
    """Two units in a session: the second is readier if all the others, here the first, have committed."""
    effect = 1.2
    settings = {
        **THREE,
        **SESSION,
        **_QUICK,
        "referral.share_effect": effect,
        "referral.retries": 0,
        "referral.escalation": "false",
    }
    first = 0.55
    second = exact.logistic(exact.logit(first) + effect)

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 6000}, seed, replication)
        cases = counted(records)
        return {"cases": len(cases), "all agree": float((cases["status"] == "solved").mean())}

    return Experiment("session, others' commitment", once, {"all agree": first * second}, replications=12)


def _letter(frailty_sd: float, probability: float) -> Experiment:
    """One letter, one answer: accepted with the stated probability whatever the spread of readiness."""
    settings = {
        **_QUICK,
        "demand.level_given_organisations": "[[0,1,0],[0,1,0],[0,1,0]]",
        "referral.accept_probability": probability,
        "referral.frailty_sd": frailty_sd,
        "referral.retries": 0,
        "referral.escalation": "false",
    }

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 4000}, seed, replication)
        cases = counted(records)
        return {"cases": len(cases), "accepted": float((cases["status"] == "solved").mean())}

    name = f"letter, readiness spread {frailty_sd:g}"
    return Experiment(name, once, {"accepted": probability}, replications=12)


def _escalation(frailty_sd: float) -> Experiment:
    """A county unit asked by the community, the street, the county: the absorbing chain over asker levels."""
    probability, link = 0.2, 0.8
    tries, retry_days, up_days = (3, 2, 2), 2.0, 5.0
    settings = {
        **_QUICK,
        "demand.level_given_organisations": "[[0,0,1],[0,0,1],[0,0,1]]",
        "referral.accept_probability": probability,
        "referral.frailty_sd": frailty_sd,
        "referral.link_effect": link,
        "referral.retries": tries[0] - 1,
        "referral.retries_escalated": tries[1] - 1,
        "referral.bounce_delay_days": retry_days,
        "referral.escalation_delay_days": up_days,
    }
    intercept = _intercept(probability, frailty_sd)

    def given(frailty: float) -> np.ndarray:
        # Only the county's own call comes with authority over a county unit.
        below = exact.logistic(intercept + frailty)
        above = exact.logistic(intercept + frailty + link)
        fate = exact.escalation((below, below, above), tries, retry_days, up_days)
        return np.array([fate.asks, fate.shelved, fate.delay * (1.0 - fate.shelved)])

    asks, shelved, delay = exact.over_normal(given, frailty_sd) if frailty_sd else given(0.0)

    def once(seed: int, replication: int) -> Values:
        records = run({**settings, "community.residents": 7000}, seed, replication)
        cases = counted(records)
        accepted = cases[cases["status"] == "solved"]
        return {
            "cases": len(cases),
            # The first hand-over is the dispatch, which never goes wrong here.
            "asks": float(cases["handoffs"].mean()) - 1.0,
            "shelved": float((cases["status"] == "shelved").mean()),
            "days until accepted": float((accepted["first_response_at"] - accepted["accepted_at"]).mean()),
        }

    results = {"asks": asks, "shelved": shelved, "days until accepted": delay / (1.0 - shelved)}
    return Experiment(f"escalation, readiness spread {frailty_sd:g}", once, results, replications=12)


def _intercept(probability: float, frailty_sd: float) -> float:
    """Return a with E[σ(a + f)] = `probability`, by bisection over quadrature."""
    low, high = -20.0, 20.0
    for _ in range(100):
        middle = 0.5 * (low + high)

        def accepted(frailty: float, at: float = middle) -> float:
            return exact.logistic(at + frailty)

        low, high = (middle, high) if exact.over_normal(accepted, frailty_sd) < probability else (low, middle)
    return 0.5 * (low + high)


def _stays_away() -> Experiment:
    """Two willing units: each comes to the session with 1 − σ(a + b(x − .8)), and absent is refused."""
    intercept, slope, load, reference = -1.0, 3.0, 0.9, 0.8
    settings = {
        **THREE,
        **SESSION,
        "community.residents": 5000,
        "units.work_days": 0.05,
        "units.background_load": load,
        "referral.accept_probability": 0.999999,
        "referral.load_slope": 0,
        "referral.retries": 0,
        "referral.escalation": "false",
        "joint_session.absence_intercept": intercept,
        "joint_session.absence_slope": slope,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        cases = counted(records)
        units = records.units
        came = units["sessions_attended"].sum() / units["sessions_asked"].sum()
        return {
            "cases": len(cases),
            "came": float(came),
            "all came and agreed": float((cases["status"] == "solved").mean()),
        }

    present = 1.0 - exact.logistic(intercept + slope * (load - reference))
    results = {"came": present, "all came and agreed": present**2}
    return Experiment("absence from a session", once, results, replications=12)


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


SYSTEMS = [
    _parts_experiment("two units one after another", session=False, together=False),
    _parts_experiment("two units together", session=True, together=True),
    _parts_experiment("two units in a session, one after another", session=True, together=False),
    _answers(3.0),
    _many_parts(5, together=False),
    _many_parts(5, together=True),
    _all_agree(0.0),
    _all_agree(1.0),
    _share_effect(),
    _letter(0.0, 0.55),
    _letter(1.5, 0.3),
    _escalation(0.0),
    _escalation(1.0),
    _stays_away(),
    _convener("county", 2),
    _convener("street", 1),
]
