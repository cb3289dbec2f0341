"""Mesa agents as live views of the engine's columns.

Their attributes read and write the columns; their methods call the rules that the engine calls, and where
they are about a need that exists, the functions that the engine itself calls about it: nothing that the
engine computes is computed a second time. What is set here between two steps is what the engine goes on with.
"""

from typing import TYPE_CHECKING

from sim.agents.cadre import Cadre
from sim.agents.council import Participant
from sim.agents.engine_calls import change_trust, rescale_reports
from sim.agents.helping import Helping, Neighbour
from sim.agents.live import Column, Flag, View, check
from sim.agents.unit import Supplier, Unit
from sim.engine.hazard_clocks import hazard_now, rings_at
from sim.engine.tables.people import (
    ACTIVE,
    ELIGIBLE,
    HAS_PHONE,
    INERT,
    MIGRANT,
    OVER_60,
    REGISTERED,
    UNDER_14,
)
from sim.mechanisms.case.incident import days_under_water
from sim.rules import merchant as merchant_rules
from sim.rules import resident as person_rules

if TYPE_CHECKING:
    pass

__all__ = ["Cadre", "Merchant", "Person", "Resident", "Supplier", "Unit", "View"]


class Person(Helping, View):
    """What residents and merchants share: voice, trust, help, the platform."""

    person_id = Column("person", "key", "Identity, the same in every run of the community.")
    community = Column("person", "community", "Number of the community.")
    grid = Column("conduct", "grid", "Number of the grid in the community.")
    reports = Column("conduct", "reports", "Reports made so far.")
    last_outcome = Column("conduct", "outcome", "How their own report last ended: 1 solved, -1 not, 0.")
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
        change_trust(self.model.writable, self.index, check(self, "trust", value, 0.0, 1.0))
        self.model.check()

    @property
    def propensity(self) -> float:
        """Propensity to act, mean one; setting it changes the pace of every report."""
        return self.model.state.person["propensity"][self.index].item()

    @propensity.setter
    def propensity(self, value: float) -> None:
        value = check(self, "propensity", value, 1e-9, 1e9)
        before = self.propensity
        self.model.writable.person["propensity"][self.index] = value
        rescale_reports(self.model.writable, self.index, value / before)
        self.model.check()

    @property
    def expectation(self) -> float:
        """Expected performance, 0 to 1."""
        return self.model.state.conduct["expectation"][self.index].item()

    @expectation.setter
    def expectation(self, value: float) -> None:
        self.model.writable.conduct["expectation"][self.index] = check(self, "expectation", value, 0.0, 1.0)

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

    @property
    def takes_part(self) -> bool:
        """Whether the person speaks up, helps and comes at all: not under 14, and more than a number."""
        return not self.model.state.person["flags"][self.index] & (UNDER_14 | INERT)

    @property
    def adoption_rate(self) -> float:
        """Hazard, per day, of registering, as the engine holds it now; 0 for who may not or already has."""
        account = self.model.state.account[self.index]
        waits = account["flags"] & (ELIGIBLE | REGISTERED) == ELIGIBLE
        return float(account["rate"]) if waits and self.model.state.par["platform_enabled"][0] else 0.0

    @property
    def active_until(self) -> float | None:
        """When the present spell of activity ends, as things stand; None outside one."""
        account = self.model.state.account[self.index]
        return float(account["lapse_at"]) if account["flags"] & ACTIVE else None

    def report_rate(self, severity: float = 0.0) -> float:
        """Return the hazard, per day, of reporting a problem of the given severity that arises now.

        That of a problem which exists is `report_rate_of`: a status that is published changes it.
        """
        if not self.takes_part:
            return 0.0
        r = self.model.settings.reporting
        return self.learned * person_rules.report_rate(
            r.base_rate_per_day, self.propensity, severity, r.trust_weight, self.trust, self.channel_cost
        )

    @property
    def learned(self) -> float:
        """Factor on every reporting hazard for how the person's own reports ended."""
        return person_rules.learned_factor(self.model.settings.reporting.learning_weight, self.last_outcome)

    def _clocks(self) -> list[tuple[int, float, float]]:
        s = self.model.state
        found = []
        q = int(s.person["pair_head"][self.index])
        while q >= 0:
            clock = s.pair[q]
            if clock["rate"] > 0.0:
                fading = s.par["reporting_fading_days"][0]
                since = clock["since"]
                rings = rings_at(clock["anchor"], clock["remaining"], clock["rate"], since, fading)
                now = hazard_now(clock["rate"], since, fading, self.model.time_days)
                found.append((int(clock["need"]), float(rings), float(now)))
            q = int(clock["next"])
        return found

    def clocks(self) -> list[tuple[int, float]]:
        """Return (need, when this person would report it at the present pace) of all open needs seen."""
        return [(need, rings) for need, rings, _ in self._clocks()]

    def report_rate_of(self, need: int) -> float:
        """Return the hazard, per day, at which the engine's clock of this person and need runs; 0: none.

        It holds from the moment at which the clock next starts: after a report it rests for a while.
        """
        return next((rate for n, _, rate in self._clocks() if n == need), 0.0)

    def readiness_of(self, need: int) -> float:
        """Return the share that is left of the readiness to report a need; 1 where it does not fade."""
        s = self.model.state
        q = int(s.person["pair_head"][self.index])
        while q >= 0:
            if int(s.pair["need"][q]) == need and s.pair["rate"][q] > 0.0:
                fading = s.par["reporting_fading_days"][0]
                return float(hazard_now(1.0, s.pair["since"][q], fading, self.model.time_days))
            q = int(s.pair["next"][q])
        return 1.0

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
        for i, market in enumerate(s.incident):
            if 0 <= self.index - market["merchant_start"] < market["merchants"]:
                days = float(days_under_water(s, i, self.model.time_days))
        return self.model.settings.shocks.loss_per_day * days

    def market_give_probability(self) -> float:
        """Return the probability of giving to a joint solution of the market's floods if asked now."""
        h = self.model.settings.shocks
        return merchant_rules.give_probability(
            h.give_intercept, h.give_trust_weight, self.trust, h.give_loss_weight, self.losses
        )

    def mend_probability(self, need: int) -> float:
        """Return the probability of mending a need that lies before the shop."""
        f = self.model.settings.shop_fronts
        hours = float(self.model.state.need["work_hours"][need])
        intercept = float(self.model.state.par["shop_fronts_mend_intercept"][0])
        return merchant_rules.mend_probability(
            intercept, f.trust_weight, self.trust, f.cost_weight, hours, f.rated_effect, float(f.rated)
        )
