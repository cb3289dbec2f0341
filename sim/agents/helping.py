"""What an agent shows of helping and giving: a part of the views of people.

Like all views these hold no array; they read the engine's columns and call the rules the engine calls.
"""

from typing import TYPE_CHECKING

from sim.agents.protocol import Community
from sim.errors import InputError
from sim.mechanisms.mutual_aid.helping import readiness_now, willing
from sim.mechanisms.mutual_aid.mutual_aid import answer_probability
from sim.rules import resident as person_rules


class Helping:
    """Readiness to help and give, ties made, points; of residents and merchants."""

    model: Community
    index: int

    if TYPE_CHECKING:

        @property
        def takes_part(self) -> bool:
            """Whether the person speaks up, helps and comes at all."""

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
        return float(readiness_now(self.model.state, self.index, self.model.time_days))

    def help_probability(self, tied: bool = False, invited: int = 5, need: int | None = None) -> float:
        """Return the probability of helping with one need if asked now, one of so many invited.

        Of a `need`: with its hours against those left of the week's, and the tie to its owner there is.
        Children are not asked, and nobody is where nobody is to help (`mutual_aid.act_probability` 0).
        """
        s, m = self.model.state, self.model.settings.mutual_aid
        if not self.takes_part or m.act_probability <= 0.0:
            return 0.0
        if need is not None:
            if int(s.need["owner"][need]) in (self.index, -1):
                return 0.0
            return float(answer_probability(s, need, self.index, invited, self.model.time_days))
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
        if what not in act:
            raise InputError("give_probability", what, f"one of {', '.join(act)}")
        return self._willing(act[what], tied, 5, 0.0) if self.takes_part else 0.0

    def _willing(self, act: float, tied: bool, invited: int, bystander_exponent: float) -> float:
        t = self.model.time_days
        return float(willing(self.model.state, self.index, act, tied, invited, bystander_exponent, t))


class Neighbour:
    """What a resident has of a household and of a standing pair."""

    model: Community
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
