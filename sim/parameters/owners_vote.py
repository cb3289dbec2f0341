"""Parameters of what follows a council: the owners' vote, funds, and carrying out."""

from typing import Literal

from sim.parameters.schema import Group, par

_CODE = "Civil Code of the PRC, article 278"


class OwnersVote(Group):
    """Who votes and when a matter passes, and what it takes to carry it out; part of `deliberation`."""

    electorate: Literal["building", "community"] = par(
        "building",
        "Whose owners vote: those of the building of the topic's first case, or all of the community.",
        grade="setting",
    )
    owner_share: float = par(
        0.8,
        "Share of local households that own.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.6,
        high=0.95,
    )
    owner_share_migrant: float = par(
        0.3,
        "Share of households from elsewhere that own.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.05,
        high=0.6,
    )
    area_sigma: float = par(
        0.35,
        "Standard deviation of the logarithm of a dwelling's area.",
        grade="assumed",
        ge=0,
        le=3,
        low=0.2,
        high=0.5,
    )
    turnout: float = par(
        0.65,
        "Probability that an owner whom nothing touches casts a vote when asked at the door.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.3,
        high=0.95,
    )
    turnout_stake: float = par(
        0.2,
        "Rise of that probability for owners who see one of the cases.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=0.35,
    )
    yes_above: float = par(
        0.5,
        "Opinion above which an owner votes yes.",
        grade="assumed",
        unit="0 to 1",
        ge=-1,
        le=1,
        low=0.3,
        high=0.7,
    )
    quorum: float = par(
        0.6666666667,
        "Share of owners, and of area, that must take part; above 1 nothing can be decided.",
        grade="published",
        unit="share",
        ge=0,
        le=2,
        source=_CODE,
    )
    majority: Literal["by_matter", "ordinary", "major"] = par(
        "by_matter",
        "Which majority decides; by matter: rebuilding and altering (construction) takes the major one.",
        grade="setting",
    )
    ordinary_majority: float = par(
        0.5,
        "Share of owners and of area taking part that an ordinary matter must exceed.",
        grade="published",
        unit="share",
        ge=0,
        le=1,
        source=_CODE,
    )
    major_majority: float = par(
        0.75,
        "Share of owners and of area taking part that a major matter must reach.",
        grade="published",
        unit="share",
        ge=0,
        le=1,
        source=_CODE,
    )
    budget_per_year: float = par(
        200_000.0,
        "Street funds for what a community's councils decide; at 0 nothing is carried out.",
        grade="assumed",
        unit="yuan per year",
        ge=0,
        le=1e12,
        low=20_000,
        high=1_000_000,
    )
    cost_per_hour: float = par(
        300.0,
        "Cost of carrying out, for every hour of work a case takes.",
        grade="assumed",
        unit="yuan per hour",
        ge=0,
        le=1e9,
        low=100,
        high=1000,
    )
    mediation_hours: float = par(
        4.0,
        "Staff hours of mediation for every case carried out.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=1000,
        low=1,
        high=20,
    )
    implementation_days: float = par(
        30.0,
        "Time that carrying out takes at least.",
        grade="assumed",
        unit="days",
        ge=0,
        le=3650,
        low=7,
        high=120,
    )
