"""What units and suppliers show: live views of organisations beside the community's staff."""

from sim.agents.engine_calls import supplier_load
from sim.agents.live import Column, View
from sim.agents.team import Team
from sim.engine.randomness import normal
from sim.engine.tables.needs import CHRONIC, LEG_OPEN
from sim.engine.tables.staff import UNIT_KINDS
from sim.mechanisms.plural_supply.supply import FRAILTY, supplier_acceptance
from sim.mechanisms.referral.acceptance import absence, acceptance
from sim.mechanisms.referral.unit_work import unit_load
from sim.rules import unit as unit_rules
from sim.scenario.compiled_parameters import CONVENER_LINKS


class Unit(Team, View):
    """A department, utility, property company, owners' committee, social organisation or firm."""

    unit_id = Column("unit", "key", "Identity.")
    community = Column("unit", "community", "Community it belongs to, -1 if shared.")
    level = Column("unit", "level", "0 community, 1 street or town, 2 county.")
    asks = Column("unit", "asks", "Times asked so far.")
    commitments = Column("unit", "commitments", "Parts it has committed to so far.")
    delivered = Column("unit", "delivered", "Parts it has done so far.")
    sessions_attended = Column("unit", "sessions_attended", "Joint sessions attended so far.")
    sessions_missed = Column("unit", "missed", "Joint sessions in a row that it stayed away from.")
    background_load = Column("unit", "background_load", "Share of officers' time taken by other work.")

    @property
    def name(self) -> str:
        """What the unit is called."""
        return self.model.world.unit_names[self.index]

    @property
    def kind(self) -> str:
        """One of `sim.engine.tables.staff.UNIT_KINDS`."""
        return UNIT_KINDS[int(self.model.state.unit["kind"][self.index])]

    @property
    def pool(self) -> int:
        """Number of the team: its officers."""
        return int(self.model.state.unit["pool"][self.index])

    @property
    def officers(self) -> int:
        """Officers who work on communities' cases beside their other work."""
        return int(self.model.state.pool["server_count"][self.pool])

    @property
    def load(self) -> float:
        """Present load: other work, and what officers do and have waiting for communities."""
        return float(unit_load(self.model.state, self.index))

    def part_of(self, need: int) -> int | None:
        """Return the part of a need that falls to this unit, the first not yet taken on; None without."""
        s = self.model.state
        start = int(s.need["leg_start"][need])
        mine = [
            leg
            for leg in range(start, start + int(s.need["leg_count"][need]))
            if s.leg["unit"][leg] == self.index
        ]
        return next((leg for leg in mine if s.leg["state"][leg] == LEG_OPEN), mine[0] if mine else None)

    def frailty(self, need: int) -> float:
        """Return how ready this unit is for one case, on the logit scale: fixed luck of the pair."""
        s = self.model.state
        n, part = s.need[need], self.part_of(need)
        who = self.unit_id if part is None else int(s.leg["key"][part])
        z = normal(int(s.clock["key"][0]), FRAILTY, 0, who, int(n["owner_key"]), int(n["ordinal"]))
        return self.model.settings.referral.frailty_sd * z

    def accept_probability(
        self,
        convened: bool = False,
        link: bool | None = None,
        share: float | None = None,
        need: int | None = None,
    ) -> float:
        """Return the probability of taking a case on if asked now.

        Parameters
        ----------
        convened
            Whether a convener asks, in a session, or the community by letter.
        link, share
            Whether an authority backs the call, and the share of the others that are committed; of a `need`
            in which this unit has a part, what holds for it is taken unless it is given here.
        need
            Number of the need; None: a case of middling readiness.
        """
        part = None if need is None else self.part_of(need)
        if part is not None and link is None and share is None:
            links = CONVENER_LINKS.index(self.model.settings.joint_session.convener_links) if convened else 0
            return float(acceptance(self.model.state, part, float(convened), links))
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
            float(bool(link)),
            r.convener_effect,
            float(convened),
            r.share_effect,
            share or 0.0,
        )

    def absence_probability(self) -> float:
        """Return the probability of staying away from a session held now; 1 with the week's hours spent."""
        return float(absence(self.model.state, self.index, self.model.time_days))


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
        """One of `sim.engine.tables.staff.UNIT_KINDS`."""
        return UNIT_KINDS[int(self.model.state.supplier["kind"][self.index])]

    @property
    def called_first(self) -> bool:
        """Whether residents call it before the community; otherwise the community asks it."""
        return bool(self.model.state.supplier["first"][self.index])

    @property
    def load(self) -> float:
        """How much of its coming time is promised, in weeks."""
        return supplier_load(self.model.writable, self.index, self.model.time_days)

    def accept_probability(self, need: int | None = None) -> float:
        """Return the probability of taking on a case if offered now; without `need` of middling readiness."""
        if need is not None:
            return float(supplier_acceptance(self.model.state, self.index, need, self.load))
        r = self.model.settings.referral
        group = "first_call" if self.called_first else "plural"
        return unit_rules.accept_probability(
            float(self.model.state.par[f"{group}_accept_intercept"][0]),
            0.0,
            r.load_slope,
            min(2.0, self.load),
            r.load_reference,
            *(0.0,) * 6,
        )
