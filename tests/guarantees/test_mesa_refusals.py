"""What cannot take effect does not look as if it did: it is refused in one sentence, and changes no bit."""

import copy
import math
import pickle
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
import pytest
from mesa.time import Schedule

from sim import CommunityModel, InputError, load_scenario, simulate
from sim.agents.people import Cadre, Merchant, Resident, Supplier, Unit
from sim.scenario.loading import scenario_names
from tests.each import each
from tests.guarantees.runs import TINY, differing_columns, scenario

PLURAL = ("plural.enabled=true", "patrol.hours_per_week=2")
REFUSED = (InputError, AttributeError, TypeError)


def _new() -> CommunityModel:
    return CommunityModel(scenario("co_governance", *PLURAL, place=TINY), seed=1)


@pytest.fixture(scope="module")
def model() -> CommunityModel:
    made = _new()
    made.run_for(5)
    return made


def _one(model: CommunityModel, kind: type) -> Any:
    return next(iter(model.agents_by_type[kind]))


ATTEMPTS: dict[str, Callable[[CommunityModel], Any]] = {
    "a half day": lambda m: m.run_until(7.5),
    "half a day more": lambda m: m.run_for(0.5),
    "backwards": lambda m: m.run_for(-1),
    "into the past": lambda m: m.run_until(2),
    "beyond the end": lambda m: m.run_until(10_000),
    "not a number": lambda m: m.run_until(math.nan),
    "a truth": lambda m: m.run_for(True),
    "a text": lambda m: m.run_for("7"),
    "an event within a day": lambda m: m.schedule_event(_new, at=7.5),
    "an event after a fraction": lambda m: m.schedule_event(_new, after=0.25),
    "events every half day": lambda m: m.schedule_recurring(_new, Schedule(interval=0.5)),
    "settings": lambda m: setattr(m, "settings", load_scenario("co_governance")),
    "scenario": lambda m: setattr(m, "scenario", load_scenario("co_governance")),
    "seed": lambda m: setattr(m, "seed", 2),
    "replication": lambda m: setattr(m, "replication", 2),
    "time": lambda m: setattr(m, "time", 50.0),
    "steps": lambda m: setattr(m, "steps", 50),
    "rng": lambda m: setattr(m, "rng", np.random.default_rng(3)),
    "random": lambda m: setattr(m, "random", None),
    "running": lambda m: setattr(m, "running", 1),
    "agents": lambda m: setattr(m, "agents", []),
    "state": lambda m: setattr(m, "state", None),
    "step": lambda m: setattr(m, "step", lambda: None),
    "a parameter on the model": lambda m: setattr(m, "horizon_days", 700),
    "a group on the model": lambda m: setattr(m, "reporting", None),
    "a near miss on the model": lambda m: setattr(m, "setings", None),
    "a parameter": lambda m: setattr(m.settings.reporting, "trust_weight", 2.0),
    "a group": lambda m: setattr(m.settings, "reporting", None),
    "an entry of a parameter": lambda m: m.settings.demand.category_shares.update(dispute=1.0),
    "reset_rng": lambda m: m.reset_rng(5),
    "reset_randomizer": lambda m: m.reset_randomizer(5),
    "everybody removed": lambda m: m.remove_all_agents(),
    "somebody added": lambda m: m.agents.add(_one(m, Resident)),
    "somebody discarded": lambda m: m.agents.discard(_one(m, Resident)),
    "a class cleared": lambda m: m.agents_by_type[Cadre].clear(),
    "a class emptied in place": lambda m: m.agents_by_type[Cadre].select(lambda _: False, inplace=True),
    "a class deleted": lambda m: m.agents_by_type.pop(Cadre),
    "deregistered": lambda m: m.deregister_agent(_one(m, Unit)),
    "created": lambda m: Resident.create_agents(m, 3),
    "created with places": lambda m: Resident.create_agents(m, 2, [1, 2]),
    "made by hand": lambda m: Resident(m, 3),
    "shuffled steps": lambda m: m.agents.shuffle_do("step"),
    "steps of all": lambda m: m.agents.do("step"),
    "deep copy": copy.deepcopy,
    "copy": copy.copy,
    "pickle": pickle.dumps,
    "a method of the class": lambda _: setattr(Resident, "report_rate", lambda *_: 1.0),
    "a method of one agent": lambda m: setattr(_one(m, Resident), "report_rate", lambda *_: 1.0),
    "a subclass": lambda _: type("Bold", (Resident,), {"report_rate": lambda *_: 1.0}),
    "a typing error": lambda m: setattr(_one(m, Resident), "trsut", 1.0),
    "a note": lambda m: setattr(_one(m, Unit), "mood", "good"),
    "derived": lambda m: setattr(_one(m, Unit), "load", 0.1),
    "derived flag": lambda m: setattr(_one(m, Resident), "registered", True),
    "unique_id": lambda m: setattr(_one(m, Resident), "unique_id", 7),
    "index": lambda m: setattr(_one(m, Resident), "index", 7),
    "pos": lambda m: setattr(_one(m, Resident), "pos", (0, 0)),
    "nan": lambda m: setattr(_one(m, Resident), "trust", math.nan),
    "too much": lambda m: setattr(_one(m, Resident), "trust", 1.5),
    "text as number": lambda m: setattr(_one(m, Resident), "trust", "0.5"),
    "truth as number": lambda m: setattr(_one(m, Resident), "expectation", True),
    "none as number": lambda m: setattr(_one(m, Merchant), "propensity", None),
    "infinite": lambda m: setattr(_one(m, Merchant), "propensity", math.inf),
    "nobody's beat": lambda m: setattr(_one(m, Cadre), "patrol_hours", -3.0),
    "everybody to nan": lambda m: m.agents_by_type[Resident].set("trust", math.nan),
    "where no council is": lambda m: setattr(_one(m, Resident), "motivation", 0.5),
    "no such gift": lambda m: _one(m, Resident).give_probability("money"),
    "nobody there": lambda m: m.person(10**6),
}


