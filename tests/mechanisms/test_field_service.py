"""Field service: visits in the order of the line, idle hands, closing on paper."""

import numpy as np

from sim.mechanisms.staff.team_load import LOAD_DAYS
from sim.simulation import Run
from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.mechanisms.field_service_systems import SYSTEMS
from tests.truth import exact
from tests.truth.community import counted, isolated, run
from tests.truth.equivalence import Experiment, Values

NEUTRAL = {
    "idle hands where no queue is anybody's own": Neutral(
        ("staff.take_over_per_hour=4",), ("staff.take_over_per_hour=0",), ("staff.grid_workers=0",)
    ),
    "closing on paper with probability 0": Neutral(
        ("closing.enabled=true", "closing.base_probability=0", "closing.load_slope=8"),
        ("closing.enabled=false",),
    ),
    "closing on paper without call-backs": Neutral(
        ("closing.callback_minutes=60", "closing.callback_effect=2", "closing.callback_after_days=1"),
        (),
        ("closing.enabled=true", "closing.callback_share=0"),
    ),
    "evaluation without pressure": Neutral(
        ("closing.evaluated=true", "closing.deadline_pressure=0", "closing.ranking_pressure=0"),
        ("closing.evaluated=false",),
        ("closing.enabled=true",),
    ),
    "ranking of one community's staff alone, no units": Neutral(
        ("closing.evaluated=true", "closing.deadline_pressure=0", "closing.ranking_pressure=5"),
        ("closing.evaluated=false",),
        ("closing.enabled=true", "demand.level_given_organisations=[[1,0,0],[1,0,0],[1,0,0]]"),
    ),
    "oversight without effect": Neutral(
        ("closing.oversight=true", "closing.oversight_effect=0"), ("closing.oversight=false",)
    ),
}
AT_WORK = {
    "taking over": ("staff.take_over_per_hour=4", "staff.take_over_per_hour=0"),
    "closing": ("closing.enabled=true", "closing.enabled=false"),
    "closing, load": ("closing.load_slope=8", "closing.load_slope=0", "closing.enabled=true"),
    "closing, due": ("closing.due_effect=2", "closing.due_effect=0", "closing.enabled=true"),
    "call-back effect": (
        "closing.callback_effect=2",
        "closing.callback_effect=0",
        "closing.enabled=true",
        "closing.callback_share=.5",
    ),
    "deadline pressure": (
        "closing.deadline_pressure=2",
        "closing.deadline_pressure=0",
        "closing.enabled=true",
        "closing.evaluated=true",
    ),
    "ranking pressure": (
        "closing.ranking_pressure=5",
        "closing.ranking_pressure=0",
        "closing.enabled=true",
        "closing.evaluated=true",
        "county.communities=3",
    ),
    "oversight": ("closing.oversight=true", "closing.oversight=false"),
}
COVERING = {
    "closing on paper, evaluated, called back, partner": (
        "co_governance",
        (
            *TINY,
            "community.residents=80",
            "closing.enabled=true",
            "closing.base_probability=.4",
            "closing.evaluated=true",
            "closing.callback_share=.3",
            "closing.callback_after_days=1",
            "closing.oversight=true",
            "operation.operator=partner",
            "paperwork.entry_minutes=5",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "load of the last working days ignored",
        "rules/cadre.py",
        "+ load_slope * (load - load_reference)",
        "+ 0.0 * load_slope * (load - load_reference)",
        "closing on paper, load 1.2",
        part="closing",
    ),
    Break(
        "call-backs deter nobody",
        "rules/cadre.py",
        "- callback_effect * called_back",
        "- 0.0 * callback_effect * called_back",
        "closing on paper, half called back",
        part="closing",
    ),
    Break(
        "a call finds nothing",
        "mechanisms/intake/intake.py",
        "        reopen(s, n, t)\n        _take_in(s, n, t)\n\n\n@inner\ndef _call_overdue",
        "        first = n\n\n\n@inner\ndef _call_overdue",
        "call-back of 0.5",
        part="closing",
    ),
    Break(
        "closing on paper ends the need",
        "mechanisms/case/closing.py",
        '    s.case[n]["status"] = PAPER_CLOSED\n',
        '    s.case[n]["status"] = PAPER_CLOSED\n    need_gone(s, n)\n',
        "return of what was closed on paper",
        part="closing",
    ),
    Break(
        "oversight forgotten",
        "scenario/compiled_parameters.py",
        "scenario.referral.accept_probability + more",
        "scenario.referral.accept_probability",
        "letter under oversight",
        part="closing",
    ),
    Break(
        "deadlines weigh nothing",
        "mechanisms/field_service/closing_on_paper.py",
        "due = 1.0 if due_date(s, n)",
        "due = 0.0 if due_date(s, n)",
        "closing on paper, due soon",
        part="closing",
    ),
    Break(
        "idle hands look at the first colleague alone",
        "mechanisms/field_service/taking_over.py",
        "for colleague in range(start, start + owners):",
        "for colleague in range(start, start + 1):",
        "idle hands at once: M/M/2",
        part="staffing",
    ),
    Break(
        "who looked once never looks again",
        "mechanisms/field_service/taking_over.py",
        '    s.server[server]["looking"] = 0\n',
        '    s.server[server]["looking"] = 1\n',
        "idle hands after a while",
        part="staffing",
    ),
]


_BASE, _SLOPE, _REFERENCE = 0.10, 4.0, 0.8
_ON = {
    "closing.enabled": "true",
    "closing.base_probability": _BASE,
    "closing.load_slope": _SLOPE,
    "closing.load_reference": _REFERENCE,
}
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


_DUE = {"trust.standard_days": "[1,1,1]"}
_EVALUATED = {**_DUE, "closing.evaluated": "true", "closing.deadline_pressure": 0.7}


LIMITS = [
    *SYSTEMS,
    _paper(0.8, "load 0.8", {}, 0.0, False),
    _paper(1.2, "load 1.2", {}, 0.0, False),
    _paper(1.2, "load 1.2, by a unit", {}, 0.0, True),
    _paper(1.0, "due soon", _DUE, 0.5, False),
    _paper(1.0, "due soon and evaluated", _EVALUATED, 1.2, False),
    _paper(
        1.2,
        "half called back",
        {"closing.callback_share": 0.5, "closing.callback_effect": 2},
        -1.0,
        False,
    ),
    _called_back(0.1, 1.0),
    _called_back(0.5, 0.5),
    _return(),
    _oversight(),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


def hours_of_last_work() -> tuple[np.ndarray, np.ndarray]:
    """Return hours given and hours of the work, for cases closed on paper once and for cases solved."""
    settings = {**_ONE_DAY, "demand.work_hours": "[0.01,0.01,0.01]", "demand.work_cv": 0.5}
    started = Run.start(isolated(settings), 1, 0)
    _set_load(started, 1.2)
    started.advance(started.days)
    cases = started.records().cases
    shares = (cases["staff_hours"] / cases["work_hours"]).to_numpy()
    return shares[cases["status"] == "paper_closed"], shares[cases["status"] == "solved"]


def test_closing_on_paper_saves_four_fifths_of_the_last_work() -> None:
    on_paper, solved = hours_of_last_work()
    assert on_paper.size > 1000
    assert solved.size > 1000
    np.testing.assert_allclose(on_paper, 0.2, rtol=1e-12)
    np.testing.assert_allclose(solved, 1.0, rtol=1e-12)
