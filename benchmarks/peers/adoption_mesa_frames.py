"""Adoption on a graph in mesa-frames: people are rows of a Polars frame, and all decide at once every day."""

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF


class People(AgentSetPolars):
    """Everybody who may adopt."""

    agents: pl.DataFrame

    def __init__(self, model: "Adoption", people: int) -> None:
        super().__init__(model)
        ids = np.arange(people, dtype=np.int64)
        self.add(pl.DataFrame({"unique_id": ids, "adopted": np.zeros(people, dtype=bool)}))

    def step(self) -> None:
        """Adopt with the day's probability.

        Ties are summed by NumPy, and the column is put into the frame: a join of people and ties takes six
        times as long, `set` twice.
        """
        model = self.model
        adopted = self.agents["adopted"].to_numpy()
        seen = np.bincount(model.here[adopted[model.there]], minlength=len(adopted))
        chance = -np.expm1(-(model.p + model.q * seen / model.degree))
        adopted = adopted | (model.rng.random(len(adopted)) < chance)
        self.agents = self.agents.with_columns(pl.Series("adopted", adopted))


class Adoption(ModelDF):
    """People on a given graph; hazard p + q · (adopted share of ties) a day."""

    def __init__(self, edges: np.ndarray, people: int, p: float, q: float, seed: int) -> None:
        super().__init__(seed)
        self.p = p
        self.q = q
        self.rng = np.random.default_rng(seed)
        self.here = np.concatenate([edges[:, 0], edges[:, 1]])
        self.there = np.concatenate([edges[:, 1], edges[:, 0]])
        self.degree = np.maximum(np.bincount(self.here, minlength=people), 1)
        self.people = People(self, people)
        self.agents += self.people

    def step(self) -> None:
        """Let everybody decide once."""
        self.agents.do("step")


def run(model: Adoption, days: int) -> list[int]:
    """Return the number of adopters at the end of each day."""
    adopters = []
    for _ in range(days):
        model.step()
        adopters.append(int(model.people.agents["adopted"].sum()))
    return adopters
