"""Shop fronts: merchants mend what lies before their shop, or report it."""

import math

import numpy as np
import pytest

from sim import load_scenario
from sim.agents.model import CommunityModel
from sim.agents.people import Merchant
from sim.parameters.scenario import CATEGORIES
from sim.rules.merchant import mend_probability
from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test
from tests.truth.community import counted, run

NEUTRAL = {
    "no problem lies before a shop": Neutral(
        ("shop_fronts.share=0", "shop_fronts.mend_probability=1", "shop_fronts.report_probability=1"),
        ("shop_fronts.share=0",),
    ),
    "no shop before which a problem lies": Neutral(
        ("shop_fronts.share=1",), ("shop_fronts.share=0",), ("community.merchants=0",)
    ),
    "merchants who neither mend nor report": Neutral(
        ("shop_fronts.share=1", "shop_fronts.mend_probability=0", "shop_fronts.report_probability=0"),
        ("shop_fronts.share=0",),
    ),
    "ratings that move nobody": Neutral(
        ("shop_fronts.rated=true", "shop_fronts.rated_effect=0"),
        ("shop_fronts.rated=false",),
        ("shop_fronts.share=1",),
    ),
}
_ON = "shop_fronts.share=1"
AT_WORK = {
    "shop fronts": (_ON, "shop_fronts.share=0"),
    "shop fronts, mended": ("shop_fronts.mend_probability=.8", "shop_fronts.mend_probability=.1", _ON),
    "shop fronts, trust": ("shop_fronts.trust_weight=4", "shop_fronts.trust_weight=0", _ON),
    "shop fronts, hours": ("shop_fronts.cost_weight=2", "shop_fronts.cost_weight=0", _ON),
    "shop fronts, rated": ("shop_fronts.rated=true", "shop_fronts.rated=false", _ON),
    "shop fronts, reported": ("shop_fronts.report_probability=1", "shop_fronts.report_probability=0", _ON),
    "shop fronts, noticed": ("shop_fronts.notice_days=3", "shop_fronts.notice_days=0", _ON),
}
COVERING = {
    "shop fronts": (
        "co_governance",
        (*TINY, _ON, "shop_fronts.mend_probability=.5", "shop_fronts.notice_days=.2", "first_call.share=.5"),
        1,
    ),
}
BREAKS = [
    Break(
        "what a cadre works on is mended at the front",
        "mechanisms/reporting/shop_fronts.py",
        "stage in (AT_FIRST, AT_INTAKE, AT_ROUTING, AT_QUEUE)",
        "stage in (AT_FIRST, AT_INTAKE, AT_ROUTING, AT_QUEUE, 5)",
        "tests/mechanisms/test_shop_fronts.py",
    ),
    Break(
        "hours count for nothing at the front",
        "rules/merchant.py",
        "- cost_weight * (hours - 1.0)",
        "- 0.0 * cost_weight * (hours - 1.0)",
        "tests/mechanisms/test_shop_fronts.py",
        part="front hours",
    ),
    Break(
        "what a merchant mends costs nobody hours",
        "mechanisms/reporting/shop_fronts.py",
        '    s.case[n]["volunteer_hours"] += hours\n',
        "",
        "tests/truth/test_books.py",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)

_FRONT = ("order", "traffic", "market")
#: All problems are public and before a shop; nobody else reports them.
_FRONTS: dict[str, object] = {
    "community.merchants": 40,
    "demand.merchant_rate": 0,
    "demand.public_share": 1,
    "demand.exposure_median": 1,
    "demand.exposure_sigma": 0,
    "demand.rate": 8,
    "demand.work_hours": "[2,2,2]",
    "reporting.base_rate_per_day": 0,
    "trust.initial_sd": 0,
    "horizon_days": 150,
    "followup_days": 50,
    "shop_fronts.share": 1,
    "shop_fronts.notice_days": 0.75,
    "shop_fronts.mend_probability": 1,
}


def test_where_all_mend_none_reaches_staff() -> None:
    """Even where everybody reports at once to a community that serves slowly."""
    reported = {"reporting.base_rate_per_day": 1000, "intake.minutes": 1440}
    for more in ({}, reported):
        records = run({**_FRONTS, **more}, 1, 0)
        cases = counted(records)
        before = cases["category"].isin(_FRONT).to_numpy()
        theirs = cases[before]
        assert len(theirs) > 1500
        np.testing.assert_allclose(theirs["solved_at"] - theirs["arisen_at"], 0.75, atol=1e-9)
        assert (theirs["solved_by"] == "merchant").all()
        assert (theirs["staff_hours"] == 0).all()
        assert theirs["accepted_at"].isna().all()
        assert (theirs["volunteer_hours"] == theirs["work_hours"]).all()
        assert (cases.loc[~before, "solved_by"] != "merchant").all()
        assert (theirs["found_by"] == "merchant").all() == (not more)
        last = records.daily.iloc[-1]
        assert last["mended"] == (records.cases["solved_by"] == "merchant").sum()
        assert records.people["volunteer_hours"].sum() == pytest.approx(last["volunteer_hours"], rel=1e-9)


def test_the_nearest_shop_mends() -> None:
    records = run(_FRONTS, 1, 0)
    s = records.built.state
    mended = np.flatnonzero(s.case["helper"] >= 0)
    place = s.need["owner"][mended] - s.community["resident_start"][0]
    shop = s.case["helper"][mended] - s.community["merchant_start"][0]
    np.testing.assert_array_equal(shop, place * 40 // int(s.community["observers"][0]))


def test_what_is_in_somebodys_hands_is_left_to_them() -> None:
    """Reported at once and begun at once: when the merchant turns to it, a cadre is there."""
    at_once = {"reporting.base_rate_per_day": 1000, "staff.grid_workers": 0}
    records = run({**_FRONTS, **at_once, "demand.work_hours": "[30,30,30]"}, 1, 0)
    cases = counted(records)
    assert len(cases) > 1500
    assert (cases["solved_by"] == "cadre").all()
    assert (cases["volunteer_hours"] == 0).all()
    assert records.daily.iloc[-1]["mended"] == 0


@pytest.mark.parametrize("rated", [False, True])
def test_the_stated_shares_mend_and_report(rated: bool) -> None:
    """σ(a + b(T − ½) − c(h − 1) + r·rated) of what lies before shops; of the rest a share is reported."""
    settings = {
        **_FRONTS,
        "shop_fronts.share": 0.7,
        "shop_fronts.mend_probability": 0.4,
        "shop_fronts.trust_weight": 2,
        "shop_fronts.cost_weight": 0.6,
        "shop_fronts.rated": str(rated).lower(),
        "shop_fronts.rated_effect": 1.2,
        "shop_fronts.report_probability": 0.35,
        "trust.initial_mean": 0.8,
    }
    records = run(settings, 2, 0)
    cases = counted(records)
    cases = cases[cases["category"].isin(_FRONT)]
    logit = math.log(0.4 / 0.6) + 2 * 0.3 - 0.6 + 1.2 * rated
    mend = 1.0 / (1.0 + math.exp(-logit))
    mended = 0.7 * mend
    reported = 0.7 * (1.0 - mend) * 0.35
    for found, share in (
        ((cases["solved_by"] == "merchant").mean(), mended),
        ((cases["reporter_id"] >= 0).mean(), reported),
    ):
        assert abs(found - share) < 4 * math.sqrt(share * (1 - share) / len(cases))
    last = records.daily.iloc[-1]
    assert last["reported_at_front"] == (records.cases["reporter_id"] >= 0).sum()
    assert set(records.cases.loc[records.cases["reporter_id"] >= 0, "origin"]) == {"merchant"}


def test_what_takes_others_is_reported_and_not_mended() -> None:
    two = {"demand.organisations_shares": "[0,1,0]", "shop_fronts.report_probability": 1}
    cases = counted(run({**_FRONTS, **two}, 3, 0))
    before = cases["category"].isin(_FRONT)
    assert before.sum() > 1500
    np.testing.assert_allclose((cases["reported_at"] - cases["arisen_at"])[before], 0.75, atol=1e-9)
    assert (cases.loc[before, "solved_by"] != "merchant").all()
    assert cases.loc[~before, "reported_at"].isna().all()


def test_the_rule_is_even_at_one_hour_and_half_trust() -> None:
    assert mend_probability(0.0, 3.0, 0.5, 2.0, 1.0, 1.0, 0) == 0.5
    assert mend_probability(0.0, 3.0, 0.5, 2.0, 2.0, 1.0, 0) == pytest.approx(1 / (1 + math.exp(2)))
    assert len(CATEGORIES) > len(_FRONT)


def test_a_merchant_says_how_likely_they_are_to_mend() -> None:
    model = CommunityModel(
        load_scenario("co_governance", ["community.residents=300", _ON, "shop_fronts.rated=true"]), seed=1
    )
    merchant = model.agents_by_type[Merchant][0]
    hours = float(model.state.need["work_hours"][0])
    expected = math.log(0.3 / 0.7) + (merchant.trust - 0.5) - 0.5 * (hours - 1.0) + 1.0
    assert merchant.mend_probability(0) == pytest.approx(1 / (1 + math.exp(-expected)))
