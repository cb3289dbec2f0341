"""Parameters of shocks: rain that floods a market, campaigns that take staff away, surges of demand."""

from typing import Self

from pydantic import model_validator

from sim.parameters.schema import Group, par, reject


class Mobilisation(Group):
    """Days on which staff are called to something else: inspection weeks, an epidemic."""

    start_day: int = par(0, "First day, from time 0.", grade="setting", unit="days", ge=0, le=40150)
    days: int = par(14, "Length.", grade="setting", unit="days", ge=0, le=40150)
    share: float = par(
        0.5, "Share of every working day's staff hours taken.", grade="setting", unit="share", ge=0, le=1
    )


class Surge(Group):
    """Days on which more goes wrong than usual."""

    start_day: int = par(0, "First day, from time 0.", grade="setting", unit="days", ge=0, le=40150)
    days: int = par(14, "Length.", grade="setting", unit="days", ge=0, le=40150)
    factor: float = par(2.0, "Needs that arise, as a multiple of the usual.", grade="setting", ge=1, le=1000)


class Shocks(Group):
    """What comes from outside: flood rain on a market, mobilisation of staff, surges of demand."""

    rain_per_year: float = par(
        0.0,
        "Rains that flood a market that drains badly; neutral at 0.",
        grade="assumed",
        unit="per year",
        ge=0,
        le=1000,
        low=0,
        high=12,
        tape=True,
        note="Cangnan has 1,768.9 mm of rain a year; how often the market flooded is not reported.",
    )
    rain_season_amplitude: float = par(
        0.8,
        "Amplitude of the yearly cosine in the rate of flood rains.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=1,
        tape=True,
    )
    rain_peak_day: float = par(
        210.0,
        "Day of the year about which flood rains are most frequent (plum rains to typhoons).",
        grade="assumed",
        unit="day of year",
        ge=0,
        le=366,
        low=165,
        high=255,
        tape=True,
    )
    flooded_markets: int = par(
        1,
        "Communities with such a market, the first by number.",
        grade="setting",
        unit="communities",
        ge=0,
        le=100_000,
        tape=True,
    )
    flood_merchants: int = par(
        300,
        "Merchants of the market (all of the community's if it has fewer).",
        grade="assumed",
        unit="merchants",
        ge=0,
        le=100_000,
        low=200,
        high=400,
        tape=True,
    )
    flood_neighbours: int = par(
        100,
        "Residents beside the market who see it flooded.",
        grade="assumed",
        unit="persons",
        ge=0,
        le=100_000,
        low=0,
        high=500,
        tape=True,
    )
    flood_severity: float = par(
        1.5,
        "Severity of a flood, on the log scale of the reporting hazard.",
        grade="assumed",
        ge=-10,
        le=10,
        low=0,
        high=3,
        tape=True,
    )
    flood_work_hours: float = par(
        80.0,
        "Community hours: pumping out (referral.shelved_cost_share of them), construction and mediation.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=100_000,
        low=20,
        high=400,
        tape=True,
    )
    flood_days: float = par(
        3.0,
        "Time until the water has gone by itself.",
        grade="assumed",
        unit="days",
        gt=0,
        le=3650,
        low=1,
        high=10,
        tape=True,
    )
    flood_accept_probability: float | None = par(
        None,
        "Probability that one of the organisations the market needs accepts a letter at the reference load; "
        "null: as for any other case.",
        grade="assumed",
        unit="probability",
        gt=0,
        lt=1,
        low=0.001,
        high=0.8,
    )
    flood_link_effect: float | None = par(
        None,
        "Rise of the logit of that answer where whoever asks has authority over the organisation; "
        "null: as for any other case.",
        grade="assumed",
        ge=0,
        le=50,
        low=0,
        high=8,
        note="Organisations that ignore a community's letters may yet obey an order.",
    )
    loss_per_day: float = par(
        300.0,
        "What a merchant of the market loses in a day under water.",
        grade="assumed",
        unit="yuan per day",
        ge=0,
        le=1e9,
        low=50,
        high=2000,
    )
    give_hours: float = par(
        2.0,
        "What a merchant who gives brings to a joint solution, in the community's hours; neutral at 0.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=1000,
        low=0,
        high=10,
        note="Space and money counted in the hours they save.",
    )
    give_intercept: float = par(
        -1.0,
        "Logit of the probability that a merchant gives, at middling trust and before any loss.",
        grade="assumed",
        ge=-50,
        le=50,
        low=-3,
        high=1,
    )
    give_trust_weight: float = par(
        2.0, "Rise of that logit as trust goes from 0 to 1.", grade="assumed", ge=0, le=50, low=0, high=4
    )
    give_loss_weight: float = par(
        0.5,
        "Rise of that logit for every 1,000 yuan lost so far.",
        grade="assumed",
        unit="per 1,000 yuan",
        ge=0,
        le=50,
        low=0,
        high=1,
    )
    mobilisation: tuple[Mobilisation, ...] = par(
        (),
        "Campaigns that take staff away, a list of {start_day, days, share}.",
        grade="setting",
        strict=False,
        note="Charged to every cadre before cases, on working days; what a day has no room for comes next.",
    )
    surges: tuple[Surge, ...] = par(
        (),
        "Surges of demand, a list of {start_day, days, factor}.",
        grade="setting",
        strict=False,
        tape=True,
        note="Its needs come on top of the others, which stay as they are; "
        "with a request file they are drawn from its own days.",
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.rain_per_year > 0 and self.flooded_markets > 0 and self.flood_merchants < 1:
            raise reject("shocks.flood_merchants", self.flood_merchants, "at least 1 where it rains")
        return self
