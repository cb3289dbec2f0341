"""What an agent shows of the team it belongs to: a part of the views of cadres and units."""

import math
from typing import TYPE_CHECKING

from sim.agents.engine_calls import team_load
from sim.agents.protocol import Community
from sim.mechanisms.field_service.closing_on_paper import on_paper
from sim.rules import cadre as cadre_rules


class Team:
    """What cadres and units share: the load of their team, and closing on paper."""

    model: Community
    index: int

    if TYPE_CHECKING:

        @property
        def pool(self) -> int:
            """Number of the team."""

    @property
    def recent_load(self) -> float:
        """Hours demanded over hours available, last 20 working days; NaN where nobody closes on paper."""
        s = self.model.state
        if s.team.shape[0] == 0:
            return math.nan
        return float(team_load(self.model.writable, self.pool))

    def paper_probability(self, due: bool = False, need: int | None = None) -> float:
        """Return the probability that the team closes a case on paper if it decided now.

        Of a `need`: with its own date; otherwise of one that is near its date or not.
        """
        s = self.model.state
        par = s.par[0]
        if s.team.shape[0] == 0 or not par["closing_enabled"]:
            return 0.0
        if need is not None:
            return float(on_paper(s, need, self.pool, self.model.time_days))
        return cadre_rules.paper_probability(
            float(par["closing_intercept"]),
            float(par["closing_load_slope"]),
            self.recent_load,
            float(par["closing_load_reference"]),
            float(par["closing_due_pressure"]),
            float(due),
            float(par["closing_ranking_pressure"]),
            float(s.team["behind"][self.pool]),
            float(par["closing_callback_effect"]),
            float(par["closing_called_back"]),
        )
