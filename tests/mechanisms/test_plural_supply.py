"""Suppliers beside the staff: what they are asked, take on and have promised."""

import numpy as np
import pandas as pd
import pytest

from sim import Records
from sim.parameters.scenario import CATEGORIES
from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, limit_test, neutral_test
from tests.truth import exact
from tests.truth.community import counted, run
from tests.truth.equivalence import Experiment, Values

NEUTRAL = {
    "a menu from above with everything on it": Neutral(
        ("plural.menu=above", "plural.menu_size=9"),
        ("plural.menu=all",),
        ("plural.enabled=true",),
    ),
    "a learned menu with everything on it": Neutral(
        ("plural.menu=learned", "plural.menu_size=9"), ("plural.menu=all",), ("plural.enabled=true",)
    ),
    "a menu with nothing on it": Neutral(
        ("plural.enabled=true", "plural.menu=learned", "plural.menu_size=0"), ("plural.enabled=false",)
    ),
    "plural support that nobody gives": Neutral(
        ("plural.enabled=true", "plural.accept_probability=0"), ("plural.enabled=false",)
    ),
    "plural support without hours": Neutral(
        (
            "plural.enabled=true",
            "plural.property_company_hours=0",
            "plural.owners_committee_hours=0",
            "plural.social_organisation_hours=0",
            "plural.enterprise_hours=0",
        ),
        ("plural.enabled=false",),
    ),
    "plural support that is not switched on": Neutral(
        ("plural.accept_probability=1", "plural.property_company_hours=80"), ("plural.enabled=false",)
    ),
}
AT_WORK = {
    "menu": ("plural.menu=above", "plural.menu=all", "plural.enabled=true"),
    "menu, learned": ("plural.menu=learned", "plural.menu=above", "plural.enabled=true"),
    "plural support": ("plural.enabled=true", "plural.enabled=false"),
    "plural hours": (
        "plural.social_organisation_hours=80",
        "plural.social_organisation_hours=0",
        "plural.enabled=true",
    ),
}
COVERING = {
    "plural support": ("administration_led", (*TINY, "plural.enabled=true"), 1),
    "plural support, a learned menu": (
        "administration_led",
        (*TINY, "plural.enabled=true", "plural.menu=learned", "plural.menu_weeks=1"),
        1,
    ),
}
BREAKS = [
    Break(
        "suppliers work twice as fast",
        "mechanisms/plural_supply/supply.py",
        'pace = s.supplier[u]["hours_per_week"] /',
        'pace = 2.0 * s.supplier[u]["hours_per_week"] /',
        "supplier's line",
        part="supply",
    ),
    Break(
        "a supplier answers as a bureau would",
        "mechanisms/plural_supply/supply.py",
        's.par[0]["plural_accept_intercept"]',
        's.par[0]["referral_accept_intercept"]',
        "supplier, readiness spread 0",
        part="supply",
    ),
    Break(
        "a supplier forgets what it has promised",
        "mechanisms/plural_supply/supply.py",
        'max(t, s.supplier[u]["free_at"])',
        "t",
        "supplier's line",
        part="supply",
    ),
    Break(
        "hours of suppliers not charged to the case",
        "mechanisms/plural_supply/supply.py",
        '    s.case[n]["unit_hours"] += hours\n',
        "",
        "tests/truth/test_books.py",
    ),
    Break(
        "what was asked for is never forgotten",
        "mechanisms/plural_supply/menu.py",
        "s.wanted[c, k] = 0.0",
        "s.wanted[c, k] += 0.0",
        "tests/mechanisms/test_plural_supply.py",
        part="takeup",
    ),
]


#: Needs of one category.
LABOUR_ALONE = "{" + ", ".join(f"{name}: {int(name == 'labour')}" for name in CATEGORIES) + "}"
#: One supplier: the social organisations, and needs that nobody else has authority over.
ONE: dict[str, object] = {
    "plural.enabled": "true",
    "plural.property_company_hours": 0,
    "plural.owners_committee_hours": 0,
    "plural.enterprise_hours": 0,
    "plural.longest_backlog_weeks": 520,
    "demand.category_shares": LABOUR_ALONE,
    "referral.load_slope": 0,
    "community.residents": 10_000,
}


def _accepted(probability: float, frailty_sd: float) -> Experiment:
    """One offer, one answer: taken on with the stated probability whatever the spread of readiness."""
    settings = {
        **ONE,
        "plural.accept_probability": probability,
        "plural.social_organisation_hours": 1e12,
        "referral.frailty_sd": frailty_sd,
        "demand.rate": 0.6,
        "staff.per_10k": 100,
    }

    def once(seed: int, replication: int) -> Values:
        cases = counted(run(settings, seed, replication))
        return {"cases": len(cases), "taken on": float((cases["solved_by"] == "social_organisation").mean())}

    name = f"supplier, readiness spread {frailty_sd:g}"
    return Experiment(name, once, {"taken on": probability}, replications=12)


