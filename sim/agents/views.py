"""Mesa agents as live views of the engine's columns.

An agent holds its model and its index, never an array: arrays may be replaced when they grow. Its attributes
read and write the columns; its methods call the rules that the engine calls. What is set here between two
steps is what the engine goes on with.
"""

from typing import TYPE_CHECKING, Any

import mesa

from sim.agents import cadre as cadre_rules
from sim.agents import merchant as merchant_rules
from sim.agents import resident as person_rules
from sim.agents import unit as unit_rules
from sim.agents.council_views import Participant
from sim.agents.giving_views import Helping, Neighbour
from sim.agents.team_views import Team
from sim.engine import change_patrol, change_trust, rescale_reports, supplier_load
from sim.errors import InputError
from sim.randomness import FRAILTY, normal
from sim.state import (
    ACTIVE,
    AWAY,
    CADRE_KINDS,
    CHRONIC,
    COMMUNITY_WORKER,
    ELIGIBLE,
    EMBEDDED,
    GRID_WORKER,
    HAS_PHONE,
    MIGRANT,
    NO_JOB,
    OTHER_DUTIES,
    OVER_60,
    REGISTERED,
    UNDER_14,
    UNIT_KINDS,
)

if TYPE_CHECKING:
    from sim.model import CommunityModel


def _check(agent: "View", name: str, value: float, low: float, high: float) -> float:
    if not low <= value <= high:
        raise InputError(f"{type(agent).__name__}.{name}", value, f"from {low:g} to {high:g}")
    return float(value)


class Column:
    """An attribute that reads one field of one of the state's arrays at the agent's index."""

    def __init__(self, array: str, field: str, doc: str) -> None:
        self.array = array
        self.field = field
        self.__doc__ = doc

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        """Return the value now."""
        if agent is None:
            return self
        return getattr(agent.model.state, self.array)[self.field][agent.index].item()

    def __set__(self, agent: Any, value: Any) -> None:
        """Refuse: what the engine derives other things from has a setter of its own."""
        raise AttributeError(f"{type(agent).__name__}.{self.field} is the engine's to change")


class Flag(Column):
    """An attribute that reads one bit of a field of flags."""

    def __init__(self, array: str, bit: int, doc: str) -> None:
        super().__init__(array, "flags", doc)
        self.bit = bit

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        """Return whether the bit is set."""
        if agent is None:
            return self
        return bool(super().__get__(agent, owner) & self.bit)


class View(mesa.Agent):
    """An agent that is a place in the model's columns."""

    model: "CommunityModel"

    def __init__(self, model: "CommunityModel", index: int) -> None:
        super().__init__(model)
        self.index = int(index)


class Person(Helping, View):
    """What residents and merchants share: voice, trust, help, the platform."""

    person_id = Column("person", "key", "Identity, the same in every run of the community.")
    community = Column("person", "community", "Number of the community.")
    grid = Column("conduct", "grid", "Number of the grid in the community.")
    reports = Column("conduct", "reports", "Reports made so far.")
    contributions = Column("conduct", "contributions", "Needs of others helped so far.")
    volunteer_hours = Column("conduct", "volunteer_hours", "Hours given so far.")
    channel_cost = Column("person", "cost", "Cost of the cheapest channel usable now.")
    has_phone = Flag("person", HAS_PHONE, "Whether the person can report by phone.")
    migrant = Flag("person", MIGRANT, "Whether the person is registered elsewhere.")
    eligible = Flag("account", ELIGIBLE, "Whether the person can use an app by themselves.")
    registered = Flag("account", REGISTERED, "Whether the person has an account.")
    active = Flag("account", ACTIVE, "Whether the person is in a spell of activity.")

    @property
    def trust(self) -> float:
        """Trust that reporting is worth it, 0 to 1; setting it changes the pace of every report."""
        return self.model.state.person["trust"][self.index].item()

    @trust.setter
    def trust(self, value: float) -> None:
        change_trust(self.model.state, self.index, _check(self, "trust", value, 0.0, 1.0))
        self.model.check()

    @property
    def propensity(self) -> float:
        """Propensity to act, mean one; setting it changes the pace of every report."""
        return self.model.state.person["propensity"][self.index].item()

    @propensity.setter
    def propensity(self, value: float) -> None:
        value = _check(self, "propensity", value, 1e-9, 1e9)
        before = self.propensity
        self.model.state.person["propensity"][self.index] = value
        rescale_reports(self.model.state, self.index, value / before)
        self.model.check()

    @property
    def expectation(self) -> float:
        """Expected performance, 0 to 1."""
        return self.model.state.conduct["expectation"][self.index].item()

    @expectation.setter
    def expectation(self, value: float) -> None:
        self.model.state.conduct["expectation"][self.index] = _check(self, "expectation", value, 0.0, 1.0)

    @property
    def ties(self) -> list[int]:
        """Indices of the people this person knows well enough to ask."""
        s = self.model.state
        known = s.tie_to[s.tie_start[self.index] : s.tie_start[self.index + 1]].tolist()
        k = int(s.person["tie_head"][self.index])
        while k >= 0:
            if s.new_tie["to"][k] >= 0:
                known.append(int(s.new_tie["to"][k]))
            k = int(s.new_tie["next"][k])
        return known

    def report_rate(self, severity: float = 0.0) -> float:
        """Return the hazard, per day, of reporting an open problem of the given severity."""
        r = self.model.settings.reporting
        return person_rules.report_rate(
            r.base_rate_per_day, self.propensity, severity, r.trust_weight, self.trust, self.channel_cost
        )

    def clocks(self) -> list[tuple[int, float]]:
        """Return (need, when this person would report it at the present pace) of all open needs seen."""
        s = self.model.state
        found = []
        q = int(s.person["pair_head"][self.index])
        while q >= 0:
            clock = s.pair[q]
            if clock["rate"] > 0.0:
                found.append(
                    (int(clock["need"]), float(clock["anchor"] + clock["remaining"] / clock["rate"]))
                )
            q = int(clock["next"])
        return found

    def would_report(self, need: int, within_days: float) -> bool:
        """Return whether this person, as things stand, reports a need within a time."""
        limit = self.model.time_days + within_days
        return any(n == need and at <= limit for n, at in self.clocks())


