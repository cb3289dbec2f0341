"""How cases end on the books, and what burdens staff, with known answers."""

import numpy as np

from sim import load_scenario, simulate
from sim.mechanisms.staff.team_load import LOAD_DAYS
from sim.simulation import Run
from tests.truth import exact
from tests.truth.community import counted, isolated, run
from tests.truth.equivalence import Experiment, Values

_BASE, _SLOPE, _REFERENCE = 0.10, 4.0, 0.8
_ON = {"closing.enabled": "true", "closing.base_probability": _BASE, "closing.load_slope": _SLOPE}
#: Whole weeks.
_YEAR = 364
#: Much happens on one day, so that the load that decides is the one it began with.
_ONE_DAY = {**_ON, "community.residents": 10_000, "demand.rate": 500, "horizon_days": 1, "followup_days": 0}


def _set_load(started: Run, load: float) -> None:
    """Let every team have been asked for `load` of its hours on each of the last twenty working days."""
    state = started.built.state
    state.team["days"] = LOAD_DAYS
    hours = 24.0 * state.pool["speed"] * state.pool["server_count"]
    state.demanded[:] = load * hours[:, None]


def _paper(load: float, name: str, settings: dict[str, object], shift: float, by_unit: bool) -> Experiment:
    """Each closing decision at the same load: on paper with σ(logit p₀ + κ(ρ − ρ₀) + what else bears)."""
    given = {**_ONE_DAY, **settings}
    if by_unit:
        given |= {
            "demand.level_given_organisations": "[[0,1,0],[0,1,0],[0,1,0]]",
            "units.work_days": 0.001,
            "referral.accept_probability": 0.999999,
        }
    p = exact.logistic(exact.logit(_BASE) + _SLOPE * (load - _REFERENCE) + shift)

    def once(seed: int, replication: int) -> Values:
        started = Run.start(isolated(given), seed, replication)
        _set_load(started, load)
        started.advance(started.days)
        cases = started.records().cases
        ended = cases[cases["status"].isin(["solved", "paper_closed"])]
        return {"cases": len(ended), "on paper": float((ended["status"] == "paper_closed").mean())}

    return Experiment(f"closing on paper, {name}", once, {"on paper": p}, replications=12)


def _own_load() -> Experiment:
    """The load that decides is the one the books show: demanded over available, last twenty working days."""
    settings = {**_ON, "demand.rate": 40, "demand.work_hours": "[2,2,2]", "staff.per_10k": 45}

    def once(seed: int, replication: int) -> Values:
        started = Run.start(isolated(settings), seed, replication)
        started.advance(300)
        daily = started.records().daily
        asked = daily["staff_hours_demanded"].to_numpy()[299] - daily["staff_hours_demanded"].to_numpy()[279]
        had = daily["staff_hours_available"].to_numpy()[299] - daily["staff_hours_available"].to_numpy()[279]
        state = started.built.state
        pool = int(state.community["pool"][0])
        kept = state.demanded[pool].sum()
        cases = int(daily["reported"].to_numpy()[299] - daily["reported"].to_numpy()[279])
        return {"cases": cases, "asked, over the books": float(kept / asked), "load": float(asked / had)}

    load = 2000 * 40 / 365 * 2.0 / (24 * 0.8 * 0.75 * 9)
    # Two platforms: .20 + .06 of the time; the presence of staff is 1 round the clock.
    load *= 0.8 / 0.74
    return Experiment("load of a team", once, {"asked, over the books": 1.0, "load": load}, replications=12)


def _called_back(share: float, effect: float) -> Experiment:
    """Calls reach the stated share of closings, deter in proportion, and bring back all that was on paper."""
    load = 1.4
    settings = {
        **_ONE_DAY,
        "closing.callback_share": share,
        "closing.callback_effect": effect,
        # Called at once, and nobody waits for the caller.
        "closing.callback_after_days": 0,
        "closing.callback_minutes": 0,
    }
    first = exact.logistic(exact.logit(_BASE) + _SLOPE * (load - _REFERENCE) - share * effect)

    def once(seed: int, replication: int) -> Values:
        started = Run.start(isolated(settings), seed, replication)
        _set_load(started, load)
        started.advance(started.days)
        records = started.records()
        cases = records.cases[records.cases["service_started_at"].notna()]
        called = cases["called_back"] > 0
        return {
            "cases": len(cases),
            "called back": float(called.mean()),
            "reopened": float((cases["reopened"] > 0).mean()),
        }

    results = {"called back": share}
    if share >= 0.5:
        results["reopened"] = share * first
    return Experiment(f"call-back of {share:g}", once, results, replications=14)


