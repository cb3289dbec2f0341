"""Parameters of points for taking part, and of a shortage of goods."""

from sim.parameters.schema import Group, par


class Points(Group):
    """Points (积分) for using the platform and for help, with a daily cap. They are no participation."""

    enabled: bool = par(False, "Users collect points and trade them in.", grade="setting")
    daily_cap: float = par(
        10.0,
        "Points a person can collect in a day at most.",
        grade="assumed",
        unit="points per day",
        ge=0,
        le=1e6,
        low=5,
        high=50,
        note="That Weijiayuan caps a day's points is known from a public script that clicks until the cap.",
    )
    per_active_day: float = par(
        3.0,
        "Points for a day of ordinary activity.",
        grade="assumed",
        unit="points per day",
        ge=0,
        le=1e6,
        low=1,
        high=10,
    )
    per_help: float = par(
        5.0,
        "Points for one act of help or gift.",
        grade="assumed",
        unit="points",
        ge=0,
        le=1e6,
        low=1,
        high=20,
    )
    redeem_at: float = par(
        200.0,
        "Points traded in together for goods or services.",
        grade="assumed",
        unit="points",
        gt=0,
        le=1e9,
        low=50,
        high=1000,
    )
    activity_factor: float = par(
        0.9,
        "Factor on the hazard of going inactive after points were traded in; neutral at 1.",
        grade="assumed",
        gt=0,
        le=10,
        low=0.7,
        high=1,
        note="That rewards keep people active a little is assumed; no effect has been published.",
    )
    help_factor: float = par(
        1.1,
        "Factor on the probability of helping after points were traded in; neutral at 1.",
        grade="assumed",
        ge=0,
        le=100,
        low=0.8,
        high=1.5,
        note="Below 1: rewards crowd out the readiness to help for nothing.",
    )
    effect_days: float = par(
        30.0,
        "How long what was traded in changes the readiness to help.",
        grade="assumed",
        unit="days",
        ge=0,
        le=36500,
        low=7,
        high=90,
    )
    gaming_share: float = par(
        0.02,
        "Share of users who collect the day's cap by a program.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.1,
        note="That it is done is known from a public script for Weijiayuan; how many do it is not.",
    )


class Shortage(Group):
    """Masks, or another good that can be divided, run short; some households have more than they need."""

    enabled: bool = par(False, "There is a shortage.", grade="setting", tape=True)
    start_day: float = par(
        429.0,
        "First day of the shortage, from time 0: a month after the warm-up of the default.",
        grade="setting",
        unit="days",
        ge=0,
        le=40150,
        tape=True,
    )
    days: float = par(
        42.0,
        "Length of the shortage: nothing can be bought.",
        grade="assumed",
        unit="days",
        gt=0,
        le=3650,
        low=14,
        high=90,
        tape=True,
    )
    stock_median: float = par(
        15.0,
        "Median stock of a household at the start.",
        grade="assumed",
        unit="units",
        ge=0,
        le=1e5,
        low=5,
        high=40,
        tape=True,
    )
    stock_sigma: float = par(
        1.0,
        "Log standard deviation of households' stocks.",
        grade="assumed",
        ge=0,
        le=3,
        low=0.5,
        high=1.5,
        tape=True,
    )
    use_per_day: float = par(
        0.25,
        "Units a person uses in a day.",
        grade="assumed",
        unit="units per day",
        gt=0,
        le=1000,
        low=0.1,
        high=1,
        tape=True,
    )
    ask_ahead_days: float = par(
        3.0,
        "How long before running out a household asks.",
        grade="assumed",
        unit="days",
        ge=0,
        le=365,
        low=0,
        high=10,
    )
    ask_units: int = par(
        10,
        "Units asked for at once, at most.",
        grade="assumed",
        unit="units",
        ge=1,
        le=100_000,
        low=5,
        high=50,
    )
    ask_again_days: float = par(
        3.0,
        "Time after which a household still short asks again.",
        grade="assumed",
        unit="days",
        gt=0,
        le=365,
        low=1,
        high=10,
    )
    asked_holders: int = par(
        10,
        "Households with a surplus that are asked, the nearest first, until there is enough.",
        grade="assumed",
        unit="households",
        ge=1,
        le=100_000,
        low=1,
        high=50,
    )
    give_probability: float = par(
        0.1,
        "Probability that a holder of mean propensity gives; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.02,
        high=0.65,
        note="In Shanghai 65 % would entrust a parcel to a neighbour; what people say exceeds what they do.",
    )
    reserve_share: float = par(
        0.5,
        "What holders keep beyond what they will need themselves, as a share of it.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1000,
        low=0,
        high=2,
    )
