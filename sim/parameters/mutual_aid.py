"""Parameters of what residents do for each other: one-off help, sales for a pool, gifts, standing pairs."""

from typing import Literal, Self

from pydantic import model_validator

from sim.parameters.schema import Group, Shares, check_sum_is_one, par


class MutualAid(Group):
    """Neighbours who help (model.md S4)."""

    enabled: bool = par(False, "Needs a neighbour could meet are offered to neighbours.", grade="setting")
    invitation: Literal["ranked", "broadcast"] = par(
        "ranked",
        "Who is asked: some, ties and the nearest first, or everybody active in the community.",
        grade="setting",
    )
    answer: Literal["propensity", "dilemma"] = par(
        "propensity",
        "How an answer comes about: by a person's propensity, or as in the volunteer's dilemma.",
        grade="setting",
        note="In the dilemma (Diekmann 1985) each of n asked helps with probability 1 - (c/b)^(1/(n-1)), "
        "whoever they are.",
    )
    cost_over_benefit: float = par(
        0.8,
        "In the dilemma: what helping costs over what it is worth to each that somebody does.",
        grade="assumed",
        gt=0,
        lt=1,
        low=0.5,
        high=0.95,
    )
    reciprocity_factor: float = par(
        1.0,
        "Factor on the probability of helping of those who were helped themselves; neutral at 1.",
        grade="assumed",
        ge=0,
        le=1000,
        low=1,
        high=3,
    )
    offline_ties: bool = par(
        False,
        "Neighbours tied to somebody in need are asked in person, on a platform or not, with or without one.",
        grade="setting",
    )
    act_probability: float = par(
        0.03,
        "Probability that one stranger of mean propensity answers one invitation.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.005,
        high=0.10,
        note="Bounded by the 0.83 % of residents who ever took part in Jiaxing.",
    )
    invited: int = par(
        5, "People invited for one need.", grade="assumed", unit="persons", ge=1, le=100_000, low=1, high=50
    )
    tie_factor: float = par(
        4.0,
        "Factor on the probability if the two know each other; neutral at 1.",
        grade="assumed",
        ge=0,
        le=1000,
        low=1,
        high=8,
    )
    bystander_exponent: float = par(
        1.0,
        "Exponent by which the probability falls with the number invited; neutral at 0.",
        grade="assumed",
        ge=0,
        le=5,
        low=0.5,
        high=1.2,
    )
    probability_cap: float = par(
        0.5,
        "Upper limit of the probability of an answer.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.3,
        high=0.8,
    )
    delay_days: float = par(
        0.3, "Mean time to a helper's answer.", grade="assumed", unit="days", ge=0, le=365, low=0.05, high=1
    )
    fatigue_halflife_days: float = par(
        30.0,
        "Time in which fatigue from helping halves.",
        grade="assumed",
        unit="days",
        gt=0,
        le=36500,
        low=7,
        high=90,
    )
    weekly_hours_cap: float = par(
        3.0,
        "Hours a person gives in a week at most.",
        grade="assumed",
        unit="hours per week",
        ge=0,
        le=168,
        low=1,
        high=8,
    )
    unmatched_after_days: float = par(
        2.0,
        "Time after which a need without a helper goes to the staff.",
        grade="assumed",
        unit="days",
        ge=0,
        le=3650,
        low=0.5,
        high=7,
    )
    max_hours: float = par(
        2.0,
        "Largest need offered to neighbours.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=1000,
        low=1,
        high=4,
        tape=True,
    )
    cadre_entry_probability: float = par(
        0.2,
        "Probability that staff enter the need of somebody without an account.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=0.5,
    )


