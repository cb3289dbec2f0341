"""Parameters of those who are out: patrol, couriers, shops at their front, cadres sent down, crews."""

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
        "neutral at 0, and without a platform unless they may telephone.",
        grade="assumed",
        unit="persons per 10,000",
        ge=0,
        le=10_000,
        low=0,
        high=50,
    )
    courier_hours_per_day: float = par(
        8.0,
        "Hours a day, every day of the week, that a courier is on the move; no hours of staff.",
        grade="assumed",
        unit="hours per day",
        ge=0,
        le=24,
        low=4,
        high=12,
    )
    courier_passes_per_hour: float = par(
        0.0625,
        "Times in a courier's hour that one courier for 10,000 residents passes a given place among them.",
        grade="assumed",
        unit="times per hour",
        ge=0,
        le=1000,
        low=0.0125,
        high=0.25,
        note="At eight hours a day a given place is passed every other day.",
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
    courier_by_phone: bool = par(
        False,
        "Couriers report by telephone where there is no platform, and before it starts.",
        grade="setting",
    )


class ShopFronts(Group):
    """Merchants answerable for what lies before their shop (门前三包): they mend it, or report it."""

    share: float = par(
        0.2,
        "Share of residents' public problems of order, traffic and market that lie before a shop; "
        "neutral at 0.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.6,
        note="Waste, parking, signs, stalls. The shop is the one nearest to whose problem it is; without "
        "merchants there is none.",
    )
    notice_days: float = par(
        1.0,
        "Days after a problem arises at which the merchant turns to it; every day of the week.",
        grade="assumed",
        unit="days",
        ge=0,
        le=365,
        low=0,
        high=7,
    )
    mend_probability: float = par(
        0.3,
        "Probability that a merchant of trust one half, not rated, mends what takes an hour.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.05,
        high=0.8,
    )
    trust_weight: float = par(
        1.0,
        "Effect of trust on the logit of mending; at 0 trust counts for nothing.",
        grade="assumed",
        ge=-100,
        le=100,
        low=0,
        high=4,
    )
    cost_weight: float = par(
        0.5,
        "Effect of each further hour that it takes on the logit of mending; at 0 hours count for nothing.",
        grade="assumed",
        unit="per hour",
        ge=0,
        le=100,
        low=0,
        high=2,
    )
    rated: bool = par(False, "Shops are rated for their front.", grade="setting")
    rated_effect: float = par(
        1.0,
        "Effect of being rated on the logit of mending; at 0 ratings move nobody.",
        grade="assumed",
        ge=-100,
        le=100,
        low=0,
        high=3,
    )
    report_probability: float = par(
        0.3,
        "Probability that a merchant reports what is not mended and nobody has reported.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=1,
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


_PIONEERS = "Shenzhen Pioneers, two neighbourhoods (data of Zhang et al. 2022, doi 10.7910/DVN/YUOOBB)"


class Crews(Group):
    """Help that is organised (patrols, clean-ups, visits): organisers call events, crews fill the seats."""

    organisers_per_10k: float = par(
        13.0,
        "Organisers for 10,000 residents; neutral at 0.",
        grade="assumed",
        unit="persons per 10,000",
        ge=0,
        le=500,
        low=0,
        high=25,
        note="About 13 where volunteers act as often as in Ningbo 2022: .22 of residents registered, 1.33 "
        "acts each a year, at 5.5 seats an event and 40 events an organiser.",
    )
    events_per_year: float = par(
        40.0,
        "Events that an organiser calls a year, on average.",
        grade="measured",
        source=_PIONEERS + ": 55 and 28",
        unit="events per year",
        ge=0,
        le=2000,
        low=28,
        high=55,
    )
    events_sigma: float = par(
        1.7,
        "Log standard deviation of organisers' paces; at 0 all call as often.",
        grade="measured",
        source=_PIONEERS + ": a tenth of the organisers call .66 of the events",
        ge=0,
        le=3,
        low=1.5,
        high=1.9,
    )
    seats_median: float = par(
        3.0,
        "Median of the people at an event.",
        grade="measured",
        source=_PIONEERS + ": 2 and 4",
        unit="persons",
        gt=0,
        le=500,
        low=2,
        high=4,
    )
    seats_sigma: float = par(
        1.15,
        "Log standard deviation of the people at an event; at 0 all have the same.",
        grade="measured",
        source=_PIONEERS + ": means 4.1 and 7.4 at medians 2 and 4",
        ge=0,
        le=3,
        low=1.1,
        high=1.2,
    )
    newcomer_share: float = par(
        0.02,
        "Share of seats offered to somebody who was never at an event.",
        grade="calibrated",
        source=_PIONEERS + ": fitted to each, and held against the other",
        unit="share",
        ge=0,
        le=1,
        low=0.015,
        high=0.025,
        note="Newcomers also come where a crew has nobody left: together .036 and .048 of all seats there.",
    )
    visitor_share: float = par(
        0.012,
        "Share of seats offered to somebody of another crew.",
        grade="calibrated",
        source=_PIONEERS + ": fitted to each, and held against the other",
        unit="share",
        ge=0,
        le=1,
        low=0.005,
        high=0.015,
    )
    acts_exponent: float = par(
        1.1,
        "Exponent of a member's acts with the crew so far; at 0 they do not count.",
        grade="calibrated",
        source=_PIONEERS + ": fitted to each, and held against the other",
        ge=0,
        le=3,
        low=0.9,
        high=1.2,
    )
    memory_days: float | None = par(
        10.0,
        "Days in which the weight of a member who stays away falls to 1/e; null: it does not fall.",
        grade="calibrated",
        source=_PIONEERS + ": fitted to each, and held against the other",
        unit="days",
        gt=0,
        le=36500,
        low=2,
        high=12,
    )
    propensity_exponent: float = par(
        0.2,
        "Power of the propensity to act in a member's weight; at 0 all are alike.",
        grade="calibrated",
        source=_PIONEERS + ": log standard deviation .3, of 1.65",
        ge=0,
        le=2,
        low=0,
        high=0.3,
    )
    hours: float = par(
        3.1,
        "Hours that an event takes of everybody there.",
        grade="measured",
        source="Ningbo 2022: 8.9 million hours, 2.14 million volunteers, 1.33 acts each",
        unit="hours",
        ge=0,
        le=24,
        low=1,
        high=4,
    )
