"""Parameters of who reports a problem, how reports are taken in, and where they are sent."""

from sim.parameters.schema import Group, par


class Reporting(Group):
    """Voice: who reports a problem, and when (model.md S1)."""

    base_rate_per_day: float = par(
        0.1,
        "Reporting hazard of a person of mean propensity with free channel and trust .5.",
        grade="calibrated",
        unit="per day",
        ge=0,
        le=1000,
        low=0.04,
        high=0.2,
        note="Set together with demand.rate, demand.exposure_median and fading_days for .20 to .25 requests "
        "a resident-year and .19 duplicates: a ridge and not a point (docs/validation.md).",
    )
    fading_days: float | None = par(
        5.0,
        "Time in which the readiness to report a problem fades to 1/e, from when it was seen: who sees it "
        "ever reports with probability 1 - exp(-hazard x this); neutral at null, where it never fades.",
        grade="assumed",
        unit="days",
        gt=0,
        le=36500,
        low=1,
        high=60,
    )
    seen_again_per_day: float = par(
        0.0,
        "Rate at which an open problem is seen anew (it recurs, grows worse): readiness of all who see it "
        "begins again; neutral at 0.",
        grade="assumed",
        unit="per day",
        ge=0,
        le=10,
        low=0,
        high=0.05,
    )
    trust_weight: float = par(
        1.0,
        "Effect of trust (distance from .5) on the log reporting hazard; neutral at 0.",
        grade="assumed",
        ge=-10,
        le=10,
        low=0,
        high=2,
    )
    cost_office: float = par(
        1.0,
        "Cost of reporting at the office, on the log hazard.",
        grade="assumed",
        ge=0,
        le=20,
        low=0.5,
        high=2,
    )
    cost_phone: float = par(
        0.5,
        "Cost of reporting by telephone, on the log hazard.",
        grade="assumed",
        ge=0,
        le=20,
        low=0.2,
        high=1,
    )
    cost_app: float = par(
        0.2, "Cost of reporting in the app, on the log hazard.", grade="assumed", ge=0, le=20, low=0, high=0.5
    )
    phone_share: float = par(
        0.95,
        "Share of those under 60 who can report by telephone.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.85,
        high=1,
    )
    phone_share_60plus: float = par(
        0.80,
        "Share of those 60 and over who can report by telephone.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.6,
        high=0.95,
    )
    repeat_after_days: float = par(
        30.0,
        "Time after which a person may report the same open problem again.",
        grade="assumed",
        unit="days",
        gt=0,
        le=36500,
        low=7,
        high=90,
    )
    published_status: bool = par(
        False, "Reports and their status are published to all users.", grade="setting"
    )
    published_factor: float = par(
        0.7,
        "Factor on the reporting hazard for each published report of the same problem; neutral at 1.",
        grade="assumed",
        ge=0,
        le=1,
        low=0.4,
        high=1,
    )
    learning_weight: float = par(
        0.2255,
        "Effect of how a person's own report last ended (1 solved, −1 not) on the log reporting hazard; "
        "neutral at 0.",
        grade="assumed",
        ge=-10,
        le=10,
        low=0,
        high=0.5,
        source="Sjoberg, Mellon & Peixoto 2017 (FixMyStreet): second report 57 % likelier after a first one "
        "that was fixed, which is ln(1.57)/2 = .2255 if it acts like this",
        note="The size is published, the form is assumed.",
    )
    learning_memory_days: float | None = par(
        365.0,
        "Mean time after which a person forgets how their own report last ended; neutral at null, where it "
        "is kept for good.",
        grade="assumed",
        unit="days",
        gt=0,
        le=1e9,
        low=90,
        high=1825,
        note="The published effect is of a second report by the same account, whenever it came; how long it "
        "lasts was not measured.",
    )
    propensity_sigma: float = par(
        1.65,
        "Log standard deviation of the propensity to act (mean 1).",
        grade="measured",
        ge=0,
        le=3,
        low=1.5,
        high=1.75,
        tape=True,
        source="Shenzhen Pioneers: solves Gini = 2*Phi(sigma/sqrt 2) - 1 for contributions",
    )
    sorting_share: float = par(
        0.05,
        "Share of the variance of the log propensity that residents of a grid have in common; neutral at 0.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.2,
        tape=True,
        note="Who lives where depends on who acts: at .05 grids differ about as much as areas of a city.",
    )


class Intake(Group):
    """What taking in a report costs, and whether later reports of the same thing are merged."""

    minutes: float = par(
        6.0,
        "Staff minutes to take in a report.",
        grade="measured",
        unit="minutes",
        ge=0,
        le=1440,
        low=3,
        high=10,
        source="Beijing 12345 hotline: operator minutes per order",
    )
    merge_probability: float = par(
        0.0,
        "Probability that a later report of the same problem is recognised and merged.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=1,
        note="The platform sets it to .9.",
    )
    repeat_recognised: float = par(
        0.8,
        "Probability that a person who asks again for what they reported themselves is recognised, platform "
        "or not: the report is then merged; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=1,
        note="Hotlines keep such calls as reminders to the open order: the caller's number is on it.",
    )
    merged_minutes: float = par(
        6.0,
        "Staff minutes for a report that is merged.",
        grade="assumed",
        unit="minutes",
        ge=0,
        le=1440,
        low=1,
        high=10,
    )
    triage_hours: float = par(
        0.5,
        "Staff hours of triage for a later report that is not merged.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=100,
        low=0.1,
        high=1,
    )
    revisit_probability: float = par(
        0.3,
        "Probability that a later report that is not merged repeats the whole visit.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=0.6,
    )


class Routing(Group):
    """Whether a case goes to the right unit first."""

    misroute: float = par(
        0.15,
        "Probability that a dispatch goes to the wrong unit and comes back.",
        grade="assumed",
        unit="probability",
        ge=0,
        lt=1,
        low=0.04,
        high=0.40,
        note="Reports range from 3.9 % (Yichun) to 38 % (a sub-district in Guangxi), all weak.",
    )
    authority_table: bool = par(False, "Dispatch by a table of who is responsible for what.", grade="setting")
    misroute_with_table: float = par(
        0.05,
        "Probability of a wrong dispatch where the table is used.",
        grade="assumed",
        unit="probability",
        ge=0,
        lt=1,
        low=0,
        high=0.40,
    )
    misroute_hours: float = par(
        0.25,
        "Staff hours lost to a wrong dispatch.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=100,
        low=0.1,
        high=1,
    )


class Platform(Group):
    """The residents' app."""

    enabled: bool = par(False, "The app exists: residents can register and report in it.", grade="setting")
    apps: int = par(
        1,
        "Apps, equally popular, that residents report in. A report in one is not seen in another, except so "
        "far as data are shared (paperwork.integration); neutral at 1.",
        grade="assumed",
        unit="apps",
        ge=1,
        le=1000,
        low=1,
        high=5,
        note="Reporters found a complaint function in nearly every community's app in three cities.",
    )
    start_day: float = par(
        0.0,
        "Day on which the first communities may start it, from time 0; neutral at 0.",
        grade="setting",
        unit="days",
        ge=0,
        le=1e7,
    )
    rollout_innovation_per_year: float = par(
        0.0,
        "Rate at which a community starts unprompted; 0: all start on the first day.",
        grade="assumed",
        unit="per year",
        ge=0,
        le=1e6,
        low=0,
        high=2,
    )
    rollout_imitation_per_year: float = par(
        0.0,
        "Further rate if all communities have started (Bass); none while the rate unprompted is 0.",
        grade="assumed",
        unit="per year",
        ge=0,
        le=1e6,
        low=0,
        high=5,
    )
