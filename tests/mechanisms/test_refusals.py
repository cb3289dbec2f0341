"""Dispatch as a hotline runs it: refusal with review, last resort, the first receiver's clock."""

import math

import numpy as np

from sim.engine.tables.needs import COMMUNITY_WORKS
from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test
from tests.truth.community import counted, run

_REVIEW = "refusal.review=true"
NEUTRAL = {
    "reviews that uphold every refusal, at once and for nothing": Neutral(
        (
            _REVIEW,
            "refusal.upheld_probability=1",
            "refusal.review_days=0",
            "refusal.unit_hours=0",
            "refusal.staff_hours=0",
        ),
        ("refusal.review=false",),
        leave_out=("refusals_reviewed",),
    ),
    "a last resort that nobody comes to": Neutral(
        ("refusal.last_resort_after=1000",), ("refusal.last_resort_after=0",)
    ),
    "a first receiver where no clock stands still and nobody is evaluated": Neutral(
        ("standards.first_receiver=true",),
        (
            "standards.pause_outside=false",
            "standards.pause_shelved=false",
            "standards.redispatch_restarts=false",
        ),
        ("standards.enabled=true",),
    ),
}
AT_WORK = {
    "review": (_REVIEW, "refusal.review=false"),
    "review, upheld": ("refusal.upheld_probability=.9", "refusal.upheld_probability=.1", _REVIEW),
    "review, days": ("refusal.review_days=3", "refusal.review_days=0", _REVIEW),
    "review, officer": ("refusal.unit_hours=4", "refusal.unit_hours=0", _REVIEW),
    "review, staff": ("refusal.staff_hours=2", "refusal.staff_hours=0", _REVIEW),
    "last resort": ("refusal.last_resort_after=2", "refusal.last_resort_after=0"),
    "first receiver": (
        "standards.first_receiver=true",
        "standards.first_receiver=false",
        "standards.enabled=true",
        "standards.pause_outside=true",
    ),
}
COVERING = {
    "refusals reviewed, last resort, first receiver": (
        "co_governance",
        (
            *TINY,
            _REVIEW,
            "refusal.review_days=.2",
            "refusal.last_resort_after=2",
            "referral.accept_probability=.2",
            "joint_session.parallel_work=false",
            "standards.enabled=true",
            "standards.first_receiver=true",
            "closing.evaluated=true",
        ),
        1,
    ),
}
BREAKS = [
    Break(
        "every refusal is upheld",
        "mechanisms/referral/refusal_review.py",
        'if drawn < s.par[0]["refusal_upheld_probability"]:',
        "if drawn < 1.0:",
        "tests/mechanisms/test_refusals.py",
    ),
    Break(
        "the hours of others' parts are nobody's",
        "mechanisms/field_service/last_resort.py",
        "    return rest + hours_taken_over(s, n)",
        "    return rest",
        "tests/mechanisms/test_refusals.py",
    ),
    Break(
        "the first receiver's clock stands still",
        "mechanisms/case/standards.py",
        ' or s.par[0]["standards_first_receiver"]:',
        ":",
        "tests/mechanisms/test_refusals.py",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)

#: Two units beside nobody of the community, asked by letter, once.
_ONE_CHANCE = {
    "community.residents": 1500,
    "horizon_days": 200,
    "demand.organisations_shares": "[0,1,0]",
    "demand.level_given_organisations": "[[0,1,0],[0,1,0],[0,1,0]]",
    "units.work_days": 0.05,
    "referral.frailty_sd": 0,
    "referral.load_slope": 0,
    "referral.link_effect": 0,
    "referral.share_effect": 0,
    "referral.accept_probability": 0.3,
    "referral.retries": 0,
    "referral.escalation": "false",
    "referral.reopen_after_days": 36500,
    "refusal.review": "true",
    "refusal.review_days": 0.5,
}


def test_never_upheld_every_case_is_taken_at_the_first_dispatch() -> None:
    records = run({**_ONE_CHANCE, "refusal.upheld_probability": 0}, 1, 0)
    cases, leg = counted(records), records.built.state.leg
    assert len(cases) > 1000
    assert cases["status"].eq("solved").all()
    assert (cases["bounces"] == 0).all()
    # The first dispatch, and each unit once: load times one.
    parts = np.bincount(leg["need"], minlength=len(records.cases))[: len(cases)]
    np.testing.assert_array_equal(cases["handoffs"].to_numpy(), 1 + parts)
    assert (leg["asks"][leg["need"] < len(cases)] == 1).all()
    last = records.daily.iloc[-1]
    assert last["refusals_overruled"] == last["refusals_reviewed"] > 500


def test_a_part_is_taken_unless_refused_and_upheld() -> None:
    """P(taken) = p + (1 − p)(1 − u) for each part, asked once."""
    upheld = 0.6
    records = run({**_ONE_CHANCE, "refusal.upheld_probability": upheld}, 2, 0)
    asks, taken = records.units["asks"].sum(), records.units["commitments"].sum()
    p = 0.3 + 0.7 * (1.0 - upheld)
    assert asks > 1500
    assert abs(taken / asks - p) < 4.0 * math.sqrt(p * (1.0 - p) / asks)


def test_a_review_takes_its_days_and_hours() -> None:
    """Round the clock: a refusal that is not upheld starts the work half a day later, at its hours."""
    refusing = {
        **_ONE_CHANCE,
        "referral.accept_probability": 1e-9,
        "refusal.upheld_probability": 0,
        "demand.organisations_shares": "[1,0,0]",
        "refusal.unit_hours": 0.25,
        "refusal.staff_hours": 0.125,
    }
    records = run(refusing, 3, 0)
    cases = counted(records)
    others = (records.built.state.need["flags"][: len(cases)] & COMMUNITY_WORKS) == 0
    waited = (cases["first_response_at"] - cases["reported_at"]).to_numpy()[others]
    assert others.sum() > 300
    np.testing.assert_allclose(waited, 0.5, atol=1e-9)
    last = records.daily.iloc[-1]
    reviews = records.units["asks"].sum()
    assert last["staff_hours_handling"] == reviews * 0.125
    pool = records.built.state.pool[records.built.state.server["pool"]]
    officers = records.built.state.server[pool["unit"] >= 0]
    assert math.isclose(officers["hours_handling"].sum(), reviews * 0.25)


def test_the_last_resort_does_everything_itself() -> None:
    """Units that refuse for ever: after two refusals the staff do each part, hour for hour."""
    own = {
        **_ONE_CHANCE,
        "referral.accept_probability": 1e-12,
        "refusal.review": "false",
        "demand.organisations_shares": "[.5,.5,0]",
        "referral.retries": 5,
        "referral.bounce_delay_days": 1,
        "refusal.last_resort_after": 2,
    }
    records = run(own, 4, 0)
    cases, leg = counted(records), records.built.state.leg
    assert cases["status"].eq("solved").all()
    assert cases["solved_by"].eq("cadre").all()
    asked = leg[leg["need"] < len(cases)]
    assert (asked["asks"] == 2).all()
    assert records.units["commitments"].sum() == 0
    hours = np.bincount(asked["need"], asked["work_hours"], minlength=len(cases))
    part = (records.built.state.need["flags"][: len(cases)] & COMMUNITY_WORKS) != 0
    expected = hours + np.where(part, cases["work_hours"].to_numpy(), 0.0)
    np.testing.assert_allclose(cases["staff_hours"].to_numpy(), expected, rtol=1e-9)
    # A day between the refusals of each part.
    parts = np.bincount(asked["need"], minlength=len(cases))
    days = (cases["service_started_at"] - cases["reported_at"]).to_numpy()[~part]
    assert (~part).sum() > 300
    np.testing.assert_allclose(days, parts[~part], atol=0.2)


def test_units_do_what_they_took_and_the_community_the_rest() -> None:
    """In a session: who commits works, the community does what was refused, and the case needs both."""
    mixed = {
        **_ONE_CHANCE,
        "demand.organisations_shares": "[0,0,1]",
        "refusal.review": "false",
        "referral.accept_probability": 0.5,
        "refusal.last_resort_after": 1,
        "joint_session.enabled": "true",
        "joint_session.capacity": 1000,
        "joint_session.longest_wait_weeks": "null",
        "joint_session.absence_intercept": -50,
        "units.session_hours_per_week": 168,
    }
    for parallel in ("true", "false"):
        records = run({**mixed, "joint_session.parallel_work": parallel}, 5, 0)
        cases = counted(records)
        assert cases["status"].eq("solved").all(), parallel
        taken = records.units["commitments"].sum()
        assert taken == records.units["delivered"].sum()
        assert 0.4 < taken / len(records.built.state.leg) < 0.6


def test_the_first_receivers_clock_never_stands_still() -> None:
    settings = {
        **_ONE_CHANCE,
        "refusal.review": "false",
        "referral.reopen_after_days": 20,
        "standards.enabled": "true",
        "standards.pause_outside": "true",
        "standards.redispatch_restarts": "true",
        "standards.extension_probability": 0,
        "routing.misroute": 0.4,
        "units.work_days": 3,
    }
    paused = counted(run(settings, 6, 0))
    assert (paused["paused_days"] > 0).mean() > 0.5
    kept = counted(run({**settings, "standards.first_receiver": "true"}, 6, 0))
    once = kept[kept["reopened"] == 0]
    assert len(once) > 500
    assert (kept["paused_days"] == 0).all()
    # Seven working days of 24 hours, from the report, wherever the case has been since.
    np.testing.assert_allclose((once["due_at"] - once["reported_at"]).to_numpy(), 7.0, atol=1e-9)
