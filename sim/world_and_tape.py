"""World and tape of a run: made for it alone, or once for all runs that share them (`kept_parts`)."""

from dataclasses import replace

import numpy as np

from sim.city.tape import city_stream
from sim.demand.needs import Tape, synthetic_tape
from sim.demand.queue_arrivals import queue_tape
from sim.demand.replay import recorded_tape, replay_tape
from sim.demand.resampled_surges import with_surges
from sim.engine.randomness import run_key
from sim.engine.tables.communities import COMMUNITY
from sim.engine.tables.needs import LEG, NEED
from sim.engine.tables.people import ACCOUNT, CONDUCT, PERSON
from sim.engine.tables.staff import UNIT
from sim.mechanisms.flooding.initial_state import with_floods
from sim.mechanisms.flooding.rows import INCIDENT
from sim.parameters.scenario import Scenario
from sim.request_file.requests import RequestStream
from sim.scenario.kept_parts import part
from sim.world.diffusion_networks import diffusion_world
from sim.world.population import Place, World, build_place, settle


def _empty_world() -> World:
    community = np.zeros(1, COMMUNITY)
    return World(
        np.zeros(0, CONDUCT),
        np.zeros(0, PERSON),
        np.zeros(0, ACCOUNT),
        np.zeros(1, np.int64),
        np.zeros(0, np.int64),
        community,
        np.zeros(0, UNIT),
        np.zeros(0, np.int64),
        np.zeros(1, np.int64),
        ("queue",),
        (),
    )


def world_and_tape(
    scenario: Scenario, seed: int, replication: int, days: int
) -> tuple[World, Tape, np.ndarray, RequestStream | None]:
    """Return world, tape, incidents and, where there is one, the request file of a run; all its own."""
    none = np.zeros(0, INCIDENT)
    key = run_key(seed, replication)
    mode = scenario.verification.mode
    if mode == "queue":
        return _empty_world(), queue_tape(scenario, key, days), none, None
    if mode == "adoption":
        world = diffusion_world(scenario, key, _empty_world())
        return world, Tape(np.zeros(0, NEED), np.zeros(0, LEG), 0, ("request",)), none, None
    world_key = run_key(seed, 0) if scenario.world.fixed else key
    stream = None
    if scenario.city.folder is not None:
        stream = with_surges(scenario, key, city_stream(scenario))
    elif scenario.demand.stream is not None:
        # What reads files is loaded where there is one: it would take a fiftieth of every start.
        from sim.request_file.loading import cached_stream

        stream = cached_stream(scenario.demand.stream, scenario.demand.mapping)
    place, own_place = part(build_place, scenario, world_key, stream)
    if scenario.city.folder is not None:
        assert stream is not None
        (tape, incident), own_tape = (recorded_tape(stream), none), True
    else:
        (tape, incident), own_tape = part(_needs, scenario, key, place, stream, days)
    if not own_tape:
        tape = replace(tape, need=tape.need.copy(), leg=tape.leg.copy())
        incident = incident.copy()
    world = settle(scenario, world_key, place if own_place else place.copied())
    return world, tape, incident, stream


def _needs(
    scenario: Scenario, key: int, place: Place, stream: RequestStream | None, days: int
) -> tuple[Tape, np.ndarray]:
    """Return the tape and its incidents."""
    if stream is not None:
        return replay_tape(scenario, key, place, stream, days), np.zeros(0, INCIDENT)
    tape = synthetic_tape(scenario, key, place, days)
    return with_floods(scenario, key, place, tape, days)
