"""What suppliers offer, case by case: a menu fixed above, or what was most asked for."""

import numpy as np
import pandas as pd
import pytest

from sim import Records
from sim.parameters.scenario import CATEGORIES
from tests.truth.community import run

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
