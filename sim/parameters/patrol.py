"""Parameters of those who go out to the communities: patrol on foot, couriers who pass, cadres sent down."""

from typing import Literal

from sim.parameters.schema import Group, par


class Patrol(Group):
    """Finding what nobody reports, on foot ("iron soles"), and by couriers who pass."""

    hours_per_week: float = par(
        0.0,
        "Hours a week that each cadre who owns a grid walks it, out of the hours for cases; neutral at 0.",
        grade="assumed",
        unit="hours per week",
        ge=0,
        le=60,
        low=0,
        high=10,
        note="Hours of case work, as those of sessions: a cadre has about 19 a week. iron_soles walks two.",
    )
    homes_visited_per_hour: float = par(
        1.0,
        "Homes of which an hour's patrol would bring an open private problem to light.",
        grade="calibrated",
        unit="homes per hour",
        ge=0,
        le=1000,
        low=0.2,
        high=4,
        source="Zhejiang 2022: 12.1 million items found by grids, .18 per resident, 91 % closed",
        note="Set with homes_passed_per_hour: two hours a week (iron_soles) then find .18 items per "
        "resident-year, of which .88 are closed. With five hours the same staff find .26 and close .64.",
    )
    homes_passed_per_hour: float = par(
        40.0,
        "Homes around which an hour's patrol would see an open public problem.",
        grade="calibrated",
        unit="homes per hour",
        ge=0,
        le=10_000,
        low=5,
        high=100,
        source="Zhejiang 2022, as above",
        note="Set with homes_visited_per_hour.",
    )
    elder_factor: float = par(
        1.0,
        "How often homes of people of 60 and over are visited, against those under 60 without an account; "
        "neutral at 1.",
        grade="assumed",
        ge=0,
        le=100,
        low=1,
        high=3,
        note="At 1 visits are blind to age: what patrol finds more among the old is what they report less.",
    )
    registered_factor: float = par(
        0.5,
        "How often homes of registered people under 60 are visited, against those without an account; "
        "neutral at 1.",
        grade="assumed",
        ge=0,
        le=100,
        low=0,
        high=1,
    )
    couriers_per_10k: float = par(
        0.0,
        "Couriers and others on the move for every 10,000 residents who report what they see in the app; "
        "neutral at 0, and without a platform.",
        grade="assumed",
        unit="persons per 10,000",
        ge=0,
        le=10_000,
        low=0,
        high=50,
    )
    courier_passes_per_day: float = par(
        0.5,
        "Times a day that one courier for 10,000 residents passes a given place among them.",
        grade="assumed",
        unit="times per day",
        ge=0,
        le=1000,
        low=0.1,
        high=2,
    )
    courier_report_probability: float = par(
        0.001,
        "Probability that a courier who passes an open public problem reports it.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=0.01,
    )


class Embedded(Group):
    """Cadres sent down from street and county units (`staff.embedded` is how many): labour and authority."""

    days_per_week: float = par(
        1.5,
        "Days a week on which each of them is in the community.",
        grade="assumed",
        unit="days per week",
        gt=0,
        le=7,
        low=1,
        high=2,
    )
    allocation: Literal["even", "need"] = par(
        "even",
        "Allotted evenly over the communities, or by the needs expected there.",
        grade="setting",
    )
    labour: bool = par(True, "On their days they work on the community's cases.", grade="setting")
    authority: bool = par(
        True, "Their presence links the community to units of their level and below.", grade="setting"
    )
    authority_level: int = par(
        1,
        "Highest level they come from: 1 street or town, 2 county.",
        grade="assumed",
        unit="level",
        ge=1,
        le=2,
        low=1,
        high=2,
    )
    displaced: bool = par(
        False,
        "The hours they give are taken from the officers of the units that send them, so that all hours "
        "together stay the same.",
        grade="setting",
    )
