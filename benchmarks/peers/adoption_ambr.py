"""Adoption on a graph in AMBER (`ambr`), in two of its styles: columns of a population, and arrays alone."""

from collections.abc import Callable
from typing import Any

import ambr
import numpy as np
from scipy import sparse


class _Ties:
    """Everybody's ties as a sparse matrix; single precision throughout."""

    def __init__(self, edges: np.ndarray, people: int, p: float, q: float) -> None:
        rows = np.concatenate([edges[:, 0], edges[:, 1]])
        columns = np.concatenate([edges[:, 1], edges[:, 0]])
        ones = np.ones(len(rows), dtype=np.float32)
        self.matrix = sparse.csr_array((ones, (rows, columns)), shape=(people, people))
        self.pull = np.float32(q) / np.maximum(self.matrix.sum(axis=1), 1.0).astype(np.float32)
        self.p = np.float32(p)

    def after_a_day(self, adopted: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        hazard = self.p + self.pull * (self.matrix @ adopted.astype(np.float32))
        return adopted | (rng.random(len(adopted), dtype=np.float32) < -np.expm1(-hazard))


class Adoption(ambr.Model):
    """People on a given graph, a column of a population; hazard p + q · (adopted share of ties) a day."""

    model_reporters: dict[str, Callable[[Any], int]] = {  # noqa: RUF012
        "adopters": lambda model: int(model.agents.adopted.sum())
    }

    def __init__(self, edges: np.ndarray, people: int, p: float, q: float, seed: int) -> None:
        self.people = people
        self.ties = _Ties(edges, people, p, q)
        super().__init__({"seed": seed, "show_progress": False})

    def setup(self) -> None:
        """Add everybody."""
        self.add_agents(self.people, adopted=np.zeros(self.people, dtype=bool))

    def step_vectorized(self) -> None:
        """Let everybody decide once."""
        self.agents.adopted = self.ties.after_a_day(self.agents.adopted.to_numpy(), self.rng)


class AdoptionKernel(ambr.ArrayKernelModel):
    """The same as arrays alone, without agents: what it says is quickest if a step is array arithmetic."""

    def __init__(self, edges: np.ndarray, people: int, p: float, q: float, seed: int) -> None:
        self.ties = _Ties(edges, people, p, q)
        super().__init__({"n": people, "seed": seed})

    def init_state(self, xp: Any, n: int, rng: Any, p: dict[str, Any]) -> dict[str, Any]:
        """Return the state at the start."""
        return {"adopted": xp.zeros(n, dtype=bool)}

    def step_state(self, xp: Any, state: dict[str, Any], rng: Any, p: dict[str, Any]) -> dict[str, Any]:
        """Let everybody decide once."""
        return {"adopted": self.ties.after_a_day(state["adopted"], rng)}

    def metrics(self, xp: Any, state: dict[str, Any]) -> dict[str, int]:
        """Return the number of adopters."""
        return {"adopters": int(xp.count_nonzero(state["adopted"]))}


def run(model: Adoption | AdoptionKernel, days: int) -> list[int]:
    """Return the number of adopters at the end of each day."""
    if isinstance(model, Adoption):
        model = model.cpu(mode="vectorized")
    return [int(adopters) for adopters in model.run(steps=days).model["adopters"].to_list()]
