"""Parameters of the tape: what goes wrong, when, for whom."""

from typing import Self

from pydantic import model_validator

from sim.parameters.schema import (
    Group,
    Share,
    ShareMatrix,
    ShareTriple,
    Triple,
    check_sum_is_one,
    par,
    reject,
)

CATEGORIES = (
    "market",
    "utilities",
    "housing",
    "construction",
    "traffic",
    "order",
    "labour",
    "dispute",
    "property",
)

_CATEGORY_SHARES = {
    "market": 0.197,
    "utilities": 0.130,
    "housing": 0.123,
    "construction": 0.110,
    "traffic": 0.095,
    "order": 0.093,
    "labour": 0.072,
    "dispute": 0.080,
    "property": 0.100,
}


class Demand(Group):
    """The tape: what goes wrong, when, for whom, and how much work it takes."""

    rate: float = par(
        0.5,
        "Underlying problems a resident has, reported or not.",
        grade="assumed",
        unit="per resident-year",
        ge=0,
        le=1000,
        low=0.3,
        high=1.5,
        tape=True,
        note="Requests actually dispatched run at about 0.2 in Beijing and New York.",
    )
    merchant_rate: float = par(
        0.5,
        "Underlying problems a merchant has.",
        grade="assumed",
        unit="per merchant-year",
        ge=0,
        le=1000,
        low=0.3,
        high=3.0,
        tape=True,
    )
    season_amplitude: float = par(
        0.2,
        "Amplitude of the yearly sine in the rate of needs.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.4,
        tape=True,
    )
    weekly_cv: float = par(
        0.17,
        "Coefficient of variation of the weekly random effect that all communities share.",
        grade="measured",
        ge=0,
        le=5,
        low=0,
        high=1,
        tape=True,
        source="Boston 311 requests of 2011, weekly counts by residents, after Poisson: .14 to .17",
        note="Of the rate of needs; with demand.report_delay_days of that of reports, as was measured.",
    )
    local_cv: float = par(
        0.19,
        "Coefficient of variation of a further weekly effect, a community's own; neutral at 0.",
        grade="measured",
        ge=0,
        le=5,
        low=0,
        high=0.4,
        tape=True,
        source="Boston 311 requests of 2011, weekly counts by district, beyond what is common: .19",
        note="As demand.weekly_cv of needs, or of reports.",
    )
    report_delay_days: float = par(
        3.0,
        "Mean time between need and report for which weekly effects are made larger, so that their spread is "
        "that of reports; at 0 it is that of needs.",
        grade="calibrated",
        unit="days",
        ge=0,
        le=365,
        low=0,
        high=10,
        tape=True,
        note="Bursts are smoothed on the way from need to report. To be set to the mean delay of first "
        "reports; it delays nothing itself, and is the same under every scenario.",
    )
    weekly_correlation: float = par(
        0.0,
        "Correlation of the logarithms of the effects of one week and the next; neutral at 0.",
        grade="assumed",
        ge=0,
        lt=1,
        low=0,
        high=0.9,
        tape=True,
        note="Bursts that last: the variance of a week's count stays m + m²·cv², that of a month's grows.",
    )
    noticing: float = par(
        0.5,
        "Exponent γ of the propensity to act in the rate at which a person meets problems; neutral at 0.",
        grade="assumed",
        ge=0,
        le=2,
        low=0,
        high=1,
        tape=True,
        source="Custodianship: few people notice and report most of what is wrong in public (O'Brien 2018)",
        note="The mean rate is kept: a person's is ∝ θ^γ.",
    )
    category_shares: dict[str, Share] = par(
        _CATEGORY_SHARES,
        "Share of each category of need.",
        grade="measured",
        unit="share",
        tape=True,
        source="Beijing 12345 hotline, 2020, its seven matching categories; dispute and property assumed",
    )
    organisations_shares: ShareTriple = par(
        (0.65, 0.25, 0.10),
        "Share of needs that take 1, 2, 3 or more organisations.",
        grade="assumed",
        unit="share",
        tape=True,
        note="One county's fire work-orders: 42 % needed several departments.",
    )
    level_given_organisations: ShareMatrix = par(
        ((0.75, 0.20, 0.05), (0.40, 0.42, 0.18), (0.125, 0.45, 0.425)),
        "Share of needs whose highest level is community, street, county; one row for 1, 2, 3 organisations.",
        grade="assumed",
        unit="share",
        tape=True,
        note="Chosen so that the three levels have .60, .28, .12 overall.",
    )
    public_share: float = par(
        0.2,
        "Share of needs that affect more people than their owner.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.2,
        high=0.6,
        tape=True,
        note="At the low end of its range: see reporting.base_rate_per_day.",
    )
    exposure_median: float = par(
        2.0,
        "Median number of people a public need affects.",
        grade="assumed",
        unit="persons",
        ge=1,
        le=100_000,
        low=1,
        high=100,
        tape=True,
        note="With readiness that fades, more would make more duplicates than were measured: see "
        "reporting.base_rate_per_day.",
    )
    exposure_sigma: float = par(
        0.8,
        "Log standard deviation of the number of people affected.",
        grade="assumed",
        ge=0,
        le=5,
        low=0.4,
        high=1.2,
        tape=True,
    )
    severity_sd: float = par(
        0.5,
        "Standard deviation of severity, on the log scale of the reporting hazard.",
        grade="assumed",
        ge=0,
        le=5,
        low=0,
        high=1,
        tape=True,
    )
    urgent_share: float = par(
        0.05,
        "Share of urgent needs.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.01,
        high=0.15,
        tape=True,
    )
    helpable_share: float = par(
        0.10,
        "Share of needs a neighbour could meet in a few hours.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.05,
        high=0.20,
        tape=True,
    )
    desk_share: float = par(
        0.10,
        "Share of needs that can be settled at the desk.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.3,
        tape=True,
    )
    work_hours: Triple = par(
        (2.0, 5.0, 14.0),
        "Mean staff hours of a need that takes 1, 2, 3 or more organisations.",
        grade="assumed",
        unit="hours",
        tape=True,
        note="Vary all three together by a factor of 0.5 to 2.",
    )
    work_cv: float = par(
        1.2,
        "Coefficient of variation of staff hours given the number of organisations.",
        grade="assumed",
        ge=0,
        le=20,
        low=0.5,
        high=2,
        tape=True,
    )
    stream: str | None = par(
        None,
        "File of real requests to use instead of synthetic needs; null: synthetic.",
        grade="setting",
        tape=True,
        kind="path",
        min_length=1,
    )
    mapping: str | None = par(
        None,
        "How to read the stream's columns: a YAML file or the name of a shipped mapping.",
        grade="setting",
        tape=True,
        kind="path",
        min_length=1,
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        for name in self.category_shares:
            if name not in CATEGORIES:
                raise reject(f"demand.category_shares.{name}", "", f"one of {', '.join(CATEGORIES)}")
        check_sum_is_one("demand.category_shares", list(self.category_shares.values()))
        check_sum_is_one("demand.organisations_shares", self.organisations_shares)
        for row, shares in enumerate(self.level_given_organisations):
            check_sum_is_one(f"demand.level_given_organisations[{row}]", shares)
        return self
