"""The Mesa face: a model whose step is a day of the compiled engine."""

from typing import Any

import mesa

from sim.agents.views import Cadre, Merchant, Resident, Supplier, Unit
from sim.parameters import Scenario
from sim.records import Records
from sim.simulation import Run
from sim.state import IS_MERCHANT, State
from sim.world import World


class CommunityModel(mesa.Model):
    """One community, or several, a day a step.

    Merchants, units and cadres are agents from the start; residents become agents when `agents` or
    `agents_by_type` is first asked for, so a run that never looks at them does not pay. The run is the same,
    bit for bit, with or without.

    Parameters
    ----------
    scenario
        From `load_scenario`; kept as `settings` (`Model.scenario` is Mesa's own).
    seed, replication
        As in `sim.simulate`.

    Examples
    --------
    >>> from sim import CommunityModel, load_scenario
    >>> model = CommunityModel(load_scenario("co_governance"), seed=1)
    >>> model.step()
    >>> model.agents_by_type[Resident].select(lambda r: r.trust < 0.3).set("trust", 0.5)
    """

    def __init__(self, scenario: Scenario, seed: int = 1, replication: int = 0) -> None:
        super().__init__(rng=seed)
        self.settings = scenario
        self.replication = replication
        self._run = Run.start(scenario, seed, replication)
        self._residents_made = False
        flags = self.state.person["flags"]
        self._make(Merchant, ((flags & IS_MERCHANT) != 0).nonzero()[0])
        self._make(Unit, range(self.state.unit.shape[0]))
        self._make(Supplier, range(self.state.supplier.shape[0]))
        pool_of = self.state.server["pool"]
        teams = (self.state.pool["unit"] < 0) & (self.state.pool["home"] < 0)
        self._make(Cadre, teams[pool_of].nonzero()[0])

    def _make(self, kind: type, indices: Any) -> None:
        for index in indices:
            kind(self, index)

    def _make_residents(self) -> None:
        # Mesa asks for its agents while it sets itself up, before there is a run.
        if getattr(self, "_residents_made", True):
            return
        self._residents_made = True
        flags = self.state.person["flags"]
        self._make(Resident, ((flags & IS_MERCHANT) == 0).nonzero()[0])

    @property
    def state(self) -> State:
        """The engine's arrays, as they are now."""
        return self._run.built.state

    @property
    def world(self) -> World:
        """What existed at time 0, with the names of communities and units."""
        return self._run.built.world

    @property
    def time_days(self) -> float:
        """Days since time 0, to the event the engine has reached."""
        return float(self.state.clock["time"][0])

    @property
    def agents(self) -> Any:
        """All agents, residents included."""
        self._make_residents()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """The agents of each class, residents included."""
        self._make_residents()
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents."""
        self._make_residents()
        return super().agent_types

    def step(self) -> None:
        """Run one day; after the last, `running` is false."""
        self._run.advance(self._run.day + 1)
        if self._run.day >= self._run.days:
            self.running = False

    def run_model(self) -> None:
        """Run to the end."""
        while self.running:
            self.step()

    def check(self) -> None:
        """Raise if the engine ran out of room while something was set from outside."""
        self._run.check_fault()

    def records(self) -> Records:
        """Return the records of the run so far."""
        return self._run.records()