@each("what", ATTEMPTS)
def test_it_is_refused_in_one_sentence(model: CommunityModel, what: str) -> None:
    with pytest.raises(REFUSED) as found:
        ATTEMPTS[what](model)
    assert "\n" not in str(found.value)
    assert 20 < len(str(found.value)) < 600


@pytest.mark.parametrize("kind", [Resident, Merchant, Unit, Supplier, Cadre])
def test_nobody_is_removed_and_nobody_moves_alone(model: CommunityModel, kind: type) -> None:
    there = len(model.agents_by_type[kind])
    for attempt in ("remove", "step", "advance"):
        with pytest.raises(TypeError, match=kind.__name__):
            getattr(_one(model, kind), attempt)()
    assert len(model.agents_by_type[kind]) == there > 0


def test_writing_to_the_state_is_refused(model: CommunityModel) -> None:
    with pytest.raises(ValueError, match="read-only"):
        model.state.person["trust"][:] = math.nan
    with pytest.raises(ValueError, match="read-only"):
        model.state.clock["day"] = 20


def test_what_was_refused_has_changed_no_bit(model: CommunityModel) -> None:
    left_alone = _new()
    left_alone.run_for(5)
    for attempt in ATTEMPTS.values():
        with pytest.raises(REFUSED):
            attempt(model)
    model.run_model()
    left_alone.run_model()
    assert not differing_columns(model.records(), left_alone.records())
    for over in (model.step, lambda: model.run_for(1), lambda: model.run_until(31)):
        with pytest.raises(InputError, match=r"30|0"):
            over()
    assert model.time == model.steps == model.time_days == 30


def test_what_works_works() -> None:
    class Note(mesa.Agent):
        pass

    mine = _new()
    mine.note = Note(mine)  # type: ignore[attr-defined]
    mine.datacollector = mesa.DataCollector({"day": "time_days"})  # type: ignore[attr-defined]
    assert len(mine.agents_by_type[Note]) == 1
    mine.note.remove()  # type: ignore[attr-defined]
    assert len(mine.agents_by_type[Note]) == 0
    seen: list[float] = []

    def look() -> None:
        seen.append(mine.time_days)

    mine.schedule_event(look, at=3)
    mine.run_until(np.int64(4))
    mine.run_for(2.0)
    mine.run_until(6)
    mine.run_for(0)
    assert (mine.time, mine.steps, mine.time_days, seen) == (6, 6, 6.0, [3.0])
    mine.agents_by_type[Resident].shuffle_do("report_rate")
    mine.rng.random()
    mine.random.random()
    person = mine.person(3)
    assert person.index == 3
    assert person not in mine.agents
    person.trust = np.float64(0.25)
    assert mine.person(3).trust == 0.25
    twin = _new()
    twin.run_for(6)
    twin.person(3).trust = 0.25
    mine.run_model()
    twin.run_model()
    assert not differing_columns(mine.records(), twin.records())
    assert not mine.running


@pytest.mark.parametrize("seed", [7, np.int64(7), np.uint8(7), np.array(7)])
def test_a_seed_is_the_same_however_it_is_written(seed: Any) -> None:
    plain = simulate(scenario("administration_led", place=TINY), seed=7)
    other = simulate(scenario("administration_led", place=TINY), seed=seed, replication=np.int32(0))
    assert type(other.seed) is int
    assert not differing_columns(plain, other)
    model = CommunityModel(scenario("administration_led", place=TINY), seed)
    assert model.seed == 7


@each(
    "seed",
    [None, True, np.True_, 1.0, np.float64(1), "1", -1, 2**31, np.random.default_rng(1), [1, 2],
     np.random.SeedSequence(1)],
)  # fmt: skip
def test_other_seeds_are_refused(seed: Any) -> None:
    some = scenario("administration_led", place=TINY)
    for attempt in (
        lambda: simulate(some, seed=seed),
        lambda: simulate(some, replication=seed),
        lambda: CommunityModel(some, seed=seed),
        lambda: CommunityModel(some, rng=seed),
    ):
        with pytest.raises(InputError) as found:
            attempt()
        assert "\n" not in str(found.value)


@pytest.mark.parametrize("what", ["co_governance", None, 5, {"name": "x"}, load_scenario])
def test_a_scenario_is_loaded_first(what: Any) -> None:
    for attempt in (simulate, CommunityModel):
        with pytest.raises(InputError, match="load_scenario"):
            attempt(what)
    assert "co_governance" in scenario_names()
