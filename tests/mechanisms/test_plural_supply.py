"""Suppliers beside the staff: what they are asked, take on and have promised."""

from tests.guarantees.runs import TINY
from tests.mechanisms.checks import Break, Neutral, at_work_test, neutral_test

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
        "tests/truth/test_menu.py",
        part="takeup",
    ),
]

test_neutral = neutral_test(NEUTRAL)
test_at_work = at_work_test(AT_WORK)