class CharitySale(Group):
    """Sales for a pool that pays for help nobody gives (爱心义卖)."""

    enabled: bool = par(
        False, "Users bring things to a regular sale; the proceeds go to a pool.", grade="setting"
    )
    every_days: float = par(
        30.0, "Time between two sales.", grade="assumed", unit="days", gt=0, le=36500, low=7, high=180
    )
    take_part_probability: float = par(
        0.01,
        "Probability that an active user of mean propensity brings something to a sale; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.002,
        high=0.05,
    )
    item_yuan: float = par(
        30.0,
        "Mean proceeds of what one person brings.",
        grade="assumed",
        unit="yuan",
        gt=0,
        le=1e6,
        low=10,
        high=100,
    )
    hour_yuan: float = par(
        40.0,
        "What an hour of a social organisation's help costs the pool.",
        grade="assumed",
        unit="yuan per hour",
        gt=0,
        le=1e6,
        low=25,
        high=80,
    )
    service_days: float = par(
        1.0,
        "Time from the pool's order to the help.",
        grade="assumed",
        unit="days",
        ge=0,
        le=365,
        low=0.2,
        high=3,
    )


class Donation(Group):
    """Gifts of money to a named person (定向捐赠)."""

    enabled: bool = par(
        False, "The community puts named people in hardship before users, who may give.", grade="setting"
    )
    hardship_share: float = par(
        0.03,
        "Share of adults who live in hardship.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.01,
        high=0.06,
        tape=True,
    )
    appeals_per_year: float = par(
        0.5,
        "Appeals for one person in hardship.",
        grade="assumed",
        unit="per year",
        ge=0,
        le=365,
        low=0.1,
        high=2,
        tape=True,
    )
    asked_yuan: float = par(
        500.0,
        "Mean sum an appeal asks for.",
        grade="assumed",
        unit="yuan",
        gt=0,
        le=1e7,
        low=100,
        high=2000,
        tape=True,
    )
    asked_people: int = par(
        50,
        "Active users who see an appeal, the nearest first.",
        grade="assumed",
        unit="persons",
        ge=1,
        le=100_000,
        low=10,
        high=500,
    )
    give_probability: float = par(
        0.01,
        "Probability that a stranger of mean propensity gives; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.002,
        high=0.05,
    )
    gift_yuan: int = par(
        50,
        "One gift, or what is still missing.",
        grade="assumed",
        unit="yuan",
        ge=1,
        le=10**7,
        low=10,
        high=200,
    )


class StandingPair(Group):
    """A helper who comes regularly to a person with a need that comes back (结对)."""

    enabled: bool = par(
        False, "People with a need that comes back are paired with a neighbour who comes.", grade="setting"
    )
    recurring_share: float = par(
        0.10,
        "Share of people of 60 and over with a need that comes back.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.03,
        high=0.25,
        tape=True,
    )
    every_days: float = par(
        7.0,
        "Time between two visits.",
        grade="assumed",
        unit="days",
        gt=0,
        le=3650,
        low=2,
        high=30,
        tape=True,
    )
    visit_hours: float = par(
        1.0, "Length of a visit.", grade="assumed", unit="hours", ge=0, le=24, low=0.5, high=2, tape=True
    )
    kind_shares: Shares = par(
        (0.532, 0.225, 0.127, 0.116),
        "Kinds of the need: medicine, care, meals, errands.",
        grade="measured",
        unit="share",
        source="Zhejiang grid workers, winter 2022-23: 1.596, 0.675, 0.381, 0.347 million acts",
        note="A time of crisis.",
        tape=True,
        min_length=4,
        max_length=4,
    )
    commit_probability: float = par(
        0.005,
        "Probability that one stranger of mean propensity takes a pair on when asked; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.001,
        high=0.05,
    )
    life_days: float = par(
        180.0,
        "Mean time a pair lasts.",
        grade="assumed",
        unit="days",
        gt=0,
        le=36500,
        low=60,
        high=720,
    )
    reliability: float = par(
        0.9,
        "Probability that a paired helper makes a visit.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.7,
        high=1,
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        check_sum_is_one("standing_pair.kind_shares", self.kind_shares)
        return self