class Resident(Neighbour, Participant, Person):
    """A resident."""

    household = Column("conduct", "household", "Number of the household in the community.")
    age_60plus = Flag("person", OVER_60, "Whether aged 60 or over.")
    age_under14 = Flag("person", UNDER_14, "Whether under 14.")


class Merchant(Person):
    """A merchant: a person with a shop."""

    @property
    def losses(self) -> float:
        """What floods of the market have cost so far, in yuan."""
        s, days = self.model.state, 0.0
        for market in s.incident:
            if 0 <= self.index - market["merchant_start"] < market["merchants"]:
                standing = self.model.time_days - market["since"] if market["present"] >= 0 else 0.0
                days = float(market["water_days"] + standing)
        return self.model.settings.shocks.loss_per_day * days

    def market_give_probability(self) -> float:
        """Return the probability of giving to a joint solution of the market's floods if asked now."""
        h = self.model.settings.shocks
        return merchant_rules.give_probability(
            h.give_intercept, h.give_trust_weight, self.trust, h.give_loss_weight, self.losses
        )


class Unit(Team, View):
    """A department, utility, property company, owners' committee, social organisation or firm."""

    unit_id = Column("unit", "key", "Identity.")
    community = Column("unit", "community", "Community it belongs to, -1 if shared.")
    level = Column("unit", "level", "0 community, 1 street or town, 2 county.")
    asks = Column("unit", "asks", "Times asked so far.")
    commitments = Column("unit", "commitments", "Parts it has committed to so far.")
    delivered = Column("unit", "delivered", "Parts it has done so far.")
    sessions_attended = Column("unit", "sessions_attended", "Joint sessions attended so far.")
    background_load = Column("unit", "background_load", "Share of officers' time taken by other work.")

    @property
    def name(self) -> str:
        """What the unit is called."""
        return self.model.world.unit_names[self.index]

    @property
    def kind(self) -> str:
        """One of `sim.state.UNIT_KINDS`."""
        return UNIT_KINDS[int(self.model.state.unit["kind"][self.index])]

    @property
    def pool(self) -> int:
        """Number of the team: its officers."""
        return int(self.model.state.unit["pool"][self.index])

    @property
    def officers(self) -> int:
        """Officers who work on communities' cases beside their other work."""
        return int(self.model.world.officers[self.index])

    @property
    def load(self) -> float:
        """Present load: other work, and what officers do and have waiting for communities."""
        s = self.model.state
        pool = s.pool[int(s.unit["pool"][self.index])]
        occupied = float(pool["server_count"] - pool["idle_count"] + pool["waiting"])
        return unit_rules.load(
            self.background_load, self.model.settings.units.load_response, occupied, int(pool["server_count"])
        )

    def frailty(self, need: int) -> float:
        """Return how ready this unit is for one case, on the logit scale: fixed luck of the pair."""
        s = self.model.state
        n = s.need[need]
        z = normal(int(s.clock["key"][0]), FRAILTY, 0, self.unit_id, int(n["owner_key"]), int(n["ordinal"]))
        return self.model.settings.referral.frailty_sd * z

    def accept_probability(
        self, convened: bool = False, link: bool = False, share: float = 0.0, need: int | None = None
    ) -> float:
        """Return the probability of taking a case on if asked now; of a given need, with its frailty."""
        r = self.model.settings.referral
        chronic = need is not None and self.model.state.need["flags"][need] & CHRONIC
        prefix = "shocks_flood" if chronic else "referral"
        par = self.model.state.par
        return unit_rules.accept_probability(
            float(par[f"{prefix}_accept_intercept"][0]),
            0.0 if need is None else self.frailty(need),
            r.load_slope,
            self.load,
            r.load_reference,
            float(par[f"{prefix}_link_effect"][0]),
            float(link),
            r.convener_effect,
            float(convened),
            r.share_effect,
            share,
        )

    def absence_probability(self) -> float:
        """Return the probability of staying away from a session held now."""
        j = self.model.settings.joint_session
        return unit_rules.absence_probability(
            j.absence_intercept, j.absence_slope, self.load, self.model.settings.referral.load_reference
        )


