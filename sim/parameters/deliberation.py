"""Parameters of deliberation: the Red Tea council, its agenda, invitation and opinions."""

from typing import Literal, Self

from pydantic import model_validator

from sim.parameters.demand import CATEGORIES
from sim.parameters.owners_vote import OwnersVote
from sim.parameters.schema import Share, check_sum_is_one, par, reject

_XIAOHE = "Zhejiang Daily, 2020-12-02: consensus within about two hours, credited to facilitators (Xiaohe)"


class Deliberation(OwnersVote):
    """Councils of residents, the vote of the owners after them, funds and implementation."""

    enabled: bool = par(False, "Hold councils of residents.", grade="setting")
    every_weeks: int = par(
        4,
        "Time between two councils of a community; the first comes after as long.",
        grade="assumed",
        unit="weeks",
        ge=1,
        le=10_000,
        low=2,
        high=13,
    )
    weekday: int = par(5, "Day of the council, 0 for Monday.", grade="setting", unit="weekday", ge=0, le=6)
    hour: float = par(9.0, "Hour at which it starts.", grade="setting", unit="hour of day", ge=0, lt=24)
    hours: float = par(
        2.0,
        "Hours a council sits.",
        grade="published",
        unit="hours",
        ge=0,
        le=24,
        low=1,
        high=4,
        source=_XIAOHE,
    )
    preparation_hours: float = par(
        4.0,
        "Staff hours to prepare a council, beside sitting in it.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=168,
        low=1,
        high=12,
    )
    agenda: Literal["data", "above"] = par(
        "data",
        "Topics by salience in the opinion database, or as chosen above.",
        grade="setting",
    )
    topics_above: dict[str, Share] = par(
        {"construction": 0.5, "order": 0.3, "traffic": 0.2},
        "Weight that those above give to each topic where they choose.",
        grade="assumed",
        note="Stands for a campaign's list: the look of the place, order, parking.",
    )
    topics: int = par(
        2,
        "Topics on the agenda of a council; at 0 it decides nothing.",
        grade="assumed",
        unit="topics",
        ge=0,
        le=9,
        low=1,
        high=4,
    )
    weight_mailbox: float = par(
        1.0, "Weight of the residents' mailbox.", grade="assumed", ge=0, le=1000, low=0, high=2
    )
    weight_web: float = par(1.0, "Weight of web opinion.", grade="assumed", ge=0, le=1000, low=0, high=2)
    weight_petitions: float = par(
        1.0, "Weight of petition records.", grade="assumed", ge=0, le=1000, low=0, high=2
    )
    coverage_mailbox: float = par(
        0.3,
        "Share of the open needs of registered people that reach the mailbox.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.05,
        high=0.6,
    )
    coverage_web: float = par(
        0.1,
        "Share of the open needs of people of average loudness that show on the web.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.02,
        high=0.4,
    )
    web_loudness: float = par(
        1.0,
        "Power to which a person's propensity and a need's severity make it louder on the web; 0: all alike.",
        grade="assumed",
        ge=0,
        le=5,
        low=0,
        high=1.5,
    )
    web_factor_60plus: float = par(
        0.2,
        "Coverage of the web for people of 60 and over, against that of others.",
        grade="assumed",
        ge=0,
        le=1,
        low=0.05,
        high=0.6,
    )
    coverage_petitions: float = par(
        0.3,
        "Share of stuck cases of people of 60 and over that end in a petition.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0.05,
        high=0.6,
    )
    petition_factor_young: float = par(
        0.5,
        "The same share for people under 60, against that of 60 and over.",
        grade="assumed",
        ge=0,
        le=1,
        low=0.2,
        high=1,
    )
    misfiled: float = par(
        0.1,
        "Share of what a channel hears that is filed under a category drawn at random; without noise at 0.",
        grade="assumed",
        unit="share",
        ge=0,
        le=1,
        low=0,
        high=0.3,
    )
    stuck_after_days: float = par(
        60.0,
        "Time after its report from which an open case counts as stuck; a shelved one always does.",
        grade="assumed",
        unit="days",
        ge=0,
        le=36_500,
        low=30,
        high=180,
    )
    cases_per_topic: int = par(
        5,
        "Stuck cases that one topic gathers, public ones first.",
        grade="assumed",
        unit="cases",
        ge=0,
        le=100,
        low=1,
        high=10,
    )
    invited: int = par(
        100,
        "People invited to a council, evenly along the buildings, beside those who came last time.",
        grade="assumed",
        unit="persons",
        ge=0,
        le=100_000,
        low=20,
        high=500,
    )
    size: int = par(
        20,
        "Places at the table; who answers later finds none.",
        grade="assumed",
        unit="persons",
        ge=1,
        le=200,
        low=10,
        high=50,
    )
    attend_probability: float = par(
        0.1,
        "Probability that a person of average propensity follows an invitation.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.02,
        high=0.3,
    )
    attend_cap: float = par(
        0.9,
        "Upper limit of that probability.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0.5,
        high=1,
    )
    app_factor: float = par(
        1.5,
        "Factor of an invitation by app to the registered, against a notice in the letter box.",
        grade="assumed",
        ge=0,
        le=100,
        low=0.8,
        high=3,
    )
    motivation_gain: float = par(
        2.0,
        "Rise of the readiness to come, relative, of a fully motivated person; neutral at 0.",
        grade="assumed",
        ge=0,
        le=100,
        low=0,
        high=5,
    )
    learning: float = par(
        0.3,
        "Step of motivation and of skill towards 1 at each council attended; neutral at 0.",
        grade="assumed",
        ge=0,
        le=1,
        low=0,
        high=0.6,
        note="Xiaohe reports that residents learn the rules and become keener; how much is not given.",
    )
    support_mean: float = par(
        0.5,
        "Mean first opinion of a proposal.",
        grade="assumed",
        unit="0 to 1",
        ge=0,
        le=1,
        low=0.3,
        high=0.7,
    )
    support_width: float = par(
        0.8,
        "Width of the range over which first opinions lie evenly.",
        grade="assumed",
        unit="0 to 1",
        ge=0,
        le=1,
        low=0.4,
        high=1,
    )
    stake: float = par(
        0.2,
        "Rise of the opinion of those who see one of the cases.",
        grade="assumed",
        unit="0 to 1",
        ge=0,
        le=1,
        low=0,
        high=0.5,
    )
    opinion_rule: Literal["plenary", "pairs"] = par(
        "plenary",
        "In a round everybody hears everybody (Hegselmann-Krause), or each talks with each other (Deffuant).",
        grade="setting",
    )
    rounds: int = par(
        4,
        "Rounds of exchange on a topic.",
        grade="published",
        unit="rounds",
        ge=0,
        le=10_000,
        low=2,
        high=8,
        source="Xiang et al., model of age-friendly communities: 3 to 5 rounds before consensus or dissent",
    )
    confidence: float = par(
        0.25,
        "Distance of opinions within which people listen to each other.",
        grade="assumed",
        unit="0 to 1",
        ge=0,
        le=2,
        low=0.1,
        high=0.5,
        note="The form is published (Deffuant et al. 2000), the value is not.",
    )
    openness: float = par(
        0.5,
        "Step towards those one listens to.",
        grade="assumed",
        ge=0,
        le=1,
        low=0.1,
        high=0.8,
    )
    skill_confidence: float = par(
        0.15,
        "Rise of that distance in a person of full skill; neutral at 0.",
        grade="assumed",
        unit="0 to 1",
        ge=0,
        le=2,
        low=0,
        high=0.3,
    )
    facilitator: bool = par(False, "A facilitator runs the council.", grade="setting")
    facilitator_confidence: float = par(
        0.15,
        "Rise of the distance within which people listen, with a facilitator; neutral at 0.",
        grade="assumed",
        unit="0 to 1",
        ge=0,
        le=2,
        low=0,
        high=0.3,
    )
    facilitator_focus: float = par(
        0.2,
        "Step of every opinion towards the room's mean in each round, as the facilitator merges them; "
        "neutral at 0.",
        grade="assumed",
        ge=0,
        le=1,
        low=0,
        high=0.5,
    )
    facilitator_hours: float = par(
        4.0,
        "Volunteer hours of the facilitator for a council.",
        grade="assumed",
        unit="hours",
        ge=0,
        le=168,
        low=2,
        high=10,
    )
    outreach: float = par(
        0.3,
        "Step of owners who were not there towards the council's opinion, times its consensus; neutral at 0.",
        grade="assumed",
        ge=0,
        le=1,
        low=0,
        high=0.6,
    )
    tie_probability: float = par(
        0.02,
        "Probability that two strangers know each other after sitting in one council; neutral at 0.",
        grade="assumed",
        unit="probability",
        ge=0,
        le=1,
        low=0,
        high=0.1,
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        unknown = sorted(set(self.topics_above) - set(CATEGORIES))
        if unknown:
            raise reject("deliberation.topics_above", unknown[0], f"among {', '.join(CATEGORIES)}")
        check_sum_is_one("deliberation.topics_above", list(self.topics_above.values()))
        return self
