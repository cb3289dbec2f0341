"""Convening on call: who is called comes within hours; and which case, and whom, whoever convenes chooses."""

import numpy as np
import pandas as pd
import pytest

from sim import CommunityModel, Records, load_scenario
from sim.agents.people import Cadre, Unit
from sim.engine.tables.needs import LEG
from sim.errors import InputError
from sim.rules.cadre import leaves_out, precedence
from sim.simulation import Run
from tests.guarantees.runs import TINY, WILLING
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth import exact
from tests.truth.community import CERTAIN, SESSION, THREE, WORK_DAYS, counted, isolated, run
from tests.truth.equivalence import Experiment, Values

_CALLED = ("joint_session.enabled=true", "joint_session.on_call=true")

NEUTRAL = {
    "on call where nobody is asked together": Neutral(
        ("joint_session.on_call=true",), (), ("joint_session.enabled=false",)
    ),
    "no calls a week": Neutral(
        (*_CALLED, "joint_session.calls_per_week=0"), ("joint_session.enabled=false",)
    ),
    "what a call is like where there are weekly sessions": Neutral(
        (
            "joint_session.call_within_days=2",
            "joint_session.call_absence_effect=3",
            "joint_session.calls_per_week=1",
        ),
        (),
        ("joint_session.enabled=true",),
    ),
    "more calls a week than anybody makes": Neutral(("joint_session.calls_per_week=1000",), (), _CALLED),
    "all called units come: of no effect on absence": Neutral(
        ("joint_session.call_absence_effect=3",),
        ("joint_session.call_absence_effect=0",),
        (*_CALLED, *WILLING),
    ),
    "the most severe first where all are alike": Neutral(
        ("joint_session.severity_weight=5",), (), ("joint_session.enabled=true", "demand.severity_sd=0")
    ),
    "a unit left out after more sessions than are held": Neutral(
        ("joint_session.leave_out_after=100000",), (), ("joint_session.enabled=true",)
    ),
}
_ROOM_FOR_ONE = ("joint_session.capacity=1",)
AT_WORK = {
    "call": ("joint_session.on_call=true", "joint_session.on_call=false"),
    "within": ("joint_session.call_within_days=2", "joint_session.call_within_days=0", *_CALLED),
    "absence": ("joint_session.call_absence_effect=2", "joint_session.call_absence_effect=0", *_CALLED),
    "most calls": ("joint_session.calls_per_week=1", "joint_session.calls_per_week=null", *_CALLED),
    "severity": ("joint_session.severity_weight=1", "joint_session.severity_weight=0", *_ROOM_FOR_ONE),
    "affected": ("joint_session.affected_weight=1", "joint_session.affected_weight=0", *_ROOM_FOR_ONE),
    "age": ("joint_session.age_weight=1", "joint_session.age_weight=0", *_ROOM_FOR_ONE),
    "left out": ("joint_session.leave_out_after=1", "joint_session.leave_out_after=null"),
}
COVERING = {
    "on call, few calls, chosen, left out": (
        "co_governance",
        (
            *TINY,
            *_CALLED,
            "joint_session.calls_per_week=2",
            "joint_session.severity_weight=1",
            "joint_session.affected_weight=.5",
            "joint_session.age_weight=.1",
            "joint_session.leave_out_after=1",
            "joint_session.absence_intercept=0",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "units take twice as long to come",
        "mechanisms/referral/referral.py",
        'working_days(s, t, s.par[0]["joint_session_call_within_days"])',
        'working_days(s, t, 2.0 * s.par[0]["joint_session_call_within_days"])',
        "2 parts, called within 3 days",
        part="on call",
    ),
    Break(
        "who is called stays away as from a weekly session",
        "rules/unit.py",
        "- call_effect * on_call",
        "- 0.0 * call_effect * on_call",
        "absence of the called",
        part="absence",
    ),
    Break(
        "more calls than a week has",
        "mechanisms/referral/referral.py",
        '        s.community[c]["calls_left"] -= 1\n',
        '        s.community[c]["calls_left"] -= 0\n',
        "tests/mechanisms/test_convening_on_call.py::test_no_week_has_more_calls_than_it_may",
    ),
    Break(
        "the mildest case first",
        "mechanisms/referral/waiting_list.py",
        "if value > highest:",
        "if value < highest:",
        "tests/mechanisms/test_convening_on_call.py::test_the_case_that_matters_most_is_taken_first",
    ),
    Break(
        "left out for good",
        "mechanisms/referral/joint_session.py",
        '                s.unit[u]["missed"] = 0\n',
        '                s.unit[u]["missed"] += 0\n',
        "tests/mechanisms/test_convening_on_call.py::test_a_unit_left_out_is_asked_by_telephone",
    ),
]

_CALL = {
    "joint_session.enabled": "true",
    "joint_session.on_call": "true",
    "joint_session.call_within_days": 0,
}
_QUICK = {"units.work_days": 0.05, "units.officers_per_10k": "[100,100,100]"}


def _called(others: int, within: float) -> Experiment:
    """All come within w and agree: k parts side by side take w + H_k/μ in the mean; with w = 0, H_k/μ."""
    settings = {
        **THREE,
        **_CALL,
        "joint_session.call_within_days": within,
        "referral.accept_probability": CERTAIN,
        "community.residents": 1500,
        "followup_days": 400,
    }

    def once(seed: int, replication: int) -> Values:
        started = Run.start(isolated(settings), seed, replication)
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
        days = (cases["closed_at"] - cases["service_started_at"]).mean()
        return {"cases": len(cases), "days until done": float(days)}

    mean = within + WORK_DAYS * exact.harmonic(others)
    name = f"{others} parts, called within {within:g} days"
    return Experiment(name, once, {"days until done": mean}, replications=12)


def _absence_of_the_called() -> Experiment:
    """Two willing units: each comes with 1 − σ(c + d(x − .8) − δ_w); one that does not is refused."""
    intercept, slope, load, effect = 0.5, 3.0, 0.9, 1.2
    settings = {
        **THREE,
        **_CALL,
        "community.residents": 5000,
        "units.work_days": 0.05,
        "units.background_load": load,
        "referral.accept_probability": CERTAIN,
        "referral.load_slope": 0,
        "referral.retries": 0,
        "referral.escalation": "false",
        "joint_session.absence_intercept": intercept,
        "joint_session.absence_slope": slope,
        "joint_session.call_absence_effect": effect,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        cases = counted(records)
        units = records.units
        came = float(units["sessions_attended"].sum() / units["sessions_asked"].sum())
        solved = float((cases["status"] == "solved").mean())
        return {"cases": len(cases), "came": came, "all came and agreed": solved}

    present = 1.0 - exact.logistic(intercept + slope * (load - 0.8) - effect)
    results = {"came": present, "all came and agreed": present**2}
    return Experiment("absence of the called", once, results, replications=12)


LIMITS = [_called(2, 0.0), _called(5, 0.0), _called(2, 3.0), _absence_of_the_called()]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)

_ONE_CHANCE = {
    **THREE,
    **_QUICK,
    "community.residents": 1500,
    "referral.frailty_sd": 1,
    "referral.accept_probability": 0.6,
    "referral.convener_effect": 1,
    "referral.share_effect": 0.5,
    "referral.retries": 0,
    "referral.escalation": "false",
}


def test_a_call_gets_the_answers_that_a_weekly_session_gets_at_the_same_hours() -> None:
    """One rule and the same luck: who agrees is the same case by case, and so is what each case costs."""
    hours = {
        "joint_session.preparation_hours": 2,
        "joint_session.meeting_hours": 1,
        "joint_session.travel_hours": 0.5,
        "units.session_hours_per_week": 168,
        "demand.rate": 0.5,
    }
    weekly, called = (run({**_ONE_CHANCE, **hours, **how}, 7, 0) for how in (SESSION, _CALL))
    agreed = [(counted(records)["status"] == "solved").to_numpy() for records in (weekly, called)]
    assert 0.2 < agreed[0].mean() < 0.9
    np.testing.assert_array_equal(*agreed)
    for records in (weekly, called):
        end = records.daily.iloc[-1]
        held = end["session_cases"]
        assert held > 100
        assert end["staff_hours_sessions"] == pytest.approx(held * (2 + 1 + 0.5), rel=1e-12)
        state = records.built.state
        officers = state.server["pool"] >= state.unit["pool"].min()
        charged = state.server["hours_sessions"][officers].sum()
        assert charged == pytest.approx(held * 2 * 1.5, rel=1e-12)


def test_who_stays_away_has_refused() -> None:
    """Nobody comes: each case is asked, refused twice and shelved; no unit gives an hour or its word."""
    records = run({**_ONE_CHANCE, **_CALL, "joint_session.absence_intercept": 50}, 7, 0)
    cases = counted(records)
    assert (cases["status"] == "shelved").all()
    assert (cases["bounces"] == 2).all()
    assert (records.units["sessions_asked"].sum(), records.units["sessions_attended"].sum()) != (0, 0)
    assert records.units["sessions_attended"].sum() == 0
    assert records.units["commitments"].sum() == 0
    assert cases["unit_hours"].sum() == 0


def test_it_takes_effect_the_same_day_in_working_hours() -> None:
    """Called on a working day or not: the units are there two working hours later, never at night."""
    calendar = {"calendar.round_the_clock": "false", "calendar.shift_hours": 8}
    records = run({**_ONE_CHANCE, **_CALL, **calendar, "joint_session.call_within_days": 0.25}, 7, 0)
    cases = counted(records)
    at = cases.loc[cases["status"] == "solved", "first_response_at"]
    start = records.settings.calendar.shift_start_hour
    assert len(at) > 100
    assert (at % 7 < 5).all()
    hour = at % 1 * 24
    assert hour.between(start - 1e-6, start + 8 + 1e-6).all()
    took = at - cases.loc[at.index, "service_started_at"]
    assert took.median() <= 1.0


def _weeks(records: Records) -> tuple[np.ndarray, np.ndarray]:
    """Return the cases called in each week of a run in which units come at once, and those that wait then."""
    ends = records.daily.iloc[6::7]
    return np.diff(ends["session_cases"], prepend=0), ends["waiting_sessions"].to_numpy()


def test_no_week_has_more_calls_than_it_may() -> None:
    """What finds no call left waits for the next week's, and none is left unused while a case waits."""
    most = 9
    settings = {**_ONE_CHANCE, **_CALL, "demand.rate": 0.3, "referral.accept_probability": CERTAIN}
    calls, waiting = _weeks(run({**settings, "joint_session.calls_per_week": most}, 7, 0))
    free, nobody = _weeks(run(settings, 7, 0))
    assert not nobody.any()
    assert free.max() > most == calls.max()
    assert (waiting > 0).any()
    assert (calls[waiting > 0] == most).all()
    np.testing.assert_array_equal(calls.cumsum() + waiting, free.cumsum())


def test_a_call_needs_no_day_of_the_week() -> None:
    sunday = ["joint_session.enabled=true", "joint_session.weekday=6"]
    with pytest.raises(InputError, match=r"joint_session\.weekday"):
        load_scenario("administration_led", sunday)
    assert load_scenario("administration_led", [*sunday, "joint_session.on_call=true"]).joint_session.on_call


_IN_LINE = {
    **THREE,
    **SESSION,
    **_QUICK,
    "community.residents": 300,
    "referral.accept_probability": CERTAIN,
    "joint_session.capacity": 4,
    "demand.severity_sd": 0.5,
    "demand.public_share": 0.7,
}


_FIRST_SESSION = 2 + 14 / 24


def _line(weights: dict[str, float]) -> pd.DataFrame:
    """Return the cases of a place whose sessions have long lists, with the week each was taken in."""
    records = run({**_IN_LINE, **{f"joint_session.{key}": value for key, value in weights.items()}}, 7, 0)
    cases = records.cases[["case_id", "reported_at", "service_started_at", "solved_at"]].copy()
    cases["severity"] = records.built.state.need["severity"][cases["case_id"]]
    cases["affected"] = records.built.state.need["pair_count"][cases["case_id"]]
    cases["week"] = np.floor((cases["solved_at"] - _FIRST_SESSION) / 7.0).fillna(np.inf)
    return cases


@pytest.mark.parametrize(
    "weights",
    [
        {"severity_weight": 1.0},
        {"affected_weight": 1.0},
        {"age_weight": 1.0},
        {"age_weight": -1.0},
        {"severity_weight": 1.0, "affected_weight": 0.4, "age_weight": 0.05},
    ],
)
def test_the_case_that_matters_most_is_taken_first(weights: dict[str, float]) -> None:
    """At each session none that waits on matters more than any that is taken: exactly, in every week."""
    cases = _line(weights)
    by_severity, by_affected, by_age = (
        weights.get(f"{name}_weight", 0.0) for name in ("severity", "affected", "age")
    )
    compared = 0
    for week in range(5, 30):
        held = _FIRST_SESSION + 7 * week
        here = cases[cases["service_started_at"] + 0.01 < held]
        matter = np.array(
            [
                precedence(
                    by_severity,
                    one.severity,
                    by_affected,
                    float(one.affected),
                    by_age,
                    (held - one.reported_at) / 7,
                )
                for one in here.itertuples()
            ]
        )
        taken = (here["week"] == week).to_numpy()
        waits = (here["week"] > week).to_numpy()
        if taken.sum() == 4 and waits.any():
            assert matter[taken].min() >= matter[waits].max() - 1e-9
            compared += 1
    assert compared > 10


def test_a_unit_left_out_is_asked_by_telephone() -> None:
    """Units that never come, all of whom say yes on the telephone: every second ask is one, and is met."""
    never = {**_ONE_CHANCE, **_CALL, "joint_session.absence_intercept": 50, "referral.retries": 3}
    never |= {"referral.accept_probability": CERTAIN}
    called = run(never, 7, 0).units
    left_out = run({**never, "joint_session.leave_out_after": 1}, 7, 0).units
    assert called["commitments"].sum() == 0
    assert left_out["asks"].sum() > 200
    np.testing.assert_array_equal(left_out["commitments"], left_out["asks"] // 2)
    np.testing.assert_array_equal(left_out["sessions_asked"], left_out["asks"] - left_out["asks"] // 2)
    assert left_out["sessions_attended"].sum() == 0


def test_who_is_left_out_in_every_case() -> None:
    assert not leaves_out(5, -1)
    assert [bool(leaves_out(missed, 2)) for missed in range(4)] == [False, False, True, True]


def test_agents_say_what_matters_and_who_stayed_away() -> None:
    words = [*_CALLED, "community.residents=300", "demand.rate=10", "joint_session.severity_weight=2"]
    model = CommunityModel(load_scenario("administration_led", [*words, "warmup_days=0", "horizon_days=60"]))
    model.run_until(40)
    assert all(unit.sessions_missed >= 0 for unit in model.agents_by_type[Unit])
    reported = np.flatnonzero(model.state.case["reported_at"] <= 40)
    need = int(reported[0])
    expected = 2.0 * model.state.need["severity"][need]
    assert next(iter(model.agents_by_type[Cadre])).precedence(need) == pytest.approx(expected)