def _return() -> Experiment:
    """What is closed on paper stays open in truth: the owner reports it again at their own rate."""
    rate = 0.05
    settings = {
        **_ON,
        "closing.base_probability": 0.999999999,
        "closing.load_slope": 0,
        "reporting.base_rate_per_day": rate,
        "reporting.repeat_after_days": 1e-9,
        "horizon_days": 200,
        "followup_days": 100,
        "demand.rate": 10,
        "demand.work_hours": "[1e-6,1e-6,1e-6]",
        # A further report costs nothing, so that nobody waits.
        "intake.triage_hours": 0,
        "intake.revisit_probability": 0,
    }

    def once(seed: int, replication: int) -> Values:
        cases = counted(run(settings, seed, replication))
        known = cases[cases["reported_at"].notna()]
        open_days = (300.0 - known["reported_at"]).sum()
        return {
            "cases": int(known["reopened"].sum()),
            "back, per day": float(known["reopened"].sum() / open_days),
        }

    return Experiment("return of what was closed on paper", once, {"back, per day": rate}, replications=12)


def _oversight() -> Experiment:
    """A complaint that may reach superiors is accepted nine points more often."""
    settings = {
        "units.work_days": 0.05,
        "units.officers_per_10k": "[100,100,100]",
        "demand.level_given_organisations": "[[0,1,0],[0,1,0],[0,1,0]]",
        "referral.accept_probability": 0.33,
        "referral.frailty_sd": 1,
        "referral.retries": 0,
        "referral.escalation": "false",
        "closing.oversight": "true",
        "closing.oversight_effect": 0.09,
    }

    def once(seed: int, replication: int) -> Values:
        cases = counted(run({**settings, "community.residents": 4000}, seed, replication))
        return {"cases": len(cases), "accepted": float((cases["status"] == "solved").mean())}

    return Experiment("letter under oversight", once, {"accepted": 0.42}, replications=12)


def _burden(share: float) -> Experiment:
    """Hours demanded over available at a share of paperwork; above one the excess piles up.

    There the work of a case is of one piece: where it is looked into first, the rest falls due only then.
    The first year is left out: until the first cases fall due, for some three days, there is nothing to do.
    """
    load = 0.30 * 3.95 / (18e-4 * 1760 * (1 - share) * 0.75)
    overrides = [f"paperwork.base_share={share}", f"horizon_days={4 * _YEAR}", "demand.work_cv=0"]
    if load > 1.1:
        overrides += ["demand.organisations_shares=[1,0,0]", "demand.work_hours=[3.95,3.95,3.95]"]

    def once(seed: int, replication: int) -> Values:
        scenario = load_scenario("verification/burden", overrides)
        daily = simulate(scenario, seed, replication).daily.select_dtypes("number")
        later = daily.iloc[-1] - daily.iloc[_YEAR - 1]
        asked, had = float(later["staff_hours_demanded"]), float(later["staff_hours_available"])
        return {
            "cases": int(later["reported"]),
            "load": asked / had,
            "left undone, over the excess": (asked - float(later["staff_hours_cases"])) / (asked - had),
        }

    results = {"load": load}
    if load > 1.1:
        results["left undone, over the excess"] = 1.0
    return Experiment(f"burden, {share:.0%} on paperwork", once, results, replications=12)


def closing() -> list[Experiment]:
    """Return all experiments on closings and burden."""
    due = {"trust.standard_days": "[1,1,1]"}
    evaluated = {**due, "closing.evaluated": "true", "closing.deadline_pressure": 0.7}
    return [
        _paper(0.8, "load 0.8", {}, 0.0, False),
        _paper(1.2, "load 1.2", {}, 0.0, False),
        _paper(1.2, "load 1.2, by a unit", {}, 0.0, True),
        _paper(1.0, "due soon", due, 0.5, False),
        _paper(1.0, "due soon and evaluated", evaluated, 1.2, False),
        _paper(
            1.2,
            "half called back",
            {"closing.callback_share": 0.5, "closing.callback_effect": 2},
            -1.0,
            False,
        ),
        _own_load(),
        _called_back(0.1, 1.0),
        _called_back(0.5, 0.5),
        _return(),
        _oversight(),
        *(_burden(share) for share in (0.20, 0.35, 0.50, 0.60)),
    ]


def hours_of_last_work() -> tuple[np.ndarray, np.ndarray]:
    """Return hours given and hours of the work, for cases closed on paper once and for cases solved."""
    settings = {**_ONE_DAY, "demand.work_hours": "[0.01,0.01,0.01]", "demand.work_cv": 0.5}
    started = Run.start(isolated(settings), 1, 0)
    _set_load(started, 1.2)
    started.advance(started.days)
    cases = started.records().cases
    shares = (cases["staff_hours"] / cases["work_hours"]).to_numpy()
    return shares[cases["status"] == "paper_closed"], shares[cases["status"] == "solved"]
