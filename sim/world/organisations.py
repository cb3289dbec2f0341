"""The organisations around a community: which there are, at which level, with authority over what.

A default list, assumed, after the offices that the sources name (street stations, county bureaus, a water
group, property companies, owners' committees, social organisations). A request file brings its own.
"""

from typing import NamedTuple

from sim.engine.tables.staff import (
    BUREAU,
    ENTERPRISE,
    OWNERS_COMMITTEE,
    PROPERTY_COMPANY,
    SOCIAL_ORGANISATION,
    UTILITY,
)
from sim.parameters.scenario import CATEGORIES


class Organisation(NamedTuple):
    """One kind of unit: how many of it stand at its level, and the categories it may act on."""

    name: str
    kind: int
    categories: tuple[str, ...]


#: By level: of each community, of each street or town, of the county.
ORGANISATIONS: tuple[tuple[Organisation, ...], ...] = (
    (
        Organisation(
            "property company", PROPERTY_COMPANY, ("housing", "property", "utilities", "order", "traffic")
        ),
        Organisation(
            "owners' committee", OWNERS_COMMITTEE, ("housing", "property", "dispute", "construction")
        ),
        Organisation("social organisation", SOCIAL_ORGANISATION, ("dispute", "order", "labour", "market")),
    ),
    (
        Organisation("urban management station", BUREAU, ("market", "traffic", "construction", "order")),
        Organisation(
            "housing and construction office", BUREAU, ("housing", "construction", "property", "utilities")
        ),
        Organisation("police station", BUREAU, ("order", "dispute", "traffic")),
        Organisation("market supervision office", BUREAU, ("market", "labour")),
        Organisation("justice and labour office", BUREAU, ("labour", "dispute", "property")),
    ),
    (
        Organisation(
            "housing and urban construction bureau", BUREAU, ("housing", "construction", "property")
        ),
        Organisation("water group", UTILITY, ("utilities", "construction", "market")),
        Organisation("power and communications utility", UTILITY, ("utilities", "property")),
        Organisation("traffic police and transport bureau", BUREAU, ("traffic", "order")),
        Organisation("market regulation bureau", BUREAU, ("market", "dispute")),
        Organisation("human resources bureau", BUREAU, ("labour", "dispute")),
    ),
)


#: Firms beside the shops: they are needed for no case, but may supply service.
FIRMS = Organisation("firms", ENTERPRISE, ("market", "utilities", "traffic", "housing", "property"))
#: Who may supply service in a community, with the parameter of their hours.
SUPPLIERS: tuple[tuple[Organisation, str], ...] = (
    (ORGANISATIONS[0][0], "property_company_hours"),
    (ORGANISATIONS[0][1], "owners_committee_hours"),
    (ORGANISATIONS[0][2], "social_organisation_hours"),
    (FIRMS, "enterprise_hours"),
)
#: Whom residents call before the community, in the order of asking, with the parameter of their hours.
FIRST_RECEIVERS: tuple[tuple[Organisation, str], ...] = SUPPLIERS[:2]


def share_of_work(level: int, category_shares: dict[str, float]) -> list[float]:
    """Return the share of a level's work that falls to each of its organisations, staffed accordingly.

    A category's work divides evenly among the organisations of the level with authority over it.
    """
    organisations = ORGANISATIONS[level]
    able = {
        name: sum(name in organisation.categories for organisation in organisations) for name in CATEGORIES
    }
    shares = [
        sum(category_shares.get(name, 0.0) / able[name] for name in organisation.categories)
        for organisation in organisations
    ]
    return [max(1e-9, share) for share in shares]


def authority(organisation: Organisation) -> int:
    """Return the categories an organisation may act on, as bits in the order of `CATEGORIES`."""
    return sum(1 << CATEGORIES.index(name) for name in organisation.categories)
