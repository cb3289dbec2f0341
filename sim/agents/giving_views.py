"""What an agent shows of helping and giving: a part of the views of people.

Like all views these hold no array; they read the engine's columns and call the rules the engine calls.
"""

from typing import TYPE_CHECKING

from sim.agents import resident as person_rules

if TYPE_CHECKING:
    from sim.model import CommunityModel


class Helping:
    """Readiness to help and give, ties made, points; of residents and merchants."""

    model: "CommunityModel"
    index: int
    propensity: float

    if TYPE_CHECKING:

        @property
        def ties(self) -> list[int]:
            """Indices of the people this person knows."""

    @property
    def made_ties(self) -> list[int]:
        """Indices of the people this person has come to know during the run and still knows."""
        s = self.model.state
        return self.ties[int(s.tie_start[self.index + 1] - s.tie_start[self.index]) :]

    @property
    def points(self) -> float:
        """Points not yet traded in, as of now; 0 where there are none."""
        s = self.model.state
        if s.purse.shape[0] == 0:
            return 0.0
        purse = s.purse[self.index]
        return float(purse["points"] + purse["rate"] * (self.model.time_days - purse["at"]))

    @property
    def times_helped(self) -> int:
        """How often others did something for this person, where that is kept."""
        s = self.model.state
        return int(s.purse["helped"][self.index]) if s.purse.shape[0] else 0

    def readiness(self) -> float:
        """Return the factor on helping for having been helped, or lately rewarded for taking part."""
        s, m, p = self.model.state, self.model.settings.mutual_aid, self.model.settings.points
        if s.purse.shape[0] == 0:
            return 1.0
        since = self.model.time_days - float(s.purse["redeemed_at"][self.index])
        return person_rules.readiness(
            self.times_helped > 0, m.reciprocity_factor, since, p.effect_days, p.help_factor
        )

    def help_probability(self, tied: bool = False, invited: int = 5) -> float:
        """Return the probability of helping with one need if asked now."""
        m = self.model.settings.mutual_aid
        if m.answer == "dilemma":
            return person_rules.dilemma_probability(m.cost_over_benefit, invited)
        return self._willing(m.act_probability, tied, invited, m.bystander_exponent)

    def give_probability(self, what: str, tied: bool = False) -> float:
        """Return the probability of giving if asked now: to a "sale", "gift", "visit" or "goods"."""
        settings = self.model.settings
        act = {
            "sale": settings.charity_sale.take_part_probability,
            "gift": settings.donation.give_probability,
            "visit": settings.standing_pair.commit_probability,
            "goods": settings.shortage.give_probability,
        }
        return self._willing(act[what], tied, 5, 0.0)

    def _willing(self, act: float, tied: bool, invited: int, bystander_exponent: float) -> float:
        m = self.model.settings.mutual_aid
        a = self.model.state.conduct[self.index]
        days = self.model.time_days - float(a["fatigue_at"])
        fatigue = person_rules.present_fatigue(float(a["fatigue"]), days, m.fatigue_halflife_days)
        return person_rules.help_probability(
            act,
            self.propensity,
            tied,
            m.tie_factor,
            fatigue,
            invited,
            bystander_exponent,
            m.probability_cap,
            self.readiness(),
        )


class Neighbour:
    """What a resident has of a household and of a standing pair."""

    model: "CommunityModel"
    index: int
    community: int
    household: int

    @property
    def household_stock(self) -> int | None:
        """Units in the household's stock when it was last looked at; None where there is no shortage."""
        s = self.model.state
        if s.household.shape[0] == 0:
            return None
        row = int(s.community["household_start"][self.community]) + self.household
        return int(s.household["stock"][row])

    @property
    def paired_with(self) -> int | None:
        """Index of the helper who comes to this person regularly, if any."""
        rows = self.model.state.recurring
        mine = rows["helper"][rows["person"] == self.index]
        return int(mine[0]) if mine.size and mine[0] >= 0 else None
