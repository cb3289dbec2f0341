"""The Mesa face: a model whose step is a day of the compiled engine."""

import contextlib
import difflib
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import mesa

from sim.agents.live import GUIDE, View
from sim.agents.membership import Members
from sim.agents.people import Cadre, Merchant, Resident, Supplier, Unit
from sim.engine.tables.people import IS_MERCHANT
from sim.engine.tables.run import State
from sim.errors import InputError
from sim.parameters.scenario import Scenario, parameter_keys
from sim.records.tables import Records
from sim.simulation import Run
from sim.world.population import World

#: Attributes that are fixed when the model is made, and Mesa's own that only a step moves.
_FIXED = ("settings", "seed", "replication", "scenario", "random", "rng", "data_registry")
_MOVED = ("steps", "time")
#: A name that is nearly one of these is taken for it.
_OFTEN_MEANT = (*_FIXED, *_MOVED, "running", "agents", "agents_by_type", "state", "world", "categories")


class CommunityModel(mesa.Model):
    """One community, or several, a day a step.

    Merchants, units and cadres are agents from the start; residents become agents when `agents` or
    `agents_by_type` is first asked for, so a run that never looks at them does not pay. The run is the same,
    bit for bit, with or without. What a model cannot do it refuses (`docs/guides/mesa.md`).

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

    def __init__(self, scenario: Scenario, seed: int = 1, replication: int = 0, **unknown: Any) -> None:
        if unknown:
            name = next(iter(unknown))
            raise InputError(
                name,
                type(unknown[name]).__name__,
                "left out",
                hint="a model takes scenario, seed and replication; everything else is in the scenario",
            )
        run = Run.start(scenario, seed, replication)
        super().__init__(rng=run.seed)
        self.settings = scenario
        self.seed = run.seed
        self.replication = run.replication
        self._run = run
        self._shown: tuple[State, State] | None = None
        self._all_agents = Members([], random=self.random, owner=self)
        self._residents_made = False
        flags = self.state.person["flags"]
        self._make(Merchant, ((flags & IS_MERCHANT) != 0).nonzero()[0])
        self._make(Unit, range(self.state.unit.shape[0]))
        self._make(Supplier, range(self.state.supplier.shape[0]))
        pool_of = self.state.server["pool"]
        teams = (self.state.pool["unit"] < 0) & (self.state.pool["home"] < 0)
        self._make(Cadre, teams[pool_of].nonzero()[0])
        self._closed = True

    def _make(self, kind: type, indices: Iterable[int]) -> None:
        with self._room_for(kind):
            self._making = True
            try:
                for index in indices:
                    kind(self, index)
            finally:
                self._making = False

    @contextlib.contextmanager
    def _room_for(self, kind: type) -> Iterator[None]:
        """Open the sets into which agents of a class go."""
        mine = self._agents_by_type.get(kind) or Members([], random=self.random, owner=self)
        with self._all_agents.opened(), mine.opened():
            # Kept only if somebody joins.
            self._agents_by_type[kind] = mine
            yield
        if not len(mine):
            del self._agents_by_type[kind]

    def _make_residents(self) -> None:
        # Mesa asks for its agents while it sets itself up, before there is a run.
        if getattr(self, "_residents_made", True):
            return
        self._residents_made = True
        flags = self.state.person["flags"]
        self._make(Resident, ((flags & IS_MERCHANT) == 0).nonzero()[0])

    @property
    def writable(self) -> State:
        """The engine's own arrays, for the setters of agents: who writes here answers for what follows."""
        return self._run.built.state

    @property
    def state(self) -> State:
        """The engine's arrays, as they are now, to be read; agents have setters for what may be changed."""
        own = self._run.built.state
        if self._shown is None or self._shown[0] is not own:
            # Arrays are replaced when they grow.
            views = [array.view() for array in own]
            for view in views:
                view.flags.writeable = False
            self._shown = own, State(*views)
        return self._shown[1]

    @property
    def world(self) -> World:
        """What existed at time 0, with the names of communities and units."""
        return self._run.built.world

    @property
    def categories(self) -> tuple[str, ...]:
        """Names of the categories of need, in the order of their codes."""
        return self._run.built.tape.categories

    @property
    def time_days(self) -> float:
        """Days since time 0, to the event the engine has reached."""
        return float(self.state.clock["time"][0])

    @property
    def days(self) -> int:
        """Length of the run: warm-up, counted days and follow-up."""
        return self._run.days

    @property
    def agents(self) -> Any:
        """All agents, residents included."""
        self._make_residents()
        return super().agents

    @property
    def agents_by_type(self) -> Mapping[type, Any]:
        """The agents of each class, residents included."""
        self._make_residents()
        return MappingProxyType(super().agents_by_type)

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents."""
        self._make_residents()
        return super().agent_types

    def person(self, index: int) -> Resident | Merchant:
        """Return the view of one person, by the index in the run, without making agents of all residents."""
        flags = self.state.person["flags"]
        number = index.__index__()
        if not 0 <= number < len(flags):
            raise InputError("person", index, f"from 0 to {len(flags) - 1}")
        kind = Merchant if flags[number] & IS_MERCHANT else Resident
        view: Resident | Merchant = kind._at(self, number)
        return view

    def step(self) -> None:
        """Run one day; after the last, `running` is false."""
        self._run.advance(self._run.day + 1)
        if self._run.day >= self._run.days:
            self.running = False

    def run_model(self) -> None:
        """Run to the end."""
        while self.running:
            self.step()

    def run_for(self, duration: float) -> None:
        """Run for some whole days.

        Raises
        ------
        InputError
            If they are not whole, are fewer than none, or reach beyond the end of the run.
        """
        days = _whole_days("run_for", duration)
        if days < 0 or self._run.day + days > self._run.days:
            raise InputError(
                "run_for", duration, f"from 0 to {self._run.days - self._run.day}, the days left"
            )
        if days:
            self._advance_time(self.time + days)

    def run_until(self, end_time: float) -> None:
        """Run to the start of a day.

        Raises
        ------
        InputError
            If it is no whole day, has passed, or lies beyond the end of the run.
        """
        until = _whole_days("run_until", end_time)
        if not self._run.day <= until <= self._run.days:
            raise InputError("run_until", end_time, f"a day from {self._run.day}, now, to {self._run.days}")
        if until > self._run.day:
            self._advance_time(self.time + until - self._run.day)

    def _advance_time(self, until: float) -> None:
        if self._run.day >= self._run.days:
            raise InputError(
                "step",
                self._run.day,
                f"before day {self._run.days}, the end of the run",
                hint="a longer run has another horizon_days or followup_days",
            )
        self.__dict__["_moving"] = True
        try:
            super()._advance_time(until)
        finally:
            self.__dict__["_moving"] = False

    def schedule_event(
        self, function: Callable[..., Any], *, at: float | None = None, after: float | None = None, **how: Any
    ) -> Any:
        """Call a function at the start of a day, after the engine has run up to it."""
        for name, value in (("at", at), ("after", after)):
            if value is not None:
                _whole_days(f"schedule_event.{name}", value)
        return super().schedule_event(function, at=at, after=after, **how)

    def schedule_recurring(self, function: Callable[..., Any], schedule: Any, **how: Any) -> Any:
        """Call a function at the start of every so many days."""
        for name in ("interval", "start"):
            value = getattr(schedule, name, None)
            if value is not None:
                _whole_days(f"schedule_recurring.{name}", value)
        return super().schedule_recurring(function, schedule, **how)

    def register_agent(self, agent: Any) -> Any:
        """Enter an agent: one of the engine's, or one of somebody's own, which the engine does not know."""
        if self._making:
            return super().register_agent(agent)
        with self._room_for(type(agent)):
            return super().register_agent(agent)

    def deregister_agent(self, agent: Any) -> Any:
        """Take an agent of somebody's own out again."""
        if isinstance(agent, View):
            agent.remove()
        with self._all_agents.opened(), self._agents_by_type[type(agent)].opened():
            return super().deregister_agent(agent)

    def remove_all_agents(self) -> None:
        """Refuse: the engine would go on with everybody."""
        raise TypeError(f"the agents of a community cannot be removed: the engine would go on; {GUIDE}")

    def reset_rng(self, rng: Any = None) -> None:
        """Refuse: the luck of a run is no generator's."""
        raise TypeError(f"reset_rng would change nothing: {_LUCK}")

    def reset_randomizer(self, seed: Any = None) -> None:
        """Refuse: the luck of a run is no generator's."""
        raise TypeError(f"reset_randomizer would change nothing: {_LUCK}")

    def __setattr__(self, name: str, value: Any) -> None:
        """Keep what somebody notes on the model; refuse what would look as if it changed the run."""
        own = vars(self)
        if own.get("_closed") and not name.startswith("_"):
            self._refuse(name, value, moving=bool(own.get("_moving")))
        super().__setattr__(name, value)

    def _refuse(self, name: str, value: Any, moving: bool) -> None:
        if name == "running":
            if not isinstance(value, bool):
                raise InputError("running", value, "true or false")
        elif name in _MOVED:
            if not moving:
                raise AttributeError(f"model.{name} cannot be set: call step, run_for or run_until")
        elif name in _FIXED or hasattr(CommunityModel, name):
            raise AttributeError(
                f"model.{name} cannot be set: make a new model, load_scenario(NAME, ['key=value']); {GUIDE}"
            )
        elif name not in vars(self):
            parts = {part for key in parameter_keys() for part in (key.split(".")[0], key.rpartition(".")[2])}
            near = difflib.get_close_matches(name, _OFTEN_MEANT, n=1, cutoff=0.8)
            if name in parts or near:
                hint = f"did you mean {near[0]}?" if near else f"load_scenario(NAME, ['{name}=…']) sets it"
                raise AttributeError(f"model.{name} would change nothing; {hint}; {GUIDE}")

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Refuse: copies and pickles of a model, half Mesa's and half the engine's, would not be one run."""
        raise TypeError(
            "a CommunityModel cannot be copied or pickled: make another with the same scenario, seed and "
            f"replication and run it as far, it is the same bit for bit; {GUIDE}"
        )

    def check(self) -> None:
        """Raise if the engine ran out of room while something was set from outside."""
        self._run.check_fault()

    def records(self) -> Records:
        """Return the records of the run so far."""
        return self._run.records()


_LUCK = "a run's luck follows from its seed and replication; make a new model with another seed"


def _whole_days(key: str, value: Any) -> int:
    try:
        number = math.nan if isinstance(value, bool | str) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number) or number != math.floor(number):
        raise InputError(key, value, "a whole number of days", hint="the engine stops between days")
    return int(number)