def _line(load: float, cv: float) -> Experiment:
    """A supplier that takes everything on is M/G/1: the wait of Pollaczek and Khinchine."""
    mean, rate = 0.05, load / 0.05
    hours_a_week = 84.0
    settings = {
        **ONE,
        "plural.accept_probability": 1,
        # Half of the week: an hour of work takes two.
        "plural.social_organisation_hours": hours_a_week,
        "demand.rate": 365.0 * rate / 10_000,
        "demand.work_hours": f"[{12.0 * mean},1,1]",
        "demand.work_cv": cv,
        "staff.per_10k": 1,
        "warmup_days": 100,
        "horizon_days": 2400,
        "followup_days": 100,
    }

    def once(seed: int, replication: int) -> Values:
        records = run(settings, seed, replication)
        cases = records.cases
        cases = cases[(cases["arisen_at"] >= 100) & (cases["arisen_at"] < 2500)]
        service = cases["closed_at"] - cases["service_started_at"]
        return {
            "cases": len(cases),
            "mean wait": float((cases["service_started_at"] - cases["accepted_at"]).mean()) / mean,
            "mean service": float(service.mean()) / mean,
            "mean squared service": float((service**2).mean()) / mean**2,
            "cases a day": len(cases) / 2400.0 * mean,
        }

    square = 1.0 + cv * cv
    controls = {"mean service": 1.0, "mean squared service": square, "cases a day": load}
    wait = exact.mg1_wait(load, 1.0, square)
    return Experiment(f"supplier's line, load {load:g}", once, {"mean wait": wait}, controls, replications=16)


LIMITS = [
    _accepted(0.7, 0.0),
    _accepted(0.3, 1.5),
    _line(0.5, 0.7),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
test_limit = limit_test(LIMITS)


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


#: The default of deliberation.topics_above.
_ABOVE = ("construction", "order", "traffic")
_WEEKS = 2
#: Needs that the community could do alone; suppliers with endless hours who never refuse.
_SUPPLIED: dict[str, object] = {
    "community.residents": 1500,
    "horizon_days": 200,
    "followup_days": 20,
    "demand.rate": 4,
    "demand.work_hours": "[2,2,2]",
    "plural.enabled": "true",
    "plural.accept_probability": 1,
    **{f"plural.{kind}_hours": 1e12 for kind in ("property_company", "owners_committee")},
    **{f"plural.{kind}_hours": 1e12 for kind in ("social_organisation", "enterprise")},
    "plural.menu_size": 3,
    "plural.menu_weeks": _WEEKS,
}


def _taken(records: Records) -> tuple[pd.Series, pd.Series]:
    cases = records.cases[records.cases["accepted_at"].notna()]
    return cases["category"].astype(str), cases["supplier"].notna()


def test_a_menu_from_above_is_what_suppliers_take_on_and_nothing_else() -> None:
    category, taken = _taken(run({**_SUPPLIED, "plural.menu": "above"}, 1, 0))
    assert 0.1 < taken.mean() < 0.9
    assert (taken == category.isin(_ABOVE)).all()


def test_a_learned_menu_is_what_was_most_asked_for_in_the_weeks_before() -> None:
    """Counted anew from the ledger, fortnight by fortnight; in the first the menu is the one from above."""
    records = run({**_SUPPLIED, "plural.menu": "learned"}, 1, 0)
    cases = records.cases[records.cases["accepted_at"].notna()]
    category, taken = _taken(records)
    number = category.map({name: k for k, name in enumerate(CATEGORIES)}).to_numpy()
    period = (cases["accepted_at"] // (7 * _WEEKS)).to_numpy().astype(int)
    menus = set()
    for p in range(period.max() + 1):
        menu = {CATEGORIES.index(name) for name in _ABOVE}
        if p > 0:
            asked = np.bincount(number[period == p - 1], minlength=len(CATEGORIES))
            menu = set(np.argsort(-asked, kind="stable")[:3].tolist())
        menus.add(frozenset(menu))
        now = period == p
        assert (taken[now].to_numpy() == np.isin(number[now], list(menu))).all(), p
    assert len(menus) > 3


def test_a_learned_menu_finds_what_is_most_needed() -> None:
    """Of needs nine in ten of three categories, whatever those above think."""
    rest = ", ".join(f"{name}: {0.1 / 6}" for name in CATEGORIES[:6])
    most = ", ".join(f"{name}: .3" for name in CATEGORIES[6:])
    settings = {**_SUPPLIED, "plural.menu": "learned", "demand.category_shares": f"{{{rest}, {most}}}"}
    category, taken = _taken(run(settings, 1, 0))
    late = slice(len(category) // 5, None)
    assert len(CATEGORIES) == 9
    assert (taken[late] == category[late].isin(CATEGORIES[6:])).all()


@pytest.mark.parametrize("menu", ["above", "learned"])
def test_with_nothing_on_the_menu_staff_do_everything(menu: str) -> None:
    _, taken = _taken(run({**_SUPPLIED, "plural.menu": menu, "plural.menu_size": 0}, 1, 0))
    assert not taken.any()
