"""Adoption on a graph in abmax, on JAX: a set of agents whose steps are mapped, a year as one scan."""

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from abmax.functions import create_agents, step_agents
from abmax.structs import Agent, Params, Set, Signal, State
from flax import struct


@struct.dataclass
class Person(Agent):
    """Somebody who may adopt."""

    @staticmethod
    def create_agent(agent_type: Any, params: Any, id: Any, active_state: Any, key: Any) -> "Person":
        """Return somebody who has not adopted."""
        state = State(content={"adopted": False})
        return Person(id, active_state, 0.0, agent_type, params, state, None, key)

    @staticmethod
    def step_agent(person: "Person", told: Signal, params: Params) -> "Person":
        """Adopt with the day's probability."""
        hazard = params.content["p"] + params.content["q"] * told.content["share"]
        adopts = told.content["draw"] < -jnp.expm1(-hazard)
        return person.replace(state=State(content={"adopted": person.state.content["adopted"] | adopts}))


class Adoption:
    """People on a given graph; hazard p + q · (adopted share of ties) a day; JAX's single precision."""

    def __init__(self, edges: np.ndarray, people: int, p: float, q: float, seed: int) -> None:
        key, create = jax.random.split(jax.random.PRNGKey(seed))
        self.people = Set(
            num_agents=people,
            num_active_agents=people,
            agents=create_agents(Person, Params(content={}), people, people, 0, create),
            id=0,
            set_type=0,
            params=Params(content={"p": p, "q": q}),
            state=None,
            policy=None,
            key=key,
        )
        both = np.concatenate([edges, edges[:, ::-1]])
        both = both[np.argsort(both[:, 0], kind="stable")].astype(np.int32)
        self.here, self.there = jnp.asarray(both[:, 0]), jnp.asarray(both[:, 1])
        degree = np.bincount(both[:, 0], minlength=people)
        self.degree = jnp.asarray(np.maximum(degree, 1).astype(np.float32))


@partial(jax.jit, static_argnames="days")
def _year(people: Set, here: jax.Array, there: jax.Array, degree: jax.Array, days: int) -> jax.Array:
    def day(people: Set, _: None) -> tuple[Set, jax.Array]:
        adopted = people.agents.state.content["adopted"].astype(jnp.float32)
        seen = jax.ops.segment_sum(adopted[there], here, len(degree), indices_are_sorted=True)
        # All draws of a day at once: a key for each agent, as in abmax's examples, takes four times as long.
        key, use = jax.random.split(people.key)
        told = Signal(content={"share": seen / degree, "draw": jax.random.uniform(use, degree.shape)})
        people = step_agents(Person.step_agent, people.params, told, people.replace(key=key))
        return people, people.agents.state.content["adopted"].sum()

    return jax.lax.scan(day, people, None, length=days)[1]


def run(model: Adoption, days: int) -> list[int]:
    """Return the number of adopters at the end of each day."""
    return np.asarray(_year(model.people, model.here, model.there, model.degree, days)).tolist()
