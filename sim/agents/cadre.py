"""What cadres show: community workers, grid workers, and those embedded from units above."""

from sim.agents.engine_calls import change_patrol
from sim.agents.live import Column, View, check
from sim.agents.team import Team
from sim.engine.tables.staff import (
    AWAY,
    CADRE_KINDS,
    COMMUNITY_WORKER,
    EMBEDDED,
    GRID_WORKER,
    NO_JOB,
    OTHER_DUTIES,
)
from sim.errors import InputError
from sim.mechanisms.patrol.discovery_clocks import homes_on_beat, is_known
from sim.mechanisms.referral.waiting_list import case_precedence
from sim.mechanisms.staff.queues_and_hours import away, responsible
from sim.rules import cadre as cadre_rules


class Cadre(Team, View):
    """A community worker, a grid worker, or a cadre embedded from a unit above."""

    debt_hours = Column("server", "debt", "Hours of other duties waiting to be worked off.")
    hours_cases = Column("server", "hours_cases", "Hours given to cases so far.")
    hours_sessions = Column("server", "hours_sessions", "Hours given to joint sessions so far.")
    hours_mobilisation = Column("server", "hours_mobilisation", "Hours taken by campaigns so far.")
    hours_duplicates = Column("server", "hours_duplicates", "Hours given to further reports so far.")
    hours_travel = Column("server", "hours_travel", "Hours on the way to visits so far.")
    hours_on_call = Column("server", "hours_on_call", "Hours of cases served on call so far.")
    hours_overtime = Column("server", "hours_overtime", "Hours of cases finished after the shift so far.")
    hours_patrol = Column("server", "hours_patrol", "Hours of patrol so far.")
    days_per_week = Column(
        "server", "days_per_week", "Days a week an embedded cadre comes; 0 for all others."
    )

    @property
    def pool(self) -> int:
        """Number of the team: the cadres of the community."""
        return int(self.model.state.server["pool"][self.index])

    @property
    def community(self) -> int:
        """Number of the community."""
        return int(self.model.state.pool["community"][self.pool])

    @property
    def owns_grid(self) -> bool:
        """Whether the cadre has a grid's queue of their own."""
        return bool(self.model.state.server["queue"][self.index] >= 0)

    @property
    def skilled(self) -> bool:
        """Whether the cadre has the skill that some cases take."""
        s = self.model.state
        start = int(s.pool["server_start"][int(s.server["pool"][self.index])])
        return bool(cadre_rules.has_skill(self.index - start, self.model.settings.staff.skill_cadres))

    @property
    def away(self) -> bool:
        """Whether today is a working day that the cadre is away from."""
        return bool(away(self.model.state, self.index, self.model.time_days))

    @property
    def kind(self) -> str:
        """One of `sim.engine.tables.staff.CADRE_KINDS`."""
        if self.days_per_week > 0.0:
            return CADRE_KINDS[EMBEDDED]
        return CADRE_KINDS[GRID_WORKER if self.owns_grid else COMMUNITY_WORKER]

    @property
    def patrol_hours(self) -> float:
        """Hours a week of patrol; setting it changes the pace of every find on the beat."""
        return self.model.state.server["patrol_hours"][self.index].item()

    @patrol_hours.setter
    def patrol_hours(self, value: float) -> None:
        value = check(self, "patrol_hours", value, 0.0, 168.0)
        if not self.owns_grid or self.model.settings.patrol.hours_per_week <= 0.0:
            raise InputError(
                "Cadre.patrol_hours", value, "set on a grid worker, where patrol.hours_per_week is above 0"
            )
        change_patrol(self.model.writable, self.index, value)
        self.model.check()

    def find_rate(self, public: bool = False, need: int | None = None) -> float:
        """Return the hazard, per working hour, of coming upon an open problem of the beat.

        Of a `need` that nobody knows of yet: as the engine's clock of it runs. Otherwise of a public problem,
        or of a private one of somebody under 60 without an account.
        """
        s, p = self.model.state, self.model.settings.patrol
        if need is not None:
            mine = s.find.shape[0] > 0 and responsible(s, need) == self.index and not is_known(s, need)
            return float(s.find["rate"][need]) if mine else 0.0
        if not self.owns_grid:
            return 0.0
        covered = p.homes_passed_per_hour if public else p.homes_visited_per_hour
        homes = homes_on_beat(s, self.community)
        return cadre_rules.find_rate(
            covered, self.patrol_hours, homes, float(s.par["calendar_week_hours"][0])
        )

    def precedence(self, need: int) -> float:
        """Return how much a case that waits for a session or a call matters: the highest is taken first."""
        return float(case_precedence(self.model.state, need, self.model.time_days))

    @property
    def doing(self) -> str:
        """What the cadre does now: "idle", "other duties", "case", or "away" (embedded, not their day)."""
        job = int(self.model.state.server["job"][self.index])
        return {NO_JOB: "idle", OTHER_DUTIES: "other duties", AWAY: "away"}.get(job, "case")

    @property
    def case(self) -> int | None:
        """The need being worked on, if any."""
        job = int(self.model.state.server["job"][self.index])
        return job if job >= 0 else None

    @property
    def speed(self) -> float:
        """Hours of case work done in an hour of the shift."""
        s = self.model.state
        return float(s.pool["speed"][int(s.server["pool"][self.index])])