class Supplier(View):
    """A property company, owners' committee, social organisation or firm that supplies service."""

    unit_id = Column("supplier", "key", "Identity.")
    community = Column("supplier", "community", "Number of the community.")
    hours_per_week = Column("supplier", "hours_per_week", "Hours it has for cases in a week.")
    hours = Column("supplier", "hours", "Hours given to cases so far.")
    asks = Column("supplier", "asks", "Cases offered so far.")
    commitments = Column("supplier", "commitments", "Cases taken on so far.")
    delivered = Column("supplier", "delivered", "Cases solved so far.")

    @property
    def kind(self) -> str:
        """One of `sim.state.UNIT_KINDS`."""
        return UNIT_KINDS[int(self.model.state.supplier["kind"][self.index])]

    @property
    def load(self) -> float:
        """How much of its coming time is promised, in weeks."""
        return supplier_load(self.model.state, self.index, self.model.time_days)

    def accept_probability(self) -> float:
        """Return the probability of taking on a case of middling readiness if offered now."""
        r = self.model.settings.referral
        return unit_rules.accept_probability(
            float(self.model.state.par["plural_accept_intercept"][0]),
            0.0,
            r.load_slope,
            min(2.0, self.load),
            r.load_reference,
            *(0.0,) * 6,
        )


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
        s = self.model.state
        day = int(self.model.time_days)
        if self.index >= s.attendance.shape[0] or s.worked[day + 1] == s.worked[day]:
            return False
        return bool(s.attendance[self.index, day + 1] == s.attendance[self.index, day])

    @property
    def kind(self) -> str:
        """One of `sim.state.CADRE_KINDS`."""
        if self.days_per_week > 0.0:
            return CADRE_KINDS[EMBEDDED]
        return CADRE_KINDS[GRID_WORKER if self.owns_grid else COMMUNITY_WORKER]

    @property
    def patrol_hours(self) -> float:
        """Hours a week of patrol; setting it changes the pace of every find on the beat."""
        return self.model.state.server["patrol_hours"][self.index].item()

    @patrol_hours.setter
    def patrol_hours(self, value: float) -> None:
        value = _check(self, "patrol_hours", value, 0.0, 168.0)
        if not self.owns_grid or self.model.settings.patrol.hours_per_week <= 0.0:
            raise InputError(
                "Cadre.patrol_hours", value, "set on a grid worker, where patrol.hours_per_week is above 0"
            )
        change_patrol(self.model.state, self.index, value)
        self.model.check()

    def find_rate(self, public: bool = False) -> float:
        """Return the hazard, per working hour, of coming upon an open problem of the beat.

        Of a private one: somebody's under 60 without an account.
        """
        s, p = self.model.state, self.model.settings.patrol
        row = s.community[self.community]
        homes = max(
            1.0, row["observers"] / max(1, row["owners"]) / self.model.settings.community.household_size
        )
        covered = p.homes_passed_per_hour if public else p.homes_visited_per_hour
        return cadre_rules.find_rate(
            covered, self.patrol_hours, homes, float(s.par["calendar_week_hours"][0])
        )

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
