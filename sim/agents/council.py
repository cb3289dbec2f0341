"""What a resident shows of councils and votes: a part of the view of residents."""

from sim.agents.live import check
from sim.agents.protocol import Community
from sim.engine.randomness import uniform
from sim.errors import InputError
from sim.mechanisms.deliberation.deliberation import ATTENDANCE, attendance_probability
from sim.mechanisms.deliberation.opinions import OPINION
from sim.rules import council_member as council_rules


class Participant:
    """Councils attended, what they left behind, what the person owns and thinks; 0 where none are held."""

    model: Community
    index: int
    person_id: int

    def _of_councils(self, field: str) -> float:
        rows = self.model.state.participant
        return rows[field][self.index].item() if rows.shape[0] else 0

    @property
    def votes(self) -> int:
        """Votes cast so far."""
        return int(self.model.state.conduct["votes"][self.index])

    @property
    def attendances(self) -> int:
        """Councils attended so far."""
        return int(self._of_councils("attendances"))

    @property
    def deliberation_skill(self) -> float:
        """Practice in deliberation, 0 to 1."""
        return self._of_councils("skill")

    @property
    def owned_area(self) -> float:
        """Relative area of the dwelling owned; 0: owns none."""
        return self._of_councils("area")

    @property
    def motivation(self) -> float:
        """How keen on councils those attended have made this person, 0 to 1."""
        return self._of_councils("motivation")

    @motivation.setter
    def motivation(self, value: float) -> None:
        if self.model.state.participant.shape[0] == 0:
            raise InputError("Resident.motivation", value, "set only where deliberation.enabled=true")
        value = check(self, "motivation", value, 0.0, 1.0)
        self.model.writable.participant["motivation"][self.index] = value

    def attend_probability(self) -> float:
        """Return the probability of following an invitation to a council now; 0 where none are held."""
        if self.model.state.participant.shape[0] == 0:
            return 0.0
        return float(attendance_probability(self.model.state, self.index))

    def would_attend(self, day: int) -> bool:
        """Return whether this person, as things stand, follows an invitation to a council on a day."""
        luck = uniform(int(self.model.state.clock["key"][0]), ATTENDANCE, day, self.person_id, 0, 0)
        return luck < self.attend_probability()

    def opinion(self, topic: str, affected: bool = False) -> float:
        """Return the opinion of a proposal on a topic before anybody has talked, 0 to 1."""
        d = self.model.settings.deliberation
        number = self.model.categories.index(topic)
        luck = uniform(int(self.model.state.clock["key"][0]), OPINION, 0, self.person_id, number, 0)
        return council_rules.first_opinion(d.support_mean, d.support_width, d.stake, affected, luck)
