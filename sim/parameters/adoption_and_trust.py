"""Parameters of how residents take up the app, and what they come to trust."""

from typing import Self

from pydantic import model_validator

from sim.parameters.schema import Group, ShareTriple, Triple, par, reject


class Campaign(Group):
    """A mobilisation wave."""

    start_day: float = par(
        0.0, "First day of the campaign, from time 0.", grade="setting", unit="days", ge=0, le=40150
    )
    days: float = par(30.0, "Length of the campaign.", grade="setting", unit="days", ge=0, le=40150)


class Adoption(Group):
    """Registration in the app and activity afterwards (model.md S5)."""

    innovation_per_year: float = par(
        0.03,
        "Rate at which an eligible person registers unprompted.",
        grade="published",
        unit="per year",
        ge=0,
        le=1000,
        low=0.005,
        high=0.10,
        source="Sultan, Farley and Lehmann 1990, mean of diffusion studies",
    )
    imitation_per_year: float = par(
        0.38,
        "Further rate if all of a person's ties are registered.",
        grade="published",
        unit="per year",
        ge=0,
        le=1000,
        low=0.1,
        high=0.6,
        source="Sultan, Farley and Lehmann 1990, mean of diffusion studies",
    )
    initial_registered: float = par(
        0.35,
        "Share of eligible residents registered at the start (a mature platform).",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=1,
        note="Shanghai reported 3.4 % at roll-out.",
    )
    initial_active: float = par(
        0.11,
        "Share of the registered who are active at the start.",
        grade="measured",
        unit="share",
        ge=0,
        le=1,
        low=0.05,
        high=0.2,
        source="Shenzhen Pioneers: median weekly active over ever active, .126 and .097",
    )
    contact_probability: float = par(
        0.10,
        "Probability of registering at a contact with staff.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=0.3,
    )
    campaigns: tuple[Campaign, ...] = par(
        (), "Campaigns, a list of {start_day, days}.", grade="setting", strict=False
    )
    campaign_rate_per_day: float = par(
        0.00332,
        "Rate of registration added during a campaign.",
        grade="measured",
        unit="per day",
        ge=0,
        le=100,
        low=0.00198,
        high=0.00509,
        source="Shenzhen Pioneers: 45 % joined within 180 days of a campaign, -ln(.55)/180",
    )
    retention: ShareTriple = par(
        (0.55, 0.42, 0.31),
        "Share still active 30, 90 and 180 days after becoming active.",
        grade="measured",
        unit="share",
        source="Shenzhen Pioneers, Kaplan-Meier estimates of two neighbourhoods, rounded",
    )
    success_factor: float = par(
        0.5,
        "Factor on the hazard of going inactive after a success; neutral at 1.",
        grade="assumed",
        ge=0,
        le=10,
        low=0.3,
        high=1,
    )
    net_use: float = par(
        0.78,
        "Share of residents of 14 to 59 who use the internet.",
        grade="measured",
        unit="share",
        ge=0,
        le=1,
        low=0.7,
        high=0.95,
        source="CNNIC, December 2021: .73 of all, split by age",
    )
    net_use_60plus: float = par(
        0.43,
        "Share of residents of 60 and over who use the internet.",
        grade="measured",
        unit="share",
        ge=0,
        le=1,
        low=0.35,
        high=0.6,
        source="CNNIC, December 2021",
    )
    able: float = par(
        0.77,
        "Share of internet users under 60 able to use a government app alone.",
        grade="published",
        unit="share",
        ge=0,
        le=1,
        low=0.7,
        high=0.95,
        source="CNNIC, March 2020: share of netizens using online government",
    )
    able_60plus: float = par(
        0.50,
        "Share of internet users of 60 and over able to use a government app alone.",
        grade="published",
        unit="share",
        ge=0,
        le=1,
        low=0.46,
        high=0.70,
        source="CNNIC, December 2021: tasks older netizens do alone",
    )

    verified_share: float = par(
        1.0,
        "Share of locally registered residents whose identity an app that checks it accepts; neutral at 1.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.7,
        high=1,
    )
    verified_share_migrants: float = par(
        1.0,
        "The same of residents without local registration: tenants must be named by the owner; neutral at 1.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.3,
        high=1,
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        first, second, third = self.retention
        if not 1 >= first >= second >= third > 0:
            raise reject(
                "adoption.retention", list(self.retention), "shares above 0 that do not rise with time"
            )
        return self


class Trust(Group):
    """Satisfaction by expectancy-disconfirmation, and trust with an asymmetric step (model.md S6)."""

    enabled: bool = par(True, "Trust moves with experience; false: it stays as it was.", grade="setting")
    initial_mean: float = par(
        0.6, "Mean trust at the start.", grade="assumed", ge=0, le=1, low=0.3, high=0.8, unit="0 to 1"
    )
    initial_sd: float = par(
        0.15,
        "Standard deviation of trust at the start.",
        grade="assumed",
        ge=0,
        le=1,
        low=0,
        high=0.3,
        unit="0 to 1",
    )
    gain: float = par(
        0.05,
        "Step towards 1 after a good experience; neutral at 0.",
        grade="assumed",
        ge=0,
        le=1,
        low=0.02,
        high=0.1,
    )
    loss: float = par(
        0.12,
        "Step towards 0 after a bad experience; neutral at 0.",
        grade="assumed",
        ge=0,
        le=1,
        low=0.05,
        high=0.3,
        note="Larger than the gain: bad news weighs more (Slovic 1993).",
    )
    own_weight: float = par(1.0, "Weight of one's own case.", grade="assumed", ge=0, le=1, low=0.5, high=1)
    story_weight: float = par(
        0.3, "Weight of a story told by a tie.", grade="assumed", ge=0, le=1, low=0, high=0.6
    )
    published_weight: float = par(
        0.05, "Weight of a published status.", grade="assumed", ge=0, le=1, low=0, high=0.2
    )
    expectation_initial: float = par(
        0.6,
        "Expected performance at the start.",
        grade="assumed",
        ge=0,
        le=1,
        low=0.3,
        high=0.8,
        unit="0 to 1",
    )
    expectation_step: float = par(
        0.2,
        "Step of the expectation towards the performance experienced.",
        grade="assumed",
        ge=0,
        le=1,
        low=0,
        high=0.5,
    )
    satisfaction_performance: float = par(
        0.35,
        "Coefficient of performance in satisfaction.",
        grade="assumed",
        ge=-5,
        le=5,
        low=0.15,
        high=0.55,
        note="The form of the model is published (Van Ryzin 2006), its coefficients here are assumed.",
    )
    satisfaction_disconfirmation: float = par(
        0.55,
        "Coefficient of performance minus expectation in satisfaction.",
        grade="assumed",
        ge=-5,
        le=5,
        low=0.35,
        high=0.75,
    )
    satisfaction_expectation: float = par(
        0.10, "Coefficient of expectation in satisfaction.", grade="assumed", ge=-5, le=5, low=-0.1, high=0.3
    )
    standard_days: Triple = par(
        (7.0, 15.0, 15.0),
        "Time people expect a solution to take, for 1, 2, 3 or more organisations.",
        grade="assumed",
        unit="working days",
        note="Local rules lie between 3 and 30 working days.",
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if min(self.standard_days) <= 0:
            raise reject("trust.standard_days", list(self.standard_days), "times above 0")
        return self
