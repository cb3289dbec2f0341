"""Adoption on a graph as a sparse matrix times a vector, once a day."""

import numpy as np
from scipy import sparse


class Adoption:
    """People on a given graph; hazard p + q · (adopted share of ties) a day; single precision throughout."""

    def __init__(self, edges: np.ndarray, people: int, p: float, q: float, seed: int) -> None:
        rows = np.concatenate([edges[:, 0], edges[:, 1]])
        columns = np.concatenate([edges[:, 1], edges[:, 0]])
        ones = np.ones(len(rows), dtype=np.float32)
        self.ties = sparse.csr_array((ones, (rows, columns)), shape=(people, people))
        degree = np.maximum(self.ties.sum(axis=1), 1.0).astype(np.float32)
        self.pull = np.float32(q) / degree
        self.p = np.float32(p)
        self.rng = np.random.default_rng(seed)
        self.adopted = np.zeros(people, dtype=bool)


def run(model: Adoption, days: int) -> list[int]:
    """Return the number of adopters at the end of each day."""
    people = len(model.adopted)
    adopters = []
    for _ in range(days):
        hazard = model.p + model.pull * (model.ties @ model.adopted.astype(np.float32))
        model.adopted |= model.rng.random(people, dtype=np.float32) < -np.expm1(-hazard)
        adopters.append(int(np.count_nonzero(model.adopted)))
    return adopters
