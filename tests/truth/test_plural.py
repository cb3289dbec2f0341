"""Plural support in its limits, case by case: what suppliers take on is exactly what staff are spared."""

import numpy as np
import pytest

from sim import Records
from tests.truth.community import run
from tests.truth.supply import LABOUR_ALONE

_HOURS = ("property_company", "owners_committee", "social_organisation", "enterprise")
_MIXED: dict[str, object] = {
    "demand.organisations_shares": "[.6,.3,.1]",
    "demand.level_given_organisations": "[[.7,.2,.1],[.4,.4,.2],[.2,.4,.4]]",
    "demand.helpable_share": 0.1,
    "demand.desk_share": 0.1,
    "demand.work_hours": "[2,3,4]",
    "demand.work_cv": 1,
    "community.residents": 1500,
}


def _supplied(hours: float, **more: object) -> dict[str, object]:
    return {
        **_MIXED,
        "plural.enabled": "true",
        **{f"plural.{kind}_hours": hours for kind in _HOURS},
        **{key.replace("__", "."): value for key, value in more.items()},
    }


@pytest.fixture(scope="module")
def alone() -> Records:
    return run(_MIXED, 1, 0)


def test_willing_suppliers_with_endless_hours_take_on_all_they_may(alone: Records) -> None:
    """What staff are spared is, case by case and in sum, the hours of what the community could do alone."""
    helped = run(_supplied(1e12, plural__accept_probability=1), 1, 0).cases
    cases = alone.cases
    eligible = (
        (cases["organisations_needed"] == 1) & (cases["level_needed"] == 0) & (cases["solved_by"] != "desk")
    ).to_numpy() & cases["accepted_at"].notna().to_numpy()
    assert 200 < eligible.sum() < len(cases)
    assert (helped["supplier"].notna().to_numpy() == eligible).all()
    assert (helped["status"][eligible] == "solved").all()
    assert (helped["staff_hours"][eligible] == 0.0).all()
    assert (helped["unit_hours"][eligible] == cases["work_hours"][eligible]).all()
    assert (helped["solved_at"][eligible] - helped["accepted_at"][eligible]).max() < 1e-6
    begun = eligible & cases["service_started_at"].notna().to_numpy()
    spared = (cases["staff_hours"] - helped["staff_hours"])[eligible].sum()
    assert spared == pytest.approx(cases["work_hours"][begun].sum(), rel=1e-12)
    # All else costs staff what it cost them before, whenever they come to it.
    over = ~eligible & (cases["status"] == "solved").to_numpy() & (helped["status"] == "solved").to_numpy()
    assert over.sum() > 200
    np.testing.assert_allclose(helped["staff_hours"][over], cases["staff_hours"][over], rtol=1e-12)


def test_nobody_is_asked_who_has_promised_a_week() -> None:
    """Hours run out: what is promised never lies further ahead than the limit and one more case."""
    records = run(_supplied(5.0, plural__accept_probability=1, referral__load_slope=0), 2, 0)
    suppliers, cases = records.suppliers, records.cases
    taken = cases[cases["supplier"].notna()]
    assert len(taken) > 50
    assert (cases["solved_by"] == "cadre").sum() > 50
    weekly = suppliers.set_index("kind")["hours_per_week"]
    own = taken["supplier"].astype(str).map(weekly)
    wait = (taken["service_started_at"] - taken["accepted_at"]) / 7.0
    assert wait.max() < 1.0
    assert wait.max() > 0.5
    began = taken["service_started_at"].notna() & taken["closed_at"].notna()
    time = (taken["closed_at"] - taken["service_started_at"])[began]
    expected = taken["work_hours"][began] / own[began] * 7.0
    np.testing.assert_allclose(time, expected, rtol=1e-6, atol=1e-9)


def test_a_supplier_does_one_thing_at_a_time() -> None:
    cases = run(_supplied(20.0, plural__accept_probability=1), 3, 0).cases
    for _kind, theirs in cases[cases["closed_at"].notna()].groupby("supplier", observed=True):
        theirs = theirs.sort_values("service_started_at")
        assert (
            theirs["service_started_at"].to_numpy()[1:] >= theirs["closed_at"].to_numpy()[:-1] - 1e-9
        ).all()
        # In the order in which they were promised.
        assert theirs["accepted_at"].is_monotonic_increasing


def test_only_those_with_authority_are_asked() -> None:
    records = run(
        {**_supplied(1e12, plural__accept_probability=1), "demand.category_shares": LABOUR_ALONE}, 1, 0
    )
    assert set(records.cases["supplier"].dropna()) == {"social_organisation"}
    suppliers = records.suppliers.set_index("kind")
    assert suppliers.loc["social_organisation", "asks"] > 0
    assert suppliers.drop("social_organisation")["asks"].sum() == 0
